"""Any calendar is a difference of counters, and the same for the matrix and for the engine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.errors import TimeProblem
from upriver.core.time import STEPS, step_of
from upriver.engine.run import load
from upriver.engine.tools import calendar_sums
from upriver.system.counters import COUNTED, counter
from upriver.system.observation import calendar_years, matrix

DEATHS = "people.overdose.deaths"
dates = st.floats(1999, 2032)


def run(*names: str) -> np.ndarray:
    table = worlds.reference_table().columns
    return load().run(table, outputs=names, instants=np.arange(STEPS + 1))[0]


@given(dates, dates)
def test_the_matrix_gives_what_the_engine_sums(a, b):
    start, end = min(a, b), max(a, b)
    if start == end:
        return
    counted = run(counter(DEATHS))[0]
    by_matrix = matrix(np.array([start]), np.array([end])) @ counted
    by_engine = calendar_sums(counted, 0, [step_of(start)], [step_of(end)])
    np.testing.assert_allclose(by_matrix, by_engine, rtol=1e-12, atol=1e-9 * counted[-1])


@given(st.lists(dates, min_size=3, max_size=6, unique=True))
def test_sums_over_neighbouring_periods_add_up(cuts):
    cuts = np.sort(np.array(cuts))
    counted = run(counter(DEATHS))[0]
    parts = matrix(cuts[:-1], cuts[1:]) @ counted
    whole = matrix(cuts[:1], cuts[-1:]) @ counted
    np.testing.assert_allclose(parts.sum(), whole[0], rtol=1e-9, atol=1e-9)


def test_a_counter_is_the_sum_of_its_flow_over_the_steps():
    for name in COUNTED:
        flow, counted = run(name, counter(name))
        total = np.concatenate([[0], np.cumsum(flow[:-1]) / 16])
        np.testing.assert_allclose(counted, total, rtol=1e-12, atol=1e-9)


def test_a_calendar_year_is_sixteen_steps():
    starts, ends = calendar_years(2000, 2031)
    flow, counted = run(DEATHS, counter(DEATHS))
    by_steps = flow[16:-1].reshape(32, 16).mean(axis=1)
    np.testing.assert_allclose(matrix(starts, ends) @ counted, by_steps, rtol=1e-12)


@pytest.mark.parametrize(("start", "end"), [(2000, 2000), (2001, 2000), (1998, 2000), (2031, 2033)])
def test_a_period_outside_the_run_or_backwards_is_refused(start, end):
    with pytest.raises(TimeProblem, match=f"{start}"):
        matrix(np.array([start]), np.array([end]))

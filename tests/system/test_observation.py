"""Any calendar is a difference of counters, and the same for the matrix and for the engine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.errors import OutOfBounds, TimeProblem
from upriver.core.time import FIRST_YEAR, STEPS, step_of, years
from upriver.engine.run import load
from upriver.engine.tools import calendar_sums
from upriver.evidence.record import Record
from upriver.evidence.rows import parse_records
from upriver.system.counters import COUNTED, counter
from upriver.system.observation import (
    gross,
    levels,
    matrix,
    observed,
    spans,
)

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
    starts = np.arange(2000.0, 2032.0)
    flow, counted = run(DEATHS, counter(DEATHS))
    by_steps = flow[16:-1].reshape(32, 16).mean(axis=1)
    np.testing.assert_allclose(matrix(starts, starts + 1) @ counted, by_steps, rtol=1e-12)


@pytest.mark.parametrize(("start", "end"), [(2000, 2000), (2001, 2000), (1998, 2000), (2031, 2033)])
def test_a_period_outside_the_run_or_backwards_is_refused(start, end):
    with pytest.raises(TimeProblem, match=f"{start}"):
        matrix(np.array([start]), np.array([end]))


def record(calendar: str, unit: str, labels: list[str]) -> Record:
    rows = [f"a,US,{label},1" for label in labels]
    top = f"# all: calendar={calendar}, unit={unit}, source=wonder, vintage=v, status=reported"
    return parse_records([top, "series,place,period,value", *rows], "a.csv")["a", "US"]


CONSTANT = 160.0 * (years() - FIRST_YEAR)
"""A counter of 160 a year."""


@pytest.mark.parametrize(
    ("calendar", "label", "part"),
    [
        ("year", "2021", 1),
        ("month", "2021-02", 1 / 12),
        ("12 months ending", "2021-02", 1),
        ("half-year", "2021-H2", 1 / 2),
        ("fiscal year", "FY2021", 1),
    ],
)
def test_a_constant_flow_adds_up_to_its_part_of_a_year(calendar, label, part):
    found = observed(CONSTANT, record(calendar, "people", [label]), "people")
    assert found == pytest.approx([160 * part])


def test_a_rolling_sum_is_the_sum_of_its_twelve_months():
    months = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 13)]
    counted = run(counter(DEATHS))[0]
    by_month = observed(counted, record("month", "people", months), "people")
    rolling = observed(counted, record("12 months ending", "people", months[11:]), "people")
    sums = np.convolve(by_month, np.ones(12), "valid")
    np.testing.assert_allclose(rolling, sums, rtol=1e-9)


@given(st.lists(st.integers(1999 * 12 + 11, 2032 * 12 - 1), min_size=1, max_size=5, unique=True))
def test_observed_gives_what_the_engine_sums(months):
    labels = [f"{month // 12}-{month % 12 + 1:02d}" for month in sorted(months)]
    counted = run(counter(DEATHS))[0]
    for calendar in ("month", "12 months ending"):
        starts, ends = spans(calendar, labels)
        steps = [[step_of(year) for year in side] for side in (starts, ends)]
        by_engine = calendar_sums(counted, 0, *steps)
        found = observed(counted, record(calendar, "people", labels), "people")
        np.testing.assert_allclose(found, by_engine, rtol=1e-9, atol=1e-9 * counted[-1])


def test_fiscal_years_half_years_and_months_of_one_stretch_add_up_to_the_same():
    counted = run(counter(DEATHS))[0]
    fiscal = observed(counted, record("fiscal year", "people", ["FY2020"]), "people")
    months = [f"2019-{month}" for month in (10, 11, 12)]
    months += [f"2020-{month:02d}" for month in range(1, 10)]
    by_month = observed(counted, record("month", "people", months), "people")
    assert by_month.sum() == pytest.approx(fiscal[0])
    halves = observed(counted, record("half-year", "people", ["2020-H1", "2020-H2"]), "people")
    year = observed(counted, record("year", "people", ["2020"]), "people")
    assert halves.sum() == pytest.approx(year[0])


def test_a_rate_a_year_is_a_rate_over_any_period():
    for calendar, label in (("year", "2021"), ("half-year", "2021-H1"), ("month", "2021-12")):
        found = observed(CONSTANT, record(calendar, "people/year", [label]), "people")
        assert found == pytest.approx([160])


def test_a_level_is_taken_at_instants_on_straight_lines():
    level = years() ** 2
    found = observed(level, record("instant", "people", ["2020", "2020.5", "2021"]), "people")
    assert found == pytest.approx([2020.0**2, 2020.5**2, 2021.0**2])
    between = observed(level, record("instant", "people", ["2020.03125"]), "people")
    assert between == pytest.approx([(2020.0**2 + 2020.0625**2) / 2])


def test_a_run_stays_a_run_by_draw_and_knows_nothing_outside_its_years():
    draws = np.stack([CONSTANT, 2 * CONSTANT])
    found = observed(draws, record("year", "people", ["1998", "1999", "2031", "2032"]), "people")
    np.testing.assert_allclose(found[:, 1:3], [[160, 160], [320, 320]])
    assert np.isnan(found[:, [0, 3]]).all()


def test_pure_kilograms_become_gross_pounds():
    pure = CONSTANT / 160  # 1 kg a year
    seized = observed(gross(pure, 0.2), record("fiscal year", "lb", ["FY2021"]), "kg")
    assert seized == pytest.approx([5 / 0.45359237])
    tonnes = observed(pure, record("year", "tonne", ["2021"]), "kg")
    assert tonnes == pytest.approx([0.001])
    by_purity = gross(np.array([1.0, 1.0]), np.array([0.1, 1.0]))
    assert by_purity == pytest.approx([10, 1])


@pytest.mark.parametrize("purity", [0.0, -0.1, 1.1, float("nan")])
def test_a_purity_that_is_none_is_refused(purity):
    with pytest.raises(OutOfBounds, match="purity"):
        gross(np.array([1.0]), purity)


def test_a_record_of_something_else_is_refused():
    with pytest.raises(ValueError, match="the same"):
        observed(CONSTANT, record("year", "lb", ["2021"]), "people")
    with pytest.raises(TimeProblem, match="2040"):
        levels(np.array([2040.0]))


def test_labels_of_another_calendar_are_refused():
    with pytest.raises(ValueError, match="FY2021"):
        spans("fiscal year", ["2021"])
    starts, ends = spans("fiscal year", [])
    assert len(starts) == len(ends) == 0

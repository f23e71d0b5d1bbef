"""Histories become columns: through every knot, along the projection, nothing before it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.parameters import Knot, Parameter, Projection, Reversion, parameters
from upriver.core.time import STEPS, years
from upriver.system.tabulate import column, projected, tabulate
from upriver.system.world import World

HISTORIES = {path: p for path, p in parameters().items() if p.is_path}
PROJECTED = {path: p for path, p in HISTORIES.items() if p.projection is not None}


def history(*knots: tuple[float, float], between: str = "linear") -> Parameter:
    return Parameter(
        "a.b.c", "c", "1", (0, 1e9), "", "", None, tuple(Knot(*k) for k in knots), between
    )


@pytest.mark.parametrize("path", sorted(HISTORIES))
def test_a_column_goes_through_every_knot_of_the_record(path):
    p = HISTORIES[path]
    end = p.projection.start if p.projection else np.inf
    found = column(p)[0]
    # The first instant at or after it; a straight line may bend between two instants.
    reached = [(knot, int(np.ceil((knot.year - 1999) * 16 - 1e-9))) for knot in p.knots]
    if p.between == "linear":
        reached = [(knot, at) for knot, at in reached if abs(years()[at] - knot.year) < 1e-9]
    follower = [*(at for _, at in reached[1:]), np.inf]
    for (knot, at), after in zip(reached, follower, strict=True):
        # Of two acts within a step, the later holds.
        if knot.year <= end and at < after:
            value = knot.value
            if p.reversion is not None:
                left = np.exp(-(years()[at] - knot.year) / p.reversion.years)
                value = p.reversion.toward + (knot.value - p.reversion.toward) * left
            np.testing.assert_allclose(found[at], value, rtol=1e-14)


def test_between_knots_a_history_is_a_straight_line_or_a_step():
    knots = (1999, 0.0), (2001, 10.0)
    np.testing.assert_allclose(column(history(*knots))[0, :33], np.arange(33) / 3.2)
    stepped = column(history(*knots, between="step"))[0]
    assert set(stepped[:32]) == {0.0}
    assert set(stepped[32:]) == {10.0}


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 20))
def test_a_history_that_reverts_jumps_at_a_knot_and_nears_its_value_between(a, b, toward, back):
    p = replace(history((1999, a), (2010, b), between="revert"), within=(0, 1))
    found = column(replace(p, reversion=Reversion(toward, back)))[0]
    jump = 11 * 16
    expected = toward + (b - toward) * np.exp(-(years()[jump:] - 2010) / back)
    np.testing.assert_allclose(found[[0, jump]], [a, b], atol=1e-15)
    np.testing.assert_allclose(found[jump:], expected, atol=1e-14)
    for piece in (found[:jump], found[jump:]):
        assert (np.diff(np.abs(piece - toward)) <= 1e-15).all()
        assert (piece >= min(piece[0], toward) - 1e-15).all()
        assert (piece <= max(piece[0], toward) + 1e-15).all()


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(2021, 2060))
def test_a_projection_starts_at_the_record_and_nears_its_end_value(start, end, end_year):
    ahead = Projection(2020.0, end_year, end)
    course = projected(np.array([2020 + 1e-9, end_year, 1e6]), ahead, start)
    scale = abs(end - start) + 1e-9
    assert abs(course[0] - start) < 1e-6 * scale
    assert abs(course[1] - end) < 0.0135 * scale
    assert abs(course[2] - end) < 1e-9 * max(scale, end)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_projection_is_the_upper_half_of_a_logistic_curve(start, end):
    when = np.linspace(2020.1, 2032, 30)
    formula = start + (end - start) * (2 / (1 + np.exp(-5 * (when - 2020) / 12)) - 1)
    found = projected(when, Projection(2020.0, 2032.0, end), start)
    np.testing.assert_allclose(found, formula, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("path", sorted(PROJECTED))
def test_another_projection_changes_nothing_before_its_start(path):
    p = PROJECTED[path]
    usual = column(p)[0]
    other = column(replace(p, projection=replace(p.projection, end_value=p.within[1])))[0]
    held = column(replace(p, projection=replace(p.projection, hold=True)))[0]
    before = years() <= p.projection.start
    assert (usual[before] == other[before]).all()
    assert (usual[before] == held[before]).all()
    assert (usual[~before] != other[~before]).all()
    assert held[-1] == p.knots[-1].value


def test_every_parameter_has_a_column_and_a_constant_one_number():
    columns = tabulate(World.reference()).columns
    assert set(columns) == set(parameters())
    for path, p in parameters().items():
        assert columns[path].shape == (1, STEPS + 1 if p.is_path else 1)
        assert (columns[path] >= p.within[0]).all()
        assert (columns[path] <= p.within[1]).all()

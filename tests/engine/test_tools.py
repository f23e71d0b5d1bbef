"""Claims about what Python and the page share: bending, calendar sums, summaries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from upriver.core.errors import EngineError
from upriver.engine import tools

shares = st.floats(0, 1)
numbers = st.floats(-1e6, 1e6)


@pytest.mark.parametrize("op", tools.OPERATIONS)
def test_nothing_changes_where_the_ramp_is_zero(engine, op):
    column = np.array([0.1, -0.0, np.pi, 1e300, 5e-324])
    bent = tools.bend(column, op, 0.7, np.zeros(5), engine=engine)
    assert bent.tobytes() == column.tobytes()


@given(v=shares, change=st.floats(-1, 1), r=shares)
def test_each_operation_is_its_formula(engine, v, change, r):
    def bent(op):
        return tools.bend(v, op, change, [r], engine=engine)[0]

    near = pytest.approx
    assert bent("scale") == near(v * (1 + change * r))
    assert bent("add") == near(v + change * r)
    assert bent("close") == near(v + (change * (1 - v) if change >= 0 else change * v) * r)
    assert -1e-15 <= bent("close") <= 1 + 1e-15
    assert bent("replace") == near(v + (change - v) * r)


@given(v=numbers, change=numbers)
def test_a_replaced_value_is_exactly_the_new_one(engine, v, change):
    assert tools.bend(v, "replace", change, [0, 1], engine=engine).tolist() == [v, change]


def test_a_change_and_a_ramp_may_vary_by_draw(engine):
    ramps = np.array([[0, 0.5, 1], [0, 0, 1.0]])
    bent = tools.bend([[4.0]], "scale", [1, -1], ramps, engine=engine)
    np.testing.assert_array_equal(bent, [[4, 6, 8], [4, 4, 0]])
    by_draw = tools.bend(np.ones((2, 3)), "add", 1, [0, 0, 1], engine=engine)
    np.testing.assert_array_equal(by_draw, [[1, 1, 2], [1, 1, 2]])


def test_what_does_not_fit_is_refused(engine):
    with pytest.raises(EngineError, match="do not fit"):
        tools.bend(np.ones(4), "scale", 1, np.ones(3), engine=engine)
    with pytest.raises(EngineError, match="Allowed: scale"):
        tools.bend(np.ones(3), "double", 1, np.ones(3), engine=engine)  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="out of its range"):
        tools.quantiles(np.ones((3, 1)), [1.5], engine=engine)
    with pytest.raises(EngineError, match="one label a draw"):
        tools.split(np.ones((3, 1)), [0, 1], 2, engine=engine)


def test_a_ramp_rises_from_its_start_over_its_duration(engine):
    assert tools.ramp(5, 1, 2, engine=engine).tolist() == [0, 0, 0.5, 1, 1]
    assert tools.ramp(4, 1.5, 0, engine=engine).tolist() == [0, 0, 1, 1]
    assert tools.ramp(3, -4, 8, engine=engine).tolist() == [0.5, 0.625, 0.75]
    assert tools.pulse(5, 1, 2, engine=engine).tolist() == [0, 1, 1, 0, 0]


def test_sums_over_a_calendar_are_differences_of_the_counter(engine):
    counter = np.array([[0, 1, 4, 9, 16.0], [5, 5, 5, 5, 6]])
    starts, ends = [10, 10.5, 12.25, 10, 9, 13], [14, 11.5, 12.75, 10, 11, 14.5]
    at = np.arange(10, 15)
    wanted = [np.interp(ends, at, c) - np.interp(starts, at, c) for c in counter]
    sums = tools.calendar_sums(counter, 10, starts, ends, engine=engine)
    np.testing.assert_allclose(sums[:, :4], np.array(wanted)[:, :4], rtol=1e-15)
    assert np.isnan(sums[:, 4:]).all()
    one = tools.calendar_sums(counter[0], 10, starts, ends, engine=engine)
    np.testing.assert_array_equal(one, sums[0])


@given(values=arrays(float, st.tuples(st.integers(1, 60), st.integers(1, 3)), elements=numbers))
def test_quantiles_are_numpys_to_the_bit(engine, values):
    probs = [0, 0.05, 0.1, 0.25, 0.5, 0.9, 0.975, 1]
    ours = tools.quantiles(values, probs, engine=engine)
    np.testing.assert_array_equal(ours, np.quantile(values, probs, axis=0))


def test_quantiles_of_many_draws_are_numpys_to_the_bit(engine):
    values = np.random.default_rng(0).normal(size=(1001, 4, 5))
    values[3, 1, 2] = np.nan
    probs = np.linspace(0, 1, 31)
    ours = tools.quantiles(values, probs, engine=engine)
    np.testing.assert_array_equal(ours, np.quantile(values, probs, axis=0))


def test_splitting_gives_the_mean_of_each_regime(engine):
    values = np.arange(24.0).reshape(4, 2, 3)
    means = tools.split(values, [0, 2, 0, -1], 3, engine=engine)
    np.testing.assert_array_equal(means[0], values[[0, 2]].mean(axis=0))
    np.testing.assert_array_equal(means[2], values[1])
    assert np.isnan(means[1]).all()

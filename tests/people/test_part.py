"""Laws of the people part that hold for every parameter within its bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from upriver.core.parameters import parameters
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.engine.tools import bend, ramp
from upriver.policy.handles import handles

ALL = np.arange(STEPS + 1)
STOCKS = [name for name in load().state if name.startswith("people.stocks.")]
seeds = st.integers(0, 2**32 - 1)


def lowest_stock(columns: dict[str, np.ndarray]) -> float:
    """The smallest stock of any draw at any instant; NaN if one is."""
    return float(np.min(load().run(columns, outputs=STOCKS, instants=ALL)))


@given(seeds)
def test_no_stock_is_negative_for_any_parameters_within_their_bounds(seed):
    assert lowest_stock(worlds.any_table(seed, 50)) >= 0


@given(seeds)
def test_every_output_is_a_number_for_any_parameters_within_their_bounds(seed):
    engine = load()
    names = [*engine.outputs, *engine.state]
    values = engine.run(worlds.any_table(seed, 20), outputs=names, instants=ALL[::8])
    wrong = ~np.isfinite(values).all(axis=(0, 2))
    assert not wrong.any(), [name for name, bad in zip(names, wrong, strict=True) if bad]


@given(seeds, st.sampled_from(sorted(handles())), st.floats(-1, 3), st.integers(0, STEPS))
def test_no_handle_makes_a_stock_negative(seed, name, change, start):
    columns = worlds.any_table(seed, 20)
    handle = handles()[name]
    operation = "add" if handle.operation == "pulse" else handle.operation
    change = min(change, 1.0) if operation == "close" else change
    for path in handle.acts_on:
        bent = np.atleast_2d(bend(columns[path], operation, change, ramp(STEPS + 1, start, 48)))
        columns[path] = np.clip(bent, *parameters()[path].within)
    assert lowest_stock(columns) >= 0


def test_one_parameter_on_its_bound_makes_no_stock_negative():
    base = worlds.reference_table().columns
    draws = 2 * len(base)
    columns = {}
    for i, (path, column) in enumerate(base.items()):
        wide = np.repeat(column, draws, axis=0)
        wide[2 * i : 2 * i + 2] = np.array(parameters()[path].within)[:, None]
        columns[path] = wide
    zero_at_start = [p for p in base if 0 in parameters()[p].within and parameters()[p].is_path]
    for path in zero_at_start:  # what later levels are compared with cannot be nothing
        columns[path][:, 0] = base[path][0, 0]
    assert lowest_stock(columns) >= 0


@pytest.mark.slow
@settings(max_examples=300)
@given(seeds)
def test_no_stock_is_negative_in_sixty_thousand_worlds(seed):
    assert lowest_stock(worlds.any_table(seed, 200)) >= 0

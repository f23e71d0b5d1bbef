"""Draws of constants that no data have told yet: where they lie, and that they stay."""

import numpy as np
import pytest

from upriver.core.parameters import parameters
from upriver.policy.plausible import columns, drawn, plausible
from upriver.system.world import World

WHOLE = World.named("prior")
PATHS = drawn(WHOLE)
MANY = 20_000


def test_the_published_model_draws_nothing_of_its_own():
    assert drawn(World.reference()) == ()


def test_every_constant_of_supply_and_diplomacy_with_an_interval_is_drawn():
    new = ("supply.", "diplomacy.", "people.dose.")
    wanted = [
        path
        for path, p in parameters().items()
        if path.startswith(new) and not p.is_path and p.plausible_from != "definition"
    ]
    assert [p for p in wanted if parameters()[p].plausible is None] == []
    assert set(wanted) <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_nine_draws_in_ten_lie_in_the_plausible_interval_and_half_on_either_side(path):
    parameter = parameters()[path]
    found = plausible(parameter, MANY)
    low, high = parameter.plausible
    assert low <= parameter.value <= high
    assert np.all((parameter.within[0] <= found) & (found <= parameter.within[1]))
    for end, beyond in ((low, found < low), (high, found > high)):
        wanted = 0.0 if end in (*parameter.within, parameter.value) else 0.05
        assert np.mean(beyond) == pytest.approx(wanted, abs=0.006)
    assert np.quantile(found, [0.48, 0.52]) == pytest.approx(
        [parameter.value] * 2, abs=0.06 * (high - low)
    )


def test_more_draws_begin_with_the_same_ones_and_no_constant_follows_another_unsaid():
    few, many = columns(WHOLE, 7), columns(WHOLE, 4000)
    assert all(np.array_equal(few[path], many[path][:7]) for path in PATHS)
    said = {path for path in PATHS if parameters()[path].together}
    said |= {parameters()[path].together.path for path in said}
    alone = [path for path in PATHS if path not in said]
    assert len(alone) > 0.9 * len(PATHS)
    ranks = np.stack([many[path][:, 0].argsort().argsort() for path in alone])
    related = np.corrcoef(ranks) - np.eye(len(alone))
    assert np.abs(related).max() < 0.08


def test_a_constant_that_is_held_is_not_drawn():
    held = "supply.market.use"
    assert held not in columns(WHOLE, 3, keep=(held,))
    assert len(columns(WHOLE, 3, keep=(held,))) == len(PATHS) - 1

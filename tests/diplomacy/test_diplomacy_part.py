"""The diplomacy part: one state a country, which starts where it rests and tells all of itself."""

import jax.numpy as jnp
import numpy as np
import pytest

import worlds
from upriver.core.axes import AXES
from upriver.core.modules import names
from upriver.core.parameters import parameters
from upriver.diplomacy import part

NUMBERS = worlds.filled(
    part.DiplomacyParameters,
    0.5,
    **{"effort.commitment": [0.2, 0.4, 0.6], "effort.shift": 0.0, "relations.shift": 0.0},
)


def test_every_number_of_the_part_is_a_parameter_and_none_is_left_unread():
    read = set(names(part.DiplomacyParameters, "diplomacy"))
    assert read == {path for path in parameters() if path.startswith("diplomacy.")}


def test_effort_starts_where_relations_and_commitments_hold_it():
    start = part.initial(NUMBERS)
    np.testing.assert_allclose(start.effort, [0.35, 0.45, 0.55])
    assert not part.balance(part.flows(start, NUMBERS)).effort.any()


def test_a_shift_moves_relations_and_leaves_them_a_share():
    found = [
        part.relations(worlds.filled(part.RelationsParameters, level=0.9, shift=shift))[0]
        for shift in (-1.0, -0.4, 0.0, 0.4)
    ]
    np.testing.assert_allclose(found, [0.0, 0.5, 0.9, 1.0])


def test_others_see_effort_and_nothing_else():
    state = part.Diplomacy(effort=jnp.array([0.1, 0.2, 0.3]))
    seen = part.signals(state, NUMBERS)
    assert names(part.DiplomacySignals, "") == tuple(f"effort[{c}]" for c in AXES["country"])
    assert (seen.effort == state.effort).all()


@pytest.mark.parametrize("row", range(len(AXES["country"])))
def test_effort_changes_by_its_flow_and_in_no_other_way(row):
    state = part.Diplomacy(effort=jnp.zeros(3).at[row].set(1.0))
    flows = part.flows(state, NUMBERS)
    assert (part.balance(flows).effort == flows.effort.change).all()
    assert flows.effort.change[row] < 0

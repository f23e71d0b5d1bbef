"""A world refuses what it does not know or what is out of bounds, and says both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.errors import InputError, OutOfBounds, UnknownName
from upriver.core.parameters import Projection, parameters
from upriver.system.tabulate import column
from upriver.system.world import World

WORLD = World.reference()


def test_an_unknown_parameter_is_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match=r"people\.response\.witnessed"):
        WORLD.with_value("people.response.witnesed", 0.5)


@given(st.sampled_from(sorted(parameters())), st.sampled_from([-1, 1]))
def test_a_value_out_of_bounds_is_refused_with_the_number_and_both_bounds(path, side):
    low, high = parameters()[path].within
    value = low - 1 if side < 0 else 2 * high + 1
    with pytest.raises(OutOfBounds) as caught:
        WORLD.with_value(path, value)
    for number in (value, low, high):
        assert f"{number:g}" in str(caught.value)
    assert path in str(caught.value)


def test_not_a_number_is_out_of_bounds():
    with pytest.raises(OutOfBounds):
        WORLD.with_value("people.response.witnessed", float("nan"))


def test_a_history_held_at_a_value_has_no_knots_left():
    held = WORLD.with_value("people.market.fentanyl_share", 0.0)
    assert column(held.parameter("people.market.fentanyl_share")).tolist() == [[0.0]]
    assert WORLD.parameter("people.market.fentanyl_share").is_path


def test_a_constant_has_no_projection_to_change():
    with pytest.raises(InputError, match="no projection"):
        WORLD.with_projection("people.response.witnessed", Projection(2020, 2032, 0.5))


def test_a_projection_out_of_bounds_is_refused():
    with pytest.raises(OutOfBounds, match=r"1\.5"):
        WORLD.with_projection("people.market.fentanyl_share", Projection(2020, 2032, 1.5))


def test_without_the_reformulation_no_supply_was_withdrawn():
    path = "people.street.withdrawal_shock"
    assert column(WORLD.parameter(path)).max() > 0
    assert not np.any(column(WORLD.without_act("oxycontin_reformulation").parameter(path)))


def test_an_unknown_act_is_refused():
    with pytest.raises(UnknownName, match="oxycontin_reformulation"):
        WORLD.without_act("oxycontin_reformulatio")

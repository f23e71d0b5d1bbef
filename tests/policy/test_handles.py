"""What a policy can move, and how a change bends a column: closed forms in plain numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.parameters import parameters
from upriver.core.time import years
from upriver.policy.apply import table
from upriver.policy.changes import Change
from upriver.policy.handles import handles
from upriver.policy.scenario import Scenario

starts = st.floats(1999, 2032)
lengths = st.floats(0.25, 10)
fractions = st.floats(-1, 1)


def bent(path: str, operation: str, amount: float, start: float, over: float) -> np.ndarray:
    """The column of a parameter under one change."""
    change = Change((path,), operation, amount, start, over, "change")
    return table(Scenario(title="bent", world="reference", changes=(change,))).wide(path)[0]


def ramp(start: float, over: float) -> np.ndarray:
    return np.clip((years() - start) / over, 0, 1)


def usual(path: str) -> np.ndarray:
    return worlds.reference_table().wide(path)[0]


@given(starts, lengths, st.floats(-1, 3))
def test_scale_multiplies_by_one_plus_the_change_along_a_ramp(start, over, change):
    path = "people.response.kits"
    expected = usual(path) * (1 + change * ramp(start, over))
    np.testing.assert_allclose(bent(path, "scale", change, start, over), expected, rtol=1e-12)


@given(starts, lengths, fractions)
def test_close_moves_a_share_by_what_is_missing_or_by_what_is_there(start, over, change):
    path = "people.response.witnessed"
    v, r = usual(path), ramp(start, over)
    expected = v + change * ((1 - v) if change > 0 else v) * r
    found = bent(path, "close", change, start, over)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)
    assert ((found >= 0) & (found <= 1)).all()


@given(starts, lengths, st.floats(-2, 2))
def test_add_adds_along_a_ramp(start, over, change):
    path = "people.social_influence.strength_relapsing"
    expected = usual(path) + change * ramp(start, over)
    np.testing.assert_allclose(bent(path, "add", change, start, over), expected, atol=1e-14)


@given(starts, lengths, st.floats(0, 1))
def test_replace_goes_to_the_value_and_stays_exactly_there(start, over, value):
    path = "people.market.fentanyl_share"
    found, r = bent(path, "replace", value, start, over), ramp(start, over)
    np.testing.assert_allclose(found, usual(path) + (value - usual(path)) * r, atol=1e-14)
    assert (found[r == 1] == value).all()
    assert (found[r == 0] == usual(path)[r == 0]).all()


@given(starts, lengths, st.floats(-1, 4))
def test_a_pulse_acts_from_its_start_until_before_its_end(start, over, change):
    path = "people.street.policy_shock"
    active = (years() >= start) & (years() < start + over)
    found = bent(path, "pulse", change, start, over)
    np.testing.assert_allclose(found, usual(path) + change * active, atol=1e-15)


@given(st.integers(16, 500))
def test_a_change_over_no_time_is_a_step_at_its_date(step):
    start = 1999 + step / 16
    found = bent("people.response.kits", "scale", 1.0, start, 0.0)
    expected = usual("people.response.kits") * np.where(years() >= start, 2, 1)
    np.testing.assert_array_equal(found, expected)


def test_changes_of_one_parameter_act_one_after_the_other():
    path = "people.response.kits"
    both = (Change((path,), "scale", 1.0, 2020.0, 1.0, name) for name in ("one", "other"))
    found = table(Scenario(title="both", changes=tuple(both))).wide(path)[0]
    np.testing.assert_allclose(found[-1], usual(path)[-1] * 4)


PUBLISHED = sorted(name for name, h in handles().items() if h.reference)


def test_handles_without_a_published_name_move_supply_and_diplomacy_alone():
    assert len(PUBLISHED) == 32
    for name in set(handles()) - set(PUBLISHED):
        assert all(p.startswith(("supply.", "diplomacy.")) for p in handles()[name].acts_on)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_handle_moves_what_its_reference_names(name):
    """The published handle 'Policy change X' acts on the quantity X; our parameter says which."""
    h = handles()[name]
    assert h.reference.startswith("Policy change ")
    quantity = h.reference.removeprefix("Policy change ").split("[")[0]
    said = " ".join(
        f"{parameters()[path].reference or ''} {parameters()[path].note or ''}"
        for path in h.acts_on
    )
    words = [word for word in quantity.lower().split() if len(word) > 3]
    close = sum(word[:5] in said.lower() for word in words)
    assert close >= len(words) / 2, (quantity, said)


def test_no_two_handles_move_the_same_parameter():
    moved = [path for h in handles().values() for path in h.acts_on]
    assert len(moved) == len(set(moved))


def test_shares_are_closed_and_never_scaled_past_one():
    for h in handles().values():
        if h.operation == "close":
            assert all(parameters()[path].within == (0, 1) for path in h.acts_on), h.name

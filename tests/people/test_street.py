"""The street supply: disruption, counterfeits, deterrent forms."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.prescribing import PrescribingParameters, prescribing
from upriver.people.street import StreetParameters, demand, street

STATE = worlds.people()


def supply(disruption: float = 0.0, street_supply: float = 1.0, **changed: float):
    prescribed = worlds.module_of(
        PrescribingParameters, "people.prescribing", street_supply=street_supply
    )
    return street(
        STATE.stocks,
        jnp.array(disruption),
        STATE.reference,
        prescribing(STATE.reference, prescribed),
        prescribed,
        worlds.module_of(StreetParameters, "people.street", **changed),
    )


def test_demand_at_the_start_is_the_reference():
    p = worlds.module_of(StreetParameters, "people.street", 1999.0)
    start = worlds.people(1999.0)
    np.testing.assert_allclose(demand(start.stocks, p), start.reference.demand, rtol=1e-14)


@given(st.floats(0, 10), st.floats(0.001, 5))
def test_a_larger_disruption_never_leaves_more_on_the_street(disruption, more):
    less, most = supply(disruption), supply(disruption + more)
    assert most.availability_oud <= less.availability_oud
    assert most.availability_misuse == less.availability_misuse
    assert most.availability_oud > 0


@given(st.floats(0, 0.9), st.floats(0, 1))
def test_counterfeits_add_to_what_can_be_had_by_their_share_and_weight(counterfeit, weight):
    found = supply(counterfeit_share=counterfeit, counterfeit_weight=weight)
    more = weight * counterfeit / (1 - counterfeit)
    np.testing.assert_allclose(
        found.availability_misuse, supply().availability_misuse * (1 + more), rtol=1e-12
    )


@given(st.floats(0, 1))
def test_less_desirable_forms_never_raise_availability(desirability):
    found = supply(abuse_deterrent_desirability=desirability)
    assert found.availability_oud <= found.availability_oud_physical * (1 + 1e-15)


def test_nothing_to_divert_is_nothing_on_the_street():
    assert supply(street_supply=0.0).availability_oud == 0

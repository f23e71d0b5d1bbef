"""Uptake: of those who seek treatment, no more take a medication than know of it and want it."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.offer import Offer, OfferParameters, asking
from upriver.people.treatment import Demand, TreatmentParameters, demand
from upriver.people.uptake import Uptake, UptakeParameters, uptake

PEOPLE = worlds.people(2019.0)
SOUGHT = demand(PEOPLE.stocks, worlds.module_of(TreatmentParameters, "people.treatment", 2019.0))

NEAR = Offer(providers=jnp.ones(3), places=jnp.ones(3), reach=jnp.ones(3))
"""Everybody within reach."""
OFF, ON = (
    worlds.module_of(OfferParameters, "people.offer", 2019.0, included=on) for on in (0.0, 1.0)
)


def p(
    accepting: float = 0.5, known: float = 1.0, trend: float = 0.0, years: float = 3.0
) -> UptakeParameters:
    return UptakeParameters(
        accepting=jnp.full(3, accepting),
        naltrexone_known=jnp.asarray(known),
        trend=jnp.asarray(trend),
        trend_years=jnp.asarray(years),
    )


def found(one: UptakeParameters, wanted: Demand = SOUGHT) -> Uptake:
    return uptake(PEOPLE.stocks, wanted, PEOPLE.memory, one)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_take_it_up_where_more_want_it_and_never_more_than_seek_it(x, y, known):
    less, more = sorted([x, y])
    few, many = (asking(SOUGHT, found(one), NEAR, ON) for one in (p(less, known), p(more, known)))
    assert np.all(few.people <= many.people)
    assert np.all(many.people <= SOUGHT.people * (1 + 1e-12))
    assert np.allclose(many.by_medication, jnp.sum(many.people, axis=0))


def test_what_is_not_known_is_not_wanted():
    unknown = p(1.0, 0.0)
    assert found(unknown).wanting[2] == 0


def test_off_it_is_what_the_published_model_asks():
    same = asking(SOUGHT, found(p()), NEAR, OFF)
    assert np.array_equal(same.people, SOUGHT.people)
    assert np.array_equal(same.by_medication, SOUGHT.by_medication)


def test_those_who_want_are_counted_before_cost_and_barriers_take_some():
    sure = p(1.0)
    wanting = found(sure).wanting[1]
    assert np.isclose(wanting * (1 - SOUGHT.loss), SOUGHT.by_medication[1])


def test_those_who_want_are_as_many_where_cost_loses_all_of_them():
    dear = worlds.module_of(TreatmentParameters, "people.treatment", 2019.0, affordability_loss=1.0)
    lost = demand(PEOPLE.stocks, dear)
    assert np.all(lost.people == 0)
    assert np.allclose(found(p(), lost).wanting, found(p()).wanting)


@given(st.floats(-0.2, 0.2), st.floats(0, 40))
def test_a_trend_moves_who_wants_buprenorphine_and_no_other_medication(trend, years):
    still, moved = found(p()).wanting, found(p(trend=trend, years=years)).wanting
    assert np.isclose(moved[0], still[0] * np.exp(trend * years))
    assert np.array_equal(moved[1:], still[1:])
    assert found(p(trend=trend, years=0.0)).wanting[0] == still[0]

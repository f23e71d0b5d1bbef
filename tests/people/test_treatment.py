"""Treatment: demand, places, success and how it ends."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.treatment import TreatmentParameters, demand, success, treatment

STOCKS = worlds.people().stocks
shares = st.floats(0, 1)
MANY, NONE = jnp.full(3, 1e12), jnp.zeros(3)


def constants(**changed: float):
    return worlds.module_of(TreatmentParameters, "people.treatment", **changed)


def course(places=MANY, **changed: float):
    p = constants(**changed)
    return treatment(STOCKS, demand(STOCKS, p), places, p)


@given(st.floats(0.1875, 20), st.floats(0.1875, 20), shares)
def test_success_rises_with_duration_up_to_its_limit(a, b, limit):
    short = success(constants(duration=min(a, b), success_limit=limit))
    long = success(constants(duration=max(a, b), success_limit=limit))
    assert (long >= short).all()
    assert (short >= 0).all()
    assert (long <= limit).all()


@given(st.floats(0.1, 10), st.floats(0.5, 8), st.floats(0.1, 8))
def test_success_has_no_jump_at_its_inflection(inflection, shape, steepness):
    def near(past: float):
        p = constants(
            duration=inflection + past,
            success_inflection=inflection,
            success_shape=shape,
            success_steepness=steepness,
        )
        return success(p)

    np.testing.assert_allclose(near(-1e-9), near(1e-9), rtol=1e-6)


@given(shares, shares, shares, shares)
def test_demand_by_medication_adds_up_to_those_who_seek_and_are_not_lost(a, b, c, d):
    p = constants(
        buprenorphine_share_rx=a,
        methadone_rest_rx=b,
        buprenorphine_share_hud=c,
        methadone_rest_hud=d,
    )
    wanted = demand(STOCKS, p)
    hud = p.seeking_rate * p.seeking_hud_relative
    rates = jnp.stack([p.seeking_rate, p.seeking_rate, hud])
    np.testing.assert_allclose(wanted.rate.sum(axis=1), rates, rtol=1e-13)
    np.testing.assert_allclose(wanted.people.sum(), wanted.sought.sum() * (1 - wanted.loss))
    assert (wanted.people >= 0).all()


@given(shares, shares)
def test_losses_never_exceed_everyone(affordability, other):
    wanted = demand(STOCKS, constants(affordability_loss=affordability, other_loss=other))
    assert 0 <= wanted.loss <= 1


@given(st.floats(0, 1e7))
def test_no_more_enter_than_ask_or_than_have_a_place(places):
    p = constants()
    wanted, found = demand(STOCKS, p), course(jnp.full(3, places))
    assert (found.entering <= wanted.people).all()
    assert (found.entering_total <= places * (1 + 1e-12)).all()
    assert 0 <= found.gap_hud <= 1


def test_without_places_nobody_enters_and_the_gap_is_everyone():
    found = course(NONE)
    assert found.entering.sum() == 0
    assert found.gap_rx == found.gap_hud == 1


def test_everyone_leaves_in_remission_or_not():
    found, p = course(), constants()
    leaving = found.leaving_remission_total + found.leaving_disorder_total
    np.testing.assert_allclose(leaving, STOCKS.treated.sum(axis=0) / p.duration, rtol=1e-14)
    np.testing.assert_allclose(found.received, leaving, rtol=1e-14)

"""Tiers: one tier at a relative risk of 1, and nobody in two."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.tiers import Passing, TierParameters, change, tiers

UNTREATED = jnp.array([1e6, 2e5, 8e5])


def p(**changed: float) -> TierParameters:
    return worlds.module_of(TierParameters, "people.tiers", **changed)


@given(st.floats(0, 1))
def test_with_equal_risk_the_tiers_are_one(part):
    found = tiers(part * UNTREATED, UNTREATED, p(relative_risk=1.0))
    assert np.all(found.risk == 1)
    assert found.risk_high == 1


@given(st.floats(0, 0.99), st.floats(1.01, 20))
def test_fewer_people_at_high_risk_lower_the_risk_of_all(part, ratio):
    few = tiers(part * UNTREATED, UNTREATED, p(relative_risk=ratio))
    many = tiers((part + 0.01) * UNTREATED, UNTREATED, p(relative_risk=ratio))
    assert np.all(few.risk < many.risk)


def test_at_the_usual_share_nothing_is_exchanged_on_balance():
    known = p(relative_risk=3.0)
    found = tiers(known.high_share * UNTREATED, UNTREATED, known)
    assert np.allclose(found.risk, 1)
    assert np.allclose(found.raising, found.lowering)
    passing = Passing(coming=UNTREATED, going=UNTREATED)
    still = change(0.2 * UNTREATED, passing, found, known, deaths=0 * UNTREATED)
    assert np.allclose(still, 0, atol=1e-6)

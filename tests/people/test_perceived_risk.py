"""Perceived risk: quick to rise, slow to fall, and what it changes."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.perceived_risk import (
    PerceivedRiskParameters,
    change,
    indicated,
    perceived_risk,
)
from upriver.people.stocks import Memory, Reference

P = worlds.module_of(PerceivedRiskParameters, "people.perceived_risk")


@given(st.floats(1, 1e6), st.floats(0.01, 0.99))
def test_risk_is_learnt_faster_than_it_is_forgotten(level, gap):
    rising = change(jnp.array(level), jnp.array(level * (1 + gap)), P)
    falling = change(jnp.array(level * (1 + gap)), jnp.array(level), P)
    assert rising > 0 > falling
    np.testing.assert_allclose(rising / -falling, P.fall_years / P.rise_years, rtol=1e-9)


def test_a_nonfatal_overdose_weighs_less_than_a_death():
    one_death, one_survivor = indicated(1.0, 0.0, P), indicated(0.0, 1.0, P)
    assert 0 < one_survivor < one_death == 1


@given(st.floats(0.01, 100), st.floats(1.01, 10))
def test_more_perceived_risk_starts_fewer_and_quits_more(risk, more):
    def at(level: float):
        memory = worlds.filled(Memory, risk_rx=level, risk_heroin=level)
        return perceived_risk(memory, worlds.filled(Reference), P)

    low, high = at(risk), at(risk * more)
    assert high.initiating_misuse_own < low.initiating_misuse_own
    assert high.initiating_heroin < low.initiating_heroin
    assert high.quitting_misuse > low.quitting_misuse
    assert high.quitting_heroin >= low.quitting_heroin

"""Starting: numbers at the start, limits, and who a measure leaves alone."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.availability import Availability
from upriver.people.initiation import InitiationParameters, initiation
from upriver.people.perceived_risk import PerceivedRisk
from upriver.people.prescribing import Prescribing
from upriver.people.social_influence import SocialInfluence

PEOPLE = jnp.array(2.7e8)
P = worlds.module_of(InitiationParameters, "people.initiation")


def starting(risk: float = 1.0, social: float = 1.0, patients: float = 1e7, p=P):
    return initiation(
        worlds.people().stocks,
        PEOPLE,
        worlds.filled(Prescribing, current_patients=patients),
        worlds.filled(PerceivedRisk, risk),
        worlds.filled(SocialInfluence, social),
        worlds.filled(Availability),
        p,
    )


def test_the_conditions_of_the_start_give_the_numbers_of_the_file():
    found = starting()
    np.testing.assert_allclose(found.misuse_diverted, P.base_misuse_diverted)
    np.testing.assert_allclose(found.heroin_without_rx, P.base_heroin_without_rx)
    np.testing.assert_allclose(found.misuse_own, 1e7 * P.misuse_own_rate)


@given(st.floats(0, 1e30))
def test_no_more_start_in_a_year_than_there_are_people(influence):
    found = starting(social=influence, risk=influence)
    assert max(found.misuse_own, found.misuse_diverted, found.heroin_without_rx) <= PEOPLE


def test_heroin_is_started_in_three_ways():
    found = starting()
    ways = found.heroin_without_rx + found.heroin_with_misuse + found.heroin_with_oud
    np.testing.assert_allclose(found.heroin, ways, rtol=1e-15)
    np.testing.assert_allclose(found.misuse, found.misuse_own + found.misuse_diverted)


def test_a_measure_on_misuse_leaves_people_with_a_disorder_untouched():
    p = worlds.module_of(
        InitiationParameters, "people.initiation", heroin_with_misuse_multiplier=0.5
    )
    usual, changed = starting(), starting(p=p)
    np.testing.assert_allclose(changed.heroin_with_misuse, usual.heroin_with_misuse / 2)
    assert changed.heroin_with_oud == usual.heroin_with_oud

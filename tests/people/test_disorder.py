"""Development of disorders: rates at the start, and their limits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.availability import Availability
from upriver.people.disorder import DisorderParameters, disorder
from upriver.people.social_influence import SocialInfluence

P = worlds.module_of(DisorderParameters, "people.disorder")


def developing(social: float = 1.0, available: float = 1.0):
    return disorder(
        worlds.people().stocks,
        worlds.filled(SocialInfluence, social),
        worlds.filled(Availability, available),
        P,
    )


def test_the_conditions_of_the_start_give_the_rates_of_the_file():
    found = developing()
    np.testing.assert_allclose(found.rate_rx_oud, P.rx_oud_rate)
    np.testing.assert_allclose(found.rate_hud, P.hud_rate)
    np.testing.assert_allclose(found.rate_hud_with_oud, P.hud_with_oud_rate)


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_no_influence_empties_a_stock_within_a_step(social, available):
    found = developing(social, available)
    assert max(found.rate_rx_oud, found.rate_hud, found.rate_hud_with_oud) <= 10


def test_those_who_develop_are_people_at_the_rate():
    found, stocks = developing(2.0), worlds.people().stocks
    assert found.rx_oud == stocks.misuse * found.rate_rx_oud
    assert found.hud == stocks.heroin_use * found.rate_hud
    assert found.hud_with_oud == stocks.untreated[1] * found.rate_hud_with_oud

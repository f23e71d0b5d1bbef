"""Social influence: none at the start, then with the share of others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.headcount import Headcount
from upriver.people.social_influence import SocialInfluenceParameters, social_influence
from upriver.people.stocks import Reference


def influence(share: float, **changed: float):
    p = worlds.module_of(SocialInfluenceParameters, "people.social_influence", **changed)
    return social_influence(worlds.filled(Headcount, share), worlds.filled(Reference), p)


def test_the_shares_of_the_start_change_nothing():
    found = influence(1.0)
    for name in ("initiating_misuse", "initiating_heroin", "developing_oud", "relapsing"):
        assert getattr(found, name) == 1


@given(st.floats(0.01, 10), st.floats(1.01, 3))
def test_the_more_people_use_the_more_start(share, more):
    few, many = influence(share), influence(share * more)
    assert many.initiating_misuse > few.initiating_misuse
    assert many.initiating_heroin_with_misuse > few.initiating_heroin_with_misuse


@given(st.floats(1.01, 10), st.floats(0.01, 2))
def test_more_people_in_remission_lower_relapse_where_the_effect_is_on(share, strength):
    assert influence(share, strength_relapsing=strength).relapsing < 1
    np.testing.assert_allclose(influence(share, strength_relapsing=0.0).relapsing, 1)

"""Remission, stabilisation and relapse."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.remission import RemissionParameters, remission
from upriver.people.social_influence import SocialInfluence


def moving(relapsing: float = 1.0, **changed: float):
    p = worlds.module_of(RemissionParameters, "people.remission", **changed)
    return remission(worlds.people().stocks, worlds.filled(SocialInfluence, relapsing), p)


def test_nobody_relapses_where_the_rate_is_nothing():
    assert moving(relapse_rate=0.0).relapsing_total == 0


@given(st.floats(1, 40), st.floats(1.1, 4))
def test_slower_stabilisation_moves_fewer_a_year(years, slower):
    soon, late = moving(stabilising_years=years), moving(stabilising_years=years * slower)
    np.testing.assert_allclose(late.stabilising * slower, soon.stabilising, rtol=1e-12)


@given(st.floats(0, 1e30))
def test_relapse_never_empties_a_stock_within_a_step(influence):
    found = moving(influence)
    assert (found.relapsing <= 4 * worlds.people().stocks.remission * (1 + 1e-12)).all()
    np.testing.assert_allclose(found.relapsing_total, found.relapsing.sum())

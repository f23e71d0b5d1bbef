"""Everyone is counted, and nobody twice but where the published model does."""

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.headcount import headcount

SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3)


def counted(success=(0.4, 0.5, 0.2), population: float = 2.7e8):
    return headcount(
        worlds.people().stocks,
        jnp.array(success),
        heroin_use_with_rx=jnp.array(0.5),
        population=population,
    )


@given(SHARES)
def test_disorder_remission_and_use_add_up_to_all_people(success):
    found, stocks = counted(success), worlds.people().stocks
    everyone = sum(float(leaf.sum()) for leaf in jax.tree.leaves(stocks))
    parts = float(found.oud + found.remission + stocks.misuse + stocks.heroin_use)
    np.testing.assert_allclose(parts, everyone, rtol=1e-14)


@given(SHARES)
def test_everyone_in_treatment_is_on_one_medication_and_in_one_group(success):
    found = counted(success)
    by_group = found.rx_in_treatment + found.hud_in_treatment
    np.testing.assert_allclose(by_group, found.in_treatment, rtol=1e-14)
    np.testing.assert_allclose(found.in_treatment.sum(), found.treatment, rtol=1e-14)


def test_people_in_remission_in_treatment_take_two_places():
    found = counted((0.0, 0.5, 1.0))
    np.testing.assert_allclose(found.places_taken / found.in_treatment, [1.0, 1.5, 2.0])


def test_shares_of_the_population_halve_in_a_population_twice_as_large():
    small, large = counted(population=2e8), counted(population=4e8)
    np.testing.assert_allclose(large.share_heroin * 2, small.share_heroin)
    np.testing.assert_allclose(large.share_remission * 2, small.share_remission)

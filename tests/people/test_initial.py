"""The people of 1999 are the counts, corrected."""

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.initial import InitialParameters, initial


def start(success: float = 0.5, **changed: float):
    p = worlds.module_of(InitialParameters, "people.initial", **changed)
    return initial(jnp.full(3, success), p)


def test_nobody_is_on_buprenorphine_or_naltrexone_in_1999():
    treated = np.asarray(start().treated)
    assert (treated[:, [0, 2]] == 0).all()
    assert (treated[:, 1] > 0).all()


@given(st.floats(0, 1))
def test_a_count_of_people_with_a_disorder_holds_those_in_treatment_without_remission(success):
    p = worlds.module_of(InitialParameters, "people.initial")
    stocks = start(success)
    active = stocks.untreated + stocks.treated.sum(axis=1) * (1 - success)
    np.testing.assert_allclose(active, p.disorder * p.correct_disorder, rtol=1e-13)


@given(st.floats(0.75, 1.25))
def test_a_correction_scales_its_stock(factor):
    usual, corrected = start(correct_misuse=1.0), start(correct_misuse=factor)
    np.testing.assert_allclose(corrected.misuse, usual.misuse * factor)
    others = zip(jax.tree.leaves(usual)[1:], jax.tree.leaves(corrected)[1:], strict=True)
    assert all((a == b).all() for a, b in others)


def test_the_three_groups_hold_all_methadone_patients():
    p = worlds.module_of(InitialParameters, "people.initial")
    stocks = start(correct_methadone=1.0)
    np.testing.assert_allclose(stocks.treated.sum(), p.methadone_patients)

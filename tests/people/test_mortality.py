"""Deaths from other causes: order of the rates, and sums."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.mortality import MortalityParameters, in_treatment, mortality


def dying(success=(0.5, 0.5, 0.5), **changed: float):
    p = worlds.module_of(MortalityParameters, "people.mortality", **changed)
    return mortality(worlds.people().stocks, jnp.array(success), p)


def test_a_disorder_is_deadlier_than_misuse_and_remission_is_as_no_use():
    found, stocks = dying(), worlds.people().stocks
    rate = {name: getattr(found, name) / getattr(stocks, name) for name in ("misuse", "heroin_use")}
    assert found.stable[0] / stocks.stable[0] < rate["misuse"] < rate["heroin_use"]
    assert (rate["heroin_use"] < found.untreated / stocks.untreated).all()
    np.testing.assert_allclose(found.remission / stocks.remission, found.stable / stocks.stable)


@given(st.floats(0, 0.9), st.floats(0.01, 0.1))
def test_more_success_in_treatment_saves_lives_where_a_disorder_is_deadlier(success, more):
    few = dying([success] * 3, treated_risk=0.9)
    many = dying([success + more] * 3, treated_risk=0.9)
    assert (in_treatment(many) < in_treatment(few)).all()


def test_deaths_by_medication_add_up():
    found = dying()
    np.testing.assert_allclose(in_treatment(found).sum(), found.treated.sum(), rtol=1e-14)

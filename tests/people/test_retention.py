"""Retention: the share who are still there at six months is the share that the model has there."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.parameters import parameters
from upriver.people.retention import RetentionParameters, staying, with_retention
from upriver.people.treatment import TreatmentParameters, success

CARE = worlds.module_of(TreatmentParameters, "people.treatment", 2019.0)
MEDICATIONS = ("buprenorphine", "methadone", "naltrexone")


def p(share: float) -> RetentionParameters:
    return RetentionParameters(at_six_months=jnp.full(3, share))


@given(st.floats(0.07, 0.97), st.floats(0.07, 0.97))
def test_who_stays_longer_stays_longer_and_half_a_year_gives_the_share_back(x, y):
    less, more = (staying(p(share)) for share in sorted([x, y]))
    assert np.all(less <= more)
    assert np.allclose(np.exp(-0.5 / more), max(x, y)) or np.all(more == 0.1875)


def test_off_the_lengths_are_the_published_ones():
    assert np.array_equal(with_retention(CARE, jnp.zeros(()), p(0.5)).duration, CARE.duration)


def test_on_they_follow_from_retention_and_more_of_those_who_stay_end_in_remission():
    kept = with_retention(CARE, jnp.ones(()), p(0.8))
    assert np.all(kept.duration > CARE.duration)
    assert np.all(success(kept) > success(CARE))


def test_published_lengths_lie_within_the_plausible_retention():
    for medication in MEDICATIONS:
        low, high = parameters()[f"people.retention.at_six_months[{medication}]"].plausible
        length = parameters()[f"people.treatment.duration[{medication}]"].value
        assert low <= np.exp(-0.5 / length) <= high, medication

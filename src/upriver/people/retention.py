"""Retention: how long people stay in treatment, from the share who are still there at six months.

Leaving is as likely on each day, so that the mean stay follows from one share. In truth more leave
in the first weeks; what it leaves out is that, and the dose.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .stocks import Medications
from .treatment import SHORTEST, TreatmentParameters

HALF_A_YEAR = 0.5


class RetentionParameters(eqx.Module):
    """Retention by medication; see retention.yaml."""

    at_six_months: Medications


def staying(p: RetentionParameters) -> Medications:
    """Mean length of a treatment [year], no shorter than a step of time can follow."""
    return jnp.maximum(-HALF_A_YEAR / jnp.log(p.at_six_months), SHORTEST)


def with_retention(
    p: TreatmentParameters, included: Scalar, kept: RetentionParameters
) -> TreatmentParameters:
    """Treatment as long as people stay, if that is counted.

    Args:
        included: whether offer, uptake and retention are counted, not 0 if so.
    """
    length = jnp.where(included != 0, staying(kept), p.duration)
    cared: TreatmentParameters = eqx.tree_at(lambda t: t.duration, p, length)
    return cared

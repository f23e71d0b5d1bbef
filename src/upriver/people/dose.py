"""Dose: what a person takes, against a tolerance that follows the usual dose.

A dose is one of a spread; the hazard of overdose follows the chance that it exceeds what is
tolerated. Tolerance follows the usual dose with a lag and not in full, so that a safer supply does
not save lives for ever, and a sudden return kills. People make up for part of a change.

What it leaves out: that no two people take alike, and days without. Seized pills tell the mean of
what is offered; the spread of what is taken is one parameter here.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, normal_cdf, power


class DoseParameters(eqx.Module):
    """Compensation, tolerance and spread; see dose.yaml."""

    compensation: Scalar
    tolerance_share: Scalar
    lag: Scalar
    spread: Scalar
    adulterant_risk: Scalar
    margin: Scalar


def taken(strength: Scalar, *, usual: Scalar, compensation: Scalar) -> Scalar:
    """Dose that people take of an offered strength, relative to the reference [1].

    Args:
        strength: of the dose that is offered [1]; usual: dose that people are used to [1].
        compensation: share of a change that people make up for [1].
    """
    return power(usual, compensation) * power(strength, 1 - compensation)


def overdose_ratio(dose: Scalar, usual: Scalar, p: DoseParameters) -> Scalar:
    """Hazard of overdose relative to that of the reference's dose in people used to it [1].

    Args:
        dose: that is taken; usual: that people are used to; both relative to the reference [1].
    """
    above = jnp.log(dose) - p.tolerance_share * jnp.log(usual)
    return normal_cdf((above - p.margin) / p.spread) / normal_cdf(-p.margin / p.spread)


def with_adulterants(part: Scalar, p: DoseParameters) -> Scalar:
    """Hazard of overdose where part of the doses hold a stronger substance, relative [1].

    Args:
        part: share of doses that do [1].
    """
    return 1 + part * (p.adulterant_risk - 1)


def habituation(dose: Scalar, usual: Scalar, p: DoseParameters) -> Scalar:
    """Change of the usual dose [1/year]."""
    return (dose - usual) / p.lag

"""Perceived risk: overdoses make people think twice, soon; they forget slowly.

Source: lim2022, SI section 'Perceived risk'. Rise and fall take different times.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, power, share

from .stocks import Memory, Reference


class PerceivedRiskParameters(eqx.Module):
    """Times, weight and strengths; see perceived_risk.yaml."""

    rise_years: Scalar
    fall_years: Scalar
    nonfatal_weight: Scalar
    strength_initiating_misuse_own: Scalar
    strength_initiating_misuse_diverted: Scalar
    strength_quitting_misuse: Scalar
    strength_initiating_heroin: Scalar
    strength_initiating_heroin_with_rx: Scalar
    strength_quitting_heroin: Scalar
    strength_quitting_heroin_to_misuse: Scalar
    strength_quitting_heroin_to_oud: Scalar


class PerceivedRisk(eqx.Module):
    """Perceived risk relative to the start [1], and the multipliers of transitions [1]."""

    relative_rx: Scalar
    relative_heroin: Scalar
    initiating_misuse_own: Scalar
    initiating_misuse_diverted: Scalar
    quitting_misuse: Scalar
    initiating_heroin: Scalar
    initiating_heroin_with_rx: Scalar
    quitting_heroin: Scalar
    quitting_heroin_to_misuse: Scalar
    quitting_heroin_to_oud: Scalar


def indicated(deaths: Scalar, nonfatal: Scalar, p: PerceivedRiskParameters) -> Scalar:
    """Risk that the overdoses of the moment suggest [people/year]."""
    return deaths + p.nonfatal_weight * nonfatal


def change(perceived: Scalar, suggested: Scalar, p: PerceivedRiskParameters) -> Scalar:
    """Change of perceived risk in a year: quick to rise, slow to fall [people/year/year]."""
    years = jnp.where(perceived < suggested, p.rise_years, p.fall_years)
    return (suggested - perceived) / years


def perceived_risk(
    memory: Memory, reference: Reference, p: PerceivedRiskParameters
) -> PerceivedRisk:
    """Effects of perceived risk on each transition."""
    rx = share(memory.risk_rx, reference.risk_rx)
    heroin = share(memory.risk_heroin, reference.risk_heroin)
    return PerceivedRisk(
        relative_rx=rx,
        relative_heroin=heroin,
        initiating_misuse_own=power(rx, -p.strength_initiating_misuse_own),
        initiating_misuse_diverted=power(rx, -p.strength_initiating_misuse_diverted),
        quitting_misuse=power(rx, p.strength_quitting_misuse),
        initiating_heroin=power(heroin, -p.strength_initiating_heroin),
        initiating_heroin_with_rx=power(heroin, -p.strength_initiating_heroin_with_rx),
        quitting_heroin=power(heroin, p.strength_quitting_heroin),
        quitting_heroin_to_misuse=power(heroin, p.strength_quitting_heroin_to_misuse),
        quitting_heroin_to_oud=power(heroin, p.strength_quitting_heroin_to_oud),
    )

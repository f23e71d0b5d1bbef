"""Remission without medication, its stabilisation, and relapse.

Source: lim2022, SI section 'Remission and relapse'. Nobody relapses from stable remission.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, hazard

from .social_influence import SocialInfluence
from .stocks import Groups, Stocks


class RemissionParameters(eqx.Module):
    """Rates; see remission.yaml."""

    remission_rate: Scalar
    remission_rx_relative: Scalar
    relapse_rate: Scalar
    relapse_rx_relative: Scalar
    stabilising_years: Scalar


class Remission(eqx.Module):
    """People who remit, stabilise and relapse in a year, by group [people/year]."""

    remitting: Groups
    stabilising: Groups
    relapsing: Groups
    relapsing_total: Scalar


def remission(stocks: Stocks, social: SocialInfluence, p: RemissionParameters) -> Remission:
    """People who remit without medication, stabilise and relapse in a year."""
    remit_rx = p.remission_rate * p.remission_rx_relative
    relapse_rx = p.relapse_rate * p.relapse_rx_relative
    remitting = jnp.stack([remit_rx, remit_rx, p.remission_rate])
    relapsing = jnp.stack([relapse_rx, relapse_rx, p.relapse_rate])
    relapses = stocks.remission * hazard(relapsing * social.relapsing, 4.0)
    return Remission(
        remitting=stocks.untreated * remitting,
        stabilising=stocks.remission / p.stabilising_years,
        relapsing=relapses,
        relapsing_total=jnp.sum(relapses),
    )

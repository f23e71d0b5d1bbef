"""Unequal risk: two tiers of risk among people with an untreated disorder, with exchange.

A rival hypothesis for a fall in deaths: those at high risk die first, and fewer are left. With a
relative risk of 1 the tiers are one, as in the published model.

What it leaves out: who they are. A tier is no kind of person; people move between them.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, share

from .stocks import Groups


class TierParameters(eqx.Module):
    """Risk, share and exchange; see tiers.yaml."""

    relative_risk: Scalar
    high_share: Scalar
    exchange: Scalar


class Tiers(eqx.Module):
    """The tiers of an instant, by group.

    share: of people with an untreated disorder who are at high risk [1]
    risk: of all of them, relative to the calibrated rate [1]
    risk_high: of those at high risk, the same [1]
    raising, lowering: people who come to high risk, and leave it [people/year]
    """

    share: Groups
    risk: Groups
    risk_high: Scalar
    raising: Groups
    lowering: Groups


class Passing(eqx.Module):
    """People who come into untreated disorder, and who go, but for overdose [people/year]."""

    coming: Groups
    going: Groups


def tiers(high: Groups, untreated: Groups, p: TierParameters) -> Tiers:
    """Risk by tier and exchange between tiers.

    Args:
        high: of the untreated, those at high risk [people]; untreated [people].
    """
    mean = 1 + p.high_share * (p.relative_risk - 1)
    part = share(high, untreated)
    return Tiers(
        share=part,
        risk=(1 + part * (p.relative_risk - 1)) / mean,
        risk_high=p.relative_risk / mean,
        raising=p.exchange * p.high_share * (untreated - high),
        lowering=p.exchange * (1 - p.high_share) * high,
    )


def change(
    high: Groups, passing: Passing, t: Tiers, p: TierParameters, *, deaths: Groups
) -> Groups:
    """Change of people at high risk [people/year].

    Args:
        high: people at high risk [people], of whom no more than six times as many die in a year.
        deaths: from overdose at high risk [people/year].
    """
    dying = jnp.minimum(deaths, 6.0 * high)
    return p.high_share * passing.coming - t.share * passing.going - dying + t.raising - t.lowering

"""Jail and re-entry: releases x risk per release, with treatment inside as a lever.

The weeks after a release are riskier. The calibrated rates are means over everyone, those released
included, so that re-entry is here a part of them: what changes deaths is a change in releases or in
treatment inside. What the rates hold follows from the same numbers as what is added (the share of
releases, the time, the multiple), at the releases of a year: however large the risk after a release
is thought to be, the rates are what they are. Among those released are the more people with a
disorder the more there are outside.

What it leaves out: time inside, prisons, and treatment that goes on after (which is in the stocks
of treatment and must not be counted twice).
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, hazard

from .stocks import Groups

MOST_EXTRA = 4.0
"""The extra is held at this: with it, no hazard out of untreated disorder passes its limit."""


class ReentryParameters(eqx.Module):
    """Releases, risk and treatment inside; see reentry.yaml."""

    included: Scalar
    releases: Scalar
    with_disorder: Scalar
    period: Scalar
    multiple: Scalar
    medication_inside: Scalar
    medication_effect: Scalar
    helped: Scalar
    untreated_then: Scalar
    releases_then: Scalar


class Reentry(eqx.Module):
    """Re-entry of an instant.

    releases: of people with an untreated disorder [people/year]
    extra: deaths it adds for each death without it [1]
    risk: of the untreated, relative to the calibrated rate [1]
    part: share of their overdoses that re-entry is behind [1]
    """

    releases: Scalar
    extra: Scalar
    risk: Scalar
    part: Scalar


def reentry(untreated: Groups, p: ReentryParameters) -> Reentry:
    """What releases add to the risk of people with an untreated disorder.

    Args:
        untreated: people with a disorder and without medication, by group [people].
    """
    for_each = p.included * p.with_disorder / p.untreated_then
    raised = for_each * p.period * (p.multiple - 1)
    inside = 1 - p.medication_inside * p.medication_effect
    extra = hazard(p.releases * raised * inside * (1 - p.helped), MOST_EXTRA)
    usual = hazard(p.releases_then * raised, MOST_EXTRA)
    return Reentry(
        releases=p.releases * for_each * jnp.sum(untreated),
        extra=extra,
        risk=(1 + extra) / (1 + usual),
        part=extra / (1 + extra),
    )

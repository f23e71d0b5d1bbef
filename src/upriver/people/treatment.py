"""Treatment with medication: who seeks it, who is lost, who gets a place, and how it ends.

Source: lim2022, SI section 'Treatment'; stringfellow2022. Three medications: buprenorphine,
methadone, extended-release naltrexone.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, hazard, share

from .housing import Housing
from .stocks import ByBoth, Groups, Medications, Stocks

MOST_SEEKING, SHORTEST = 1.0, 0.1875
"""Bounds of the rate at which treatment is sought [1/year], and of its mean length [year]."""


class TreatmentParameters(eqx.Module):
    """Constants; see treatment.yaml."""

    seeking_rate: Scalar
    seeking_hud_relative: Scalar
    buprenorphine_share_rx: Scalar
    methadone_rest_rx: Scalar
    buprenorphine_share_hud: Scalar
    methadone_rest_hud: Scalar
    affordability_loss: Scalar
    other_loss: Scalar
    duration: Medications
    success_inflection: Scalar
    success_shape: Scalar
    success_steepness: Scalar
    success_limit: Scalar


class Demand(eqx.Module):
    """Demand for treatment.

    rate: at which people of a group seek a medication [1/year]; loss: of those who seek, share
    lost to cost, stigma or other barriers before any place is asked for [1]; people: who ask for a
    place [people/year]; by_medication: the same over groups [people/year]; sought: who seek at all,
    by group [people/year].
    """

    rate: ByBoth
    loss: Scalar
    people: ByBoth
    by_medication: Medications
    sought: Groups


class Treatment(eqx.Module):
    """Course of treatment.

    success: share of treatments that end in remission [1]; fulfilment: share of demand that finds
    a place [1]; entering, leaving_in_remission, leaving_with_disorder [people/year];
    entering_total, leaving_remission_total, leaving_disorder_total: over groups, by medication
    [people/year]; remission_rate, disorder_rate: of leaving [1/year]; received: episodes in a year
    by medication [people/year]; gap_rx, gap_hud: share of those who seek who do not get in [1].
    """

    success: Medications
    capacity_to_demand: Medications
    fulfilment: Medications
    entering: ByBoth
    leaving_in_remission: ByBoth
    leaving_with_disorder: ByBoth
    entering_total: Medications
    leaving_remission_total: Medications
    leaving_disorder_total: Medications
    remission_rate: Medications
    disorder_rate: Medications
    received: Medications
    gap_rx: Scalar
    gap_hud: Scalar


def with_housing(p: TreatmentParameters, home: Housing) -> TreatmentParameters:
    """How treatment is sought and how long people stay, as housing lets them, within bounds."""
    seeking = hazard(p.seeking_rate * home.seeking, MOST_SEEKING)
    staying = jnp.maximum(p.duration * home.staying, SHORTEST)
    cared: TreatmentParameters = eqx.tree_at(
        lambda given: (given.seeking_rate, given.duration), p, (seeking, staying)
    )
    return cared


def success(p: TreatmentParameters) -> Medications:
    """Share of treatments that end in remission, rising with how long they last [1].

    Source: lim2022, SI, 'Tx success fraction': a double exponential in the mean duration, with an
    inflection, scaled to a limit.
    """
    past = p.duration - p.success_inflection
    square = p.success_shape * p.success_shape
    early = past <= 0
    speed = jnp.where(
        early, p.success_steepness / p.success_shape, -p.success_steepness * p.success_shape
    )
    bend = jnp.exp(speed * past) / (1 + square)
    return jnp.where(early, square * bend, 1 - bend) * p.success_limit


def demand(stocks: Stocks, p: TreatmentParameters) -> Demand:
    """People who ask for a place in treatment in a year, by group and medication."""
    rx = _mix(p.buprenorphine_share_rx, p.methadone_rest_rx) * p.seeking_rate
    hud = _mix(p.buprenorphine_share_hud, p.methadone_rest_hud) * (
        p.seeking_rate * p.seeking_hud_relative
    )
    rate = jnp.stack([rx, rx, hud])
    loss = jnp.minimum(1.0, p.affordability_loss + p.other_loss)
    sought = stocks.untreated[:, None] * rate
    people = sought * (1 - loss)
    return Demand(
        rate=rate,
        loss=loss,
        people=people,
        by_medication=jnp.sum(people, axis=0),
        sought=jnp.sum(sought, axis=1),
    )


def _mix(buprenorphine: Scalar, methadone_of_rest: Scalar) -> Medications:
    """Shares of the medications among those who seek treatment [1]."""
    rest = 1 - buprenorphine
    methadone = rest * methadone_of_rest
    return jnp.stack([buprenorphine, methadone, rest - methadone])


def treatment(
    stocks: Stocks, wanted: Demand, intake_places: Medications, p: TreatmentParameters
) -> Treatment:
    """Who enters and who leaves treatment in a year.

    Args:
        intake_places: people that each medication can take in [people/year].
    """
    ends = success(p)
    ratio = share(intake_places, wanted.by_medication)
    fulfilment = jnp.minimum(ratio, 1.0)
    entering = wanted.people * fulfilment[None, :]
    remission_rate = 1 / p.duration * ends
    disorder_rate = 1 / p.duration * (1 - ends)
    in_remission = stocks.treated * remission_rate[None, :]
    with_disorder = stocks.treated * disorder_rate[None, :]
    entered = jnp.sum(entering, axis=1)
    return Treatment(
        success=ends,
        capacity_to_demand=ratio,
        fulfilment=fulfilment,
        entering=entering,
        leaving_in_remission=in_remission,
        leaving_with_disorder=with_disorder,
        entering_total=jnp.sum(entering, axis=0),
        leaving_remission_total=jnp.sum(in_remission, axis=0),
        leaving_disorder_total=jnp.sum(with_disorder, axis=0),
        remission_rate=remission_rate,
        disorder_rate=disorder_rate,
        received=jnp.sum(stocks.treated, axis=0) / p.duration,
        gap_rx=1 - share(entered[0] + entered[1], wanted.sought[0] + wanted.sought[1]),
        gap_hud=1 - share(entered[2], wanted.sought[2]),
    )

"""What goes beyond the published model: dose, tiers of risk, re-entry, stimulants; all together.

Where every one of them is off, their effects are literally 1 or 0, whatever the state: the engine
then leaves them out, and the published model is met to the digit.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool

from upriver.core.maths import Scalar, hazard, share

from . import (
    disorder,
    dose,
    housing,
    initiation,
    mortality,
    quitting,
    reentry,
    remission,
    stimulants,
)
from . import tiers as unequal
from . import treatment as treating
from . import ways as using
from .market import Market, MarketParameters
from .stocks import Groups

MOST_RISK = 2.0
"""Risk of the untreated against the calibrated mean is held at this, so that no stock empties."""


class Risk(eqx.Module):
    """What moves risk beyond the published model; all are 1 or 0 where it is off.

    dose: hazard of a dose of fentanyl, relative to the reference [1]
    coverage: doses of fentanyl that can be had, relative to the reference [1]
    untreated: risk of people with an untreated disorder, relative to the mean, by group [1]
    high: share of their deaths that is of people at high risk, by group [1]
    reentry: share of their deaths that is after a release [1]
    ways: of use of illicit opioids, from how they are used, relative to the calibrated rate [1]
    """

    dose: Scalar
    coverage: Scalar
    untreated: Groups
    high: Groups
    reentry: Scalar
    ways: Scalar


class Beyond(eqx.Module):
    """What goes beyond the published model.

    dose: that people take of fentanyl, relative to the reference [1]; dose_ratio: its hazard,
        relative to the reference [1]
    """

    dose: Scalar
    dose_ratio: Scalar
    tiers: unequal.Tiers
    reentry: reentry.Reentry
    stimulants: stimulants.Stimulants
    housing: housing.Housing
    risk: Risk


class Extensions(eqx.Module):
    """Parameters of what goes beyond the published model."""

    market: MarketParameters
    dose: dose.DoseParameters
    tiers: unequal.TierParameters
    reentry: reentry.ReentryParameters
    stimulants: stimulants.StimulantParameters
    housing: housing.HousingParameters
    ways: using.WayParameters


class Untreated(eqx.Module):
    """People with a disorder and without medication for it.

    people: by group [people]; high_risk: of them, those at high risk [people]
    usual_dose: of fentanyl, that they are used to, relative to the reference [1]
    """

    people: Groups
    high_risk: Groups
    usual_dose: Scalar


def extended(p: Extensions) -> Bool[Array, ""]:
    """Whether anything goes beyond the published model."""
    counted = (p.stimulants.included != 0) | (p.reentry.included != 0)
    counted = counted | (p.housing.included != 0) | (p.ways.included != 0)
    market = (p.market.from_supply != 0) | (p.market.given != 0)
    return market | counted | (p.tiers.relative_risk != 1)


def beyond(who: Untreated, seen: Market, p: Extensions) -> Beyond:
    """What goes beyond the published model at an instant."""
    on = extended(p)
    taken = dose.taken(seen.strength, usual=who.usual_dose, compensation=p.dose.compensation)
    stronger = dose.with_adulterants(seen.adulterants, p.dose)
    ratio = dose.overdose_ratio(taken, who.usual_dose, p.dose) * stronger
    tier = unequal.tiers(who.high_risk, who.people, p.tiers)
    release = reentry.reentry(who.people, p.reentry)
    elsewhere = stimulants.stimulants(seen.fentanyl_share, ratio * seen.coverage, p.stimulants)
    home = housing.housing(who.people, p.housing)
    home = jax.tree.map(lambda x, usual: jnp.where(on, x, usual), home, housing.usual())
    found = tier, release, elsewhere
    tier, release, elsewhere = jax.tree.map(lambda x: jnp.where(on, x, 0.0), found)
    return Beyond(
        dose=jnp.where(on, taken, 1.0),
        dose_ratio=jnp.where(on, ratio, 1.0),
        tiers=tier,
        reentry=release,
        stimulants=elsewhere,
        housing=home,
        risk=Risk(
            dose=jnp.where(on, ratio, 1.0),
            coverage=jnp.where(on, seen.coverage, 1.0),
            untreated=jnp.where(on, hazard(tier.risk * release.risk * home.risk, MOST_RISK), 1.0),
            high=jnp.where(on, share(tier.share * tier.risk_high, tier.risk), 0.0),
            reentry=release.part,
            ways=jnp.where(on, using.risk(p.ways), 1.0),
        ),
    )


def passing(
    start: initiation.Initiation,
    quit_: quitting.Quitting,
    develop: disorder.Disorder,
    course: treating.Treatment,
    recovery: remission.Remission,
    other: mortality.Mortality,
) -> unequal.Passing:
    """People who come into untreated disorder, and who go, but for overdose [people/year].

    Who changes group comes and goes: what comes in is of mean risk.
    """
    coming = jnp.stack(
        [
            develop.rx_oud + quit_.heroin_to_oud,
            start.heroin_with_oud,
            develop.hud + develop.hud_with_oud,
        ]
    )
    going = jnp.stack(
        [start.heroin_with_oud, develop.hud_with_oud + quit_.heroin_to_oud, jnp.zeros(())]
    )
    back = jnp.sum(course.leaving_with_disorder, axis=1)
    into_treatment = jnp.sum(course.entering, axis=1)
    return unequal.Passing(
        coming=coming + recovery.relapsing + back,
        going=going + recovery.remitting + other.untreated + into_treatment,
    )

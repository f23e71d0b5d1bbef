"""What goes beyond the published model: dose, tiers of risk, re-entry, stimulants; all together.

Where every one of them is off, their effects are literally 1 or 0, whatever the state: the engine
then leaves them out, and the published model is met to the digit.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool

from upriver.core.maths import Scalar, hazard, share

from . import disorder, dose, initiation, mortality, quitting, reentry, remission, stimulants
from . import tiers as unequal
from . import treatment as treating
from .market import Market, MarketParameters
from .overdose import Risk
from .stocks import Groups

MOST_RISK = 2.0
"""Risk of the untreated against the calibrated mean is held at this, so that no stock empties."""


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
    risk: Risk


def extended(
    market: MarketParameters,
    people: stimulants.StimulantParameters,
    releases: reentry.ReentryParameters,
    tiers: unequal.TierParameters,
) -> Bool[Array, ""]:
    """Whether anything goes beyond the published model."""
    counted = (people.included != 0) | (releases.included != 0)
    return (market.from_supply != 0) | counted | (tiers.relative_risk != 1)


def beyond(
    on: Bool[Array, ""],
    untreated: Groups,
    high_risk: Groups,
    usual_dose: Scalar,
    seen: Market,
    dosing: dose.DoseParameters,
    tiers: unequal.TierParameters,
    releases: reentry.ReentryParameters,
    people: stimulants.StimulantParameters,
) -> Beyond:
    """What goes beyond the published model at an instant.

    Args:
        on: whether anything does.
        untreated: with a disorder and without medication; high_risk: of them [people].
        usual_dose: of fentanyl, that people are used to, relative to the reference [1].
    """
    taken = dose.taken(seen.strength, usual_dose, dosing.compensation)
    ratio = dose.overdose_ratio(taken, usual_dose, dosing)
    tier = unequal.tiers(high_risk, untreated, tiers)
    release = reentry.reentry(untreated, releases)
    elsewhere = stimulants.stimulants(seen.fentanyl_share, ratio * seen.coverage, people)
    found = tier, release, elsewhere
    tier, release, elsewhere = jax.tree.map(lambda x: jnp.where(on, x, 0.0), found)
    return Beyond(
        dose=jnp.where(on, taken, 1.0),
        dose_ratio=jnp.where(on, ratio, 1.0),
        tiers=tier,
        reentry=release,
        stimulants=elsewhere,
        risk=Risk(
            dose=jnp.where(on, ratio, 1.0),
            coverage=jnp.where(on, seen.coverage, 1.0),
            untreated=jnp.where(on, hazard(tier.risk * release.risk, MOST_RISK), 1.0),
            high=jnp.where(on, share(tier.share * tier.risk_high, tier.risk), 0.0),
            reentry=release.part,
        ),
    )


def passing(
    start: initiation.Initiation,
    quit_: quitting.Quitting,
    develop: disorder.Disorder,
    course: treating.Treatment,
    recovery: remission.Remission,
    other: mortality.Mortality,
) -> tuple[Groups, Groups]:
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
    return (
        coming + recovery.relapsing + jnp.sum(course.leaving_with_disorder, axis=1),
        going + recovery.remitting + other.untreated + jnp.sum(course.entering, axis=1),
    )

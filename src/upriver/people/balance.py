"""What happens to people, and what follows for the stocks: the balance.

Stocks change through flows and in no other way; the report draws the same flows.
"""

import equinox as eqx
import jax.numpy as jnp

from . import (
    availability,
    capacity,
    counts,
    disorder,
    headcount,
    initiation,
    mortality,
    naloxone,
    offer,
    overdose,
    perceived_risk,
    prescribing,
    quitting,
    remission,
    response,
    social_influence,
    street,
    treatment,
    uptake,
)
from .beyond import Beyond
from .market import Market
from .stocks import Medications, Memory, Stocks


class PeopleFlows(eqx.Module):
    """All that happens to people in a year, by stem, and what moves it.

    met: the market that people meet
    beyond: what goes beyond the published model
    change: of what is remembered [as Memory, in a year]
    leaving: treatment, by any way, death included, by medication [people/year]
    """

    met: Market
    heads: headcount.Headcount
    prescribing: prescribing.Prescribing
    street: street.Street
    availability: availability.Availability
    perceived_risk: perceived_risk.PerceivedRisk
    social_influence: social_influence.SocialInfluence
    initiation: initiation.Initiation
    disorder: disorder.Disorder
    quitting: quitting.Quitting
    uptake: uptake.Uptake
    offer: offer.Offer
    demand: treatment.Demand
    capacity: capacity.Capacity
    treatment: treatment.Treatment
    remission: remission.Remission
    naloxone: naloxone.Naloxone
    response: response.Response
    overdose: overdose.Overdose
    counts: counts.Counts
    mortality: mortality.Mortality
    beyond: Beyond
    change: Memory
    leaving: Medications


def balance(f: PeopleFlows) -> tuple[Stocks, Memory]:
    """Rate of change of each stock [people/year]: what comes in less what goes out."""
    start, quit_, develop, course = f.initiation, f.quitting, f.disorder, f.treatment
    moving = jnp.stack(
        [
            develop.rx_oud + quit_.heroin_to_oud - start.heroin_with_oud,
            start.heroin_with_oud - develop.hud_with_oud - quit_.heroin_to_oud,
            develop.hud + develop.hud_with_oud,
        ]
    )
    back = jnp.sum(course.leaving_with_disorder - course.entering, axis=1)
    recovering, again = f.remission.remitting, f.remission.relapsing
    stocks = Stocks(
        misuse=start.misuse
        - develop.rx_oud
        - start.heroin_with_misuse
        - quit_.misuse
        + quit_.heroin_to_misuse
        - f.mortality.misuse
        - f.overdose.deaths_misuse,
        heroin_use=start.heroin_without_rx
        + start.heroin_with_misuse
        - develop.hud
        - quit_.heroin_to_misuse
        - quit_.heroin
        - f.mortality.heroin_use
        - f.overdose.deaths_heroin_use,
        untreated=moving
        - recovering
        - f.mortality.untreated
        - f.overdose.deaths_untreated
        + again
        + back,
        treated=course.entering
        - course.leaving_in_remission
        - course.leaving_with_disorder
        - f.mortality.treated
        - f.overdose.deaths_treated,
        remission=jnp.sum(course.leaving_in_remission, axis=1)
        - f.mortality.remission
        - again
        + recovering
        - f.remission.stabilising,
        stable=f.remission.stabilising - f.mortality.stable,
    )
    return stocks, f.change

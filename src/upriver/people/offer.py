"""Offer of treatment: who gives it, how many people they can take, and who lives within reach.

Prescribers of buprenorphine are those with a waiver who do prescribe, and since the waiver ended
those who began without one. Methadone is given in programmes, injected naltrexone in clinics. Each
can take a number of people, later ones fewer than the first. Together they are within reach of a
share of those who want treatment. Places do not depend on how many patients there are. These
outputs, and those of uptake, are told where they are not counted, too.

What it leaves out: how full single prescribers are, travel, and telehealth.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, chance, share

from .capacity import Capacity, CapacityParameters
from .stocks import Medications, Memory
from .treatment import Demand
from .uptake import Uptake


class OfferParameters(eqx.Module):
    """Who gives treatment, what each can take, and their reach; see offer.yaml."""

    included: Scalar
    prescribing_share: Scalar
    without_waiver: Scalar
    programmes: Scalar
    clinics: Scalar
    people_each: Medications
    fewer_each: Medications
    within_reach: Medications


class Offer(eqx.Module):
    """Who gives treatment now, by medication.

    providers: prescribers, programmes, clinics [provider]
    places: people that they can take [people]
    reach: share of those who want a medication who live within reach of it [1]
    """

    providers: Medications
    places: Medications
    reach: Medications


def offer(given: CapacityParameters, p: OfferParameters) -> Offer:
    """Those who give treatment, their places and their reach."""
    prescribers = given.buprenorphine_providers * p.prescribing_share + p.without_waiver
    providers = jnp.stack([prescribers, p.programmes, p.clinics])
    return Offer(
        providers=providers,
        places=p.people_each * p.fewer_each * chance(providers / p.fewer_each),
        reach=chance(providers / p.within_reach),
    )


def asking(wanted: Demand, known: Uptake, found: Offer, p: OfferParameters) -> Demand:
    """Of those who seek treatment, the people who would take a medication and find it in reach."""
    share_of = jnp.where(p.included != 0, known.taking * found.reach, 1.0)
    people = wanted.people * share_of[None, :]
    asked: Demand = eqx.tree_at(
        lambda d: (d.people, d.by_medication), wanted, (people, jnp.sum(people, axis=0))
    )
    return asked


def offered(
    usual: Capacity,
    found: Offer,
    memory: Memory,
    in_treatment: Medications,
    given: CapacityParameters,
    p: OfferParameters,
) -> Capacity:
    """Capacity, from those who give treatment if the offer is counted.

    Args:
        in_treatment: people on each medication, each of them once [people].
    """
    on = p.included != 0
    free = memory.intake + found.places - in_treatment
    intake = jnp.maximum(free / given.intake_delay, 0.0)
    counted: Capacity = eqx.tree_at(
        lambda c: (c.per_provider, c.places, c.used, c.intake),
        usual,
        (
            jnp.where(on, share(found.places[0], found.providers[0]), usual.per_provider),
            jnp.where(on, found.places, usual.places),
            jnp.where(on, share(in_treatment, found.places), usual.used),
            jnp.where(on, intake, usual.intake),
        ),
    )
    return counted

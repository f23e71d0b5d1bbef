"""Capacity of treatment: places by medication, and how soon a free place is filled.

Source: lim2022, SI section 'Treatment capacity'. Each further buprenorphine provider treats fewer
patients; capacity opened slowly after approval, as group practices were limited at first.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from upriver.core.maths import Scalar, chance, share

from .stocks import Medications, Memory


class CapacityParameters(eqx.Module):
    """Constants and drivers; see capacity.yaml."""

    buprenorphine_providers: Scalar
    buprenorphine_approved: Scalar
    patients_per_provider: Scalar
    provider_decay: Scalar
    rampup_years: Scalar
    methadone_places: Scalar
    methadone_utilisation: Scalar
    naltrexone_places: Scalar
    naltrexone_utilisation: Scalar
    intake_delay: Medications


class Capacity(eqx.Module):
    """Places in treatment [people], and intake [people/year].

    per_provider_indicated, per_provider: patients a buprenorphine provider treats on average, once
    capacity has opened and now [people/provider]; used: share of places taken [1].
    """

    opened: Scalar
    per_provider_indicated: Scalar
    per_provider: Scalar
    places: Medications
    used: Medications
    intake: Medications


def capacity(memory: Memory, places_taken: Medications, p: CapacityParameters) -> Capacity:
    """Places by medication, and how many people each can take in in a year.

    A place comes free when someone leaves, and is filled after the intake delay; so are places
    that were never filled.
    """
    providers = p.buprenorphine_providers
    most = p.patients_per_provider / p.provider_decay
    indicated = share(most * chance(p.provider_decay * providers), providers)
    opened = memory.capacity_rampup[1]
    per_provider = indicated * opened
    places = jnp.stack(
        [
            providers * per_provider,
            p.methadone_places * p.methadone_utilisation,
            p.naltrexone_places * p.naltrexone_utilisation,
        ]
    )
    freed = memory.intake / p.intake_delay
    unfilled = (places - places_taken) / p.intake_delay
    return Capacity(
        opened=opened,
        per_provider_indicated=indicated,
        per_provider=per_provider,
        places=places,
        used=share(places_taken, places),
        intake=jnp.maximum(freed + unfilled, 0.0),
    )


def opening(memory: Memory, p: CapacityParameters) -> Float[Array, " stage"]:
    """Change of the two stages of the opening of buprenorphine capacity [1/year]."""
    stage_years = p.rampup_years / 2
    first, second = memory.capacity_rampup[0], memory.capacity_rampup[1]
    return jnp.stack(
        [(p.buprenorphine_approved - first) / stage_years, (first - second) / stage_years]
    )

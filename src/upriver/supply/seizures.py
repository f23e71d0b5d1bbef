"""Seizures: what is taken on the way, pure and as it is weighed.

Seizures are not flow: they are a chance times a flow, divided by purity, and the chance is known
within a factor of four only. A pill weighs fifty times the fentanyl in it, so that a shift to
pills raises seized weight without more fentanyl.

What it leaves out: how anything is found. Seizures within the United States are not told apart
from sales.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .pills import Pills
from .routes import OVERLAND, Routes

MOST = 0.95
"""No chance is above this."""


class SeizureParameters(eqx.Module):
    """Chances of seizure and purity in the mail; see seizures.yaml."""

    probability: Routes
    scale: Routes
    inland: Scalar
    mail_purity: Scalar


class Seizures(eqx.Module):
    """What is seized in a year.

    inland, inland_total: within Mexico, pure [kg/year]
    seized: on each route, at the border or in the mail, pure [kg/year]; total: all of it [kg/year]
    delivered: on each route [kg/year]
    gross_per_pure: weight of a seizure for each kilogram of fentanyl in it [1]
    gross, gross_total: weight of what is seized on each route, and on all [kg/year]
    """

    inland: Routes
    inland_total: Scalar
    seized: Routes
    total: Scalar
    delivered: Routes
    gross_per_pure: Routes
    gross: Routes
    gross_total: Scalar


def inland_chance(p: SeizureParameters) -> Routes:
    """Chance that a shipment is seized before it reaches the border, by route [1]."""
    return jnp.where(OVERLAND, p.inland, 0.0)


def chance(p: SeizureParameters) -> Routes:
    """Chance that a shipment is seized at the border, or in the mail, by route [1]."""
    return jnp.minimum(p.probability * p.scale, MOST)


def loss(p: SeizureParameters) -> Routes:
    """Chance that a shipment is seized anywhere on a route, 1 - product of (1 - q) [1]."""
    return 1 - (1 - inland_chance(p)) * (1 - chance(p))


def seizures(sent: Routes, purity: Scalar, pills: Pills, p: SeizureParameters) -> Seizures:
    """What is seized of what is sent in a year.

    Args:
        sent: on each route, pure [kg/year].
        purity: of powder on the market [1].
    """
    inland = sent * inland_chance(p)
    at_border = sent - inland
    seized = at_border * chance(p)
    powder = (1 - pills.share) / purity + pills.share * pills.weight_per_pure
    gross_per_pure = jnp.where(OVERLAND, powder, 1 / p.mail_purity)
    gross = seized * gross_per_pure
    return Seizures(
        inland=inland,
        inland_total=jnp.sum(inland),
        seized=seized,
        total=jnp.sum(inland) + jnp.sum(seized),
        delivered=at_border - seized,
        gross_per_pure=gross_per_pure,
        gross=gross,
        gross_total=jnp.sum(gross),
    )

"""A shock: an episode that cuts the flow of precursors or production, its cause not assumed.

Date, depth and duration are free, with a wide prior. What controls or cooperation explain of it is
a question put to the model, not an input (vangelov2026 date the turn to the middle of 2023).
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar


class ShockParameters(eqx.Module):
    """When, how deep and how long; see shock.yaml. clock: the calendar year of the instant."""

    clock: Scalar
    start: Scalar
    years: Scalar
    onset_years: Scalar
    recovery_years: Scalar
    precursors: Scalar
    production: Scalar


class Shock(eqx.Module):
    """Shares that are cut at an instant [1], and how far the episode has come, 0 to 1 [1]."""

    course: Scalar
    precursors: Scalar
    production: Scalar


def shock(p: ShockParameters) -> Shock:
    """The episode: in over `onset_years`, and after `years` out over `recovery_years`."""
    rising = (p.clock - p.start) / p.onset_years
    falling = (p.start + p.years - p.clock) / p.recovery_years + 1
    course = jnp.clip(jnp.minimum(rising, falling), 0.0, 1.0)
    return Shock(course=course, precursors=p.precursors * course, production=p.production * course)

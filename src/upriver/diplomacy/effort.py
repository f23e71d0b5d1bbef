"""Effort: what a government does against the trade, and how far that hangs on relations.

e' = (target - e) / response time, target = (1 - linkage) x commitment + linkage x relations. At
linkage 1 work against narcotics is hostage to relations; at 0 it is decoupled from them.

What it leaves out: what moves relations; ministries, provinces and persons; capacity to act. An
effort is not a number that anyone records: its course is a judgement, and its effect a range.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from upriver.core.maths import Scalar

Countries = Float[Array, " country"]


class EffortParameters(eqx.Module):
    """Commitments, linkage and speed; see effort.yaml."""

    commitment: Countries
    shift: Countries
    linkage: Countries
    response_years: Scalar


class Effort(eqx.Module):
    """Effort of an instant: where it goes [1], and how fast [1/year]."""

    target: Countries
    change: Countries


def target(relations: Countries, p: EffortParameters) -> Countries:
    """Effort that a government comes to [1].

    Args:
        relations: of each government with that of the United States, 0 none to 1 full [1].
    """
    commitment = jnp.clip(p.commitment + p.shift, 0.0, 1.0)
    return (1 - p.linkage) * commitment + p.linkage * relations


def effort(now: Countries, relations: Countries, p: EffortParameters) -> Effort:
    """How effort moves.

    Args:
        now: effort of each government [1]; relations: as in `target` [1].
    """
    goal = target(relations, p)
    return Effort(target=goal, change=(goal - now) / p.response_years)

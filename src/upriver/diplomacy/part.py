"""The diplomacy part: its state, what others may see of it, its flows, and the balance.

One state a country, its effort. Relations are a column: dated events, after which they revert.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from . import effort
from .effort import Countries


class RelationsParameters(eqx.Module):
    """Relations with the United States against narcotics; see relations.yaml."""

    level: Countries
    shift: Countries


class DiplomacyParameters(eqx.Module):
    """Everything the diplomacy part reads, by stem."""

    effort: effort.EffortParameters
    relations: RelationsParameters


class Diplomacy(eqx.Module):
    """The state of the diplomacy part: effort of each government, 0 none to 1 full [1]."""

    effort: Float[Array, " country"]


class DiplomacySignals(eqx.Module):
    """What other parts may see: effort of each government [1]."""

    effort: Float[Array, " country"]


class DiplomacyFlows(eqx.Module):
    """What moves effort."""

    effort: effort.Effort


def relations(p: RelationsParameters) -> Countries:
    """Relations of an instant, 0 none to 1 full [1]."""
    return jnp.clip(p.level + p.shift, 0.0, 1.0)


def initial(p: DiplomacyParameters) -> Diplomacy:
    """Effort at the start of the run: what relations and commitments of the time come to."""
    return Diplomacy(effort=effort.target(relations(p.relations), p.effort))


def signals(state: Diplomacy, p: DiplomacyParameters) -> DiplomacySignals:
    """What other parts may see of diplomacy."""
    return DiplomacySignals(effort=state.effort)


def flows(state: Diplomacy, p: DiplomacyParameters) -> DiplomacyFlows:
    """All that happens to effort at this instant."""
    return DiplomacyFlows(effort=effort.effort(state.effort, relations(p.relations), p.effort))


def balance(f: DiplomacyFlows) -> Diplomacy:
    """Rate of change of effort [1/year]."""
    return Diplomacy(effort=f.effort.change)

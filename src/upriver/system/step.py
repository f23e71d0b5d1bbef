"""One Euler step of 1/16 year, for everything; there is no other method and no other step.

Source: the published run of SOURCE behaves as Euler with this step (source_x8).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float

from upriver.core.modules import assemble, names, shape
from upriver.core.time import STEPS_PER_YEAR
from upriver.diplomacy import part as diplomacy_part
from upriver.people import part as people_part
from upriver.people.balance import PeopleFlows, balance
from upriver.people.market import given_market
from upriver.people.stocks import People
from upriver.supply import part as supply_part
from upriver.supply.stocks import Supply

from .counters import COUNTED, counter
from .coupling import Parameters, demand_seen_by_supply, market_seen_by_people

Vector = Float[Array, " _"]
Kind = TypeVar("Kind")

NEUTRAL = MappingProxyType(
    {
        "people.market.from_supply": 0.0,
        "people.market.given": 0.0,
        "people.market.local": 0.0,
        "people.stimulants.included": 0.0,
        "people.reentry.included": 0.0,
        "people.housing.included": 0.0,
        "people.naloxone.included": 0.0,
        "people.offer.included": 0.0,
        "people.ways.included": 0.0,
        "people.tiers.relative_risk": 1.0,
    }
)
"""Inputs and the values at which every extension of the published model falls away."""


class State(eqx.Module):
    """All that the system holds, besides counters."""

    people: People
    supply: Supply
    diplomacy: diplomacy_part.Diplomacy


class Outputs(eqx.Module):
    """What a run can tell besides its state."""

    people: PeopleFlows
    supply: supply_part.SupplyFlows
    diplomacy: diplomacy_part.DiplomacyFlows


@dataclass(frozen=True)
class Program:
    """The compiled part: what it reads, holds and tells, and its two functions.

    initial: inputs at the first instant -> state. step: state and inputs of an instant -> state
    one step later, and outputs of the instant. All vectors are in the order of the names.
    neutral: inputs and values at which part of the step falls away, so that it may be left out.
    """

    inputs: tuple[str, ...]
    state: tuple[str, ...]
    outputs: tuple[str, ...]
    initial: Callable[[Vector], Vector]
    step: Callable[[Vector, Vector], tuple[Vector, Vector]]
    neutral: Mapping[str, float] = field(default_factory=dict)


@cache
def program(step_years: float = 1 / STEPS_PER_YEAR) -> Program:
    """The program of every world.

    Args:
        step_years: length of a step; another than 1/16 only to test units and convergence.
    """
    inputs = names(Parameters, "")
    held = names(State, "")
    told = names(Outputs, "")
    place = {name: i for i, name in enumerate(told)}

    def _counted(now: Vector, told_now: Vector, years: float, on: Bool[Array, ""]) -> Vector:
        """Counters one step later; those of what stands still stand still."""
        later = [now[i] + years * told_now[place[name]] for i, name in enumerate(COUNTED)]
        still = [name.startswith("supply.") for name in COUNTED]
        return jnp.stack(
            [
                jnp.where(on, then, now[i]) if rests else then
                for i, (then, rests) in enumerate(zip(later, still, strict=True))
            ]
        )

    def initial(u: Vector) -> Vector:
        p = _module(Parameters, "", u, inputs)
        state = _initial(p)
        return jnp.concatenate([_flat(state), jnp.zeros(len(COUNTED), dtype=u.dtype)])

    def step(x: Vector, u: Vector) -> tuple[Vector, Vector]:
        # In the reference world supply and diplomacy stand still and tell nothing: the engine
        # leaves them out.
        p = _module(Parameters, "", u, inputs)
        state = _module(State, "", x, held)
        happening, rates = _happening(state, step_years, p)
        later = jax.tree.map(lambda now, rate: now + step_years * rate, state, rates)
        on = p.people.market.from_supply != 0
        later = State(
            people=People(later.people.stocks, later.people.memory, state.people.reference),
            supply=_where(on, later.supply, state.supply),
            diplomacy=_where(on, later.diplomacy, state.diplomacy),
        )
        nothing = jax.tree.map(jnp.zeros_like, (happening.supply, happening.diplomacy))
        supply, diplomacy = _where(on, (happening.supply, happening.diplomacy), nothing)
        outputs = _flat(Outputs(happening.people, supply, diplomacy))
        counters = _counted(x[len(held) :], outputs, step_years, on)
        return jnp.concatenate([_flat(later), counters]), outputs

    counters = tuple(counter(name) for name in COUNTED)
    return Program(inputs, held + counters, told, initial, step, NEUTRAL)


def _initial(p: Parameters) -> State:
    """The state at the start of the run, when there is no fentanyl yet to speak of."""
    people = people_part.initial(given_market(p.people.market), p.people)
    partners = diplomacy_part.initial(p.diplomacy)
    start = demand_seen_by_supply(
        people_part.signals(people, p.people),
        supply_part.at_rest(),
        diplomacy_part.signals(partners, p.diplomacy),
        p,
    )
    return State(people=people, supply=supply_part.initial(start, p.supply), diplomacy=partners)


def _happening(state: State, years: float, p: Parameters) -> tuple[Outputs, State]:
    """All that happens in a step, and the rate at which each part of the state changes."""
    market = supply_part.signals(state.supply, p.supply)
    partners = diplomacy_part.signals(state.diplomacy, p.diplomacy)
    people = people_part.signals(state.people, p.people)
    demand = demand_seen_by_supply(people, market, partners, p)
    happening = Outputs(
        people=people_part.flows(state.people, market_seen_by_people(market, p), p.people),
        supply=supply_part.over(state.supply, demand, years, p.supply),
        diplomacy=diplomacy_part.flows(state.diplomacy, p.diplomacy),
    )
    stocks, memory = balance(happening.people)
    rates = State(
        people=People(stocks=stocks, memory=memory, reference=state.people.reference),
        supply=supply_part.balance(happening.supply),
        diplomacy=diplomacy_part.balance(happening.diplomacy),
    )
    return happening, rates


def _where(on: Bool[Array, ""], module: Kind, other: Kind) -> Kind:
    """A module where `on`, and another elsewhere."""
    chosen: Kind = jax.tree.map(lambda yes, no: jnp.where(on, yes, no), module, other)
    return chosen


def _module(kind: type[Kind], prefix: str, vector: Vector, order: tuple[str, ...]) -> Kind:
    """A module from the numbers of a vector, which stand in the order of its names."""
    at = 0

    def array(path: str, dimensions: str) -> Any:
        nonlocal at
        wanted = shape(dimensions)
        size = 1
        for length in wanted:
            size *= length
        at += size
        return vector[at - size : at].reshape(wanted)

    module = assemble(kind, prefix, array)
    assert at <= len(order)
    return module


def _flat(module: Any) -> Vector:
    """The numbers of a module in the order of its names."""
    if is_dataclass(module):
        return jnp.concatenate([_flat(getattr(module, f.name)) for f in fields(module)])
    return jnp.ravel(module)

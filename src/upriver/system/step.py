"""One Euler step of 1/16 year, for everything; there is no other method and no other step.

Source: the published run of SOURCE behaves as Euler with this step (source_x8).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from upriver.core.modules import assemble, names, shape
from upriver.core.time import STEPS_PER_YEAR
from upriver.people import part
from upriver.people.stocks import People

from .counters import COUNTED, counter
from .coupling import Parameters, market_seen_by_people

Vector = Float[Array, " _"]
Kind = TypeVar("Kind")


class Outputs(eqx.Module):
    """What a run can tell besides its state."""

    people: part.PeopleFlows


@dataclass(frozen=True)
class Program:
    """The compiled part: what it reads, holds and tells, and its two functions.

    initial: inputs at the first instant -> state. step: state and inputs of an instant -> state
    one step later, and outputs of the instant. All vectors are in the order of the names.
    """

    inputs: tuple[str, ...]
    state: tuple[str, ...]
    outputs: tuple[str, ...]
    initial: Callable[[Vector], Vector]
    step: Callable[[Vector, Vector], tuple[Vector, Vector]]


@cache
def program(step_years: float = 1 / STEPS_PER_YEAR) -> Program:
    """The program of the reference world.

    Args:
        step_years: length of a step; another than 1/16 only to test units and convergence.
    """
    inputs = names(Parameters, "")
    held = names(People, "people")
    told = names(Outputs, "")
    place = {name: i for i, name in enumerate(told)}
    counted = [place[name] for name in COUNTED]

    def initial(u: Vector) -> Vector:
        p = _module(Parameters, "", u, inputs)
        people = part.initial(market_seen_by_people(p), p.people)
        return jnp.concatenate([_flat(people), jnp.zeros(len(counted), dtype=u.dtype)])

    def step(x: Vector, u: Vector) -> tuple[Vector, Vector]:
        p = _module(Parameters, "", u, inputs)
        people = _module(People, "people", x, held)
        happening = part.flows(people, market_seen_by_people(p), p.people)
        stocks, memory = part.balance(happening)
        later = People(
            stocks=jax.tree.map(lambda now, rate: now + step_years * rate, people.stocks, stocks),
            memory=jax.tree.map(lambda now, rate: now + step_years * rate, people.memory, memory),
            reference=people.reference,
        )
        outputs = _flat(Outputs(people=happening))
        counters = x[len(held) :] + step_years * jnp.stack([outputs[i] for i in counted])
        return jnp.concatenate([_flat(later), counters]), outputs

    return Program(inputs, held + tuple(counter(n) for n in COUNTED), told, initial, step)


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

"""Worlds to test with: parameters of a module, tables within bounds, and the equations in JAX."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar

import jax
import numpy as np
from jax import numpy as jnp

from upriver.core.axes import rows
from upriver.core.modules import assemble, shape
from upriver.core.parameters import Parameter, parameters
from upriver.core.table import Table
from upriver.core.time import STEPS, STEPS_PER_YEAR
from upriver.engine.run import load
from upriver.people.stocks import People
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario
from upriver.system.step import program

Kind = TypeVar("Kind")
Doubles = np.ndarray
DRAWS = 200
"""Sets of parameters that the equations in JAX are run for, always as many."""

EXTREME = 0.25
"""Share of the numbers of a random table that stand on a bound."""


def module_of(kind: type[Kind], prefix: str, year: float = 2015.0, **changed: float) -> Kind:
    """Parameters of a module as they are at a year, some changed by name (all rows alike)."""
    step = round((year - 1999) * STEPS_PER_YEAR)
    columns = reference_table()

    def array(path: str, dimensions: str) -> jax.Array:
        name = path.rsplit(".", 1)[1]
        if name in changed:
            return jnp.broadcast_to(jnp.asarray(changed[name], dtype=float), shape(dimensions))
        values = [columns.wide(path + row)[0, step] for row in rows(dimensions)]
        return jnp.array(values).reshape(shape(dimensions))

    return assemble(kind, prefix, array)


def filled(kind: type[Kind], value: float = 1.0, **changed: object) -> Kind:
    """A module with the same number everywhere, some fields changed by name."""

    def array(path: str, dimensions: str) -> jax.Array:
        given = changed.get(path, value)
        return jnp.broadcast_to(jnp.asarray(given, dtype=float), shape(dimensions))

    return assemble(kind, "", array)


@cache
def people(year: float = 2015.0) -> People:
    """The people of the base run at a year."""
    step = round((year - 1999) * STEPS_PER_YEAR)
    engine = load()
    state = engine.run(
        reference_table().columns, outputs=list(engine.state), instants=[step], last_step=step
    )[0, :, 0]
    place = {name: i for i, name in enumerate(engine.state)}

    def array(path: str, dimensions: str) -> jax.Array:
        return jnp.array([state[place[path + row]] for row in rows(dimensions)]).reshape(
            shape(dimensions)
        )

    return assemble(People, "people", array)


CLOCK = "supply.shock.clock"
"""A history that is the calendar itself."""


@cache
def base_table(world: str) -> Table:
    """The base run's columns in a world."""
    return table(Scenario(title="base", world=world))


def reference_table() -> Table:
    """The base run's columns in the published model."""
    return base_table("reference")


def interior(parameter: Parameter, rng: np.random.Generator, n: int) -> Doubles:
    """Numbers well inside the bounds, on a log scale where they span decades, shape (n,)."""
    low, high = parameter.within
    u = rng.uniform(0.02, 0.98, n)
    if low > 0 and high / low > 20:
        return np.exp(np.log(low) + u * np.log(high / low))
    return low + u * (high - low)


def anywhere(parameter: Parameter, rng: np.random.Generator, n: int) -> Doubles:
    """Numbers within the bounds, a quarter of them on a bound, shape (n,)."""
    kind = rng.uniform(size=n)
    values = interior(parameter, rng, n)
    low, high = parameter.within
    values = np.where(kind < EXTREME, low, values)
    return np.where(kind > 1 - EXTREME, high, values)


def any_table(seed: int, draws: int) -> dict[str, Doubles]:
    """Columns anywhere within the bounds; histories jump to another value at random steps.

    Of each draw, a random share of the parameters stays as it is.
    """
    rng = np.random.default_rng(seed)
    columns: dict[str, Doubles] = {}
    kept = rng.uniform(0, 1, draws)
    for path, parameter in parameters().items():
        keep = rng.uniform(size=draws) < kept
        usual = reference_table().columns[path]
        if not parameter.is_path:
            columns[path] = np.where(keep, usual[0, 0], anywhere(parameter, rng, draws))[:, None]
            continue
        cuts = np.sort(rng.integers(1, STEPS, (draws, 3)), axis=1)
        where = (np.arange(STEPS + 1)[None, :, None] >= cuts[:, None, :]).sum(axis=2)
        levels = np.stack([anywhere(parameter, rng, draws) for _ in range(4)], axis=1)
        levels[:, 0] = interior(parameter, rng, draws)
        jumping = np.take_along_axis(levels, where, axis=1)
        columns[path] = np.where(keep[:, None], usual, jumping)
    return columns


def plausible_table(seed: int, draws: int) -> dict[str, Doubles]:
    """Constants within plausible intervals, histories but the clock scaled by up to a fifth."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Doubles] = {}
    for path, parameter in parameters().items():
        usual = reference_table().columns[path]
        if parameter.plausible is not None:
            columns[path] = rng.uniform(*parameter.plausible, draws)[:, None]
        elif path == CLOCK:
            columns[path] = usual
        else:
            scaled = usual * rng.uniform(0.8, 1.2, (draws, 1))
            columns[path] = np.clip(scaled, *parameter.within)
    return columns


@cache
def _compiled() -> tuple[Callable[..., jax.Array], Callable[..., tuple[jax.Array, jax.Array]]]:
    """Start and step of many draws; the length of a step is given, so all tests compile once."""

    def step(step_years: jax.Array, x: jax.Array, u: jax.Array) -> tuple[jax.Array, jax.Array]:
        return program.__wrapped__(step_years).step(x, u)

    return jax.jit(jax.vmap(program().initial)), jax.jit(jax.vmap(step))


def by_jax(
    columns: Mapping[str, Doubles], step_years: float | Doubles = 1 / STEPS_PER_YEAR, every: int = 1
) -> tuple[Doubles, Doubles]:
    """The equations in JAX, step by step.

    Args:
        columns: of all DRAWS draws, shape (draws or 1, 1 or steps + 1).
        step_years: for all draws, or one a draw.
        every: which instants to keep.

    Returns:
        State and outputs, shape (draws, names, instants kept).
    """
    initial, step = _compiled()
    ordered = [columns[name] for name in program().inputs]
    instants = max(column.shape[1] for column in ordered)
    length = np.broadcast_to(np.asarray(step_years, dtype=float), (DRAWS,))
    u = np.empty((DRAWS, len(ordered)))

    def fill(k: int) -> None:
        for i, column in enumerate(ordered):
            u[:, i] = column[:, k if column.shape[1] > 1 else 0]

    fill(0)
    x, states, told = np.asarray(initial(u)), [], []
    for k in range(instants):
        fill(k)
        later, y = step(length, x, u)
        if k % every == 0:
            states.append(x)
            told.append(np.asarray(y))
        x = np.asarray(later)
    return np.stack(states, axis=2), np.stack(told, axis=2)

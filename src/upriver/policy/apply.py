"""From a scenario, and draws, to the table that an engine eats.

Draws fill the table, settings hold a parameter for every draw, changes bend columns along ramps
(`composed`). Nothing before the first change differs, to the bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upriver.core.errors import InputError, OutOfBounds
from upriver.core.table import Column, Table
from upriver.system.tabulate import tabulate
from upriver.system.world import DEFAULT, MADE, PUBLISHED, World

from . import conditions, having, plausible, regimes
from .ahead import projected
from .chosen import fitted
from .composed import Moved, moved
from .draws import DEFAULT_DRAWS as DEFAULT_DRAWS
from .draws import MOST_DRAWS
from .draws import posterior as posterior
from .idle import idle
from .names import check_names
from .remarks import remarks
from .scenario import Scenario

SWITCH = "people.market.from_supply"
"""Says whether a world makes its own supply; a world is chosen by its name."""


@dataclass(frozen=True)
class Prepared:
    """A scenario ready to run: its table, and sentences on what it does otherwise than it says."""

    table: Table
    remarks: tuple[str, ...]


def table(scenario: Scenario, draws: int = 0, world: World | None = None) -> Table:
    """The table of a scenario, without remarks; otherwise as `prepare`."""
    return _built(having.in_part(scenario), draws, world).table


def prepare(scenario: Scenario, draws: int = 0, world: World | None = None) -> Prepared:
    """The table of a scenario, with remarks on what moves nothing or is held at a bound.

    Args:
        draws: the first so many; 0 is the central values alone.
        world: the world that is changed; by default the one that the scenario is written for.

    Raises:
        InputError: a name is unknown or there twice, a value out of bounds, or what changes come to
            together is.
    """
    told = having.said(scenario)
    scenario = having.in_part(scenario)
    built = _built(scenario, draws, world)
    central, drawn = built.central, built.drawn
    unset = _filled(built.before, draws)
    said = (
        *told,
        *remarks(scenario, built.before, built.after, built.moved, draws),
        *idle(
            scenario,
            built.before,
            built.after,
            unset,
            (central, central.replace(built.moved.central)),
            (drawn, built.table),
        ),
    )
    return Prepared(built.table, said)


@dataclass(frozen=True)
class _Built:
    """A scenario's world before and after, and its tables.

    central, drawn: before its changes; moved: what those came to; table: with them.
    """

    before: World
    after: World
    central: Table
    drawn: Table
    moved: Moved
    table: Table


def _built(scenario: Scenario, draws: int, world: World | None) -> _Built:
    check_names(scenario.changes)
    before = world or World.named(scenario.world or DEFAULT)
    after = changed_world(scenario, before)
    filled = _filled(after, draws, tuple(scenario.settings))
    numbers = fitted().places[:draws] if after.is_fitted else np.arange(draws)
    central = conditions.under(filled[0], scenario.conditions, scenario.settings)
    drawn = central
    if draws:
        drawn = conditions.under(filled[1], scenario.conditions, scenario.settings)
        if scenario.regimes:
            drawn = regimes.under(drawn, numbers, scenario.settings)
    result = moved(central, drawn, scenario.changes, after, numbers)
    return _Built(before, after, central, drawn, result, drawn.replace(result.columns))


def _filled(world: World, draws: int, keep: Sequence[str] = ()) -> tuple[Table, Table]:
    """The table of a world at central values, and with draws if any are asked for."""
    plain = tabulate(world)
    if world.is_fitted:
        middle = fitted().central
        plain = plain.replace({path: c for path, c in middle.items() if path not in keep})
    return plain, with_draws(plain, draws, world, keep) if draws else plain


def changed_world(scenario: Scenario, world: World) -> World:
    """The world with the scenario's settings, projections and acts; changes are not yet in."""
    try:
        _check_seen(scenario, world)
        for act in scenario.without_acts:
            world = world.without_act(act)
        world = projected(world, scenario.projections)
    except InputError as error:
        error.file = error.file or scenario.file or None
        raise
    for path, value in scenario.settings.items():
        world = world.with_value(path, value)
    return world


def _check_seen(scenario: Scenario, world: World) -> None:
    """Refuse to change what a world makes by itself, or does not have: it would move nothing.

    Raises:
        InputError: fentanyl's share, where it comes from supply; supply, where it is given.
    """
    changed = {path for change in scenario.changes for path in change.acts_on}
    changed |= {*scenario.settings, *scenario.projections}
    if SWITCH in changed:
        raise InputError(
            f"{SWITCH} says which world a run is in. Use --world, or `world:` in the scenario."
        )
    if world.parameter(SWITCH).value:
        if made := sorted(changed & set(MADE)):
            raise InputError(
                f"{made[0]} comes out of supply in this world, so changing it moves nothing. "
                f"Say `world: {PUBLISHED}` in the scenario, or use --world {PUBLISHED}."
            )
        return
    acts = {act: world.touched_by(act) for act in scenario.without_acts}
    only = [act for act, paths in acts.items() if paths and all(map(_beyond, paths))]
    if idle := sorted({*filter(_beyond, changed), *only}):
        raise InputError(
            f"{idle[0]} is not part of the published model, so changing it moves nothing. "
            f"Say `world: {DEFAULT}` in the scenario, or use --world {DEFAULT}."
        )


def _beyond(path: str) -> bool:
    """Whether a parameter is of a part that only the whole system has."""
    return path.startswith(("supply.", "diplomacy."))


def with_draws(table: Table, draws: int, world: World, keep: Sequence[str] = ()) -> Table:
    """The table with `drawn` in it; raises as that does."""
    return table.replace(drawn(draws, world, keep))


def drawn(draws: int, world: World, keep: Sequence[str] = ()) -> dict[str, Column]:
    """Draws by path, shape (draws, 1), of a disturbance (draws, STEPS + 1).

    They are of the fit, or of the published posterior and what the world draws besides.

    Args:
        draws: the first so many.
        world: as a scenario changed it.
        keep: paths that are not drawn: those that are held.

    Raises:
        OutOfBounds: more draws than ship.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise OutOfBounds(
            "the number of draws is out of bounds", found=str(draws), allowed=f"1 to {MOST_DRAWS}"
        )
    if world.is_fitted:
        there = fitted().draws
        if draws > there:
            raise OutOfBounds(
                "the fit has fewer draws", found=str(draws), allowed=f"1 to {there}", file="--draws"
            )
        found = fitted().columns(slice(draws))
        return {path: column for path, column in found.items() if path not in keep}
    names, values = posterior()
    published = {
        name: np.ascontiguousarray(values[:draws, i : i + 1])
        for i, name in enumerate(names)
        if name not in keep
    }
    return {**published, **plausible.columns(world, draws, keep)}

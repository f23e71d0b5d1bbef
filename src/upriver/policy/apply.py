"""From a scenario, and draws, to the table that an engine eats.

Draws fill the table, settings hold a parameter for every draw, changes bend columns along ramps
(`composed`). Nothing before the first change differs, to the bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from upriver.core.errors import InputError, OutOfBounds, UnknownName
from upriver.core.parameters import Projection
from upriver.core.table import Table
from upriver.system.tabulate import tabulate
from upriver.system.world import DEFAULT, MADE, PUBLISHED, World

from . import plausible
from .composed import moved
from .draws import DEFAULT_DRAWS as DEFAULT_DRAWS
from .draws import posterior as posterior
from .names import check_names
from .remarks import remarks
from .scenario import Ahead, Scenario

SWITCH = "people.market.from_supply"
"""Says whether a world makes its own supply; a world is chosen by its name."""


@dataclass(frozen=True)
class Prepared:
    """A scenario ready to run: its table, and sentences on what it does otherwise than it says."""

    table: Table
    remarks: tuple[str, ...]


def table(scenario: Scenario, draws: int = 0, world: World | None = None) -> Table:
    """The table of a scenario; as `prepare`."""
    return prepare(scenario, draws, world).table


def prepare(scenario: Scenario, draws: int = 0, world: World | None = None) -> Prepared:
    """The table of a scenario, with remarks on what moves nothing or is held at a bound.

    Args:
        draws: the first so many; 0 is the central values alone.
        world: the world that is changed; by default the one that the scenario is written for.

    Raises:
        InputError: a name is unknown or there twice, a value out of bounds, or what changes come to
            together is.
    """
    check_names(scenario.changes)
    before = world or World.named(scenario.world or DEFAULT)
    changed = changed_world(scenario, before)
    central = tabulate(changed)
    drawn = with_draws(central, draws, changed, tuple(scenario.settings)) if draws else central
    result = moved(central, drawn, scenario.changes, changed)
    said = remarks(scenario, before, changed, result, draws)
    return Prepared(drawn.replace(result.columns), said)


def changed_world(scenario: Scenario, world: World) -> World:
    """The world with the scenario's settings, projections and acts; changes are not yet in."""
    try:
        _check_seen(scenario, world)
        for act in scenario.without_acts:
            world = world.without_act(act)
        for path, ahead in scenario.projections.items():
            world = _projected(world, path, ahead)
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
    """The table with fitted parameters from the posterior, and what the world draws besides.

    Args:
        keep: paths that stay as they are in every draw.

    Raises:
        OutOfBounds: more draws than ship.
    """
    names, values = posterior()
    if not 1 <= draws <= len(values):
        raise OutOfBounds(
            "the number of draws is out of bounds", found=str(draws), allowed=f"1 to {len(values)}"
        )
    fitted = {
        name: np.ascontiguousarray(values[:draws, i : i + 1])
        for i, name in enumerate(names)
        if name not in keep
    }
    return table.replace({**fitted, **plausible.columns(world, draws, keep)})


def _projected(world: World, path: str, ahead: Ahead) -> World:
    if path == "all":
        for name, parameter in list(world.parameters.items()):
            if parameter.projection is not None:
                world = _projected(world, name, ahead)
        return world
    current = world.parameter(path).projection
    if current is None:
        raise UnknownName(f"{path} has no projection that could be changed")
    if ahead.hold:
        return world.with_projection(path, replace(current, hold=True))
    assert ahead.end_value is not None
    end_year = current.end_year if ahead.end_year is None else ahead.end_year
    return world.with_projection(path, Projection(current.start, end_year, ahead.end_value))

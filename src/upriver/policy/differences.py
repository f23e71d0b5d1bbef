"""What one scenario says otherwise than another, and which parameters it leads elsewhere.

Both are worked out first: what they build on stands in them, as `to_yaml` writes it. So a level and
the amount that it stands for are the same, and the order in which things are written says nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from upriver.core.files import parse_yaml
from upriver.core.table import Column, Table
from upriver.core.time import FIRST_YEAR, STEPS, STEPS_PER_YEAR, year_of
from upriver.system.world import DEFAULT, World

from .ahead import EVERY
from .apply import table
from .scenario import Scenario
from .written import number, to_yaml

YEARS = (2026, 2031)
"""Calendar years in which columns are compared."""

SECTIONS = ("world", "conditions", "regimes", "projections", "set", "without_acts", "changes")

ALONE = ("conditions", "regimes")
"""Sections of one word."""


@dataclass(frozen=True)
class Said:
    """One thing that two scenarios say otherwise, in the words of a file.

    section: of a file, as `changes`. name: what it is of. a, b: what each says; None: nothing.
    """

    section: str
    name: str
    a: str | None
    b: str | None


@dataclass(frozen=True)
class Moves:
    """One parameter whose central values differ.

    named: whether it follows from what one of them says; else the worlds that they run in differ.
    start: calendar year of the first step that differs. end: year in which the last one ends.
    means: of each year of `YEARS`, the mean under a and under b.
    """

    path: str
    named: bool
    start: float
    end: float
    means: Mapping[int, tuple[float, float]]


def said_otherwise(a: Scenario, b: Scenario) -> tuple[Said, ...]:
    """What b says otherwise than a: its world, drivers, settings, acts, changes."""
    ours, theirs = _statements(a), _statements(b)
    found = []
    for section in SECTIONS:
        for name in dict.fromkeys((*ours[section], *theirs[section])):
            one, other = ours[section].get(name), theirs[section].get(name)
            if one != other:
                found.append(Said(section, name, one, other))
    return tuple(found)


def moved_otherwise(a: Scenario, b: Scenario) -> tuple[Moves, ...]:
    """Parameters whose central values differ at a step of the run, each in its scenario's world.

    Raises:
        InputError: a scenario cannot be run; the message says why.
    """
    one, other = table(a), table(b)
    same_world = (a.world or DEFAULT) == (b.world or DEFAULT)
    named = {*one.columns} if same_world else _named(a) | _named(b)
    found = _moves(one, other, named)
    return tuple(sorted(found, key=lambda entry: not entry.named))


def _named(scenario: Scenario) -> set[str]:
    """Paths of the parameters that a scenario speaks of."""
    world = World.named(scenario.world or DEFAULT)
    acts = {path for act in scenario.without_acts for path in world.touched_by(act)}
    changed = {path for change in scenario.changes for path in change.acts_on}
    drivers = {*scenario.projections} - {EVERY}
    if EVERY in scenario.projections:
        drivers |= {path for path, p in world.parameters.items() if p.projection is not None}
    return {*scenario.settings, *drivers, *acts, *changed}


def _moves(one: Table, other: Table, named: set[str]) -> Iterator[Moves]:
    for path in one.columns:
        ours, theirs = one.wide(path)[0], other.wide(path)[0]
        apart = np.flatnonzero((ours != theirs)[:STEPS])
        if apart.size:
            means = {year: (_mean(ours, year), _mean(theirs, year)) for year in YEARS}
            yield Moves(
                path, path in named, year_of(int(apart[0])), year_of(int(apart[-1]) + 1), means
            )


def _mean(column: Column, year: int) -> float:
    """Mean of the steps of a calendar year."""
    first = (year - FIRST_YEAR) * STEPS_PER_YEAR
    return float(np.mean(column[first : first + STEPS_PER_YEAR]))


def _statements(scenario: Scenario) -> dict[str, dict[str, str]]:
    """All that a scenario says, by section, then by what it is of."""
    data = parse_yaml(to_yaml(scenario), "scenario").data
    plain = {name: {name: str(data[name])} if name in data else {} for name in ALONE}
    return {
        "world": {"world": scenario.world or DEFAULT},
        **plain,
        "projections": {
            str(path): ahead if isinstance(ahead, str) else _fields(ahead)
            for path, ahead in data.get("projections", {}).items()
        },
        "set": {str(path): number(value) for path, value in data.get("set", {}).items()},
        "without_acts": {str(act): "taken out" for act in data.get("without_acts", ())},
        "changes": _changes(data.get("changes", ())),
    }


def _changes(changes: list[dict[str, Any]]) -> dict[str, str]:
    """Changes in words, by lever, handle or parameters; one named again gets a number."""
    found: dict[str, str] = {}
    for change in changes:
        left = dict(change)
        kind = next(kind for kind in ("lever", "handle", "acts_on") if kind in left)
        of = left.pop(kind)
        name = of if kind != "acts_on" else ", ".join(of)
        name = f"{kind} {name}" if kind != "acts_on" else name
        number, plain = 1, name
        while name in found:
            number += 1
            name = f"{plain} ({number})"
        found[name] = _fields(left)
    return found


def _fields(fields: Mapping[Any, Any]) -> str:
    return ", ".join(
        f"{name} {number(value)}" if isinstance(value, int | float) else f"{name} {value}"
        for name, value in fields.items()
    )

"""Changes that hold in states that have a law, or an expansion, alone.

In such a state a change is whole, in another it is none. The country's run has as much of it as the
part of its residents who live in such states: a mean over people, whose differences it does not
see. States are those that had it by the year in which the change begins.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from upriver.core.errors import InputError
from upriver.core.table import Table
from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import STATES
from upriver.places.asked import place as place_of
from upriver.places.dates import Since, since
from upriver.places.shares import residents_at
from upriver.system.world import World

from .changes import Change
from .chosen import fitted
from .composed import bent
from .scenario import Scenario

TITLES = {
    "medicaid_expansion": "Medicaid expansion",
    "naloxone_law": "a law that widens access to naloxone",
    "good_samaritan_law": "a Good Samaritan law",
}
"""What states have, in words."""


def in_part(scenario: Scenario) -> Scenario:
    """A scenario of the country, whose changes hold for the part of its people that they do."""
    if not is_in_part(scenario):
        return scenario
    _check_alone(scenario)
    changes = tuple(
        change if change.having is None else _times(change, part(change.having, change.start))
        for change in scenario.changes
    )
    return replace(scenario, changes=changes)


def without_parts(scenario: Scenario) -> Scenario:
    """A scenario without the changes that hold in some states alone."""
    return replace(scenario, changes=tuple(c for c in scenario.changes if c.having is None))


def made_in(columns: Table, scenario: Scenario, place: str, world: World) -> Table:
    """A place's table with the changes that hold in some states alone, after what is its own.

    Args:
        columns: of the place, a row a draw of the fit.

    Raises:
        InputError: as `changes_in`.
    """
    changes = changes_in(scenario, place)
    return bent(columns, changes, world, fitted().places[: columns.draws]) if changes else columns


def changes_in(scenario: Scenario, place: str) -> tuple[Change, ...]:
    """Changes that hold in some states alone, and in this place.

    Raises:
        InputError: there are some, and the place lies in no state. UnknownName: no such place.
    """
    alone = (change for change in scenario.changes if change.having is not None)
    return tuple(c for c in alone if part(str(c.having), c.start, place))


def is_in_part(scenario: Scenario) -> bool:
    """Whether a change holds in some states alone."""
    return any(change.having is not None for change in scenario.changes)


def part(what: str, year: float, place: str | None = None) -> float:
    """Residents of a place who live where states have something, as a share of all [1].

    Args:
        what: one of `WHATS`.
        year: by which they have it.
        place: its code, of which it is 1 or 0; None is the country.

    Raises:
        InputError: the place lies in no state. UnknownName: there is no such place.
    """
    if place is not None:
        found: Since | None = getattr(place_of(place), what)
        if found is None:
            raise InputError(
                f"whether {place} has {TITLES[what]} is not known, and a change holds where it is",
                hint="The file of a place of one's own names its state.",
            )
        return float(_has(found, year))
    at = np.array([year])
    there = sum(residents_at(series("residents", code), at)[0] for code in _where(what, year))
    return float(there / residents_at(series("residents", COUNTRY), at)[0])


def said(scenario: Scenario, place: str | None = None) -> Iterator[str]:
    """Sentences on how much of a change there is in the country, or in a place."""
    named = dict.fromkeys((c.having, c.start) for c in scenario.changes if c.having is not None)
    for what, year in named:
        share = part(what, year, place)
        if place is None:
            yield (
                f"A change from {year:g} holds where there is {TITLES[what]}: in "
                f"{len(_where(what, year))} of {len(STATES)} (states and DC), where {share:.0%} of "
                "people live. The country's run has that part of the change."
            )
        elif not share:
            yield (
                f"By {year:g} there was no {TITLES[what].removeprefix('a ')} in "
                f"{place_of(place).name}: a change that holds where there is one is not made "
                "there. What it does to the country's market is."
            )


def _check_alone(scenario: Scenario) -> None:
    """Refuse two changes of one parameter of which one holds in some states alone.

    In a state it comes after all others, and which comes first would not be the file's word.

    Raises:
        InputError: there are two.
    """
    for change in scenario.changes:
        others = {path for one in scenario.changes if one is not change for path in one.acts_on}
        twice = sorted(others & {*change.acts_on})
        if change.having is not None and twice:
            file, line = change.where
            raise InputError(
                f"{twice[0]} is changed twice, once in states that have {TITLES[change.having]}",
                file=file,
                line=line,
                hint="What holds in some states alone goes with no other change of the same.",
            )


def _times(change: Change, share: float) -> Change:
    return replace(change, amount=change.amount * share)


def _where(what: str, year: float) -> list[str]:
    """States that have something by a year."""
    return [code for code in STATES if _has(since(what, code), year)]


def _has(found: Since, year: float) -> bool:
    return found.at is not None and found.at <= year

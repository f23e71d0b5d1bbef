"""Why deaths changed: the change from one year to another, shared among groups of inputs.

A group is held by keeping its histories, after the first year, at what they were in it in the mean.
What a group did is its Shapley value: the mean, over all orders in which groups may be let go, of
what deaths of the last year change by when it is. Nothing depends on an order, what did not move
has nothing, and all add up to the change, with what was under way already: the change that is left
when every group is held.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import OutOfBounds
from upriver.core.table import Column, Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, step_of
from upriver.engine.run import load
from upriver.policy import conditions
from upriver.policy.apply import DEFAULT_DRAWS, table
from upriver.policy.chosen import fitted
from upriver.policy.scenario import read_scenario
from upriver.system.counters import counter
from upriver.system.world import DEFAULT, World

from .groups import GROUPS, grouped
from .made import made_by
from .summary import Doubles, Interval, interval

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEATHS = counter("people.overdose.deaths")
UNDER_WAY = "under_way"
MARKET_HERE, SPREAD = "market_of_country", "spread"
OF_COUNTRY, OF_PLACE = "unexplained_country", "unexplained_here"
"""Parts that only a place has (`placed_explain`)."""

MUCH = 0.1
"""Of the change: a difference of two explanations' medians on which the answer hangs."""

AT_ONCE = 2
"""Sets that run at once, each on a thread: they are too short to be shared between two."""

Progress = Callable[[int, int], None]
Kept = Callable[[frozenset[str]], dict[str, Column]]
"""Columns that are held, by path, while the groups that are named are free."""


@dataclass(frozen=True, eq=False)
class Explained:
    """A change of yearly deaths, and what it is put down to, draw by draw [people].

    first, last: years. parts: by group, and `under_way`; what adds up to the change, shape
    (draws,). before, after: deaths of the two years. rival: explanation of each draw; empty where
    the world has none. place: its name; empty of the country.
    """

    world: str
    first: int
    last: int
    before: Doubles
    after: Doubles
    parts: Mapping[str, Doubles]
    rival: tuple[str, ...]
    provenance: Mapping[str, str | int]
    place: str = ""

    @property
    def change(self) -> Interval:
        """Of yearly deaths."""
        return interval(self.after - self.before)

    def part(self, name: str) -> Interval:
        """What a group did to deaths of the last year."""
        return interval(self.parts[name])

    def share_less(self, name: str) -> float:
        """Share of draws in which a group lowered deaths [1]."""
        return float(np.mean(self.parts[name] < 0))

    def told(self) -> dict[str, dict[str, object]]:
        """Every group with its title, what it did, and by explanation, for programs."""
        return {
            name: {
                "title": titles()[name],
                **self.part(name)._asdict(),
                "lowers_in": self.share_less(name),
                "by_explanation": self.by_rival(name) if self.rival else {},
            }
            for name in self.parts
        }

    def by_rival(self, name: str) -> dict[str, float]:
        """Median of a part in the draws of each explanation."""
        rival = np.array(self.rival)
        return {
            one: float(np.median(self.parts[name][rival == one]))
            for one in dict.fromkeys(self.rival)
        }

    def disputed(self) -> tuple[str, ...]:
        """Parts on which explanations differ by `MUCH`: what would change the answer."""
        if len(set(self.rival)) < 2:
            return ()
        least = MUCH * abs(self.change.median)
        medians = {name: self.by_rival(name).values() for name in self.parts}
        return tuple(name for name, by in medians.items() if max(by) - min(by) > least)

    def plot(self) -> "Figure":
        """The change as a waterfall."""
        from .waterfall import waterfall

        return waterfall(self)


def explain(
    first: int,
    last: int,
    draws: int = DEFAULT_DRAWS,
    world: str = DEFAULT,
    progress: Progress | None = None,
) -> Explained:
    """Share the change of deaths between two years among groups of inputs.

    Args:
        first, last: calendar years, the last after the first.
        progress: called with coalitions run, and all.

    Raises:
        OutOfBounds: years outside the run, or the last not after the first.
    """
    check(first, last)
    place = World.named(world)
    columns = table(read_scenario("base"), draws, place)
    before, after, parts = shared_out(columns, first, last, progress)
    rivals = fitted().rival[:draws] if place.is_fitted else ()
    return Explained(
        world=world,
        first=first,
        last=last,
        before=before,
        after=after,
        parts=parts,
        rival=rivals,
        provenance=made_by(read_scenario("base"), world, draws, columns, load().manifest),
    )


def shared_out(
    columns: Table, first: int, last: int, progress: Progress | None = None
) -> tuple[Doubles, Doubles, dict[str, Doubles]]:
    """Deaths of both years, and the parts of the change, of any table; each shape (draws,)."""
    start = int(step_of(first + 1))
    held = conditions.held(columns, first, start, int(step_of(last + 1)))
    groups = grouped(held)

    def kept(free: frozenset[str]) -> dict[str, Column]:
        return {path: held[path] for name in groups if name not in free for path in groups[name]}

    return parted(columns, tuple(groups), kept, first, last, progress)


def parted(
    columns: Table,
    groups: Sequence[str],
    kept: Kept,
    first: int,
    last: int,
    progress: Progress | None = None,
) -> tuple[Doubles, Doubles, dict[str, Doubles]]:
    """The same of groups that are held in any way.

    Args:
        groups: their names. kept: gives the columns that are held while some groups are free.
    """
    start = int(step_of(first + 1))
    before, state = _to(columns, first, start)
    values = _coalitions(columns, groups, kept, last, start, state, progress)
    parts = dict(zip(groups, _shapley(values, len(groups)), strict=True))
    parts[UNDER_WAY] = values[0] - before
    return before, values[-1], parts


def titles() -> dict[str, str]:
    """What groups and what was under way are called."""
    return {group.name: group.title for group in GROUPS} | {
        UNDER_WAY: "already under way",
        MARKET_HERE: "the country's market",
        SPREAD: "fentanyl here earlier or later",
        OF_COUNTRY: "unexplained in the country",
        OF_PLACE: "unexplained here alone",
    }


def check(first: int, last: int) -> None:
    """Refuse years outside the run, or in the wrong order."""
    for name, year in (("--from", first), ("--to", last)):
        if not FIRST_YEAR <= year < LAST_YEAR:
            raise OutOfBounds(
                "is outside the run",
                file=name,
                found=str(year),
                allowed=f"{FIRST_YEAR} to {LAST_YEAR - 1}",
            )
    if last <= first:
        raise OutOfBounds(
            "is not after the first year", file="--to", found=str(last), allowed=f"above {first}"
        )


def _to(columns: Table, first: int, start: int) -> tuple[Doubles, Doubles]:
    """Deaths of the first year, and the state at its end."""
    counted, state = load().run(
        columns.columns,
        outputs=[DEATHS],
        instants=[int(step_of(first)), start],
        last_step=start,
        return_state=True,
    )
    return np.diff(counted[:, 0], axis=1)[:, 0], state


def _coalitions(
    columns: Table,
    groups: Sequence[str],
    kept: Kept,
    last: int,
    start: int,
    state: Doubles,
    progress: Progress | None,
) -> Doubles:
    """Deaths of the last year with each set of groups let go, shape (sets, draws).

    The set of a row has the groups whose bits its number has.
    """
    instants = [int(step_of(last)), int(step_of(last + 1))]
    sets = 1 << len(groups)
    engine = load()

    def one(number: int) -> Doubles:
        free = frozenset(name for bit, name in enumerate(groups) if number >> bit & 1)
        counted = engine.run(
            columns.replace(kept(free)).columns,
            outputs=[DEATHS],
            instants=instants,
            first_step=start,
            last_step=instants[-1],
            state=state,
            threads=1,
        )
        return np.asarray(np.diff(counted[:, 0], axis=1)[:, 0])

    found = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for deaths in pool.map(one, range(sets)):
                found.append(deaths)
                if progress is not None:
                    progress(len(found), sets)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return np.array(found)


def _shapley(values: Doubles, groups: int) -> Doubles:
    """Shapley values, shape (groups, draws), from the value of each set."""
    sizes = np.array([number.bit_count() for number in range(len(values))])
    found = np.zeros((groups, values.shape[1]))
    for bit in range(groups):
        without = np.array([n for n in range(len(values)) if not n >> bit & 1])
        weight = np.array(
            [factorial(s) * factorial(groups - s - 1) / factorial(groups) for s in sizes[without]]
        )
        found[bit] = weight @ (values[without | 1 << bit] - values[without])
    return found

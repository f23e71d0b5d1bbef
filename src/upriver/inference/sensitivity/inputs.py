"""The unknowns of the prior as independent numbers between 0 and 1, and the table they stand for.

They are those of the fit before it sees the record: standard normal numbers of constants, of the
published posterior's parameters, and of two disturbances up to the end of the record. Beside them
stand what is new in the disturbances after it, the explanation, each as likely as another, and,
where a scenario draws the effect of a lever or a regime, the number of that draw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from upriver.core.parameters import parameters
from upriver.core.table import Table, constant
from upriver.core.time import FIRST_YEAR
from upriver.inference.rivals import Rival, rivals
from upriver.inference.told import ALL
from upriver.inference.unknowns import Unknowns
from upriver.inference.wander import A_YEAR
from upriver.policy import conditions, regimes
from upriver.policy.apply import changed_world
from upriver.policy.beliefs import EXPLANATION
from upriver.policy.chosen import fitted
from upriver.policy.composed import moved
from upriver.policy.disturbances import RISK, SUPPLY
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.fitted import KNOTS, MISSED
from upriver.policy.having import in_part
from upriver.policy.scenario import Scenario
from upriver.system.tabulate import tabulate
from upriver.system.world import DEFAULT, World

from .quantities import Asked

Doubles = NDArray[np.float64]

EFFECTS = "effects that the scenario draws"
BLOCK = 1024
"""Rows of one table; of more, columns would take memory."""

UNEXPLAINED = "unexplained"
"""Part of what nothing in the model explains."""

WANDERS = {RISK: "unexplained risk", SUPPLY: "unexplained supply"}
"""What the disturbances are called."""


@dataclass(frozen=True)
class Group:
    """Unknowns that are taken as one: its name, its part of the system, and where they stand."""

    name: str
    part: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Inputs:
    """Of a quantity, from a record that ends in a year [calendar year]."""

    asked: Asked
    end: float

    @cached_property
    def every(self) -> Unknowns:
        """Unknowns of the explanation in which all are free that are free in any."""
        return Unknowns(rivals()[ALL], self.end)

    @cached_property
    def ahead(self) -> tuple[tuple[str, int], ...]:
        """Of each disturbance its path, and how many knots come after the record."""
        return tuple((one.path, KNOTS - 1 - one.last) for one in self.every.wanders)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of all numbers, in order; the last is the explanation, or before it what is drawn."""
        last = self.every.wanders[0].last
        ahead = tuple(
            f"{path}.new[{FIRST_YEAR + (last + 1 + i) / A_YEAR:g}]"
            for path, count in self.ahead
            for i in range(count)
        )
        drawn = (EFFECTS,) if self.draws_effects else ()
        return (*self.every.names, *ahead, *drawn, EXPLANATION)

    @property
    def draws_effects(self) -> bool:
        """Whether the scenario, or what it is held against, draws something of its own."""
        return any(
            one.regimes or any(change.spread for change in one.changes)
            for one in self.asked.scenarios
        )

    @cached_property
    def unknowns(self) -> tuple[Group, ...]:
        """Each unknown by itself; of a disturbance its shape, the past and what is ahead."""
        every, names = self.every, self.names
        found = [Group(name, stem(name), (i,)) for i, name in enumerate(names[: self._constants])]
        for one, place in zip(every.wanders, every.of_wanders, strict=True):
            at = range(place.start, place.stop)
            begin = self._ahead_from(one.path)
            ahead = range(begin, begin + dict(self.ahead)[one.path])
            found += [
                Group(f"{WANDERS[one.path]}, how it wanders", UNEXPLAINED, tuple(at[:2])),
                Group(f"{WANDERS[one.path]}, to the record's end", UNEXPLAINED, tuple(at[2:])),
                Group(f"{WANDERS[one.path]}, after it", UNEXPLAINED, tuple(ahead)),
            ]
        found.append(Group(MISSED, MISSED, (names.index(MISSED),)))
        if self.draws_effects:
            found.append(Group(EFFECTS, "scenario", (names.index(EFFECTS),)))
        return (*found, Group(EXPLANATION, EXPLANATION, (len(names) - 1,)))

    @cached_property
    def mechanisms(self) -> tuple[Group, ...]:
        """Unknowns of each mechanism taken as one: 'people.overdose', 'supply.production'."""
        gathered: dict[str, list[int]] = {}
        for one in self.unknowns:
            gathered.setdefault(one.part, []).extend(one.places)
        return tuple(Group(name, part(name), tuple(at)) for name, at in gathered.items())

    def quantity(self, numbers: Doubles) -> Doubles:
        """The quantity at rows of numbers, shape (rows, names), gives shape (rows,)."""
        found = np.empty(len(numbers))
        which = np.minimum((numbers[:, -1] * len(rivals())).astype(int), len(rivals()) - 1)
        for i, rival in enumerate(rivals().values()):
            rows = np.flatnonzero(which == i)
            for start in range(0, len(rows), BLOCK):
                some = rows[start : start + BLOCK]
                found[some] = self._of(rival, numbers[some])
        return found

    @property
    def _constants(self) -> int:
        """How many unknowns come before those of the disturbances."""
        return len(self.every.constants) + len(self.every.people)

    def _ahead_from(self, path: str) -> int:
        before = 0
        for one, count in self.ahead:
            if one == path:
                return self.every.size + before
            before += count
        raise KeyError(path)

    def _of(self, rival: Rival, numbers: Doubles) -> Doubles:
        own = Unknowns(rival, self.end)
        z = ndtri(numbers[:, [self._place[name] for name in own.names]])
        ahead = {
            path: ndtri(numbers[:, self._ahead_from(path) : self._ahead_from(path) + count])
            for path, count in self.ahead
        }
        columns = own.columns(z, ahead)
        effects = np.zeros(len(numbers), dtype=np.int_)
        if self.draws_effects:
            effects = (numbers[:, self._place[EFFECTS]] * MOST_DRAWS).astype(np.int_)
        tables = [ground.table(rival, columns, effects) for ground in self._grounds]
        return self.asked.of(tables[0], tables[1] if len(tables) > 1 else None)

    @cached_property
    def _grounds(self) -> "tuple[Ground, ...]":
        return tuple(Ground(one) for one in self.asked.scenarios)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names)}


@dataclass(frozen=True)
class Ground:
    """What a scenario's tables have in common, whatever is drawn."""

    scenario: Scenario

    @cached_property
    def world(self) -> World:
        """The fitted world with the scenario's settings, projections and acts."""
        return changed_world(self.scenario, World.named(DEFAULT))

    @cached_property
    def plain(self) -> Table:
        """Its table, before anything is drawn."""
        return tabulate(self.world)

    @cached_property
    def central(self) -> Table:
        """At central values of the fit, by which a scenario is taken or refused."""
        middle = self._without_set(fitted().central)
        return conditions.under(
            self.plain.replace(middle), self.scenario.conditions, self.scenario.settings
        )

    def table(
        self, rival: Rival, columns: Mapping[str, Doubles], effects: NDArray[np.int_]
    ) -> Table:
        """The scenario's table as one explanation has it, with draws of the prior in it.

        As `policy.apply` makes it of draws of the fit: parameters that are set stay, then come
        conditions, regimes and changes.

        Args:
            columns: that are drawn, by path, shape (draws, 1) or (draws, STEPS + 1).
            effects: number of the draw of what the scenario draws itself, shape (draws,).
        """
        scenario, keep = self.scenario, self.scenario.settings
        held = {path: constant(value) for path, value in rival.settings.items()}
        drawn = self.plain.replace(self._without_set({**held, **columns}))
        drawn = conditions.under(drawn, scenario.conditions, keep)
        if scenario.regimes:
            drawn = regimes.under(drawn, effects, keep)
        changes = in_part(scenario).changes
        bent = moved(self.central, drawn, changes, self.world, effects)
        return drawn.replace(bent.columns)

    def _without_set(self, columns: Mapping[str, Doubles]) -> dict[str, Doubles]:
        return {p: one for p, one in columns.items() if p not in self.scenario.settings}


def stem(path: str) -> str:
    """The mechanism of a parameter: 'people.overdose' of 'people.overdose.witnessed'."""
    return ".".join(path.split(".")[:2]) if path in parameters() else path


def part(mechanism: str) -> str:
    """The part of a mechanism: 'people' of 'people.overdose'."""
    return mechanism.split(".")[0]

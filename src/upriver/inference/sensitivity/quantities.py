"""What may be asked: a short list of quantities in the field's terms, over which years, of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError, OutOfBounds, unknown_name
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS, step_of
from upriver.engine.run import load
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.counters import counter
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT

Doubles = NDArray[np.float64]

BASE = "base"
AHEAD = (2026, 2031)


@dataclass(frozen=True)
class Quantity:
    """A quantity.

    output: of the system. flow: it is summed over years; else it is a level at the start of one.
    averted: it is what a scenario has less of than `base`. years: first and last, where none are
    asked for.
    """

    name: str
    title: str
    output: str
    flow: bool
    averted: bool
    years: tuple[int, int]

    @property
    def kept(self) -> str:
        """The output that a run keeps: a flow's counter, or the level itself."""
        return counter(self.output) if self.flow else self.output

    @property
    def unit(self) -> str:
        """Its unit."""
        return unit_of(self.kept)


DEATHS = "people.overdose.deaths"
QUANTITIES: Mapping[str, Quantity] = {
    one.name: one
    for one in (
        Quantity("deaths", "opioid overdose deaths", DEATHS, True, False, AHEAD),
        Quantity(
            "synthetic",
            "deaths with synthetic opioids (T40.4)",
            "people.overdose.by_synthetic",
            True,
            False,
            AHEAD,
        ),
        Quantity("averted", "opioid overdose deaths averted", DEATHS, True, True, AHEAD),
        Quantity(
            "disorder",
            "people with opioid use disorder",
            "people.heads.oud",
            False,
            False,
            (LAST_YEAR, LAST_YEAR),
        ),
        Quantity(
            "treatment",
            "people on medication",
            "people.heads.treatment",
            False,
            False,
            (LAST_YEAR, LAST_YEAR),
        ),
        Quantity("sold", "fentanyl sold, pure", "supply.market.sold", True, False, AHEAD),
    )
}
"""By name."""


@dataclass(frozen=True)
class Asked:
    """A quantity of a scenario over years, the last one in it.

    scenario: what is run; against: what averted deaths are counted from, None of other quantities.
    """

    quantity: Quantity
    years: tuple[int, int]
    scenario: Scenario
    against: Scenario | None

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """What is run: the scenario, and what it is held against if there is such."""
        return (self.scenario,) if self.against is None else (self.scenario, self.against)

    @property
    def said(self) -> str:
        """In words: 'opioid overdose deaths, 2026 to 2031'."""
        first, last = self.years
        of = self.quantity
        if not of.flow:
            when = f"at the start of {first}"
        else:
            when = f"in {first}" if first == last else f"from {first} to {last}"
        by = f" by '{self.scenario.title}'" if of.averted else ""
        under = (
            ""
            if of.averted or self.scenario.title == read_scenario(BASE).title
            else (f", under '{self.scenario.title}'")
        )
        return f"{of.title}{by} {when}{under}"

    @property
    def ends(self) -> tuple[int, ...]:
        """Steps at which the run is looked at."""
        first, last = self.years
        years = (first, last + 1) if self.quantity.flow else (first,)
        return tuple(int(step_of(year)) for year in years)

    def of(self, table: Table, against: Table | None) -> Doubles:
        """The quantity in each draw of a table, shape (draws,).

        Args:
            against: the table of what averted deaths are counted from, of the same draws.
        """
        if against is None:
            return self._gain(self._values(table))
        return self._less(table, against)

    def _gain(self, values: Doubles) -> Doubles:
        return np.asarray(values[:, -1] - values[:, 0] if self.quantity.flow else values[:, 0])

    def _values(self, table: Table, first: int = 0, state: Doubles | None = None) -> Doubles:
        """At each of `ends`, shape (draws, ends)."""
        found = load().run(
            table.columns,
            outputs=(self.quantity.kept,),
            instants=self.ends,
            first_step=first,
            last_step=self.ends[-1],
            state=state,
        )
        return found[:, 0]

    def _less(self, table: Table, against: Table) -> Doubles:
        """What one run has less of than the other; a past that they share is run once."""
        cut = min(_apart(table, against), self.ends[0])
        state = None
        if cut:
            _, state = load().run(
                against.columns,
                outputs=(self.quantity.kept,),
                instants=[cut],
                last_step=cut,
                return_state=True,
            )
        before, after = (self._gain(self._values(one, cut, state)) for one in (against, table))
        return before - after


def asked(
    name: str,
    years: tuple[int, int] | None = None,
    scenario: str | PathLike[str] | Scenario | None = None,
) -> Asked:
    """A quantity as a reader asks for it.

    Args:
        name: of `QUANTITIES`.
        years: first and last; of a level one year, at whose start it is.
        scenario: what is run; by default `base`.

    Raises:
        UnknownName: there is no such quantity. OutOfBounds: years that are not of a run.
        InputError: averted deaths without a scenario, or a scenario of another world.
    """
    if name not in QUANTITIES:
        raise unknown_name("quantity", name, QUANTITIES, where=("QUANTITY", None))
    quantity = QUANTITIES[name]
    first, last = _checked(quantity, years or quantity.years)
    if quantity.averted and scenario is None:
        raise InputError(
            "needs a scenario that averts them",
            file="averted",
            hint="For example --scenario naloxone_doubled.",
        )
    chosen = _read(BASE if scenario is None else scenario)
    if (chosen.world or DEFAULT) != DEFAULT:
        raise InputError(
            "this world runs no fit", file="--scenario", found=str(chosen.world), allowed=DEFAULT
        )
    return Asked(quantity, (first, last), chosen, _read(BASE) if quantity.averted else None)


def _read(scenario: str | PathLike[str] | Scenario) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else read_scenario(scenario)


def _checked(quantity: Quantity, years: tuple[int, int]) -> tuple[int, int]:
    first, last = years
    if not quantity.flow and first != last:
        raise OutOfBounds(
            f"{quantity.title} are counted at the start of one year",
            file="--years",
            found=f"{first}-{last}",
            allowed=f"as {LAST_YEAR}",
        )
    latest = LAST_YEAR - 1 if quantity.flow else LAST_YEAR
    if not FIRST_YEAR <= first <= last <= latest:
        raise OutOfBounds(
            "should be years of the run, the first one first",
            file="--years",
            found=f"{first}-{last}" if first != last else str(first),
            allowed=f"{FIRST_YEAR} to {latest}",
        )
    return first, last


def _apart(one: Table, other: Table) -> int:
    """The first step at which a column of two tables differs; the end of the run if none does."""
    found = STEPS
    for path, column in one.columns.items():
        beside = other.columns[path]
        if column is beside:
            continue
        differ = (column != beside).any(axis=0)
        if differ.any():
            found = min(found, int(np.argmax(differ)))
    return found

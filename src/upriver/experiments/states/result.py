"""What `states` gives: values of all states by year and draw, and what is asked of them.

found = states("naloxone_doubled", against="base")
found.order(2031)               # from the largest fall on, with the interval of each rank
found.averted(2027, 2031)       # deaths averted, and whether a state differs from its division
found.table()                   # tidy, as a DataFrame
states().sums()                 # sums beside the country
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upriver import __version__
from upriver.core.errors import OutOfBounds, SchemaProblem
from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import STATES
from upriver.evidence.record import Record
from upriver.experiments.placed import CAVEAT_PLACE, WORLD
from upriver.places.place import Place
from upriver.places.shares import residents_at

from .averted import Averted, averted
from .order import Ranked, intervals, ranks
from .quantities import PER, QUANTITIES, quantities_of
from .recorded import recorded
from .run import Together
from .sums import Sum, factors, sums

if TYPE_CHECKING:
    import pandas as pd

Doubles = np.ndarray

RATE, COUNT = "people per 100000 residents", "people"
TWO_LINES = 2


@dataclass(frozen=True, eq=False)
class States:
    """A scenario in many places, by year.

    places: in the order of the values. years: in order. runs: of the scenario, and of the one that
    it is held against, if there is one. provenance: of the country's runs. remarks: on what in the
    scenario does otherwise than it says. seen_to: the end of what the fits of the places have seen
    [year]. raked: whether sums were made the country's.
    """

    places: tuple[Place, ...]
    years: tuple[int, ...]
    runs: tuple[Together, ...]
    provenance: Mapping[str, str | int]
    remarks: tuple[str, ...] = ()
    seen_to: float = np.inf
    raked: bool = False

    @property
    def quantities(self) -> tuple[str, ...]:
        """Names of what is kept."""
        return tuple(self.runs[0].places)

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.runs[0].places[self.quantities[0]].shape[1])

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the places."""
        return tuple(place.code for place in self.places)

    @property
    def whole(self) -> bool:
        """Whether all states are there, and nothing else."""
        return set(STATES) == set(self.codes)

    @property
    def shown(self) -> Together:
        """What is told: the scenario, or its difference to the one that it is held against."""
        return self.runs[0] if len(self.runs) == 1 else self.runs[0].less(self.runs[1])

    @property
    def caveat(self) -> str:
        """How intervals are to be read."""
        return CAVEAT_PLACE.format(place="a state")

    def values(self, year: int, quantity: str = "deaths", *, counts: bool = False) -> Doubles:
        """Draws of every place in a year, shape (places, draws), for each 100,000 residents.

        Args:
            counts: people, and no rate.

        Raises:
            UnknownName: no such quantity was kept. OutOfBounds: the year was not run.
        """
        found: Doubles = self.shown.places[self._kept(quantity)][:, :, self._at(year)]
        return found if counts else PER * found / self.residents(quantity, year)[:, None]

    def order(
        self, year: int, quantity: str = "deaths", *, counts: bool = False
    ) -> tuple[Ranked, ...]:
        """Places from the most on; held against another scenario, from the largest fall on.

        Each has its interval, that of its rank, and what is recorded; arguments and errors as of
        `values`.
        """
        values = self.values(year, quantity, counts=counts)
        fall = len(self.runs) > 1
        unit = np.ones(len(values)) if counts else PER / self.residents(quantity, year)
        rows = []
        for place, value, rank, each in zip(
            self.places, intervals(values), ranks(values, fall), unit, strict=True
        ):
            found = None if fall else recorded(place, quantity, year)
            known = None if found is None else (float(found.low * each), float(found.high * each))
            status = "" if found is None else found.status
            rows.append(Ranked(place.code, place.name, value, rank, known, status))
        rows.sort(key=lambda row: row.value.median, reverse=not fall)
        return tuple(rows)

    def country(self, year: int, quantity: str = "deaths", *, counts: bool = False) -> Doubles:
        """The country's own run of the same draws, shape (draws,); as `values`."""
        found: Doubles = self.shown.country[self._kept(quantity)][:, self._at(year)]
        if counts:
            return found
        people = series("residents", COUNTRY)
        return PER * found / residents_at(people, _when(quantity, year))

    def sums(self) -> tuple[Sum, ...]:
        """The states' sum beside the country's run, by quantity and year, draw by draw.

        Raises:
            SchemaProblem: not all states were run.
        """
        self._check_whole("a sum")
        return tuple(sums(self.runs[0], self.years))

    def benchmarked(self) -> "States":
        """The same with one factor a draw, year and quantity, so that states sum to the country.

        Raises:
            SchemaProblem: not all states were run.
        """
        self._check_whole("benchmarking")
        return replace(self, runs=tuple(run.scaled(factors(run)) for run in self.runs), raked=True)

    def averted(self, first: int, last: int, quantity: str = "deaths") -> tuple[Averted, ...]:
        """What is averted from a year to another, both in it, the most for each resident first.

        Args:
            quantity: deaths of which kind.

        Raises:
            SchemaProblem: it is held against nothing, or the quantity is no flow.
            OutOfBounds: a year was not run. UnknownName: no such quantity was kept.
        """
        if len(self.runs) < TWO_LINES:
            raise SchemaProblem(
                "what is averted needs a scenario to hold it against", hint="--against base."
            )
        if not QUANTITIES[self._kept(quantity)].flow:
            raise SchemaProblem(
                f"{quantity} is a level, and nothing that is averted", hint="Take deaths."
            )
        if last < first:
            raise OutOfBounds(f"the last year, {last}, is before the first, {first}")
        at = slice(self._at(first), self._at(last) + 1)
        changed, usual = (run.places[quantity][:, :, at].sum(axis=2) for run in self.runs)
        people = [self.residents(quantity, year) for year in range(first, last + 1)]
        found = averted(self.places, usual, changed, np.mean(people, axis=0))
        return tuple(sorted(found, key=lambda row: row.rate.median, reverse=True))

    def residents(self, quantity: str, year: int) -> Doubles:
        """Residents of each place, shape (places,): in July for a sum, at the start for a level.

        After the record, as many as at its end.
        """
        return np.array(
            [float(_residents(place.population, quantity, year)) for place in self.places]
        )

    def table(self, *, counts: bool = False) -> "pd.DataFrame":
        """All values, tidy: place, year, quantity, unit, quantile, value, world, scenario, draws.

        Held against another scenario, both are there and their difference, told apart by
        `scenario`; `source` says what made them.
        """
        from .tidy import tidy

        return tidy(self, counts)

    @property
    def source(self) -> str:
        """What made the numbers, in a few words."""
        return f"upriver {__version__}" + (", benchmarked to the country" if self.raked else "")

    def __repr__(self) -> str:
        """What was run."""
        years = f"{self.years[0]}" + (f" to {self.years[-1]}" if len(self.years) > 1 else "")
        return (
            f"'{self.shown.title}' in {len(self.places)} places, {self.draws} draws, {years}\n"
            f"  world {WORLD}; {', '.join(self.quantities)}\n"
            "  .table() .order(year) .sums() .averted(first, last) .benchmarked()"
        )

    def _kept(self, quantity: str) -> str:
        (name,) = quantities_of(quantity)
        if name not in self.quantities:
            raise SchemaProblem(
                f"{name} was not kept", found=name, allowed=", ".join(self.quantities)
            )
        return name

    def _at(self, year: int) -> int:
        if year not in self.years:
            raise OutOfBounds(
                "the year was not run",
                found=str(year),
                allowed=f"{self.years[0]} to {self.years[-1]}",
            )
        return self.years.index(year)

    def _check_whole(self, what: str) -> None:
        if not self.whole:
            missing = len(set(STATES) - set(self.codes))
            says = f"{missing} were not run" if missing else "there are other places beside them"
            raise SchemaProblem(f"{what} is of all states, and {says}")


def _when(quantity: str, year: int) -> Doubles:
    """The time at which residents are counted for a quantity."""
    return np.array(year + 0.5 if QUANTITIES[quantity].flow else float(year))


def _residents(people: Record, quantity: str, year: int) -> Doubles:
    return residents_at(people, _when(quantity, year))

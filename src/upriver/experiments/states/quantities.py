"""What is kept of a state's run: a few quantities by year, and how near their sums are wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from upriver.core.errors import OutOfBounds, SchemaProblem, show, unknown_name
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.system.counters import counter

PER = 100_000
"""Residents to whom a rate is told."""

BEFORE, AFTER = "before", "after"
"""Benchmarking."""


@dataclass(frozen=True)
class Quantity:
    """A quantity by year.

    output: of the people part. flow: it is summed over the year; else it is a level at its start.
    within: how near the states' sum is wanted to the country, before and after benchmarking [1];
    None where nothing was asked.
    """

    name: str
    title: str
    output: str
    flow: bool
    within: tuple[float, float] | None = None

    @property
    def kept(self) -> str:
        """The output that a run keeps: a flow's counter, or the level itself."""
        return counter(self.output) if self.flow else self.output

    @property
    def when(self) -> str:
        """What of a year it is, in words."""
        return "in" if self.flow else "at the start of"


DEATHS, LEVELS = (0.05, 0.02), (0.10, 0.05)
QUANTITIES = {
    one.name: one
    for one in (
        Quantity("deaths", "Opioid overdose deaths", "people.overdose.deaths", True, DEATHS),
        Quantity(
            "synthetic",
            "Deaths with synthetic opioids (T40.4)",
            "people.overdose.by_synthetic",
            True,
            DEATHS,
        ),
        Quantity("disorder", "People with opioid use disorder", "people.heads.oud", False, LEVELS),
        Quantity(
            "buprenorphine",
            "People on buprenorphine",
            "people.heads.in_treatment[buprenorphine]",
            False,
            LEVELS,
        ),
        Quantity("methadone", "People on methadone", "people.heads.in_treatment[methadone]", False),
    )
}
"""By name."""


def quantities_of(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Names of quantities; all of them where none is given.

    Raises:
        UnknownName: there is no such quantity; the nearest is suggested.
    """
    names = (given,) if isinstance(given, str) else tuple(given or QUANTITIES)
    for name in names:
        if name not in QUANTITIES:
            raise unknown_name("quantity", str(name), QUANTITIES, where=("--quantity", None))
    return tuple(dict.fromkeys(names))


def years_of(given: object) -> tuple[int, ...]:
    """Years in order; all of a run where none is given.

    Raises:
        SchemaProblem: a year is no whole number. OutOfBounds: it is outside the run.
    """
    if given is None:
        return tuple(range(FIRST_YEAR, LAST_YEAR))
    many = isinstance(given, Iterable) and not isinstance(given, str)
    found: list[Any] = list(given) if many else [given]  # type: ignore[call-overload]
    if not found:
        raise SchemaProblem("should be a year or more", file="--year")
    for year in found:
        if isinstance(year, bool) or not isinstance(year, int | np.integer):
            raise SchemaProblem("a year should be a whole number", found=show(year))
        if not FIRST_YEAR <= year < LAST_YEAR:
            raise OutOfBounds(
                "year is outside the run",
                file="--year",
                found=str(year),
                allowed=f"{FIRST_YEAR} to {LAST_YEAR - 1}",
            )
    return tuple(sorted({int(year) for year in found}))

"""What the states come to beside the country: sums draw by draw, before and after benchmarking.

Each draw of a state lives in the country's run of the same draw, and nothing holds the states' sum
to the country's. Benchmarking gives one factor for each draw, year and quantity that makes the sum
the country's; after it they agree by construction, which says nothing of how good either is.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from upriver.evidence.figures import series
from upriver.experiments.summary import Interval, interval

from .quantities import QUANTITIES
from .run import Together

Doubles = np.ndarray

RECORDS = {"deaths": "deaths_any_opioid", "synthetic": "deaths_synthetic"}
"""The country's own records."""


class Sum(NamedTuple):
    """The states' sum of a quantity in a year beside the country's run.

    states, country: [people]. recorded: deaths of the country in its own record, or None [people].
    apart: the sum over the country's run of the same draw, less 1 [1].
    within: how near was wanted before benchmarking [1]; near: whether the median is. after: the
    largest distance of any draw after benchmarking, 0 by construction [1].
    """

    quantity: str
    year: int
    states: Interval
    country: Interval
    recorded: float | None
    apart: Interval
    within: float | None
    near: bool | None
    after: float


def factors(run: Together) -> dict[str, Doubles]:
    """Factors that make the states' sum the country's, by quantity, shape (draws, years) [1]."""
    return {
        name: np.divide(
            run.country[name],
            values.sum(axis=0),
            out=np.ones_like(run.country[name]),
            where=values.sum(axis=0) > 0,
        )
        for name, values in run.places.items()
    }


def sums(run: Together, years: Sequence[int]) -> list[Sum]:
    """Sums of all quantities of a run by year."""
    raked = run.scaled(factors(run))
    found = []
    for name in run.places:
        before, after = (_apart(one, name) for one in (run, raked))
        for i, year in enumerate(years):
            apart = interval(before[:, i])
            within = QUANTITIES[name].within
            found.append(
                Sum(
                    quantity=name,
                    year=year,
                    states=interval(run.places[name][:, :, i].sum(axis=0)),
                    country=interval(run.country[name][:, i]),
                    recorded=_recorded(name, year),
                    apart=apart,
                    within=None if within is None else within[0],
                    near=None if within is None else abs(apart.median) <= within[0],
                    after=float(np.abs(after[:, i]).max()),
                )
            )
    return found


def _recorded(name: str, year: int) -> float | None:
    record = series(RECORDS[name]) if name in RECORDS else None
    return None if record is None else record.at(year)


def _apart(run: Together, name: str) -> Doubles:
    """The states' sum over the country's, less 1, shape (draws, years)."""
    country: Doubles = run.country[name]
    together = run.places[name].sum(axis=0)
    ratio: Doubles = np.divide(together, country, out=np.ones_like(country), where=country > 0)
    return ratio - 1

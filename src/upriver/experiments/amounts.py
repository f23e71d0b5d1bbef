"""Amounts over a calendar year, draw by draw, and how they are summed up."""

from dataclasses import dataclass

import numpy as np

from upriver.core.axes import network
from upriver.engine.tools import quantiles

from .simulate import INTERVAL, Doubles, Run


@dataclass(frozen=True)
class Amount:
    """Median and 95 % interval over draws; where its owner says so, a range of another kind."""

    median: float
    low: float
    high: float


def total(run: Run, name: str, year: int, routes: tuple[str, ...] = ()) -> Doubles:
    """A flow over routes, by default all, shape (draws,) [kg]."""
    found = [over_year(run, f"{name}[{route}]", year) for route in routes or network()["route"]]
    summed: Doubles = np.sum(found, axis=0)
    return summed


def over_year(run: Run, name: str, year: int) -> Doubles:
    """A flow over a calendar year, shape (draws,) [kg]."""
    return run.periods(name, np.array([float(year)]), np.array([year + 1.0]))[:, 0]


def ratio(part: Doubles, whole: Doubles) -> Doubles:
    """A part of a whole, draw by draw; NaN where there is none [1]."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def amount(draws: Doubles) -> Amount:
    """Median and 95 % interval of values, shape (draws,)."""
    low, median, high = (float(value[0]) for value in quantiles(draws[:, None], INTERVAL))
    return Amount(median, low, high)

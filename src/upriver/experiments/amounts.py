"""Amounts over a calendar year, draw by draw."""

import numpy as np

from upriver.core.axes import network

from .simulate import Doubles, Run


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

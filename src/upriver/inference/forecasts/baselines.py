"""Statistical forecasts, each from the published sums of twelve months and nothing else.

Each says one number for every month ahead; its interval comes from its own past errors, which are
taken as normal in logarithms: their standard deviation is the root mean square of those that were
known at the origin, and at least 0.03.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.special import ndtri

from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.inference.block import Doubles
from upriver.system.observation import matrix
from upriver.system.tabulate import tabulate
from upriver.system.world import World

from .levels import AHEAD, KINDS, LEVELS, MONTHS, NEW, SUMS, Forecasts, empty
from .target import COUNTER, Target

LEAST = 0.03
HALF_YEAR = 6
FIRST_SMOOTHED = 24
"""Sums from which a smoothing is learnt at least."""

PUBLISHED = 2021 * MONTHS - 1
"""Last month that the published model was fitted to: it is asked from then on."""

Points = Mapping[int, Doubles]
"""Logarithms of sums ahead, shape (AHEAD,), by last month on record."""


def last_value(record: Target) -> Points:
    """The last sum, for ever."""
    return _each(record, 0, lambda logs: np.repeat(logs[-1], AHEAD))


def damped_trend(record: Target) -> Points:
    """The change of the last six months goes on for six months, then half of it, then a quarter."""

    def ahead(logs: Doubles) -> Doubles:
        change = (logs[-1] - logs[-1 - HALF_YEAR]) / HALF_YEAR
        steps = change * 0.5 ** (np.arange(AHEAD) // HALF_YEAR)
        return np.asarray(logs[-1] + np.cumsum(steps))

    return _each(record, HALF_YEAR, ahead)


def smoothed(record: Target) -> Points:
    """Exponential smoothing with a damped trend, by statsforecast (tools/smoothed.py made it)."""
    text = files("upriver").joinpath("data", "smoothed.csv").read_text()
    rows = [line.split(",") for line in text.splitlines() if line[:1].isdigit()]
    return {int(row[0]): np.array(row[1:], dtype=float) for row in rows}


def published(record: Target) -> Points:
    """The published model as it stands at 2020, from then on."""
    ends = np.arange(PUBLISHED + 1, record.last + AHEAD + 1)
    weights = matrix((ends + 1) / MONTHS - 1, (ends + 1) / MONTHS)
    table = tabulate(World.reference())
    ran = load().run(table.columns, outputs=[COUNTER], instants=np.arange(STEPS + 1))[0, 0]
    logs = np.log(weights @ ran)
    return {month: logs[month - PUBLISHED :][:AHEAD] for month in range(PUBLISHED, record.last + 1)}


BASELINES: Mapping[str, Callable[[Target], Points]] = {
    "last_value": last_value,
    "damped_trend": damped_trend,
    "smoothing": smoothed,
    "source": published,
}


def _each(record: Target, since: int, ahead: Callable[[Doubles], Doubles]) -> Points:
    logs = np.log(record.sums)
    return {record.first + i: ahead(logs[: i + 1]) for i in range(since, len(logs))}


@cache
def _standard() -> Doubles:
    return np.asarray(ndtri(LEVELS))


def forecasts(name: str, record: Target, origins: range) -> Forecasts:
    """Those of a baseline at origins, with the intervals of its own past errors.

    A number of new deaths comes from the sums that hold it, less what they hold of the record.
    """
    points = BASELINES[name](record)
    said = empty(name, origins)
    central = {SUMS: points, NEW: {at: _new(ahead, record, at) for at, ahead in points.items()}}
    for kind in KINDS:
        errors = _errors(central[kind], kind, record)
        for i, month in enumerate(origins):
            if month not in points:
                continue
            wide = [_width(errors[k], month - k - 1) for k in range(AHEAD)]
            away = np.outer(wide, _standard())
            said.quantiles[kind][i] = np.exp(central[kind][month][:, None] + away)
    return said


def _new(ahead: Doubles, record: Target, month: int) -> Doubles:
    """Logarithms of new deaths to each month ahead."""
    sums = np.exp(ahead)
    found = np.empty(AHEAD)
    for k in range(1, AHEAD + 1):
        ends = np.arange(k, 0, -MONTHS)
        known = record.between(month + int(ends[-1]) - MONTHS, month)
        found[k - 1] = sums[ends - 1].sum() - known
    return np.asarray(np.log(np.maximum(found, 1.0)))


def _errors(points: Points, kind: str, record: Target) -> list[dict[int, float]]:
    """Errors so many months ahead, by last month on record, where the truth is known."""
    return [
        {
            month: float(ahead[k] - np.log(record.counts(kind, month, k + 1)))
            for month, ahead in points.items()
            if month + k + 1 <= record.last
        }
        for k in range(AHEAD)
    ]


def _width(errors: Mapping[int, float], known: int) -> float:
    """Root mean square of the errors that were known: of months on record up to one."""
    past = [error for month, error in errors.items() if month <= known]
    return max(LEAST, float(np.sqrt(np.mean(np.square(past))))) if past else np.nan

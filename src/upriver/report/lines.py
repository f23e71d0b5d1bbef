"""Lines and points of the figures: from a run's summaries, its drivers and the record."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from upriver.evidence.figures import series
from upriver.experiments.simulate import Doubles, Run, Summary

from .colophon import COMPUTED
from .figures import Numbers, Series

MIDDLE = 0.5
"""A sum over a calendar year is drawn at its middle."""


def _line(summary: Summary, label: str, runs: Sequence[Run], run: Run, shift: float) -> Series:
    """A modelled line; the kit draws a further scenario from where it parts from the first.

    Central values alone have no band.
    """
    return Series(
        label,
        summary.times + shift,
        summary.median,
        None if run.central else summary.low,
        None if run.central else summary.high,
        kind="modelled" if run is runs[0] else "scenario",
        source="lim2022" if run.world == "reference" else COMPUTED,
    )


def sums(run: Run, flow: str, runs: Sequence[Run], label: str | None = None) -> Series:
    """A flow by calendar year."""
    return _line(run.sums(flow), label or run.scenario.title, runs, run, MIDDLE)


def level(run: Run, output: str, runs: Sequence[Run], label: str | None = None) -> Series:
    """A quantity by quarter."""
    return _line(run.level(output), label or run.scenario.title, runs, run, 0.0)


def driver(run: Run, path: str, runs: Sequence[Run]) -> Series:
    """A driver, as the model is given it; among several, in the colour of its scenario."""
    times, values = run.driver(path)
    place = list(runs).index(run) + 1 if len(runs) > 1 else None
    return Series(
        run.scenario.title, times, values, kind="driver", source="source_x8", colour=place
    )


def recorded(name: str, label: str, shift: float) -> Series:
    """A recorded series; `shift` moves a calendar year to where it is drawn."""
    found = series(name)
    return Series(
        label, found.periods + shift, found.values, kind="recorded", source=found.sources[-1]
    )


def summed(names: tuple[str, ...], label: str) -> Series:
    """Sum of recorded series over the periods that all have."""
    parts = [series(name) for name in names]
    common = sorted(set.intersection(*(set(part.periods.tolist()) for part in parts)))
    totals: Doubles = np.array([sum(part.at(p) or 0.0 for part in parts) for p in common])
    return Series(label, np.array(common), totals, kind="recorded", source=parts[0].sources[-1])


def ends(low: Numbers, high: Numbers) -> tuple[Numbers | None, Numbers | None]:
    """Ends of an interval; none where it has no width anywhere, as with central values alone."""
    same = all(a == b for a, b in zip(low, high, strict=True))
    return (None, None) if same else (low, high)


def since(line: Series, year: float) -> Series:
    """A line from a year on, without its interval where that has no width."""
    kept = np.asarray(line.x) >= year

    def cut(values: Numbers) -> Doubles:
        return np.asarray(values, dtype=np.float64)[kept]

    low = None if line.low is None else cut(line.low)
    high = None if line.high is None else cut(line.high)
    if low is not None and high is not None and np.array_equal(low, high):
        low = high = None
    return replace(line, x=cut(line.x), y=cut(line.y), low=low, high=high)

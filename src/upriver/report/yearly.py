"""A run by calendar year: each flow summed over the year, each level at its start."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.engine.tools import quantiles
from upriver.experiments.compare import Comparison
from upriver.experiments.simulate import INTERVAL, Run, Summary
from upriver.system.counters import COUNTED, counter

from .figures import Series, columns
from .lines import cited, made

DEATHS = "people.overdose.deaths"


def yearly(run: Run, before: str = "") -> list[Series]:
    """All that a run keeps, by calendar year, with median and 95 % interval.

    Args:
        run: the run.
        before: what the name of each series starts with, where there are several runs.
    """
    flows = [name for name in COUNTED if counter(name) in run.outputs]
    levels = [name for name in run.outputs if name not in COUNTED and not _counts(name)]
    return [
        *(_series(run, run.sums(name), f"{before}{name}", "year") for name in flows),
        *(
            _series(run, _at_starts(run.level(name)), f"{before}{name}", "instant")
            for name in levels
        ),
    ]


def yearly_of_all(comparison: Comparison) -> list[Series]:
    """The same of every run, and deaths averted against the first, draw by draw."""
    found = []
    for run in comparison.runs:
        before = f"{run.scenario.title}: "
        found += yearly(run, before)
        if run is not comparison.runs[0]:
            found.append(averted(comparison.runs[0], run, f"{before}deaths averted"))
    return found


def json_of_years(series: Sequence[Series]) -> list[dict[str, Any]]:
    """Series by year for programs."""
    return [
        {
            "series": one.label,
            "calendar": one.origin.calendar,
            "unit": one.origin.unit,
            "year": [int(moment) for moment in columns(one)[0]],
            **dict(
                zip(
                    ("median", "low", "high"),
                    (values.tolist() for values in columns(one)[1:]),
                    strict=True,
                )
            ),
        }
        for one in series
    ]


def _counts(name: str) -> bool:
    """Whether an output is the counter of a flow."""
    return name in {counter(flow) for flow in COUNTED}


def _at_starts(level: Summary) -> Summary:
    """A level at the start of each calendar year."""
    whole = np.isclose(level.times % 1, 0)
    return Summary(
        level.name,
        level.unit,
        level.times[whole],
        level.median[whole],
        level.low[whole],
        level.high[whole],
        level.draws[:, whole],
    )


def averted(base: Run, run: Run, label: str) -> Series:
    """Deaths averted in each year against a run of the same draws."""
    draws = base.sums(DEATHS).draws - run.sums(DEATHS).draws
    low, median, high = quantiles(draws, INTERVAL)
    years = np.arange(FIRST_YEAR, LAST_YEAR, dtype=np.float64)
    return _series(
        run, Summary("averted", "people", years, median, low, high, draws), label, "year"
    )


def _series(run: Run, summary: Summary, label: str, calendar: str) -> Series:
    """A summary as a series that knows where it comes from."""
    return Series(
        label,
        summary.times,
        summary.median,
        None if run.central else summary.low,
        None if run.central else summary.high,
        source=cited(run),
        origin=made(run, summary.unit, calendar),
    )

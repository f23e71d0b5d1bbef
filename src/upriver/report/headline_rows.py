"""Rows of the headline: which quantities, at which moments, and what was recorded then.

The moments follow the record: a year that is added to it is shown, none is wired in.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from upriver.engine.tools import quantiles
from upriver.evidence.calendars import month_of
from upriver.evidence.figures import series
from upriver.evidence.places import MONTHS
from upriver.evidence.record import Record
from upriver.experiments.simulate import INTERVAL, Run, Summary

LAST_SUM = 2031.0
DEATHS = "deaths_any_opioid"
ROLLING = "deaths_synthetic_12m"
DISORDER = ("heroin_use_disorder", "rx_oud", "rx_oud_with_heroin")
MEDICATION = ("buprenorphine_patients", "methadone_patients", "naltrexone_patients")
NEWEST_YEARS = 3
"""Of the newest recorded years, so many are shown."""


@dataclass(frozen=True)
class Row:
    """A line of the headline: a quantity, its moments, and what was recorded then.

    moments: calendar years at which it is shown, as `summary` and `recorded` know them.
    names: of the series that are recorded; of several, their sum.
    year: what stands for the one moment of a sum that is no calendar year's.
    """

    label: str
    summary: Callable[[Run], Summary]
    moments: tuple[float, ...]
    recorded: Callable[[float], float | None]
    unit: str
    names: tuple[str, ...]
    year: float | None = None

    def origin(self, moment: float) -> dict[str, str]:
        """Source, vintage and status of what was recorded then; empty where nothing was.

        A sum of several series is computed, from all that is told.
        """
        if self.recorded(moment) is None:
            return {}
        found = [(record, _place(record, moment)) for record in map(series, self.names)]
        statuses = dict.fromkeys(record.statuses[i] for record, i in found)
        return {
            "source": "; ".join(dict.fromkeys(record.sources[i] for record, i in found)),
            "vintage": "; ".join(dict.fromkeys(record.vintages[i] for record, i in found)),
            "status": next(iter(statuses)) if len(found) == 1 else "computed",
        }


def _place(record: Record, moment: float) -> int:
    """Where the value of the period stands that starts at a moment."""
    return int(np.flatnonzero(record.starts == moment)[0])


def rows() -> tuple[Row, ...]:
    """The rows, with the newest moments of the record."""
    return (
        Row(
            "Opioid overdose deaths",
            _sums("people.overdose.deaths"),
            _years(DEATHS, 2010.0, 2017.0, 2021.0, after=(LAST_SUM,)),
            _recorded(DEATHS),
            "people",
            (DEATHS,),
        ),
        Row(
            "Deaths with synthetic opioids",
            _sums("people.overdose.by_synthetic"),
            (2021.0, series("deaths_synthetic").data_to),
            _recorded("deaths_synthetic"),
            "people",
            ("deaths_synthetic",),
        ),
        _provisional(),
        Row(
            "People with opioid use disorder",
            _level("people.heads.oud"),
            (newest_of(*DISORDER), 2032.0),
            _sum_recorded(*DISORDER),
            "people",
            DISORDER,
        ),
        Row(
            "People on medication",
            _level("people.heads.treatment"),
            (newest_of(*MEDICATION), 2032.0),
            _sum_recorded(*MEDICATION),
            "people",
            MEDICATION,
        ),
    )


def _provisional() -> Row:
    """The newest 12 months of which deaths are reported."""
    record = series(ROLLING)
    year, month = month_of(record.newest)
    return Row(
        f"Synthetic opioids, 12 months to {MONTHS[month - 1][:3]} {year}",
        _newest_sum("people.overdose.by_synthetic", ROLLING),
        (record.data_to,),
        _recorded(ROLLING),
        "people",
        (ROLLING,),
        float(year),
    )


def _recorded(name: str) -> Callable[[float], float | None]:
    return lambda period: series(name).at(period)


def _sum_recorded(*names: str) -> Callable[[float], float | None]:
    def total(period: float) -> float | None:
        values = [series(name).at(period) for name in names]
        return None if None in values else float(sum(v for v in values if v is not None))

    return total


def _years(name: str, *before: float, after: tuple[float, ...] = ()) -> tuple[float, ...]:
    """Years named, then the newest recorded ones, then years to come."""
    newest = [t for t in known(name) if t > before[-1]][-NEWEST_YEARS:]
    return (*before, *newest, *after)


def newest_of(*names: str) -> float:
    """The newest period that all of some series have."""
    return max(set.intersection(*(set(known(name)) for name in names)))


def known(name: str) -> list[float]:
    """Starts of the periods that are recorded."""
    record = series(name)
    known = np.isfinite(record.values) & (record.starts <= record.data_to)
    return [float(start) for start in record.starts[known]]


def _sums(flow: str) -> Callable[[Run], Summary]:
    return lambda run: run.sums(flow)


def _level(output: str) -> Callable[[Run], Summary]:
    return lambda run: run.level(output)


def _newest_sum(flow: str, name: str) -> Callable[[Run], Summary]:
    """A flow over the newest period of a record, whatever its calendar."""

    def summary(run: Run) -> Summary:
        record = series(name)
        at = record.labels.index(record.newest)
        starts, ends = record.starts[at : at + 1], record.ends[at : at + 1]
        draws = run.periods(flow, starts, ends)
        low, median, high = quantiles(draws, INTERVAL)
        return Summary(flow, "people", starts, median, low, high, draws)

    return summary

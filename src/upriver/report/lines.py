"""Lines and points of the figures: from a run's summaries, its drivers and the record.

Each carries where its values come from: of a run its version, the digest of its table, its world
and draws; of a record each value's own source, vintage and status.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from upriver.core.parameters import parameters
from upriver.evidence.figures import series
from upriver.evidence.record import Record
from upriver.experiments.simulate import Doubles, Run, Summary
from upriver.system.world import PUBLISHED

from .colophon import COMPUTED
from .figures import EACH, Each, Numbers, Origin, Series
from .tidy import period_of

MIDDLE = 0.5
"""A sum over a calendar year is drawn at its middle."""

DRIVER = "driver, as the model is given it"
"""Said of a value that no run has computed."""

SHORT = 12
"""Letters of a digest that stand for a vintage."""


def cited(run: Run) -> str:
    """What a line of a run is cited by: the published model, or that Upriver computes it."""
    return "lim2022" if run.world == PUBLISHED else COMPUTED


def made(run: Run, unit: str, calendar: str = "year", note: str = "") -> Origin:
    """Where the values of a run come from."""
    return Origin(
        calendar=calendar,
        place=run.place or "US",
        unit=unit,
        source=f"upriver {run.provenance['upriver_version']}",
        vintage=str(run.provenance["table_digest"])[:SHORT],
        status="modelled",
        note=note,
        world=run.world,
        draws=int(run.provenance["draws"]),
    )


def _line(
    summary: Summary, label: str, runs: Sequence[Run], run: Run, shift: float, calendar: str
) -> Series:
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
        source=cited(run),
        origin=made(run, summary.unit, calendar),
    )


def sums(run: Run, flow: str, runs: Sequence[Run], label: str | None = None) -> Series:
    """A flow by calendar year."""
    return _line(run.sums(flow), label or run.scenario.title, runs, run, MIDDLE, "year")


def level(run: Run, output: str, runs: Sequence[Run], label: str | None = None) -> Series:
    """A quantity by quarter."""
    return _line(run.level(output), label or run.scenario.title, runs, run, 0.0, "instant")


def driver(run: Run, path: str, runs: Sequence[Run]) -> Series:
    """A driver, as the model is given it; among several, in the colour of its scenario."""
    times, values = run.driver(path)
    place = list(runs).index(run) + 1 if len(runs) > 1 else None
    return Series(
        run.scenario.title,
        times,
        values,
        kind="driver",
        source="source_x8",
        colour=place,
        origin=made(run, parameters()[path].unit, "instant", DRIVER),
    )


def recorded(name: str, label: str, shift: float) -> Series:
    """A recorded series; `shift` moves a calendar year to where it is drawn."""
    found = series(name)
    return Series(label, found.periods + shift, found.values, kind="recorded", origin=of(found))


def of(record: Record) -> Origin:
    """Where the values of a record come from, each its own."""
    read = tuple(period_of(record.calendar, start) for start in record.starts)
    return Origin(
        calendar=record.calendar,
        periods=None if read == record.labels else record.labels,
        place=record.place,
        unit=record.unit,
        source=_each(record.sources),
        vintage=_each(record.vintages),
        status=_each(record.statuses),
        note=_each(record.notes),
    )


def summed(names: tuple[str, ...], label: str) -> Series:
    """Sum of recorded series over the periods that all have."""
    parts = [series(name) for name in names]
    common = sorted(set.intersection(*(set(part.periods.tolist()) for part in parts)))
    totals: Doubles = np.array([sum(part.at(p) or 0.0 for part in parts) for p in common])
    places = [[part.periods.tolist().index(p) for part in parts] for p in common]

    def joined(column: str) -> Each:
        return _each(
            [
                "; ".join(
                    dict.fromkeys(
                        getattr(part, column)[i] for part, i in zip(parts, at, strict=True)
                    )
                )
                for at in places
            ]
        )

    calendars = {part.calendar for part in parts}
    origin = Origin(
        calendar=calendars.pop() if len(calendars) == 1 else "instant",
        unit=parts[0].unit,
        source=joined("sources"),
        vintage=joined("vintages"),
        status="computed",
        note=f"sum of {', '.join(names)}",
    )
    return Series(label, np.array(common), totals, kind="recorded", origin=origin)


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
    origin = replace(line.origin, **_kept(line.origin, kept))
    return replace(line, x=cut(line.x), y=cut(line.y), low=low, high=high, origin=origin)


def _kept(origin: Origin, kept: np.ndarray) -> dict[str, Any]:
    """What differs from value to value, of the values that are kept."""
    told = {name: getattr(origin, name) for name in ("periods", *EACH)}
    return {
        name: tuple(np.array(texts)[kept].tolist())
        for name, texts in told.items()
        if texts is not None and not isinstance(texts, str)
    }


def _each(texts: Sequence[str]) -> Each:
    """One text where all are the same."""
    return texts[0] if len(set(texts)) == 1 else tuple(texts)

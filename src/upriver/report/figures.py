"""What a report shows: figures made of series, sections made of figures, and their table twins.

A figure is data first. Whatever is drawn (from `data_of`) can also be read as a table (`table_of`)
and taken away as CSV (`tidy.csv_of`), from the same numbers.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from upriver.report import wording

Kind: TypeAlias = Literal["modelled", "recorded", "scenario", "driver"]
Numbers: TypeAlias = Sequence[float] | Sequence[float | None] | NDArray[np.float64]
Cell: TypeAlias = str | float | None
Each: TypeAlias = str | Sequence[str]
"""A text for each value, or one that holds for all."""

EACH = ("source", "vintage", "status", "note")
"""Of an origin, what may differ from value to value."""

INTERVAL = "95 % interval"
CAVEAT = (
    "Modelled values come from a simulation and are uncertain; "
    "read them with their interval. Recorded values are as their source published them."
)
LICENCE = (
    "Modelled values: under the licence that ships with Upriver. "
    "Recorded values: under the terms of their source."
)


@dataclass(frozen=True)
class Origin:
    """What each value of a series is: its period, unit and place, and where it comes from.

    calendar: one of `evidence.calendars.CALENDARS`; periods: labels in it, where the moment at
    which a value is drawn does not give it (`tidy.period_of`). unit: one of `core.units.UNITS`.
    source: `upriver VERSION` of what is modelled, else keys of sources, parted by `; `; vintage: of
    the source, or the start of the digest of the table that was run. status: one of
    `evidence.record.STATUSES`. world, draws: what was run; empty for a record.
    """

    calendar: str = "instant"
    periods: Sequence[str] | None = None
    place: str = "US"
    unit: str = ""
    source: Each = ""
    vintage: Each = ""
    status: Each = ""
    note: Each = ""
    world: str = ""
    draws: int | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """One line, band or set of points over decimal years; None or NaN is a gap, never a zero.

    `low` and `high` bound the interval. `recorded` is what was observed and is drawn as points.
    `colour` is the place in the palette, 1 to 7, where the series' own place is not to give it.
    `source` is what the line is cited by, where its values' own sources are not.
    """

    label: str
    x: Numbers
    y: Numbers
    low: Numbers | None = None
    high: Numbers | None = None
    kind: Kind = "modelled"
    source: str | None = None
    dashed: bool = False
    colour: int | None = None
    origin: Origin = field(default_factory=Origin)

    def __post_init__(self) -> None:
        """Refuse a series whose columns differ in length, or with one end of an interval."""
        if (self.low is None) != (self.high is None):
            raise ValueError(f"series {self.label!r}: give both low and high, or neither")
        told = ((name, getattr(self.origin, name)) for name in ("periods", *EACH))
        for name, column in (
            ("y", self.y),
            ("low", self.low),
            ("high", self.high),
            *((name, texts) for name, texts in told if not isinstance(texts, str)),
        ):
            if column is not None and len(column) != len(self.x):
                raise ValueError(
                    f"series {self.label!r}: x has {len(self.x)} values and {name} {len(column)}"
                )


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart with what a reader needs beside it.

    `question` is one plain sentence of what it shows, `note` says how sure it is, `data_to` the
    date that its records reach, and `sources` are keys of the report's list of sources.
    `interval` is what its bands are, if not all are the 95 % interval.
    """

    id: str
    title: str
    question: str
    unit: str
    series: Sequence[Series]
    note: str
    sources: Sequence[str]
    y_from_zero: bool = True
    data_to: str | float | None = None
    interval: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows under columns; a cell is text, a number, or None where nothing is known."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str

    def __post_init__(self) -> None:
        """Refuse a row that does not fit its columns."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.caption!r}: {len(self.columns)} columns, a row has {len(row)}"
                )


def column(values: Numbers | None, length: int) -> NDArray[np.float64]:
    """Values as floats, with NaN for whatever is missing or not finite."""
    if values is None:
        return np.full(length, np.nan)
    found = np.array(values, dtype=float)
    return np.where(np.isfinite(found), found, np.nan)


def columns(series: Series) -> tuple[NDArray[np.float64], ...]:
    """The series' x, y, low and high as float columns of one length, in order of x."""
    n, places = len(series.x), order(series)
    return tuple(
        column(values, n)[places] for values in (series.x, series.y, series.low, series.high)
    )


def order(series: Series) -> NDArray[np.intp]:
    """Places of the points in order of x; what is not known comes last."""
    return np.argsort(column(series.x, len(series.x)), kind="stable")


def data_to(figure: Figure) -> str | None:
    """The date that the figure's records reach: as stated, else their last year, else None.

    A record's point may lie anywhere in the year that it counts, so only the year is told.
    """
    if figure.data_to is not None:
        stated = figure.data_to
        return stated if isinstance(stated, str) else wording.year(stated)
    ends: list[float] = []
    for series in figure.series:
        if series.kind == "recorded":
            x, y, _, _ = columns(series)
            ends.extend(x[np.isfinite(x) & np.isfinite(y)].tolist())
    return str(int(np.floor(max(ends)))) if ends else None


def data_of(
    figure: Figure, projection: float | None = None, interval: str = INTERVAL
) -> dict[str, object]:
    """The figure as the chart kit reads it; what is not known is None.

    `projection` is the decimal year from which on values are projected, `interval` what the
    bands are.
    """
    return {
        "id": figure.id,
        "title": figure.title,
        "question": figure.question,
        "unit": figure.unit,
        "note": figure.note,
        "sources": list(figure.sources),
        "dataTo": data_to(figure),
        "yFromZero": figure.y_from_zero,
        "projection": projection,
        "interval": figure.interval or interval,
        "series": [_series_data(series) for series in figure.series],
    }


def _series_data(series: Series) -> dict[str, object]:
    x, y, low, high = (
        [float(value) if np.isfinite(value) else None for value in values]
        for values in columns(series)
    )
    has_interval = series.low is not None
    return {
        "label": series.label,
        "kind": series.kind,
        "x": x,
        "y": y,
        "low": low if has_interval else None,
        "high": high if has_interval else None,
        "source": series.source,
        "dashed": series.dashed,
        "colour": series.colour,
        "origin": _origin_data(series),
    }


def _origin_data(series: Series) -> dict[str, object]:
    """What each value is, for the kit; texts in order of x, one where it holds for all."""
    origin, places = series.origin, order(series)

    def ordered(texts: Each | None) -> Each | None:
        if texts is None or isinstance(texts, str):
            return texts
        return [texts[i] for i in places]

    return {**vars(origin), **{name: ordered(getattr(origin, name)) for name in ("periods", *EACH)}}


def sources_of(figure: Figure) -> list[str]:
    """Keys of every source of the figure and its series, each once, in order.

    A recorded series without a source of its own is cited by those of its values.
    """
    named = list(figure.sources)
    for series in figure.series:
        if series.source:
            named.append(series.source)
        elif series.kind == "recorded":
            texts = series.origin.source
            for text in [texts] if isinstance(texts, str) else texts:
                named += text.split("; ")
    return list(dict.fromkeys(key for key in named if key))


def table_of(figure: Figure, every: Literal["year", "point"] = "year") -> Table:
    """The figure's numbers as a table: a row per year, a column per series and per interval.

    `year` keeps each series' first point of every calendar year, and its last point; `point`
    keeps all.
    """
    shown: dict[float, dict[int, int]] = {}
    data = [columns(series) for series in figure.series]
    for position, (x, y, _, _) in enumerate(data):
        for index in _kept(x, y, every):
            shown.setdefault(round(float(x[index]), 4), {})[position] = index
    head = ["Year"]
    for series in figure.series:
        head.append(series.label)
        if series.low is not None:
            head.append(f"{series.label}: interval")
    largest = [float(np.nanmax(np.abs(y), initial=0.0)) for _, y, _, _ in data]
    decimals = wording.decimals_for(max(largest, default=0.0))
    written = _moment_text(data)
    rows: list[list[Cell]] = []
    for moment in sorted(shown):
        row: list[Cell] = [written(moment)]
        for position, series in enumerate(figure.series):
            index_here = shown[moment].get(position)
            _, y, low, high = data[position]
            known = index_here is not None
            at = index_here or 0
            row.append(wording.number(y[at], decimals) if known else None)
            if series.low is not None:
                row.append(wording.interval(low[at], high[at], decimals) if known else None)
        rows.append(row)
    return Table(head, rows, f"{figure.title} ({figure.unit})")


def _moment_text(data: Sequence[tuple[NDArray[np.float64], ...]]) -> Callable[[float], str]:
    """How a moment is written: the year alone if every point stands for a calendar year."""
    parts = [x[np.isfinite(x) & np.isfinite(y)] % 1 for x, y, _, _ in data]
    whole = all(np.all(np.abs(part - 0.5) <= 1e-6) for part in parts)
    return (lambda moment: str(math.floor(moment))) if whole else wording.year


def _kept(x: NDArray[np.float64], y: NDArray[np.float64], every: str) -> list[int]:
    """Indices of the finite points to show, in order of x."""
    finite = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    ordered = [int(i) for i in finite]
    if every == "point" or not ordered:
        return ordered
    first: dict[int, int] = {}
    for index in ordered:
        first.setdefault(int(np.floor(x[index] + 1e-9)), index)
    return list(dict.fromkeys([*first.values(), ordered[-1]]))

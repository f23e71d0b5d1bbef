"""What a report shows: figures made of series, sections made of figures, and their table twins.

A figure is data first. Whatever is drawn (from `data_of`) can also be read as a table (`table_of`)
and taken away as CSV (`csv_of`), from the same numbers.
"""

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from upriver.report import wording

if TYPE_CHECKING:
    from upriver.report.diagram import Diagram

Kind: TypeAlias = Literal["modelled", "recorded", "scenario", "driver"]
Numbers: TypeAlias = Sequence[float] | Sequence[float | None] | NDArray[np.float64]
Cell: TypeAlias = str | float | None

INTERVAL = "95 % interval"
CSV_COLUMNS = ("year", "series", "value", "low", "high", "unit", "kind", "source")
CAVEAT = (
    "Modelled values come from a simulation and are uncertain; "
    "read them with their interval. Recorded values are as their source published them."
)
LICENCE = (
    "Modelled values: under the licence that ships with Upriver. "
    "Recorded values: under the terms of their source."
)


@dataclass(frozen=True, eq=False)
class Series:
    """One line, band or set of points over decimal years; None or NaN is a gap, never a zero.

    `low` and `high` bound the interval. `recorded` is what was observed and is drawn as points.
    `colour` is the place in the palette, 1 to 7, where the series' own place is not to give it.
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

    def __post_init__(self) -> None:
        """Refuse a series whose columns differ in length, or with one end of an interval."""
        if (self.low is None) != (self.high is None):
            raise ValueError(f"series {self.label!r}: give both low and high, or neither")
        for name, column in (("y", self.y), ("low", self.low), ("high", self.high)):
            if column is not None and len(column) != len(self.x):
                raise ValueError(
                    f"series {self.label!r}: x has {len(self.x)} values and {name} {len(column)}"
                )


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart with what a reader needs beside it.

    `question` is one plain sentence of what it shows, `note` says how sure it is, `data_to` the
    date that its records reach, and `sources` are keys of the report's list of sources.
    `interval` is what its bands are, if not all are the 95 % interval; `projected` whether it shows
    where the projection of drivers begins.
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
    projected: bool = True


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


@dataclass(frozen=True, eq=False)
class Section:
    """A heading, paragraphs parted by blank lines, figures or diagrams, and tables with a title."""

    title: str
    text: str
    figures: Sequence["Figure | Diagram"] = ()
    tables: Sequence[tuple[str, Table]] = ()


def column(values: Numbers | None, length: int) -> NDArray[np.float64]:
    """Values as floats, with NaN for whatever is missing or not finite."""
    if values is None:
        return np.full(length, np.nan)
    found = np.array(values, dtype=float)
    return np.where(np.isfinite(found), found, np.nan)


def columns(series: Series) -> tuple[NDArray[np.float64], ...]:
    """The series' x, y, low and high as float columns of one length, in order of x."""
    n = len(series.x)
    found = [column(values, n) for values in (series.x, series.y, series.low, series.high)]
    order = np.argsort(found[0], kind="stable")
    return tuple(values[order] for values in found)


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
        "projection": projection if figure.projected else None,
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
    }


def sources_of(figure: Figure) -> list[str]:
    """Keys of every source of the figure and its series, each once, in order."""
    named = [*figure.sources, *(series.source for series in figure.series)]
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


def csv_of(figure: Figure, licence: str = LICENCE) -> str:
    """Every point that is drawn, as CSV with its caveat and licence in comment lines on top.

    Read it back with `pandas.read_csv(file, comment="#")`; a missing number is an empty cell.
    """
    remarks = [figure.title, figure.question, f"Note: {figure.note}"]
    reach = data_to(figure)
    if reach:
        remarks.append(f"Data to: {reach}")
    remarks += [CAVEAT, f"Licence: {licence}"]
    out = io.StringIO()
    for remark in remarks:
        out.write("# " + " ".join(remark.split()) + "\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for series in figure.series:
        ends = (_text(series.label), _text(figure.unit), series.kind, _text(series.source or ""))
        for x, y, low, high in zip(*columns(series), strict=True):
            if np.isfinite(x):
                numbers = _plain(y), _plain(low), _plain(high)
                writer.writerow((_plain(x), ends[0], *numbers, *ends[1:]))
    return out.getvalue()


def _plain(value: float) -> str:
    """A number to nine figures, or nothing."""
    return "" if np.isnan(value) else f"{value:.9g}"


def _text(value: str) -> str:
    """Text that no spreadsheet takes for a formula and no reader for a comment."""
    flat = " ".join(value.split()).replace("#", "no. ")
    return "'" + flat if flat[:1] in ("=", "+", "-", "@") else flat

"""A record: a recorded quantity of one place over its calendar, each value with its source.

It is read from a tidy CSV of ours. What is the same in every row may stand once, in a line on top:

    # all: calendar=12 months ending, unit=people, source=cdc_vsrr, vintage=2026-06, status=reported
    series,place,period,value,note

A place is `US`, two letters of a state or territory, `YC` (New York City, where the CDC has it
beside the rest of NY), another country's name or two letters, `CA-BC` (a province of Canada), or a
part that is no state: `US:southwest/OFO`, a component of the border agency in a region.
"""

import csv
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import SchemaProblem, did_you_mean, show
from upriver.core.units import UNITS

from .calendars import CALENDARS, period

if TYPE_CHECKING:
    import pandas as pd

Doubles = NDArray[np.float64]

REQUIRED = ("series", "place", "calendar", "period", "value", "unit", "source", "vintage", "status")
OPTIONAL = ("low", "high", "note", "world", "draws")
"""`world` and `draws` say of a modelled value what was run."""

COLUMNS = (*REQUIRED[:5], "low", "high", *REQUIRED[5:], "note", "world", "draws")
"""The columns, in order, of every CSV of values over time that leaves Upriver."""

STATUSES = {
    "reported": "as its publisher counted it",
    "rounded": "as its publisher rounded it",
    "estimated": "estimated by its publisher, or adjusted by the authors who used it",
    "computed": "worked out from its publisher's figures, as a sum or a share of them",
    "partial": "of a part of the period or of the place; no level beside its neighbours",
    "predicted": "by its publisher's model of what is still to be reported",
    "projected": "of a time after the record",
    "modelled": "by a run of Upriver; no record",
    "digitised": "read off a published chart",
    "stated": "said in a text, without a table behind it",
    "secondary": "taken from a page that quotes its publisher",
    "missing": "not published, or lost",
    "suppressed": "withheld by its publisher, for small numbers",
}
"""What a value is."""

WITHOUT_VALUE = ("missing", "suppressed")

NEWEST = 12
"""Periods that a record prints."""


@dataclass(frozen=True, eq=False)
class Record:
    """A recorded quantity of one place.

    labels: of the periods, as in `calendars`; starts, ends: the calendar years that they cover,
        shape (n,). values: in `unit`, NaN where missing or suppressed; low, high: an interval that
        was published with it, else NaN. sources, vintages, statuses, notes: of each value.
    worlds, draws: of each modelled value, the world in which and the number of draws from which it
        was made; '' elsewhere.
    """

    name: str
    place: str
    calendar: str
    unit: str
    labels: tuple[str, ...]
    starts: Doubles
    ends: Doubles
    values: Doubles
    low: Doubles
    high: Doubles
    sources: tuple[str, ...]
    vintages: tuple[str, ...]
    statuses: tuple[str, ...]
    notes: tuple[str, ...]
    worlds: tuple[str, ...] = ()
    draws: tuple[str, ...] = ()

    @property
    def periods(self) -> Doubles:
        """Calendar years in which the periods start."""
        return self.starts

    @property
    def middles(self) -> Doubles:
        """Where a value is drawn: the middle of its period, the end of a rolling one."""
        return self.ends if self.calendar == "12 months ending" else (self.starts + self.ends) / 2

    @property
    def data_to(self) -> float:
        """Start of the newest period that is a record and no projection; NaN without one."""
        newest = self._newest()
        return math.nan if newest is None else float(self.starts[newest])

    @property
    def newest(self) -> str:
        """Label of the newest period that is a record and no projection; empty without one."""
        newest = self._newest()
        return "" if newest is None else self.labels[newest]

    def at(self, when: float | str) -> float | None:
        """The value of a period, by its label or the year in which it starts; None without one."""
        if isinstance(when, str):
            places = [i for i, label in enumerate(self.labels) if label == when]
        else:
            places = np.flatnonzero(self.starts == when).tolist()
        value = float(self.values[places[0]]) if places else math.nan
        return None if math.isnan(value) else value

    def to_pandas(self) -> "pd.DataFrame":
        """A DataFrame by period: `start` and `end` in calendar years, value, source, the rest."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                "period": self.labels,
                "start": self.starts,
                "end": self.ends,
                "value": self.values,
                "low": self.low,
                "high": self.high,
                "status": self.statuses,
                "source": self.sources,
                "vintage": self.vintages,
                "note": self.notes,
            }
        ).set_index("period")
        frame.attrs = {n: getattr(self, n) for n in ("name", "place", "calendar", "unit")}
        return frame

    def __len__(self) -> int:
        """Number of periods."""
        return len(self.labels)

    def __repr__(self) -> str:
        """What it is, and its newest values."""
        head = f"{self.name}, {self.place} [{self.unit}], by {self.calendar}, {len(self)} periods"
        first = max(0, len(self) - NEWEST)
        lines = [f"  ... {first} earlier; .to_pandas() has all"] if first else []
        for i in range(first, len(self)):
            value = "" if math.isnan(self.values[i]) else f"{self.values[i]:,.10g}"
            said = f"{self.statuses[i]}; {self.sources[i]}, {self.vintages[i]}"
            lines.append(f"  {self.labels[i]}  {value}  ({said})")
        return "\n".join([head, *lines])

    def _newest(self) -> int | None:
        known = [
            i
            for i, status in enumerate(self.statuses)
            if status not in ("projected", "modelled", *WITHOUT_VALUE)
        ]
        return max(known, key=lambda i: float(self.ends[i]), default=None)


def read_records(file: Path) -> dict[tuple[str, str], Record]:
    """Records of a file, by name and place.

    Raises:
        SchemaProblem: a row is not right; the message says where and what is allowed.
    """
    text = file.read_text(encoding="utf-8")
    return parse_records(text.splitlines(), file.name)


def parse_records(lines: Iterable[str], name: str) -> dict[tuple[str, str], Record]:
    """Records from lines of text; raises as `read_records`.

    What a series has from more than one world, or recorded and modelled, are records of their own:
    `deaths`, and `deaths [whole]` of the world `whole`.
    """
    groups: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}
    for row in _rows(lines, name):
        worlds = groups.setdefault((row["series"], row["place"]), {})
        worlds.setdefault(row.get("world", ""), []).append(row)
    return {
        (f"{series} [{world}]" if world and len(worlds) > 1 else series, place): _record(rows, name)
        for (series, place), worlds in groups.items()
        for world, rows in worlds.items()
    }


def _rows(lines: Iterable[str], name: str) -> Iterator[dict[str, str]]:
    """Rows with what stands once on top filled in; each knows its line."""
    shared: dict[str, str] = {}
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("# all:"):
            shared = _shared(line, name, number)
        elif line.startswith("#") or not line.strip():
            continue
        elif header is None:
            header = next(csv.reader([line]))
            _check_header(header, shared, name, number)
        else:
            cells = next(csv.reader([line]))
            if len(cells) != len(header):
                raise _problem(f"has {len(cells)} cells, not {len(header)}", name, number)
            row = {**shared, **dict(zip(header, cells, strict=True)), "line": str(number)}
            for column in REQUIRED:
                if column != "value" and not row[column].strip():
                    raise _problem(f"{column} is empty", name, number)
            yield row
    if header is None:
        raise SchemaProblem("has no line that names its columns", file=name)


def _shared(line: str, name: str, number: int) -> dict[str, str]:
    """What stands once, on top."""
    found = {}
    for part in line.removeprefix("# all:").split(", "):
        key, equals, value = part.partition("=")
        if not equals:
            raise _problem(f"{show(part.strip())} must be column=value", name, number)
        found[key.strip()] = value.strip()
    return found


def _check_header(header: list[str], shared: Mapping[str, str], name: str, line: int) -> None:
    known = (*REQUIRED, *OPTIONAL)
    for column in (*header, *shared):
        if column not in known:
            raise _unknown("column", column, known, name, line)
    for column in header:
        if header.count(column) + (column in shared) > 1:
            raise _problem(f"column '{column}' is there twice", name, line)
    for column in REQUIRED:
        if column not in header and column not in shared:
            raise _problem(f"column '{column}' is missing", name, line)


def _record(rows: list[dict[str, str]], name: str) -> Record:
    periods = [_period(row, name) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (periods[i][1], periods[i][0]))
    rows, periods = [rows[i] for i in order], [periods[i] for i in order]
    for before, row, one, other in zip(rows, rows[1:], periods, periods[1:], strict=False):
        if one == other:
            raise _problem(
                f"{row['series']}, {row['place']}: {row['period']} is there twice, first in line "
                f"{before['line']}",
                name,
                int(row["line"]),
            )
    for field in ("calendar", "unit"):
        found = {row[field] for row in rows}
        if len(found) > 1:
            raise _problem(
                f"{rows[0]['series']} has more than one {field}: {', '.join(sorted(found))}",
                name,
                int(rows[0]["line"]),
            )
    if rows[0]["unit"] not in UNITS:
        raise _unknown("unit", rows[0]["unit"], UNITS, name, rows[0]["line"])
    return Record(
        name=rows[0]["series"],
        place=rows[0]["place"],
        calendar=rows[0]["calendar"],
        unit=rows[0]["unit"],
        labels=tuple(row["period"] for row in rows),
        starts=np.array([start for start, _ in periods]),
        ends=np.array([end for _, end in periods]),
        values=np.array([_value(row, "value", name) for row in rows]),
        low=np.array([_value(row, "low", name) for row in rows]),
        high=np.array([_value(row, "high", name) for row in rows]),
        sources=tuple(row["source"] for row in rows),
        vintages=tuple(row["vintage"] for row in rows),
        statuses=tuple(_status(row, name) for row in rows),
        notes=tuple(row.get("note", "") for row in rows),
        worlds=tuple(row.get("world", "") for row in rows),
        draws=tuple(row.get("draws", "") for row in rows),
    )


def _period(row: Mapping[str, str], name: str) -> tuple[float, float]:
    if row["calendar"] not in CALENDARS:
        raise _unknown("calendar", row["calendar"], CALENDARS, name, row["line"])
    try:
        return period(row["calendar"], row["period"])
    except ValueError as error:
        raise _problem(str(error), name, row["line"]) from None


def _value(row: Mapping[str, str], column: str, name: str) -> float:
    text = row.get(column, "")
    if text == "":
        if column == "value" and row["status"] not in WITHOUT_VALUE:
            raise _problem("has no value, and does not say why", name, row["line"])
        return math.nan
    if column == "value" and row["status"] in WITHOUT_VALUE:
        raise _problem(f"has a value, and is {row['status']}", name, row["line"])
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _problem(f"{column} {show(text)} is not a number", name, row["line"])
    return number


def _status(row: Mapping[str, str], name: str) -> str:
    if row["status"] not in STATUSES:
        raise _unknown("status", row["status"], STATUSES, name, row["line"])
    return row["status"]


def _problem(says: str, name: str, line: int | str) -> SchemaProblem:
    return SchemaProblem(says, file=name, line=int(line))


def _unknown(
    kind: str, found: str, known: Collection[str], name: str, line: int | str
) -> SchemaProblem:
    problem = _problem(f"{kind} {show(found)} is not known", name, line)
    problem.hint = did_you_mean(found, known) or f"Known: {', '.join(sorted(known))}."
    return problem

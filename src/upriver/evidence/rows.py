"""Records from a tidy CSV of ours, strictly: each row knows its line.

What is the same in every row may stand once, in a line on top:

    # all: calendar=12 months ending, unit=people, source=cdc_vsrr, vintage=2026-06, status=reported
    series,place,period,value,note
"""

import csv
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

import numpy as np

from upriver.core.errors import SchemaProblem, did_you_mean, show
from upriver.core.units import UNITS

from .calendars import CALENDARS, period
from .record import OPTIONAL, REQUIRED, STATUSES, WITHOUT_VALUE, Record


def read_records(file: Path) -> dict[tuple[str, str], Record]:
    """Records of a file, by name and place.

    Raises:
        SchemaProblem: a row is not right; the message says where and what is allowed.
    """
    text = file.read_text(encoding="utf-8")
    return parse_records(text.splitlines(), file.name)


def parse_records(
    lines: Iterable[str], name: str, numbers: Sequence[int] | None = None
) -> dict[tuple[str, str], Record]:
    """Records from lines of text; raises as `read_records`.

    Args:
        numbers: of the lines in their file, where they are not all of it.

    What a series has from more than one world, or recorded and modelled, are records of their own:
    `deaths`, and `deaths [whole]` of the world `whole`.
    """
    groups: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}
    for row in _rows(lines, name, numbers):
        worlds = groups.setdefault((row["series"], row["place"]), {})
        worlds.setdefault(row.get("world", ""), []).append(row)
    return {
        (f"{series} [{world}]" if world and len(worlds) > 1 else series, place): _record(rows, name)
        for (series, place), worlds in groups.items()
        for world, rows in worlds.items()
    }


def _rows(
    lines: Iterable[str], name: str, numbers: Sequence[int] | None = None
) -> Iterator[dict[str, str]]:
    """Rows with what stands once on top filled in; each knows its line."""
    shared: dict[str, str] = {}
    header: list[str] | None = None
    for number, line in zip(numbers or count(1), lines, strict=False):
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

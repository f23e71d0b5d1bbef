"""Deaths by month of a place of one's own, from a CSV: `month,deaths`.

A month between the first and the last that is not there, or has no count, is withheld: it holds 0
to one less than the number below which its publisher withholds.
"""

import csv
from pathlib import Path

from upriver.core.errors import (
    FileProblem,
    OutOfBounds,
    SchemaProblem,
    TimeProblem,
    Where,
    did_you_mean,
    show,
)
from upriver.core.files import reason
from upriver.evidence.calendars import period

from .months import Months, filled

COLUMNS = ("month", "deaths")
LARGEST = 256 * 1024
"""Bytes in a file."""

MOST_DEATHS = 100_000


def read_months(file: Path, code: str, source: str, *, below: int, where: Where) -> Months:
    """Deaths by month from a CSV.

    Args:
        file: columns `month` (2021-04) and `deaths`; lines that begin with # are passed over.
        code: the place.
        source: whose counts they are.
        below: counts below it, but for 0, are withheld; 1: none is.
        where: file and line that name it.

    Raises:
        FileProblem: it is missing, too large or no text.
        SchemaProblem, TimeProblem, OutOfBounds: a row is not right; the message says its line.
    """
    known: dict[str, float] = {}
    lines: dict[str, int] = {}
    for number, label, text in _rows(file, where):
        if label in lines:
            says = f"month {label} is there twice, first in line {lines[label]}"
            raise SchemaProblem(says, file=file.name, line=number, field="month")
        lines[label] = number
        if text:
            known[label] = _count(text, below, file.name, number)
    if not known:
        raise SchemaProblem("has no month with a count", file=file.name)
    return filled(
        code,
        known,
        min(lines),
        max(lines),
        most=below - 1,
        source=source,
        vintage=lambda _: "as given",
    )


def _rows(file: Path, where: Where) -> list[tuple[int, str, str]]:
    """Line, month and count of each row."""
    found = []
    header: list[str] | None = None
    for number, line in enumerate(_text(file, where).splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        if header is None:
            _check_header(cells, file.name, number)
            header = cells
            continue
        if len(cells) != len(header):
            says = f"has {len(cells)} cells, not {len(header)}"
            raise SchemaProblem(says, file=file.name, line=number)
        row = dict(zip(header, cells, strict=True))
        found.append((number, _month(row["month"], file.name, number), row["deaths"]))
    if header is None:
        raise SchemaProblem("has no line that names its columns, month,deaths", file=file.name)
    return found


def _text(file: Path, where: Where) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            allowed = f"at most {LARGEST // 1024} KiB"
            raise FileProblem(f"{show(file.name)} is too large", file=where[0], allowed=allowed)
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        there = sorted(one.name for one in file.parent.glob("*.csv"))
        raise FileProblem(
            f"deaths: {show(file.name)} {reason(error)}",
            file=where[0],
            line=where[1],
            field="deaths",
            hint=did_you_mean(file.name, there),
        ) from None


def _check_header(cells: list[str], name: str, line: int) -> None:
    for cell in cells:
        if cell not in COLUMNS:
            raise SchemaProblem(
                f"column {show(cell)} is not known",
                file=name,
                line=line,
                field=cell,
                allowed=", ".join(COLUMNS),
                hint=did_you_mean(cell, COLUMNS),
            )
    for column in COLUMNS:
        if cells.count(column) != 1:
            says = "is missing" if column not in cells else "is there twice"
            raise SchemaProblem(f"column '{column}' {says}", file=name, line=line, field=column)


def _month(text: str, name: str, line: int) -> str:
    try:
        period("month", text)
    except ValueError:
        raise TimeProblem(
            "month is not a month",
            file=name,
            line=line,
            field="month",
            found=show(text),
            allowed="a month, as 2021-04 is",
        ) from None
    return text


def _count(text: str, below: int, name: str, line: int) -> float:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    if not 0 <= number <= MOST_DEATHS:
        raise OutOfBounds(
            "deaths should be a whole number, or empty where it is withheld",
            file=name,
            line=line,
            field="deaths",
            found=show(text),
            allowed=f"0 to {MOST_DEATHS:,}",
        )
    if 0 < number < below:
        raise OutOfBounds(
            f"deaths are fewer than {below}, below which they should be withheld",
            file=name,
            line=line,
            field="deaths",
            found=show(number),
            allowed=f"0, or {below} and more",
            hint="If nothing is withheld, say `withheld_below: 1`.",
        )
    return float(number)

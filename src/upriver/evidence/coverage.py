"""What is recorded, from when to when, for which places: the catalogue, without its values.

It reads the same files as `figures`, but looks at names and labels alone, so that listing is quick.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from upriver.core.errors import SchemaProblem
from upriver.core.files import load_yaml

from .calendars import period
from .figures import COUNTRY, DATA
from .record import WITHOUT_VALUE
from .series import FILE, GROUPS

AHEAD = ("projected", *WITHOUT_VALUE)
"""Statuses of what is no record: a series is not newer for them."""

_NAMES = ("series", "place", "calendar", "period", "unit", "source", "vintage", "status")


@dataclass(frozen=True)
class Coverage:
    """What is recorded of one quantity.

    first, newest: labels of the first and newest recorded period in any place. end: the calendar
        year in which the newest ends. places: in the order of the files, the country first.
        sources, vintages: keys and texts, oldest period first. values: how many are known.
    """

    name: str
    title: str
    about: str
    group: str
    unit: str
    calendar: str
    first: str
    newest: str
    end: float
    places: tuple[str, ...]
    sources: tuple[str, ...]
    vintages: tuple[str, ...]
    values: int


@cache
def coverage() -> dict[str, Coverage]:
    """The catalogue: every series that ships, by group, then in the order of its words."""
    words = load_yaml(FILE).data
    rows: dict[str, list[tuple[str, ...]]] = {}
    for file in sorted((DATA / "figures").rglob("*.csv")):
        for row in _rows(file):
            rows.setdefault(row[0], []).append(row)
    found = [_covered(str(name), words[name], rows[str(name)]) for name in words if name in rows]
    found.sort(key=lambda one: GROUPS.index(one.group))
    return {one.name: one for one in found}


def age(end: float, today: date | None = None) -> float:
    """Years since a period ended, to today unless another day is given; not below 0."""
    day = today or date.today()
    return max(0.0, day.year + (day.timetuple().tm_yday - 1) / 365.25 - end)


def age_text(end: float, today: date | None = None) -> str:
    """`8 months old`, `3 years old`: how old a record is whose newest period ended then."""
    years = age(end, today)
    months = round(years * 12)
    if months < 1:
        return "new"
    if months < 24:
        return "1 month old" if months == 1 else f"{months} months old"
    return f"{years:.0f} years old"


def _covered(name: str, words: dict[str, str], rows: list[tuple[str, ...]]) -> Coverage:
    calendar, unit = rows[0][2], rows[0][4]
    known = [row for row in rows if row[7] not in AHEAD] or rows
    spans = {label: period(calendar, label) for label in dict.fromkeys(row[3] for row in known)}
    ordered = sorted(spans, key=lambda label: (spans[label][1], spans[label][0]))
    known.sort(key=lambda row: spans[row[3]])
    places = sorted(dict.fromkeys(row[1] for row in rows), key=lambda place: place != COUNTRY)
    return Coverage(
        name=name,
        title=words["title"],
        about=words["about"],
        group=words["group"],
        unit=unit,
        calendar=calendar,
        first=ordered[0],
        newest=ordered[-1],
        end=spans[ordered[-1]][1],
        places=tuple(places),
        sources=tuple(dict.fromkeys(row[5] for row in known)),
        vintages=tuple(dict.fromkeys(row[6] for row in known)),
        values=len(known),
    )


def _rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Of every row what `_NAMES` names; what stands once on top is filled in."""
    shared: dict[str, str] = {}
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# all:"):
            pairs = (part.split("=", 1) for part in line.removeprefix("# all:").split(", "))
            shared = {key.strip(): value.strip() for key, value in pairs}
        elif line and not line.startswith("#"):
            lines.append(line)
    reader = csv.reader(lines)
    header = next(reader, [])
    places = [header.index(name) if name in header else None for name in _NAMES]
    fixed = [shared.get(name, "") for name in _NAMES]
    columns = list(zip(places, fixed, strict=True))
    try:
        for row in reader:
            yield tuple(text if at is None else row[at] for at, text in columns)
    except IndexError:
        raise SchemaProblem("has a row that is too short", file=file.name) from None

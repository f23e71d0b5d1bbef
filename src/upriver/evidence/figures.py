"""The figures that ship: tidy tables of recorded values, each with unit, source and period.

Columns: series, place, calendar (`year`: a sum or mean over a calendar year; `instant`: at its
start), period, value, unit, source (a key of references.bib), vintage (year of publication, or
`final`), status (reported, rounded, estimated, projected).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import unknown_name

DATA = Path(__file__).parent.parent / "data"
COLUMNS = (
    "series",
    "place",
    "calendar",
    "period",
    "value",
    "unit",
    "source",
    "vintage",
    "status",
)


@dataclass(frozen=True)
class Series:
    """A recorded series of one place.

    periods: calendar years; values: in `unit`; sources, vintages, statuses: of each value.
    """

    name: str
    place: str
    calendar: str
    unit: str
    periods: NDArray[np.float64]
    values: NDArray[np.float64]
    sources: tuple[str, ...]
    vintages: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def data_to(self) -> float:
        """Newest period that is a record and no projection."""
        recorded = [
            period
            for period, status in zip(self.periods, self.statuses, strict=True)
            if status != "projected"
        ]
        return float(max(recorded))

    def at(self, period: float) -> float | None:
        """Value of a period, or None where there is none."""
        found = np.flatnonzero(self.periods == period)
        return float(self.values[found[0]]) if len(found) else None


@cache
def all_series() -> dict[str, Series]:
    """All series that ship, by name."""
    rows: dict[str, list[dict[str, str]]] = {}
    for file in sorted((DATA / "figures").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            lines = (line for line in stream if not line.startswith("#"))
            for row in csv.DictReader(lines):
                rows.setdefault(row["series"], []).append(row)
    return {name: _series(name, entries) for name, entries in rows.items()}


def series(name: str) -> Series:
    """One series.

    Raises:
        UnknownName: there is none; the nearest is suggested.
    """
    known = all_series()
    if name not in known:
        raise unknown_name("series", name, known)
    return known[name]


def _series(name: str, rows: list[dict[str, str]]) -> Series:
    rows = sorted(rows, key=lambda row: float(row["period"]))
    return Series(
        name=name,
        place=rows[0]["place"],
        calendar=rows[0]["calendar"],
        unit=rows[0]["unit"],
        periods=np.array([float(row["period"]) for row in rows]),
        values=np.array([float(row["value"]) for row in rows]),
        sources=tuple(row["source"] for row in rows),
        vintages=tuple(row["vintage"] for row in rows),
        statuses=tuple(row["status"] for row in rows),
    )


@cache
def references() -> dict[str, dict[str, str]]:
    """References by key: fields of the BibTeX entry, braces taken off."""
    text = (DATA / "references.bib").read_text(encoding="utf-8")
    found = {}
    for entry in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        key = entry.split("{", 1)[1].split(",", 1)[0].strip()
        pairs = re.findall(r"(\w+)\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}", entry)
        found[key] = {name: _plain(name, value) for name, value in pairs}
    return found


def _plain(name: str, value: str) -> str:
    """A field without braces; the name of an institution holds together, whatever words it has."""
    if name == "author":
        value = re.sub(r"\{([^{}]*)\}", lambda inner: inner[1].replace(" ", "\xa0"), value)
    return re.sub(r"[{}]", "", value)


def citation(key: str) -> str:
    """A reference on one line: authors, year, title, where."""
    fields = references()[key]
    authors = fields["author"].split(" and ")
    who = authors[0] if len(authors) == 1 else f"{authors[0].split(',')[0]} et al."
    where = fields.get("journal") or fields.get("howpublished") or fields.get("note", "")
    return (
        f"{who} ({fields['year']}). {fields['title']}. {where}".replace("\xa0", " ").strip(" .")
        + "."
    )

"""When a state first had a law or an expansion: rows of `data/places/dates.csv`."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from upriver.core.errors import SchemaProblem, show

FILE = Path(__file__).parent.parent / "data" / "places" / "dates.csv"
COLUMNS = ("what", "place", "date", "status", "source", "vintage", "note")
WHATS = ("medicaid_expansion", "naloxone_law", "good_samaritan_law")
"""Adults up to 138 % of the poverty level taken into Medicaid; the first law that widens access to
naloxone; the first that shields those who call for help."""


@dataclass(frozen=True)
class Since:
    """Since when a place has something.

    date: None if it had not by the day that the note names. The rest as in a record.
    """

    what: str
    place: str
    date: date | None
    status: str
    source: str
    vintage: str
    note: str

    @property
    def at(self) -> float | None:
        """The calendar year of the date: 2014.0 is 1 January 2014; None without one."""
        if self.date is None:
            return None
        start = date(self.date.year, 1, 1)
        length = (date(self.date.year + 1, 1, 1) - start).days
        return self.date.year + (self.date - start).days / length

    def __str__(self) -> str:
        """The date, or why there is none, with what the note says."""
        if self.date is None:
            return self.note or "none"
        return f"{self.date}" + (f" ({self.note})" if self.note else "")


@cache
def all_dates() -> dict[tuple[str, str], Since]:
    """Every date that ships, by what and place.

    Raises:
        SchemaProblem: the file is broken; the line says where.
    """
    found: dict[tuple[str, str], Since] = {}
    header = False
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = next(csv.reader([line]))
        if not header:
            if tuple(cells) != COLUMNS:
                says = f"columns must be {', '.join(COLUMNS)}"
                raise SchemaProblem(says, file=FILE.name, line=number)
            header = True
            continue
        what, place, when, *rest = cells
        try:
            day = date.fromisoformat(when) if when else None
        except ValueError:
            says = f"{show(when)} is no date"
            raise SchemaProblem(says, file=FILE.name, line=number) from None
        found[what, place] = Since(what, place, day, *rest)
    return found


def since(what: str, place: str) -> Since:
    """Since when a state has what is one of `WHATS`."""
    return all_dates()[what, place]

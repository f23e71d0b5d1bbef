"""Dated acts: state laws, controls of precursors, cooperation between states.

They stand in `data/events`, a row an act: what was done and when, without a judgement.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.errors import SchemaProblem, did_you_mean, show

from .calendars import period
from .figures import DATA
from .references import references

COLUMNS = ("date", "place", "kind", "what", "source")
KINDS = {
    "naloxone": "a state law that widens access to naloxone",
    "Good Samaritan": "a state law that shields those who call for help",
    "monitoring programme": "a state law on a prescription drug monitoring programme",
    "precursor": "precursors of fentanyl put under control",
    "class": "fentanyl-related substances put under control as a class",
    "watch list": "substances put on a list to be watched",
    "law": "an act of a legislature",
    "order": "an act of a government",
    "tariff": "duties on goods",
    "cooperation": "an act of cooperation between states, or its end",
}
"""What an act is."""


@dataclass(frozen=True)
class Event:
    """An act: a day, a month or a year; a place; what it is (of `KINDS`), what was done, source."""

    date: str
    place: str
    kind: str
    what: str
    source: str

    @property
    def at(self) -> float:
        """The calendar year of the day, or of the start of the month or year."""
        return _at(self.date)


@cache
def all_events() -> tuple[Event, ...]:
    """All acts that ship, in order of time.

    Raises:
        SchemaProblem: a file of the package is broken; the line says where.
    """
    found = [e for file in sorted((DATA / "events").glob("*.csv")) for e in read_events(file)]
    return tuple(sorted(found, key=lambda event: (event.at, event.place, event.kind, event.what)))


def events(kind: str | None = None, place: str | None = None) -> tuple[Event, ...]:
    """Acts of a kind, in a place, or both; in order of time."""
    return tuple(
        event
        for event in all_events()
        if (kind is None or event.kind == kind) and (place is None or event.place == place)
    )


def read_events(file: Path) -> list[Event]:
    """Acts of a file.

    Raises:
        SchemaProblem: a row is not right; the message says where and what is allowed.
    """
    return parse_events(file.read_text(encoding="utf-8").splitlines(), file.name)


def parse_events(lines: Iterable[str], name: str) -> list[Event]:
    """Acts from lines of text; raises as `read_events`."""
    found: dict[Event, int] = {}
    header = False
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = next(csv.reader([line]))
        if not header:
            if tuple(cells) != COLUMNS:
                says = f"columns must be {', '.join(COLUMNS)}, not {', '.join(cells)}"
                raise SchemaProblem(says, file=name, line=number)
            header = True
            continue
        event = _event(cells, name, number)
        if event in found:
            says = f"the same act stands in line {found[event]}"
            raise SchemaProblem(says, file=name, line=number)
        found[event] = number
    return list(found)


def _event(cells: list[str], name: str, line: int) -> Event:
    if len(cells) != len(COLUMNS):
        raise SchemaProblem(f"has {len(cells)} cells, not {len(COLUMNS)}", file=name, line=line)
    event = Event(*cells)
    for column, text in zip(COLUMNS, cells, strict=True):
        if not text.strip():
            raise SchemaProblem(f"{column} is empty", file=name, line=line)
    try:
        _at(event.date)
    except ValueError:
        says = f"date {show(event.date)} must be a day, a month or a year, as 2024-01-30 is"
        raise SchemaProblem(says, file=name, line=line) from None
    for word, text, known in (
        ("kind", event.kind, tuple(KINDS)),
        ("source", event.source, tuple(references())),
    ):
        if text not in known:
            hint = did_you_mean(text, known)
            says = f"{word} {show(text)} is not known"
            raise SchemaProblem(says, file=name, line=line, hint=hint)
    return event


def _at(text: str) -> float:
    """Calendar year of a day, or of the start of a month or year."""
    if re.fullmatch(r"\d{4}-\d\d", text):
        return period("month", text)[0]
    return period("instant" if "-" in text else "year", text)[0]

"""The figures that ship, as records: tidy tables in `data/figures`, each value with its source."""

import csv
import re
from functools import cache
from pathlib import Path

from upriver.core.errors import SchemaProblem, unknown_name

from .record import Record
from .rows import parse_records, read_records

DATA = Path(__file__).parent.parent / "data"
COUNTRY = "US"


@cache
def all_records() -> dict[tuple[str, str], Record]:
    """All records that ship, by name and place.

    Raises:
        InputError: a file of the package is broken; the line says where.
    """
    found: dict[tuple[str, str], Record] = {}
    for file, _ in _texts():
        for key, one in _records(file).items():
            if key in found:
                raise SchemaProblem(f"{key[0]}, {key[1]} is in another file too", file=file.name)
            found[key] = one
    return found


@cache
def all_series() -> dict[str, Record]:
    """Records of the country, by name; of what has none, that of its first place."""
    found: dict[str, Record] = {}
    for (name, place), one in all_records().items():
        if place == COUNTRY or name not in found:
            found[name] = one
    return found


@cache
def names() -> frozenset[str]:
    """Names of all series; no record is read for that."""
    found: set[str] = set()
    for _, text in _texts():
        if shared := re.search(r"^# all:.*\bseries=([^,\n]+)", text, re.MULTILINE):
            found.add(shared[1].strip())
            continue
        rows = [line for line in text.splitlines() if line and line[0] != "#"]
        found.update(line.partition(",")[0] for line in rows[1:])
    return frozenset(found)


def series(name: str, place: str = COUNTRY) -> Record:
    """The record of a quantity in a place.

    Raises:
        UnknownName: there is none; the nearest is suggested.
    """
    if (one := of_place(name, place)) is not None:
        return one
    found = {there: one for (known, there), one in _files_with(name).items() if known == name}
    if not found:
        raise unknown_name("series", name, all_series(), command="upriver evidence")
    if place not in found:
        raise unknown_name("place", place, found)
    return found[place]


@cache
def of_place(name: str, place: str = COUNTRY) -> Record | None:
    """The record of a quantity in a place, or None; only that place's rows are read."""
    for file, _ in _texts():
        if not _holds(file, name):
            continue
        head, places = _lines(file)
        rows = places.get(place, ()) if places else ()
        kept = dict(sorted({**head, **dict(rows)}.items())) if places else head
        found = parse_records(kept.values(), file.name, numbers=tuple(kept))
        if (one := found.get((name, place))) is not None:
            return one
    return None


@cache
def _lines(file: Path) -> tuple[dict[int, str], dict[str, list[tuple[int, str]]]]:
    """Lines of a file by number: what all rows share, and rows by place.

    Where rows have no column for their place, the first holds all lines, and the second nothing.
    """
    lines = dict(enumerate(_text(file).splitlines(), 1))
    head = {number: line for number, line in lines.items() if line[:1] == "#"}
    first = next((number for number in lines if number not in head and lines[number]), 0)
    header = lines.get(first, "").split(",")
    if "place" not in header:
        return lines, {}
    head[first] = lines[first]
    at = header.index("place")
    places: dict[str, list[tuple[int, str]]] = {}
    for number, line in lines.items():
        if line and number not in head:
            cells = next(csv.reader([line])) if '"' in line else line.split(",", at + 1)
            places.setdefault(cells[at] if len(cells) > at else "", []).append((number, line))
    return head, places


@cache
def _files_with(name: str) -> dict[tuple[str, str], Record]:
    """Records of the files that hold a series: a run needs few of them, and reads no more."""
    files = [file for file, _ in _texts() if _holds(file, name)]
    return {key: one for file in files for key, one in _records(file).items()}


@cache
def _holds(file: Path, name: str) -> bool:
    """Whether a file has rows of a series."""
    text = _text(file)
    return f"\n{name}," in text or f"series={name}," in text


@cache
def _text(file: Path) -> str:
    return dict(_texts())[file]


@cache
def _texts() -> tuple[tuple[Path, str], ...]:
    files = sorted((DATA / "figures").rglob("*.csv"))
    return tuple((file, file.read_text(encoding="utf-8")) for file in files)


@cache
def _records(file: Path) -> dict[tuple[str, str], Record]:
    return read_records(file)


def places_of(name: str) -> tuple[str, ...]:
    """Places for which a quantity is recorded."""
    return tuple(place for known, place in all_records() if known == name)

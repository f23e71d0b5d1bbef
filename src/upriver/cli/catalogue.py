"""What is recorded, in words for a terminal: the list, and the card of a series."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import shared
from .search import matching

if TYPE_CHECKING:
    from upriver.evidence.coverage import Coverage
    from upriver.evidence.record import Record
    from upriver.evidence.series import Words

COLUMNS = ("period", "value", "interval", "status", "vintage", "source")
SHORT = 20
HEAD, TAIL = 3, 12
"""Values on a card: all of up to `SHORT`, else so many of the first and of the last."""

CALENDARS = {
    "year": "by calendar year",
    "instant": "at a moment",
    "month": "by month",
    "12 months ending": "in the 12 months that end with each month",
    "quarter": "by quarter",
    "half-year": "by half-year",
    "fiscal year": "by fiscal year of the United States, October to September",
}

BESIDE = {
    "sums": "the flow {}, summed over each period",
    "level": "{}, at the start of each period",
    "driver": "{}, which the model is given",
}


def search(known: "Mapping[str, Coverage]", words: Sequence[str]) -> "list[Coverage]":
    """The series of a whole name, or those in which every word occurs.

    Raises:
        UnknownName: there is none.
    """
    return matching("series", known, words, _told, "upriver evidence")


def listing(found: "Sequence[Coverage]") -> Iterator[str]:
    """Two lines or so a series, below its group: how far it reaches, title, sources."""
    from upriver.evidence.coverage import age_text

    rows = [
        (one.name, span_text(one.first, one.newest), places_text(one.places), age_text(one.end))
        for one in found
    ]
    group = ""
    for one, lines in zip(found, columns(rows), strict=True):
        if one.group != group:
            yield ("\n" if group else "") + one.group.upper()
            group = one.group
        yield from lines
        yield shared.prose(f"{one.title} [{_sources(one.sources)}]", " " * 4)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Lines of each row: cells below each other; a name too long for its column has its own line.

    Where there is no room for columns, the cells stand below the name, one after the other.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = shared.width() - 2 - sum(wide + 2 for wide in widths[1:])
    first = max((len(row[0]) for row in rows if len(row[0]) <= room), default=0)
    for name, *cells in rows:
        if not first:
            yield [f"  {name}", shared.prose(", ".join(filter(None, cells)), " " * 4)]
            continue
        rest = "  ".join(f"{c:{wide}}" for c, wide in zip(cells, widths[1:], strict=True)).rstrip()
        if len(name) <= first:
            yield [f"  {name:{first}}  {rest}"]
        else:
            yield [f"  {name}", f"  {'':{first}}  {rest}"]


def span_text(first: str, last: str) -> str:
    """`1999 to 2024`, or `2024` alone."""
    return first if first == last else f"{first} to {last}"


def as_json(one: "Coverage") -> dict[str, Any]:
    """A series of the list, for programs."""
    from dataclasses import asdict

    from upriver.evidence.coverage import age

    return {**asdict(one), "age_years": round(age(one.end), 2)}


def places_text(places: Sequence[str]) -> str:
    """`US`, or how many places there are."""
    short = ", ".join(places)
    return short if len(places) <= 2 and len(short) <= 9 else f"{len(places)} places"


def card(one: "Coverage", record: "Record", words: "Words", whole: bool) -> Iterator[str]:
    """Everything that is known about a series in a place."""
    from upriver.evidence.coverage import age_text
    from upriver.evidence.references import citation, link
    from upriver.report.terminal import sparkline

    yield shared.prose(f"{one.title}  ({one.name})", "  ", begin="")
    yield shared.prose(one.about, "  ")
    yield ""
    yield line("group", one.group)
    yield line("unit", f"{unit_text(record.unit)}, {CALENDARS[record.calendar]}")
    if record.newest:
        old = age_text(record.ends[record.labels.index(record.newest)])
        span = span_text(record.labels[0], record.newest)
        yield line("recorded", f"{span}; the newest is {old}")
    else:
        yield line("recorded", "nothing; why stands beside each period")
    yield line("place", _places(one, record.place))
    if len(set(record.vintages)) == 1:
        yield line("vintage", record.vintages[0])
    if words.beside is None:
        yield line("modelled", "nothing in the model is the same thing")
    else:
        yield line("modelled", BESIDE[words.beside.kind].format(words.beside.name))
    known = [i for i, value in enumerate(record.values) if value == value]
    if len(known) > 1:
        yield line("course", sparkline(record.values.tolist(), min(60, shared.width() - 16)))
        first, last = (
            f"{amount(record.values[i])} in {record.labels[i]}" for i in (known[0], known[-1])
        )
        yield line("", f"{first}, {last}")
    yield ""
    yield from _values(record, whole)
    yield ""
    for i, key in enumerate(dict.fromkeys(record.sources)):
        yield line("sources" if i == 0 else "", f"{key}: {citation(key)}")
        if link(key):
            yield " " * 14 + link(key)


def amount(value: float) -> str:
    """A recorded value as it was published: all its digits, thousands apart."""
    from upriver.report.wording import MINUS, MISSING

    if value != value:
        return MISSING
    text = f"{abs(value):,.12g}" if abs(value) < 1e12 else f"{abs(value):.6g}"
    return (MINUS if value < 0 else "") + text


def unit_text(unit: str) -> str:
    """A unit as people read it."""
    return "a share" if unit == "1" else unit


def line(name: str, text: str) -> str:
    """A line of a card, wrapped under its own text."""
    return shared.prose(text, " " * 14, begin=f"  {name:10}  ").rstrip()


def _told(one: "Coverage") -> str:
    """What a word is looked for in."""
    text = (one.name, one.title, one.about, one.group, one.calendar, *one.sources, *one.places)
    return " ".join(text)


def _sources(keys: Sequence[str]) -> str:
    """Keys of sources, the newest two of them."""
    more = f", {len(keys) - 2} more" if len(keys) > 2 else ""
    return ", ".join(keys[-2:]) + more


def _places(one: "Coverage", place: str) -> str:
    """The place by code and name, and for which others there are records."""
    from upriver.evidence.places import STATES, TERRITORIES

    name = (STATES | TERRITORIES).get(place)
    others = [other for other in one.places if other != place]
    here = f"{place}, {name}" if name else place
    return f"{here}; with --place: {', '.join(others)}" if others else here


def _values(record: "Record", whole: bool) -> Iterator[str]:
    """The values, a line each; a note stands behind its value, or below where room is scarce."""
    n = len(record.labels)
    shown = range(n) if whole or n <= SHORT else [*range(HEAD), *range(n - TAIL, n)]
    cells = {i: _cells(record, i) for i in shown}
    kept = [k for k, name in enumerate(COLUMNS) if k < 2 or _varies(record, name, cells, k)]
    widths = [max(len(COLUMNS[k]), *(len(row[k]) for row in cells.values())) for k in kept]
    while len(kept) > 2 and sum(widths) + 2 * len(widths) > shared.width():
        kept, widths = kept[:-1], widths[:-1]
    rows = {i: _row([row[k] for k in kept], widths) for i, row in cells.items()}
    wide = sum(widths) + 2 * len(widths)
    fits = all(wide + 2 + len(record.notes[i]) <= shared.width() for i in rows)
    yield _row([COLUMNS[k] for k in kept], widths).rstrip()
    before = -1
    for i, row in rows.items():
        if i != before + 1:
            yield f"  … {i - before - 1} more: --all"
        before = i
        yield (f"{row:{wide}}  {record.notes[i]}" if fits else row).rstrip()
        if record.notes[i] and not fits:
            yield shared.prose(record.notes[i], " " * 6)


def _varies(record: "Record", name: str, cells: "Mapping[int, tuple[str, ...]]", k: int) -> bool:
    """Whether a column says something: an interval anywhere, a source or a vintage of several."""
    if name == "interval":
        return any(row[k] for row in cells.values())
    whole = {"vintage": record.vintages, "source": record.sources}.get(name)
    return whole is None or len(set(whole)) > 1


def _cells(record: "Record", i: int) -> tuple[str, ...]:
    low, high = record.low[i], record.high[i]
    known = low == low and high == high
    return (
        record.labels[i],
        amount(record.values[i]),
        f"{amount(low)} to {amount(high)}" if known else "",
        record.statuses[i],
        record.vintages[i],
        record.sources[i],
    )


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells in columns; the second, the value, to the right."""
    parts = [
        f"{cell:>{wide}}" if k == 1 else f"{cell:{wide}}"
        for k, (cell, wide) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  " + "  ".join(parts)

"""Control totals and overlaps: what the record must add up to, and series that must agree.

They stand in controls.yaml. A control total is a sum of recorded values (or one such sum as a share
of another) that its publisher stated, at a vintage. An overlap is a quantity that two series hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from upriver.core.catalogue import Entry, read_catalogue
from upriver.core.errors import SchemaProblem
from upriver.core.fields import Document
from upriver.core.files import load_yaml

from .figures import COUNTRY, all_records, series
from .record import Record
from .references import references

FILE = Path(__file__).with_suffix(".yaml")
SAME = 1e-6
"""Years by which two ends of a period may differ and be the same."""


@dataclass(frozen=True)
class Part:
    """A series in a place; every place but the country if `place` is `each`."""

    series: str
    place: str

    def records(self) -> list[Record]:
        """The records that it names; raises UnknownName if there is none."""
        if self.place != "each":
            return [series(self.series, self.place)]
        found = [
            r
            for (name, place), r in all_records().items()
            if name == self.series and place != COUNTRY
        ]
        return found or [series(self.series, self.place)]


@dataclass(frozen=True)
class Total:
    """A control total: what the sum of `parts` over `periods` must be.

    share_of: where it is a share, what it is a share of, over the same periods.
    within: how far the sum may be from `expected`, in its unit. peak: no period is higher.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    periods: tuple[str, ...]
    share_of: tuple[Part, ...]
    expected: float
    within: float
    unit: str
    vintage: str
    source: str
    peak: bool

    def found(self) -> float:
        """What the record comes to."""
        total = _sum(self.parts, self.periods)
        return 100 * total / _sum(self.share_of, self.periods) if self.share_of else total

    def holds(self) -> bool:
        """Whether it is met, and is the peak if it should be."""
        highest = not self.peak or all(
            np.nanmax(r.values) == r.at(self.periods[0]) for p in self.parts for r in p.records()
        )
        return highest and abs(self.found() - self.expected) <= self.within


@dataclass(frozen=True)
class Overlap:
    """Two series that hold the same quantity: `parts`, added up, against `whole`.

    within: the share of the whole by which a period may differ. why: what the difference is.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    whole: Part
    within: float
    why: str

    def differences(self) -> dict[str, float]:
        """Parts against the whole, as a share of it, by period of the whole that parts fill."""
        (whole,) = self.whole.records()
        parts = [r for p in self.parts for r in p.records()]
        found = {}
        for i, label in enumerate(whole.labels):
            sums = [filled(r, float(whole.starts[i]), float(whole.ends[i])) for r in parts]
            if np.isfinite(whole.values[i]) and whole.values[i] and None not in sums:
                total = sum(s for s in sums if s is not None)
                found[label] = float(total / whole.values[i] - 1)
        return found


def filled(record: Record, start: float, end: float) -> float | None:
    """The sum of the periods that fill a span; None if they leave a gap or a value is missing."""
    inside = (record.starts >= start - SAME) & (record.ends <= end + SAME)
    whole = inside & (record.starts <= start + SAME) & (record.ends >= end - SAME)
    chosen = whole if whole.any() or start == end else inside
    length = float(np.sum((record.ends - record.starts)[chosen]))
    total = float(np.sum(record.values[chosen]))
    fills = chosen.any() and abs(length - (end - start)) < SAME * 100
    return total if fills and np.isfinite(total) else None


@cache
def totals() -> tuple[Total, ...]:
    """Control totals, in the order of the file.

    Raises:
        InputError: an entry is not right.
    """
    return read_totals(load_yaml(FILE))


def read_totals(document: Document) -> tuple[Total, ...]:
    """Control totals from a document; raises as `totals`."""
    found = read_catalogue(
        document,
        _total,
        required=("title", "of", "periods", "expected", "within", "unit", "vintage", "source"),
        optional=("share_of", "peak"),
        at=("totals",),
    )
    return tuple(found.values())


@cache
def overlaps() -> tuple[Overlap, ...]:
    """Overlaps, in the order of the file; raises as `totals`."""
    return read_overlaps(load_yaml(FILE))


def read_overlaps(document: Document) -> tuple[Overlap, ...]:
    """Overlaps from a document; raises as `totals`."""
    found = read_catalogue(
        document,
        _overlap,
        required=("title", "parts", "whole", "within", "why"),
        at=("overlaps",),
    )
    return tuple(found.values())


def _total(entry: Entry) -> Total:
    return Total(
        name=entry.name,
        title=entry.text("title"),
        parts=_parts(entry, "of"),
        periods=entry.labels("periods"),
        share_of=entry.maybe(partial(_parts, entry), "share_of") or (),
        expected=entry.number("expected"),
        within=entry.number("within", within=(0, None)),
        unit=entry.text("unit"),
        vintage=entry.text("vintage"),
        source=entry.choice("source", references(), "reference"),
        peak=entry.flag("peak"),
    )


def _overlap(entry: Entry) -> Overlap:
    return Overlap(
        name=entry.name,
        title=entry.text("title"),
        parts=_parts(entry, "parts"),
        whole=_part(entry.text("whole")),
        within=entry.number("within", within=(0, 1)),
        why=entry.text("why", longest=300),
    )


def _parts(entry: Entry, key: str) -> tuple[Part, ...]:
    """`deaths_all` or `deaths_all, OH`, one or a list."""
    return tuple(map(_part, entry.one_or_more(key)))


def _part(text: str) -> Part:
    name, _, place = text.partition(", ")
    return Part(name, place or COUNTRY)


def _sum(parts: Sequence[Part], periods: Sequence[str]) -> float:
    """Sum of recorded values; a period that is not there is an error."""
    total = 0.0
    for record in (r for part in parts for r in part.records()):
        for label in _labels(record, periods):
            value = record.at(label)
            if value is None:
                raise SchemaProblem(
                    f"{record.name}, {record.place} has no value for {label}", file=FILE.name
                )
            total += value
    return total


def _labels(record: Record, periods: Sequence[str]) -> list[str]:
    """Periods as named; `2018-10 to 2025-12` names all of the record between two."""
    found = []
    for text in periods:
        first, to, last = text.partition(" to ")
        if not to:
            found.append(first)
        else:
            start, end = record.labels.index(first), record.labels.index(last)
            found += record.labels[start : end + 1]
    return found

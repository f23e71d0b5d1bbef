"""Numbers as people write them: thousands, decimals, and cells that hold no number.

A column is read in the one way that fits all its cells. If two ways fit and differ, we ask; but a
count of people has no decimals, so `1,234` of them has one reading.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from upriver.core.errors import SourceProblem, show
from upriver.core.units import dimensions

from .user_text import Grid

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "--", ".", "..", "missing"))
SUPPRESSED = re.compile(r"(suppressed|suppr\.?|\*+|<\s*\d+|c|x)", re.IGNORECASE)
_HIDDEN = re.compile(r"\b(suppress|withheld|masked|redacted|censored|too small)", re.IGNORECASE)
COUNTED = frozenset(
    ("person", "provider", "Rx", "kit", "pill", "sample", "report", "event", "case")
)
"""Base units of things that are counted one by one."""

Cell = tuple[int, str]
"""Line, and text."""


def is_count(unit: str) -> bool:
    """Whether a unit counts things, in a year or at all: `people`, `Rx/year`."""
    powers = dict(dimensions(unit))
    powers.pop("year", None)
    return len(powers) == 1 and set(powers) <= COUNTED and set(powers.values()) == {1}


def numbers_of(
    grid: Grid, position: int, name: str, decimal: str | None, unit: str
) -> list[tuple[float, str]]:
    """Numbers of a column, each with the status of a cell that holds none, or ''.

    Raises:
        SourceProblem: a cell is no number or a count below zero, or two ways to read fit.
    """
    column = grid.header[position].strip()
    cells = [(line, _plain(row[position])) for line, row in grid.rows]
    known = [(line, text) for line, text in cells if no_number(text) is None]
    forms = [form for form in _NUMBERS if decimal is None or form.decimal == decimal]
    fits = [form for form in forms if all(form.read(text) is not None for _, text in known)]
    if not fits:
        raise _number_problem(known, forms, column, name)
    readings = {tuple(form.read(text) for _, text in known): form for form in fits}
    if len(readings) > 1 and is_count(unit):
        whole = {r: f for r, f in readings.items() if all(v is not None and v % 1 == 0 for v in r)}
        readings = whole if len(whole) == 1 else readings
    if len(readings) > 1:
        line, text = next(
            (line, text) for line, text in known if len({form.read(text) for form in fits}) > 1
        )
        raise SourceProblem(
            f"column '{column}' can be read in two ways",
            file=name,
            line=line,
            field=column,
            found=show(text),
            hint="Say what parts the decimals: --with decimal=. or decimal=,",
        )
    best = next(iter(readings.values()))
    if is_count(unit):
        _not_below_zero(known, best, column, name, unit)
    return [
        (best.read(text) or 0.0, "") if no_number(text) is None else _missing(text)
        for _, text in cells
    ]


def _not_below_zero(
    known: Sequence[Cell], form: "_Form", column: str, name: str, unit: str
) -> None:
    for line, text in known:
        if (form.read(text) or 0.0) < 0:
            raise SourceProblem(
                f"column '{column}' is below zero, which a count [{unit}] cannot be",
                file=name,
                line=line,
                field=column,
                found=show(text),
                hint="If it is a code, such as withheld, leave the cell empty.",
            )


def _missing(text: str) -> tuple[float, str]:
    return float("nan"), no_number(text) or ""


@dataclass(frozen=True)
class _Form:
    """One way to write numbers: what stands before decimals, and between thousands."""

    decimal: str
    thousands: str

    def read(self, text: str) -> float | None:
        """The number, or None if it is not written so."""
        if not _pattern(self.decimal, self.thousands).fullmatch(text):
            return None
        digits = re.sub(self.thousands, "", text) if self.thousands else text
        return float(digits.replace(self.decimal, "."))


@cache
def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """What a number looks like in one way of writing."""
    whole = rf"\d{{1,3}}(?:{thousands}\d{{3}})+" if thousands else r"\d+"
    point = re.escape(decimal)
    either = rf"(?:{whole}|\d+)(?:{point}\d*)?|{point}\d+"
    return re.compile(rf"[-+]?(?:{either})(?:[eE][-+]?\d{{1,3}})?")


_NUMBERS = (
    _Form(".", ""),
    _Form(".", ","),
    _Form(".", r"[ '’]"),
    _Form(",", ""),
    _Form(",", r"\."),
    _Form(",", r"[ '’]"),
)


def _plain(text: str) -> str:
    """Text with plain signs and blanks: spreadsheets have several of each."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text).replace("\u2212", "-").strip()


def no_number(text: str) -> str | None:
    """`missing` or `suppressed` for a cell that says so; None for one that should be a number."""
    if text.lower() in MISSING:
        return "missing"
    return "suppressed" if SUPPRESSED.fullmatch(text) else None


def withheld(
    numbers: Sequence[float], statuses: Sequence[str], notes: Sequence[str]
) -> tuple[list[float], list[str]]:
    """Numbers and statuses; a zero that is said to be withheld or missing is no number."""
    found = []
    for number, status, note in zip(numbers, statuses, notes, strict=True):
        hidden = _HIDDEN.search(note) is not None
        if number == 0 and (hidden or status in ("suppressed", "missing")):
            found.append((float("nan"), status if status == "missing" else "suppressed"))
        else:
            found.append((number, status))
    return [number for number, _ in found], [status for _, status in found]


def _number_problem(
    known: Sequence[Cell], forms: Sequence[_Form], column: str, name: str
) -> SourceProblem:
    """The first cell that no way of writing fits, or that the way of those above does not fit."""
    left = list(forms)
    for line, text in known:
        rest = [form for form in left if form.read(text) is not None]
        if not rest:
            hint = "Write numbers alone, and say the unit once: unit=…."
            alone = any(form.read(text) is not None for form in forms)
            return SourceProblem(
                f"column '{column}' "
                + ("is written otherwise than above" if alone else "is no number"),
                file=name,
                line=line,
                field=column,
                found=show(text),
                hint=None if alone else hint,
            )
        left = rest
    raise AssertionError("some form fits all")

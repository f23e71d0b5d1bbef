"""Cells of a user's file: dates of many kinds to labels of periods, numbers as people write them.

A column is read in the one way that fits all its cells. If two ways fit and differ, we ask.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from upriver.core.errors import SourceProblem, show
from upriver.evidence.calendars import month_label
from upriver.evidence.places import month_number

from .user_text import Grid

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "--", ".", "..", "missing"))
SUPPRESSED = re.compile(r"(suppressed|suppr\.?|\*+|<\s*\d+|c|x)", re.IGNORECASE)

Cell = tuple[int, str]
"""Line, and text."""

Label = tuple[str, str]
"""Calendar, and the period's label in it."""


@dataclass(frozen=True)
class Dates:
    """Periods of a column: their calendar, and a label for each row."""

    calendar: str
    labels: tuple[str, ...]


def dates_of(cells: Sequence[Cell], column: str, name: str, order: str | None) -> Dates:
    """Periods from cells that are all of one kind.

    Raises:
        SourceProblem: a cell is no date that we know, kinds are mixed, or two readings fit.
    """
    day_first = _order([text for _, text in cells], order)
    found: list[Label] = []
    for line, text in cells:
        if re.fullmatch(r"(grand )?totals?", text.strip(), re.IGNORECASE):
            hint = "Leave rows of totals out."
            raise _date_problem("is a total, not a period", line, text, column, name, hint)
        label = _label(text.strip(), day_first)
        if label is None:
            hint = _hint(text.strip(), day_first)
            raise _date_problem("is no date", line, text, column, name, hint)
        if found and label[0] != found[0][0]:
            said = f"is a date of another kind ({label[0]}) than above ({found[0][0]})"
            raise _date_problem(said, line, text, column, name)
        found.append(label)
    return Dates(found[0][0], tuple(label for _, label in found))


def _order(texts: Sequence[str], order: str | None) -> bool | None:
    """Whether the day stands before the month in 03/04/2021; None if nothing tells."""
    if order is not None:
        return order == "day first"
    parts = [re.match(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b", text) for text in texts]
    pairs = [(int(part[1]), int(part[2])) for part in parts if part]
    if pairs and all("." in text for text in texts if text.strip()):
        return True
    if any(first > 12 for first, _ in pairs):
        return True
    if any(second > 12 for _, second in pairs):
        return False
    return None if any(first != second for first, second in pairs) else True


def _label(text: str, day_first: bool | None) -> Label | None:
    """A period's label, or None."""
    for pattern, make in _FORMS:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return make(match)
    if match := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})( 0?0:00(:00)?)?", text):
        if day_first is None:
            return None
        one, two = int(match[1]), int(match[3])
        return _day(int(match[4]), *((two, one) if day_first else (one, two)))
    return None


def _day(year: int, month: int, day: int) -> Label | None:
    """A day stands for its month: we know no calendar of days."""
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "month", month_label(year, month)


def _month(year: int, month: int | None) -> Label | None:
    return ("month", month_label(year, month)) if month and 1 <= month <= 12 else None


def _two_digits(text: str) -> int:
    return int(text) + (2000 if int(text) < 70 else 1900) if len(text) == 2 else int(text)


_YEAR = r"((?:19|20)\d\d)"
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Label | None]], ...] = (
    (_YEAR + r"(?:\.0)?", lambda m: ("year", m[1])),
    (r"FY ?" + _YEAR, lambda m: ("fiscal year", f"FY{m[1]}")),
    (_YEAR + r"[- ]?H([12])", lambda m: ("half-year", f"{m[1]}-H{m[2]}")),
    (_YEAR + r"[-/.]?M?(\d{1,2})", lambda m: _month(int(m[1]), int(m[2]))),
    (r"(\d{1,2})[-/.]" + _YEAR, lambda m: _month(int(m[2]), int(m[1]))),
    (
        _YEAR + r"[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?",
        lambda m: _day(int(m[1]), int(m[2]), int(m[3])),
    ),
    (
        r"([A-Z]{3,9})\.?,?[ -](\d{4}|\d\d)",
        lambda m: _month(_two_digits(m[2]), month_number(m[1])),
    ),
    (_YEAR + r"[ -]([A-Z]{3,9})\.?", lambda m: _month(int(m[1]), month_number(m[2]))),
    (
        r"(\d{1,2})[. -]{1,2}([A-Z]{3,9})\.?[ -](\d{4}|\d\d)",
        lambda m: _named_day(m[3], m[2], m[1]),
    ),
    (r"([A-Z]{3,9})\.? (\d{1,2}),? (\d{4})", lambda m: _named_day(m[3], m[1], m[2])),
    (r"(\d{1,2}) " + _YEAR, lambda m: _month(int(m[2]), int(m[1]))),
)


def _named_day(year: str, month: str, day: str) -> Label | None:
    number = month_number(month)
    return _day(_two_digits(year), number, int(day)) if number else None


def _hint(text: str, day_first: bool | None) -> str:
    if not text:
        return "Merged cells leave blanks below them: write the date in each row."
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return "It looks like a spreadsheet's number of a day: format the column as a date."
    if re.search(r"\bQ[1-4]\b|[-]Q[1-4]", text, re.IGNORECASE):
        return "We have no calendar of quarters: give months, half-years or years."
    slashed = re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*", text)
    if slashed and day_first is None:
        return "Say which comes first: dates='day first' or dates='month first'."
    return "Write 2021, 2021-04, 2021-04-30, FY2021 or 2021-H1."


def _date_problem(
    says: str, line: int, text: str, column: str, name: str, hint: str | None = None
) -> SourceProblem:
    return SourceProblem(
        f"column '{column}' {says}",
        file=name,
        line=line,
        field=column,
        found=show(text.strip()),
        hint=hint,
    )


def numbers_of(
    grid: Grid, at: int | None, name: str, decimal: str | None
) -> list[tuple[float, str]]:
    """Numbers of a column, each with the status of a cell that holds none, or ''.

    Raises:
        SourceProblem: a cell is no number, or the column can be read in two ways.
    """
    position = at or 0
    column = grid.header[position].strip()
    cells = [(line, _plain(row[position])) for line, row in grid.rows]
    known = [(line, text) for line, text in cells if _empty(text) is None]
    forms = [form for form in _NUMBERS if decimal is None or form.decimal == decimal]
    fits = [form for form in forms if all(form.read(text) is not None for _, text in known)]
    if not fits:
        raise _number_problem(known, forms, column, name)
    readings = {tuple(form.read(text) for _, text in known): form for form in fits}
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
            hint="Say what parts the decimals: decimal='.' or decimal=','.",
        )
    best = fits[0]
    return [
        (best.read(text) or 0.0, "") if _empty(text) is None else _missing(text)
        for _, text in cells
    ]


def _missing(text: str) -> tuple[float, str]:
    return float("nan"), _empty(text) or ""


@dataclass(frozen=True)
class _Form:
    """One way to write numbers: what stands before decimals, and between thousands."""

    decimal: str
    thousands: str

    def read(self, text: str) -> float | None:
        """The number, or None if it is not written so."""
        whole = rf"\d{{1,3}}(?:{self.thousands}\d{{3}})+" if self.thousands else r"\d+"
        point = re.escape(self.decimal)
        either = rf"(?:{whole}|\d+)(?:{point}\d*)?|{point}\d+"
        if not re.fullmatch(rf"[-+]?(?:{either})(?:[eE][-+]?\d{{1,3}})?", text):
            return None
        digits = re.sub(self.thousands, "", text) if self.thousands else text
        return float(digits.replace(self.decimal, "."))


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


def _empty(text: str) -> str | None:
    """`missing` or `suppressed` for a cell that says so; None for one that should be a number."""
    if text.lower() in MISSING:
        return "missing"
    return "suppressed" if SUPPRESSED.fullmatch(text) else None


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

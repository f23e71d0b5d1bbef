"""Dates that can be read in two ways: 2020.5, 2011-12, January to June.

An option decides, or the other cells of the column.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from upriver.core.errors import SourceProblem, show
from upriver.evidence.places import MONTHS

from .user_dates import Stamp
from .user_options import Options

Cell = tuple[int, str]
"""Line, and text."""


def decimals(
    stamps: list[Stamp], cells: Sequence[Cell], column: str, name: str, options: Options
) -> list[Stamp]:
    """2020.5 as an instant or a month, if an option says which."""
    at = next((i for i, stamp in enumerate(stamps) if stamp.kind == "decimal"), None)
    if at is None:
        return stamps
    text = stamps[at].text
    if options.dates not in ("decimal years", "months"):
        share, digits = float(text) % 1, text.split(".")[1]
        month = f" or {MONTHS[int(digits) - 1]}" if 1 <= int(digits) <= 12 else ""
        hint = "Say --with dates='decimal years'" + (" or dates=months." if month else ".")
        said = f"may mean {share:.2g} of the way through {text[:4]}{month}"
        raise date_problem(said, *cells[at], column, name, hint)
    found = []
    for stamp, (line, cell) in zip(stamps, cells, strict=True):
        if stamp.kind not in ("decimal", "year"):
            said = f"is a date of another kind ({stamp.kind}) than a decimal year"
            raise date_problem(said, line, cell, column, name)
        if options.dates == "decimal years":
            found.append(replace(stamp, kind="decimal", text=stamp.text or str(stamp.year)))
            continue
        digits = stamp.text.partition(".")[2]
        if not digits or not 1 <= int(digits) <= 12:
            raise date_problem("is no month", line, cell, column, name)
        found.append(Stamp("month", stamp.year, int(digits)))
    lengths = {len(stamp.text.partition(".")[2]) for stamp in stamps}
    if options.dates == "months" and lengths != {2} and any(s.text.endswith(".1") for s in stamps):
        hint = "Write two digits: 2020.01, or better 2020-01."
        raise date_problem(
            "may mean January or, cut short, October", *cells[at], column, name, hint
        )
    return found


def splits(
    stamps: list[Stamp], cells: Sequence[Cell], column: str, name: str, options: Options
) -> list[Stamp]:
    """2020-21 as a fiscal year, 2011-12 as that or as a month."""
    split = [stamp for stamp in stamps if stamp.kind == "split"]
    if not split:
        return stamps
    may_be_months = all(s.text in _MONTH_DIGITS and not s.prefix for s in split)
    months = options.dates == "months" or any(stamp.kind == "month" for stamp in stamps)
    if may_be_months and not months and options.fiscal_year is None and not is_fiscal(column):
        hint = "Say --with fiscal_year=us (or july, ...), or dates=months."
        at = next(i for i, stamp in enumerate(stamps) if stamp.kind == "split")
        raise date_problem("may be a month or two years", *cells[at], column, name, hint)
    if may_be_months and months:
        return [Stamp("month", s.year - 1, int(s.text)) if s.kind == "split" else s for s in stamps]
    return [replace(s, kind="fiscal") if s.kind == "split" else s for s in stamps]


_MONTH_DIGITS = frozenset(f"{month:02d}" for month in range(1, 13))


def spans(stamps: list[Stamp]) -> list[Stamp]:
    """January to June of a year as a half-year; beside whole years, as a part of its year."""
    found = [stamp for stamp in stamps if stamp.kind == "span"]
    if not found:
        return stamps
    lengths = {s.day - s.part + 1 for s in found}
    for kind, months in (("half", 6), ("quarter", 3)):
        fits = lengths == {months} and all(s.part % months == 1 for s in found)
        if fits and len(found) == len(stamps):
            return [replace(s, kind=kind, part=s.part // months + 1, day=0) for s in stamps]
    return [
        replace(
            s,
            kind="year",
            part=0,
            day=0,
            status="" if (s.part, s.day) == (1, 12) else "partial",
            note=s.note or f"{MONTHS[s.part - 1]} to {MONTHS[s.day - 1]}",
        )
        if s.kind == "span"
        else s
        for s in stamps
    ]


def is_fiscal(column: str) -> bool:
    """Whether a column's name says that its years are fiscal."""
    return re.search(r"fiscal|(\b|_)[fs]?fy(\b|_)|^sfy", column.lower()) is not None


def date_problem(
    says: str, line: int, text: str, column: str, name: str, hint: str | None = None
) -> SourceProblem:
    """The error for a cell of a column of dates."""
    return SourceProblem(
        f"column '{column}' {says}",
        file=name,
        line=line,
        field=column,
        found=show(text.strip()),
        hint=hint,
    )

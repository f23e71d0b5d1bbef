"""A column of dates as periods of one calendar: read from all cells and the step between them.

A column is read in the one way that fits all its cells. If two ways fit and differ, we ask, and an
option decides: `fiscal_year`, `calendar` or `dates`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from upriver.core.errors import SourceProblem
from upriver.evidence.calendars import fiscal_year, month_label, period
from upriver.evidence.places import MONTHS, is_total, month_number
from upriver.evidence.tables import plain_name

from .user_dates import Stamp, stamp_of
from .user_options import Options
from .user_stamps import Cell, date_problem, decimals, is_fiscal, spans, splits

Label = tuple[str, str]
"""Calendar, and the period's label in it."""

LENGTHS = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
"""Months in a period of the calendars that divide a year."""


@dataclass(frozen=True)
class Periods:
    """Periods of a column: their calendar, and for each row a label, a status or '', and a note."""

    calendar: str
    labels: tuple[str, ...]
    statuses: tuple[str, ...]
    notes: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def periods_of(
    cells: Sequence[Cell], column: str, name: str, options: Options, *, fiscal: bool = False
) -> Periods:
    """Periods from cells that are all of one kind.

    Args:
        cells: at least one. column: its name, as written; `fiscal_year` makes years fiscal.
        name: of the file. options: `dates`, `calendar`, `fiscal_year`. fiscal: words beside the
        table speak of fiscal years, so years may be some.

    Raises:
        SourceProblem: a cell is no date that we know, kinds are mixed, or two readings fit.
    """
    stamps = _stamps(cells, column, name, options)
    stamps = decimals(stamps, cells, column, name, options)
    stamps = spans(splits(stamps, cells, column, name, options))
    asked = _Column(tuple(stamps), tuple(cells), column, name, options)
    for stamp, (line, text) in zip(stamps, cells, strict=True):
        kind, first = stamp.kind, stamps[0].kind
        if kind != first and {kind, first} != {"fiscal", "year"}:
            said = f"is a date of another kind ({kind}) than above ({first})"
            raise asked.problem(said, line, text)
    begins = _fiscal_month(asked, fiscal and options.calendar is None)
    if begins is None and options.fiscal_year is not None:
        raise asked.problem(f"holds {stamps[0].kind}s, and fiscal_year is for years", *cells[0])
    if begins is not None:
        pairs = [fiscal_year(stamp.year, begins) for stamp in stamps]
    elif stamps[0].kind == "week" or re.search(r"week|mmwr", column.lower()):
        raise asked.problem(WEEKS, *cells[0], hint=WEEKS_HINT)
    elif stamps[0].kind in ("day", "month"):
        pairs = _monthly(asked)
    else:
        pairs = [_plain(stamp, options.calendar) for stamp in stamps]
    calendar = options.calendar or pairs[0][0]
    for (_, label), (line, _) in zip(pairs, cells, strict=True):
        try:
            period(calendar, label)
        except ValueError as error:
            raise SourceProblem(str(error), file=name, line=line, field=column) from None
    notes = [stamp.note for stamp in stamps]
    remarks: tuple[str, ...] = ()
    if begins not in (None, 1, 10):
        remarks = (
            f"Fiscal years from {MONTHS[(begins or 1) - 1]} are kept as the 12 months that end "
            f"with {MONTHS[(begins or 1) - 2]}.",
        )
        notes = [s.note or f"fiscal year {s.year}" for s in stamps]
    labels = tuple(label for _, label in pairs)
    return Periods(calendar, labels, tuple(s.status for s in stamps), tuple(notes), remarks)


WEEKS = "goes in steps of seven days; weeks do not add up to months or years"
WEEKS_HINT = "Sum the deaths by the month in which they fell, and give a row a month."


@dataclass(frozen=True)
class _Column:
    stamps: tuple[Stamp, ...]
    cells: tuple[Cell, ...]
    column: str
    name: str
    options: Options

    def problem(self, says: str, line: int, text: str, hint: str | None = None) -> SourceProblem:
        return date_problem(says, line, text, self.column, self.name, hint)


def day_first_of(texts: Sequence[str], order: str | None) -> bool | None:
    """Whether the day stands before the month in 03/04/2021; None if nothing tells."""
    if order in ("day first", "month first"):
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


def _stamps(cells: Sequence[Cell], column: str, name: str, options: Options) -> list[Stamp]:
    day_first = day_first_of([text for _, text in cells], options.dates)
    found = []
    for line, text in cells:
        if is_total(text):
            hint = "Leave rows of totals out."
            raise date_problem("is a total, not a period", line, text, column, name, hint)
        stamp = stamp_of(text.strip(), day_first)
        if stamp is None:
            hint = _hint(text.strip(), day_first)
            raise date_problem("is no date", line, text, column, name, hint)
        found.append(stamp)
    return found


def _fiscal_month(asked: _Column, said: bool) -> int | None:
    """The month in which the column's fiscal years begin; None if its years are no fiscal ones.

    said: words beside the table speak of fiscal years.
    """
    options, stamps = asked.options, asked.stamps
    fiscal = [i for i, s in enumerate(stamps) if s.kind == "fiscal"]
    told = options.fiscal_month or (10 if options.calendar == "fiscal year" else None)
    maybe = is_fiscal(asked.column) or told or (said and any(s.prefix != "CY" for s in stamps))
    if not fiscal and not (stamps[0].kind == "year" and maybe):
        return None
    at = fiscal[0] if fiscal else 0
    if any(s.prefix == "CY" for s in stamps) or (fiscal and len(fiscal) < len(stamps)):
        at = next(i for i, s in enumerate(stamps) if s.kind == "year")
        raise asked.problem("is a calendar year, and others are fiscal ones", *asked.cells[at])
    if any(s.prefix == "SFY" for s in stamps) and options.fiscal_year == "us":
        hint = "Say the month in which the state's begins: --with fiscal_year=july."
        raise asked.problem(
            "is a state's fiscal year, not the country's", *asked.cells[at], hint=hint
        )
    if told is not None:
        return told
    if all(s.prefix == "FFY" for s in stamps) or re.search(r"federal|ffy", asked.column.lower()):
        return 10
    hint = "Say which: --fiscal-year us (from October), or the month in which it begins, july."
    says = "is a fiscal year, and nothing says when it begins"
    if not fiscal and not is_fiscal(asked.column):
        says = "may be a fiscal year, of which the words beside the table speak"
        hint += " Else say --with calendar=year."
    raise asked.problem(says, *asked.cells[at], hint=hint)


def _plain(stamp: Stamp, wanted: str | None) -> Label:
    """What means the same in every column."""
    if stamp.kind == "decimal":
        share = float(stamp.text) - stamp.year
        months = LENGTHS.get(wanted or "")
        if months is None:
            return "instant", stamp.text
        part = share * 12 / months
        whole = round(part)
        if abs(part - whole) > 0.1 and not (wanted == "year" and abs(share - 0.5) < 0.01):
            return wanted or "", stamp.text
        return _labelled(wanted or "", stamp.year, min(whole * months, 12 - months) + 1)
    if stamp.kind == "quarter":
        return "quarter", f"{stamp.year}-Q{stamp.part}"
    if stamp.kind == "half":
        return "half-year", f"{stamp.year}-H{stamp.part}"
    return "year", f"{stamp.year}"


def _labelled(calendar: str, year: int, month: int) -> Label:
    """The period of a calendar that holds a month."""
    if calendar == "year":
        return calendar, f"{year}"
    if calendar in ("half-year", "quarter"):
        return calendar, f"{year}-{calendar[0].upper()}{(month - 1) // LENGTHS[calendar] + 1}"
    return calendar, month_label(year, month)


def _monthly(asked: _Column) -> list[Label]:
    """Days and months as what the step between them makes them."""
    stamps, wanted = asked.stamps, asked.options.calendar
    months = [s.year * 12 + s.part - 1 for s in stamps]
    starts = all(s.kind == "month" or s.day == 1 for s in stamps)
    ends = all(s.kind == "month" or s.month_end for s in stamps)
    named = _calendar_of(asked.column)
    if wanted is None and stamps[0].kind == "day" and named:
        wanted = named if _at_edges(months, LENGTHS[named], starts, ends) else None
    if wanted == "instant" and stamps[0].kind == "day":
        return [("instant", s.date.isoformat()) for s in stamps]
    if wanted in ("half-year", "quarter", "year"):
        return (
            [_labelled(wanted, s.year, s.part) for s in stamps]
            if _at_edges(months, LENGTHS[wanted], starts, ends)
            else [(wanted, month_label(s.year, s.part)) for s in stamps]
        )
    if wanted is not None:
        return [(wanted, month_label(s.year, s.part)) for s in stamps]
    if not starts and not ends:
        _refuse_days(asked)
    step = gcd(*(later - months[0] for later in months))
    if step == 1 or step == 2 or (step == 0 and stamps[0].kind == "month"):
        return [("month", month_label(s.year, s.part)) for s in stamps]
    fits = [c for c, n in LENGTHS.items() if step % n == 0 and _at_edges(months, n, starts, ends)]
    fits = [fits[0], *fits[-1:]] if len(fits) > 2 else fits
    fits += ["instant"] if stamps[0].kind == "day" else []
    fits += ["12 months ending"] if step % 12 == 0 and step and ends else []
    if fits == ["month"]:
        return [("month", month_label(s.year, s.part)) for s in stamps]
    line, text = asked.cells[0]
    said = f"goes in steps of {step} months" if step else "is a single day"
    named = " or ".join(f"calendar='{c}'" if " " in c else f"calendar={c}" for c in fits)
    hint = f"Say --with {named}."
    raise asked.problem(f"{said}: what a row covers is not said", line, text, hint=hint)


def _calendar_of(column: str) -> str | None:
    """The calendar that a column's name says: `Year`, `quarter_ending`."""
    name = plain_name(column)
    if name in ("year", "calendar_year", "yr", "cy"):
        return "year"
    return "quarter" if re.search(r"(^|_)(quarter|qtr)(_|$)", name) else None


def _at_edges(months: Sequence[int], length: int, starts: bool, ends: bool) -> bool:
    """Whether all months are the first, or all the last, of periods of a length that divides 12."""
    first = starts and all(month % length == 0 for month in months)
    return first or (ends and all(month % length == length - 1 for month in months))


def _refuse_days(asked: _Column) -> None:
    """Say what days that are neither starts nor ends of months can be."""
    days = sorted({s.date for s in asked.stamps})
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    line, text = asked.cells[0]
    if gaps and all(gap % 7 == 0 for gap in gaps):
        raise asked.problem(WEEKS, line, text, hint=WEEKS_HINT)
    hint = "Count by month and write 2021-04, or, for levels, say --with calendar=instant."
    raise asked.problem(
        "holds days: a list of events or of moments, no series", line, text, hint=hint
    )


def _hint(text: str, day_first: bool | None) -> str:
    if not text:
        return "Merged cells leave blanks below them: write the date in each row, and no totals."
    if month_number(text.rstrip(".")):
        return "Say of which year: January 2021, or a column for the year."
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return "It looks like a spreadsheet's number of a day: format the column as a date."
    if re.search(r"[*†‡]|\d[a-z]$", text):
        return "Say in words what the mark means: 2025 (partial), or 2025."
    if re.search(r"F\.?Y", text, re.IGNORECASE):
        return "Give whole fiscal years, or quarters of calendar years as 2021-Q1."
    slashed = re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*", text)
    if slashed and day_first is None:
        return "Say which comes first: --with dates='day first' or dates='month first'."
    return "Write 2021, 2021-04, 2021-04-30, 2021-Q1, 2021-H1 or FY2021."

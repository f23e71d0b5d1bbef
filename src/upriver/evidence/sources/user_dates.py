"""One cell of a user's column of dates: what it says, and no more than that.

What a cell means depends on its column: a day may stand for its month, its quarter or itself, and
2011-12 is a month or a fiscal year. `user_periods` decides that, from all cells together.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from upriver.evidence.places import month_number


@dataclass(frozen=True)
class Stamp:
    """What a cell says.

    kind: `year`, `fiscal`, `split` (2020-21), `decimal`, `half`, `quarter`, `month`, `day`, `week`,
        `span` (January to June of a year).
    year: calendar year, or the year in which a fiscal year ends.
    part: half, quarter, month or first month of a span; 0 where there is none.
    day: of the month; last month of a span. status: `partial` or `projected`, where the label says
        so. prefix: `FFY`, `SFY`, `CY`, as written. note: words beside the date. text: of a decimal.
    """

    kind: str
    year: int
    part: int = 0
    day: int = 0
    status: str = ""
    prefix: str = ""
    note: str = ""
    text: str = ""

    @property
    def month_end(self) -> bool:
        """Whether it is the last day of its month."""
        return self.kind == "day" and self.day == monthrange(self.year, self.part)[1]

    @property
    def date(self) -> date:
        """The day itself, of kind `day`."""
        return date(self.year, self.part, self.day)


_PARTIAL = re.compile(
    r"\b(partial(ly)?|part|incomplete|ytd|year[ -]to[ -]date|to[ -]date|so far|through|thru|until|"
    r"up to|as of|first|last)\b",
    re.IGNORECASE,
)
_PROJECTED = re.compile(r"\b(projected|projection|forecast|predicted)\b", re.IGNORECASE)
_ESTIMATED = re.compile(r"\b(estimated?|est)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(provisional|preliminary|prelim|revised|final|actual|p|r)\b", re.IGNORECASE)


def says_partial(text: str) -> bool:
    """Whether words say that a part of a period is counted: `partial`, `through June`, `YTD`."""
    return _PARTIAL.search(text) is not None


def status_of(text: str) -> str | None:
    """The status that words beside a date give it; '' for `final`; None if they say nothing known.

    `provisional` says nothing of how much of the period is counted: it stays a note.
    """
    if says_partial(text):
        return "partial"
    if _PROJECTED.search(text):
        return "projected"
    if _ESTIMATED.search(text):
        return "estimated"
    return "" if _SAID.search(text) else None


def stamp_of(text: str, day_first: bool | None) -> Stamp | None:
    """What a cell says; None if it is no date, or one that `day_first` would have to tell."""
    plain = " ".join(re.sub("[\u2010-\u2015]", "-", text).split())
    found = _bare(plain, day_first)
    if found is not None:
        return found
    for pattern in (
        r"(?P<date>.+?) ?[(\[](?P<words>[^()\[\]]+)[)\]]",
        r"(?P<words>YTD) (?P<date>.+)",
        r"(?P<date>.+?),? (?P<words>(?:YTD|year[ -]to[ -]date|to[ -]date|partial).*)",
    ):
        if match := re.fullmatch(pattern, plain, re.IGNORECASE):
            dated, status = _bare(match["date"].strip(), day_first), status_of(match["words"])
            span = _bare(f"{match['words']} {match['date']}", day_first)
            if span is not None and span.kind == "span":
                return replace(span, note=plain)
            if dated is not None and status is not None:
                if dated.kind == "month" and re.search("ytd|to[ -]date", plain, re.IGNORECASE):
                    dated = replace(dated, kind="year", part=0)
                return replace(dated, status=status, note=plain)
    return None


def _bare(text: str, day_first: bool | None) -> Stamp | None:
    """A date without words beside it."""
    for pattern, make in _FORMS:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return make(match)
    if match := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})" + _CLOCK, text):
        if day_first is None:
            return None
        one, two = int(match[1]), int(match[3])
        return _day(match[4], *((two, one) if day_first else (one, two)))
    return None


def years_of(text: str) -> int:
    """A year of four digits, or of two: 70 is 1970 and 69 is 2069."""
    return int(text) + (2000 if int(text) < 70 else 1900) if len(text) == 2 else int(text)


def _day(year: str, month: int, day: int) -> Stamp | None:
    try:
        date(years_of(year), month, day)
    except ValueError:
        return None
    return Stamp("day", years_of(year), month, day)


def _month(year: str, month: int | None) -> Stamp | None:
    return Stamp("month", years_of(year), month) if month and 1 <= month <= 12 else None


def _named_day(year: str, month: str, day: str) -> Stamp | None:
    number = month_number(month)
    return _day(year, number, int(day)) if number else None


def _split(first: str, second: str, prefix: str = "") -> Stamp | None:
    """2020-21 and 2020/2021: two years, one after the other."""
    end = int(first) + 1
    if end % 10 ** len(second) != int(second):
        return None
    return Stamp("split", end, prefix=prefix.upper(), text=second)


def _dashed(match: re.Match[str]) -> Stamp | None:
    """2020-11 is a month; 2020-21 two years; 2011-12 may be both, and its column decides."""
    split = _split(match[1], match[3]) if match[2] in ("-", "/") and len(match[3]) == 2 else None
    return split or _month(match[1], int(match[3]))


def _decimal(match: re.Match[str]) -> Stamp:
    if not match[2].strip("0"):
        return Stamp("year", int(match[1]))
    return Stamp("decimal", int(match[1]), text=f"{match[1]}.{match[2]}")


def _span(year: str, first: str, last: str) -> Stamp | None:
    one, two = month_number(first), month_number(last)
    return Stamp("span", int(year), one, two) if one and two and one < two else None


def _fiscal(match: re.Match[str]) -> Stamp:
    prefix = re.sub(r"[^A-Z]", "", match[1].upper())
    prefix = {"FISCAL": "FY", "FISCALYEAR": "FY", "STATEFISCALYEAR": "SFY"}.get(prefix, prefix)
    prefix = "FFY" if prefix == "FEDERALFISCALYEAR" else prefix
    return Stamp("fiscal", years_of(match[2]), prefix=prefix)


_YEAR = r"((?:19|20)\d\d)"
_NAME = r"([A-Z]{3,9})\.?"
_CLOCK = r"(?:[T ,]+\d?\d:\d\d(?::\d\d(?:\.\d+)?)? ?(?:AM|PM)?(?:Z|\+00:?00)?)?"
_FY = r"(F\.?Y\.?|FFY|SFY|(?:state |federal )?fiscal(?: year)?)[ -]?"
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Stamp | None]], ...] = (
    (_YEAR, lambda m: Stamp("year", int(m[1]))),
    (r"(?:CY|calendar year)[ -]?" + _YEAR, lambda m: Stamp("year", int(m[1]), prefix="CY")),
    (_FY + r"((?:19|20)?\d\d)", _fiscal),
    (_FY + _YEAR + r" ?[-/] ?(\d\d|\d{4})", lambda m: _split(m[2], m[3], "FY")),
    (_YEAR + r" ?[-/] ?" + _YEAR, lambda m: _split(m[1], m[2])),
    (_YEAR + r"\.(\d+)", _decimal),
    (_YEAR + r"[- ]?(?:H|S|HY)([12])", lambda m: Stamp("half", int(m[1]), int(m[2]))),
    (r"(?:H([12])|([12])H)[- /]?" + _YEAR, lambda m: Stamp("half", int(m[3]), int(m[1] or m[2]))),
    (
        _YEAR + r"[-/: ]*Q(?:tr|uarter)?[. ]?([1-4])",
        lambda m: Stamp("quarter", int(m[1]), int(m[2])),
    ),
    (
        r"(?:Q(?:tr|uarter)?[. ]?([1-4])|([1-4])Q|([1-4])(?:st|nd|rd|th) (?:qtr|quarter))"
        r"(?:[-/, ]| of )*((?:19|20)?\d\d)",
        lambda m: Stamp("quarter", years_of(m[4]), int(m[1] or m[2] or m[3])),
    ),
    (_YEAR + r"[-/ ]?W(?:eek)? ?(\d{1,2})(?:-\d)?", lambda m: Stamp("week", int(m[1]), int(m[2]))),
    (r"W(?:eek)? ?(\d{1,2})[-/, ]*" + _YEAR, lambda m: Stamp("week", int(m[2]), int(m[1]))),
    (_YEAR + r"([-/]?)(\d{1,2})", _dashed),
    (_YEAR + r"M(\d{1,2})", lambda m: _month(m[1], int(m[2]))),
    (r"(\d{1,2})[-/.]" + _YEAR, lambda m: _month(m[2], int(m[1]))),
    (r"(\d{1,2}) " + _YEAR, lambda m: _month(m[2], int(m[1]))),
    (
        _YEAR + r"[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK,
        lambda m: _day(m[1], int(m[2]), int(m[3])),
    ),
    (_YEAR + r"(\d\d)(\d\d)", lambda m: _day(m[1], int(m[2]), int(m[3]))),
    (_NAME + r",?[ -](\d{4}|\d\d)", lambda m: _month(m[2], month_number(m[1]))),
    (_YEAR + r"[ -]" + _NAME, lambda m: _month(m[1], month_number(m[2]))),
    (
        r"(\d{1,2})[. -]{1,2}" + _NAME + r"[ -](\d{4}|\d\d)" + _CLOCK,
        lambda m: _named_day(m[3], m[2], m[1]),
    ),
    (_NAME + r" (\d{1,2}),? (\d{4})" + _CLOCK, lambda m: _named_day(m[3], m[1], m[2])),
    (
        _NAME + r" ?(?:-|to|through|thru) ?" + _NAME + r",? " + _YEAR,
        lambda m: _span(m[3], m[1], m[2]),
    ),
    (
        _YEAR + r",? " + _NAME + r" ?(?:-|to|through|thru) ?" + _NAME,
        lambda m: _span(m[1], m[2], m[3]),
    ),
)

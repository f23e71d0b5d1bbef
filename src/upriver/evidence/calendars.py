"""Calendars of the public record: what a period's label means, as the calendar years it covers.

- year, `2021`: the calendar year
- instant, `2021`: its start; `2021.5` the middle, `2021-06-30` a day
- month, `2021-04`
- 12 months ending, `2021-04`: the months that end with it; a rolling sum, never differenced
- quarter, `2021-Q1`: January to March
- half-year, `2021-H1`: January to June
- fiscal year, `FY2021`: of the United States, October 2020 to September 2021

A fiscal year that begins in another month, as most states' do in July, has no calendar of its own:
it is the 12 months that end with its last one.
"""

import re
from collections.abc import Callable
from datetime import date

CALENDARS = ("year", "instant", "month", "12 months ending", "quarter", "half-year", "fiscal year")

Period = tuple[float, float]
"""Calendar years in which a period starts and ends; equal for an instant."""


def period(calendar: str, label: str) -> Period:
    """The period that a label names.

    Raises:
        ValueError: the label is not of that calendar; says what it should look like.
    """
    pattern, example, read = _FORMS[calendar]
    found = re.fullmatch(pattern, label)
    if found is None:
        raise ValueError(f"'{label}' is not a period of the calendar '{calendar}', as {example} is")
    return read(*found.groups())


def month_label(year: int, month: int) -> str:
    """`2021-04`."""
    return f"{year:04d}-{month:02d}"


def month_of(label: str) -> tuple[int, int]:
    """Year and month of a month's label."""
    year, month = label.split("-")
    return int(year), int(month)


def fiscal_month(fiscal_year: int, month: int) -> tuple[int, int]:
    """Calendar year and month of a month of a US fiscal year, which begins in October."""
    return (fiscal_year - 1 if month >= 10 else fiscal_year), month


def fiscal_year(year: int, first: int) -> tuple[str, str]:
    """Calendar and label of the fiscal year that ends in a year and begins in a month, 1 to 12.

    Of the United States (10): `fiscal year`, `FY2021`. From January (1): `year`, `2021`. From July
    (7): `12 months ending`, `2021-06`.
    """
    if first == 10:
        return "fiscal year", f"FY{year:04d}"
    return (
        ("year", f"{year:04d}")
        if first == 1
        else ("12 months ending", month_label(year, first - 1))
    )


def _year(text: str) -> Period:
    return float(text), float(text) + 1


def _instant(text: str) -> Period:
    if "-" in text:
        day = date.fromisoformat(text)
        length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        at = day.year + (day.timetuple().tm_yday - 1) / length
    else:
        at = float(text)
    return at, at


def _month(year: str, month: str) -> Period:
    start = int(year) + (int(month) - 1) / 12
    return start, int(year) + int(month) / 12


def _rolling(year: str, month: str) -> Period:
    end = int(year) + int(month) / 12
    return end - 1, end


def _quarter(year: str, quarter: str) -> Period:
    start = int(year) + (int(quarter) - 1) / 4
    return start, start + 0.25


def _half(year: str, half: str) -> Period:
    start = int(year) + (int(half) - 1) / 2
    return start, start + 0.5


def _fiscal(year: str) -> Period:
    return int(year) - 0.25, int(year) + 0.75


_MONTH = r"(\d{4})-(0[1-9]|1[0-2])"
_FORMS: dict[str, tuple[str, str, Callable[..., Period]]] = {
    "year": (r"(\d{4})", "2021", _year),
    "instant": (r"(\d{4}(?:\.\d+)?|\d{4}-\d\d-\d\d)", "2021 or 2021-06-30", _instant),
    "month": (_MONTH, "2021-04", _month),
    "12 months ending": (_MONTH, "2021-04", _rolling),
    "quarter": (r"(\d{4})-Q([1-4])", "2021-Q1", _quarter),
    "half-year": (r"(\d{4})-H([12])", "2021-H1", _half),
    "fiscal year": (r"FY(\d{4})", "FY2021", _fiscal),
}

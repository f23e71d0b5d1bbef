"""Forecasts as forecast hubs exchange them: one row a quantile, in hubverse's model-output form."""

import calendar
import datetime
from collections.abc import Iterator

from .levels import AHEAD, LEVELS, MONTHS, NEW, SUMS, Forecasts

COLUMNS = (
    "origin_date",
    "target",
    "horizon",
    "target_end_date",
    "location",
    "output_type",
    "output_type_id",
    "value",
)

TARGETS = {
    SUMS: "synthetic opioid overdose deaths in 12 months ending",
    NEW: "synthetic opioid overdose deaths since origin",
}

COUNTRY = "US"


def last_day(month: int) -> datetime.date:
    """Of a month counted from year 0."""
    year, before = divmod(month, MONTHS)
    return datetime.date(year, before + 1, calendar.monthrange(year, before + 1)[1])


def rows(said: Forecasts, month: int, months: int = AHEAD) -> Iterator[tuple[str, ...]]:
    """Rows of one forecaster's forecast from a last month on record; no row where it has none.

    Args:
        months: so many of them ahead.
    """
    for kind, target in TARGETS.items():
        for ahead in range(1, months + 1):
            for level, value in zip(LEVELS, said.at(kind, month, ahead), strict=True):
                if value == value:
                    yield (
                        last_day(month).isoformat(),
                        target,
                        str(ahead),
                        last_day(month + ahead).isoformat(),
                        COUNTRY,
                        "quantile",
                        f"{level:g}",
                        f"{value:.0f}",
                    )


def text(said: Forecasts, month: int, months: int = AHEAD) -> str:
    """A CSV."""
    lines = [COLUMNS, *rows(said, month, months)]
    return "".join(",".join(line) + "\n" for line in lines)

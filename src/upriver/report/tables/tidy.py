"""One tidy table: a row a number, with what it is of, its unit, its interval and where it is from.

The first columns are those of every CSV of values over time (`evidence.record.COLUMNS`), so that
`upriver evidence read csv` reads those rows back; the rest say what was run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from upriver import __version__
from upriver.evidence.record import BESIDE
from upriver.evidence.record import COLUMNS as OF_RECORDS
from upriver.report.figures import CAVEAT, LICENCE

Row: TypeAlias = dict[str, object]
"""Cells by column; a column that is not there is empty."""

COLUMNS = (*OF_RECORDS, *BESIDE)
NUMBERS, WHOLE = ("value", "low", "high"), ("draws",)
"""Columns of numbers, and of whole numbers; all others are text."""

ABOUT = {
    "series": "what the number is of: an output, a lever, a corridor, a record",
    "place": "US, a state, or another place",
    "calendar": "how `period` counts; `years`: from the first to the last, both in; empty: no time",
    "period": "when, in that calendar",
    "value": "the number, in `unit`; empty where it is not known",
    "low": "lower end of the interval, in `unit`",
    "high": "upper end of the interval, in `unit`",
    "unit": "unit of value, low and high; 1: a plain number",
    "source": "upriver with its version, or keys of what was published",
    "vintage": "of the source; of a run, the start of the digest of its table of parameters",
    "status": "what the value is: modelled, reported, estimated, ...",
    "note": "what else a reader should know",
    "world": "which model was run; empty for what is recorded",
    "draws": "draws behind the number; 0: central values alone",
    "quantity": "what is told of the series",
    "statistic": "what the value is among draws: median, mean, share of draws, central value",
    "interval": "share of draws between low and high; `all`: what a withheld count can be",
    "scenario": "title of what was run",
    "scenario_digest": "start of the SHA-256 of the scenario's text",
    "version": "of Upriver",
}
"""What each column holds."""


@dataclass(frozen=True, eq=False)
class Tidy:
    """A command's numbers.

    title, about: what they are, in a line each. note: how sure they are. rows: in order. made: what
    made them, in lines. provenance: the same for programs, one for each run.
    """

    title: str
    rows: Sequence[Row]
    about: str = ""
    note: str = ""
    made: Sequence[str] = ()
    provenance: Sequence[Mapping[str, Any]] = ()

    @property
    def remarks(self) -> list[str]:
        """What stands on top of a CSV, a line each."""
        note = f"Note: {self.note}" if self.note else ""
        top = (self.title, self.about, note, CAVEAT, f"Licence: {LICENCE}")
        return [*(" ".join(line.split()) for line in top if line), *self.made]

    @property
    def head(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "title": self.title,
            "about": self.about,
            "note": self.note,
            "caveat": CAVEAT,
            "licence": LICENCE,
            "version": __version__,
            "provenance": [dict(one) for one in self.provenance],
        }


UNRUN = f"Made by Upriver {__version__}"
"""The line of a table of which no single scenario was run."""

NOT_RUN: Row = dict.fromkeys(("world", "statistic", "scenario", "scenario_digest"), "")
NOT_RUN["draws"] = None
"""Cells of a recorded number among modelled ones."""


def number(
    series: str,
    quantity: str,
    unit: str,
    value: float | None,
    *more: Mapping[str, object],
    low: float | None = None,
    high: float | None = None,
) -> Row:
    """A row: one number, with the ends of its interval if it has one.

    Args:
        more: other cells.
    """
    known = {"value": value, "low": low, "high": high}
    rest = {name: cell for cells in more for name, cell in cells.items()}
    return {"series": series, "quantity": quantity, "unit": unit, **known, **rest}


def interval(
    series: str,
    quantity: str,
    unit: str,
    ends: tuple[float, float, float],
    *more: Mapping[str, object],
) -> Row:
    """A row: a median with its interval, which has none where it has no width.

    Args:
        ends: median, low, high.
        more: other cells.
    """
    median, low, high = ends
    if low == high:
        return number(series, quantity, unit, median, *more)
    return number(series, quantity, unit, median, *more, low=low, high=high)


def share(series: str, quantity: str, value: float | None, *more: Mapping[str, object]) -> Row:
    """A row: in which share of draws something holds."""
    return number(series, quantity, "1", value, {"statistic": "share of draws"}, *more)


def filled(common: Mapping[str, object], rows: Iterable[Row]) -> list[Row]:
    """Rows with what they have in common; where there are no ends, no interval is told."""
    found = []
    for row in rows:
        whole = {"version": __version__, **common, **row}
        if not all(_known(whole.get(end)) for end in ("low", "high")):
            whole["interval"] = ""
        found.append(whole)
    return found


def over(first: float, last: float) -> Row:
    """The cells of a span of whole years: from the first to the last, both in it."""
    return {"calendar": "years", "period": f"{first:g}-{last:g}"}


def in_year(year: float) -> Row:
    """The cells of a calendar year."""
    return {"calendar": "year", "period": f"{year:.0f}"}


def _known(value: object) -> bool:
    """Whether an end is a number."""
    return isinstance(value, int | float) and value == value

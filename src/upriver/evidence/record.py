"""A record: a recorded quantity of one place over its calendar, each value with its source.

A place is `US`, two letters of a state or territory, `YC` (New York City, where the CDC has it
beside the rest of NY), another country's name or two letters, `CA-BC` (a province of Canada), or a
part that is no state: `US:southwest/OFO`, a component of the border agency in a region.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Doubles = NDArray[np.float64]

REQUIRED = ("series", "place", "calendar", "period", "value", "unit", "source", "vintage", "status")
OPTIONAL = ("low", "high", "note", "world", "draws")
"""`world` and `draws` say of a modelled value what was run."""

COLUMNS = (*REQUIRED[:5], "low", "high", *REQUIRED[5:], "note", "world", "draws")
"""The columns, in order, of every CSV of values over time that leaves Upriver."""

BESIDE = ("quantity", "statistic", "interval", "scenario", "scenario_digest", "version")
"""What a command's table has besides (`report.tables`); no part of a record."""

STATUSES = {
    "reported": "as its publisher counted it",
    "rounded": "as its publisher rounded it",
    "estimated": "estimated by its publisher, or adjusted by the authors who used it",
    "computed": "worked out from its publisher's figures, as a sum or a share of them",
    "shared": "a share of a larger place's by population, since none is published for this one",
    "partial": "of a part of the period or of the place; no level beside its neighbours",
    "predicted": "by its publisher's model of what is still to be reported",
    "projected": "of a time after the record",
    "modelled": "by a run of Upriver; no record",
    "digitised": "read off a published chart",
    "stated": "said in a text, without a table behind it",
    "secondary": "taken from a page that quotes its publisher",
    "missing": "not published, or lost",
    "suppressed": "withheld by its publisher, for small numbers",
}
"""What a value is."""

WITHOUT_VALUE = ("missing", "suppressed")

NEWEST = 12
"""Periods that a record prints."""


@dataclass(frozen=True, eq=False)
class Record:
    """A recorded quantity of one place.

    labels: of the periods, as in `calendars`; starts, ends: the calendar years that they cover,
        shape (n,). values: in `unit`, NaN where missing or suppressed; low, high: an interval that
        was published with it, else NaN. sources, vintages, statuses, notes: of each value.
    worlds, draws: of each modelled value, the world in which and the number of draws from which it
        was made; '' elsewhere.
    """

    name: str
    place: str
    calendar: str
    unit: str
    labels: tuple[str, ...]
    starts: Doubles
    ends: Doubles
    values: Doubles
    low: Doubles
    high: Doubles
    sources: tuple[str, ...]
    vintages: tuple[str, ...]
    statuses: tuple[str, ...]
    notes: tuple[str, ...]
    worlds: tuple[str, ...] = ()
    draws: tuple[str, ...] = ()

    @property
    def periods(self) -> Doubles:
        """Calendar years in which the periods start."""
        return self.starts

    @property
    def middles(self) -> Doubles:
        """Where a value is drawn: the middle of its period, the end of a rolling one."""
        return self.ends if self.calendar == "12 months ending" else (self.starts + self.ends) / 2

    @property
    def data_to(self) -> float:
        """Start of the newest period that is a record and no projection; NaN without one."""
        newest = self._newest()
        return math.nan if newest is None else float(self.starts[newest])

    @property
    def newest(self) -> str:
        """Label of the newest period that is a record and no projection; empty without one."""
        newest = self._newest()
        return "" if newest is None else self.labels[newest]

    def at(self, when: float | str) -> float | None:
        """The value of a period, by its label or the year in which it starts; None without one."""
        if isinstance(when, str):
            places = [i for i, label in enumerate(self.labels) if label == when]
        else:
            places = np.flatnonzero(self.starts == when).tolist()
        value = float(self.values[places[0]]) if places else math.nan
        return None if math.isnan(value) else value

    def to_pandas(self) -> "pd.DataFrame":
        """A DataFrame by period: `start` and `end` in calendar years, value, source, the rest."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                "period": self.labels,
                "start": self.starts,
                "end": self.ends,
                "value": self.values,
                "low": self.low,
                "high": self.high,
                "status": self.statuses,
                "source": self.sources,
                "vintage": self.vintages,
                "note": self.notes,
            }
        ).set_index("period")
        frame.attrs = {n: getattr(self, n) for n in ("name", "place", "calendar", "unit")}
        return frame

    def __len__(self) -> int:
        """Number of periods."""
        return len(self.labels)

    def __repr__(self) -> str:
        """What it is, and its newest values."""
        head = f"{self.name}, {self.place} [{self.unit}], by {self.calendar}, {len(self)} periods"
        first = max(0, len(self) - NEWEST)
        lines = [f"  ... {first} earlier; .to_pandas() has all"] if first else []
        for i in range(first, len(self)):
            value = "" if math.isnan(self.values[i]) else f"{self.values[i]:,.10g}"
            said = f"{self.statuses[i]}; {self.sources[i]}, {self.vintages[i]}"
            lines.append(f"  {self.labels[i]}  {value}  ({said})")
        return "\n".join([head, *lines])

    def _repr_html_(self) -> str:
        """The same as a card, for a notebook: all values as points, the newest as a table."""
        from upriver.core.card import card, curve, table

        rows = [
            [label, self._value(i), self.statuses[i], f"{self.sources[i]}, {self.vintages[i]}"]
            for i, label in enumerate(self.labels)
        ][-NEWEST:]
        what = f"{self.name}, {self.place} [{self.unit}]"
        return card(
            what,
            says=[f"Recorded by {self.calendar}, {len(self)} periods."],
            body=[
                curve(self.middles, self.values, label=f"{what}, by {self.calendar}", marks=True),
                table(["period", "value", "what it is", "source, vintage"], rows, numbers=False),
            ],
            foot=[
                f"The newest {NEWEST}; .to_pandas() has all." if len(self) > NEWEST else "",
                "Intervals are those that were published with a value.",
            ],
        )

    def _value(self, i: int) -> str:
        """A value, with the interval that was published with it."""
        if math.isnan(self.values[i]):
            return "–"
        reach = f" ({self.low[i]:,.10g} to {self.high[i]:,.10g})"
        return f"{self.values[i]:,.10g}" + ("" if math.isnan(self.low[i]) else reach)

    def _newest(self) -> int | None:
        known = [
            i
            for i, status in enumerate(self.statuses)
            if status not in ("projected", "modelled", *WITHOUT_VALUE)
        ]
        return max(known, key=lambda i: float(self.ends[i]), default=None)

"""Deaths by month, with the months that are withheld: a count that is censored, not a zero."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import OutOfBounds, show
from upriver.evidence.calendars import month_label, month_of, period
from upriver.evidence.record import Doubles

if TYPE_CHECKING:
    import pandas as pd

MONTHS = 12


@dataclass(frozen=True, eq=False)
class Months:
    """Deaths of residents of a place by month, one month after the other without a gap.

    labels: `2021-04`, shape (n,). starts: the calendar years in which they start, shape (n,).
    values: deaths, shape (n,), NaN where the month is censored. censored: shape (n,), True where it
        is withheld. most: what a withheld month can hold at most (at least: 0).
    source: of all; statuses, vintages: of each month.
    """

    place: str
    labels: tuple[str, ...]
    starts: Doubles
    values: Doubles
    censored: NDArray[np.bool_]
    most: int
    source: str
    statuses: tuple[str, ...]
    vintages: tuple[str, ...]

    @property
    def low(self) -> Doubles:
        """The fewest deaths that each month can hold, shape (n,): 0 where it is withheld."""
        return np.where(self.censored, 0.0, self.values)

    @property
    def high(self) -> Doubles:
        """The most deaths that each month can hold, shape (n,): `most` where it is withheld."""
        return np.where(self.censored, float(self.most), self.values)

    def between(self, first: str, last: str) -> tuple[float, float]:
        """The fewest and the most deaths from a month to another, both included.

        Raises:
            OutOfBounds: a month is not there, or the last is before the first.
        """
        for label in (first, last):
            if label not in self.labels:
                allowed = f"{self.labels[0]} to {self.labels[-1]}"
                raise OutOfBounds(
                    f"{self.place} has no such month", found=show(label), allowed=allowed
                )
        start, end = self.labels.index(first), self.labels.index(last) + 1
        if end <= start:
            raise OutOfBounds(f"the last month, {last}, is before the first, {first}")
        return float(self.low[start:end].sum()), float(self.high[start:end].sum())

    def to_pandas(self) -> "pd.DataFrame":
        """A DataFrame by month: `start`, `value`, `censored`, `low`, `high`, status, vintage."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                "month": self.labels,
                "start": self.starts,
                "value": self.values,
                "censored": self.censored,
                "low": self.low,
                "high": self.high,
                "status": self.statuses,
                "vintage": self.vintages,
            }
        ).set_index("month")
        frame.attrs = {"place": self.place, "unit": "people", "source": self.source}
        return frame

    def __len__(self) -> int:
        """Number of months."""
        return len(self.labels)

    def __repr__(self) -> str:
        """How far they reach, and how many are withheld."""
        withheld = int(self.censored.sum())
        span = f"{self.labels[0]} to {self.labels[-1]}, {len(self)} months"
        held = f", {withheld} of them withheld (0 to {self.most} deaths)" if withheld else ""
        return f"deaths by month, {self.place}: {span}{held}  ({self.source})"


def filled(
    place: str,
    known: Mapping[str, float],
    first: str,
    last: str,
    *,
    most: int,
    source: str,
    vintage: Callable[[str], str],
) -> Months:
    """Months from a first to a last one: those that are known, and the rest withheld.

    Args:
        place: whose deaths they are.
        known: deaths by label.
        first: label of the first month.
        last: label of the last one.
        most: what a month that is not known can hold; where it is 0, that month is a 0.
        source: of all.
        vintage: gives that of a month, withheld or not, by its label.
    """
    labels = tuple(_labels(first, last))
    values = np.array([known.get(label, math.nan) for label in labels])
    censored = np.isnan(values)
    if most == 0:
        values, censored = np.where(censored, 0.0, values), np.zeros(len(labels), dtype=bool)
    return Months(
        place=place,
        labels=labels,
        starts=np.array([period("month", label)[0] for label in labels]),
        values=values,
        censored=censored,
        most=most,
        source=source,
        statuses=tuple("suppressed" if gone else "reported" for gone in censored),
        vintages=tuple(map(vintage, labels)),
    )


def _labels(first: str, last: str) -> list[str]:
    """Months from a first to a last."""
    (year, month), (to, end) = month_of(first), month_of(last)
    numbers = range(year * MONTHS + month - 1, to * MONTHS + end)
    return [month_label(n // MONTHS, n % MONTHS + 1) for n in numbers]

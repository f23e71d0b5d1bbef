"""What is forecast: deaths with synthetic opioids of the country, by month, as final as they are.

Months from 2018 to 2023 are final. Before and after, sums of twelve months are published: those
before are scaled to the final counts of the Decembers around them, those after lowered by what
provisional sums are above final ones (`records.deaths`). A sum and what was counted a year before
it give what is counted to its end, so that any stretch of months has a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from upriver.evidence.figures import series
from upriver.inference.block import Doubles
from upriver.inference.records.deaths import (
    ABOVE,
    FIRST_MONTHS,
    FIRST_SUMS,
    MONTHS,
    SYNTHETIC,
    months,
)

from .levels import AHEAD, SUMS

COUNTER = SYNTHETIC
"""Of a run."""


@dataclass(frozen=True, eq=False)
class Target:
    """Recorded deaths; a month is counted from year 0, so that January 2018 is 2018 * 12.

    first: the month that the first of the sums ends with; sums: of twelve months, shape (n,)
    [people]. counted: deaths from the start of 2018 to the end of each month, by month;
    below nothing before.
    """

    first: int
    sums: Doubles
    counted: dict[int, float]

    @property
    def last(self) -> int:
        """The last month on record."""
        return self.first + len(self.sums) - 1

    def sum_to(self, month: int) -> float:
        """Deaths of the twelve months that end with a month."""
        return float(self.sums[month - self.first])

    def counts(self, kind: str, month: int, ahead: int) -> float:
        """What came: of a kind of forecast, so many months after a last month on record."""
        to = month + ahead
        return self.sum_to(to) if kind == SUMS else self.between(month, to)

    def table(self, kind: str, origins: Iterable[int]) -> Doubles:
        """What came, shape (origins, AHEAD); NaN where nothing did yet."""
        return np.array(
            [
                [
                    self.counts(kind, month, k) if month + k <= self.last else np.nan
                    for k in range(1, AHEAD + 1)
                ]
                for month in origins
            ]
        )

    def between(self, after: int, to: int) -> float:
        """Deaths of the months after one, to another."""
        return self.counted[to] - self.counted[after]


@cache
def target() -> Target:
    """The record that ships."""
    rolling, years = series("deaths_synthetic_12m_predicted"), series("deaths_synthetic")
    ends = np.round(rolling.ends * MONTHS).astype(int) - 1
    final = months()
    begin, after = FIRST_MONTHS * MONTHS, FIRST_SUMS * MONTHS
    counted = {begin - 1 + i: float(final[:i].sum()) for i in range(len(final) + 1)}
    sums = np.empty(len(ends))
    decembers = [int(end) for end in ends if end % MONTHS == MONTHS - 1 and end < after]
    factors = [
        float(years.at(end // MONTHS) or np.nan) / rolling.values[ends == end][0]
        for end in decembers
    ]
    for i, (end, value) in enumerate(zip(ends, rolling.values, strict=True)):
        if end < begin + MONTHS - 1:
            sums[i] = value * np.interp(end, decembers, factors)
        elif end < after:
            sums[i] = counted[int(end)] - counted[int(end) - MONTHS]
        else:
            sums[i] = value / ABOVE
            counted[int(end)] = counted[int(end) - MONTHS] + sums[i]
    for end in range(begin + MONTHS - 2, int(ends[0]) - 1, -1):
        counted[end - MONTHS] = counted[end] - float(sums[end - int(ends[0])])
    return Target(int(ends[0]), sums, counted)

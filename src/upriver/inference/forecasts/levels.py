"""The form of a forecast: quantiles of what is counted, for each origin and each month ahead."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from upriver.inference.block import Doubles

AHEAD = 28
"""Months that are forecast from the last that is on record: two years from four months later."""

LEVELS = np.array([0.01, 0.025, *np.round(np.arange(0.05, 0.951, 0.05), 2), 0.975, 0.99])
"""Quantiles that forecast hubs ask for, shape (23,)."""

MONTHS = 12

SUMS, NEW = "sums", "new"
KINDS = (SUMS, NEW)
"""Deaths of the twelve months that end so many months ahead; and deaths of the months between."""


@dataclass(frozen=True, eq=False)
class Forecasts:
    """What one forecaster says.

    name: of the forecaster. first: last month on record at the first origin, from year 0.
    quantiles: by kind, shape (origins, AHEAD, levels) [people]; NaN where it says nothing.
    """

    name: str
    first: int
    quantiles: dict[str, Doubles]

    @property
    def last(self) -> int:
        """Last month on record at the last origin."""
        return self.first + len(self.quantiles[SUMS]) - 1

    def at(self, kind: str, month: int, ahead: int) -> Doubles:
        """Quantiles of so many months after a last month on record, shape (levels,)."""
        if not self.first <= month <= self.last:
            return np.full(len(LEVELS), np.nan)
        return np.asarray(self.quantiles[kind][month - self.first, ahead - 1])


def empty(name: str, origins: Iterable[int]) -> Forecasts:
    """Forecasts that say nothing yet.

    Args:
        origins: last months on record, one after the other.
    """
    months = list(origins)
    shape = (len(months), AHEAD, len(LEVELS))
    return Forecasts(name, months[0], {kind: np.full(shape, np.nan) for kind in KINDS})

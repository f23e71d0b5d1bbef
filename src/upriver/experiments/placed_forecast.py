"""Deaths with synthetic opioids in a place in the months ahead, as the model alone projects them.

Sums of twelve months, as they would be counted. The fit of a place sees its months to the end of
its own record, and by the country's draws the country's to the end of that, a year later: the
months between are a projection already. There is no ensemble for places; what
such forecasts were worth as of 2021 to 2023 is in docs/unseen.md.
"""

from dataclasses import dataclass
from os import PathLike

import numpy as np

from upriver.core.time import LAST_YEAR
from upriver.engine.tools import quantiles
from upriver.evidence.calendars import month_of
from upriver.evidence.figures import series
from upriver.places.place import Place

from .placed import SYNTHETIC, simulate_place
from .placed_counted import FIRST_MONTHS, MONTHS, months
from .simulate import Run
from .summary import Doubles

ROLLING = "deaths_synthetic_12m"
SHOWN = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Ends of the 90 and 50 % intervals, and the middle, as of the country's forecast."""


@dataclass(frozen=True, eq=False)
class PlaceForecast:
    """Sums of twelve months of a place.

    own_end, end: the last months on record, of the place and of the country, counted from year 0.
    sums: as counted, of the twelve months to each month from December of `FIRST_MONTHS` on, shape
    (draws, months) [people]. run: what they are of.
    """

    place: Place
    run: Run
    own_end: int
    end: int
    sums: Doubles

    def at(self, month: int) -> Doubles:
        """Sums to a month, shape (draws,)."""
        found: Doubles = self.sums[:, month - (FIRST_MONTHS * MONTHS + MONTHS - 1)]
        return found

    def quantiles(self, month: int, levels: tuple[float, ...] = SHOWN) -> Doubles:
        """Quantiles of the sum to a month, shape (levels,) [people]."""
        found: Doubles = quantiles(self.at(month)[:, None], levels)[:, 0]
        return found

    def recorded(self, month: int) -> tuple[float, float] | None:
        """The fewest and most residents recorded in the twelve months to a month, if all are."""
        labels = [label_of(one) for one in range(month - MONTHS + 1, month + 1)]
        if not {labels[0], labels[-1]} <= set(self.place.deaths.labels):
            return None
        return self.place.deaths.between(labels[0], labels[-1])


def label_of(month: int) -> str:
    """The label of a month that is counted from year 0: `2026-01`."""
    return f"{month // MONTHS}-{month % MONTHS + 1:02d}"


def forecast_in(
    place: str, draws: int | None = None, file: str | PathLike[str] | None = None
) -> PlaceForecast:
    """The base projection of a place, as it would be counted.

    Args:
        place: its code. draws: the first so many; by default all that its fit gave it. file: draws
            of places; by default those that ship.

    Raises:
        UnknownName: no such place. InputError: there are no draws of it.
    """
    placed = simulate_place(place, draws=draws, file=file, outputs=(f"cumulative.{SYNTHETIC}",))
    by_month = months(placed.run, last=LAST_YEAR)
    total = np.cumsum(np.pad(by_month, ((0, 0), (1, 0))), axis=1)
    return PlaceForecast(
        place=placed.place,
        run=placed.run,
        own_end=_number(placed.place.deaths.labels[-1]),
        end=_number(series(ROLLING).newest),
        sums=total[:, MONTHS:] - total[:, :-MONTHS],
    )


def _number(label: str) -> int:
    """A month counted from year 0."""
    year, month = month_of(label)
    return year * MONTHS + month - 1

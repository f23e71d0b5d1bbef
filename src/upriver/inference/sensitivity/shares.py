"""What an index is, and what is found of a quantity: a row for each unknown, with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import unknown_name

from .quantities import Asked

Doubles = NDArray[np.float64]
Scale = Literal["number", "rank"]
SCALES: Mapping[str, Scale] = {"number": "number", "rank": "rank"}
"""By name."""

FURTHEST = 0.01
"""Share of draws whose part of the variance is told."""


class Share(NamedTuple):
    """A share of a quantity's variance with its 95 % interval [1]; sampling may take it below 0."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """One unknown, or several that are taken as one.

    first: share of the variance that goes away, in the mean, if it alone were known. total: share
    that stays if all but it were known; None where unknowns hang together. part: of the system.
    of: how many numbers it stands for. stands: whether it is told apart from what chance gives.
    """

    name: str
    part: str
    first: Share
    total: Share | None
    of: int
    stands: bool


@dataclass(frozen=True)
class Sensitivity:
    """What decides a quantity, the unknown that decides most first.

    ends: 2.5, 50 and 97.5 % of the quantity, in its unit. scale: whose variance indices are of, the
    number's or its rank's among all draws. furthest: part of the number's variance that the
    hundredth of draws holds that is furthest off [1]. draws: of the fit, or base points of the
    prior; runs: of the model. floor: of given-data indices, what the largest of so many would reach
    by chance in one of twenty; else None. together: share that all alone come to; None where
    unknowns hang together. made: what made it: version, digests, world, scenario.
    """

    asked: Asked
    ends: tuple[float, float, float]
    scale: Scale
    furthest: float
    draws: int
    runs: int
    rows: tuple[Row, ...]
    floor: float | None
    together: Share | None
    made: Mapping[str, str | int]

    @property
    def of_fit(self) -> bool:
        """Whether it is of the fit, not of the prior."""
        return self.floor is not None

    @property
    def standing(self) -> tuple[Row, ...]:
        """Rows that are told apart from what chance gives."""
        return tuple(row for row in self.rows if row.stands)


def scale_of(given: str) -> Scale:
    """A scale by its name.

    Raises:
        UnknownName: there is none.
    """
    if given in SCALES:
        return SCALES[given]
    raise unknown_name("scale", given, SCALES, where=("--scale", None))


def places_among(own: Doubles, values: Doubles) -> Doubles:
    """Places of values among others, from 0 to 1: the same whatever unit or scale.

    Args:
        own: shape (n,). values: of any shape.
    """
    ordered = np.sort(own)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    return np.asarray((below + upto) / (2 * len(own)))


def furthest(values: Doubles) -> float:
    """Part of the variance that the hundredth of values holds that is furthest off [1]."""
    away = np.sort(np.square(values - values.mean()))[::-1]
    count = max(1, round(FURTHEST * len(values)))
    return float(away[:count].sum() / max(float(away.sum()), 1e-300))


def ends_of(values: Doubles) -> tuple[float, float, float]:
    """2.5, 50 and 97.5 %."""
    low, middle, high = np.percentile(values, [2.5, 50, 97.5]).tolist()
    return low, middle, high

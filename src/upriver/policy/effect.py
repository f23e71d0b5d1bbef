"""What a measure does to the parameters: the evidence's interval, drawn with each run.

An amount of a lever that has an effect is a reach: how many get the measure. What it does to those
is drawn, so a lever is as uncertain as what was found of it. A draw is of a split normal
distribution: half of 95 % on either side of the value. A lever without a drawn effect says which
constants, drawn by the fit, carry what it does.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from .draws import MOST_DRAWS

Doubles = NDArray[np.float64]

SEED = 2027
BLOCK = 50
"""Draws that hold one of each part of the distribution, so that few draws have its median too."""

PLACES = 9
"""Of the ends of an interval, so that a text of it reads back as the same."""

DIGITS = 3
"""Of a factor, so that a page carries the same number as text."""

FURTHEST = 1000.0
"""Times the value that an end of its interval may be: beyond, its text would not read back."""

TAIL = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Effect:
    """What one unit of a measure does, or what carries what it does.

    value: change of the parameters for a full measure; 1 where the amount is the change itself.
    interval: 95 % of it, or None where nothing is drawn. source: key of a reference, or
    `assumption`. carried_by: constants that the fit draws. because: how the one came to the other.
    """

    value: float
    interval: tuple[float, float] | None
    source: str | None
    carried_by: tuple[str, ...]
    because: str

    @property
    def told(self) -> str:
        """What a reader of a card should know of it."""
        if self.interval is None:
            carried = ", ".join(self.carried_by)
            return (
                f"An amount is the change itself; what comes of it hangs on {carried}, which the "
                f"fit draws. {self.because}"
            )
        low, high = self.interval
        judged = ", an assumption" if self.source == "assumption" else ""
        return (
            "An amount is a reach, how many get it. What it does to those is drawn with each run: "
            f"{self.value:g} (95 %: {low:g} to {high:g}){judged}. {self.because}"
        )

    @property
    def spread(self) -> "Spread | None":
        """The interval as factors on the value; None where nothing is drawn."""
        if self.interval is None:
            return None
        return Spread.around(self.value, self.interval)


@dataclass(frozen=True)
class Spread:
    """95 % interval of a factor whose median is 1; it may reach below 0."""

    low: float
    high: float

    @classmethod
    def around(cls, value: float, interval: tuple[float, float]) -> "Spread":
        """An interval as factors on a value that it holds, and that is not 0."""
        low, high = sorted(round(end / value, PLACES) + 0.0 for end in interval)
        return cls(low, high)

    @property
    def can_be_drawn(self) -> bool:
        """Whether the rounded interval still holds the value, and no end is far off."""
        return -FURTHEST <= self.low < 1 < self.high <= FURTHEST


FURTHEST_TOLD = f"each end at most {FURTHEST:,.0f} times the value, and more than a billionth off"


def factors(acts_on: tuple[str, ...], spread: Spread) -> Doubles:
    """Factors on an amount, one a draw, shape (MOST_DRAWS,).

    What is drawn hangs on the parameters and the interval alone, so that a measure has the same
    effect in every scenario and at every level of it, and another measure an independent one.
    """
    return _factors(f"{'|'.join(acts_on)} {spread.low:.4g} {spread.high:.4g}", spread)


@cache
def _factors(name: str, spread: Spread) -> Doubles:
    generator = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    blocks = [generator.permutation(BLOCK) for _ in range(MOST_DRAWS // BLOCK)]
    parts = (np.concatenate(blocks) + generator.random(MOST_DRAWS)) / BLOCK
    normal = NormalDist()
    away = np.array([normal.inv_cdf(part) for part in parts]) / TAIL
    found = 1 + np.where(away < 0, 1 - spread.low, spread.high - 1) * away
    rounded = np.round(found, DIGITS)
    rounded.flags.writeable = False
    return rounded

"""Peaks and falls of twelve-month sums, of what is recorded and of what draws say."""

from dataclasses import dataclass

import numpy as np

from upriver.places.asked import place

from .listed import LAST, MONTHS, months_of

Doubles = np.ndarray

INSIDE = (0.05, 0.95)
"""Quantiles between which 90 % of draws lie."""


@dataclass(frozen=True)
class Turn:
    """A peak and what came after.

    month: in which the highest sum of twelve months ends, from January 2016 [months]. fall:
    logarithm of the last sum over the highest [1]. unfinished: whether deaths went on rising, so
    that the peak is none yet.
    """

    month: float
    fall: float
    unfinished: bool = False


def sums(months: Doubles) -> Doubles:
    """Sums of twelve months, shape (draws, months - 11), from deaths by month (draws, months)."""
    total = np.cumsum(np.concatenate([np.zeros((len(months), 1)), months], axis=1), axis=1)
    return np.asarray(total[:, MONTHS:] - total[:, :-MONTHS])


def turns(months: Doubles) -> tuple[Doubles, Doubles]:
    """Month of the peak and logarithm of the fall of each draw, shapes (draws,)."""
    rolling = np.maximum(sums(months), 0.5)
    at = rolling.argmax(axis=1)
    fall = np.log(rolling[:, -1] / rolling[np.arange(len(rolling)), at])
    return at + MONTHS - 1.0, fall


def middles_of(code: str) -> Doubles:
    """Deaths by month [people], of one that is withheld the middle of what it can be."""
    return np.asarray(np.mean(months_of(code), axis=0))


def recorded_turn(code: str) -> Turn:
    """Of a state's record; a month that is withheld counts as the middle of what it can be.

    A peak is unfinished if the last sum of the months is the highest, or if the provisional sum to
    December 2025 is above it.
    """
    months = middles_of(code)[None]
    at, fall = turns(months)
    later = place(code).deaths_to_december.get("synthetic")
    above = False
    if later is not None:
        after = later.values[later.ends > LAST + 1.5]
        above = bool(np.any(after > sums(months).max()))
    return Turn(float(at[0]), float(fall[0]), unfinished=above or fall[0] == 0)


def inside(draws: Doubles, truth: float) -> bool:
    """Whether the middle 90 % of draws hold what came; draws that are equal to it count as half."""
    below = np.mean(draws < truth) + 0.5 * np.mean(draws == truth)
    return bool(INSIDE[0] <= below <= INSIDE[1])

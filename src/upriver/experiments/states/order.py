"""States in order of a quantity, with the interval of each one's rank over the draws."""

from typing import NamedTuple

import numpy as np

from upriver.engine.tools import quantiles
from upriver.experiments.summary import INTERVAL, Interval

Doubles = np.ndarray


class Ranked(NamedTuple):
    """A state in its place.

    value: of the quantity, in the unit that was asked for. rank: 1 is the most; the interval is
    over draws, in each of which all states stand in one order. recorded: the least and the most
    that the record can hold, in the same unit, or None; status: what it is, '' without one.
    """

    place: str
    name: str
    value: Interval
    rank: Interval
    recorded: tuple[float, float] | None
    status: str

    @property
    def inside(self) -> bool | None:
        """Whether what is recorded meets the interval; None without a record."""
        if self.recorded is None:
            return None
        return self.recorded[0] <= self.value.high and self.recorded[1] >= self.value.low


def intervals(values: Doubles) -> list[Interval]:
    """Median and 95 % interval of each place, of shape (places, draws)."""
    low, median, high = quantiles(np.ascontiguousarray(values.T), INTERVAL)
    return [Interval(*map(float, ends)) for ends in zip(median, low, high, strict=True)]


def ranks(values: Doubles, least_first: bool = False) -> list[Interval]:
    """Median and 95 % interval of each place's rank over draws; each is a rank that it has.

    Args:
        values: shape (places, draws). least_first: 1 is the least, and not the most.
    """
    signed = values if least_first else -values
    # Those before a place in a draw; who stands level shares the better rank.
    found = 1 + np.array([(signed < one).sum(axis=0) for one in signed])
    low, median, high = np.quantile(found, INTERVAL, axis=1, method="inverted_cdf")
    return [Interval(*map(float, ends)) for ends in zip(median, low, high, strict=True)]

"""Costs against what they buy: prices with their interval, the frontier, who is best how often.

A price is a ratio of means. A ratio alone misleads where one of its sides may change its sign, so
each is told with the quarter of the plane that it lies in, and its interval is found among angles:
from the mean, the direction that 2.5 % of draws lie beyond on the cheaper side, and on the dearer.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from upriver.engine.tools import quantiles
from upriver.experiments.summary import INTERVAL, Doubles

SAVES = "saves money"
PRICE = "price"
DOMINATED = "costs more and gains nothing"
TRADES = "costs less and loses"
NOTHING = "changes nothing"

WORTH = 100_000.0
"""USD that one unit of what is gained is weighed with, where two directions are told apart."""


class Price(NamedTuple):
    """USD for one of what is gained: `kind` says what the number is, if there is one.

    value: of `price`, USD for one gained; of `costs less and loses`, USD saved for one lost; None
        for the others.
    """

    kind: str
    value: float | None = None

    def __str__(self) -> str:
        """In words, and whole dollars."""
        if self.value is None:
            return self.kind
        return f"{self.value:,.0f}" if self.kind == PRICE else f"saves {self.value:,.0f} per loss"


class Priced(NamedTuple):
    """A price of means, and the ends of its 95 % interval, cheaper first."""

    mean: Price
    low: Price
    high: Price


class Step(NamedTuple):
    """A scenario on the frontier: its extra cost [USD] and QALYs, and the price of the step to it.

    price: USD for a QALY against the step before; None for the first.
    """

    title: str
    cost: float
    gained: float
    price: float | None


def price(cost: float, gained: float) -> Price:
    """What one of `gained` costs; a word where there is no price."""
    if cost == 0 and gained == 0:
        return Price(NOTHING)
    if gained > 0:
        return Price(SAVES) if cost < 0 else Price(PRICE, cost / gained)
    if cost < 0 and gained < 0:
        return Price(TRADES, cost / gained)
    return Price(SAVES) if cost < 0 else Price(DOMINATED)


def priced(cost: Doubles, gained: Doubles, worth: float = WORTH) -> Priced:
    """The price of means and its interval.

    Args:
        cost: USD, shape (draws,).
        gained: of what is bought, shape (draws,).
        worth: USD, a scale on which both sides can be seen together; moves no mean.
    """
    x, y = float(gained.mean()), float(cost.mean())
    middle = price(y, x)
    if middle.kind == NOTHING or len(cost) == 1:
        return Priced(middle, middle, middle)
    # A turn to the left is dearer. Measured from the mean, so that no draw is cut from its like.
    around = np.arctan2(y, worth * x)
    turned = np.arctan2(cost, worth * gained) - around
    turned = (turned + np.pi) % (2 * np.pi) - np.pi
    low, _, high = quantiles(turned[:, None], INTERVAL)[:, 0]
    ends = [
        price(float(np.sin(around + turn)), float(np.cos(around + turn)) / worth)
        for turn in (min(low, 0.0), max(high, 0.0))
    ]
    return Priced(middle, ends[0], ends[1])


def best(benefits: Sequence[Doubles]) -> list[float]:
    """Share of draws in which each has the highest net benefit; a tie is shared among its own.

    Args:
        benefits: net benefit of each scenario, shape (draws,).
    """
    together = np.array(benefits)
    highest = together == together.max(axis=0)
    return [float(share) for share in (highest / highest.sum(axis=0)).mean(axis=1)]


def frontier(means: Mapping[str, tuple[float, float]]) -> list[Step]:
    """The efficient frontier: what gives most for its cost, at one price after the other.

    Left out is what another betters in both (dominated), and what two others together better
    (extended dominance): along the frontier the price of the next step rises.

    Args:
        means: cost [USD] and QALYs by title, against any common ground.
    """
    ordered = sorted(means.items(), key=lambda item: (item[1][0], -item[1][1]))
    kept: list[tuple[str, float, float]] = []
    for title, (cost, gained) in ordered:
        if kept and gained <= kept[-1][2]:
            continue
        while len(kept) > 1 and _slope(kept[-1], cost, gained) <= _slope(kept[-2], *kept[-1][1:]):
            kept.pop()
        kept.append((title, cost, gained))
    return [
        Step(
            title,
            cost,
            gained,
            None if number == 0 else (cost - kept[number - 1][1]) / (gained - kept[number - 1][2]),
        )
        for number, (title, cost, gained) in enumerate(kept)
    ]


def _slope(before: tuple[str, float, float], cost: float, gained: float) -> float:
    return (cost - before[1]) / (gained - before[2])

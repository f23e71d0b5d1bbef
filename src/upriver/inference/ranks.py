"""Ranks of truths among draws, over many synthetic worlds: is the inference calibrated?

If it is, a truth's rank among draws is any with the same chance, and 90 % of 90 % intervals hold
it. Several are asked at once, so that chances are corrected by Holm's method.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .block import Doubles
from .worlds import World

AMONG = 31
"""Draws that a truth is ranked among."""

INFORMED = 20
"""Unknowns that are looked at: those that records told most of."""

SIMULATED = 4000
SEED = 59


@dataclass(frozen=True)
class Ranked:
    """Of one quantity over worlds.

    worlds: how many. inside: share of 90 % intervals that hold the truth [1]. middle: mean rank,
    from 0 to 1. uneven, off: chances of ranks this uneven, and of a coverage this far off, if the
    inference were right, corrected by Holm [1].
    """

    name: str
    worlds: int
    inside: float
    middle: float
    uneven: float
    off: float


def ranked(worlds: Sequence[World], names: Sequence[str]) -> list[Ranked]:
    """Quantities, then the best informed unknowns.

    Args:
        names: of the unknowns.
    """
    both = _quantities(worlds) | _informed(worlds, names)
    found: dict[str, np.ndarray] = {}
    inside: dict[str, float] = {}
    for name, pairs in both.items():
        found[name] = np.array([_rank(truth, draws) for truth, draws in pairs])
        inside[name] = float(np.mean([_holds(truth, draws) for truth, draws in pairs]))
    uneven = holm({name: _uneven(ranks) for name, ranks in found.items()})
    off = holm({name: _off(inside[name], len(ranks)) for name, ranks in found.items()})
    return [
        Ranked(
            name, len(ranks), inside[name], float(ranks.mean() / AMONG),
            uneven[name], off[name],
        )
        for name, ranks in found.items()
    ]  # fmt: skip


Pairs = list[tuple[float, Doubles]]
"""A truth and draws, of each world."""


def _quantities(worlds: Sequence[World]) -> dict[str, Pairs]:
    return {
        name: [(float(one.quantities[name][0]), one.quantities[name][1:]) for one in worlds]
        for name in worlds[0].quantities
    }


def _informed(worlds: Sequence[World], names: Sequence[str]) -> dict[str, Pairs]:
    """Unknowns whose draws are narrowest, in the mean over worlds."""
    width = np.mean([one.z.std(axis=0) for one in worlds], axis=0)
    return {
        names[i]: [(float(one.truth[i]), one.z[:, i]) for one in worlds]
        for i in np.argsort(width)[:INFORMED]
    }


def _rank(truth: float, draws: Doubles) -> int:
    """How many of some draws, evenly taken, are below the truth: 0 to `AMONG`."""
    which = np.linspace(0, len(draws) - 1, AMONG).round().astype(int)
    return int(np.sum(draws[which] < truth))


def _holds(truth: float, draws: Doubles) -> bool:
    # One more draw lies between such ends with a chance of 90 %, from 19 draws on.
    low, high = np.quantile(draws, [0.05, 0.95], method="weibull")
    return bool(low <= truth <= high)


def _uneven(ranks: np.ndarray) -> float:
    """Chance of a largest distance from evenness, of the share of ranks up to each, this large."""
    generator = np.random.default_rng(SEED)
    even = generator.integers(0, AMONG + 1, (SIMULATED, len(ranks)))
    far = np.array([_distance(one) for one in even])
    return float((1 + np.sum(far >= _distance(ranks))) / (1 + SIMULATED))


def _distance(ranks: np.ndarray) -> float:
    """Largest standardised distance of the shares from those of even ranks."""
    share = np.cumsum(np.bincount(ranks, minlength=AMONG + 1))[:-1] / len(ranks)
    even = np.arange(1, AMONG + 1) / (AMONG + 1)
    return float(np.max(np.abs(share - even) / np.sqrt(even * (1 - even) / len(ranks))))


def _off(inside: float, worlds: int) -> float:
    """Chance of so many or so few of 90 % intervals that hold the truth."""
    from scipy.stats import binomtest

    return float(binomtest(round(inside * worlds), worlds, 0.9).pvalue)


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Chances corrected for how many there are, by Holm's method."""
    found, least = {}, 0.0
    for i, (name, chance) in enumerate(sorted(chances.items(), key=lambda pair: pair[1])):
        least = max(least, min(1.0, chance * (len(chances) - i)))
        found[name] = least
    return found

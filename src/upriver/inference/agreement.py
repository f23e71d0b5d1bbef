"""Whether independent fits found the same, and how many draws they are worth.

Fits from other starts, by other random numbers, are independent. Were each of n draws that know
nothing of each other, their means would vary by an n-th of the variance of draws; so what means do
vary by says what n is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .block import Doubles

ENDS = (5.0, 95.0)


@dataclass(frozen=True)
class Agreement:
    """Of one quantity, over several fits.

    mean, deviation: of all draws, in its unit. apart: largest difference of means, ends_apart: of
    the 5 and 95 %, in deviations. ratio: of the largest deviation to the least. each: independent
    draws that one fit is worth, as the means say.
    """

    name: str
    mean: float
    deviation: float
    apart: float
    ends_apart: float
    ratio: float
    each: float


def agreement(fits: Sequence[Mapping[str, Doubles]]) -> tuple[Agreement, ...]:
    """Quantities of several fits held against each other.

    Args:
        fits: draws of quantities by name, of each fit; two at least.
    """
    return tuple(_of(name, [fit[name] for fit in fits]) for name in fits[0])


def _of(name: str, runs: Sequence[Doubles]) -> Agreement:
    means = np.array([run.mean() for run in runs])
    deviations = np.array([run.std(ddof=1) for run in runs])
    wide = float(np.sqrt(np.mean(deviations**2)))
    ends = np.array([np.percentile(run, ENDS) for run in runs])
    return Agreement(
        name=name,
        mean=float(means.mean()),
        deviation=wide,
        apart=float(np.ptp(means)) / wide,
        ends_apart=float(np.ptp(ends, axis=0).max()) / wide,
        ratio=float(deviations.max() / deviations.min()),
        each=wide**2 / float(means.var(ddof=1)),
    )

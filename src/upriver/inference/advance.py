"""Particles go on from one record to a longer one: weighed by what is new, then moved."""

from dataclasses import dataclass, field

import numpy as np

from .block import Doubles
from .chain import Chain
from .leap import FIRST_STRIDE, Leaps
from .model import Model

LEAST = 0.5
"""Of the particles, that what is new may leave effective; it weighs in full only if more are."""


def weigh(
    z: Doubles, before: Model, model: Model, generator: np.random.Generator
) -> tuple[Doubles, float]:
    """Particles as what is new weighs them, and the share that it leaves effective [1].

    What leaves few weighs by less, and moves do the rest.

    Args:
        z: particles of the record before, shape (particles, unknowns).
    """
    old = before.log_posterior(z, before.predict(z))[0]
    gain = model.log_posterior(z, model.predict(z))[0] - old
    gain = np.where(np.isfinite(gain), gain, -np.inf)
    left, power = effective(gain), 1.0
    while effective(power * gain) < LEAST:
        power *= 0.8
    weight = np.exp(power * (gain - gain.max()))
    at = (np.arange(len(gain)) + generator.random()) / len(gain)
    which = np.searchsorted(np.cumsum(weight) / weight.sum(), at)
    return z[np.minimum(which, len(gain) - 1)], left


def effective(logs: Doubles) -> float:
    """Share of particles that is effective, by logarithms of weights [1]."""
    weight = np.exp(logs - logs.max())
    return float(weight.sum() ** 2 / (weight**2).sum() / len(weight))


@dataclass(frozen=True, eq=False)
class Learnt:
    """What particles leap by: a stride, and coordinates, empty where none are learnt yet."""

    stride: float = FIRST_STRIDE
    coordinates: Doubles = field(default_factory=lambda: np.empty((0, 0)))


@dataclass(frozen=True)
class Effort:
    """How long particles move after each month: leaps; or `more`, where a month leaves few of them.

    settle: leaps where they begin, for their stride. looks: particles at which slopes are learnt.
    """

    leaps: int = 1
    more: int = 4
    settle: int = 6
    looks: int = 16


def move(
    model: Model,
    z: Doubles,
    generator: np.random.Generator,
    learnt: Learnt,
    effort: Effort,
    left: float,
) -> tuple[Chain, Learnt]:
    """Particles that exchange once and leap; and what is learnt for the next time.

    They leap by what was learnt before they last did: coordinates that knew where each particle is
    would not leave the posterior as it is.

    Args:
        left: share of particles that what is new left effective [1].
    """
    chain = Chain(model, z, generator)
    chain.exchange()
    fresh = Leaps(chain, learnt.stride)
    fresh.learn(effort.looks)
    if learnt.coordinates.size:
        leaps = Leaps(chain, learnt.stride, learnt.coordinates)
        count = effort.leaps if left >= LEAST else effort.more
    else:
        leaps, count = fresh, effort.settle
    for _ in range(count):
        leaps.leap(adapt=True)
    return chain, Learnt(leaps.stride, fresh.coordinates)

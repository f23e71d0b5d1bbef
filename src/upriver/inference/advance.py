"""Particles go on from one record to a longer one: weighed by what is new, then moved."""

import numpy as np

from .block import Doubles
from .chain import Chain
from .leap import Leaps
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


def move(
    model: Model, z: Doubles, generator: np.random.Generator, stride: float, leaps: int, looks: int
) -> Leaps:
    """Particles that exchange once and leap a few times; slopes are learnt where they begin.

    Args:
        stride: of a step, as it was last. looks: particles at which slopes are learnt.
    """
    found = Leaps(Chain(model, z, generator), stride)
    found.chain.exchange()
    found.learn(looks)
    for _ in range(leaps):
        found.leap(adapt=True)
    return found

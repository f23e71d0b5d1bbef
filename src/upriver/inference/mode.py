"""The mode: Levenberg and Marquardt's way from a start to where prior times likelihood is largest.

Slopes are difference quotients, one run an unknown. Errors are of a size that the data tell, so
each round weighs with the sizes of the round before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .block import Doubles
from .movable import Movable

ROUNDS = 30
ENOUGH = 0.1
"""Gain of the logarithm in a round that is not worth another."""

DAMPINGS = np.array([0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300])
"""Tried at once in a round, in multiples of the last that was best."""

LARGEST = 1e6


@dataclass(frozen=True)
class Mode:
    """Where it is.

    z: shape (unknowns,). predicted: shape (numbers,). log_density: there, without constants of the
    prior. rounds: how many it took.
    """

    z: Doubles
    predicted: Doubles
    log_density: float
    rounds: int


def mode(
    model: Movable,
    start: Doubles | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    rounds: int = ROUNDS,
    reached: float = np.inf,
) -> Mode:
    """Climb from a start, by default the prior's centre.

    Args:
        start: shape (unknowns,). progress: called with rounds done and rounds at most.
        rounds: at most. reached: logarithm of the density that is high enough.
    """
    z = np.zeros(model.unknowns.size) if start is None else start
    predicted = model.predict(z[None])[0]
    best = float(model.log_posterior(z[None], predicted[None])[0][0])
    damping, done = 1.0, 0
    while done < rounds and damping < LARGEST and best < reached:
        done += 1
        slopes, _ = model.slopes(z)
        curvature = model.curvature(slopes, predicted)
        pull = slopes @ model.log_posterior(z[None], predicted[None])[1][0] - z
        tried = np.array([z + _step(curvature, pull, d) for d in damping * DAMPINGS])
        found = model.predict(tried)
        density = model.log_posterior(tried, found)[0]
        first = int(np.argmax(density))
        gain = float(density[first]) - best
        if progress is not None:
            progress(done, rounds)
        if gain > 0:
            z, predicted, best = tried[first], found[first], float(density[first])
            damping *= float(DAMPINGS[first])
            if gain < ENOUGH:
                break
        else:
            damping *= float(DAMPINGS[-1])
    return Mode(z, predicted, best, done)


def _step(curvature: Doubles, pull: Doubles, damping: float) -> Doubles:
    return np.asarray(np.linalg.solve(curvature + (1 + damping) * np.eye(len(pull)), pull))

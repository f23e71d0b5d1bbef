"""Leaps: particles that follow the slope of the density far before they are asked to stay.

A Hamiltonian move: a particle gets a momentum, and goes on for some steps as a ball would on the
density's surface, by its own exact slope (`Model.with_slope`), in the coordinates that a chain has
learnt. Where the steps end the exact density accepts or refuses. A step costs four runs, and a leap
of fifteen steps leaves little of where a particle was, in directions that the data tell much of
too: some hundred moves of a random walk would.
"""

import numpy as np

from .block import Doubles
from .chain import Chain
from .movable import Sloped

WANTED = 0.75
"""Share of leaps that are taken, to which their steps are set."""

LENGTH = 1.5
"""Of a leap, in standard deviations of the posterior as the curvature has it: a quarter of a circle
leaves nothing of where a particle was."""

MOST_STEPS = 20
SHORTEST, LONGEST = 0.01, 0.4
FIRST_STRIDE = 0.05
FARTHEST = 100.0
"""Standard deviations of the prior from which on a particle is lost: it waits, and is refused."""

VARIED = 0.2
"""Standard deviation of the logarithms of a particle's own step, and of the length of a leap."""


def leap(chain: Chain, stride: float) -> tuple[float, float]:
    """Move all particles once.

    Args:
        chain: of a model with slopes; its coordinates are learnt.
        stride: a step, in standard deviations.

    Returns:
        the mean chance that a leap was taken, and the stride that the next had better have.
    """
    model, draw = chain.model, chain.generator
    if not isinstance(model, Sloped):
        raise TypeError("leaps need a model whose slopes are known")
    n = len(chain.z)
    wanted = LENGTH / stride * np.exp(VARIED * draw.standard_normal())
    steps = int(np.clip(np.round(wanted), 1, MOST_STEPS))
    own = stride * np.exp(VARIED * draw.standard_normal((n, 1)))
    momentum = draw.standard_normal((n, len(chain.free)))
    z = chain.z.copy()
    predicted, density, pull, up = model.with_slope(z)
    energy = density - 0.5 * np.sum(momentum**2, axis=1)
    lost = np.zeros(n, dtype=bool)
    for _ in range(steps):
        momentum += 0.5 * own * chain.scaled(_finite(up[:, chain.free]))
        ahead = z[:, chain.free] + own * chain.scaled(momentum)
        lost |= ~(np.abs(ahead).max(axis=1) < FARTHEST)
        z[:, chain.free] = np.where(lost[:, None], z[:, chain.free], ahead)
        predicted, density, pull, up = model.with_slope(z)
        momentum += 0.5 * own * chain.scaled(_finite(up[:, chain.free]))
    with np.errstate(invalid="ignore"):
        gain = density - 0.5 * np.sum(momentum**2, axis=1) - energy
    gain[np.isnan(gain) | lost] = -np.inf
    taken = np.log(draw.random(n)) < gain
    chain.take(taken, z, predicted, pull, density)
    chance = float(np.mean(np.exp(np.minimum(gain, 0.0))))
    return chance, float(np.clip(stride * np.exp(0.5 * (chance - WANTED)), SHORTEST, LONGEST))


def _finite(slope: Doubles) -> Doubles:
    """A particle that has left what can be computed is refused at the end."""
    return np.where(np.isfinite(slope), slope, 0.0)

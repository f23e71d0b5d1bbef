"""Leaps: particles that follow the slope of the density far before they are asked to stay.

A Hamiltonian move: a particle gets a momentum, and goes on for some steps as a ball would on the
density's surface, by its own exact slope (`Model.with_slope`), in coordinates in which the
posterior is about round (`roundness.py`). Where the steps end the exact density accepts or refuses.
A step costs four runs; three leaps of some forty steps leave a third of where a particle was in the
directions in which it goes most slowly, and next to nothing in most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .block import Doubles
from .chain import Chain
from .movable import Sloped
from .roundness import root

WANTED = 0.75
"""Share of leaps that are taken, to which their steps are set."""

LENGTH = 1.6
"""Of a leap, in standard deviations of the posterior as its coordinates have it: a quarter of a
circle leaves nothing of where a particle was."""

MOST_STEPS = 60
SHORTEST, LONGEST = 0.004, 0.4
FIRST_STRIDE = 0.05
FARTHEST = 100.0
"""Standard deviations of the prior from which on a particle is lost: it waits, and is refused."""

VARIED = 0.2
"""Standard deviation of the logarithms of a particle's own step, and of the length of a leap."""


PAST = 8
"""Leaps whose ends say how particles lie, when that is learnt."""


@dataclass(eq=False)
class Leaps:
    """Particles that leap, and what they have learnt for it.

    chain: of a model with slopes. stride: a step, in standard deviations. coordinates: from those
    in which the posterior is about round to the free unknowns. past: where particles were, shape
    (leaps, particles, free unknowns).
    """

    chain: Chain
    stride: float = FIRST_STRIDE
    coordinates: Doubles = field(default_factory=lambda: np.empty((0, 0)))
    past: Sequence[Doubles] = ()

    def learn(self, looks: int) -> None:
        """Learn coordinates, from the slopes at some of the particles and from how all lie."""
        chain = self.chain
        chain.learn(looks)
        lie = np.concatenate([*self.past, chain.z[:, chain.free]])
        self.coordinates = root(chain.curvature, lie)

    def leap(self, *, adapt: bool = False) -> float:
        """Move all particles once; gives the mean chance that a leap was taken.

        Args:
            adapt: change the stride towards the share that is wanted.
        """
        chance, stride = leap(self.chain, self.stride, self.coordinates)
        self.past = [*self.past, self.chain.z[:, self.chain.free]][-PAST:]
        self.stride = stride if adapt else self.stride
        return chance


def leap(chain: Chain, stride: float, coordinates: Doubles) -> tuple[float, float]:
    """Move all particles once.

    Args:
        chain: of a model with slopes.
        stride: a step, in standard deviations.
        coordinates: from those in which the posterior is about round to the free unknowns, a
            symmetric matrix.

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
        momentum += 0.5 * own * _finite(up[:, chain.free]) @ coordinates
        ahead = z[:, chain.free] + own * (momentum @ coordinates)
        lost |= ~(np.abs(ahead).max(axis=1) < FARTHEST)
        z[:, chain.free] = np.where(lost[:, None], z[:, chain.free], ahead)
        predicted, density, pull, up = model.with_slope(z)
        momentum += 0.5 * own * _finite(up[:, chain.free]) @ coordinates
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

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
"""Of a leap: where steps have to be shorter than a sixtieth of its length, it is shorter too."""

SHORTEST, LONGEST = 0.004, 0.4
FIRST_STRIDE = 0.05
FARTHEST = 100.0
"""Standard deviations of the prior from which on a particle is lost: it waits, and is refused."""

VARIED = 0.2
"""Standard deviation of the logarithms of a particle's own step, and of the length of a leap."""

PAST = 8
"""Leaps before which particles' places say how they lie, when that is learnt."""

WORTH = 1 / 6
"""Of a place before a leap, of an independent one: what particles keep of where they were."""


@dataclass(eq=False)
class Leaps:
    """Particles that leap, and what they have learnt for it.

    chain: of a model with slopes. stride: a step, in standard deviations. coordinates: from those
    in which the posterior is about round to the free unknowns, a symmetric matrix. past: where
    particles were before their last leaps, shape (particles, unknowns) each.
    """

    chain: Chain
    stride: float = FIRST_STRIDE
    coordinates: Doubles = field(default_factory=lambda: np.empty((0, 0)))
    past: Sequence[Doubles] = ()

    def learn(self, looks: int) -> None:
        """Learn coordinates, from the slopes at some of the particles and from how all lie."""
        chain = self.chain
        chain.learn(looks)
        lie = np.unique(np.concatenate([*self.past, chain.z]), axis=0)[:, chain.free]
        independent = len(np.unique(chain.z, axis=0)) * (1 + WORTH * len(self.past))
        self.coordinates = root(chain.curvature, np.ascontiguousarray(lie), independent)

    def leap(self, *, adapt: bool = False) -> float:
        """Move all particles once; gives the mean chance that a leap was taken.

        Args:
            adapt: change the stride towards the share that is wanted.
        """
        chain, model, draw = self.chain, self.chain.model, self.chain.generator
        if not isinstance(model, Sloped):
            raise TypeError("leaps need a model whose slopes are known")
        self.past = [*self.past, chain.z][-PAST:]
        wanted = LENGTH / self.stride * np.exp(VARIED * draw.standard_normal())
        steps = int(np.clip(np.round(wanted), 1, MOST_STEPS))
        own = self.stride * np.exp(VARIED * draw.standard_normal((len(chain.z), 1)))
        momentum = draw.standard_normal((len(chain.z), len(chain.free)))
        z, lost = chain.z.copy(), np.zeros(len(chain.z), dtype=bool)
        predicted, density, pull, up = model.with_slope(z)
        energy = density - 0.5 * np.sum(momentum**2, axis=1)
        for _ in range(steps):
            momentum += 0.5 * own * self._along(up)
            ahead = z[:, chain.free] + own * (momentum @ self.coordinates)
            lost |= ~(np.abs(ahead).max(axis=1) < FARTHEST)
            z[:, chain.free] = np.where(lost[:, None], z[:, chain.free], ahead)
            predicted, density, pull, up = model.with_slope(z)
            momentum += 0.5 * own * self._along(up)
        with np.errstate(invalid="ignore"):
            gain = density - 0.5 * np.sum(momentum**2, axis=1) - energy
        gain[np.isnan(gain) | lost] = -np.inf
        chain.take(np.log(draw.random(len(z))) < gain, z, predicted, pull, density)
        chance = float(np.mean(np.exp(np.minimum(gain, 0.0))))
        if adapt:
            stride = self.stride * np.exp(0.5 * (chance - WANTED))
            self.stride = float(np.clip(stride, SHORTEST, LONGEST))
        return chance

    def _along(self, up: Doubles) -> Doubles:
        """A slope in the coordinates; a particle that cannot be computed is refused at the end."""
        slope = up[:, self.chain.free]
        return np.asarray(np.where(np.isfinite(slope), slope, 0.0) @ self.coordinates)

"""Many particles that move until they are the posterior.

A move is a preconditioned Crank-Nicolson step with a drift (an infinite-dimensional Langevin step):
in coordinates in which the posterior is about standard normal, a particle keeps part of where it
is, goes up the density by what the mean slopes of predictions say, and takes something new. The
exact density, from the engine, accepts or refuses. Coordinates and slopes are learnt from
difference quotients at some particles, before draws are kept; after that nothing changes but the
particles.

Now and then particles exchange differences instead, which leads from one hill of the posterior to
another. Spreads and persistences of the disturbances move apart from their courses
(`Wander.retell`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .block import Doubles
from .movable import Movable

WANTED = 0.3
"""Share of moves that are taken, to which the size of a move is set."""

SMALL, FIRST, LARGE = 0.005, 0.05, 0.9
"""Sizes of a move [1]: least, at first, most."""

VARIED = 0.3
"""Standard deviation of the logarithm of a particle's own size of move."""

PLAIN, SHORTER = 0.2, 0.4
"""Share of moves without a drift, and how much shorter they are: a particle in a tail, where mean
slopes mislead, leaves it by them."""

INFORMED = 0.05
"""Curvature above which a direction is informed by the data; that of the prior is 1."""

SLOWER = 0.3
"""Moves are shorter along a direction by this power of how narrow the posterior is there: slopes
are less sure where the data say much, and a particle has less far to go."""

MOST = 6
"""Unknowns that are exchanged at once."""

MOVING = ("z", "predicted", "pull", "density")

RETOLD = 5
"""How often spreads and persistences are tried after a move."""

MEMORY = 0.5
"""Weight of what was learnt before, when it is learnt again."""


@dataclass(eq=False)
class Chain:
    """Particles of a model.

    z: shape (particles, unknowns). size: of a move [1]. The rest follows: predictions, logarithm
    of prior times likelihood, its slope in predictions.
    """

    model: Movable
    z: Doubles
    generator: np.random.Generator
    size: float = FIRST
    slopes: Doubles = field(default_factory=lambda: np.empty((0, 0)))
    curvature: Doubles = field(default_factory=lambda: np.empty((0, 0)))
    centre: Doubles = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        """Run the particles where they are; whoever gave them keeps theirs."""
        self.z = self.z.copy()
        self.predicted = self._predict(self.z)
        self.density, self.pull = self.model.log_posterior(self.z, self.predicted)
        fixed = self.model.unknowns.hyper
        self.free = np.setdiff1d(np.arange(self.model.unknowns.size), fixed)
        self.blocks = _blocks(self.model.unknowns.names)

    def restore(self, held: Mapping[str, Doubles]) -> None:
        """Put back what a chain was at: its particles, and what was learnt."""
        for name, value in held.items():
            setattr(self, name, value)
        self._turn()

    def learn(self, particles: int) -> None:
        """Learn coordinates and slopes at some of the particles."""
        chosen = self.generator.choice(len(self.z), min(particles, len(self.z)), replace=False)
        looks = [self._slopes(int(i)) for i in chosen]
        slopes = np.mean([found for found, _ in looks], axis=0)[self.free]
        curvatures = [self.model.curvature(found, predicted) for found, predicted in looks]
        curvature = np.mean(curvatures, axis=0)[np.ix_(self.free, self.free)]
        if self.centre.size:
            slopes = MEMORY * self.slopes + (1 - MEMORY) * slopes
            curvature = MEMORY * self.curvature + (1 - MEMORY) * curvature
        self.slopes, self.curvature = slopes, curvature
        self.centre = self.z[:, self.free].mean(axis=0)
        self._turn()

    def _turn(self) -> None:
        """Coordinates from the curvature: informed directions, and how wide the posterior is."""
        values, vectors = np.linalg.eigh(self.curvature)
        informed = values > INFORMED
        self._vectors = vectors[:, informed]
        self._widths = 1 / np.sqrt(1 + values[informed])
        self._middle = self._vectors @ (self._vectors.T @ self.centre)

    def step(self, *, adapt: bool = False) -> float:
        """Move all particles once; gives the mean chance that a move was taken.

        Args:
            adapt: change the size of moves towards the share that is wanted.
        """
        draw = self.generator
        n = len(self.z)
        own = np.exp(VARIED * draw.standard_normal((n, 1)))
        plain = draw.random((n, 1)) < PLAIN
        size = np.minimum(self.size * np.where(plain, SHORTER, 1.0) * own, LARGE)
        here, up = self._place(self.z, self.pull)
        move = _Move(size, plain, self._vectors, self._widths**SLOWER)
        new = draw.standard_normal(here.shape)
        there = move.mean(here, up) + move.spread(new)
        tried = self.z.copy()
        tried[:, self.free] = self._middle + self._scale(there, 1)
        predicted = self._predict(tried)
        density, pull = self.model.log_posterior(tried, predicted)
        _, up_there = self._place(tried, pull)
        forth = np.sum(new**2, axis=1)
        back = move.length(here - move.mean(there, up_there))
        with np.errstate(invalid="ignore"):
            gain = density - self.density - 0.5 * (back - forth)
        gain[np.isnan(gain)] = -np.inf
        taken = np.log(draw.random(n)) < gain
        chance = float(np.mean(np.exp(np.minimum(gain, 0))))
        self.take(taken, tried, predicted, pull, density)
        if adapt:
            self.size = float(
                np.clip(self.size * np.exp(0.1 * (chance - WANTED) / WANTED), SMALL, LARGE)
            )
        return chance

    def take(
        self,
        taken: NDArray[np.bool_],
        z: Doubles,
        predicted: Doubles,
        pull: Doubles,
        density: Doubles,
    ) -> None:
        """Put particles whose move was taken where it led; then retell disturbances."""
        self.z = np.where(taken[:, None], z, self.z)
        self.predicted = np.where(taken[:, None], predicted, self.predicted)
        self.pull = np.where(taken[:, None], pull, self.pull)
        self.density = np.where(taken, density, self.density)
        self._retell()

    def exchange(self) -> float:
        """Move each particle in some unknowns of one kind by the difference of two others.

        First one half moves by differences within the other, then the other. Where the posterior
        has several hills, differences lead from one to the next.
        """
        order = self.generator.permutation(len(self.z))
        halves = order[: len(order) // 2], order[len(order) // 2 :]
        return float(np.mean([self._exchanged(*halves), self._exchanged(*halves[::-1])]))

    def _exchanged(self, mine: NDArray[np.int_], theirs: NDArray[np.int_]) -> float:
        draw = self.generator
        one, other = (draw.choice(theirs, len(mine)) for _ in range(2))
        moves = np.zeros((len(mine), self.z.shape[1]))
        for i, block in enumerate(draw.integers(0, len(self.blocks), len(mine))):
            which = self.blocks[block]
            moves[i, which] = self.z[one[i], which] - self.z[other[i], which]
        tried = self.z[mine] + moves
        predicted = self._predict(tried, mine)
        density, pull = self.model.log_posterior(tried, predicted)
        with np.errstate(invalid="ignore"):
            gain = density - self.density[mine]
        taken = np.log(draw.random(len(mine))) < gain
        for name, new in zip(MOVING, (tried, predicted, pull, density), strict=True):
            getattr(self, name)[mine[taken]] = new[taken]
        return float(taken.mean())

    def _predict(self, z: Doubles, of: NDArray[np.int_] | None = None) -> Doubles:
        """What runs predict of particles, by default all; one may be tied to something by number.

        Args:
            z: where they are, or would be, shape (particles, unknowns). of: their numbers.
        """
        return self.model.predict(z)

    def _slopes(self, particle: int) -> tuple[Doubles, Doubles]:
        """Of predictions in the unknowns where a particle is, and predictions."""
        return self.model.slopes(self.z[particle])

    def _place(self, z: Doubles, pull: Doubles) -> tuple[Doubles, Doubles]:
        """Where particles are in the learnt coordinates, and where the drift would bring them."""
        z = z[:, self.free]
        here = self._scale(z - self._middle, -1)
        return here, self._scale(pull @ self.slopes.T - z, 1) + here

    def _scale(self, x: Doubles, power: int) -> Doubles:
        """Stretch informed directions by their widths, or back."""
        along = x @ self._vectors
        return np.asarray(x + (along * (self._widths**power - 1)) @ self._vectors.T)

    def _retell(self) -> None:
        unknowns = self.model.unknowns
        before = np.sum(self.z**2, axis=1)
        for one, place in zip(unknowns.wanders, unknowns.of_wanders, strict=True):
            for _ in range(RETOLD):
                self.z[:, place] = one.retell(self.z[:, place], self.generator)
        self.density = self.density + 0.5 * (before - np.sum(self.z**2, axis=1))


def _blocks(names: Sequence[str]) -> list[list[int]]:
    """Unknowns of one kind: of one row of a room, or of one stem, a few at a time."""
    kinds: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        stem, _, row = name.rstrip("]").partition("[")
        room = stem.split(".")[0]
        kinds.setdefault(stem.rpartition(".")[0], []).append(i)
        if row and not row[0].isdigit():
            kinds.setdefault(f"{room}[{row}]", []).append(i)
    return [
        places[at : at + MOST]
        for places in kinds.values()
        for at in range(0, len(places), MOST // 2)
    ]


@dataclass(frozen=True, eq=False)
class _Move:
    """A step with a drift, shorter in directions that the data tell more of.

    size: of a step in the others, shape (particles, 1) [1]. plain: which moves have no drift, same
    shape. along: directions that are told, shape (coordinates, directions); shorter: by how much,
    shape (directions,) [1].
    """

    size: Doubles
    plain: NDArray[np.bool_]
    along: Doubles
    shorter: Doubles

    def mean(self, here: Doubles, up: Doubles) -> Doubles:
        """Where a step leads on average."""
        return self._by(_kept, here) + self._by(_drifts, np.where(self.plain, 0.0, up))

    def spread(self, new: Doubles) -> Doubles:
        """What is new in a step, from standard normal numbers."""
        return self._by(lambda size: size, new)

    def length(self, away: Doubles) -> Doubles:
        """Square of a distance in sizes of the step, shape (particles,)."""
        return np.asarray(np.sum(self._by(lambda size: 1 / size, away) ** 2, axis=1))

    def _by(self, scale: Callable[[Doubles], Doubles], x: Doubles) -> Doubles:
        more = scale(self.size * self.shorter) - scale(self.size)
        return np.asarray(scale(self.size) * x + (more * (x @ self.along)) @ self.along.T)


def _kept(size: Doubles) -> Doubles:
    return np.asarray(np.sqrt(1 - size**2))


def _drifts(size: Doubles) -> Doubles:
    return 1 - _kept(size)

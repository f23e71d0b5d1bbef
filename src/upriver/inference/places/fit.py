"""The fit of one place: particles that are each tied to a draw of the country.

A climb finds the mode of one central draw of the country. From there each particle, one for each of
the country's draws, climbs on in its own draw, by slopes that all share; then they spread and move
as the country's did (`chain`), each in the market and with the constants of its own draw. No
particle takes the draw of another, and none is weighed against another: what a place records says
how the place differs, and nothing of the country.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upriver.inference.chain import MOVING, Chain
from upriver.inference.mode import Mode, mode

from .model import PlaceModel

Doubles = np.ndarray
Progress = Callable[[int, int], None]
"""Called with rounds done and rounds in all."""

RETOLD_APART = 3
"""How often it is tried after a move how far counts are apart."""

FAR = 40.0
"""Logarithm of the density below the median from which a particle climbs alone."""

ALONE = 20
"""Rounds of such a climb at most: what then is still far goes on with the others."""

STEP_APART = 0.5
"""Of a try of how far counts are apart [standard deviations of the prior]."""


@dataclass(frozen=True)
class Effort:
    """How long a fit is.

    climb: rounds in which each particle climbs in its own draw. warm: rounds before what is learnt
    is left alone; keep: rounds after. learning: rounds between two looks at slopes, each at `looks`
    particles. exchange: one round in so many exchanges differences. spread: of particles around
    where they climbed to, in widths of the curvature.
    """

    climb: int = 20
    warm: int = 200
    keep: int = 200
    learning: int = 50
    looks: int = 6
    exchange: int = 10
    spread: float = 0.3

    @property
    def rounds(self) -> int:
        """In all."""
        return self.warm + self.keep


@dataclass(frozen=True, eq=False)
class PlaceFit:
    """Draws of a place, one for each of the country's, in their order.

    z: unknowns, shape (draws, unknowns). predicted: shape (draws, numbers). density: logarithm of
    prior times likelihood, shape (draws,). taken: mean share of moves that were taken. halfway: z
    in the middle of the rounds that were kept, by which it is seen whether particles were still on
    their way.
    """

    model: PlaceModel
    z: Doubles
    predicted: Doubles
    density: Doubles
    taken: float
    halfway: Doubles
    seed: int

    @property
    def drift(self) -> float:
        """By how much particles' mean moved in the second half of what was kept.

        The largest over unknowns, in standard deviations of the draws; by chance alone it is some
        three tenths [1].
        """
        moved = self.z.mean(axis=0) - self.halfway.mean(axis=0)
        return float(np.max(np.abs(moved) / np.maximum(self.z.std(axis=0), 1e-9)))


class TiedChain(Chain):
    """Particles of a place: particle k stays with the country's draw k, whatever it does."""

    model: PlaceModel
    held = True
    """Whether it stays as thought before how far counts are apart: while particles are far from
    what is recorded, a large error would explain all."""

    def climb(self, rounds: int) -> None:
        """Each particle goes up in its own draw, by the slopes that all share.

        A step that leads down is not taken, and the next is half as long.
        """
        size = np.ones((len(self.z), 1))
        inside = self.curvature + np.eye(len(self.curvature))
        for _ in range(rounds):
            up = self.pull @ self.slopes.T - self.z[:, self.free]
            tried = self.z.copy()
            tried[:, self.free] += size * np.linalg.solve(inside, up.T).T
            self._take(tried, size)

    def fetch(self, far: float) -> int:
        """Particles far below the others climb alone, by slopes of their own; gives how many.

        Shared slopes mislead where a draw of the country is unlike the others. A climb ends among
        the others, not at its top: from there the moves of all lead on.

        Args:
            far: logarithm of the density below the median of all from which a particle is far.
        """
        among = float(np.median(self.density))
        behind = np.flatnonzero(self.density < among - far)
        for k in behind:
            alone = self.model.of_draw(int(k))
            self.z[k] = mode(alone, self.z[k], rounds=ALONE, reached=among - far / 4).z
        return len(behind)

    def _take(self, tried: Doubles, size: Doubles) -> None:
        predicted = self._predict(tried)
        density, pull = self.model.log_posterior(tried, predicted)
        higher = density > self.density
        for name, new in zip(MOVING, (tried, predicted, pull, density), strict=True):
            getattr(self, name)[higher] = new[higher]
        size[:, 0] = np.clip(np.where(higher, 1.5, 0.5) * size[:, 0], 0.02, 1.0)

    def spread_out(self, by: float) -> None:
        """Move particles about where they are, as the curvature would have them, times `by`."""
        root = np.linalg.cholesky(np.linalg.inv(self.curvature + np.eye(len(self.curvature))))
        new = self.generator.standard_normal((len(self.z), len(self.free)))
        self.z[:, self.free] += by * new @ root.T
        self.predicted = self._predict(self.z)
        self.density, self.pull = self.model.log_posterior(self.z, self.predicted)

    def _predict(self, z: Doubles, of: NDArray[np.int_] | None = None) -> Doubles:
        return self.model.predict(z, slice(None) if of is None else of)

    def _slopes(self, particle: int) -> tuple[Doubles, Doubles]:
        return self.model.slopes(self.z[particle], particle)

    def _retell(self) -> None:
        """What needs no run: spread and persistence, and how far counts are apart."""
        super()._retell()
        if self.held:
            return
        where = self.model.unknowns.of_apart
        for _ in range(RETOLD_APART):
            tried = self.z.copy()
            new = self.generator.standard_normal((len(tried), where.stop - where.start))
            tried[:, where] += STEP_APART * new
            density, pull = self.model.log_posterior(tried, self.predicted)
            taken = np.log(self.generator.random(len(tried))) < density - self.density
            self.z = np.where(taken[:, None], tried, self.z)
            self.density = np.where(taken, density, self.density)
            self.pull = np.where(taken[:, None], pull, self.pull)


def climb(model: PlaceModel, central: int, start: Doubles | None = None) -> Mode:
    """The mode in one draw of the country.

    Args:
        central: number of the draw. start: shape (unknowns,); by default what is thought before.
    """
    return mode(model.of_draw(central), start)


def fit(
    model: PlaceModel,
    central: int,
    seed: int,
    effort: Effort = Effort(),
    progress: Progress | None = None,
) -> PlaceFit:
    """Fit a place.

    Args:
        model: over the country's draws, a particle each.
        central: number of the country's draw from which the climb starts.
        seed: of the random numbers.
        progress: called after each round.
    """
    generator = np.random.default_rng([seed, 51])
    top = climb(model, central)
    chain = TiedChain(model, np.repeat(top.z[None], model.draws, axis=0), generator)
    for _ in range(2):
        chain.learn(effort.looks)
        chain.climb(effort.climb // 2)
    chain.fetch(FAR)
    chain.learn(effort.looks)
    chain.spread_out(effort.spread)
    taken = []
    halfway = chain.z
    for done in range(1, effort.rounds + 1):
        chain.held = done <= effort.warm // 3
        if done % effort.exchange == 0:
            chain.exchange()
        else:
            took = chain.step(adapt=done <= effort.warm)
            if done > effort.warm:
                taken.append(took)
        if done < effort.warm and done % effort.learning == 0:
            chain.learn(effort.looks)
        if done == effort.warm + effort.keep // 2:
            halfway = chain.z.copy()
        if progress is not None:
            progress(done, effort.rounds)
    return PlaceFit(
        model,
        chain.z,
        chain.predicted,
        chain.density,
        float(np.mean(taken)) if taken else float("nan"),
        halfway,
        seed,
    )

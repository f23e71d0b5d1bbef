"""A disturbance as unknowns: how far it wanders, how long it lasts, and what is new at each knot.

Knots stand half a year apart. Those that the record says nothing of are none of the unknowns:
before the first, nothing is disturbed; after the last, what is new is drawn when draws are made.
"""

from dataclasses import dataclass

import numpy as np

from upriver.core.table import Column
from upriver.core.time import FIRST_YEAR
from upriver.policy.disturbances import course, disturbance
from upriver.policy.fitted import KNOTS

from .block import Doubles

A_YEAR = 2
PERSISTENCE_YEARS = 3.0
DOUBT = 0.5
"""Standard deviation of the logarithms of spread and of persistence."""

HYPER = 2
TRIES = (0.4, 0.6)
"""Steps of a proposal for spread and persistence [standard deviations]."""


@dataclass(frozen=True)
class Wander:
    """One disturbance.

    path: its parameter; spread: of the logarithm, as thought before [1]; first: knot from which on
    it may differ from 1; last: the knot after the end of the record.
    Its unknowns: spread, persistence, then what is new at each knot from first to last.
    """

    path: str
    spread: float
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many unknowns it has."""
        return HYPER + self.last - self.first + 1

    @property
    def names(self) -> tuple[str, ...]:
        """Of its unknowns."""
        years = FIRST_YEAR + np.arange(self.first, self.last + 1) / A_YEAR
        own = (f"{self.path}.spread", f"{self.path}.persistence")
        return (*own, *(f"{self.path}.new[{year:g}]" for year in years))

    def hyper(self, z: Doubles) -> tuple[Doubles, Doubles]:
        """Spread and persistence [year], shapes (draws,)."""
        return (
            self.spread * np.exp(DOUBT * z[:, 0]),
            PERSISTENCE_YEARS * np.exp(DOUBT * z[:, 1]),
        )

    def column(self, z: Doubles, ahead: Doubles | None = None) -> Column:
        """The factor by step, shape (draws, STEPS + 1).

        Args:
            z: its unknowns, shape (draws, size).
            ahead: what is new at knots after the last, shape (draws, KNOTS - last - 1); by default
                nothing, so that it fades.
        """
        new = np.zeros((len(z), KNOTS))
        new[:, self.first : self.last + 1] = z[:, HYPER:]
        if ahead is not None:
            new[:, self.last + 1 :] = ahead
        spread, persistence = self.hyper(z)
        return disturbance(new, spread=spread, persistence_years=persistence)

    def retell(self, z: Doubles, generator: np.random.Generator) -> Doubles:
        """Another spread and persistence for the same course: unknowns, shape (draws, size).

        A Metropolis step: the run does not change, so only priors decide.
        """
        tried = z.copy()
        tried[:, :HYPER] += np.array(TRIES) * generator.standard_normal((len(z), HYPER))
        (adds, kept), (other, fading) = self._fading(z), self._fading(tried)
        logs = self._logs(z, adds, kept)
        before = np.concatenate([np.zeros((len(z), 1)), logs[:, :-1]], axis=1)
        tried[:, HYPER:] = (logs - fading[:, None] * before) / other
        gain = -0.5 * np.sum(tried**2 - z**2, axis=1) + np.sum(np.log(adds / other), axis=1)
        taken = np.log(generator.random(len(z))) < gain
        return np.where(taken[:, None], tried, z)

    def owed(self, z: Doubles, by_step: Doubles, within: tuple[float, float]) -> Doubles:
        """What a slope in the factor by step is in what is new, shape (draws, size).

        Spread and persistence have none here: they move with the course held.

        Args:
            by_step: shape (draws, steps), from the start on. within: the factor's bounds.
        """
        steps = by_step.shape[1]
        factor = self.column(z)[:, :steps]
        held = np.where((factor >= within[0]) & (factor <= within[1]), by_step, 0.0)
        knots = held @ course(np.eye(KNOTS))[self.first : self.last + 1, :steps].T
        adds, kept = self._fading(z)
        logs = self._logs(z, adds, kept)
        found, later = np.zeros_like(z), np.zeros(len(z))
        for i in reversed(range(logs.shape[1])):
            later = knots[:, i] * np.exp(logs[:, i]) + kept * later
            found[:, HYPER + i] = adds[:, i] * later
        return found

    def _logs(self, z: Doubles, adds: Doubles, kept: Doubles) -> Doubles:
        """Logarithms of the factor at its knots, shape (draws, knots)."""
        logs = np.zeros_like(z[:, HYPER:])
        held = np.zeros(len(z))
        for i in range(logs.shape[1]):
            held = logs[:, i] = kept * held + adds[:, i] * z[:, HYPER + i]
        return logs

    def _fading(self, z: Doubles) -> tuple[Doubles, Doubles]:
        """What is new at each knot adds, shape (draws, knots), and what is kept of the one before.

        At the start of the run a disturbance is as wide as it ever is.
        """
        spread, persistence = self.hyper(z)
        kept = np.exp(-1 / (A_YEAR * persistence))
        adds = np.repeat((spread * np.sqrt(1 - kept**2))[:, None], self.size - HYPER, axis=1)
        if self.first == 0:
            adds[:, 0] = spread
        return adds, kept

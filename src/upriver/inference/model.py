"""A rival and a record put together: from unknowns to predictions, density and slope."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from upriver.core.table import Table
from upriver.engine.run import load

from .block import Doubles
from .likelihood import Likelihood
from .pullback import owed
from .unknowns import Unknowns

AT_ONCE = 500
"""Draws a call of the engine: their outputs at all steps take some 40 MB."""

APART = 0.02
"""Step of a difference quotient, in standard deviations of the prior."""


@dataclass(frozen=True)
class Model:
    """What is unknown, and what is recorded."""

    unknowns: Unknowns
    likelihood: Likelihood

    def predict(self, z: Doubles) -> Doubles:
        """What runs predict of the record, shape (draws, numbers).

        Args:
            z: shape (draws, unknowns).
        """
        found = np.empty((len(z), self.likelihood.size))
        for at in range(0, len(z), AT_ONCE):
            part = slice(at, at + AT_ONCE)
            missed = self.unknowns.missed(z[part])
            table = self.unknowns.base.replace(self.unknowns.columns(z[part]))
            found[part] = self.likelihood.predict(self.run(table), missed)
        return found

    def run(self, table: Table) -> Doubles:
        """Outputs that the likelihood needs, at every step to its last."""
        last = self.likelihood.last_step
        return load().run(
            table.columns,
            outputs=self.likelihood.outputs,
            instants=self._instants,
            last_step=last,
        )

    @cached_property
    def _instants(self) -> np.ndarray:
        return np.arange(self.likelihood.last_step + 1)

    def log_posterior(self, z: Doubles, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of prior times likelihood, and the likelihood's slope in what is predicted.

        The prior is without its constant. Shapes (draws,) and (draws, numbers).
        """
        found, slope = self.likelihood.log_density(predicted)
        return found - 0.5 * np.sum(z**2, axis=1), slope

    def with_slope(self, z: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
        """Predictions, logarithm of prior times likelihood, its slope in predictions and unknowns.

        One run forward and once backward, some four runs.

        Args:
            z: shape (draws, unknowns).

        Returns:
            shapes (draws, numbers), (draws,), (draws, numbers) and (draws, unknowns).
        """
        unknowns, likelihood = self.unknowns, self.likelihood
        table, missed = unknowns.base.replace(unknowns.columns(z)), unknowns.missed(z)
        values = self.run(table)
        predicted = likelihood.predict(values, missed)
        density, pull = self.log_posterior(z, predicted)
        slope = owed(unknowns, z, table, *likelihood.owed(values, missed, pull)) - z
        slope[:, list(unknowns.hyper)] = 0.0
        return predicted, density, pull, slope

    def slopes(self, z: Doubles) -> tuple[Doubles, Doubles]:
        """Of predictions in the unknowns, by difference quotients; and predictions, at one point.

        Args:
            z: shape (unknowns,).

        Returns:
            shapes (unknowns, numbers) and (numbers,).
        """
        moved = self.predict(np.concatenate([z[None], z + APART * np.eye(len(z))]))
        return (moved[1:] - moved[0]) / APART, moved[0]

    def curvature(self, slopes: Doubles, predicted: Doubles) -> Doubles:
        """Square of slopes in units of the errors: what the data inform, shape (unknowns,) * 2."""
        steps = self.likelihood.whitened(predicted + APART * slopes, predicted)
        white = (steps - self.likelihood.whitened(predicted[None], predicted)) / APART
        return np.asarray(white @ white.T)

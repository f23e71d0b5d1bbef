"""Unknowns of one place: standard normal numbers, and the columns of its table that they stand for.

First its differences (`local`), about the means and in the widths that places share; then a slowly
varying factor on risk, which multiplies the country's own; then how far counts are apart beyond
chance, one for each kind of count. No unknown is the country's: a particle has the country's draw
that it is tied to.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from upriver.core.table import Column, Table
from upriver.core.time import FIRST_YEAR
from upriver.inference.wander import A_YEAR, Wander
from upriver.policy.disturbances import RISK
from upriver.policy.fitted import KNOTS
from upriver.policy.places.local import NAMES, localised

from .pooling import Pooling
from .seen import Seen

Doubles = np.ndarray

DOUBT_APART = 0.7
"""Standard deviation of the logarithm of how far counts are apart beyond chance."""


@dataclass(frozen=True, eq=False)
class LocalUnknowns:
    """Of one place, with what is thought of places before (`pooling`)."""

    seen: Seen
    pooling: Pooling

    @cached_property
    def wander(self) -> Wander:
        """The slowly varying factor on risk."""
        last = min(KNOTS - 1, int(np.ceil((self.seen.end - FIRST_YEAR) * A_YEAR)))
        return Wander(RISK, self.pooling.spread, 0, last)

    @property
    def wanders(self) -> tuple[Wander, ...]:
        """All that wanders."""
        return (self.wander,)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of all unknowns, in order."""
        apart = [f"apart.{one.name}" for one in self.seen.counts]
        return (*NAMES, *self.wander.names, *apart)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.names)

    @cached_property
    def of_wanders(self) -> tuple[slice, ...]:
        """Where the unknowns of what wanders stand."""
        return (slice(len(NAMES), len(NAMES) + self.wander.size),)

    @cached_property
    def of_apart(self) -> slice:
        """Where it stands how far counts are apart."""
        return slice(len(NAMES) + self.wander.size, self.size)

    @cached_property
    def hyper(self) -> tuple[int, ...]:
        """Where spread, persistence and what counts are apart by stand: they move on their own."""
        first = self.of_wanders[0].start
        return (first, first + 1, *range(self.of_apart.start, self.of_apart.stop))

    @cached_property
    def means(self) -> Doubles:
        """Of the differences before the place's deaths are seen, shape (differences,)."""
        return np.array([self.pooling.mean(name, self.seen) for name in NAMES])

    @cached_property
    def widths(self) -> Doubles:
        """Of the differences, shape (differences,)."""
        return np.array([self.pooling.widths[name] for name in NAMES])

    def differences(self, z: Doubles) -> dict[str, Doubles]:
        """Local differences by name, shape (draws,).

        Args:
            z: shape (draws, size).
        """
        values = self.means + self.widths * z[:, : len(NAMES)]
        return {name: values[:, i] for i, name in enumerate(NAMES)}

    def apart(self, z: Doubles) -> Doubles:
        """How far counts are apart beyond chance, shape (draws, kinds of counts) [1]."""
        usual = np.array([one.apart for one in self.seen.counts])
        return np.asarray(usual * np.exp(DOUBT_APART * z[:, self.of_apart]))

    def course(self, z: Doubles, ahead: Doubles | None = None) -> Column:
        """The slowly varying factor by step, shape (draws, STEPS + 1); see `Wander.column`."""
        return self.wander.column(z[:, self.of_wanders[0]], ahead)

    def columns(self, table: Table, z: Doubles, ahead: Doubles | None = None) -> dict[str, Column]:
        """Columns of the place that differ from its part of the country; see `local`.

        Args:
            table: the place as its part of the country, a row a draw.
        """
        return localised(table, self.differences(z), self.course(z, ahead))

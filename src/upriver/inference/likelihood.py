"""The likelihood: blocks and ranges over one run, their sum, and its slope in what is predicted."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from upriver.core.time import STEPS, step_of

from .block import Block, Doubles
from .records import deaths, market, seizures, surveys, treatment
from .records.ranges import Range, ranges


@dataclass(frozen=True, eq=False)
class Likelihood:
    """What is recorded, as the fit sees it.

    Predictions are one row a draw: the numbers of each block in turn on its link's scale, then the
    logarithm of each range; shape (draws, size).
    """

    blocks: tuple[Block, ...]
    ranges: tuple[Range, ...]

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """Outputs of a run that it needs."""
        names = [name for block in self.blocks for name in block.output]
        return tuple(dict.fromkeys([*names, *(one.output for one in self.ranges)]))

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """Where each block stands among predictions."""
        ends = np.cumsum([block.size for block in self.blocks])
        return tuple(slice(e - b.size, e) for e, b in zip(ends, self.blocks, strict=True))

    @property
    def size(self) -> int:
        """How many numbers are predicted."""
        return sum(block.size for block in self.blocks) + len(self.ranges)

    @cached_property
    def last_step(self) -> int:
        """The step at which a run may end."""
        ends = [float(block.ends.max()) for block in self.blocks] + [r.end for r in self.ranges]
        return min(STEPS, int(np.ceil(step_of(max(ends)) - 1e-9)))

    @cached_property
    def _weights(self) -> tuple[tuple[NDArray[np.int_], Doubles], ...]:
        """Of each block and range: the outputs that it adds, and weights to the last step."""
        place = {name: i for i, name in enumerate(self.outputs)}
        to = self.last_step + 1
        found = [
            (np.array([place[name] for name in block.output]), block.weights[:, :to].T.copy())
            for block in self.blocks
        ]
        return tuple(
            found + [(np.array([place[r.output]]), r.weights[None, :to].T) for r in self.ranges]
        )

    def predict(self, values: Doubles, missed: Doubles | float = 0.0) -> Doubles:
        """What runs predict, shape (draws, size).

        Args:
            values: outputs at every step to the last, shape (draws, outputs, last_step + 1).
            missed: share of people whom surveys miss, shape (draws,) [1].
        """
        reached = _reached(values, missed)
        return np.concatenate(
            [
                one.predict(total * reached if _asked(one) else total)
                for one, _, _, total in self._totals(values)
            ],
            axis=1,
        )

    def _totals(
        self, values: Doubles
    ) -> Iterator[tuple["Block | Range", NDArray[np.int_], Doubles, Doubles]]:
        """Of each block and range: its outputs, its weights, the weighted sums of a run."""
        seen: tuple[Block | Range, ...] = (*self.blocks, *self.ranges)
        for one, (which, weights) in zip(seen, self._weights, strict=True):
            amount = values[:, which[0]] if len(which) == 1 else values[:, which].sum(axis=1)
            yield one, which, weights, amount @ weights

    def owed(
        self, values: Doubles, missed: Doubles, pull: Doubles
    ) -> tuple[dict[str, Doubles], Doubles]:
        """What a slope in predictions is in outputs at each step, and in who is missed.

        Args:
            values, missed: as of `predict`. pull: shape (draws, size).

        Returns:
            shapes (draws, last_step + 1), by output, and (draws,).
        """
        reached = _reached(values, missed)
        outputs = np.zeros_like(values)
        lost, at = np.zeros(len(values)), 0
        for one, which, weights, total in self._totals(values):
            asked = _asked(one)
            steep = one.steepness(total * reached if asked else total)
            own = pull[:, at : at + total.shape[1]] * steep
            at += total.shape[1]
            if asked:
                lost -= np.sum(own * total, axis=1)
                own = own * reached
            outputs[:, which] += (own @ weights.T)[:, None]
        return {name: outputs[:, i] for i, name in enumerate(self.outputs)}, lost

    def log_density(self, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of the likelihood and its slope, shapes (draws,) and (draws, size).

        A draw that predicts a number that is none has no likelihood, and no slope.
        """
        total = np.zeros(len(predicted))
        slope = np.zeros_like(predicted)
        with np.errstate(invalid="ignore", over="ignore"):
            for block, place in zip(self.blocks, self.places, strict=True):
                found, slope[:, place] = block.log_density(predicted[:, place])
                total += found
            for i, one in enumerate(self.ranges, start=self.size - len(self.ranges)):
                found, slope[:, i] = one.log_density(predicted[:, i])
                total += found
        wrong = ~np.isfinite(total)
        total[wrong], slope[wrong] = -np.inf, 0.0
        return total, slope

    def whitened(self, predicted: Doubles, at: Doubles) -> Doubles:
        """Predictions in independent errors, of the sizes that one prediction says; for a mode.

        Args:
            predicted: shape (draws, size). at: shape (size,).
        """
        parts = [
            block.white(predicted[:, place]) / np.sqrt(block.variance(at[None, place]))
            for block, place in zip(self.blocks, self.places, strict=True)
        ]
        tail = predicted[:, self.size - len(self.ranges) :]
        outside = [
            tail[:, i : i + 1] / r.soft * (r.log_density(at[None, -len(self.ranges) + i])[0] < 0)
            for i, r in enumerate(self.ranges)
        ]
        return np.concatenate([*parts, *outside], axis=1)

    def until(self, date: float) -> "Likelihood":
        """Without periods that end after a date."""
        kept = [block.until(date) for block in self.blocks]
        return Likelihood(
            tuple(block for block in kept if block is not None),
            tuple(one for one in self.ranges if one.end <= date),
        )

    def without(self, series: str) -> "Likelihood":
        """Without numbers of a series."""
        kept = [block.without(series) for block in self.blocks]
        return Likelihood(
            tuple(block for block in kept if block is not None),
            tuple(one for one in self.ranges if series not in one.series),
        )

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the records that it uses."""
        named = [name for block in self.blocks for name in block.series]
        return tuple(dict.fromkeys([*named, *(name for r in self.ranges for name in r.series)]))

    def digest(self) -> str:
        """SHA-256 over all that it says."""
        ranges = [(one.name, one.output, one.low, one.high, one.soft) for one in self.ranges]
        said = "".join(block.digest() for block in self.blocks) + repr(ranges)
        return hashlib.sha256(said.encode()).hexdigest()


def _reached(values: Doubles, missed: Doubles | float) -> Doubles:
    """Share of people whom surveys reach, shape (draws, 1)."""
    return np.broadcast_to(1.0 - np.asarray(missed), len(values))[:, None]


def _asked(one: "Block | Range") -> bool:
    """Whether people were asked."""
    return isinstance(one, Block) and one.surveyed


END = 2026 + 1 / 12
"""End of the record: January 2026 is its last month."""


def recorded() -> Likelihood:
    """The likelihood of the record that ships."""
    parts = (deaths, market, seizures, treatment, surveys)
    return Likelihood(tuple(block for part in parts for block in part.blocks()), ranges())

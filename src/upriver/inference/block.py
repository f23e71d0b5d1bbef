"""A block: one series as the likelihood sees it, with an error whose size the data tell.

What a run gives is a sum of its outputs at all instants, weighted, then put on a link: the
logarithm of an amount, the logit of a share. The error there is normal with a correlation that is
given, and a
size that is not: its variance is scaled inverse chi-square, and is integrated out. So the density
is a multivariate t, with its normalising constant, and a series that fits badly counts less.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Doubles = NDArray[np.float64]

LEAST_SHARE = 1e-4
APART = 0.02
"""Of the variance of a sum that is of no month, so that no two sums are the same."""

LEAST_AMOUNT = 1e-9
FREEDOM = 4.0
"""Of the prior of an error's variance: its size may well be half or twice what was thought."""


def log(amount: Doubles) -> Doubles:
    """Logarithm of an amount; of nothing, that of next to nothing."""
    return np.asarray(np.log(np.maximum(amount, LEAST_AMOUNT)))


def logit(share: Doubles) -> Doubles:
    """Logit of a share, at least a ten-thousandth from 0 and 1."""
    held = np.clip(share, LEAST_SHARE, 1 - LEAST_SHARE)
    return np.asarray(np.log(held / (1 - held)))


def log_steepness(amount: Doubles) -> Doubles:
    """Slope of the logarithm of an amount."""
    return np.where(amount > LEAST_AMOUNT, 1 / np.maximum(amount, LEAST_AMOUNT), 0.0)


def _logit_steepness(share: Doubles) -> Doubles:
    held = np.clip(share, LEAST_SHARE, 1 - LEAST_SHARE)
    return np.where(share == held, 1 / (held * (1 - held)), 0.0)


LINKS: Mapping[str, Callable[[Doubles], Doubles]] = {"log": log, "logit": logit}
STEEPNESS: Mapping[str, Callable[[Doubles], Doubles]] = {
    "log": log_steepness,
    "logit": _logit_steepness,
}


@dataclass(frozen=True, eq=False)
class Block:
    """One series, n numbers of it.

    name: short, for tables. series: records that it is from. values: recorded, in the record's
    unit, shape (n,). ends: when each period ends, in calendar years, shape (n,). output: of the
    run, or several that are added. weights: of the instants of a run, shape (n, STEPS + 1), in the
    record's unit. known: what is added to a run's number before the link, shape (n,): months that
    are on record already. scale: what the error is thought to be, on the link's scale [1].
    correlation: of errors, shape (n, n); a level that may be off as a whole is part of it.
    surveyed: whether people were asked, so that those whom surveys miss are missing. rows: the
    series of each number, where a block has several.
    """

    name: str
    series: tuple[str, ...]
    values: Doubles
    ends: Doubles
    output: tuple[str, ...]
    weights: Doubles
    scale: float
    correlation: Doubles
    link: str = "log"
    known: Doubles | None = None
    surveyed: bool = False
    rows: tuple[str, ...] = ()
    freedom: float = FREEDOM

    def until(self, date: float) -> "Block | None":
        """The block without periods that end after a date; None if nothing is left."""
        return self._only(self.ends <= date + 1e-9)

    def without(self, series: str) -> "Block | None":
        """The block without numbers of a series; None if nothing is left."""
        if series not in self.series:
            return self
        if not self.rows:
            return None
        return self._only(np.array([row != series for row in self.rows]))

    def _only(self, kept: NDArray[np.bool_]) -> "Block | None":
        """Some of its numbers."""
        if not kept.any():
            return None
        return replace(
            self,
            values=self.values[kept],
            ends=self.ends[kept],
            weights=self.weights[kept],
            correlation=self.correlation[np.ix_(kept, kept)],
            known=None if self.known is None else self.known[kept],
            rows=tuple(row for row, is_kept in zip(self.rows, kept, strict=True) if is_kept)
            if self.rows
            else (),
        )

    def digest(self) -> str:
        """SHA-256 over all that it says."""
        total = hashlib.sha256(repr((self.series, self.output, self.link, self.surveyed)).encode())
        known = np.zeros(self.size) if self.known is None else self.known
        numbers = (self.values, self.ends, self.weights, self.correlation, known)
        for one in (*numbers, np.array([self.scale, self.freedom])):
            total.update(np.ascontiguousarray(one, dtype="<f8").tobytes())
        return total.hexdigest()

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return len(self.values)

    @property
    def degrees(self) -> float:
        """Degrees of freedom of the error's size once the numbers are seen."""
        return self.freedom + self.size

    @cached_property
    def linked(self) -> Doubles:
        """Recorded values on the link's scale, shape (n,)."""
        return LINKS[self.link](self.values)

    def predict(self, amount: Doubles) -> Doubles:
        """On the link's scale, from the weighted sums of a run, both of shape (..., n)."""
        return LINKS[self.link](amount if self.known is None else amount + self.known)

    def steepness(self, amount: Doubles) -> Doubles:
        """Slope of `predict` in the weighted sums, of their shape; none where the link is cut."""
        known = amount if self.known is None else amount + self.known
        return STEEPNESS[self.link](known)

    def unlinked(self, predicted: Doubles) -> Doubles:
        """In the record's unit, from the link's scale."""
        found = np.exp(predicted) if self.link == "log" else 1 / (1 + np.exp(-predicted))
        return np.asarray(found)

    @cached_property
    def root(self) -> Doubles:
        """Lower triangle whose square is the correlation, shape (n, n)."""
        return np.asarray(np.linalg.cholesky(self.correlation))

    @cached_property
    def _unmix(self) -> Doubles | None:
        """What makes errors independent; None where they are."""
        if np.array_equal(self.correlation, np.eye(self.size)):
            return None
        return np.asarray(np.linalg.inv(self.root))

    @cached_property
    def _constant(self) -> float:
        half = self.degrees / 2
        return float(
            gammaln(half)
            - gammaln(self.freedom / 2)
            - self.size / 2 * np.log(np.pi * self.freedom * self.scale**2)
            - np.log(np.diag(self.root)).sum()
        )

    def white(self, away: Doubles) -> Doubles:
        """Differences made independent and of one size, shape (..., n)."""
        return away if self._unmix is None else away @ self._unmix.T

    def log_density(self, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of the density of what is recorded, and its slope in what is predicted.

        Args:
            predicted: on the link's scale, shape (draws, n).

        Returns:
            shapes (draws,) and (draws, n).
        """
        white = self.white(self.linked - predicted)
        prior = self.freedom * self.scale**2
        squares = np.sum(white**2, axis=-1)
        found = self._constant - self.degrees / 2 * np.log1p(squares / prior)
        pull = self.degrees * white / (prior + squares)[:, None]
        return found, pull if self._unmix is None else pull @ self._unmix

    def variance(self, predicted: Doubles) -> Doubles:
        """Of the error, as good as the numbers tell, shape (draws,): what a mode weighs with."""
        squares = np.sum(self.white(self.linked - predicted) ** 2, axis=-1)
        return np.asarray((self.freedom * self.scale**2 + squares) / self.degrees)

    def scales(self, predicted: Doubles, generator: np.random.Generator) -> Doubles:
        """Draws of the error's standard deviation given a run, shape (draws,)."""
        squares = np.sum(self.white(self.linked - predicted) ** 2, axis=-1)
        drawn = generator.chisquare(self.degrees, size=len(predicted))
        return np.asarray(np.sqrt((self.freedom * self.scale**2 + squares) / drawn))

    def before(self, draws: int, generator: np.random.Generator) -> Doubles:
        """Draws of the error's standard deviation before anything is seen, shape (draws,)."""
        drawn = generator.chisquare(self.freedom, size=draws)
        return np.asarray(self.scale * np.sqrt(self.freedom / drawn))


def independent(n: int, level: float = 0.0) -> Doubles:
    """Correlation of errors that are independent, but for a level that all share.

    Args:
        level: standard deviation of the shared level, as a multiple of the error's own [1].
    """
    return np.asarray(np.eye(n) + level**2)


def overlapping(starts: Doubles, ends: Doubles) -> Doubles:
    """Correlation of errors of sums: the part of their time that two share, and a little apart."""
    shared = np.minimum.outer(ends, ends) - np.maximum.outer(starts, starts)
    length = np.sqrt(np.outer(ends - starts, ends - starts))
    return np.asarray(np.maximum(shared, 0) / length + APART * np.eye(len(starts)))


def fading(when: Doubles, years: float, level: float = 0.0) -> Doubles:
    """Correlation of errors that fades as exp(-distance / years), and a shared level."""
    return np.asarray(np.exp(-np.abs(np.subtract.outer(when, when)) / years) + level**2)

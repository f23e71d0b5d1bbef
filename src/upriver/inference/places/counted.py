"""Counts of deaths: negative binomial about what is modelled, or withheld since they are small.

The logarithm of the chance of each count, and its slope in the logarithm of the mean. A count that
is withheld is of 0 to 9: the chance of all of these together, by one recursion, so that nothing
underflows where the mean is large.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from .seen import MOST_WITHHELD

Doubles = NDArray[np.float64]

LEAST_MEAN = 1e-6
"""People: a modelled sum is never less, so that its logarithm is a number."""


def log_mean(people: Doubles) -> Doubles:
    """Logarithm of a modelled sum [people], at least that of next to nobody."""
    return np.asarray(np.log(np.maximum(people, LEAST_MEAN)))


def told(values: Doubles, log_means: Doubles, apart: Doubles) -> tuple[Doubles, Doubles]:
    """Logarithm of the chance of counts, and its slope in the logarithm of the mean.

    The variance is that of chance, the mean, and besides it the square of `apart` times the mean.

    Args:
        values: people, shape (n,).
        log_means: shape (draws, n).
        apart: shape (draws,) [1].

    Returns:
        shapes (draws, n).
    """
    size, tail, rest = _shape(log_means, apart)
    few = rest * size[:, None]
    chance = _gammas(values, size) + size[:, None] * np.log(rest) + values * np.log(tail)
    return chance, values * rest - few * np.exp(log_means) / size[:, None]


def withheld(
    log_means: Doubles, apart: Doubles, most: int = MOST_WITHHELD
) -> tuple[Doubles, Doubles]:
    """Logarithm of the chance that a count is of 0 to `most`, and its slope; see `told`."""
    size, tail, rest = _shape(log_means, apart)
    term = np.ones_like(log_means)
    total, weighted = term.copy(), np.zeros_like(log_means)
    for count in range(1, most + 1):
        term = term * tail * ((size + (count - 1)) / count)[:, None]
        total += term
        weighted += count * term
    chance = size[:, None] * np.log(rest) + np.log(total)
    return chance, rest * weighted / total - size[:, None] * tail


def information(log_means: Doubles, apart: Doubles) -> Doubles:
    """What a count is expected to tell of the logarithm of its mean, shape (draws, n)."""
    _, _, rest = _shape(log_means, apart)
    return np.asarray(np.exp(log_means) * rest)


def drawn(means: Doubles, apart: Doubles, generator: np.random.Generator) -> Doubles:
    """Counts about means, both of shape (draws, n) with `apart` of shape (draws,)."""
    size = 1 / apart[:, None] ** 2
    return generator.poisson(means * generator.gamma(size, 1 / size, means.shape)).astype(float)


def _shape(log_means: Doubles, apart: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Size of the negative binomial, and the shares that the mean and the size have of both."""
    size = 1 / np.asarray(apart) ** 2
    mean = np.exp(log_means)
    rest = size[:, None] / (size[:, None] + mean)
    return size, mean / (size[:, None] + mean), rest


def _gammas(values: Doubles, size: Doubles) -> Doubles:
    return np.asarray(
        gammaln(values + size[:, None]) - gammaln(size)[:, None] - gammaln(values + 1)
    )

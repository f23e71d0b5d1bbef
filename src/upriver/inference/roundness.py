"""Coordinates in which a posterior is about round: from what is steep, and how particles lie.

A posterior of many unknowns is a thin sheet that bends: what is narrow where one particle is, is
not where another is. The mean of curvatures has each of these narrow ways in it, so that along them
particles lie tens of its widths apart; the spread of particles alone has none of them, and finds
directions that are not there. So coordinates lie between: directions in which particles lie wider
than the mean curvature says, and wider than chance would have them lie, count by most of what they
are wider by.
"""

import numpy as np

from .block import Doubles

MIX = 0.75
"""Power of how much wider particles lie: 0 is the mean curvature, 1 the spread of particles. Steps
from one independent draw to the next, in the slowest direction: some 900 at 0, 120 at 0.75."""

LEAST = 3.0
"""Times by which the square of a spread is larger, from which on it counts."""


def root(curvature: Doubles, z: Doubles, independent: float) -> Doubles:
    """From the round coordinates to the unknowns: a symmetric matrix, shape (unknowns,) * 2.

    Args:
        curvature: what the data inform, the mean at some particles, shape (unknowns,) * 2.
        z: where particles are and were, shape (places, unknowns).
        independent: how many places that know nothing of each other these are worth.
    """
    steep = curvature + np.eye(len(curvature))
    spread = np.cov(z @ power(steep, 0.5), rowvar=False)
    values, vectors = np.linalg.eigh(spread)
    least = max(LEAST, by_chance(independent, len(steep)))
    wider = np.where(values > least, values, 1.0) ** MIX
    back = power(steep, -0.5) @ vectors
    return power((back * wider) @ back.T, 0.5)


def by_chance(places: float, unknowns: int) -> float:
    """The largest square of a spread among so many places of what is round (Marchenko, Pastur)."""
    return float((1 + np.sqrt(unknowns / (places - 1))) ** 2)


def power(matrix: Doubles, exponent: float) -> Doubles:
    """Of a symmetric matrix without negative values."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * values**exponent) @ vectors.T)

"""Sobol' indices of independent unknowns, first order and total, with bootstrap intervals.

Two samples A and B of all unknowns are run, and A again with one unknown, or one group of them,
taken from B. SciPy makes the points (`scipy.stats.qmc.Sobol`) and the indices
(`scipy.stats.sobol_indices`, after Saltelli et al. 2010). The interval is by bootstrap over base
points; they are spread more evenly than by chance, so it is rather too wide than too narrow.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc, sobol_indices

from .shares import Share, places_among

Doubles = NDArray[np.float64]

SEED = 2032
AGAIN = 300
"""Bootstrap samples of an interval."""

ENDS = (2.5, 97.5)
EDGE = 1e-9
"""How near to 0 and 1 a point may come, so that its normal number is finite."""


class Points(NamedTuple):
    """Two independent samples of all unknowns, each uniform on 0 to 1, shape (points, unknowns)."""

    a: Doubles
    b: Doubles


class Values(NamedTuple):
    """The quantity at A and B, shape (points,), and at A with a group from B, (groups, points)."""

    a: Doubles
    b: Doubles
    ab: Doubles


def points_of(count: int, unknowns: int) -> Points:
    """So many base points, the same each time.

    Args:
        count: a power of 2.
    """
    both = qmc.Sobol(d=2 * unknowns, rng=np.random.default_rng(SEED)).random(count)
    both = np.clip(both, EDGE, 1 - EDGE)
    return Points(both[:, :unknowns], both[:, unknowns:])


def evaluated(
    points: Points,
    groups: Sequence[Sequence[int]],
    first: int,
    last: int,
    quantity: Callable[[Doubles], Doubles],
) -> Values:
    """The quantity at base points from `first` up to `last`, in all their variants.

    Each point is run by itself: how points are put into parts changes no number.

    Args:
        groups: places of the unknowns that are taken from B at once.
        quantity: of points, shape (runs, unknowns), gives shape (runs,).
    """
    a, b = points.a[first:last], points.b[first:last]
    mixed = np.repeat(a[None], len(groups), axis=0)
    for i, places in enumerate(groups):
        mixed[i][:, list(places)] = b[:, list(places)]
    found = quantity(np.concatenate([a, b, mixed.reshape(-1, a.shape[1])]))
    count = len(a)
    return Values(found[:count], found[count : 2 * count], found[2 * count :].reshape(-1, count))


def joined(parts: Sequence[Values]) -> Values:
    """Values of all base points, from parts in order."""
    return Values(*(np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True)))


def indices(
    values: Values, names: Sequence[str]
) -> tuple[Mapping[str, Share], Mapping[str, Share], Share]:
    """First-order and total indices by group, and the sum of all first-order ones.

    Args:
        names: of the groups.
    """
    first, total = _indices(values)
    generator = np.random.default_rng(SEED)
    count = len(values.a)
    again = []
    for _ in range(AGAIN):
        rows = generator.integers(0, count, count)
        again.append(_indices(Values(*(part[..., rows] for part in values))))
    firsts, totals = (np.array(one) for one in zip(*again, strict=True))
    return (
        dict(zip(names, _shares(first, firsts), strict=True)),
        dict(zip(names, _shares(total, totals), strict=True)),
        _shares(first.sum(keepdims=True), firsts.sum(axis=1, keepdims=True))[0],
    )


def ranked(values: Values) -> Values:
    """Values as places among those at A and B, from 0 to 1."""
    own = np.concatenate([values.a, values.b])
    return Values(*(places_among(own, part) for part in values))


def _indices(values: Values) -> tuple[Doubles, Doubles]:
    """First-order and total index of each group, shape (groups,)."""
    found = sobol_indices(
        func={"f_A": values.a[None], "f_B": values.b[None], "f_AB": values.ab[:, None]},
        n=len(values.a),
    )
    return np.ravel(found.first_order), np.ravel(found.total_order)


def _shares(middle: Doubles, again: Doubles) -> list[Share]:
    low, high = np.percentile(again, ENDS, axis=0)
    return [Share(*map(float, ends)) for ends in zip(middle, low, high, strict=True)]

"""First-order indices from draws as they are given, whether or not unknowns hang together.

An unknown is cut into classes of equal size; the index is the part of the quantity's variance that
lies between the classes' means. Classes of few draws differ by chance too: what they would differ
by is taken off (epsilon squared), so that an unknown that tells nothing has 0 in the mean. Ties,
such as a constant that an explanation holds, stay in one class; a name is a class.

The interval is by bootstrap over draws. Drawing again adds to differences between classes as
chance did at first, so the interval is put back by what its middle moved.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .shares import Share

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

CLASSES = 20
"""At most, of one unknown: of 1,000 draws, 50 in each."""

LEAST = 20
"""Draws in a class, where no ties make it smaller."""

AGAIN = 400
"""Bootstrap samples of an interval, and shuffles for what chance gives."""

SEED = 2031
ENDS = (2.5, 97.5)
RARELY = 95.0
"""Percentile of the largest index among shuffled draws above which an unknown stands out."""


def classes(values: NDArray[np.generic]) -> Integers:
    """Class of each draw by an unknown, from 0 on without a gap, shape (draws,).

    Args:
        values: numbers, or names, shape (draws,).
    """
    if values.dtype.kind not in "fiu":
        return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64)
    numbers = values.astype(np.float64)
    count = max(2, min(CLASSES, len(numbers) // LEAST))
    edges = np.unique(np.quantile(numbers, np.arange(1, count) / count, method="lower"))
    found = np.searchsorted(edges, numbers, side="left")
    return np.asarray(np.unique(found, return_inverse=True)[1], dtype=np.int64)


def index(of: Integers, quantities: Doubles) -> Doubles:
    """Share of variance between classes, less what chance gives, shape (samples,).

    Args:
        of: class of each draw, shape (draws,).
        quantities: of each draw, in one sample or more, shape (samples, draws).
    """
    draws, count = len(of), int(of.max()) + 1
    order = np.argsort(of, kind="stable")
    sizes = np.bincount(of, minlength=count)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    sums = np.add.reduceat(quantities[:, order], starts, axis=1)
    return _share(sums, np.broadcast_to(sizes.astype(np.float64), sums.shape), quantities, draws)


def given_data(
    unknowns: Mapping[str, NDArray[np.generic]],
    quantity: Doubles,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Share], float]:
    """First-order index of each unknown, and what the largest of them would reach by chance.

    Args:
        unknowns: by name, numbers or names, shape (draws,).
        quantity: shape (draws,).
        progress: called with unknowns done and unknowns in all.

    Returns:
        Indices by name, and the index that the largest of as many unknowns passes in one of twenty
        shuffles of the draws.
    """
    middle = quantity - quantity.mean()
    generator = np.random.default_rng(SEED)
    again = generator.integers(0, len(middle), (AGAIN, len(middle)))
    shuffled = np.array([generator.permutation(middle) for _ in range(AGAIN)])
    found, most = {}, np.full(AGAIN, -np.inf)
    for i, (name, values) in enumerate(unknowns.items(), 1):
        of = classes(values)
        value = float(index(of, middle[None])[0])
        other = _bootstrap(of, middle, again)
        low, high = value + np.percentile(other, ENDS) - other.mean()
        found[name] = Share(value, float(low), float(high))
        most = np.maximum(most, index(of, shuffled))
        if progress is not None:
            progress(i, len(unknowns))
    return found, float(np.percentile(most, RARELY))


def stands(share: Share, floor: float) -> bool:
    """Whether an index passes what chance gives, by itself and with its interval above 0."""
    return share.value > floor and share.low > 0


def _bootstrap(of: Integers, quantity: Doubles, again: Integers) -> Doubles:
    """The index in samples drawn again, shape (samples,)."""
    count = int(of.max()) + 1
    rows = np.arange(len(again))[:, None] * count
    at = (rows + of[again]).ravel()
    drawn = quantity[again]
    shape = (len(again), count)
    sizes = np.bincount(at, minlength=shape[0] * count).reshape(shape).astype(np.float64)
    sums = np.bincount(at, drawn.ravel(), shape[0] * count).reshape(shape).astype(np.float64)
    return _share(sums, sizes, drawn, len(quantity))


def _share(sums: Doubles, sizes: Doubles, quantities: Doubles, draws: int) -> Doubles:
    """Epsilon squared from sums and sizes of classes, shape (samples,); 0 if nothing varies."""
    means = quantities.mean(axis=1)
    whole = np.square(quantities - means[:, None]).sum(axis=1)
    parts = np.where(sizes > 0, sums / np.maximum(sizes, 1) - means[:, None], 0.0)
    between = (sizes * parts**2).sum(axis=1)
    used = (sizes > 0).sum(axis=1)
    chance = (used - 1) * (whole - between) / np.maximum(draws - used, 1)
    return np.asarray(np.where(whole > 0, (between - chance) / np.maximum(whole, 1e-300), 0.0))

"""Points of a design: which values parameters have together.

A grid has every value with every other, the last parameter's changing first. A Latin hypercube and
a Sobol sequence fill ranges; both are SciPy's, and of a seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from upriver.core.errors import OutOfBounds

GRID, LATIN, SOBOL = "grid", "latin-hypercube", "sobol"
DESIGNS = (GRID, LATIN, SOBOL)
MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class Range:
    """Values from low to high."""

    low: float
    high: float


Varied = Mapping[str, Sequence[float] | Range]
"""By name: values in a list, or a range."""


def points(varied: Varied, design: str, number: int, seed: int) -> np.ndarray:
    """Values by point, shape (points, parameters); one point without any where nothing varies.

    Args:
        varied: a list is taken by a grid alone.
        number: of points; of a grid, of levels along each range.
        seed: of a design that is drawn.

    Raises:
        OutOfBounds: too many points, or of a Sobol sequence no power of two.
    """
    if not varied:
        return np.empty((1, 0))
    if design == GRID:
        each = [number if isinstance(one, Range) else len(one) for one in varied.values()]
        _check_number(prod(each))
        levels = [
            np.linspace(one.low, one.high, number) if isinstance(one, Range) else np.array(one)
            for one in varied.values()
        ]
        return np.array(list(product(*levels)), dtype=np.float64)
    _check_number(number)
    if design == SOBOL and number & (number - 1):
        near = 1 << (number.bit_length() - 1)
        raise OutOfBounds(
            "points of a Sobol sequence are balanced where they are a power of two",
            found=str(number),
            allowed=f"{near} or {2 * near}, for example",
        )
    from scipy.stats import qmc

    kind = qmc.Sobol if design == SOBOL else qmc.LatinHypercube
    unit = kind(len(varied), rng=np.random.default_rng(seed)).random(number)
    ranges = [one for one in varied.values() if isinstance(one, Range)]
    low, high = (np.array([getattr(one, end) for one in ranges]) for end in ("low", "high"))
    return np.asarray(low + unit * (high - low), dtype=np.float64)


def _check_number(number: int) -> None:
    if not 1 <= number <= MOST_POINTS:
        raise OutOfBounds(
            "the number of points is out of bounds",
            found=f"{number:,}" if number < 10**15 else "more than 10 to the 15",
            allowed=f"1 to {MOST_POINTS:,}",
        )

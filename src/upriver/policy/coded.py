"""Numbers of many draws as 16-bit codes, and back, in arithmetic that a browser does to the bit.

A code is a place on a line, `low + step * code`, from the least number to the greatest. Numbers
that have to be met exactly have the last codes: each of them where they are few, as those of a
switch; else what an explanation holds in many draws, and what stands at an end of what is allowed.

A step has the digits of single precision, so that its product with a code is exact and the sum
alone is rounded; and the line does not leave the numbers that it was made of, so that nothing has
to be held within bounds. What comes back is coded as the same again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Codes = NDArray[np.uint16]

ALL = 2**16
"""Codes that there are."""

FEW = 256
"""Numbers that are met exactly where there are no more; else at most so many of them."""

MANY = 0.01
"""Share of draws that hold a number, from which it is met exactly."""


@dataclass(frozen=True, eq=False)
class Coded:
    """One number of each draw.

    codes: shape (draws,). low, step: of the line, in the number's unit; a step of 0 where all is in
    `exact`. exact: numbers of the last codes, ascending, shape (at most FEW,).
    """

    codes: Codes
    low: float
    step: float
    exact: Doubles


def coded(values: Doubles, within: tuple[float, float]) -> Coded:
    """Codes of numbers; each comes back to half a step.

    Args:
        values: shape (draws,); they are finite.
        within: the least and the greatest that is allowed, which are met exactly.
    """
    exact = _exact(values, within)
    at = np.minimum(np.searchsorted(exact, values), max(exact.size - 1, 0))
    is_exact = exact[at] == values if exact.size else np.zeros(values.shape, dtype=bool)
    rest = values[~is_exact]
    codes = (ALL - exact.size + at).astype(np.uint16)
    if not rest.size:
        return Coded(codes, 0.0, 0.0, exact)
    low, most = float(rest.min()), ALL - 1 - exact.size
    step = _step(low, float(rest.max()), most)
    codes[~is_exact] = np.clip(np.rint((rest - low) / step), 0, most).astype(np.uint16)
    return Coded(codes, low, step, exact)


def decoded(
    codes: Codes, low: Doubles, step: Doubles, exact: Doubles, each: NDArray[np.int_]
) -> Doubles:
    """Numbers of codes, shape (numbers, draws); the page has the same, to the bit.

    Args:
        codes: shape (numbers, draws).
        low, step: shape (numbers,).
        exact: of one number after the other.
        each: how many of these a number has, shape (numbers,).
    """
    values = low[:, None] + step[:, None] * codes
    first = ALL - each[:, None]
    held = codes >= first
    begin = (np.cumsum(each) - each)[:, None]
    values[held] = exact[(begin + codes - first)[held]]
    return values


def _exact(values: Doubles, within: tuple[float, float]) -> Doubles:
    """What is met exactly, ascending."""
    found, counts = np.unique(values + 0.0, return_counts=True)
    if found.size <= FEW:
        return found
    return found[(counts >= MANY * values.size) | np.isin(found, within)]


def _step(low: float, high: float, most: int) -> float:
    """The step with which so many codes go from one end to the other and not beyond."""
    step = np.float32((high - low) / most)
    if low + float(step) * most > high:
        step = np.nextafter(step, np.float32(0))
    return float(step)

"""Numbers by draw as the page carries them: codes of 16 bits, as in the file of draws, zipped.

A move runs the first draws alone, so that codes lie in parts of as many: a page opens with the
first part, and looks at the others when a hand rests. In each part the upper bytes of all codes
come before the lower ones, of every row its draws in order, which zips best.
"""

import base64
from typing import Any

import numpy as np

from upriver.core.table import Column
from upriver.policy.coded import Coded, Doubles, coded, decoded
from upriver.policy.draws import DEFAULT_DRAWS

from .payload_zip import letters, zipped

EXACT_FACTOR = 1000
"""Factors on an amount are whole thousandths (`policy/effect.py`)."""


class Codes:
    """Rows of codes, one number by draw each, in the order in which they are added."""

    def __init__(self, draws: int) -> None:
        self.draws = draws
        self.rows: list[Coded] = []

    def add(self, numbers: Column, within: tuple[float, float]) -> int | None:
        """Take numbers that are codes already; gives the place of the first row.

        Args:
            numbers: shape (draws, rows).
            within: the bounds of the parameter.

        Returns:
            None, and nothing is taken, where not every number would come back to the bit.
        """
        if numbers.shape[0] != self.draws:
            return None
        found = [coded(row, within) for row in np.ascontiguousarray(numbers.T)]
        if not all(
            np.array_equal(_back(one), row) for one, row in zip(found, numbers.T, strict=True)
        ):
            return None
        self.rows += found
        return len(self.rows) - len(found)

    def carried(self) -> dict[str, Any]:
        """`{low, step, exact, parts}`: of each row its line and what is met exactly; the codes."""
        codes = np.array([one.codes for one in self.rows], dtype=np.uint16)
        return {
            "low": [one.low for one in self.rows],
            "step": [one.step for one in self.rows],
            "exact": [one.exact.tolist() for one in self.rows],
            "parts": [
                _text(codes[:, first : first + DEFAULT_DRAWS])
                for first in range(0, self.draws, DEFAULT_DRAWS)
            ],
        }


def packed_factors(found: Doubles) -> str | list[float]:
    """Factors on an amount, one a draw, as thousandths in base64; as numbers if they are none."""
    whole = np.round(found * EXACT_FACTOR)
    short = whole.astype("<i2")
    if not np.array_equal(short / EXACT_FACTOR, found):
        return [float(one) for one in found]
    return base64.b64encode(short.tobytes()).decode()


def _back(one: Coded) -> Doubles:
    each = np.array([one.exact.size])
    found = decoded(one.codes[None], np.array([one.low]), np.array([one.step]), one.exact, each)
    return np.asarray(found[0])


def _text(codes: np.ndarray) -> str:
    halves = [(codes >> 8).astype(np.uint8), (codes & 0xFF).astype(np.uint8)]
    return letters(zipped(b"".join(half.tobytes() for half in halves)))

"""From a run to a record's calendar.

Every reported flow has a cumulative counter, so any calendar is a difference of counters, linear
within a step; and observation is a constant matrix over counters, the same for numpy and JAX.
"""

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import TimeProblem
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS, step_of

Matrix = NDArray[np.float64]


def matrix(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> Matrix:
    """Weights of the instants of a run in the sum over each period, shape (periods, instants).

    Args:
        starts, ends: calendar years, `[start, end)`; shape (periods,).

    Raises:
        TimeProblem: a period lies outside the run or ends before it starts.
    """
    weights = np.zeros((len(starts), STEPS + 1))
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if not FIRST_YEAR <= start < end <= LAST_YEAR:
            raise TimeProblem(
                f"period {start:g} to {end:g} must end after it starts, "
                f"within {FIRST_YEAR} to {LAST_YEAR}"
            )
        _weigh(weights[row], step_of(end), 1.0)
        _weigh(weights[row], step_of(start), -1.0)
    return weights


def _weigh(weights: Matrix, step: float, sign: float) -> None:
    """Add the weights of a counter's value at a step."""
    whole = min(int(step), STEPS - 1)
    within = step - whole
    weights[whole] += sign * (1 - within)
    weights[whole + 1] += sign * within


def calendar_years(first: int, last: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends of calendar years, both included."""
    starts = np.arange(first, last + 1, dtype=np.float64)
    return starts, starts + 1

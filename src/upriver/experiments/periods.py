"""Periods that a run can be summed over."""

import numpy as np
from numpy.typing import ArrayLike

from upriver.core.errors import TimeProblem
from upriver.core.time import FIRST_YEAR, LAST_YEAR


def check_periods(starts: ArrayLike, ends: ArrayLike) -> None:
    """Refuse what no counter can tell.

    Raises:
        TimeProblem: a period reaches outside the run or does not end after it starts.
    """
    first, last = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (starts, ends))
    if first.shape != last.shape or first.ndim != 1:
        raise TimeProblem(
            f"periods need as many starts as ends, found {first.size} and {last.size}"
        )
    wrong = ~((first >= FIRST_YEAR) & (first < last) & (last <= LAST_YEAR))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise TimeProblem(
            f"period {first[i]:g} to {last[i]:g} must end after it starts, within the run",
            allowed=f"{FIRST_YEAR} to {LAST_YEAR}",
        )

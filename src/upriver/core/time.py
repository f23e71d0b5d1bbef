"""Time: calendar years as floats outside, whole steps of 1/16 year inside."""

import numpy as np

STEPS_PER_YEAR = 16
FIRST_YEAR = 1999
LAST_YEAR = 2032
STEPS = (LAST_YEAR - FIRST_YEAR) * STEPS_PER_YEAR
"""Steps of a whole run; it has one instant more."""


def step_of(year: float) -> float:
    """Steps from the start of the run to a calendar year, a fraction within a step."""
    return (year - FIRST_YEAR) * STEPS_PER_YEAR


def year_of(step: float) -> float:
    """Calendar year of a step."""
    return FIRST_YEAR + step / STEPS_PER_YEAR


def years() -> np.ndarray:
    """Calendar year of every instant of a run, shape (STEPS + 1,)."""
    return FIRST_YEAR + np.arange(STEPS + 1) / STEPS_PER_YEAR


def quarters() -> np.ndarray:
    """Steps of the quarters of a run, from the first to the last instant."""
    return np.arange(0, STEPS + 1, STEPS_PER_YEAR // 4)

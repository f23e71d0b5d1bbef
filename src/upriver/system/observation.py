"""From a run to a record's calendar.

Every reported flow has a cumulative counter, so any calendar is a difference of counters, linear
within a step; and observation is a constant matrix over counters, the same for numpy and JAX. A
rolling sum is a sum over its own twelve months, never a difference of rolling sums.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import OutOfBounds, TimeProblem
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS, STEPS_PER_YEAR, step_of
from upriver.core.units import dimensions, factor
from upriver.evidence.calendars import period
from upriver.evidence.record import Record

Doubles = NDArray[np.float64]
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


def levels(instants: Doubles) -> Matrix:
    """Weights of the instants of a run in the value at others, shape (instants, STEPS + 1).

    Raises:
        TimeProblem: an instant lies outside the run.
    """
    weights = np.zeros((len(instants), STEPS + 1))
    for row, instant in enumerate(instants):
        if not FIRST_YEAR <= instant <= LAST_YEAR:
            raise TimeProblem(f"{instant:g} must be within {FIRST_YEAR} to {LAST_YEAR}")
        _weigh(weights[row], step_of(instant), 1.0)
    return weights


def means(starts: Doubles, ends: Doubles) -> Matrix:
    """Weights of the instants of a run in the mean of a level over each period.

    A level goes in a straight line from instant to instant. Shape (periods, STEPS + 1).

    Args:
        starts, ends: calendar years, `[start, end)`; shape (periods,).

    Raises:
        TimeProblem: as of `matrix`.
    """
    until = np.tril(np.ones((STEPS + 1, STEPS + 1)), -1)
    until[1:, 1:] += np.tril(np.ones((STEPS, STEPS)))
    until *= 0.5 / STEPS_PER_YEAR
    length = (ends - starts)[:, None]
    found: Matrix = matrix(starts, ends) @ until / length
    return found


def spans(calendar: str, labels: Sequence[str]) -> tuple[Doubles, Doubles]:
    """Starts and ends of the periods of a calendar, in calendar years.

    Raises:
        ValueError: a label is not of that calendar; says what it should look like.
    """
    found = np.array([period(calendar, label) for label in labels], dtype=np.float64)
    starts, ends = found.reshape(-1, 2).T
    return starts, ends


def covered(record: Record) -> NDArray[np.bool_]:
    """Which periods of a record lie within a run, shape (periods,)."""
    return (record.starts >= FIRST_YEAR) & (record.ends <= LAST_YEAR)


def observed(values: Doubles, record: Record, unit: str) -> Doubles:
    """A run on a record's calendar and in its unit, shape (..., periods); NaN outside the run.

    Args:
        values: at every instant of a run, shape (..., STEPS + 1): a counter, or, for a record of
            instants, a level.
        record: a sum over each period; a rate, if its unit is that of the counter a year.
        unit: of values; of a counter, what its flow adds up to (`people`, `kg`).

    Raises:
        ValueError: the record measures something else.
    """
    inside = covered(record)
    found = np.full((*values.shape[:-1], len(record.labels)), np.nan)
    found[..., inside] = values @ weights(record, unit)[inside].T
    return found


def weights(record: Record, unit: str) -> Matrix:
    """Weights of a run's instants in what a record counts, in its unit; 0 outside the run.

    Shape (periods, STEPS + 1). Arguments and errors as of `observed`.
    """
    inside = covered(record)
    starts, ends = record.starts[inside], record.ends[inside]
    found = np.zeros((len(record.labels), STEPS + 1))
    if record.calendar == "instant":
        found[inside] = levels(starts) * factor(unit, record.unit)
    elif dimensions(record.unit) == _per_year(unit):
        each = factor(unit, record.unit.removesuffix("/year")) / (ends - starts)
        found[inside] = matrix(starts, ends) * each[:, None]
    else:
        found[inside] = matrix(starts, ends) * factor(unit, record.unit)
    return found


def gross(pure: Doubles, purity: Doubles | float) -> Doubles:
    """Weight as it is seized [kg] of a pure weight [kg], at a purity [1] of the same time.

    A sum over a period needs the pure weight of that period, and the mean purity of what it holds.

    Raises:
        OutOfBounds: a purity is not above 0 and at most 1.
    """
    share = np.asarray(purity, dtype=np.float64)
    wrong = share[~((share > 0) & (share <= 1))]
    if wrong.size:
        raise OutOfBounds(f"purity {wrong[0]:g} must be above 0 and at most 1")
    return np.asarray(pure / share)


def _per_year(unit: str) -> dict[str, int]:
    """Dimensions of a unit a year."""
    found = dict(dimensions(unit))
    found["year"] = found.get("year", 0) - 1
    return {base: power for base, power in found.items() if power}


def _weigh(weights: Matrix, step: float, sign: float) -> None:
    """Add the weights of a counter's value at a step."""
    whole = min(int(step), STEPS - 1)
    within = step - whole
    weights[whole] += sign * (1 - within)
    weights[whole + 1] += sign * within

"""Conditions of another year: from a date on, every history stays at its mean in that year.

A policy does more or less by the conditions that it meets. `conditions: 2019` in a scenario gives
it those of 2019: what is bought and sold, how people use, what care is there and what nothing
explains come back as they were; people do not, whom the years between have changed.
"""

from collections.abc import Mapping

import numpy as np

from upriver.core.table import Column, Table
from upriver.core.time import STEPS, step_of

from .checks import DEFAULT_FROM


def held(table: Table, year: int, start: int, end: int = STEPS) -> dict[str, Column]:
    """Histories that move between a year and a step, from `start` on at their mean in the year.

    Args:
        year: calendar year. start, end: steps.

    Returns:
        Columns by path, shape (draws or 1, STEPS + 1).
    """
    first, last = int(step_of(year)), int(step_of(year + 1))
    found = {}
    for path, column in table.columns.items():
        if column.shape[1] > 1 and np.ptp(column[:, first : end + 1], axis=1).any():
            found[path] = column.copy()
            found[path][:, start:] = column[:, first:last].mean(axis=1, keepdims=True)
    return found


def under(table: Table, year: int | None, keep: Mapping[str, float]) -> Table:
    """A table under the conditions of a year from 2026 on; as it is where none is named.

    Args:
        keep: parameters that are set.
    """
    if year is None:
        return table
    columns = held(table, year, int(step_of(DEFAULT_FROM)))
    return table.replace({path: one for path, one in columns.items() if path not in keep})

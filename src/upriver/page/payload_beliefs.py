"""What the page carries of constants that a reader may believe something of: words for each."""

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.policy.chosen import fitted


def constants(base: Table) -> dict[str, tuple[str, int]]:
    """By path, of each constant that differs by draw, its meaning, and 1 if it is an assumption.

    An assumption is what the record left where it was, or what it was not asked about
    (`inference/told.py`).
    """
    known, told = parameters(), fitted().told
    return {
        path: (known[path].meaning, int(path not in told or told[path].assumed))
        for path, column in sorted(base.columns.items())
        if column.shape[1] == 1 and np.ptp(column) > 0
    }

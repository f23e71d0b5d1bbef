"""How much of what happened no part of the model explains: runs with the disturbances, and without.

Of the changes of deaths from year to year, what is left without the disturbances is what mechanisms
explain; the rest is unexplained, and has no name.
"""

from dataclasses import dataclass

import numpy as np

from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, quarters
from upriver.engine.run import load
from upriver.policy.disturbances import undisturbed
from upriver.policy.fitted import Draws

from .block import Doubles
from .check import INTERVAL
from .quantities import DEATHS, table_of

FIRST, LAST = 2015, 2025
"""Years whose changes count."""

A_YEAR = 4


@dataclass(frozen=True, eq=False)
class Unexplained:
    """With the disturbances, and without.

    share: of the squared yearly change of the logarithm of deaths, by draw, shape (draws,) [1].
    on, off: deaths by year, shape (draws, years).
    """

    share: Doubles
    on: Doubles
    off: Doubles

    @property
    def interval(self) -> tuple[float, float, float]:
        """5, 50 and 95 % of the share."""
        low, middle, high = np.percentile(self.share, INTERVAL).tolist()
        return low, middle, high


def unexplained(draws: Draws, deaths: str = DEATHS) -> Unexplained:
    """What is left of deaths without the disturbances.

    Args:
        deaths: the counter that is looked at.
    """
    table = table_of(draws)
    on, off = _yearly(table, deaths), _yearly(undisturbed(table), deaths)
    seen = slice(FIRST - 1 - FIRST_YEAR, LAST + 1 - FIRST_YEAR)
    changed = np.diff(np.log(on[:, seen]), axis=1)
    left = changed - np.diff(np.log(off[:, seen]), axis=1)
    return Unexplained(np.sum(left**2, axis=1) / np.sum(changed**2, axis=1), on, off)


def _yearly(table: Table, deaths: str) -> Doubles:
    counted = load().run(table.columns, outputs=[deaths], instants=quarters()[::A_YEAR])
    return np.diff(counted[:, 0], axis=1)

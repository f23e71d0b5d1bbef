"""Unknowns as they could be thought of at an origin, without hindsight.

A forecast that is scored on what came later must not know it. So, at every origin alike: a shock
may begin in any year from 2014 on, with the same chance each year, and may never come; constants
that were moved by hand towards the record have intervals half as wide again; and every history
(services, seizures, controls, relations) stays where it was at the origin. People's constants come
from the published model, which was fitted to 2020: at origins before, they know a little too much.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import log_ndtr

from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import step_of
from upriver.inference.block import Doubles
from upriver.inference.unknowns import Unknowns, at

SHOCK = "supply.shock.start"
SHOCK_FROM, SHOCK_YEARS = 2014.0, 10.0
"""Year from which on a shock may begin, and years in which one is expected: an assumption."""

BY_HAND = ("supply.", "people.dose.", "people.uptake.", "people.offer.")
"""Stems whose constants were moved by hand, with the record in view."""

WIDER = 1.5
"""Their intervals, in those that are plausible now."""

FORESEEN = ("supply.shock.clock", "people.population.people")
"""Columns that are known ahead: time itself, and how many people there will be."""


@dataclass(frozen=True)
class AtOrigin(Unknowns):
    """Of one rival, to the end of a forecast.

    cut: calendar year after which nothing is known. There are as many unknowns at every cut: what
    disturbs after it follows the prior.
    """

    cut: float = 0.0

    @cached_property
    def base(self) -> Table:
        """The table, with histories that stay where they were at the cut."""
        table = super().base
        last = int(np.floor(step_of(self.cut) + 1e-9))
        held = {}
        for path, column in table.columns.items():
            if column.shape[1] > 1 and path not in FORESEEN:
                held[path] = column.copy()
                held[path][:, last:] = column[:, last : last + 1]
        return table.replace(held)

    def value(self, path: str, standard: Doubles) -> Doubles:
        """Values of a constant at standard normal numbers, of the same shape."""
        if path == SHOCK:
            begins = SHOCK_FROM - SHOCK_YEARS * log_ndtr(-standard)
            return np.asarray(np.minimum(begins, parameters()[SHOCK].within[1]))
        p = parameters()[path]
        assert p.plausible is not None
        by_hand = path.startswith(BY_HAND) and p.value not in p.plausible
        return at(path, WIDER * standard if by_hand else standard)

"""What a shortage can come from: each draw run again without one of its causes.

A cause makes a shortage where doses of some year are weaker by a tenth or more than they would be
without it. It can be controls of precursors or of China's producers, sellers who cannot send more,
Mexico's producers (enforcement against them, capacity that closes), or a shock to the flow of
precursors. A fit decides which it was.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from upriver.core.axes import AXES
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, quarters
from upriver.engine.run import load

STRENGTH = "supply.offer.strength"
FIRST, LAST = 2013, 2031
WEAKER = 0.1
"""By so much doses of a year must be weaker than without the cause [1]."""

MOST_DRAWS = 4000
"""Draws that are run again for each cause; more would tell no more."""

A_YEAR = 4
CAUSES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "controls of precursors": {
            **{f"supply.controls.certainty[{origin}]": 0.0 for origin in AXES["origin"]},
            **{f"supply.precursors.effectiveness[{origin}]": 0.0 for origin in AXES["origin"]},
        },
        "the class control of 2019": {"supply.production.class_control": 0.0},
        "what sellers can send": {
            **{f"supply.controls.slack[{origin}]": 100.0 for origin in AXES["origin"]},
            **{f"supply.precursors.capacity[{origin}]": 1e6 for origin in AXES["origin"]},
        },
        "Mexico's producers": {
            "supply.controls.raids[mexico]": 0.0,
            "supply.production.destruction[mexico]": 0.0,
            "supply.shock.production": 0.0,
        },
        "a shock to precursors": {"supply.shock.precursors": 0.0},
    }
)
"""What is set to take a cause away."""

Progress = Callable[[int, int], None]


def runs_of(draws: int) -> int:
    """How many runs are made again for so many draws."""
    return (len(CAUSES) + 1) * min(draws, MOST_DRAWS)


def part_of(progress: Progress | None, done_before: int, in_all: int) -> Progress | None:
    """Progress of a part, told as that of the whole."""
    if progress is None:
        return None
    return lambda done, _: progress(done_before + done, in_all)


def shortages(table: Table, progress: Progress | None = None) -> dict[str, float]:
    """Share of draws in which each cause makes a shortage [1]."""
    some = table.first(MOST_DRAWS)
    in_all = runs_of(some.draws)
    usual = _strength(some, part_of(progress, 0, in_all))
    found = {}
    for i, (cause, away) in enumerate(CAUSES.items(), start=1):
        without = some.replace({path: np.array([[value]]) for path, value in away.items()})
        on = part_of(progress, i * some.draws, in_all)
        weaker = usual < (1 - WEAKER) * _strength(without, on)
        found[cause] = float(np.mean(weaker.any(axis=1)))
    return found


def _strength(table: Table, progress: Progress | None) -> NDArray[np.float64]:
    """Mean strength of doses by year, shape (draws, years)."""
    told = load().run(table.columns, outputs=(STRENGTH,), instants=quarters(), progress=progress)
    first, last = A_YEAR * (FIRST - FIRST_YEAR), A_YEAR * (LAST + 1 - FIRST_YEAR)
    inside = told[:, 0, first:last]
    yearly: NDArray[np.float64] = inside.reshape(len(inside), -1, A_YEAR).mean(axis=2)
    return yearly

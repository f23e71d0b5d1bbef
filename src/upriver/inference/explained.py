"""Explanations side by side: how each meets the record, leaves unexplained, and sees ahead."""

from dataclasses import dataclass

import numpy as np

from upriver.core.time import FIRST_YEAR
from upriver.policy.fitted import Draws

from .check import beside, predicted
from .likelihood import recorded
from .rivals import rivals
from .stacking import Stacked, left_out, stacked
from .unexplained import unexplained

MONTHS = "T40.4, months"
AHEAD = slice(2026 - FIRST_YEAR, 2032 - FIRST_YEAR)
ENDS = (2.5, 50.0, 97.5)
SEED = 1


@dataclass(frozen=True)
class Explanation:
    """One rival.

    share: of the draws [1]. error: typical, of months of deaths [logarithm]. unexplained: 5, 50 and
    95 % of the share that is left without disturbances [1]. ahead: 2.5, 50 and 97.5 % of opioid
    overdose deaths of 2026 to 2031 [people]. foretold: how well it tells numbers that are left out,
    beside the others.
    """

    name: str
    title: str
    share: float
    error: float
    unexplained: tuple[float, float, float]
    ahead: tuple[float, ...]
    foretold: Stacked


def explanations(draws: Draws, apart: Draws | None = None) -> tuple[Explanation, ...]:
    """Of every explanation that draws are of, in the order of the rivals.

    Args:
        apart: draws of each alone, if there are more of them.
    """
    likelihood = recorded()
    place = [block.name for block in likelihood.blocks].index(MONTHS)
    each = {name: (apart or draws).only(name) for name in rivals() if name in draws.rival}
    runs = {name: predicted(own, likelihood) for name, own in each.items()}
    foretold = stacked({name: left_out(likelihood, run) for name, run in runs.items()})
    found = []
    for name, own in each.items():
        left = unexplained(own)
        error = beside(likelihood, runs[name], SEED)[place].error
        ahead = np.percentile(left.on[:, AHEAD].sum(axis=1), ENDS)
        found.append(
            Explanation(
                name=name,
                title=rivals()[name].title,
                share=float(np.mean([rival == name for rival in draws.rival])),
                error=error,
                unexplained=left.interval,
                ahead=tuple(ahead.tolist()),
                foretold=foretold[name],
            )
        )
    return tuple(found)

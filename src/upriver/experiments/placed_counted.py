"""Deaths of a place as they would be counted: what is modelled, with the chance of counts.

A run says how many deaths are expected. What a place counts varies about that, by chance, the more
so the smaller it is, and beyond chance by as much as its fit found months and years to be apart.
"""

import numpy as np

from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .placed import SYNTHETIC
from .simulate import Run
from .summary import Doubles

SEED = 43
MONTHS = 12
BY_MONTH, BY_YEAR = "T40.4, months", "T40.4, years"
"""Names of what the fit saw; from `FIRST_MONTHS` on it saw months."""

FIRST_MONTHS = 2016


def months(run: Run, first: int = FIRST_MONTHS, last: int = LAST_YEAR) -> Doubles:
    """Deaths with synthetic opioids as counted by month, shape (draws, months).

    Args:
        first, last: calendar years; the first month is January of `first`, the last December of the
            year before `last`.
    """
    starts = first + np.arange((last - first) * MONTHS) / MONTHS
    means = run.periods(SYNTHETIC, starts, starts + 1 / MONTHS)
    return _counted(means, _apart(run, BY_MONTH), first)


def years(run: Run) -> Doubles:
    """The same by calendar year from the first of the run on, shape (draws, years)."""
    starts = np.arange(FIRST_YEAR, FIRST_MONTHS, dtype=np.float64)
    means = run.periods(SYNTHETIC, starts, starts + 1)
    early = _counted(means, _apart(run, BY_YEAR), 0)
    late = months(run).reshape(len(early), -1, MONTHS).sum(axis=2)
    return np.concatenate([early, late], axis=1)


def _counted(means: Doubles, apart: float, seed: int) -> Doubles:
    """Counts about means, shape (draws, n): the variance is the mean, and (apart times it)^2."""
    generator = np.random.default_rng([SEED, seed])
    size = 1 / max(apart, 1e-3) ** 2
    spread = generator.gamma(size, 1 / size, means.shape)
    found: Doubles = generator.poisson(np.maximum(means, 0) * spread).astype(np.float64)
    return found


def _apart(run: Run, name: str) -> float:
    """How far counts are apart beyond chance, as the fit found it [1]."""
    if run.local is None:
        raise ValueError("the run is of the country")
    return float(run.local.said.get("apart", {}).get(name, 0.0))

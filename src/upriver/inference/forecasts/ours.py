"""Our forecasts: what runs say of the months ahead, as quantiles; and as wide as errors were.

A month that is on record counts as recorded; one ahead, as a run has it, with the error that months
have on record. Intervals of a model hold what it can imagine; as those of every other forecaster,
ours are widened by how far off they were before.
"""

import numpy as np

from upriver.inference.block import Doubles
from upriver.policy.plausible import TAIL

from .hindcast import BEHIND, Hindcasts
from .levels import AHEAD, KINDS, LEVELS, MONTHS, NEW, SUMS, Forecasts, empty
from .target import Target

NAME, WIDENED = "upriver", "upriver_widened"
SEED = 41

FEW = 6
"""Origins that have to be known before their errors widen an interval."""

LOWER, UPPER = (int(np.argmin(np.abs(LEVELS - level))) for level in (0.05, 0.95))

MOST = 3.0
"""Times that an interval is widened at most; it is never narrowed."""


def forecasts(found: Hindcasts, record: Target) -> Forecasts:
    """Of every origin of a pass."""
    origins = range(found.first, found.first + len(found.months))
    said = empty(NAME, origins)
    generator = np.random.default_rng(SEED)
    for i, (month, ran, scale) in enumerate(zip(origins, found.months, found.scale, strict=True)):
        error = np.exp(scale[:, None] * generator.standard_normal((len(ran), AHEAD)))
        sums, new = counted(ran[:, BEHIND:] * error, record, month)
        said.quantiles[SUMS][i] = np.quantile(sums, LEVELS, axis=0).T
        said.quantiles[NEW][i] = np.quantile(new, LEVELS, axis=0).T
    return said


def counted(ahead: Doubles, record: Target, month: int) -> tuple[Doubles, Doubles]:
    """Sums of twelve months and new deaths, from deaths by month ahead, each shape (draws, AHEAD).

    Args:
        ahead: of the months after the last on record, shape (draws, AHEAD). month: that last.
    """
    new = np.cumsum(ahead, axis=1)
    sums = new.copy()
    sums[:, MONTHS:] -= new[:, :-MONTHS]
    known = [record.between(month + k - MONTHS, month) for k in range(1, MONTHS)]
    sums[:, : MONTHS - 1] += np.array(known)
    return sums, new


def widened(said: Forecasts, record: Target) -> Forecasts:
    """Forecasts whose intervals are as wide as their own past errors ask.

    Logarithms of quantiles lie further from the middle by the root mean square of the errors that
    were known at the origin, in standard deviations that were said.
    """
    found = empty(WIDENED, range(said.first, said.last + 1))
    middle = len(LEVELS) // 2
    for kind in KINDS:
        logs = np.log(said.quantiles[kind])
        wide = (logs[..., UPPER] - logs[..., LOWER]) / (2 * TAIL)
        truth = np.log(record.table(kind, range(said.first, said.last + 1)))
        errors = (truth - logs[..., middle]) / wide
        for i in range(len(logs)):
            for k in range(AHEAD):
                past = errors[: max(0, i - k), k]
                times = np.sqrt(np.mean(past**2)) if len(past) >= FEW else 1.0
                away = logs[i, k] - logs[i, k, middle]
                stretched = logs[i, k, middle] + away * np.clip(times, 1.0, MOST)
                found.quantiles[kind][i, k] = np.exp(stretched)
    return found

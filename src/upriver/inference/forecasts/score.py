"""Forecasts held against what came: weighted interval scores, coverage, and how sure a ratio is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from upriver.inference.block import Doubles

from .levels import LEVELS, MONTHS, Forecasts
from .target import Target

HORIZONS = (6, 12, 24)
"""Months from an origin."""

LAGS = (0, 4)
"""Months by which the record ends before an origin."""

ORIGINS = range(2018 * MONTHS + 11, 2025 * MONTHS + 1)
"""December 2018 to January 2025."""

TURN = range(2022 * MONTHS + 5, 2024 * MONTHS + 1)
"""June 2022 to January 2024: origins before and at the turn."""

INTERVAL = (0.05, 0.95)
RESAMPLED = 2000
SEED = 43
AGAINST = "damped_trend"


@dataclass(frozen=True)
class Score:
    """Of one forecaster at one distance.

    origins: how many are scored. score: mean weighted interval score [people]. ratio: to that of
    the damped trend, with a 90 % interval from blocks of origins. coverage: of 90 % intervals, at
    all origins and, apart, at origins whose months ahead do not overlap [1].
    """

    name: str
    kind: str
    lag: int
    horizon: int
    origins: int
    score: float
    ratio: float
    low: float
    high: float
    coverage: float
    apart: float


def interval_score(quantiles: Doubles, truth: Doubles | float) -> Doubles:
    """Weighted interval score of quantiles at `LEVELS`, over the last axis [of what is forecast].

    Bracher and others 2021, by scoringrules' quantile score.
    """
    import scoringrules

    given = np.asarray(truth)[..., None]
    return np.asarray(2 * scoringrules.quantile_score(given, quantiles, LEVELS).mean(axis=-1))


def scores(
    forecasters: Sequence[Forecasts],
    record: Target,
    kind: str,
    lag: int,
    horizon: int,
    origins: Iterable[int] = ORIGINS,
) -> list[Score]:
    """Of all forecasters at one distance, at origins that all of them have."""
    held = {one.name: _held(one, record, kind, lag, horizon, origins) for one in forecasters}
    found = []
    for name, (each, inside) in held.items():
        beside, _ = held[AGAINST]
        both = np.isfinite(each) & np.isfinite(beside)
        own, other = each[both], beside[both]
        if not own.size:
            continue
        low, high = _ratios(own, other, horizon + lag)
        found.append(
            Score(
                name, kind, lag, horizon, len(own),
                float(own.mean()), float(own.mean() / other.mean()), low, high,
                float(inside[both].mean()), float(inside[both][:: horizon + lag].mean()),
            )
        )  # fmt: skip
    return found


def _held(
    one: Forecasts, record: Target, kind: str, lag: int, horizon: int, origins: Iterable[int]
) -> tuple[Doubles, Doubles]:
    """By origin, where something came: the score, and whether the 90 % interval holds it."""
    each, inside = [], []
    low, high = (int(np.argmin(np.abs(LEVELS - level))) for level in INTERVAL)
    for origin in origins:
        if origin + horizon > record.last:
            continue
        truth = record.counts(kind, origin - lag, horizon + lag)
        said = one.at(kind, origin - lag, horizon + lag)
        each.append(float(interval_score(said, truth)))
        inside.append(bool(said[low] <= truth <= said[high]))
    return np.array(each), np.array(inside)


def _ratios(own: Doubles, other: Doubles, length: int) -> tuple[float, float]:
    """90 % interval of a ratio of means: origins are drawn in blocks that go round.

    NaN where there are not two blocks.
    """
    generator = np.random.default_rng(SEED)
    n = len(own)
    if n < 2 * length:
        return np.nan, np.nan
    blocks = -(-n // length)
    starts = generator.integers(0, n, (RESAMPLED, blocks))
    which = (starts[:, :, None] + np.arange(length)).reshape(RESAMPLED, -1)[:, :n] % n
    ratios = own[which].mean(axis=1) / other[which].mean(axis=1)
    low, high = np.quantile(ratios, INTERVAL)
    return float(low), float(high)

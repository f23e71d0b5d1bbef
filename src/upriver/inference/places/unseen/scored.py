"""States' forecasts held against what came, beside a damped trend of each state's own record.

Ours are widened by past errors of all states, as far as these were known at an origin; the ensemble
averages ours and the damped trend in logarithms, weighed by what they scored before. This was
fixed before any score was seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from upriver.inference.forecasts.baselines import forecasts
from upriver.inference.forecasts.ensemble import shares
from upriver.inference.forecasts.levels import LEVELS, MONTHS, SUMS
from upriver.inference.forecasts.ours import FEW, LOWER, MOST, UPPER
from upriver.inference.forecasts.score import interval_score
from upriver.inference.forecasts.target import Target
from upriver.policy.plausible import TAIL

from .listed import FIRST, months_of
from .origins import LAG
from .peaks import sums

Doubles = np.ndarray

HORIZONS = (12, 24)
RESAMPLED = 2000
SEED = 43
FORECASTERS = ("upriver", "ensemble", "damped_trend")


@dataclass(frozen=True)
class StatesScore:
    """Of one forecaster at one distance, over states and origins.

    forecasts: how many are scored. score: mean weighted interval score [people]. ratio: to that of
    the damped trend, with a 90 % interval from states drawn with all their origins. logarithms: the
    ratio of scores of logarithms, in which no state counts for more than another. coverage: of
    90 % intervals [1].
    """

    name: str
    horizon: int
    forecasts: int
    score: float
    ratio: float
    low: float
    high: float
    logarithms: float
    coverage: float


def target_of(code: str) -> Target:
    """A state's record, its months; of one that is withheld the middle of what it can be."""
    low, high = months_of(code)
    months = (low + high) / 2
    begin = FIRST * MONTHS
    counts = {begin - 1 + i: float(months[:i].sum()) for i in range(len(months) + 1)}
    return Target(begin + MONTHS - 1, sums(months[None])[0], counts)


def trends(codes: Sequence[str], origins: Sequence[int]) -> Doubles:
    """Quantiles of the damped trend, shape (origins, states, horizons, levels) [people]."""
    found = np.empty((len(origins), len(codes), len(HORIZONS), len(LEVELS)))
    for j, code in enumerate(codes):
        record = target_of(code)
        said = forecasts("damped_trend", record, range(origins[0] - LAG, origins[-1] - LAG + 1))
        for i, origin in enumerate(origins):
            for h, horizon in enumerate(HORIZONS):
                found[i, j, h] = said.at(SUMS, origin - LAG, horizon + LAG)
    return found


def truths(codes: Sequence[str], origins: Sequence[int]) -> Doubles:
    """What came, shape (origins, states, horizons) [people]; NaN where nothing did yet."""
    found = np.full((len(origins), len(codes), len(HORIZONS)), np.nan)
    for j, code in enumerate(codes):
        record = target_of(code)
        for i, origin in enumerate(origins):
            for h, horizon in enumerate(HORIZONS):
                if origin + horizon <= record.last:
                    found[i, j, h] = record.sum_to(origin + horizon)
    return found


def widened(said: Doubles, came: Doubles, origins: Sequence[int]) -> Doubles:
    """Forecasts whose intervals are as wide as errors ask that were known at each origin.

    Args:
        said: quantiles, shape (origins, states, horizons, levels). came: see `truths`.
    """
    logs = np.log(np.maximum(said, 0.5))
    middle = len(LEVELS) // 2
    wide = np.maximum((logs[..., UPPER] - logs[..., LOWER]) / (2 * TAIL), 1e-6)
    errors = (np.log(np.maximum(came, 0.5)) - logs[..., middle]) / wide
    found = logs.copy()
    for i, origin in enumerate(origins):
        for h, horizon in enumerate(HORIZONS):
            past = _known(errors[:, :, h], origins, origin, horizon)
            times = np.sqrt(np.mean(past**2)) if past.size >= FEW else 1.0
            away = logs[i, :, h] - logs[i, :, h, middle, None]
            found[i, :, h] = logs[i, :, h, middle, None] + away * np.clip(times, 1.0, MOST)
    return np.asarray(np.exp(found))


def together(members: Sequence[Doubles], came: Doubles, origins: Sequence[int]) -> Doubles:
    """The ensemble: logarithms of quantiles averaged, by one over members' past mean scores."""
    logs = np.log(np.maximum(members, 0.5))
    past = np.array([interval_score(one, np.log(np.maximum(came, 0.5))) for one in logs])
    found = np.empty(logs.shape[1:])
    for i, origin in enumerate(origins):
        for h, horizon in enumerate(HORIZONS):
            known = np.array([_known(one[:, :, h], origins, origin, horizon) for one in past])
            share = shares(known) if known.shape[1] else np.full(len(logs), 1 / len(logs))
            found[i, :, h] = np.tensordot(share, logs[:, i, :, h], axes=1)
    return np.asarray(np.exp(found))


def scores(said: Mapping[str, Doubles], came: Doubles) -> list[StatesScore]:
    """Of all forecasters at all distances, beside the damped trend.

    Args:
        said: quantiles by name, shape (origins, states, horizons, levels).
    """
    found = []
    for h, horizon in enumerate(HORIZONS):
        known = np.isfinite(came[:, :, h])
        truth = np.where(known, came[:, :, h], 1.0)
        beside = _each(said["damped_trend"][:, :, h], truth, known)
        for name, quantiles in said.items():
            own = _each(quantiles[:, :, h], truth, known)
            low, high = _interval(own[0], beside[0])
            held = (quantiles[:, :, h, LOWER] <= truth) & (truth <= quantiles[:, :, h, UPPER])
            found.append(
                StatesScore(
                    name,
                    horizon,
                    int(known.sum()),
                    float(np.nanmean(own[0])),
                    float(np.nanmean(own[0]) / np.nanmean(beside[0])),
                    low,
                    high,
                    float(np.nanmean(own[1]) / np.nanmean(beside[1])),
                    float(held[known].mean()),
                )
            )
    return found


def _each(quantiles: Doubles, truth: Doubles, known: Doubles) -> tuple[Doubles, Doubles]:
    """Scores by origin and state, of people and of logarithms; NaN where nothing came yet."""
    plain = interval_score(quantiles, truth)
    logs = interval_score(np.log(np.maximum(quantiles, 0.5)), np.log(np.maximum(truth, 0.5)))
    return np.where(known, plain, np.nan), np.where(known, logs, np.nan)


def _known(each: Doubles, origins: Sequence[int], origin: int, horizon: int) -> Doubles:
    """What was known at an origin of things that came at others, shape (n,)."""
    rows = [i for i, other in enumerate(origins) if other + horizon <= origin - LAG]
    return np.asarray(each[rows].ravel()) if rows else np.empty(0)


def _interval(own: Doubles, other: Doubles) -> tuple[float, float]:
    """90 % interval of a ratio of means: states are drawn, each with all its origins."""
    generator = np.random.default_rng(SEED)
    n = own.shape[1]
    which = generator.integers(0, n, (RESAMPLED, n))
    ratios = np.nansum(own[:, which], axis=(0, 2)) / np.nansum(other[:, which], axis=(0, 2))
    low, high = np.quantile(ratios, (0.05, 0.95))
    return float(low), float(high)

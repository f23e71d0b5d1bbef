"""Forecasts put together: quantiles averaged in logarithms, weighed by past scores.

At each origin and distance a forecaster weighs by one over its mean score at the origins whose
months ahead were known there; before any were, all count the same. The last value is what the
others are held against, and no member: with it the ensemble is wider, and scores worse.
"""

from collections.abc import Sequence

import numpy as np

from upriver.inference.block import Doubles

from .levels import AHEAD, KINDS, Forecasts, empty
from .score import interval_score
from .target import Target

NAME = "ensemble"
MEMBERS = ("upriver_widened", "damped_trend", "smoothing")


def ensemble(members: Sequence[Forecasts], record: Target) -> Forecasts:
    """Of forecasters that have the same origins."""
    said = empty(NAME, range(members[0].first, members[0].last + 1))
    for kind in KINDS:
        shares = weights(members, record, kind)
        logs = np.log([one.quantiles[kind] for one in members])
        said.quantiles[kind][:] = np.exp(np.einsum("mik,mikl->ikl", shares, logs))
    return said


def weights(members: Sequence[Forecasts], record: Target, kind: str) -> Doubles:
    """Of each member at each origin and distance, shape (members, origins, AHEAD), of sum 1."""
    past = np.array([_scores(one, kind, record) for one in members])
    found = np.full(past.shape, 1 / len(members))
    for i in range(past.shape[1]):
        for k in range(min(i, AHEAD)):
            found[:, i, k] = shares(past[:, : i - k, k])
    return found


def shares(past: Doubles) -> Doubles:
    """Of forecasters, by their scores at past origins, shape (forecasters, origins)."""
    inverse = 1 / past.mean(axis=1)
    return np.asarray(inverse / inverse.sum())


def _scores(one: Forecasts, kind: str, record: Target) -> Doubles:
    """Interval scores by origin and months ahead, in logarithms; NaN where nothing came yet."""
    truth = record.table(kind, range(one.first, one.last + 1))
    return interval_score(np.log(one.quantiles[kind]), np.log(truth))

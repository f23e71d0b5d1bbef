"""What `upriver forecast` says: the months ahead, and how such forecasts did before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from upriver.inference.block import Doubles

from .ensemble import MEMBERS, weights
from .ensemble import NAME as TOGETHER
from .levels import KINDS, LEVELS, SUMS, Forecasts
from .score import HORIZONS, LAGS, ORIGINS, TURN, Score, scores
from .shipped import everyone
from .target import Target, target

SHOWN = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Ends of the 90 and 50 % intervals, and the middle."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A forecast from the end of the record.

    month: the last on record, from year 0. said: by forecaster.
    """

    record: Target
    month: int
    said: Mapping[str, Forecasts]

    def weights(self, ahead: int, kind: str = SUMS) -> dict[str, float]:
        """Of the ensemble's members, so many months ahead, by name."""
        found = weights([self.said[name] for name in MEMBERS], self.record, kind)
        return dict(zip(MEMBERS, found[:, -1, ahead - 1].tolist(), strict=True))

    def quantiles(self, name: str, ahead: int, kind: str = SUMS) -> Doubles:
        """5, 25, 50, 75 and 95 % of a forecaster [people]; NaN where it says nothing."""
        which = [int(np.argmin(np.abs(LEVELS - level))) for level in SHOWN]
        return self.said[name].at(kind, self.month, ahead)[which]


def forecast(file: Path | None = None) -> Answer:
    """From the last month on record.

    Args:
        file: hindcasts that stand in the place of those that ship; raises as `everyone`.
    """
    said, record = everyone(file), target()
    return Answer(record, said[TOGETHER].last, said)


def past(said: Mapping[str, Forecasts], record: Target, *, turn: bool = False) -> list[Score]:
    """How all did at past origins, each distance with and without a lag.

    Args:
        turn: of the origins at the turn alone.
    """
    origins = TURN if turn else ORIGINS
    return [
        one
        for kind in KINDS
        for lag in LAGS
        for horizon in HORIZONS
        for one in scores(list(said.values()), record, kind, lag, horizon, origins)
    ]

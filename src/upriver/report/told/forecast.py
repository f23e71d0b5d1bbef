"""Deaths of the months ahead and how such forecasts did, as `upriver forecast` has them."""

import csv
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from upriver.inference.forecasts.answer import SHOWN, Answer, forecast, past
from upriver.inference.forecasts.hub import last_day
from upriver.inference.forecasts.levels import SUMS
from upriver.inference.forecasts.score import HORIZONS, LAGS, ORIGINS, TURN, Score
from upriver.system.world import DEFAULT

from .ranking import figures

MONTHS = 24
FORECASTERS = ("ensemble", "upriver_widened", "upriver", "damped_trend", "smoothing", "last_value")
AHEAD = FORECASTERS[:2]
"""Those whose months ahead are shown: all together, and the model alone."""

REGISTERED = Path(__file__).parents[4] / "forecasts" / "registered.csv"
"""In a checkout; what is told of it ships."""


def make(progress: Callable[[str], Callable[[int, int], None]]) -> dict[str, Any]:
    """Sums of twelve months: the record, what is said ahead, scores, what is registered.

    record: by month from `first`, as final counts will have it. ahead: by forecaster, a row for
    each month, quantiles at `levels`. scores: of all origins, ratios against the damped trend;
    `turn` is the same ratio at the turn alone.
    """
    del progress
    found = forecast()
    record = found.record
    return {
        "command": f"upriver forecast --months {MONTHS}",
        "scored_by": "upriver forecast --score",
        "world": DEFAULT,
        "levels": list(SHOWN),
        "first": str(last_day(record.first))[:7],
        "record": [figures(value) for value in record.sums],
        "record_to": str(last_day(found.month))[:7],
        "ends": [str(last_day(found.month + k))[:7] for k in range(1, MONTHS + 1)],
        "ahead": {name: _quantiles(found, name) for name in AHEAD},
        "weights": {name: figures(share) for name, share in found.weights(MONTHS).items()},
        "origins": _span(ORIGINS),
        "turn": _span(TURN),
        "horizons": list(HORIZONS),
        "lags": list(LAGS),
        "scores": _scores(found),
        "registered": _registered(),
    }


def _quantiles(found: Answer, name: str) -> list[list[float]]:
    return [[figures(value) for value in found.quantiles(name, k)] for k in range(1, MONTHS + 1)]


def _span(origins: range) -> list[str]:
    return [str(last_day(month))[:7] for month in (origins[0], origins[-1])]


def _scores(found: Answer) -> list[dict[str, Any]]:
    everywhere, turn = (past(found.said, found.record, turn=one) for one in (False, True))
    there = {_place(one): one.ratio for one in turn}
    return [
        {
            "name": one.name,
            "lag": one.lag,
            "horizon": one.horizon,
            "origins": one.origins,
            **{
                name: _known(getattr(one, name))
                for name in ("score", "ratio", "low", "high", "coverage", "apart")
            },
            "turn": _known(there.get(_place(one), np.nan)),
        }
        for one in _shown(everywhere)
    ]


def _shown(scores: Iterable[Score]) -> list[Score]:
    return [one for one in scores if one.kind == SUMS and one.name in FORECASTERS]


def _place(one: Score) -> tuple[str, str, int, int]:
    return one.name, one.kind, one.lag, one.horizon


def _known(value: float) -> float | None:
    return figures(value) if math.isfinite(value) else None


def _registered() -> list[dict[str, str]]:
    """Of what is forecast by us: the day, the file and its digest."""
    with REGISTERED.open(encoding="utf-8") as file:
        return [
            {name: row[name] for name in ("registered", "file", "sha256")}
            for row in csv.DictReader(file)
            if Path(row["file"]).parent.name in ("upriver-ensemble", "upriver-model")
        ]

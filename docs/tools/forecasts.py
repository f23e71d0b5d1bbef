"""Forecasts: what they say now, how they did at past origins, and at the turn."""

import csv
from functools import cache
from pathlib import Path

from upriver.cli.forecasted import TITLES, month_name
from upriver.inference.forecasts.answer import Answer, forecast, past
from upriver.inference.forecasts.score import HORIZONS, LAGS, Score

from .markdown import table

REGISTERED = Path(__file__).resolve().parents[2] / "forecasts" / "registered.csv"
SHOWN = (6, 12, 18, 24)
ORDER = (
    "ensemble",
    "upriver_widened",
    "upriver",
    "damped_trend",
    "smoothing",
    "last_value",
    "source",
)

TURNED = ("ensemble", "upriver_widened", "upriver", "smoothing", "last_value")


@cache
def _answer() -> Answer:
    return forecast()


@cache
def _past(turn: bool) -> dict[tuple[str, str, int, int], Score]:
    found = _answer()
    return {
        (one.kind, one.name, one.lag, one.horizon): one
        for one in past(found.said, found.record, turn=turn)
    }


def ahead() -> str:
    """What is forecast now."""
    found = _answer()
    rows = []
    for months in SHOWN:
        row = [month_name(found.month + months)]
        for name in ("ensemble", "upriver_widened", "damped_trend"):
            low, _, middle, _, high = (f"{q / 1000:.1f}" for q in found.quantiles(name, months))
            row.append(f"{middle} ({low} to {high})")
        rows.append(row)
    return table(("Twelve months to", "All together", "The model alone", "Damped trend"), rows)


def scores() -> str:
    """How all did, sums of twelve months."""
    return _scores("sums")


def new_scores() -> str:
    """How all did, new deaths."""
    return _scores("new")


def _scores(kind: str) -> str:
    rows = []
    for lag in LAGS:
        for horizon in HORIZONS:
            trend = _past(False)[kind, "damped_trend", lag, horizon]
            for name in ORDER:
                one = _past(False).get((kind, name, lag, horizon))
                if one is not None:
                    rows.append([*_place(one, trend), *_numbers(one)])
    head = ("Ahead, lag", "Forecaster", "Origins", "Of the damped trend's error, 90 %")
    return table((*head, "Inside 90 %", "Apart"), rows)


def _place(one: Score, trend: Score) -> list[str]:
    where = f"{one.horizon} months, {one.lag}" if one.name == ORDER[0] else ""
    known = f", whose own is {trend.score:,.0f}" if one.name == "damped_trend" else ""
    return [where, f"{TITLES[one.name]}{known}"]


def _numbers(one: Score) -> list[str]:
    sure = "" if one.low != one.low else f" ({one.low:.2f} to {one.high:.2f})"
    return [
        f"{one.origins}",
        f"{one.ratio:.2f}{sure}",
        f"{100 * one.coverage:.0f} %",
        f"{100 * one.apart:.0f} %",
    ]


def turn() -> str:
    """How all did at the origins at the turn."""
    rows = [
        [
            f"{horizon} months, {lag}",
            *(
                f"{found.ratio:.2f}" if (found := _past(True).get(("sums", name, lag, horizon)))
                else ""
                for name in TURNED
            ),
        ]
        for lag in LAGS
        for horizon in HORIZONS
    ]  # fmt: skip
    return table(
        ("Ahead, lag", *(TITLES[name] for name in TURNED)),
        rows,
    )


def registered() -> str:
    """Files that were registered, with digests."""
    with REGISTERED.open(encoding="utf-8") as file:
        rows = [
            [row["registered"], f"`{row['file']}`", f"`{row['sha256'][:16]}`"]
            for row in csv.DictReader(file)
        ]
    return table(("Registered", "File", "SHA-256 begins"), rows)

"""A forecast, and how forecasts did, in words, as JSON and as a picture."""

import calendar
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import shared

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from upriver.inference.forecasts.answer import Answer
    from upriver.inference.forecasts.score import Score
    from upriver.report.tables.tidy import Tidy

A_YEAR, APART = 12, 3
"""Months of a sum; months between the rows that are printed."""

TITLES = {
    "ensemble": "all together",
    "upriver": "the model, as is",
    "upriver_widened": "the model",
    "last_value": "last value",
    "damped_trend": "damped trend",
    "smoothing": "smoothing",
    "source": "SOURCE, at 2020",
}

KINDS = {
    "sums": "Deaths of twelve months",
    "new": "New deaths, from the end of the record",
}


def month_name(month: int) -> str:
    """Of a month counted from year 0, as January 2026."""
    year, before = divmod(month, A_YEAR)
    return f"{calendar.month_name[before + 1]} {year}"


def text(found: "Answer", months: int) -> str:
    """What a reader wants to know."""
    from upriver.experiments.caveats import unexplained

    counted = found.record.sum_to(found.month)
    shown = sorted({*range(APART, months + 1, APART), months})
    lines = [
        shared.prose(
            "Deaths with synthetic opioids in the United States, sums of twelve months. On record: "
            f"{shared.three_figures(counted)} in the twelve months to {month_name(found.month)}, "
            "as final counts will have it."
        ),
        "",
        f"{'':<16}{'all together':<38}{'the model alone':<26}",
        f"{'12 months to':<16}{'middle':>8}{'50 %':>15}{'90 %':>17}{'middle':>12}{'90 %':>16}",
    ]
    for ahead in shown:
        both = [found.quantiles(name, ahead) for name in ("ensemble", "upriver_widened")]
        low, lower, middle, upper, high = both[0]
        least, _, own, _, most = both[1]
        lines.append(
            f"{month_name(found.month + ahead):<16}{shared.three_figures(middle):>8}"
            f"{_between(lower, upper):>17}{_between(low, high):>17}"
            f"{shared.three_figures(own):>10}{_between(least, most):>18}"
        )
    lines += [
        "",
        shared.prose(
            f"All together: {_members(found, months)}, their quantiles averaged by how each did "
            "before. `upriver forecast --score` says how that was."
        ),
    ]
    if why := unexplained("whole"):
        lines += ["", shared.prose(why)]
    return "\n".join(lines)


def _members(found: "Answer", months: int) -> str:
    """Who is in the ensemble, and how each weighs at the last distance that is shown."""
    said = [f"{TITLES[name]} {share:.0%}" for name, share in found.weights(months).items()]
    return f"{', '.join(said[:-1])} and {said[-1]} at {months} months"


def scores_text(everywhere: "Sequence[Score]", turn: "Sequence[Score]") -> str:
    """Tables by what is forecast, lag and distance."""
    lines = [
        shared.prose(
            "Forecasts from every month from December 2018 to January 2025, held against what came "
            "(final counts, provisional from 2024 on). At each origin the model knew what was on "
            "record then, as it is published now. Error: mean weighted interval score of 23 "
            "quantiles, and beside it in multiples of the damped trend's, with a 90 % interval "
            "from blocks of origins. Inside: share of outcomes in 90 % intervals, and of those "
            "whose months do not overlap. Apart: the same multiple at origins from June 2022 to "
            "January 2024 alone, when deaths turned."
        )
    ]
    at_turn = {(one.name, one.kind, one.lag, one.horizon): one for one in turn}
    groups = dict.fromkeys((one.kind, one.lag, one.horizon) for one in everywhere)
    for kind, lag, horizon in groups:
        late = f"the record {lag} months late" if lag else "the record to the origin"
        lines += [
            "",
            f"{KINDS[kind]}, {horizon} months ahead, {late}",
            f"  {'':<18}{'origins':>8}{'error':>9}{'of trend':>10}{'90 %':>15}{'inside':>8}"
            f"{'apart':>7}{'turn':>7}",
        ]
        for one in everywhere:
            if (one.kind, one.lag, one.horizon) == (kind, lag, horizon):
                there = at_turn.get((one.name, kind, lag, horizon))
                lines.append(_row(one, there))
    return "\n".join(lines)


def _row(one: "Score", turn: "Score | None") -> str:
    sure = "" if one.low != one.low else f"{one.low:.2f} to {one.high:.2f}"
    return (
        f"  {TITLES[one.name]:<18}{one.origins:>8}{one.score:>9,.0f}{one.ratio:>10.2f}{sure:>15}"
        f"{one.coverage:>8.0%}{one.apart:>7.0%}" + ("" if turn is None else f"{turn.ratio:>7.2f}")
    )


def scores_as_json(everywhere: "Sequence[Score]", turn: "Sequence[Score]") -> dict[str, Any]:
    """All scores."""
    return {
        "all_origins": [vars(one) for one in everywhere],
        "turn": [vars(one) for one in turn],
    }


def as_json(found: "Answer", months: int) -> dict[str, Any]:
    """All forecasters, every month and quantile."""
    from upriver.inference.forecasts.hub import last_day
    from upriver.inference.forecasts.levels import LEVELS

    ahead = range(1, months + 1)
    return {
        "place": "US",
        "record": {"first": found.record.first, "sums": found.record.sums.tolist()},
        "record_to": str(last_day(found.month)),
        "ends": [str(last_day(found.month + k)) for k in ahead],
        "levels": LEVELS.tolist(),
        "forecasts": {
            name: {kind: [said.at(kind, found.month, k).tolist() for k in ahead] for kind in KINDS}
            for name, said in found.said.items()
        },
    }


def scores_table(everywhere: "Sequence[Score]", turn: "Sequence[Score]") -> "Tidy":
    """All scores as a tidy table."""
    from upriver.report.tables.ahead import table_of_scores

    return table_of_scores(everywhere, turn)


def table(found: "Answer", months: int) -> "Tidy":
    """All forecasters as a tidy table."""
    from upriver.report.tables.ahead import table_of_forecast

    return table_of_forecast(found, months)


def figure(found: "Answer", months: int) -> "Figure":
    """The record, what all say together with its intervals, and the model's middle."""
    import numpy as np
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(8, 4.5), layout="constrained")
    axes = drawn.subplots()
    years = (np.arange(found.record.first, found.month + 1) + 1) / A_YEAR
    axes.plot(years, found.record.sums, color="black", label="on record, provisional from 2024 on")
    ahead = np.arange(1, months + 1)
    ends = (found.month + ahead + 1) / A_YEAR
    low, lower, middle, upper, high = np.array(
        [found.quantiles("ensemble", int(k)) for k in ahead]
    ).T
    axes.fill_between(ends, low, high, alpha=0.2, color="C0", label="all together, 90 %")
    axes.fill_between(ends, lower, upper, alpha=0.35, color="C0", label="50 %")
    axes.plot(ends, middle, color="C0")
    own = np.array([found.quantiles("upriver_widened", int(k)) for k in ahead]).T
    axes.plot(ends, own[2], color="C1", label="the model alone, with 90 %")
    axes.plot(ends, own[[0, 4]].T, color="C1", linestyle=":")
    axes.set_ylim(0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_ylabel("deaths of the twelve months before")
    axes.set_title("Deaths with synthetic opioids, United States", fontsize="medium")
    axes.legend(fontsize="small", frameon=False)
    return drawn


def _between(low: float, high: float) -> str:
    return f"{shared.three_figures(low)} to {shared.three_figures(high)}"

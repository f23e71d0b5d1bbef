"""`upriver forecast --place`: the months ahead in a state, by the model alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from . import in_place, pictures, shared, tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from upriver.experiments.placed_forecast import PlaceForecast
    from upriver.report.tables.tidy import Tidy

APART = 3
"""Months between the rows that are printed."""

ALONE = (
    "Ours alone; no ensemble is offered for states. As of 2021 to 2023 such forecasts were little "
    "better than a damped trend of a state's own record: docs/unseen.md."
)


def tell(
    context: typer.Context,
    place: str,
    place_fit: Path | None,
    months: int,
    picture: Path | None,
    form: str,
    save: Path | None,
) -> None:
    """Print the forecast of a place, and draw it where that is asked for."""
    from upriver.experiments.placed_forecast import forecast_in

    in_place.refuse(context, "score", why="is of forecasts of the country: none of a state is yet")
    in_place.refuse(context, "hub", "hindcasts", why="is of forecasts of the country")
    pictures.check(picture)
    found = forecast_in(place, file=place_fit)
    tables.tell(
        form,
        save,
        table=lambda: _table(found, months),
        own=lambda: _as_json(found, months),
        text=lambda: typer.echo(_text(found, months)),
    )
    pictures.draw(picture, lambda: figure(found, months))


def _table(found: "PlaceForecast", months: int) -> "Tidy":
    from upriver.experiments.placed_caveats import CAVEAT
    from upriver.report.tables.ahead import table_of_place_forecast

    note = f"{ALONE} {CAVEAT.format(place=found.place.name)}"
    return table_of_place_forecast(found, months, note)


def _text(found: "PlaceForecast", months: int) -> str:
    """What a reader wants to know."""
    from upriver.experiments.placed_caveats import CAVEAT, LAST, provisional
    from upriver.experiments.placed_unexplained import unexplained_in
    from upriver.report.placed_record import range_text
    from upriver.report.wording import number

    from .forecasted import month_name

    name = found.place.name
    known = found.recorded(found.own_end)
    lines = [
        shared.prose(
            f"Deaths with synthetic opioids in {name}, sums of twelve months. "
            + (
                f"On record: {range_text(known)} residents in the twelve months to "
                f"{month_name(found.own_end)}."
                if known
                else f"The record, to {month_name(found.own_end)}, holds no twelve months."
            )
        ),
        shared.prose(ALONE),
        "",
        f"{'12 months to':<16}{'middle':>9}{'50 %':>18}{'90 %':>18}{'where died*':>13}",
    ]
    for month in _shown(found, months):
        low, lower, middle, upper, high = found.quantiles(month)
        year, last = divmod(month + 1, 12)
        later = provisional(found.place, year - 1) if last == 0 else None
        lines.append(
            f"{month_name(month):<16}{shared.three_figures(middle):>9}"
            f"{_between(lower, upper):>18}{_between(low, high):>18}"
            f"{'' if later is None else number(later, 0):>13}".rstrip()
        )
    lines += ["", shared.prose(
        f"Of {found.run.draws} draws, with the chance of counts. The fit saw the deaths of "
        f"residents of {name} to {month_name(found.own_end)}, and by the country's draws those of "
        f"the country to {month_name(found.end)}: for {name} the months between are a projection "
        f"already. *: recorded provisionally where people died; that of December {LAST} it did not "
        f"see. {CAVEAT.format(place=name)}"
    )]  # fmt: skip
    if why := unexplained_in(found.run):
        lines += ["", shared.prose(why)]
    return "\n".join(lines)


def _shown(found: "PlaceForecast", months: int) -> list[int]:
    """Decembers from the end of the place's record to the country's, then every three months."""
    between = range(found.own_end, found.end + 1, 12)
    ahead = {*range(APART, months + 1, APART), months}
    return [*between, *(found.end + k for k in sorted(ahead))]


def _as_json(found: "PlaceForecast", months: int) -> dict[str, Any]:
    from upriver.experiments.placed_caveats import provisional
    from upriver.experiments.placed_forecast import label_of
    from upriver.experiments.placed_unexplained import unexplained_in
    from upriver.inference.forecasts.levels import LEVELS

    levels = tuple(LEVELS.tolist())
    rows = range(found.own_end, found.end + months + 1)
    return {
        "place": found.place.code,
        "name": found.place.name,
        "draws": found.run.draws,
        "record_to": label_of(found.own_end),
        "record_of_the_country_to": label_of(found.end),
        "ensemble": False,
        "scored": "docs/unseen.md",
        "note": ALONE,
        "unexplained": unexplained_in(found.run),
        "levels": list(levels),
        "sums_of_12_months": [
            {
                "to": label_of(month),
                "quantiles": found.quantiles(month, levels).tolist(),
                "recorded": found.recorded(month),
                "where_died_provisional": provisional(found.place, month // 12)
                if month % 12 == 11
                else None,
            }
            for month in rows
        ],
        "provenance": dict(found.run.provenance),
    }


def figure(found: "PlaceForecast", months: int) -> "Figure":
    """The record, with what withheld months allow, and what is projected with its intervals."""
    import numpy as np
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(8, 4.5), layout="constrained")
    axes = drawn.subplots()
    first = 2017 * 12 - 1
    past = np.arange(first, found.own_end + 1)
    ends = np.array([found.recorded(int(month)) for month in past], dtype=np.float64)
    said = "on record, residents"
    axes.fill_between((past + 1) / 12, *ends.T, color="black", alpha=0.5, lw=1, label=said)
    ahead = np.arange(found.own_end, found.end + months + 1)
    when = (ahead + 1) / 12
    low, lower, middle, upper, high = np.array([found.quantiles(int(one)) for one in ahead]).T
    axes.fill_between(when, low, high, alpha=0.2, color="C1", label="the model alone, 90 %")
    axes.fill_between(when, lower, upper, alpha=0.35, color="C1", label="50 %")
    axes.plot(when, middle, color="C1")
    axes.set_ylim(0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_ylabel("deaths of the twelve months before")
    axes.set_title(f"Deaths with synthetic opioids, {found.place.name}", fontsize="medium")
    axes.legend(fontsize="small", frameon=False)
    return drawn


def _between(low: float, high: float) -> str:
    return f"{shared.three_figures(low)} to {shared.three_figures(high)}"

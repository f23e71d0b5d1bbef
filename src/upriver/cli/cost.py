"""`upriver cost`: what scenarios cost, what they gain, and at what price."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show, unknown_name

from . import shared, tables
from .costed import VIEWS, texts
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.costs.prices import Priced
    from upriver.experiments.costs.value import Valued
    from upriver.experiments.summary import Doubles
    from upriver.report.tables.tidy import Tidy

DRAWS = 200


def _view(given: str) -> str:
    """The name of a view."""
    if given not in VIEWS:
        raise unknown_name("view", given, VIEWS, where=("--view", None))
    return given


def _discount(given: str | float) -> float:
    """Percent a year as a share."""
    try:
        percent = float(given)
    except ValueError:
        percent = float("nan")
    if not 0 <= percent <= 20:
        raise OutOfBounds(
            "should be percent a year", file="--discount", found=show(given), allowed="0 to 20"
        )
    return percent / 100


def command(
    context: typer.Context,
    scenarios: shared.Scenarios,
    set_: shared.Settings = None,
    draws: shared.Draws = DRAWS,
    world: shared.World = None,
    on: shared.On = None,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    view: Annotated[
        str,
        typer.Option(
            "--view",
            metavar="VIEW",
            parser=_view,
            help="Whose costs prices are told of: `health`, the health sector, or `society`, which "
            "adds criminal justice and what people who die no longer produce.",
        ),
    ] = "health",
    discount: Annotated[
        float,
        typer.Option(
            "--discount",
            metavar="PERCENT",
            parser=_discount,
            help="Percent a year by which costs and health after 2026 count less.",
        ),
    ] = 3,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Cost scenarios: what each costs and gains.

    Costs are in USD of 2021, of the health sector and of society; health is in deaths averted and
    in quality-adjusted life years (QALYs). Unit costs and weights are drawn with each run, the same
    for all scenarios.

    Example: upriver cost published published/nx_kits published/peer_recovery
    """
    form = tables.asked(form, as_json, save)
    held = shared.settings(set_)
    draws = shared.chosen(context, fit, believed, draws)

    from upriver.experiments.costs.value import cost

    found = cost(
        *scenarios,
        draws=draws,
        world=world,
        on=on,
        settings=held,
        discount=discount,
        progress=progress("draws"),
    )
    shared.check_chosen(fit, believed, found.runs[0].world)
    tables.tell(
        form,
        save,
        table=lambda: _table(found, view),
        own=lambda: _as_json(found, view),
        text=lambda: _print(found, view),
    )


def _print(found: "Valued", view: str) -> None:
    typer.echo("\n\n".join(texts(found, view)))
    if found.comparison.remarks:
        typer.echo()
    shared.tell_remarks(found.comparison.remarks)


def _table(found: "Valued", view: str) -> "Tidy":
    from upriver.report.tables.costs import table_of_costs

    return table_of_costs(found, view)


def _as_json(found: "Valued", view: str) -> dict[str, Any]:
    from upriver.experiments.costs.value import COMPONENTS, THRESHOLDS
    from upriver.experiments.summary import interval

    def told(draws: "Doubles") -> dict[str, float]:
        _, low, high = interval(draws)
        return {"mean": float(draws.mean()), "low": low, "high": high}

    def price(priced: "Priced") -> dict[str, Any]:
        return {name: one._asdict() for name, one in priced._asdict().items()}

    acceptable = {f"{at:.0f}": found.acceptable(at, view) for at in THRESHOLDS}
    return {
        "since": found.comparison.since,
        "world": found.runs[0].world,
        "draws": found.runs[0].draws,
        "dollars": 2021,
        "discount": found.discount,
        "view": view,
        "against": found.runs[0].scenario.title,
        "remarks": list(found.comparison.remarks),
        "scenarios": [
            {
                "title": run.scenario.title,
                "averted": told(found.averted(run)),
                "qalys": told(found.gained(run)),
                "cost": {name: told(found.cost(run, name)) for name in VIEWS},
                "components": {name: told(draws) for name, draws in found.components(run).items()},
                "per_death": price(found.per_death(run, view)),
                "per_qaly": price(found.per_qaly(run, view)),
                "acceptable": {at: by[run.scenario.title] for at, by in acceptable.items()},
                "complete": found.complete(run),
                "measures": [
                    {"label": one.label, "counted": one.counted, "how": one.how}
                    for one in found.own(run)
                ],
            }
            for run in found.runs
        ],
        "frontier": [step._asdict() for step in found.frontier(view)],
        "component_titles": dict(COMPONENTS),
        "provenance": [dict(run.provenance) for run in found.runs],
    }

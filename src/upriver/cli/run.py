"""`upriver run`: one scenario, as a table, a results file and a report."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from . import files, in_place, run_place, shared, tables
from .made import made_again, one_of
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.again import Made
    from upriver.experiments.simulate import Run
    from upriver.policy.scenario import Scenario
    from upriver.report.tables.tidy import Tidy


def command(
    context: typer.Context,
    scenario: shared.Scenario = "base",
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    world: shared.World = None,
    on: shared.On = None,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    among: shared.Among = None,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Run a scenario: recorded beside modelled, 1999 to 2032.

    Prints a table, then writes a report and results under the scenario's name: base.html, base.nc.
    One of those in the place of a scenario is made again.

    With --place, of a state: base-OH.html, base-OH.nc. What is done is done in the whole country.

    Example: upriver run fentanyl_low --set people.response.witnessed=0.8

    Example: upriver run naloxone_doubled --place OH
    """
    form = tables.asked(form, as_json, save)
    if not no_files:
        files.check_folder(folder)
    held = shared.settings(set_)

    from upriver.experiments.again import is_made
    from upriver.experiments.simulate import simulate

    chosen: str | Scenario = scenario
    made: Made | None = None
    run_in = world
    if is_made(scenario):
        made = one_of(scenario)
        chosen = made.scenarios[0]
        draws = draws if shared.given(context, "draws") else made.draws
        run_in = world or made.world
        place = place or made.place or None
    in_place.without(place, place_fit)
    if place is not None:
        from upriver.experiments.placed import simulate_place

        in_place.use_fit(context, place, place_fit, fit)
        run = simulate_place(
            place,
            chosen,
            draws=draws if made or shared.given(context, "draws") else None,
            file=place_fit,
            world=run_in,
            on=on,
            settings=held,
        ).run
    else:
        draws = shared.chosen(context, fit, believed, draws, among)
        run = simulate(
            chosen,
            draws=draws,
            world=run_in,
            on=on,
            settings=held,
            progress=progress("draws"),
        )
        shared.check_chosen(fit, believed, run.world)
    tables.tell(
        form,
        save,
        table=lambda: _table(run),
        own=lambda: run_place.as_json(run) if run.place else _as_json(run),
        text=lambda: run_place.tell(run) if run.place else _print(run),
        beside=True,
    )
    sys.stdout.flush()
    if made is not None:
        otherwise = shared.given(
            context, "set_", "draws", "world", "on", "fit", "believed", "among", "place"
        )
        made_again(made, [run], run.dataset(), otherwise)
    if no_files:
        return

    from upriver.report.story import report

    named_place = [run.place] if run.place and (made is None or not made.place) else []
    files.write_files(
        folder,
        files.run_name(
            [scenario],
            world=world,
            settings=held,
            others=[*shared.chosen_said(fit, believed, among), *named_place],
        ),
        report(run),
        run.dataset(),
        titles=[run.scenario.title],
        given=[scenario],
    )


def _print(run: "Run") -> None:
    """A run of the country for a reader."""
    from upriver.experiments.caveats import unexplained
    from upriver.report.headline import caveat, full_treatment, terminal_rows
    from upriver.report.terminal import headline_table

    typer.echo(shared.prose(f"{run.title}: the US opioid epidemic, recorded and modelled"))
    if first := unexplained(run.world):
        typer.echo("\n" + shared.prose(first))
    typer.echo("\n" + headline_table(terminal_rows(run), shared.width()))
    how = "" if run.central else f"Median and 95 % interval of {run.draws} draws. "
    typer.echo(shared.prose(f"{how}{caveat(run)} {full_treatment(run)}".rstrip()))
    shared.tell_remarks(run.remarks)


def _table(run: "Run") -> "Tidy":
    from upriver.report.tables.runs import table_of_run

    return table_of_run(run)


def _as_json(run: "Run") -> dict[str, Any]:
    """A run of the country for programs."""
    from upriver.experiments.caveats import unexplained
    from upriver.report.headline import caveat, headline_json
    from upriver.report.yearly import json_of_years, yearly

    return {
        "title": run.title,
        "draws": run.draws,
        "unexplained": unexplained(run.world),
        "caveat": caveat(run),
        "remarks": list(run.remarks),
        "provenance": dict(run.provenance),
        "headline": headline_json(run),
        "series": json_of_years(yearly(run)),
    }

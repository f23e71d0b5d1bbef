"""`upriver run`: one scenario, as a table, a results file and a report."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import files, run_place, shared
from .made import made_again, one_of
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.again import Made
    from upriver.policy.scenario import Scenario


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
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="CODE", help="A state, as OH, in place of the country: deaths alone."
        ),
    ] = None,
    place_fit: Annotated[
        Path | None,
        typer.Option(
            "--place-fit",
            metavar="FILE",
            help="Draws of places that `upriver calibrate --place` wrote.",
        ),
    ] = None,
    form: shared.Format = "table",
    as_json: shared.Json = False,
) -> None:
    """Run a scenario: recorded beside modelled, 1999 to 2032.

    Prints a table, then writes a report and results under the scenario's name: base.html, base.nc.
    One of those in the place of a scenario is made again.

    Example: upriver run fentanyl_low --set people.response.witnessed=0.8
    """
    form = shared.form(form, as_json)
    if place is not None:
        run_place.run_place(context, place, scenario, draws, place_fit, set_, form)
        return
    if not no_files:
        files.check_folder(folder)
    held = shared.settings(set_)
    draws = shared.chosen(context, fit, believed, draws, among)

    from upriver.experiments.again import is_made
    from upriver.experiments.caveats import unexplained
    from upriver.experiments.simulate import simulate
    from upriver.report.headline import caveat, full_treatment, headline_json, terminal_rows
    from upriver.report.terminal import headline_table

    chosen: str | Scenario = scenario
    made: Made | None = None
    run_in = world
    if is_made(scenario):
        made = one_of(scenario)
        chosen = made.scenarios[0]
        draws = draws if shared.given(context, "draws") else made.draws
        run_in = world or made.world
    run = simulate(
        chosen,
        draws=draws,
        world=run_in,
        on=on,
        settings=held,
        progress=progress("draws"),
    )
    shared.check_chosen(fit, believed, run.world)
    if form == "json":
        from upriver.report.yearly import json_of_years, yearly

        shared.print_json(
            {
                "title": run.title,
                "draws": run.draws,
                "unexplained": unexplained(run.world),
                "caveat": caveat(run),
                "remarks": list(run.remarks),
                "provenance": dict(run.provenance),
                "headline": headline_json(run),
                "series": json_of_years(yearly(run)),
            }
        )
    elif form == "csv":
        from upriver.report.yearly import csv_of_years, yearly

        typer.echo(csv_of_years([run], yearly(run), run.title), nl=False)
    else:
        typer.echo(shared.prose(f"{run.title}: the US opioid epidemic, recorded and modelled"))
        if first := unexplained(run.world):
            typer.echo("\n" + shared.prose(first))
        typer.echo("\n" + headline_table(terminal_rows(run), shared.width()))
        how = "" if run.central else f"Median and 95 % interval of {run.draws} draws. "
        typer.echo(shared.prose(f"{how}{caveat(run)} {full_treatment(run)}".rstrip()))
        shared.tell_remarks(run.remarks)
    sys.stdout.flush()
    if made is not None:
        otherwise = shared.given(
            context, "set_", "draws", "world", "on", "fit", "believed", "among"
        )
        made_again(made, [run], run.dataset(), otherwise)
    if no_files:
        return

    from upriver.report.story import report

    files.write_files(
        folder,
        files.run_name(
            [scenario],
            world=world,
            settings=held,
            others=shared.chosen_said(fit, believed, among),
        ),
        report(run),
        run.dataset(),
        titles=[run.scenario.title],
        given=[scenario],
    )

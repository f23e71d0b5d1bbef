"""`upriver run`: one scenario, as a table, a results file and a report."""

import sys
from pathlib import Path

import typer

from . import files, shared


def command(
    scenario: shared.Scenario = "base",
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    world: shared.World = None,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    as_json: shared.Json = False,
) -> None:
    """Run a scenario: recorded beside modelled, 1999 to 2032.

    Prints a table, then writes a report and results under the scenario's name: base.html, base.nc.

    Example: upriver run fentanyl_low --set people.response.witnessed=0.8
    """
    if not no_files:
        shared.check_folder(folder)
    held = shared.settings(set_)

    from upriver.experiments.simulate import simulate
    from upriver.report.headline import caveat, full_treatment, headline_json, terminal_rows
    from upriver.report.terminal import headline_table

    run = simulate(
        scenario, draws=draws, world=world, settings=held, progress=shared.progress("draws")
    )
    if as_json:
        shared.print_json(
            {
                "title": run.title,
                "draws": run.draws,
                "caveat": caveat(run),
                "provenance": dict(run.provenance),
                "headline": headline_json(run),
            }
        )
    else:
        typer.echo(shared.prose(f"{run.title}: the US opioid epidemic, recorded and modelled"))
        typer.echo("\n" + headline_table(terminal_rows(run), shared.width()))
        typer.echo(
            shared.prose(
                f"Median and 95 % interval of {run.draws} draws. {caveat(run)} "
                f"{full_treatment(run)}".rstrip()
            )
        )
    sys.stdout.flush()
    if no_files:
        return

    from upriver.report.story import report

    shared.write_files(
        folder,
        files.run_name([scenario], world=world, settings=held),
        report(run),
        run.dataset(),
        titles=[run.scenario.title],
        given=[scenario],
    )

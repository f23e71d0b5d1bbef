"""`upriver run`: one scenario, as a table, a results file and a report."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from . import shared


def command(
    scenario: Annotated[
        str,
        typer.Argument(help="A scenario that ships (see `upriver scenarios`), or a YAML file."),
    ] = "base",
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    as_json: shared.Json = False,
) -> None:
    """Run a scenario: recorded beside modelled, 1999 to 2032.

    Prints a table, then writes results.nc and report.html.

    Example: upriver run fentanyl_low --set people.response.witnessed=0.8
    """
    from upriver.experiments.simulate import CAVEAT, simulate
    from upriver.report.headline import headline_json, terminal_rows
    from upriver.report.terminal import headline_table

    if not no_files:
        shared.check_folder(folder)
    run = simulate(
        scenario,
        draws=draws,
        settings=shared.settings(set_),
        progress=shared.progress("draws"),
    )
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "title": run.scenario.title,
                    "draws": run.draws,
                    "caveat": CAVEAT,
                    "provenance": dict(run.provenance),
                    "headline": headline_json(run),
                },
                indent=1,
            )
        )
    else:
        typer.echo(f"{run.scenario.title}: the US opioid epidemic, recorded and modelled\n")
        typer.echo(headline_table(terminal_rows(run), shared.width()))
        typer.echo(f"\nMedian and 95 % interval of {run.draws} draws. {CAVEAT}")
    sys.stdout.flush()
    if no_files:
        return
    from upriver.core.results import write_netcdf
    from upriver.report.story import report

    page = shared.write_report(folder, report(run))
    shared.say(f"Wrote {page}; writing results ...")
    results = folder / "results.nc"
    write_netcdf(run.dataset(), results)
    shared.say(f"Wrote {results}. Open the report in a browser.")

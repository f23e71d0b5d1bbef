"""`upriver compare`: several scenarios with common draws."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from . import shared


def command(
    scenarios: Annotated[
        list[str], typer.Argument(help="Two scenarios or more; the first is the baseline.")
    ],
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    as_json: shared.Json = False,
) -> None:
    """Compare scenarios: deaths, and deaths averted, with their intervals.

    Prints a table, then writes report.html. Every scenario sees the same draws.

    Example: upriver compare base fentanyl_low optimistic
    """
    from upriver.experiments.compare import compare
    from upriver.experiments.simulate import CAVEAT
    from upriver.report.headline import outcomes
    from upriver.report.terminal import comparison_table

    if not no_files:
        shared.check_folder(folder)
    comparison = compare(
        *scenarios,
        draws=draws,
        settings=shared.settings(set_),
        progress=shared.progress("draws"),
    )
    rows = outcomes(comparison)
    since = int(comparison.since)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "since": comparison.since,
                    "draws": draws,
                    "caveat": CAVEAT,
                    "scenarios": [row._asdict() for row in rows],
                },
                indent=1,
            )
        )
    else:
        typer.echo(comparison_table(rows, shared.width(), (since, 2031)))
        typer.echo(
            f"\nOpioid overdose deaths {since} to 2031; people with a disorder at the start of "
            f"2032.\nMedian and 95 % interval of {draws} common draws. {CAVEAT}"
        )
    sys.stdout.flush()
    if no_files:
        return
    from upriver.report.story import comparison_report

    page = shared.write_report(folder, comparison_report(comparison))
    shared.say(f"Wrote {page}. Open it in a browser.")

"""`upriver compare`: several scenarios with common draws."""

import sys
from pathlib import Path

import typer

from . import files, shared


def command(
    scenarios: shared.Scenarios,
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    world: shared.World = None,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    as_json: shared.Json = False,
) -> None:
    """Compare scenarios: deaths, and deaths averted.

    Prints a table, then writes a report and results, such as base-vs-optimistic.html and .nc.
    Every scenario sees the same draws, so the interval of what is averted is that of the
    difference.

    Example: upriver compare base fentanyl_low optimistic
    """
    if not no_files:
        shared.check_folder(folder)
    held = shared.settings(set_)

    from upriver.experiments.compare import compare
    from upriver.report.headline import caveat, outcomes
    from upriver.report.terminal import comparison_table
    from upriver.system.world import worlds

    comparison = compare(
        *scenarios, draws=draws, world=world, settings=held, progress=shared.progress("draws")
    )
    rows = outcomes(comparison)
    if as_json:
        shared.print_json(
            {
                "since": comparison.since,
                "world": comparison.runs[0].world,
                "draws": draws,
                "caveat": caveat(comparison.runs[0]),
                "scenarios": [row._asdict() for row in rows],
            }
        )
    else:
        typer.echo(f"{worlds()[comparison.runs[0].world]['title'].capitalize()}\n")
        typer.echo(comparison_table(rows, shared.width(), (int(comparison.since), 2031)))
        typer.echo(
            shared.prose(
                f"Opioid overdose deaths from {comparison.since:g} to the end of 2031; people with "
                f"a disorder at the start of 2032. Median and 95 % interval of {draws} common "
                f"draws; medians need not add up. {caveat(comparison.runs[0])}"
            )
        )
    sys.stdout.flush()
    if no_files:
        return

    from upriver.report.story import comparison_report

    shared.write_files(
        folder,
        files.run_name(scenarios, world=world, settings=held),
        comparison_report(comparison),
        comparison.dataset(),
        titles=[run.scenario.title for run in comparison.runs],
        given=scenarios,
    )

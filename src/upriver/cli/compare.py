"""`upriver compare`: several scenarios with common draws."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from . import files, shared
from .made import made_again

if TYPE_CHECKING:
    from upriver.experiments.again import Made
    from upriver.experiments.compare import Comparison
    from upriver.policy.scenario import Scenario
    from upriver.report.terminal import Outcome


BELOW_ZERO = "Where what is averted is below zero, more people die than under the first scenario. "
"""Said where a table of outcomes has such a number."""


def command(
    context: typer.Context,
    scenarios: shared.Scenarios,
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    world: shared.World = None,
    on: shared.On = None,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
    form: shared.Format = "table",
    as_json: shared.Json = False,
) -> None:
    """Compare scenarios: deaths, and deaths averted.

    Prints a table, then writes a report and results, such as base-vs-optimistic.html and .nc.
    Every scenario sees the same draws, so the interval of what is averted is that of the
    difference. A results file or a report stands for the scenarios that it holds.

    With --on, all of them are put on one projection.

    Example: upriver compare published published/nx_kits published/package --on constant
    """
    form = shared.form(form, as_json)
    if not no_files:
        files.check_folder(folder)
    held = shared.settings(set_)
    draws = shared.chosen(context, fit, believed, draws)

    from upriver.experiments.caveats import unexplained
    from upriver.experiments.compare import compare
    from upriver.report.headline import caveat, outcomes
    from upriver.report.terminal import comparison_table
    from upriver.system.world import worlds

    chosen, made = unpacked(scenarios)
    if made and not shared.given(context, "draws"):
        draws = made[0].draws
    run_in = world or (made[0].world if made else None)
    comparison = compare(
        *chosen,
        draws=draws,
        world=run_in,
        on=on,
        settings=held,
        progress=shared.progress("draws"),
    )
    shared.check_chosen(fit, believed, comparison.runs[0].world)
    rows = outcomes(comparison)
    if form == "csv":
        from upriver.report.yearly import csv_of_years, yearly_of_all

        title = f"Scenarios compared: {', '.join(run.title for run in comparison.runs)}"
        typer.echo(
            csv_of_years(
                comparison.runs, yearly_of_all(comparison), title, _note(rows, comparison)
            ),
            nl=False,
        )
    elif form == "json":
        from upriver.report.yearly import json_of_years, yearly_of_all

        shared.print_json(
            {
                "since": comparison.since,
                "world": comparison.runs[0].world,
                "draws": draws,
                "unexplained": unexplained(comparison.runs[0].world),
                "caveat": caveat(comparison.runs[0]),
                "remarks": list(comparison.remarks),
                "scenarios": [row._asdict() for row in rows],
                "provenance": [dict(run.provenance) for run in comparison.runs],
                "series": json_of_years(yearly_of_all(comparison)),
            }
        )
    else:
        typer.echo(f"{worlds()[comparison.runs[0].world]['title'].capitalize()}\n")
        if first := unexplained(comparison.runs[0].world):
            typer.echo(shared.prose(first) + "\n")
        shared.tell_remarks(comparison.warnings)
        if comparison.warnings:
            typer.echo("")
        typer.echo(comparison_table(rows, shared.width(), (int(comparison.since), 2031)))
        worse = any((row.averted or 0) < 0 for row in rows)
        how = f"Median and 95 % interval of {draws} common draws; medians need not add up. "
        typer.echo(
            shared.prose(
                f"Opioid overdose deaths from {comparison.since:g} to the end of 2031; people with "
                f"a disorder at the start of 2032. {BELOW_ZERO if worse else ''}"
                f"{'' if comparison.central else how}"
                f"{caveat(comparison.runs[0])}"
            )
        )
        shared.tell_remarks(comparison.remarks[len(comparison.warnings) :])
    sys.stdout.flush()
    if len(scenarios) == len(made) == 1:
        otherwise = shared.given(context, "set_", "draws", "world", "on", "fit", "believed")
        made_again(made[0], comparison.runs, comparison.dataset(), otherwise)
    if no_files:
        return

    from upriver.report.story import comparison_report

    files.write_files(
        folder,
        files.run_name(
            scenarios, world=world, settings=held, others=shared.chosen_said(fit, believed)
        ),
        comparison_report(comparison),
        comparison.dataset(),
        titles=[run.scenario.title for run in comparison.runs],
        given=scenarios,
    )


def unpacked(names: Sequence[str]) -> "tuple[list[str | Scenario], list[Made]]":
    """Scenarios by name, or as results and reports hold them; and what made those."""
    from upriver.experiments.again import is_made, read_made

    chosen: list[str | Scenario] = []
    made: list[Made] = []
    for name in names:
        if is_made(name):
            made.append(read_made(name))
            chosen += made[-1].scenarios
        else:
            chosen.append(name)
    return chosen, made


def _note(rows: "Sequence[Outcome]", comparison: "Comparison") -> str:
    """The sums of the table, which no sum of medians gives."""
    from upriver.report.wording import interval, number

    told = []
    for row in rows:
        averted = (
            ""
            if row.averted is None
            else f", averted {number(row.averted)} ({interval(row.averted_low, row.averted_high)})"
        )
        ends = interval(row.deaths_low, row.deaths_high)
        told.append(f"{row.label}: {number(row.deaths)} ({ends}){averted}")
    return f"Deaths {comparison.since:g} to 2031, as sums draw by draw: {'; '.join(told)}."

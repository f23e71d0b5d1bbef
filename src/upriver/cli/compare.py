"""`upriver compare`: several scenarios with common draws."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import InputError

from . import files, in_place, shared, tables
from .made import made_again
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.again import Made
    from upriver.experiments.compare import Comparison
    from upriver.policy.scenario import Scenario
    from upriver.report.tables.tidy import Tidy


BELOW_ZERO = "Where what is averted is below zero, more people die than under the first scenario. "
"""Said where a table of outcomes has such a number."""


def command(
    context: typer.Context,
    scenarios: shared.Scenarios,
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    world: shared.World = None,
    on: shared.On = None,
    baselines: Annotated[
        bool,
        typer.Option(
            "--baselines",
            help="The same on drivers as today and under the conditions of 2019 too: three times "
            "as long.",
        ),
    ] = False,
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
    """Compare scenarios: deaths, and deaths averted.

    Prints a table, then writes a report and results, such as base-vs-optimistic.html and .nc.
    Every scenario sees the same draws, so the interval of what is averted is that of the
    difference. A results file or a report stands for the scenarios that it holds.

    With --on, all of them are put on one projection; with --place, what comes of them in a state.

    Example: upriver compare published published/nx_kits published/package --on constant

    Example: upriver compare base naloxone_doubled treatment_doubled --place OH
    """
    form = tables.asked(form, as_json, save)
    if not no_files:
        files.check_folder(folder)
    held = shared.settings(set_)

    from upriver.experiments.baselines import on_baselines
    from upriver.experiments.compare import compare

    chosen, made = unpacked(scenarios)
    if made and not shared.given(context, "draws"):
        draws = made[0].draws
    run_in = world or (made[0].world if made else None)
    place = place or one_place(made)
    in_place.without(place, place_fit)
    if place is not None:
        in_place.refuse(context, "baselines")
        in_place.use_fit(context, place, place_fit, fit)
        asked = draws if made or shared.given(context, "draws") else None
        draws = in_place.draws(asked, place, place_fit)
    else:
        draws = shared.chosen(context, fit, believed, draws, among)
    if baselines and on:
        raise InputError("goes with no other projection", file="--baselines", found=f"--on {on}")
    others = on_baselines(chosen, draws, held, progress=progress("draws")) if baselines else {}
    comparison = compare(
        *chosen,
        draws=draws,
        world=run_in,
        on=on,
        settings=held,
        progress=progress("draws"),
        place=place,
        place_fit=place_fit,
    )
    shared.check_chosen(fit, believed, comparison.runs[0].world)
    tables.tell(
        form,
        save,
        table=lambda: _table(comparison, others),
        own=lambda: _as_json(comparison, others),
        text=lambda: _print(comparison, others),
        beside=True,
    )
    sys.stdout.flush()
    if len(scenarios) == len(made) == 1:
        otherwise = shared.given(
            context, "set_", "draws", "world", "on", "fit", "believed", "among", "place"
        )
        made_again(made[0], comparison.runs, comparison.dataset(), otherwise)
    if no_files:
        return

    from upriver.report.story import comparison_report

    files.write_files(
        folder,
        files.run_name(
            scenarios,
            world=world,
            settings=held,
            others=[
                *shared.chosen_said(fit, believed, among),
                *([comparison.runs[0].place] if place and not one_place(made) else []),
            ],
        ),
        comparison_report(comparison),
        comparison.dataset(),
        titles=[run.scenario.title for run in comparison.runs],
        given=scenarios,
    )


def _print(comparison: "Comparison", others: "Mapping[str, Comparison]") -> None:
    """A comparison for a reader."""
    from upriver.experiments.verdict import by_people
    from upriver.places.asked import place as place_of
    from upriver.report.colophon import not_explained
    from upriver.report.headline import caveat, known_outcomes, outcomes
    from upriver.report.terminal import comparison_table
    from upriver.system.world import worlds

    place, draws, rows = comparison.runs[0].place, comparison.runs[0].draws, outcomes(comparison)
    where = f"{place_of(comparison.runs[0].place).name}: " if place else ""
    title = worlds()[comparison.runs[0].world]["title"]
    typer.echo(f"{where}{title if place else title.capitalize()}\n")
    if first := not_explained(comparison.runs[0]):
        typer.echo(shared.prose(first) + "\n")
    for one in comparison.verdicts:
        typer.echo(shared.prose(one.sentence(comparison.since)))
    typer.echo("")
    shared.tell_remarks(comparison.warnings)
    if comparison.warnings:
        typer.echo("")
    typer.echo(
        comparison_table(known_outcomes(comparison), shared.width(), (int(comparison.since), 2031))
    )
    if len(comparison.runs) > 2 and not comparison.central:
        typer.echo("\n" + _beaten(comparison))
    if others:
        typer.echo("\n" + _on_each(others))
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
    if ends := " ".join(filter(None, map(by_people, comparison.verdicts))):
        typer.echo(shared.prose(f"{ends} The two are the quarters of draws at either end."))
    shared.tell_remarks(comparison.remarks[len(comparison.warnings) :])


def _table(comparison: "Comparison", others: "Mapping[str, Comparison]") -> "Tidy":
    from upriver.report.tables.runs import table_of_comparison

    return table_of_comparison(comparison, others)


def _on_each(found: "Mapping[str, Comparison]") -> str:
    """Deaths averted on each baseline."""
    from upriver.experiments.baselines import BASELINES
    from upriver.report.wording import interval, number

    lines = ["Deaths averted to the end of 2031 on each baseline, median and 95 % interval:"]
    for name, comparison in found.items():
        lines.append(f"  {BASELINES[name]}, from {comparison.since:g}")
        for run in comparison.runs[1:]:
            middle, low, high = comparison.averted(run)
            told = (
                number(middle)
                if comparison.central
                else f"{number(middle)} ({interval(low, high)})"
            )
            lines.append(f"    {run.scenario.title.partition(', on ')[0]}: {told}")
    return "\n".join(lines)


def _beaten(comparison: "Comparison") -> str:
    """In how many draws fewer die in one scenario than in another, as a table of numbers."""
    lines = ["Fewer deaths than in (share of draws):"]
    numbers = range(1, len(comparison.runs) + 1)
    lines.append(" " * 4 + "".join(f"{number:>7}" for number in numbers))
    for number, run, row in zip(numbers, comparison.runs, comparison.beats, strict=True):
        cells = "".join(
            f"{'–' if i == number else f'{share:.0%}':>7}" for i, share in enumerate(row, 1)
        )
        lines.append(f"{number:>3} {cells}  {run.scenario.title}")
    return "\n".join(lines)


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


def one_place(made: "Sequence[Made]") -> str | None:
    """The place that results are of, None of the country.

    Raises:
        InputError: they are of several.
    """
    found = dict.fromkeys(one.place for one in made)
    if len(found) > 1:
        named = ", ".join(f"{one.file} ({one.place or 'the country'})" for one in made)
        raise InputError(
            "results of several places cannot be compared", found=named, hint="Name one: --place."
        )
    return next(iter(found), "") or None


def _as_json(comparison: "Comparison", others: "Mapping[str, Comparison]") -> dict[str, Any]:
    """A comparison for programs."""
    from upriver.report.colophon import not_explained
    from upriver.report.headline import caveat, outcomes
    from upriver.report.yearly import json_of_years, yearly_of_all

    first = comparison.runs[0]
    return {
        "since": comparison.since,
        "world": first.world,
        **({"place": first.place} if first.place else {}),
        "draws": first.draws,
        "unexplained": not_explained(first),
        "caveat": caveat(first),
        "remarks": list(comparison.remarks),
        "scenarios": [row._asdict() for row in outcomes(comparison)],
        "on_baselines": {
            name: [asdict(one) for one in found.verdicts] for name, found in others.items()
        },
        "verdicts": [
            {**asdict(one), "sentence": one.sentence(comparison.since)}
            for one in comparison.verdicts
        ],
        "fewer_deaths_in": comparison.beats.tolist(),
        "provenance": [dict(run.provenance) for run in comparison.runs],
        "series": json_of_years(yearly_of_all(comparison)),
    }

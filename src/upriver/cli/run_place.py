"""`upriver run --place`: deaths of one state, recorded and modelled, as a table or JSON."""

from typing import TYPE_CHECKING

import typer

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.simulate import Run
    from upriver.report.placed_record import Row


def tell(run: "Run") -> None:
    """Print a run of a place."""
    from upriver.places.asked import place as place_of
    from upriver.report.placed_record import rows

    _print(run, rows(run, place_of(run.place)))


def _print(run: "Run", found: "list[Row]") -> None:
    from upriver.experiments.placed_caveats import caveat_in
    from upriver.experiments.placed_unexplained import unexplained_in
    from upriver.report.placed_record import range_text
    from upriver.report.wording import number

    typer.echo(shared.prose(f"{run.title}, recorded and modelled"))
    if first := unexplained_in(run):
        typer.echo("\n" + shared.prose(first))
    typer.echo(f"\n{'':<5}{'with synthetic opioids':>48}{'any opioid':>25}")
    typer.echo(
        f"{'year':<5}{'residents':>11}{'where died*':>12}{'modelled (95 %)':>25}"
        f"{'modelled (95 %)':>25}"
    )
    for row in found:
        typer.echo(
            f"{row.year:<5}{range_text(row.recorded):>11}{number(row.where_died, 0):>12}"
            f"{_interval(row.synthetic):>25}{_interval(row.any_opioid):>25}".rstrip()
        )
    typer.echo("")
    typer.echo(
        shared.prose(
            "*: recorded, provisionally, in the 12 months to December; the fit saw the deaths of "
            "residents alone."
        )
    )
    if any(row.recorded and row.recorded[0] < row.recorded[1] for row in found):
        typer.echo(
            shared.prose("A range is what withheld months allow: each is a count of 0 to 9.")
        )
    typer.echo(shared.prose(f"Median and 95 % interval of {run.draws} draws. {caveat_in(run)}"))
    shared.tell_remarks(run.remarks)


def as_json(run: "Run") -> dict[str, object]:
    """A run of a place for programs."""
    from upriver.experiments.placed_caveats import caveat_in
    from upriver.experiments.placed_unexplained import unexplained_in
    from upriver.places.asked import place as place_of
    from upriver.report.placed_record import rows
    from upriver.report.yearly import json_of_years, yearly

    place = place_of(run.place)
    return {
        "title": run.title,
        "place": run.place,
        "name": place.name,
        "draws": run.draws,
        "unexplained": unexplained_in(run),
        "caveat": caveat_in(run),
        "remarks": list(run.remarks),
        "provenance": dict(run.provenance),
        "deaths": [
            {
                "year": row.year,
                "recorded": row.recorded,
                "where_died_provisional": row.where_died,
                "synthetic": list(row.synthetic),
                "any_opioid": list(row.any_opioid),
            }
            for row in rows(run, place)
        ],
        "series": json_of_years(yearly(run)),
    }


def _interval(values: "tuple[float, float, float]") -> str:
    """`1,482 (1,400 to 1,630)`, to three figures."""
    middle, low, high = map(shared.three_figures, values)
    return f"{middle} ({low} to {high})"

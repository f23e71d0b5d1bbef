"""`upriver run --place`: deaths of one state, recorded and modelled, as a table or JSON."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from upriver.core.errors import InputError

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.placed import Placed

NOT_OF_PLACES = ("world", "on", "fit", "believed", "among", "folder")
YEARS = (*range(2016, 2026), 2028, 2031)


def run_place(
    context: typer.Context,
    place: str,
    scenario: str,
    draws: int,
    file: Path | None,
    set_: list[str] | None,
    form: str,
) -> None:
    """Run a scenario in a place and print its deaths; no files are written.

    Raises:
        InputError: an option is of the country alone, or there are no draws of the place.
    """
    from upriver.experiments.placed import DEATHS, SYNTHETIC, simulate_place
    from upriver.system.counters import counter

    for name in NOT_OF_PLACES:
        if shared.given(context, name):
            said = {"believed": "believe", "folder": "output"}.get(name, name)
            raise InputError(f"--{said} is of a run of the country", hint="Leave out --place.")
    if form == "csv":
        raise InputError("a place is printed as a table or as JSON", file="--format", found="csv")
    found = simulate_place(
        place,
        scenario,
        draws=draws if shared.given(context, "draws") else None,
        file=file,
        settings=shared.settings(set_),
        outputs=(counter(DEATHS), counter(SYNTHETIC)),
    )
    if form == "json":
        shared.print_json(
            {
                "title": found.run.title,
                "place": found.place.code,
                "draws": found.run.draws,
                "caveat": found.caveat,
                "provenance": dict(found.run.provenance),
                "deaths": _rows(found),
            }
        )
        return
    typer.echo(shared.prose(f"{found.run.title}: {found.place.name}, recorded and modelled") + "\n")
    typer.echo(f"{'year':<6}{'recorded, T40.4':>18}{'modelled, T40.4':>30}{'any opioid':>28}")
    for row in _rows(found):
        typer.echo(
            f"{row['year']:<6}{_recorded(row['recorded']):>18}"
            f"{_interval(row['synthetic']):>30}{_interval(row['any_opioid']):>28}"
        )
    typer.echo(
        "\n" + shared.prose(f"Median and 95 % interval of {found.run.draws} draws. {found.caveat}")
    )
    shared.tell_remarks(found.run.remarks)


def _rows(found: "Placed") -> list[dict[str, object]]:
    from upriver.experiments.placed import DEATHS, SYNTHETIC

    synthetic, every = found.run.sums(SYNTHETIC), found.run.sums(DEATHS)
    return [
        {
            "year": year,
            "recorded": found.recorded(year),
            "synthetic": list(synthetic.at(year)),
            "any_opioid": list(every.at(year)),
        }
        for year in YEARS
    ]


def _recorded(known: object) -> str:
    if not isinstance(known, tuple):
        return "–"
    low, high = known
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _interval(values: object) -> str:
    assert isinstance(values, list)
    median, low, high = values
    middle, lowest, highest = (shared.three_figures(one) for one in (median, low, high))
    return f"{middle} ({lowest} to {highest})"

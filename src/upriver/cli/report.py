"""`upriver report`: a state's report in two A4 pages."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from upriver.core.errors import InputError

from . import files, in_place, shared

if TYPE_CHECKING:
    from upriver.report.brief.facts import Facts


def command(
    context: typer.Context,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    draws: shared.Draws = shared.DEFAULT,
    folder: shared.Folder = Path("."),
    as_json: shared.Json = False,
) -> None:
    """Write a state's report: where it stands, what is modelled, what three measures would do.

    One file without a script, report-OH.html, that prints on two A4 pages. Of the country, `upriver
    run` writes one.

    Example: upriver report --place OH
    """
    if place is None:
        raise InputError(
            "is needed",
            file="--place",
            hint="As `upriver report --place OH`; `upriver run` writes the country's report.",
        )
    files.check_folder(folder)
    from upriver.report.brief.facts import facts

    asked = draws if shared.given(context, "draws") else None
    found = facts(place, asked, place_fit)
    if as_json:
        shared.print_json(_as_json(found))
        return
    from upriver.core.files import write_atomic
    from upriver.report.brief.page import page

    files.make_folder(folder)
    titles = [f"Report of {found.place.name}"]
    target, _, note = files.place_for(folder, f"report-{found.place.code}", titles, [])
    if note:
        shared.say(note)
    write_atomic(target, files.marked(page(found), titles))
    shared.say(f"Wrote {target}. Open it in a browser; it prints on two pages.")


def _as_json(found: "Facts") -> dict[str, Any]:
    """The numbers of the report."""
    return {
        "place": found.place.code,
        "name": found.place.name,
        "draws": found.run.draws,
        "deaths": {str(year): list(ends) for year, ends in found.deaths.items()},
        "per_100000": {str(year): list(ends) for year, ends in found.rates.items()},
        "per_100000_of_country": {str(year): rate for year, rate in found.of_country.items()},
        "where_died_provisional": found.later and {str(found.later[0]): found.later[1]},
        "fentanyl_first": found.place.fentanyl.year,
        "care": [
            {
                "what": one.what,
                "year": one.year,
                "here": one.here,
                "country": one.there,
                "interval": one.ends,
                "source": one.source,
            }
            for one in found.care
        ],
        "modelled": {
            str(int(year)): [middle, low, high] for year, middle, low, high in found.modelled
        },
        "ahead_2026_to_2031": found.ahead._asdict(),
        "levers": [
            {
                "lever": one.lever.name,
                "grade": one.lever.evidence.grade,
                "averted_alone": found.ranking.alone[one.lever.name]._asdict(),
                "averted": one.averted._asdict(),
                "averts_in": one.helps,
            }
            for one in found.levers
        ],
        "unexplained": found.unexplained,
        "unseen": found.unseen,
        "provenance": dict(found.run.provenance),
    }

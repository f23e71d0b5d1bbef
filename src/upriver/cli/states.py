"""`upriver states`: a scenario in all states, in order, beside the record, or what it averts."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError, OutOfBounds, show

from . import pictures, shared, states_averted, states_files, states_said, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.states.result import States

YEAR = 2024
SUMMED = range(2015, 2026)
SPAN = re.compile(r"(\d{4})-(\d{4})")

Csv = Annotated[
    Path | None,
    typer.Option(
        "--csv", metavar="FILE", readable=False, help="Write every year's quantiles, a row each."
    ),
]
Parquet = Annotated[
    Path | None,
    typer.Option(
        "--parquet",
        metavar="FILE",
        readable=False,
        help="Write them as Parquet; needs the extra `parquet`.",
    ),
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FILE",
        readable=False,
        help="Draw what is listed as a tile for each state: a file .svg, .png or .pdf.",
    ),
]


def command(
    context: typer.Context,
    scenario: shared.Scenario = "base",
    year: Annotated[
        int, typer.Option("--year", metavar="YEAR", help="The year that is listed, 1999 to 2031.")
    ] = YEAR,
    quantity: Annotated[
        str,
        typer.Option(
            "--quantity",
            metavar="NAME",
            help="`deaths` (any opioid), `synthetic` (deaths with T40.4), `disorder`, "
            "`buprenorphine` or `methadone`.",
        ),
    ] = "deaths",
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="SCENARIO",
            autocompletion=shared.scenario_names,
            help="List the difference to this scenario, draw by draw.",
        ),
    ] = None,
    averted: Annotated[
        str | None,
        typer.Option(
            "--averted",
            metavar="FROM-TO",
            help="List deaths averted over these years, as 2027-2031, and whether a state's "
            "answer differs from its census division's; with --against.",
        ),
    ] = None,
    sums: Annotated[
        bool,
        typer.Option("--sums", help="List the states' sums beside the country, 2015 to 2025."),
    ] = False,
    benchmarked: Annotated[
        bool,
        typer.Option(
            "--benchmarked", help="Scale states, draw by draw, so that they sum to the country."
        ),
    ] = False,
    counts: Annotated[
        bool, typer.Option("--counts", help="People, and no rates per 100,000 residents.")
    ] = False,
    places: Annotated[
        str | None,
        typer.Option("--places", metavar="CODES", help="These alone, as OH,WV; else all states."),
    ] = None,
    set_: shared.Settings = None,
    draws: shared.Draws = shared.DEFAULT,
    place_fit: Annotated[
        Path | None,
        typer.Option(
            "--place-fit",
            metavar="FILE",
            help="Draws of places that `upriver calibrate --all-states` wrote.",
        ),
    ] = None,
    csv: Csv = None,
    parquet: Parquet = None,
    map_: Map = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Run a scenario in all states at once: rates in order, beside what is recorded.

    Each state lives in the country's run of the same draw. Ranks have intervals too: where those
    of two states meet, the draws do not tell which has more.

    Example: upriver states naloxone_doubled --against base --averted 2027-2031
    """
    form = tables.asked(form, as_json, save)
    span = _span(averted, against)
    _refuse(sums, against, averted, map_, shared.given(context, "year"), places)
    if benchmarked and places:
        raise InputError("--benchmarked is of all states", hint="Leave out --places.")
    states_files.check(csv, parquet)
    pictures.check(map_, "--map")

    from upriver.experiments.states.ask import states
    from upriver.experiments.states.quantities import QUANTITIES, quantities_of

    (name,) = quantities_of(quantity)
    if span is not None and not QUANTITIES[name].flow:
        raise InputError(
            "is a level, and nothing that is averted", file="--quantity", found=show(name)
        )
    asked = shared.given(context, "quantity")
    summed = [one for one, what in QUANTITIES.items() if what.within and (not asked or one == name)]
    found = states(
        scenario,
        against=against,
        years=SUMMED if sums else year if span is None else range(span[0], span[1] + 1),
        quantities=(summed or [name]) if sums else name,
        places=None if places is None else _codes(places),
        draws=draws if shared.given(context, "draws") else None,
        file=place_fit,
        settings=shared.settings(set_),
        progress=progress("places"),
    )
    if benchmarked:
        found = found.benchmarked()
    if sums:
        tables.tell(
            form,
            save,
            table=lambda: states_files.sums(found),
            own=lambda: states_said.sums_json(found),
            text=lambda: typer.echo(states_said.sums_text(found)),
        )
    elif span is not None:
        rows = found.averted(*span, name)
        tables.tell(
            form,
            save,
            table=lambda: states_files.averted(found, rows, span, name),
            own=lambda: states_averted.averted_json(found, rows, span, name),
            text=lambda: typer.echo(states_averted.averted_text(found, rows, span, name, counts)),
        )
        pictures.draw(map_, lambda: states_averted.averted_map(found, rows, span))
    else:
        order = found.order(year, name, counts=counts)
        tables.tell(
            form,
            save,
            table=lambda: states_files.order(found, order, year, name, counts),
            own=lambda: states_said.order_json(found, order, year, name, counts),
            text=lambda: typer.echo(states_said.order_text(found, order, year, name, counts)),
        )
        pictures.draw(map_, lambda: states_said.order_map(found, order, year, name, counts))
    if form == tables.TEXT:
        shared.tell_remarks(found.remarks)
    _write(found, counts, csv, parquet)


def _write(found: "States", counts: bool, csv: Path | None, parquet: Path | None) -> None:
    """Write the table, where a file is named for it."""
    if csv is not None or parquet is not None:
        states_files.write(found.table(counts=counts), csv, parquet)


def _codes(given: str) -> list[str]:
    """Places between commas."""
    found = [one.strip() for one in given.split(",") if one.strip()]
    if not found:
        raise InputError("should be codes of states", file="--places", found=show(given))
    return found


def _span(given: str | None, against: str | None) -> tuple[int, int] | None:
    """First and last year of `--averted`.

    Raises:
        InputError: it is not of that form, goes backwards, or there is nothing to hold it against.
    """
    if given is None:
        return None
    said = SPAN.fullmatch(given.strip())
    if said is None:
        raise InputError(
            "should be two years", file="--averted", found=show(given), allowed="as 2027-2031"
        )
    first, last = int(said[1]), int(said[2])
    if last < first:
        raise OutOfBounds("should go forwards", file="--averted", found=given)
    if against is None:
        raise InputError(
            "needs a scenario to hold this one against",
            file="--averted",
            hint="For example --against base.",
        )
    return first, last


def _refuse(
    sums: bool,
    against: str | None,
    averted: str | None,
    map_: Path | None,
    year: bool,
    places: str | None,
) -> None:
    """Refuse options that say nothing together."""
    if sums:
        for name, there in (
            ("against", against),
            ("averted", averted),
            ("map", map_),
            ("year", year),
            ("places", places),
        ):
            if there:
                raise InputError(
                    f"--{name} does not go with --sums, which is of one scenario, all states and "
                    f"the years {SUMMED[0]} to {SUMMED[-1]}"
                )
    if averted is not None and year:
        raise InputError("--year does not go with --averted, which names its own years")

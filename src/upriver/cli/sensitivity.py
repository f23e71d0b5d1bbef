"""`upriver sensitivity`: which unknown decides a quantity, in the fit or before it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError, show

from . import in_chunks, pictures, sensitivity_said, shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.inference.sensitivity.quantities import Asked
    from upriver.inference.sensitivity.shares import Scale, Sensitivity
    from upriver.report.tables.tidy import Tidy

SPAN = re.compile(r"(\d{4})(?:-(\d{4}))?")


def command(
    context: typer.Context,
    quantity: Annotated[
        str,
        typer.Argument(
            metavar="QUANTITY",
            help="`deaths` (any opioid), `synthetic` (deaths with T40.4), `averted` (deaths, by "
            "--scenario), `disorder`, `treatment` (people on medication) or `sold` (fentanyl).",
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            metavar="SCENARIO",
            autocompletion=shared.scenario_names,
            help="What is run in place of `base`; for `averted`, what is held against it.",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            "--years",
            metavar="FROM-TO",
            help="Years that are summed, 2026-2031 by default; of people one year, at whose start "
            "they are counted, 2032 by default.",
        ),
    ] = None,
    prior: Annotated[
        bool,
        typer.Option("--prior", help="Of the prior, before any record is seen: Sobol' indices."),
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="With --prior: `mechanism`, whose unknowns are taken as one, or each `unknown`.",
        ),
    ] = "mechanism",
    points: Annotated[
        int | None,
        typer.Option(
            "--points",
            metavar="N",
            help="With --prior: base points, a power of 2; each is run once for every row, and "
            "twice more.",
        ),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option(
            "--scale",
            metavar="SCALE",
            help="Whose variance: `number`, by default of the fit, or its `rank` among all draws, "
            "by default of the prior.",
        ),
    ] = None,
    draws: shared.Draws = 1000,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    folder: in_chunks.Folder = None,
    chunk: in_chunks.Chunk = None,
    workers: in_chunks.Workers = None,
    picture: pictures.Picture = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Find which unknown decides a quantity: what share of its variance would go if it were known.

    Unknowns of the fit hang together, so their indices are of the draws as they are (given-data),
    and do not add up. With --prior, unknowns are independent: Sobol' indices, alone and with all
    that an unknown acts together with; 19,000 runs take about half a minute on two cores.

    Example: upriver sensitivity deaths

    Example: upriver sensitivity averted --scenario naloxone_doubled --prior

    Example: upriver sensitivity deaths --prior --by unknown --folder deaths.zarr --chunk 1/8
    """
    form = tables.asked(form, as_json, save)
    pictures.check(picture)
    span = _span(years)
    _refuse(context, prior)
    in_chunks.check(folder, chunk, workers)
    from upriver.inference.sensitivity.quantities import asked
    from upriver.inference.sensitivity.shares import scale_of

    chosen = None if scale is None else scale_of(scale)
    what = asked(quantity, span, scenario)
    if prior:
        found = _before(what, by, points, chosen or "rank", folder, chunk, workers)
        if found is None:
            return
    else:
        from upriver.inference.sensitivity.after import sensitivity

        draws = shared.chosen(context, fit, believed, draws)
        found = sensitivity(what, draws, chosen or "number", progress("unknowns"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: sensitivity_said.as_json(found),
        text=lambda: typer.echo(sensitivity_said.text(found)),
    )
    if picture is not None:
        from upriver.inference.sensitivity.bars import bars

        pictures.draw(picture, lambda: bars(found))


def _before(
    what: "Asked",
    by: str,
    points: int | None,
    scale: "Scale",
    folder: Path | None,
    chunk: str | None,
    workers: int | None,
) -> "Sensitivity | None":
    """The answer of the prior; None where a share of it was done."""
    from upriver.inference.sensitivity.before import POINTS, by_of, sobol, told

    way = by_of(by)
    if folder is None:
        return sobol(what, way, points, scale, progress("runs"))
    from upriver.inference.sensitivity.chunks import collected, job

    of = job(what, way, POINTS[way] if points is None else points)
    store = in_chunks.done(of, folder, chunk, workers)
    return None if store is None else told(what, way, collected(store), scale)


def _span(given: str | None) -> tuple[int, int] | None:
    """First and last year of `--years`."""
    if given is None:
        return None
    said = SPAN.fullmatch(given.strip())
    if said is None:
        raise InputError(
            "should be a year, or two", file="--years", found=show(given), allowed="as 2026-2031"
        )
    return int(said[1]), int(said[2] or said[1])


def _refuse(context: typer.Context, prior: bool) -> None:
    """Refuse options that say nothing together."""
    ours = ("by", "points", "folder", "chunk", "workers")
    others = ("draws", "fit", "believed")
    names = {"believed": "believe"}
    for name in others if prior else ours:
        if shared.given(context, name):
            option = f"--{names.get(name, name)}"
            why = "is of the fit, and --prior of what was thought before it"
            raise InputError(why if prior else "goes with --prior", file=option)


def _table(found: "Sensitivity") -> "Tidy":
    from upriver.report.tables.sensitivity import table_of_sensitivity

    return table_of_sensitivity(found, sensitivity_said.first(found), sensitivity_said.how(found))

"""`upriver sensitivity`: which unknown decides a quantity, in the fit or before it."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import InputError, show

from . import pictures, shared
from .progress import progress

if TYPE_CHECKING:
    from upriver.inference.sensitivity.shares import Sensitivity, Share

SPAN = re.compile(r"(\d{4})(?:-(\d{4}))?")
SHOWN = 15
LEAST = 5
"""Rows that are shown where none stands out."""

WIDE = 16
"""Letters of a bar."""


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
    picture: pictures.Picture = None,
    form: shared.Format = "table",
    as_json: shared.Json = False,
) -> None:
    """Find which unknown decides a quantity: what share of its variance would go if it were known.

    Unknowns of the fit hang together, so their indices are of the draws as they are (given-data),
    and do not add up. With --prior, unknowns are independent: Sobol' indices, alone and with all
    that an unknown acts together with; 19,000 runs take about half a minute on two cores.

    Example: upriver sensitivity deaths

    Example: upriver sensitivity averted --scenario naloxone_doubled --prior
    """
    form = shared.form(form, as_json)
    pictures.check(picture)
    span = _span(years)
    _refuse(context, prior)
    from upriver.inference.sensitivity.quantities import asked
    from upriver.inference.sensitivity.shares import scale_of

    chosen = None if scale is None else scale_of(scale)
    if prior:
        from upriver.inference.sensitivity.before import by_of, sobol

        found = sobol(
            asked(quantity, span, scenario), by_of(by), points, chosen or "rank", progress("runs")
        )
    else:
        from upriver.inference.sensitivity.after import sensitivity

        draws = shared.chosen(context, fit, believed, draws)
        found = sensitivity(
            asked(quantity, span, scenario), draws, chosen or "number", progress("unknowns")
        )
    _print(found, form)
    if picture is not None:
        from upriver.inference.sensitivity.bars import bars

        pictures.draw(picture, lambda: bars(found))


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
    ours, others = ("by", "points"), ("draws", "fit", "believed")
    names = {"believed": "believe"}
    for name in others if prior else ours:
        if shared.given(context, name):
            option = f"--{names.get(name, name)}"
            why = "is of the fit, and --prior of what was thought before it"
            raise InputError(why if prior else "goes with --prior", file=option)


def _print(found: "Sensitivity", form: str) -> None:
    from upriver.inference.sensitivity.tidy import COLUMNS, tidy

    if form == "json":
        shared.print_json(_as_json(found))
    elif form == "csv":
        from upriver.evidence.tables import csv_text

        remarks = [_first(found), _how(found)]
        typer.echo(csv_text(COLUMNS, tidy(found), remarks), nl=False)
    else:
        typer.echo(_text(found))


def _text(found: "Sensitivity") -> str:
    """What a reader wants to know."""
    from upriver.experiments.caveats import caveat_of
    from upriver.system.world import DEFAULT

    rows = found.rows[: max(LEAST, min(SHOWN, len(found.standing)))]
    if not found.of_fit:
        rows = found.rows[:SHOWN]
    name = max(len(row.name) for row in rows)
    heads = "alone       95 %" if found.of_fit else "alone       95 %     with others       95 %"
    lines = [shared.prose(_first(found)), "", f"{'':<{name}}  {heads}"]
    for row in rows:
        mark = " " if row.stands else "~"
        cells = "  ".join(
            f"{_percent(share.value):>5} {_interval(share):>12}"
            for share in (row.first, row.total)
            if share is not None
        )
        bar = "█" * round(WIDE * max(0.0, (row.total or row.first).value))
        lines.append(f"{row.name:<{name}} {mark}{cells}  {bar}".rstrip())
    if len(found.rows) > len(rows):
        left = len(found.rows) - len(rows)
        lines.append(f"and {left} more (`--format csv` has all)")
    said = [_quantity(found), _how(found)]
    if found.of_fit:
        said.append(caveat_of(DEFAULT))
    return "\n".join([*lines, *(part for one in said for part in ("", shared.prose(one)))])


def _first(found: "Sensitivity") -> str:
    """What a reader should take from it."""
    said, count = found.asked.said, len(found.rows)
    standing = found.standing
    if found.of_fit:
        if not standing:
            return (
                f"No unknown by itself decides {said}: what the fit leaves open of it comes from "
                f"many, and none of {count} stands above what chance gives."
            )
        told = ", then ".join(_named(row.name, row.first) for row in standing[:3])
        return (
            f"Of what the fit leaves open of {said}, most goes with {told}: so much of the "
            f"variance would go if it were known. {len(standing)} of {count} unknowns stand above "
            "what chance gives; of the others this tells nothing."
        )
    together = found.together
    assert together is not None
    told = ", then ".join(_named(row.name, row.total) for row in found.rows[:3] if row.total)
    return (
        f"Before any record is seen, {said} hang most on {told}: so much of the variance comes of "
        f"each, with all that it acts together with. All alone make {_percent(together.value)} "
        f"({_interval(together)}); the rest comes of unknowns acting together."
    )


def _quantity(found: "Sensitivity") -> str:
    low, middle, high = (shared.three_figures(end) for end in found.ends)
    unit = found.asked.quantity.unit
    what = f"{found.draws:,} draws" if found.of_fit else f"{found.draws:,} base points"
    tail = ""
    if found.scale == "rank":
        tail = (
            f" Indices are of its rank: the hundredth of draws that is furthest off holds "
            f"{_percent(found.furthest)} of the variance of the number."
        )
    return (
        f"{found.asked.said[:1].upper()}{found.asked.said[1:]}: {middle} {unit} ({low} to {high}), "
        f"world {found.made['world']}, {what}, {found.runs:,} runs.{tail}"
    )


def _how(found: "Sensitivity") -> str:
    if found.floor is not None:
        return (
            "Given-data first-order indices (epsilon squared over classes of equal size), 95 % by "
            "bootstrap over draws. Unknowns of the fit hang together: one stands high if it "
            "decides the quantity, or goes with one that does, and shares do not add up. ~: below "
            f"{100 * found.floor:.1f} %, which the largest of {len(found.rows)} that tell nothing "
            "reaches by chance in one of twenty shuffles, or an interval that holds 0."
        )
    return (
        "Sobol' indices of independent unknowns, first order (alone) and total (with others), by "
        "scipy.stats.sobol_indices; 95 % by bootstrap over base points. ~: the interval of what it "
        "does alone holds 0. `upriver parameters PATH` says what an unknown is."
    )


def _named(name: str, share: "Share") -> str:
    return f"{name} ({_percent(share.value)}, 95 %: {_interval(share)})"


def _percent(value: float) -> str:
    rounded = f"{100 * abs(value):.0f}"
    return f"{'−' if value < 0 and rounded != '0' else ''}{rounded} %"


def _interval(share: "Share") -> str:
    low, high = (_percent(end).removesuffix(" %") for end in (share.low, share.high))
    return f"{low} to {high} %"


def _as_json(found: "Sensitivity") -> dict[str, Any]:
    from upriver.inference.sensitivity.tidy import tidy

    low, middle, high = found.ends

    return {
        "says": _first(found),
        "quantity": found.asked.said,
        "unit": found.asked.quantity.unit,
        "median": middle,
        "low": low,
        "high": high,
        "scale": found.scale,
        "draws": found.draws,
        "runs": found.runs,
        "by_chance": found.floor,
        "all_alone": None if found.together is None else found.together._asdict(),
        "indices": list(tidy(found)),
        "how": _how(found),
        "provenance": dict(found.made),
    }

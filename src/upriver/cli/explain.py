"""`upriver explain`: why deaths changed from one year to another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show

from . import in_place, pictures, shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.explain import Explained
    from upriver.experiments.summary import Interval
    from upriver.report.tables.tidy import Tidy

DRAWS = 100


def _year(given: str | int) -> int:
    text = str(given).strip()
    if not (text.isdecimal() and len(text) == 4):
        raise OutOfBounds(
            "should be a year", file="--from and --to", found=show(text), allowed="as 2022"
        )
    return int(text)


def command(
    context: typer.Context,
    first: Annotated[
        int, typer.Option("--from", metavar="YEAR", parser=_year, help="The first year.")
    ] = 2022,
    last: Annotated[
        int, typer.Option("--to", metavar="YEAR", parser=_year, help="The last year.")
    ] = 2025,
    draws: shared.Draws = DRAWS,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    prior: Annotated[
        bool,
        typer.Option("--prior", help="The answer before the fit beside it: twice as long."),
    ] = False,
    picture: pictures.Picture = None,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Explain a change of yearly deaths: what each group of inputs did, and what nothing explains.

    Each group's part is its Shapley value: what deaths of the last year change by when its
    histories are let go from what they were in the first year, in the mean over all orders. Parts
    add up to the change.

    With --place, of a state: the country's market is one part, and what nothing explains is two,
    the country's and the state's own.

    Example: upriver explain --from 2019 --to 2022

    Example: upriver explain --place OH
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.explain import explain

    in_place.without(place, place_fit)

    if draws == 0:
        raise OutOfBounds("should be at least 1", file="--draws", found="0", allowed="1 or more")
    pictures.check(picture)
    if place is not None:
        from upriver.experiments.placed_explain import explain_in

        in_place.refuse(context, "prior")
        in_place.use_fit(context, place, place_fit, fit)
        asked = draws if shared.given(context, "draws") else None
        found = explain_in(place, first, last, asked, place_fit, progress("sets of groups"))
        _tell(found, None, form, save)
        pictures.draw(picture, found.plot)
        return
    draws = shared.chosen(context, fit, believed, draws)
    found = explain(first, last, draws, progress=progress("sets of groups"))
    before = None
    if prior:
        before = explain(first, last, draws, "prior", progress=progress("before the fit"))
    _tell(found, before, form, save)
    pictures.draw(picture, found.plot)


def _tell(found: "Explained", before: "Explained | None", form: str, save: Path | None) -> None:
    tables.tell(
        form,
        save,
        table=lambda: _table(found, before),
        own=lambda: {"fit": _as_json(found), "prior": before and _as_json(before)},
        text=lambda: typer.echo(_text(found, before)),
    )


def _table(found: "Explained", before: "Explained | None") -> "Tidy":
    from upriver.report.tables.why import table_of_explained

    return table_of_explained(found, before)


def _text(found: "Explained", before: "Explained | None") -> str:
    """What a reader wants to know."""
    from upriver.experiments.caveats import few_draws
    from upriver.experiments.explain import titles

    change = found.change
    where = f" in {found.place}" if found.place else ""
    verb = "fell" if change.median < 0 else "rose"
    lines = [
        shared.prose(
            f"Opioid overdose deaths{where} {_changed(change)} a year from "
            f"{found.first} to {found.last}, as the fit has it. What that is put down to:"
        ),
        "",
        f"{'':<40}{'median':>9}{'95 %':>22}{'lowers in':>11}"
        + ("" if before is None else f"{'before the fit':>28}"),
    ]
    names = sorted(found.parts, key=lambda name: found.part(name).median, reverse=verb == "rose")
    for name in names:
        one = found.part(name)
        lines.append(
            f"{titles()[name]:<40}{_signed(one.median):>9}"
            f"{f'{_signed(one.low)} to {_signed(one.high)}':>22}{found.share_less(name):>11.0%}"
            + ("" if before is None else f"{_beside(before, name):>28}")
        )
    lines += ["", *_by_explanation(found), shared.prose(
        "Already under way: what still changes when every history stays at its mean of "
        f"{found.first}, since stocks go on moving. Unexplained: disturbances that the fit needs "
        f"and nothing in the model explains. {_of_place(found)}Lowers in: the share of draws in "
        "which deaths are fewer for it. Medians do not add up; the parts of each draw do. "
        f"{len(found.before)} draws."
        + few_draws(len(found.before))
    ), "", shared.prose(_caveat(found))]  # fmt: skip
    return "\n".join(lines)


def _of_place(found: "Explained") -> str:
    """What the parts of a place are, besides those that the country has; empty of the country."""
    if not found.place:
        return ""
    return (
        "The country's market: fentanyl's share, strength, coverage, price and adulterants as the "
        "country's people met them; why those changed `upriver explain` tells of the country, and "
        "what is unexplained in supply is within. Fentanyl here earlier or later: its odds against "
        f"the country's. Unexplained here alone: the factor on risk that is {found.place}'s own; "
        "it may stand for what was done there and the model does not know. "
    )


def _caveat(found: "Explained") -> str:
    """How the intervals are to be read."""
    from upriver.experiments.caveats import caveat_of
    from upriver.experiments.placed_caveats import CAVEAT

    return CAVEAT.format(place=found.place) if found.place else caveat_of(found.world)


def _changed(change: "Interval") -> str:
    """How deaths changed: up or down by so many, or either where the interval holds both."""
    if change.low * change.high <= 0:
        ends = [
            f"{'−' if end < 0 else '+'}{shared.three_figures(abs(end))}"
            for end in (change.median, change.low, change.high)
        ]
        return f"changed by {ends[0]} ({ends[1]} to {ends[2]})"
    verb = "fell" if change.median < 0 else "rose"
    low, high = sorted((abs(change.low), abs(change.high)))
    middle, least, most = map(shared.three_figures, (abs(change.median), low, high))
    return f"{verb} by {middle} ({least} to {most})"


def _by_explanation(found: "Explained") -> list[str]:
    """Parts on which explanations disagree, by explanation: what would change this answer."""
    from upriver.experiments.explain import titles

    apart = found.disputed()
    if not apart:
        return []
    rivals = list(dict.fromkeys(found.rival))
    lines = [
        shared.prose("What would change this answer is the explanation that is right; medians:"),
        "",
        f"{'':<40}" + "".join(f"{name:>12}" for name in rivals),
    ]
    for name in apart:
        medians = found.by_rival(name)
        cells = "".join(f"{_signed(medians[one]):>12}" for one in rivals)
        lines.append(f"{titles()[name]:<40}{cells}")
    return [*lines, ""]


def _beside(before: "Explained", name: str) -> str:
    if name not in before.parts:
        return "–"
    one = before.part(name)
    return f"{_signed(one.median)} ({_signed(one.low)} to {_signed(one.high)})"


def _signed(value: float) -> str:
    """A number of deaths with its sign, to two figures."""
    size = max(0, len(f"{abs(value):.0f}") - 2)
    rounded = round(abs(value), -size)
    return "0" if rounded == 0 else f"{'−' if value < 0 else '+'}{rounded:,.0f}"


def _as_json(found: "Explained") -> dict[str, Any]:
    return {
        "from": found.first,
        "to": found.last,
        "world": found.world,
        **({"place": found.provenance["place"]} if found.place else {}),
        "change": found.change._asdict(),
        "parts": found.told(),
        "provenance": dict(found.provenance),
    }

"""`upriver rank`: which single lever saves most, with its interval, its evidence and its cost."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds

from . import in_place, pictures, rank_place, ranked, shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.ranking import Ranked, Ranking
    from upriver.report.tables.tidy import Tidy

DRAWS = 200
WIDE = 20
"""Letters of a bar."""


def command(
    context: typer.Context,
    level: Annotated[
        str, typer.Option("--level", metavar="LEVEL", help="`some`, `more` or `most`.")
    ] = "most",
    stage: Annotated[
        list[str] | None,
        typer.Option(
            "--stage", metavar="STAGE", help="Levers of this stage alone; may be repeated."
        ),
    ] = None,
    draws: shared.Draws = DRAWS,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    picture: pictures.Picture = None,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Rank levers by deaths averted to the end of 2031, each pulled alone from 2026.

    Every lever sees the same draws. What it takes is what is spent on treatment, kits and the
    measure itself, where that is known.

    With --place, what they avert in a state, done in the whole country and in the state alone.

    Example: upriver rank --stage services

    Example: upriver rank --place OH
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.ranking import rank

    in_place.without(place, place_fit)
    if draws == 0:
        raise OutOfBounds("should be at least 1", file="--draws", found="0", allowed="1 or more")
    pictures.check(picture)
    if place is not None:
        rank_place.tell(
            context,
            place,
            place_fit,
            level=level,
            stages=stage or (),
            draws=draws if shared.given(context, "draws") else None,
            fit=fit,
            picture=picture,
            form=form,
            save=save,
        )
        return
    draws = shared.chosen(context, fit, believed, draws)
    found = rank(level, tuple(stage or ()), draws, progress("draws"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found),
        text=lambda: typer.echo(_text(found)),
    )
    pictures.draw(picture, found.plot)


def _table(found: "Ranking") -> "Tidy":
    from upriver.report.tables.choices import table_of_ranking

    return table_of_ranking(found)


def _text(found: "Ranking") -> str:
    """The list, from the most lives on."""
    from upriver.experiments.caveats import caveat_of, few_draws, unexplained
    from upriver.system.world import DEFAULT

    most = max((one.averted.high for one in found.rows), default=0.0)
    name = ranked.widest(found.rows)
    lines = [shared.prose(unexplained(DEFAULT)), "", shared.prose(ranked.first(found.rows)), ""]
    lines.append(
        f"{'':<{name}} grade  {'averted':>8} {'95 %':>20}  {'averts in':>9}  {'USD spent':>10}"
    )
    for one in found.rows:
        spent = "not known" if one.spent is None else _money(one.spent.median)
        lines.append(f"{ranked.cells(one, name)}  {spent:>10}  {_bar(one, most)}".rstrip())
    lines += ["", shared.prose(
        f"Opioid overdose deaths averted from 2026 to 2031 with each lever alone at "
        f"'{found.level}', median and 95 % interval of {found.draws} draws, the same for all."
        f"{few_draws(found.draws)} ~: the lever's effect is drawn from an interval; of the "
        "others the amount is the change itself, by whatever means, and no claim that a measure "
        "can make it. Spent: on treatment, kits and the measure, more than today, in USD of 2021, "
        "discounted at 3 %; what is saved elsewhere is not taken off."
    )]  # fmt: skip
    lines += ranked.asleep(found.asleep)
    return "\n".join([*lines, "", shared.prose(caveat_of(DEFAULT))])


def _bar(one: "Ranked", most: float) -> str:
    """Blocks to the median, a line to the end of the interval."""
    if most <= 0 or one.averted.median <= 0:
        return ""
    filled = round(WIDE * one.averted.median / most)
    reach = round(WIDE * max(one.averted.high, 0) / most)
    return "█" * filled + "─" * max(0, reach - filled)


def _money(value: float) -> str:
    """Dollars in millions or billions."""
    size = abs(value)
    sign = "−" if value < 0 else ""
    return f"{sign}{size / 1e9:.1f} bn" if size >= 1e9 else f"{sign}{size / 1e6:.0f} m"


def _as_json(found: "Ranking") -> dict[str, Any]:
    return {
        "level": found.level,
        "draws": found.draws,
        "levers": [
            {
                **ranked.as_json(one),
                "spent_usd_2021": one.spent and one.spent._asdict(),
                "per_death_usd_2021": one.per_death
                and {name: end._asdict() for name, end in one.per_death._asdict().items()},
            }
            for one in found.rows
        ],
        "move_nothing": list(found.asleep),
    }

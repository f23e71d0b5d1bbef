"""`upriver rank --place` and `upriver levers --place`: which lever would save most in a state."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from . import in_place, pictures, ranked, shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.placed_ranking import PlaceRanking
    from upriver.experiments.ranking import Ranked
    from upriver.report.tables.tidy import Tidy


def tell(
    context: typer.Context,
    place: str,
    place_fit: Path | None,
    *,
    level: str,
    stages: Sequence[str] = (),
    draws: int | None = None,
    fit: str | None = None,
    picture: Path | None = None,
    form: str = tables.TEXT,
    save: Path | None = None,
) -> None:
    """Rank levers in a place, and print the list.

    Args:
        draws: None for as many as the fit of the place gave it.
        form: from `tables.asked`. save: a file for the tidy table.
    """
    from upriver.experiments.placed_ranking import rank_in

    in_place.use_fit(context, place, place_fit, fit)
    found = rank_in(place, level, tuple(stages), draws, place_fit, progress("levers"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found),
        text=lambda: typer.echo(_text(found)),
    )
    pictures.draw(picture, found.plot)


def _table(found: "PlaceRanking") -> "Tidy":
    from upriver.report.tables.choices import table_of_place_ranking

    return table_of_place_ranking(found)


def _text(found: "PlaceRanking") -> str:
    """The list, from the most lives on."""
    from upriver.experiments.caveats import few_draws
    from upriver.experiments.placed_caveats import CAVEAT
    from upriver.experiments.summary import figures

    name = ranked.widest(found.rows)
    lines = [shared.prose(_first(found)), ""]
    here = f"in {found.place.code} alone"
    lines += [
        f"{'':<{name}}        {'done in the whole country':>40}  {here:>22}",
        f"{'':<{name}} grade  {'averted':>8} {'95 %':>20}  {'averts in':>9}  {'the same':>22}",
    ]
    for one in found.rows:
        lines.append(f"{ranked.cells(one, name)}  {_alone(found, one):>22}")
    middle, low, high = map(figures, found.deaths)
    lines += ["", shared.prose(
        f"Opioid overdose deaths averted in {found.place.name} from 2026 to 2031, of {middle} "
        f"({low} to {high}) without, with each lever alone at '{found.level}'; median and 95 % "
        f"interval of {found.draws} draws, the same for all.{few_draws(found.draws)} In "
        f"{found.place.code} alone: what it averts if no other place does it; a lever that acts on "
        "the market alone then does nothing, for a place does not move the market. What care in "
        "the whole country does to the market is in the first columns. ~: the lever's effect is "
        "drawn from an interval; of the others the amount is the change itself, by whatever means, "
        "and no claim that a measure can make it. Costs are not told: unit costs are the country's."
    )]  # fmt: skip
    lines += ranked.asleep(found.asleep)
    return "\n".join([*lines, "", shared.prose(CAVEAT.format(place=found.place.name))])


def _first(found: "PlaceRanking") -> str:
    """The answer in a sentence, and where."""
    if not found.rows:
        return ranked.NOTHING
    return f"In {found.place.name}, 2026 to 2031. {ranked.first(found.rows)}"


def _alone(found: "PlaceRanking", one: "Ranked") -> str:
    """What it averts if the place alone does it."""
    from upriver.experiments.summary import figures

    middle, low, high = found.alone[one.lever.name]
    if low == middle == high == 0:
        return "–"
    return f"{figures(middle)} ({figures(low)} to {figures(high)})"


def _as_json(found: "PlaceRanking") -> dict[str, Any]:
    return {
        "place": found.place.code,
        "name": found.place.name,
        "level": found.level,
        "draws": found.draws,
        "place_fit": str(found.local.said.get("fit", "")),
        "deaths": found.deaths._asdict(),
        "levers": [
            {
                **ranked.as_json(one),
                "averted_alone": found.alone[one.lever.name]._asdict(),
            }
            for one in found.rows
        ],
        "move_nothing": list(found.asleep),
    }

"""What `upriver states --averted` says: what is averted in each state, and where that differs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import shared
from .states_said import NAME, RAKED, head
from .states_words import decimal, ends, figure_of, rate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from upriver.experiments.states.averted import Averted
    from upriver.experiments.states.result import States


def averted_text(
    found: "States", rows: Sequence["Averted"], span: tuple[int, int], name: str, counts: bool
) -> str:
    """What is averted in each state, and whether that differs from its census division."""
    figure = figure_of(counts)
    lines = [shared.prose(_averted_title(found, span, name)), ""]
    unit = "averted" if counts else "per 100,000"
    lines.append(
        f"{'state':<{NAME + 3}}{f'{unit} (95 %)':>24}{'of deaths, % (95 %)':>24}"
        f"{'division, %':>13}  than its division"
    )
    for row in rows:
        division = "–" if row.division_share is None else f"{row.division_share.median:.1f}"
        value = row.people if counts else row.rate
        lines.append(
            f"{row.place:<3}{row.name:<{NAME}}{ends(value, figure):>24}"
            f"{ends(row.share, decimal):>24}{division:>13}  {row.differs}"
        )
    return "\n".join([*lines, "", shared.prose(" ".join(_averted_notes(found, rows, span)))])


def _averted_notes(found: "States", rows: Sequence["Averted"], span: tuple[int, int]) -> list[str]:
    from upriver.experiments.caveats import few_draws

    apart = [row for row in rows if row.differs in ("more", "less")]
    known = [row for row in rows if row.apart is not None]
    notes = [
        f"Median and 95 % interval of {found.draws} draws, the same in all states; over all the "
        f"years {span[0]} to {span[1]} together.{few_draws(found.draws)}"
    ]
    if known:
        notes.append(
            "A state differs if the 95 % interval of its % less its division's, draw by draw, "
            f"leaves out 0: {len(apart)} of {len(known)} do. The division holds the state itself; "
            f"some {len(known) / 20:.0f} would by chance alone. Effects of levers are the "
            "country's: what differs is local people, kits and care, by the model, and no trial "
            "says so."
        )
    if len(known) < len(rows):
        notes.append("Not known: not all states of the division were run.")
    if found.raked:
        notes.append(RAKED)
    return [*notes, found.caveat]


def averted_json(
    found: "States", rows: Sequence["Averted"], span: tuple[int, int], name: str
) -> dict[str, Any]:
    """The same for programs."""
    return {
        **head(found),
        "years": list(span),
        "quantity": name,
        "units": {"people": "people", "rate": "people per 100000 residents", "share": "percent"},
        "states": [row._asdict() for row in rows],
    }


def averted_map(found: "States", rows: Sequence["Averted"], span: tuple[int, int]) -> "Figure":
    """Medians of the rate averted as tiles; a state that differs from its division has a star."""
    from upriver.experiments.states.tiles import tiles

    values = {
        row.place: (
            row.rate.median,
            rate(row.rate.median) + ("*" if row.differs in ("more", "less") else ""),
        )
        for row in rows
    }
    changed, usual = (run.title for run in found.runs)
    return tiles(
        values,
        f"{changed}, against {usual}",
        f"deaths averted, {span[0]} to {span[1]}, per 100,000 residents",
        f"Medians of {found.draws} draws. *: another share of deaths than its census division's.",
        below="Reds",
    )


def _averted_title(found: "States", span: tuple[int, int], name: str) -> str:
    from upriver.experiments.states.quantities import QUANTITIES

    changed, usual = (run.title for run in found.runs)
    return (
        f"{QUANTITIES[name].title} averted from {span[0]} to {span[1]}, by state: {changed}, "
        f"against {usual}"
    )

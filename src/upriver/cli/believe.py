"""`upriver believe`: what you would have to believe for one scenario to beat another."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.hinges import Hinges
    from upriver.report.tables.tidy import Tidy

DRAWS = 1000
SHOWN = 12


def command(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="SCENARIO", help="What should beat the other.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="What it should beat.")],
    draws: shared.Draws = DRAWS,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Find what you would have to believe for one scenario to avert more deaths than another.

    Each line is a bound on one unknown of the fit, in whose draws the scenario is ahead; the widest
    first. `--believe` takes such a line as it stands.

    Example: upriver believe treatment_doubled naloxone_doubled
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.hinges import hinges

    draws = shared.chosen(context, fit, believed, draws)
    found = hinges(one, other, draws, progress("draws"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found, one),
        own=lambda: asdict(found),
        text=lambda: typer.echo(_text(found)),
    )


def _table(found: "Hinges", one: str) -> "Tidy":
    from upriver.experiments.arguments import scenario_of
    from upriver.report.tables.choices import table_of_hinges

    return table_of_hinges(found, scenario_of(one))


def _text(found: "Hinges") -> str:
    """The answer, and what turns it."""
    from upriver.experiments.caveats import caveat_of, few_draws, unexplained
    from upriver.experiments.summary import figures
    from upriver.system.world import DEFAULT

    sign = 1 if found.more.median >= 0 else -1
    low, high = (figures(sign * end) for end in (found.more.low, found.more.high)[::sign])
    told = (
        f"'{found.one}' averts more deaths than '{found.other}' in {found.ahead:.0%} of "
        f"{found.draws:,} draws: {figures(abs(found.more.median))} "
        f"{'more' if sign > 0 else 'fewer'} ({low} to {high}), from 2026 to 2031."
    )
    lines = [shared.prose(unexplained(DEFAULT)), "", shared.prose(told), ""]
    if found.ahead > 1 / 2:
        lines.append(shared.prose(
            "You need to believe nothing further. Ask the other way round for what would turn it."
        ))  # fmt: skip
    elif not found.hinges:
        lines.append("No bound on a single unknown turns that. The difference follows most:")
        lines += [f"  {path:<44} rank correlation {r:+.2f}" for path, r in found.moves]
    else:
        lines.append("It would be ahead if you believe one of these:")
        lines += [
            f"  {one.belief:<52} {one.draws:>4} draws, ahead in {one.ahead:.0%}"
            + (", the record says nothing of it" if one.assumed else "")
            for one in found.hinges[:SHOWN]
        ]
        if len(found.hinges) > SHOWN:
            lines.append(f"  and {len(found.hinges) - SHOWN} more (`--json` has all)")
    return "\n".join([*lines, "", shared.prose(caveat_of(DEFAULT) + few_draws(found.draws))])

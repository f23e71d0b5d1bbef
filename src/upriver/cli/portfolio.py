"""`upriver portfolio`: for a budget, the mix of levers that averts most, and the cautious one."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.portfolio import Mix, Portfolio
    from upriver.report.tables.tidy import Tidy

DRAWS = 100
SIZES = {"": 1.0, "m": 1e6, "bn": 1e9}
AMOUNT = re.compile(r"(\d+(?:\.\d+)?(?:e\d+)?)\s*(m|bn|)")


def money(given: str | float) -> float:
    """Dollars from `5bn`, `500m` or a number."""
    parts = AMOUNT.fullmatch(str(given).strip().lower())
    if parts is None:
        raise OutOfBounds(
            "should be dollars",
            file="--budget and --price",
            found=show(given),
            allowed="as 5bn, 500m or 5000000000",
        )
    return float(parts[1]) * SIZES[parts[2]]


def command(
    context: typer.Context,
    budget: Annotated[
        float,
        typer.Option(
            "--budget",
            metavar="USD",
            parser=money,
            help="What may be spent from 2026 to 2031 beyond today, in USD of 2021: 5bn, 500m.",
            show_default="5bn",
        ),
    ] = 5e9,
    price: Annotated[
        list[str] | None,
        typer.Option(
            "--price",
            metavar="LEVER=USD",
            help="What a lever whose cost is not known takes at its most; may be repeated.",
        ),
    ] = None,
    draws: shared.Draws = DRAWS,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Find the mix of levers for a budget: most deaths averted, or least bad at worst.

    Levers are chosen among those whose cost is known, at the levels of their cards. What they do
    together is a surface of single levers and pairs; the mix that is chosen is then run in full.

    Example: upriver portfolio --budget 2bn --price call_for_help=300m
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.portfolio import portfolio

    if draws == 0:
        raise OutOfBounds("should be at least 1", file="--draws", found="0", allowed="1 or more")
    prices = dict(_priced(one) for one in price or ())
    draws = shared.chosen(context, fit, believed, draws)
    found = portfolio(budget, draws, prices, progress("draws"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found),
        text=lambda: typer.echo(_text(found)),
    )


def _table(found: "Portfolio") -> "Tidy":
    from upriver.report.tables.choices import table_of_portfolio

    return table_of_portfolio(found)


def _priced(given: str) -> tuple[str, float]:
    name, equals, text = given.partition("=")
    if not equals:
        raise OutOfBounds(
            "should be LEVER=USD", file="--price", found=show(given), allowed="as retention=500m"
        )
    return name.strip(), money(text)


def _text(found: "Portfolio") -> str:
    """Both mixes, what they share, what is left out."""
    from upriver.experiments.caveats import caveat_of, few_draws, unexplained
    from upriver.experiments.summary import figures
    from upriver.system.world import DEFAULT

    same = found.most.pulled == found.cautious.pulled
    lines = [shared.prose(unexplained(DEFAULT)), ""]
    told = [("the mix that averts most on average", found.most)]
    if same:
        told = [("the same mix averts most on average and does least badly at worst", found.most)]
    else:
        told.append(("the mix that does least badly in the worst tenth of draws", found.cautious))
    for what, one in told:
        lines += [shared.prose(_mix(found.budget, what, one)), ""]
        lines += [f"  {v.name:<28} {level:<5} {v.level_text[level]}" for v, level in one.pulled]
        lines.append("")
    if found.overlaps:
        lines.append("What pairs avert less together than apart, each at its most:")
        lines += [f"  {one} and {other}: {figures(lost)}" for one, other, lost in found.overlaps]
        lines.append("")
    lines.append(shared.prose(
        f"Means over {found.draws} draws and 95 % intervals.{few_draws(found.draws)} Spent: on "
        "treatment, kits and measures more than today, in USD of 2021, discounted at 3 %, without "
        "what is saved elsewhere, and without what it takes to bring people into treatment where "
        "no cost of that is known. Levers at the levels of their cards; what three of them share "
        "is left out of the search and is in the numbers, which are of full runs. A lever that "
        "scales a history which is a guess is in no mix, and neither are those of which no cost "
        f"is known, unless `--price` gives one: {', '.join(found.left_out)}."
    ))  # fmt: skip
    return "\n".join([*lines, "", shared.prose(caveat_of(DEFAULT))])


def _mix(budget: float, what: str, one: "Mix") -> str:
    from upriver.experiments.summary import figures

    if not one.pulled:
        return f"For {_dollars(budget)}, {what} is to pull no lever."
    lost = one.apart - one.mean
    share = f", {lost / one.apart:.0%} less than the levers apart" if one.apart > 0 else ""
    return (
        f"For {_dollars(budget)} to the end of 2031, {what} averts {figures(one.mean)} deaths "
        f"({figures(one.averted.low)} to {figures(one.averted.high)}){share}; "
        f"{figures(one.worst)} in the worst tenth of draws. It takes {_dollars(one.spent)}"
        f"{', more than the budget in a full run' if one.spent > 1.005 * budget else ''}. The "
        f"surface had {figures(one.expected)}."
        + (
            f" Without what it takes to bring about: {', '.join(one.in_part)}."
            if one.in_part
            else ""
        )
        + (f" The search was cut off: the best may be {one.gap:.1%} better." if one.gap else "")
    )


def _dollars(value: float) -> str:
    return f"{value / 1e9:.3g} bn USD" if value >= 1e9 else f"{value / 1e6:.3g} m USD"


def _as_json(found: "Portfolio") -> dict[str, Any]:
    def mix(one: "Mix") -> dict[str, Any]:
        return {
            "levers": {v.name: level for v, level in one.pulled},
            "averted": {"mean": one.mean, "low": one.averted.low, "high": one.averted.high},
            "worst_tenth": one.worst,
            "spent_usd_2021": one.spent,
            "surface": one.expected,
            "apart": one.apart,
            "treatment_alone_counted": list(one.in_part),
            "gap": one.gap,
        }

    return {
        "budget_usd_2021": found.budget,
        "draws": found.draws,
        "most": mix(found.most),
        "cautious": mix(found.cautious),
        "overlaps": [list(one) for one in found.overlaps],
        "cost_not_known": list(found.left_out),
    }

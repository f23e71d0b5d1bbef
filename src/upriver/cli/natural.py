"""`upriver verify --natural`: what nothing was fitted to, beside what the fit says of it."""

from typing import TYPE_CHECKING, Any

from . import shared

if TYPE_CHECKING:
    from upriver.inference.natural import Canada, ClassControl
    from upriver.inference.reference import Year
    from upriver.report.tables.tidy import Tidy


def text(control: "ClassControl", canada: "Canada", years: "tuple[Year, ...]") -> str:
    """Three tables with what they come to."""
    return "\n".join([*_control(control), "", *_canada(canada), "", *_years(years)])


def _control(found: "ClassControl") -> list[str]:
    lines = [
        shared.prose(
            "China's class control of 1 May 2019. Fentanyl seized in mail, on the coast and in the "
            "air [lb, gross], recorded, and 90 % of runs with the act and without it:"
        ),
        "",
        f"  {'':<8}{'recorded':>10}{'with the act':>24}{'without it':>24}",
    ]
    for one in found.seized:
        lines.append(
            f"  FY{one.year:<6}{one.recorded:>10,.0f}{_ends(one.acted):>24}{_ends(one.without):>24}"
        )
    told = "; ".join(
        f"{1 - middle:.0%} ({1 - high:.0%} to {1 - low:.0%}) in {span}"
        for span, (low, middle, high) in found.deaths.items()
    )
    return [
        *lines,
        "",
        shared.prose(
            f"Deaths with synthetic opioids are fewer by {told}. A published claim is a quarter "
            f"fewer for three to five months: {found.claimed:.0%} of draws have that."
        ),
    ]


def _canada(found: "Canada") -> list[str]:
    low, middle, high = found.slope
    lines = [
        shared.prose(
            "Canada. Deaths from opioid toxicity by quarter, and 90 % of one level times what the "
            "shock that the fit learnt from US records leaves of US deaths:"
        ),
        "",
        f"  {'':<10}{'recorded':>10}{'level and US shock':>28}",
    ]
    for quarter, recorded, ends in zip(
        found.quarters, found.recorded, found.shocked.T, strict=True
    ):
        lines.append(f"  {quarter:<10}{recorded:>10,.0f}{_ends(tuple(ends.tolist())):>28}")
    return [
        *lines,
        "",
        shared.prose(
            f"Typical error: {found.with_shock:.0%} with the US shock, {found.level_alone:.0%} "
            f"with a level alone, {found.with_course:.0%} with the whole course of US deaths. "
            f"Canada moved by {middle:.2f} ({low:.2f} to {high:.2f}) of what the shock did to US "
            "deaths; 1 would be as much."
        ),
    ]


def _years(found: "tuple[Year, ...]") -> list[str]:
    lines = [
        shared.prose(
            "Beside the reference. Opioid overdose deaths with 95 % intervals, by SOURCE's "
            "published posterior and by ours from the record to 2020 alone:"
        ),
        "",
        f"  {'':<8}{'recorded':>10}{'SOURCE':>28}{'ours, to 2020':>28}",
    ]
    for one in found:
        recorded = "–" if one.recorded is None else f"{one.recorded:,.0f}"
        lines.append(f"  {one.year:<8}{recorded:>10}{_ends(one.source):>28}{_ends(one.ours):>28}")
    known = [one for one in found if one.recorded is not None]
    holding = {"SOURCE's": 0, "ours": 0}
    for one in known:
        for name, ends in (("SOURCE's", one.source), ("ours", one.ours)):
            holding[name] += ends[0] <= (one.recorded or 0.0) <= ends[2]
    said = ", ".join(f"{name} {count}" for name, count in holding.items())
    return [*lines, "", f"Of {len(known)} recorded years, so many lie inside: {said}."]


def as_json(control: "ClassControl", canada: "Canada", years: "tuple[Year, ...]") -> dict[str, Any]:
    """All of it."""
    return {
        "class_control": {
            "seized": [vars(one) for one in control.seized],
            "deaths_ratio": control.deaths,
            "claimed": control.claimed,
        },
        "canada": {
            **vars(canada),
            "recorded": canada.recorded.tolist(),
            "shocked": canada.shocked.tolist(),
        },
        "beside_the_reference": [vars(one) for one in years],
    }


def table(control: "ClassControl", canada: "Canada", years: "tuple[Year, ...]") -> "Tidy":
    """All of it as a tidy table."""
    from upriver.report.tables.checks import table_of_natural

    return table_of_natural(control, canada, years)


def _ends(ends: tuple[float, ...]) -> str:
    low, middle, high = map(shared.three_figures, ends)
    return f"{middle} ({low} to {high})"

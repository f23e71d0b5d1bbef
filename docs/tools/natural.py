"""Natural experiments and the reference, as tables: what nothing was fitted to, beside the fit."""

from functools import cache

from upriver.cli.shared import three_figures
from upriver.inference.natural import Canada, canada, class_control
from upriver.inference.reference import beside_reference

from .markdown import table


@cache
def _canada() -> Canada:
    return canada()


def control() -> str:
    """The class control: what was seized in mail, and deaths."""
    found = class_control()
    rows = [
        [f"FY{one.year}", f"{one.recorded:,.0f}", _ends(one.acted), _ends(one.without)]
        for one in found.seized
    ]
    deaths = "; ".join(
        f"{100 * (1 - middle):.0f} % ({100 * (1 - high):.0f} to {100 * (1 - low):.0f} %) in {span}"
        for span, (low, middle, high) in found.deaths.items()
    )
    return (
        table(("Fiscal year", "Recorded", "With the act", "Without it"), rows)
        + f"\nDeaths with synthetic opioids are fewer by {deaths}; {100 * found.claimed:.0f} % of "
        "draws have the quarter that was claimed.\n"
    )


def quarters() -> str:
    """Canada's quarters, a year's first and third, and how the shock does."""
    found = _canada()
    rows = [
        [quarter, f"{recorded:,.0f}", _ends(tuple(ends.tolist()))]
        for quarter, recorded, ends in zip(
            found.quarters, found.recorded, found.shocked.T, strict=True
        )
        if quarter.endswith(("Q1", "Q3"))
    ]
    low, middle, high = found.slope
    return (
        table(("Quarter", "Recorded", "One level and the US shock"), rows)
        + f"\nTypical error: {100 * found.with_shock:.0f} % with the shock, "
        f"{100 * found.level_alone:.0f} % with a level alone, {100 * found.with_course:.0f} % with "
        f"the whole course of US deaths. Canada moved by {middle:.2f} ({low:.2f} to {high:.2f}) of "
        "what the shock did to US deaths.\n"
    )


def reference() -> str:
    """Both models as they could be in 2020."""
    rows = [
        [
            f"{one.year}",
            "–" if one.recorded is None else f"{one.recorded:,.0f}",
            _ends(one.source),
            _ends(one.ours),
        ]
        for one in beside_reference()
    ]
    return table(("Year", "Recorded", "SOURCE, from data to 2020", "Ours, from data to 2020"), rows)


def _ends(ends: tuple[float, ...]) -> str:
    low, middle, high = map(three_figures, ends)
    return f"{middle} ({low} to {high})"

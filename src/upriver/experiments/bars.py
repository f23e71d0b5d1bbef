"""A ranking as bars: the median of what each lever averts, its interval, its grade."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .placed_ranking import PlaceRanking
    from .ranking import Ranking

DRAWN, GIVEN, WORSE = "C0", "0.7", "C3"


def bars(found: "Ranking | PlaceRanking", where: str = "") -> "Figure":
    """Levers from the top, most lives first; grey where the amount is the change itself.

    Args:
        where: the place that it is of, for the title.
    """
    from upriver.core.figure import Figure

    rows = found.rows
    figure = Figure(figsize=(9, 0.24 * len(rows) + 1.4), layout="constrained")
    axes = figure.subplots()
    places = range(len(rows))
    colours = [WORSE if one.averted.median < 0 else DRAWN if one.drawn else GIVEN for one in rows]
    axes.barh(places, [one.averted.median for one in rows], color=colours)
    for place, one in zip(places, rows, strict=True):
        axes.plot([one.averted.low, one.averted.high], [place, place], color="black", lw=1)
    axes.axvline(0, color="black", lw=0.5)
    axes.set_yticks(
        places,
        [f"{one.lever.title} ({one.lever.evidence.grade})" for one in rows],
        fontsize="small",
    )
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel(
        f"opioid overdose deaths averted, 2026 to 2031; bars: medians of {found.draws} draws, "
        "lines: 95 % intervals;\nblue: effect drawn from an interval, grey: the amount is the "
        "change itself; in brackets the grade of the evidence",
        fontsize="small",
    )
    of = f", {where}" if where else ""
    axes.set_title(f"Each lever alone, at '{found.level}'{of}", fontsize="medium")
    return figure

"""An answer as bars: the share of each unknown, with its interval."""

from typing import TYPE_CHECKING

from .shares import Sensitivity

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = 20


def bars(found: Sensitivity) -> "Figure":
    """The unknowns that decide most, from the top; grey where chance may have done it."""
    from matplotlib.figure import Figure

    rows = found.rows[:SHOWN]
    figure = Figure(figsize=(9, 0.3 * len(rows) + 1.6), layout="constrained")
    axes = figure.subplots()
    for place, row in enumerate(rows):
        both = [(row.first, -0.2, "C0"), (row.total, 0.2, "C1")]
        for share, off, colour in both if found.together else [(row.first, 0.0, "C0")]:
            if share is not None:
                shown = colour if row.stands else "0.7" if colour == "C0" else colour
                thick = 0.36 if found.together else 0.7
                axes.barh(place + off, 100 * share.value, height=thick, color=shown)
                ends = [100 * share.low, 100 * share.high]
                axes.plot(ends, [place + off] * 2, color="black", lw=1)
    axes.axvline(0, color="black", lw=0.5)
    if found.floor is not None:
        axes.axvline(100 * found.floor, color="C3", lw=1, ls=":")
    axes.set_yticks(range(len(rows)), [row.name for row in rows], fontsize="small")
    axes.invert_yaxis()
    axes.margins(y=0.01)
    how = (
        "blue: alone, orange: with all that it acts together with"
        if found.together
        else "dotted: what the largest would reach by chance in one of twenty"
    )
    axes.set_xlabel(
        f"share of the variance of its {found.scale} that goes away if it were known [%], and 95 % "
        f"interval;\n{how}; grey: chance may have done it",
        fontsize="small",
    )
    axes.set_title(f"{found.asked.said}: {found.made['world']}", fontsize="medium")
    return figure

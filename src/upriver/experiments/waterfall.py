"""A change of deaths as a waterfall: from the first year's deaths, part by part, to the last's."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .explain import Explained

LESS, MORE, WHOLE = "C0", "C3", "0.6"


def waterfall(found: "Explained") -> "Figure":
    """Means of the parts, which add up; lines are the 95 % interval of each."""
    from upriver.core.figure import Figure

    from .explain import titles

    parts = sorted(found.parts, key=lambda name: found.parts[name].mean())
    means = [float(found.parts[name].mean()) for name in parts]
    begin = float(found.before.mean())
    ends = np.concatenate([[begin], begin + np.cumsum(means)])
    figure = Figure(figsize=(9, 0.42 * (len(parts) + 2) + 1.2), layout="constrained")
    axes = figure.subplots()
    rows = np.arange(1, len(parts) + 1)
    axes.barh([0], [begin], color=WHOLE)
    axes.barh(rows, means, left=ends[:-1], color=[LESS if value < 0 else MORE for value in means])
    for row, name, at in zip(rows, parts, ends[:-1], strict=True):
        one = found.part(name)
        axes.plot([at + one.low, at + one.high], [row, row], color="black", lw=1)
    axes.barh([len(parts) + 1], [ends[-1]], color=WHOLE)
    axes.set_yticks(
        range(len(parts) + 2),
        [f"deaths in {found.first}", *(titles()[name] for name in parts), f"in {found.last}"],
    )
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel(
        f"opioid overdose deaths a year; bars: means of {len(found.before)} draws, which add up; "
        "lines: 95 % intervals",
        fontsize="small",
    )
    where = f" in {found.place}" if found.place else ""
    said = f"Why deaths{where} changed from {found.first} to {found.last}"
    axes.set_title(said, fontsize="medium")
    return figure

"""A run and a comparison as matplotlib figures, for notebooks; the report draws its own."""

from typing import TYPE_CHECKING

from upriver.core.time import LAST_YEAR
from upriver.system.world import worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .compare import Comparison
    from .simulate import Run

AS_COUNTED = "reported"
"""Status of a value that is as its publisher counted it."""


def of_run(run: "Run") -> "Figure":
    """Deaths by year with their interval; of the country beside the record."""
    from upriver.core.figure import Figure

    deaths = run.deaths
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    if run.draws > 1:
        axes.fill_between(deaths.times, deaths.low, deaths.high, alpha=0.3, label="95 % interval")
    axes.plot(deaths.times, deaths.median, label=f"modelled: {run.title}")
    if not run.place:
        _recorded(axes)
    axes.set_ylabel("opioid overdose deaths a year")
    axes.set_ylim(0)
    axes.legend()
    return figure


def _recorded(axes: "Axes") -> None:
    """Recorded deaths, each status by itself: hollow where it is not the publisher's own count."""
    from upriver.evidence.figures import series

    record = series("deaths_any_opioid")
    for number, status in enumerate(dict.fromkeys(record.statuses)):
        those = [i for i, one in enumerate(record.statuses) if one == status]
        own = status == AS_COUNTED
        axes.plot(
            record.periods[those],
            record.values[those],
            "o" if own else "osD^v"[number % 5],
            color="black",
            markerfacecolor="black" if own else "none",
            markersize=3 if own else 4,
            linestyle="none",
            label="recorded" if own else f"recorded, {status}",
        )


def of_comparison(comparison: "Comparison") -> "Figure":
    """Deaths by year of every run, and deaths averted with their interval."""
    from matplotlib.ticker import MaxNLocator

    from upriver.core.figure import Figure

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    for number, run in enumerate(comparison.runs):
        deaths = run.deaths[comparison.since - 5 :]
        if not number:  # bands of several runs would hide each other
            said = f"95 % interval of '{run.scenario.title}'"
            left.fill_between(deaths.times, deaths.low, deaths.high, alpha=0.2, label=said)
        left.plot(deaths.times, deaths.median, label=run.scenario.title)
    left.set_ylabel("opioid overdose deaths a year")
    left.yaxis.set_major_formatter("{x:,.0f}")
    left.set_ylim(0)
    left.legend(fontsize="small")
    found = [comparison.averted(run) for run in comparison.runs[1:]]
    places = range(len(found))
    right.hlines(places, [i.low for i in found], [i.high for i in found], lw=2)
    right.plot([i.median for i in found], places, "o")
    right.axvline(0, color="0.5", lw=1)
    right.set_yticks(places, [run.scenario.title for run in comparison.runs[1:]], fontsize="small")
    right.invert_yaxis()
    right.xaxis.set_major_locator(MaxNLocator(4))
    right.xaxis.set_major_formatter("{x:,.0f}")
    right.set_xlabel(f"deaths averted, {comparison.since:g} to {LAST_YEAR - 1}")
    figure.suptitle(worlds()[comparison.runs[0].world]["title"], fontsize="small")
    return figure

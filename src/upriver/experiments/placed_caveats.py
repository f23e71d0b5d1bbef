"""How a run of a place is to be read: its caveat, and how it meets the record.

What nothing explains in it is told by `placed_unexplained`.
"""

import math

from upriver.core.time import FIRST_YEAR
from upriver.engine.tools import quantiles
from upriver.places.asked import place as place_of
from upriver.places.place import Place

from .caveats import few_draws
from .placed import recorded
from .placed_counted import years as counted_years
from .simulate import Run
from .summary import INTERVAL, figures

LAST = 2025
"""The last year that is held against the record."""

MUCH = 0.05
"""Of a count: by how much two systems differ before it is said."""

CAVEAT = (
    "Each draw of {place} lives in the market, and with the constants, of the country's draw of "
    "the same number, which nothing that {place} recorded moved or weighed (a cut posterior). The "
    "interval is what both records left open, if one of six rival explanations is right. What is "
    "done is done in the whole country; {place} does not move the country's market, and people do "
    "not move in or out."
)


def caveat_in(run: Run) -> str:
    """How the intervals of a run of a place are to be read, and how it meets the record.

    The record is told of history as it was: a counterfactual is not held against it.
    """
    place = place_of(run.place)
    words = CAVEAT.format(place=place.name) + few_draws(run.draws)
    if not _as_recorded(run):
        return words
    known, held, hidden = met(run)
    if not known:
        return words
    may = ", or where months are withheld may lie," if hidden else ""
    return (
        f"{words} Intervals are of the number expected; with the chance of counts, recorded "
        f"deaths with synthetic opioids lie{may} inside 95 % intervals in {held} of the "
        f"{known} years to {LAST - 1} that are known; a factor on risk follows them, so that this "
        "says nothing of what the fit did not see."
        f"{unseen(run)}"
    )


def met(run: Run) -> tuple[int, int, int]:
    """Years with a record of deaths with synthetic opioids that a run meets, as it is counted.

    Returns:
        How many are known, how many are met, and how many are a range; a range is met where it has
        something in common with the interval.
    """
    place = place_of(run.place)
    ends = quantiles(counted_years(run), INTERVAL)
    known = held = hidden = 0
    for year in range(FIRST_YEAR, LAST):
        found = recorded(place, year)
        if found is None:
            continue
        low, _, high = ends[:, year - FIRST_YEAR]
        known += 1
        held += int(low <= found[1] and found[0] <= high)
        hidden += int(found[0] < found[1])
    return known, held, hidden


def unseen(run: Run) -> str:
    """A sentence on a year that is counted provisionally and that the fit did not see, or none."""
    later = provisional(place_of(run.place), LAST)
    if later is None or run.local is None or run.local.said.get("record_to", LAST) > LAST:
        return ""
    low, middle, high = quantiles(counted_years(run), INTERVAL)[:, LAST - FIRST_YEAR]
    inside = "inside" if low <= later <= high else "outside"
    return (
        f" Of {LAST}, which it did not see, {later:,.0f} were counted provisionally, where people "
        f"died{_otherwise(place_of(run.place))}: {inside} the interval of what would be counted, "
        f"{figures(middle, 3)} ({figures(low, 3)} to {figures(high, 3)})."
    )


def _otherwise(place: Place) -> str:
    """How far the count by where people died is from that of residents, where that is much."""
    here, died = recorded(place, LAST - 1), provisional(place, LAST - 1)
    if here is None or here[0] != here[1] or died is None or not here[0]:
        return ""
    more = died / here[0] - 1
    if abs(more) < MUCH:
        return ""
    how = "more" if more > 0 else "fewer"
    return f" (in {LAST - 1} that was {abs(more):.0%} {how} than of residents)"


def provisional(place: Place, year: int) -> float | None:
    """Deaths with synthetic opioids in the 12 months to December, where people died [people]."""
    record = place.deaths_to_december.get("synthetic")
    value = None if record is None else record.at(f"{year}-12")
    return None if value is None or not math.isfinite(value) else value


def _as_recorded(run: Run) -> bool:
    """Whether nothing is changed before the record ends."""
    scenario = run.scenario
    history = scenario.settings or scenario.without_acts or scenario.projections
    return not history and (scenario.starts is None or scenario.starts >= LAST)

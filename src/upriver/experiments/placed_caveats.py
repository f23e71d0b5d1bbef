"""How a run of a place is to be read: its caveat, how it meets the record, what nothing explains.

What nothing explains in a place is two things: what disturbs the country's risk and supply, and a
slowly varying factor on risk that is the place's own.
"""

import math

import numpy as np

from upriver.core.table import constant
from upriver.core.time import FIRST_YEAR, quarters
from upriver.engine.run import load
from upriver.engine.tools import quantiles
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.policy.apply import prepare
from upriver.policy.disturbances import RISK, undisturbed
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.part import part_of
from upriver.policy.places.world import Country
from upriver.policy.scenario import read_scenario
from upriver.system.counters import counter
from upriver.system.world import World

from .caveats import ENDS, HALF, THIRD, few_draws
from .placed import DEATHS, WORLD, recorded
from .placed_counted import years as counted_years
from .simulate import Run
from .summary import INTERVAL, Doubles, figures

FIRST, LAST = 2015, 2025
"""Years whose changes count, as for the country."""

A_YEAR = 4
MUCH = 0.05
"""Of a count: by how much two systems differ before it is said."""

CAVEAT = (
    "Each draw of {place} lives in the market, and with the constants, of the country's draw of "
    "the same number, which nothing that {place} recorded moved or weighed (a cut posterior). The "
    "interval is what both records left open, if one of six rival explanations is right. What is "
    "done is done in the whole country; {place} does not move the country's market, and people do "
    "not move in or out."
)

_shares: dict[tuple[str, str, int], tuple[float, float, float]] = {}


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


def unexplained_in(run: Run) -> str:
    """A sentence on what no part of the model explains in a place, if that is much; else empty.

    As for the country it is of the changes of deaths from year to year, 2015 to 2025, squared.
    """
    low, middle, high = unexplained_share_in(run)
    if middle <= 100 * THIRD:
        return ""
    how = "Mostly unexplained" if middle >= HALF else "In part unexplained"
    beyond = " (above 100 %: what is explained went the other way)" if high > 100 else ""
    return (
        f"{how}: {middle:.0f} % ({ENDS[-1] - ENDS[0]} %: {low:.0f} to {high:.0f} %) of how deaths "
        f"in {place_of(run.place).name} changed from 2015 to 2025 is disturbances that nothing in "
        f"the model explains, the country's and its own{beyond}."
    )


def unexplained_share_in(run: Run) -> tuple[float, float, float]:
    """That share [%], low, middle and high, to tens.

    Raises:
        ValueError: the run is of the country.
    """
    if run.local is None:
        raise ValueError("the run is of the country")
    key = (run.place, str(run.local.said.get("fit", "")), run.draws)
    if key not in _shares:
        found = np.percentile(100 * shares(run.local), ENDS)
        low, middle, high = (float(round(share, -1)) for share in found.tolist())
        _shares[key] = low, middle, high
    return _shares[key]


def shares(own: PlaceDraws) -> Doubles:
    """What is left of deaths in a place without any disturbance, by draw, shape (draws,) [1]."""
    base = prepare(read_scenario("base"), own.draws, World.named(WORLD)).table
    on = _yearly(own, Country.of(base), disturbed=True)
    off = _yearly(own, Country.of(undisturbed(base)), disturbed=False)
    seen = slice(FIRST - 1 - FIRST_YEAR, LAST + 1 - FIRST_YEAR)
    changed = np.diff(np.log(on[:, seen]), axis=1)
    left = changed - np.diff(np.log(off[:, seen]), axis=1)
    found: Doubles = np.sum(left**2, axis=1) / np.sum(changed**2, axis=1)
    return found


def _yearly(own: PlaceDraws, country: Country, disturbed: bool) -> Doubles:
    """Deaths of a place by year, shape (draws, years)."""
    plain = part_of(own.place).table(country)
    table = plain.replace(own.columns(plain))
    if not disturbed:
        table = table.replace({RISK: constant(1.0)})
    counted = load().run(table.columns, outputs=[counter(DEATHS)], instants=quarters()[::A_YEAR])
    found: Doubles = np.diff(counted[:, 0], axis=1)
    return found

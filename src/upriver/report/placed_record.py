"""What is recorded of a place as series for figures, and beside what is modelled as rows.

A year in which months are withheld is a range: two points, the fewest and the most.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from upriver.core.time import FIRST_YEAR
from upriver.evidence.record import Record
from upriver.experiments.placed import DEATHS, SYNTHETIC, recorded
from upriver.experiments.placed_caveats import LAST as AHEAD
from upriver.experiments.placed_caveats import provisional
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Interval
from upriver.places.place import Place

from .figures import Numbers, Origin, Series
from .lines import of
from .wording import number

MIDDLE = 0.5
YEARS = (*range(2016, 2026), 2028, 2031)
"""Years of the table."""


class Row(NamedTuple):
    """Deaths of a year, recorded and modelled.

    recorded: fewest and most, of residents; None where nothing is known. where_died: in the 12
    months to December, by another system, provisional; None where it is not known. synthetic,
    any_opioid: modelled.
    """

    year: int
    recorded: tuple[float, float] | None
    where_died: float | None
    synthetic: Interval
    any_opioid: Interval


def rows(run: Run, place: Place, years: Sequence[int] = YEARS) -> list[Row]:
    """Deaths by year."""
    synthetic, every = run.sums(SYNTHETIC), run.sums(DEATHS)
    return [
        Row(
            year,
            recorded(place, year),
            provisional(place, year),
            synthetic.at(year),
            every.at(year),
        )
        for year in years
    ]


def range_text(known: tuple[float, float] | None) -> str:
    """`1,482`, `80 to 134`, or a dash."""
    if known is None:
        return number(None)
    low, high = known
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def deaths_series(place: Place) -> list[Series]:
    """Recorded deaths with synthetic opioids by year: known, at least and at most, provisional."""
    years = range(FIRST_YEAR, AHEAD)
    known = {year: ends for year in years if (ends := recorded(place, year)) is not None}
    source = place.deaths.source
    by_year = place.deaths_by_year.get("synthetic")
    both = source if by_year is None else f"{by_year.sources[-1]}; {source}"
    exact = [(year, low) for year, (low, high) in known.items() if low == high]
    ranges = [(year, ends) for year, ends in known.items() if ends[0] != ends[1]]
    found = [_points("recorded", exact, place, both, "reported")]
    if ranges:
        least = [(year, ends[0]) for year, ends in ranges]
        most = [(year, ends[1]) for year, ends in ranges]
        found += [
            _points("recorded, at least: months are withheld", least, place, source, "partial"),
            _points("recorded, at most", most, place, source, "partial"),
        ]
    later = [
        (year, value)
        for year in range(FIRST_YEAR, AHEAD + 1)
        if year not in dict(exact) and (value := provisional(place, year)) is not None
    ]
    if later:
        record = place.deaths_to_december["synthetic"]
        told = "provisional, where people died; the fit did not see it"
        found.append(_points(told, later, place, record.sources[-1], "reported"))
    return [one for one in found if len(one.x)]


def by_year(record: Record, label: str) -> Series:
    """A record of a place by calendar year, drawn at the middle of each."""
    kept = np.isfinite(record.values)
    shifted = np.where(kept, record.middles, np.nan)
    return Series(label, shifted, record.values, kind="recorded", origin=of(record))


def _points(
    label: str, pairs: Sequence[tuple[int, float]], place: Place, source: str, status: str
) -> Series:
    """Values of years, each at the middle of its year."""
    when: Numbers = [year + MIDDLE for year, _ in pairs]
    origin = Origin(
        calendar="year", place=place.code, unit="people/year", source=source, status=status
    )
    return Series(label, when, [v for _, v in pairs], kind="recorded", origin=origin)

"""What is recorded of a state in a year beside what is modelled; a withheld month is a range.

Deaths alone have a record that counts the same. Of people with a disorder there is a survey by
another definition, of people on buprenorphine there are prescriptions: both are in the fit, as a
state's ratio to the country, and neither is a number of people.
"""

from typing import NamedTuple

import numpy as np

from upriver.places.place import Place

FIRST_MONTHS = 2016
"""Before, too many months are withheld to be of use, and years are counted."""

MONTHS = 12
MOST_WITHHELD = 9
DEATHS, SYNTHETIC = "deaths", "synthetic"
DRUGS = {DEATHS: "any_opioid", SYNTHETIC: "synthetic"}
"""Quantities that have a record, and what it is called in a `Place`."""

RESIDENTS = "final, of residents"
RESIDENTS_SO_FAR = "provisional, of residents"
IN_THE_STATE = "provisional, of deaths in the state"
"""What a count is."""


class Recorded(NamedTuple):
    """The fewest and the most deaths that a year can hold [people], and what it is."""

    low: float
    high: float
    source: str
    status: str


def recorded(place: Place, quantity: str, year: int) -> Recorded | None:
    """What is recorded of a place in a year; None where nothing is."""
    if quantity not in DRUGS:
        return None
    if quantity == SYNTHETIC and year >= FIRST_MONTHS and (found := _months(place, year)):
        return found
    return _by_year(place, DRUGS[quantity], year) or _december(place, DRUGS[quantity], year)


def _months(place: Place, year: int) -> Recorded | None:
    """Twelve months added up."""
    months = place.deaths
    within = (months.starts >= year - 1e-9) & (months.starts < year + 1 - 1e-9)
    if within.sum() != MONTHS:
        return None
    final = all(months.vintages[i] == "final" for i in np.flatnonzero(within))
    return Recorded(
        float(months.low[within].sum()),
        float(months.high[within].sum()),
        months.source,
        RESIDENTS if final else RESIDENTS_SO_FAR,
    )


def _by_year(place: Place, drug: str, year: int) -> Recorded | None:
    """A year's count of residents; one that is suppressed is of 0 to 9."""
    record = place.deaths_by_year.get(drug)
    if record is None:
        return None
    for start, value, source in zip(record.starts, record.values, record.sources, strict=True):
        if start == year:
            gone = np.isnan(value)
            low, high = (0.0, float(MOST_WITHHELD)) if gone else (float(value), float(value))
            return Recorded(low, high, source, RESIDENTS)
    return None


def _december(place: Place, drug: str, year: int) -> Recorded | None:
    """Provisional counts of the 12 months to December."""
    record = place.deaths_to_december.get(drug)
    if record is None:
        return None
    for end, value, source in zip(record.ends, record.values, record.sources, strict=True):
        if abs(end - (year + 1)) < 1e-6 and np.isfinite(value):
            return Recorded(float(value), float(value), source, IN_THE_STATE)
    return None

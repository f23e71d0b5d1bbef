"""A place's part of the country, and what a person there has more or less of than in the country.

How many live in a place is recorded, and so are prescriptions of opioids, people in jail and people
without a home: histories of the place, as a ratio to the country's per head, and no unknowns. What
no place publishes, such as kits, is the country's by population.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from upriver.core.table import Column, Table
from upriver.core.time import years
from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import STATES
from upriver.evidence.record import Record
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.places.shares import residents_at

from .world import Country, placed

Doubles = np.ndarray

RELATIVE = {
    "people.prescribing.patients": "prescribing",
    "people.reentry.releases": "jail",
    "people.housing.homeless": "homeless",
}
"""Inputs of which a place's own history is recorded, and the records."""

SERIES = {
    "prescribing": "opioid_dispensing_rate",
    "buprenorphine": "buprenorphine_dispensing_rate",
    "naloxone": "naloxone_dispensing_rate",
    "disorder": "oud_share_nsduh",
    "jail": "jail_population",
    "homeless": "homeless",
}
"""Records of a place that are held against the country, and the series that they are of."""

NUMBERS = {"jail": 2019, "homeless": 9999}
"""Records that are numbers of people, and the last year that is whole."""


@dataclass(frozen=True, eq=False)
class Part:
    """What is known of a place without any fit.

    people: of the country's who live there, shape (1, STEPS + 1) [1]. relative: how much more of an
    input a person there has than in the country, by path, same shape [1].
    """

    people: Column
    relative: dict[str, Column]

    def table(self, country: Country) -> Table:
        """The place as its part of the country."""
        found = placed(country, self.people)
        return found.replace({path: found.columns[path] * r for path, r in self.relative.items()})


@cache
def part_of(code: str) -> Part:
    """The part of a place.

    Raises:
        UnknownName: there is no such place.
    """
    place: Place = place_of(code)
    country = series("residents", COUNTRY)
    when = years()
    people = (residents_at(place.population, when) / residents_at(country, when))[None, :]
    relative = {
        path: rates(_per_head(getattr(place, name), name, place.population), name)
        for path, name in RELATIVE.items()
    }
    return Part(people, {path: column for path, column in relative.items() if column is not None})


def rates(record: Record, name: str) -> Column | None:
    """A rate a person against the country's, by step; held before and after the record.

    Args:
        record: of the place. name: of the record, as a `Place` has it.
    """
    kept = np.isfinite(record.values)
    if not kept.any():
        return None
    usual = np.interp(record.middles[kept], *weighted(name))
    ratio = record.values[kept] / usual
    return np.asarray(np.interp(years(), record.middles[kept], ratio))[None, :]


@cache
def weighted(name: str) -> tuple[Doubles, Doubles]:
    """Years, and the mean of the states' rates over people who live there; of those that have one.

    Args:
        name: of a record of places; of a number of people, the rate is per head.
    """
    found: dict[float, tuple[float, float]] = {}
    for code in STATES:
        residents = series("residents", code)
        record = _per_head(series(SERIES[name], code), name, residents)
        people = residents_at(residents, record.middles)
        for when, value, weight in zip(record.middles, record.values, people, strict=True):
            if np.isfinite(value):
                total, heads = found.get(float(when), (0.0, 0.0))
                found[float(when)] = (total + value * weight, heads + weight)
    when = sorted(found)
    return np.array(when), np.array([found[one][0] / found[one][1] for one in when])


def _per_head(record: Record, name: str, residents: Record) -> Record:
    """A record, numbers of people per head, of jails to the last year that is whole."""
    if name not in NUMBERS:
        return record
    last = NUMBERS[name]
    values = record.values / residents_at(residents, record.middles)
    return replace(record, values=np.where(record.starts > last, np.nan, values))

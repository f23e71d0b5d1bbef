"""From what is recorded of a place to what its fit sees: each death once, rates beside the country.

With synthetic opioids (T40.4): years to 2015, months after, for before 2016 too many months are
withheld to be of use. Other opioids: any opioid without T40.4, by year, where both are known.
People with a disorder and prescriptions of buprenorphine are held against the country's, per head:
what surveys miss, and what pharmacies do not see, is taken to be missed alike everywhere.
"""

from functools import cache

import numpy as np

from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.policy.places.part import part_of, rates, weighted

from .pooling import LAB_YEAR, LAB_YEAR_FROM, NALOXONE
from .seen import Counts, Ratios, Seen

Doubles = np.ndarray

SYNTHETIC = "cumulative.people.overdose.by_synthetic"
WITHOUT = "cumulative.people.counts.without_synthetic"
DISORDER = "people.heads.oud"
BUPRENORPHINE = "people.heads.in_treatment[buprenorphine]"
RATIOS_OF = (DISORDER, BUPRENORPHINE)
"""Outputs of the country's run that places are held against."""

FIRST_MONTHS = 2016
MONTHS = 12
YEARS, MONTH, OTHERS = 0.15, 0.06, 0.12
"""How far counts are thought to be apart beyond chance: of years with T40.4, of its months, of
other opioids. Assumptions; the record moves them."""

EACH_YEAR, ALL_YEARS = 0.08, 0.2
"""Errors of buprenorphine against the country: of a year, and of all years alike."""

SURVEYED = 2.0
"""Years of which the survey's estimate by state is."""

INTERVAL = 2 * 1.96
NOT_SEEN_BEFORE = 2020
"""Where laboratories had not seen fentanyl by 2019."""


@cache
def seen_of(code: str) -> Seen:
    """What a fit sees of a place.

    Raises:
        UnknownName: there is no such place.
    """
    place, part = place_of(code), part_of(code)
    counts = [_years(place), _months(place), _others(place)]
    ratios = [_disorder(place), _buprenorphine(place)]
    return Seen(
        place=place.code,
        division=place.division,
        part=part.people,
        relative=part.relative,
        covariates=_covariates(place),
        counts=tuple(one for one in counts if one is not None and one.ends.size),
        ratios=tuple(one for one in ratios if one is not None and one.ends.size),
    )


def _years(place: Place) -> Counts | None:
    """Deaths with T40.4 by year, before months are of use."""
    record = place.deaths_by_year.get("synthetic")
    if record is None:
        return None
    kept = record.starts < FIRST_MONTHS
    values = record.values[kept]
    hidden = np.isnan(values)
    return Counts(
        name="T40.4, years",
        output=SYNTHETIC,
        starts=record.starts[kept],
        ends=record.ends[kept],
        values=np.where(hidden, 0.0, values),
        withheld=hidden,
        apart=YEARS,
    )


def _months(place: Place) -> Counts:
    """Deaths with T40.4 by month; of a place of one's own, all months that it has."""
    months = place.deaths
    kept = (months.starts >= FIRST_MONTHS) | (not place.deaths_by_year)
    hidden = months.censored[kept]
    return Counts(
        name="T40.4, months",
        output=SYNTHETIC,
        starts=months.starts[kept],
        ends=months.starts[kept] + 1 / MONTHS,
        values=np.where(hidden, 0.0, months.values[kept]),
        withheld=hidden,
        apart=MONTH,
        most=months.most,
    )


def _others(place: Place) -> Counts | None:
    """Deaths with any opioid and without T40.4, of the years in which both are known.

    To 2016 of residents, from 2017 on provisional sums of the 12 months to December.
    """
    found: dict[int, float] = {}
    for records in (place.deaths_to_december, place.deaths_by_year):
        if not {"any_opioid", "synthetic"} <= records.keys():
            continue
        every, synthetic = records["any_opioid"], records["synthetic"]
        for end, value in zip(every.ends, every.values, strict=True):
            year = int(np.ceil(end - 1e-9)) - 1
            at = np.flatnonzero(np.abs(synthetic.ends - end) < 1e-6)
            if at.size and np.isfinite(value - synthetic.values[at[0]]):
                found[year] = float(value - synthetic.values[at[0]])
    if not found:
        return None
    starts = np.array(sorted(found), dtype=np.float64)
    return Counts(
        name="other opioids, years",
        output=WITHOUT,
        starts=starts,
        ends=starts + 1,
        values=np.maximum([found[int(year)] for year in starts], 0.0),
        withheld=np.zeros(len(starts), dtype=bool),
        apart=OTHERS,
    )


def _disorder(place: Place) -> Ratios | None:
    """People with a disorder as the household survey has them, against the country's."""
    record, usual = place.disorder, weighted("disorder")
    if record.place != place.code or not np.isfinite(record.values).any():
        return None
    at = int(np.flatnonzero(np.isfinite(record.values))[-1])
    wide = np.log(record.high[at] / record.low[at]) / INTERVAL
    return Ratios(
        name="people with a disorder, against the country",
        output=DISORDER,
        starts=record.middles[at : at + 1] - SURVEYED / 2,
        ends=record.middles[at : at + 1] + SURVEYED / 2,
        values=record.values[at : at + 1] / np.interp(record.middles[at], *usual),
        apart=np.array([wide]),
    )


def _buprenorphine(place: Place) -> Ratios | None:
    """Prescriptions of buprenorphine a person, against the country's."""
    record = place.buprenorphine
    if record.place != place.code:
        return None
    kept = np.isfinite(record.values) & (record.values > 0)
    usual = np.interp(record.middles[kept], *weighted("buprenorphine"))
    return Ratios(
        name="on buprenorphine, against the country",
        output=BUPRENORPHINE,
        starts=record.starts[kept],
        ends=record.ends[kept],
        values=record.values[kept] / usual,
        apart=np.full(int(kept.sum()), EACH_YEAR),
        shared=ALL_YEARS,
    )


def _covariates(place: Place) -> dict[str, float]:
    """What may tell of a place before any death of it is seen."""
    year = place.fentanyl.year
    found = {LAB_YEAR: float((year or NOT_SEEN_BEFORE) - LAB_YEAR_FROM)}
    naloxone = rates(place.naloxone, "naloxone")
    if naloxone is not None:
        found[NALOXONE] = float(np.log(np.clip(naloxone.mean(), 0.1, 10)))
    return found

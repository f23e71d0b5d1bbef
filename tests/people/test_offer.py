"""Offer: places come from who gives treatment, more of them do nothing where wanting limits."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.evidence.figures import series
from upriver.experiments.simulate import Run, simulate
from upriver.people.capacity import CapacityParameters
from upriver.people.offer import OfferParameters, offer

ON = "people.offer.included"
MEDICATIONS = ("buprenorphine", "methadone", "naltrexone")
GIVEN = worlds.module_of(CapacityParameters, "people.capacity", 2019.0)
PRESCRIBERS = "people.offer.providers[buprenorphine]"
LEVELS = [
    PRESCRIBERS,
    "people.capacity.per_provider",
    "people.offer.places[buprenorphine]",
    *(
        f"{name}[{medication}]"
        for name in ("people.heads.in_treatment", "people.treatment.capacity_to_demand")
        for medication in MEDICATIONS
    ),
]


def p(**changed: float) -> OfferParameters:
    return worlds.module_of(OfferParameters, "people.offer", 2019.0, **changed)


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_more_who_give_are_more_places_and_reach_and_each_adds_less(x, y):
    less, more = sorted([x, y])
    few, many = (offer(GIVEN, p(programmes=n)) for n in (less, more))
    assert few.places[1] <= many.places[1]
    assert few.reach[1] <= many.reach[1] <= 1
    both = offer(GIVEN, p(programmes=less + more))
    assert both.places[1] <= (few.places[1] + many.places[1]) * (1 + 1e-12)


def test_places_are_the_same_whoever_is_in_treatment():
    usual, more = run(), run(people__treatment__seeking_rate=0.986316)
    assert patients(more, "buprenorphine", 2012.0) > 1.1 * patients(usual, "buprenorphine", 2012.0)
    assert places(more) == places(usual)


def test_what_a_prescriber_takes_is_told_of_those_who_prescribe():
    each = run().level("people.capacity.per_provider").at(2024.0)[0]
    assert each == pytest.approx(places(run(), 2024.0) / run().level(PRESCRIBERS).at(2024.0)[0])


@cache
def run(**settings: float) -> Run:
    set_ = {name.replace("__", "."): value for name, value in settings.items()}
    return simulate(
        "base", world="prior", draws=0, outputs=tuple(LEVELS), settings={ON: 1.0, **set_}
    )


def patients(of: Run, medication: str, year: float) -> float:
    return of.level(f"people.heads.in_treatment[{medication}]").at(year)[0]


def places(of: Run, year: float = 2012.0) -> float:
    return of.level("people.offer.places[buprenorphine]").at(year)[0]


def to_wanting(of: Run, year: float) -> float:
    return of.level("people.treatment.capacity_to_demand[buprenorphine]").at(year)[0]


def recorded(medication: str) -> dict[int, float]:
    record = series(f"{medication}_patients")
    return {int(year): float(v) for year, v in zip(record.starts, record.values, strict=True)}


# Years outside 15 %, as they are; by how much and why stands in decisions 19 and 41.
OUTSIDE = {
    "buprenorphine": {2003, 2004, 2008},
    "methadone": {2003, 2004, 2016, 2020},
    "naltrexone": {2011, 2013, 2014, 2015, 2017, 2018},
}


def in_year(of: Run, medication: str, year: int) -> float:
    """Methadone on the survey's day at the end of March, the others over the year."""
    if medication == "methadone":
        return patients(of, medication, year + 0.25)
    quarters = [patients(of, medication, year + i / 4) for i in range(5)]
    return sum(quarters[1:4]) / 4 + (quarters[0] + quarters[4]) / 8


@pytest.mark.parametrize("medication", MEDICATIONS)
def test_people_on_each_medication_come_near_the_record_where_it_is_said(medication):
    first = {"buprenorphine": 2003, "methadone": 2003, "naltrexone": 2011}[medication]
    there = {y: v for y, v in recorded(medication).items() if first <= y <= 2020}
    apart = {y: in_year(run(), medication, y) / v - 1 for y, v in there.items()}
    assert {year for year, off in apart.items() if abs(off) > 0.15} == OUTSIDE[medication]


@pytest.mark.parametrize(("instant", "people"), [(2022.04, 810_911), (2022.96, 831_656)])
def test_and_near_those_to_whom_it_was_dispensed_in_2022(instant, people):
    near = round(instant * 4) / 4
    assert patients(run(), "buprenorphine", near) == pytest.approx(people, rel=0.15)


def test_the_end_of_the_waiver_moves_prescribers_and_not_patients():
    usual, kept = run(), run(people__offer__without_waiver=0.0)
    prescribers = [one.level(PRESCRIBERS).at(2024.0)[0] for one in (usual, kept)]
    assert prescribers[0] == pytest.approx(53_635, rel=0.05)
    assert prescribers[0] > 1.15 * prescribers[1]
    for year in (2024.0, 2027.0, 2031.0):
        with_, without = (patients(one, "buprenorphine", year) for one in (usual, kept))
        assert 0 <= with_ / without - 1 < 0.03, year


def test_twice_the_wanting_lets_places_bind_again():
    usual, twice = run(), run(people__treatment__seeking_rate=0.986316)
    assert to_wanting(usual, 2020.0) > 2
    assert all(to_wanting(twice, year) < 1 for year in (2012.0, 2018.0, 2020.0))
    more = simulate(
        "base",
        world="prior",
        draws=0,
        outputs=tuple(LEVELS),
        settings={
            ON: 1.0,
            "people.treatment.seeking_rate": 0.986316,
            "people.offer.people_each[buprenorphine]": 90.0,
        },
    )
    assert patients(more, "buprenorphine", 2020.0) > 1.05 * patients(twice, "buprenorphine", 2020.0)


def test_places_that_are_not_wanted_do_nothing():
    usual, more = run(), run(**{"people__offer__people_each[buprenorphine]": 60.0})
    usual_, more_ = (patients(one, "buprenorphine", 2031.0) for one in (usual, more))
    assert more_ == pytest.approx(usual_, rel=0.01)

"""What is local: nothing of it is the place's part of the country; each part does what it says."""

from functools import cache

import numpy as np
import pytest

from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.places.local import EARLY, FACTORS, LATE, MIDDLE, TURN, localised
from upriver.policy.places.world import Country, placed
from upriver.policy.scenario import read_scenario

SHARE = "people.met.fentanyl_share"
DEATHS = "people.overdose.deaths"
PATIENTS = "people.heads.in_treatment[buprenorphine]"


@cache
def part():
    return placed(Country.of(table(read_scenario("base"), 3)), np.array([[0.02]]))


def run(differences, names, course=None) -> np.ndarray:
    changed = {name: np.full(3, value) for name, value in differences.items()}
    columns = part().replace(localised(part(), changed, course)).columns
    return load().run(columns, outputs=names, instants=np.arange(0, 529, 8))


def at(year: float) -> int:
    return round((year - 1999) * 2)


@pytest.mark.parametrize("name", FACTORS)
def test_every_factor_moves_what_is_local_and_nothing_moves_where_all_are_nothing(name: str):
    plain = load().run(part().columns, outputs=[DEATHS], instants=np.arange(0, 529, 8))
    assert np.array_equal(run({name: 0.0}, [DEATHS]), plain)
    assert not np.array_equal(run({name: 0.3}, [DEATHS]), plain)


def test_a_place_with_more_prescribers_has_more_patients_and_more_again_where_people_stay():
    usual, more, staying = (
        run(care, [PATIENTS])[:, 0, at(2022)]
        for care in (
            {},
            {"care.treatment": 1.0},
            {"care.treatment": 1.0, "care.staying": 0.3},
        )
    )
    # Wanting limits what more places alone can do.
    assert np.all((more > 1.1 * usual) & (more < 2 * usual))
    assert np.all(staying > 1.2 * more)


def test_odds_of_fentanyl_are_the_countrys_times_what_is_said_late():
    country = run({}, [SHARE])[:, 0]
    here = run({EARLY: -2.0, LATE: 0.5, TURN: -3.0}, [SHARE])[:, 0]
    late = at(2023)
    odds = (one[:, late] / (1 - one[:, late]) for one in (here, country))
    np.testing.assert_allclose(np.log(next(odds) / next(odds)), 0.5, rtol=3e-3)


def test_a_place_where_fentanyl_comes_late_has_less_of_it_first_and_as_much_in_the_end():
    country, late = (run({EARLY: early, LATE: 0.0}, [SHARE])[:, 0] for early in (0.0, -3.0))
    assert np.all(late[:, at(2016)] < 0.15 * country[:, at(2016)])
    np.testing.assert_allclose(late[:, at(2028)], country[:, at(2028)], rtol=0.01)


def test_a_later_turn_keeps_the_early_odds_longer():
    soon, later = (run({EARLY: -3.0, TURN: turn}, [SHARE])[:, 0] for turn in (0.0, 2.0))
    assert np.all(later[:, at(MIDDLE + 1)] < soon[:, at(MIDDLE + 1)])


@pytest.mark.parametrize("absurd", [6.0, 900.0, -900.0])
def test_a_share_never_leaves_nothing_to_all(absurd):
    share = run({EARLY: absurd, LATE: absurd}, [SHARE])
    assert share.min() >= 0
    assert share.max() <= 1


def test_the_slowly_varying_factor_multiplies_the_countrys_own():
    course = np.full((3, 529), 1.1)
    plain = localised(part(), {}, np.ones((3, 529)))["people.overdose.disturbance"]
    np.testing.assert_allclose(
        localised(part(), {}, course)["people.overdose.disturbance"], 1.1 * plain
    )

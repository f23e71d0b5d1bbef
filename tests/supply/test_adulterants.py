"""Other adulterants: nothing where they are not counted, and late where fentanyl is short."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.experiments.simulate import simulate
from upriver.people.dose import DoseParameters, with_adulterants
from upriver.supply.adulterants import AdulterantParameters, adulterants, present
from upriver.supply.market import Offer
from upriver.supply.stocks import Demand

PATH = "supply.adulterants"
PRESENT = "people.met.adulterants"
DEATHS = "cumulative.people.overdose.deaths"


def p(year: float = 2017.0, **changed: float) -> AdulterantParameters:
    return worlds.module_of(AdulterantParameters, PATH, year, **changed)


def offered(filled: float, strength: float) -> Offer:
    return worlds.filled(Offer, filled=filled, strength=strength)


TAKEN = worlds.filled(Demand, dose=1.0)


def test_nothing_is_there_where_they_are_not_counted():
    assert present(0.0, p()) == 0
    assert adulterants(0.0, offered(0.2, 0.3), TAKEN, p()).change == 0
    dose = worlds.module_of(DoseParameters, "people.dose")
    assert with_adulterants(0.0, dose) == 1


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 3))
def test_they_come_where_fentanyl_is_short_and_never_pass_one(share, x, y, strength):
    short, ample = sorted([x, y])
    on = p(included=1.0)
    little, much = (adulterants(share, offered(z, strength), TAKEN, on) for z in (short, ample))
    assert little.target >= much.target >= 0
    assert 0 <= present(share, on) <= 1
    full, weak = (adulterants(share, offered(1.0, z), TAKEN, on) for z in (1 + strength, 0.4))
    assert full.target == 0 < weak.target


def told(settings: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Deaths by year, and the share of doses that hold a stronger substance at its start."""
    run = simulate("base", world="prior", draws=0, outputs=(PRESENT, DEATHS), settings=settings)
    return run.deaths.median, run.level(PRESENT).median[::4]


@pytest.mark.parametrize("risk", [1.2, 2.0, 6.0])
def test_the_episode_of_2016_to_2018_comes_and_goes(risk):
    """Carfentanil is the only test there is: one year of reports by laboratories, then few.

    The model must show it in 2017, and then let it go: what stays is a small thing.
    """
    without, _ = told({})
    with_it, share = told(
        {f"{PATH}.included": 1.0, f"{PATH}.response": 0.0, "people.dose.adulterant_risk": risk}
    )
    added = dict(zip(range(1999, 2032), with_it / without - 1, strict=True))
    assert share[2017 - 1999] == pytest.approx(0.0724, abs=1e-9)
    assert max(added, key=added.get) in (2016, 2017)
    assert 0 < added[2017] < 0.08 * (risk - 1)
    assert abs(added[2014]) < 1e-12
    assert abs(added[2022]) < 0.2 * added[2017] + 0.002


def test_after_a_shortage_they_come_with_a_lag_and_take_back_part_of_what_it_saved():
    short = {f"{PATH}.seen": 0.0, f"{PATH}.included": 1.0, f"{PATH}.response": 0.5}
    deaths, share = told(short)
    alone, _ = told({})
    by_year = dict(zip(range(1999, 2033), share, strict=True))
    assert by_year[2026] > 5 * by_year[2024]
    assert max(by_year, key=lambda year: by_year[year] * (year > 2019)) in (2026, 2027)
    assert np.all(deaths[2025 - 1999 : 2028 - 1999] > alone[2025 - 1999 : 2028 - 1999])

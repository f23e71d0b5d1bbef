"""Housing: risk and the way to care, as far as homelessness differs from what it was."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.experiments.simulate import simulate
from upriver.people.housing import HousingParameters, housing

UNTREATED = jnp.array([1.5e6, 3e5, 1.4e6])
ON = "people.housing.included"


def p(**changed: float) -> HousingParameters:
    return worlds.module_of(HousingParameters, "people.housing", 2019.0, **changed)


def test_nothing_changes_where_it_is_not_told_apart():
    found = housing(UNTREATED, p())
    assert (found.share, found.risk, found.seeking, found.staying) == (0, 1, 1, 1)


def test_what_the_calibrated_rates_hold_is_what_the_run_has_in_2019():
    found = simulate(
        draws=0, world="prior", outputs=("people.beyond.housing.share",), settings={ON: 1.0}
    )
    share, _, _ = found.level("people.beyond.housing.share").at(2019.0)
    assert abs(share - p().usual) < 0.002


@given(st.floats(0, 5e6), st.floats(0, 1), st.floats(0, 1))
def test_without_a_home_risk_is_higher_and_care_further_and_a_home_makes_up_for_part(n, x, y):
    less, more = sorted([x, y])
    one = {"included": 1.0, "homeless": n, "usual": 0.0}
    bare, housed = (housing(UNTREATED, p(**one, housed=share)) for share in (less, more))
    assert 0 <= bare.share <= 1
    assert bare.risk >= housed.risk >= 1
    assert bare.seeking <= housed.seeking <= 1
    assert bare.staying <= housed.staying <= 1


def test_more_people_without_a_home_are_more_deaths_and_housing_them_fewer():
    def deaths(**settings: float) -> np.ndarray:
        told = {f"people.housing.{name}": value for name, value in settings.items()}
        return simulate("base", world="prior", draws=0, settings={ON: 1.0, **told}).deaths.median

    usual = deaths()
    assert np.all(deaths(homeless=2e6)[5:] > usual[5:])
    assert np.all(deaths(housed=1.0)[5:] < usual[5:])

"""Ways of use: only a change of the share who smoke changes risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.experiments.simulate import simulate
from upriver.people.ways import WayParameters, risk


def p(**changed: float) -> WayParameters:
    return worlds.module_of(WayParameters, "people.ways", 2023.0, **changed)


def test_nothing_changes_where_they_are_not_told_apart():
    assert risk(p()) == 1
    assert risk(p(included=1.0, smoking=0.15)) == 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_smoke_the_less_risk_where_smoking_is_safer(one, other):
    few, many = sorted([one, other])
    assert risk(p(included=1.0, smoking=many)) <= risk(p(included=1.0, smoking=few))
    most = {"included": 1.0, "smoking": 1.0, "usual": 0.0}
    assert float(risk(p(**most))) == pytest.approx(float(p().relative_risk), rel=1e-12)


def test_shares_of_people_are_those_of_deaths_at_the_risk_of_a_study():
    """Signs of smoking and of injection in deaths (tanz2024), at 0.71 the risk (megerian2024)."""
    for year, smoked, injected in ((2020.25, 13.3, 22.7), (2022.75, 23.1, 16.1)):
        people = smoked / 0.71 / (smoked / 0.71 + injected)
        assert worlds.module_of(WayParameters, "people.ways", year).smoking == pytest.approx(
            people, abs=0.01
        )


def test_counted_they_lower_deaths_of_late_years_and_none_of_early_ones():
    base, counted = (
        simulate("base", world="prior", draws=0, settings=settings)
        for settings in ({"people.ways.included": 0.0}, {"people.ways.included": 1.0})
    )
    change = counted.deaths.median / base.deaths.median - 1
    assert np.all(np.abs(change[:10]) < 0.05)
    assert -0.3 < change[2023 - 1999] < -0.05

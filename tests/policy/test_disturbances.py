"""Disturbances: 1 without news, of the spread and persistence asked for, and each does its work."""

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.disturbances import RISK, SUPPLY, disturbance, disturbed
from upriver.policy.scenario import read_scenario
from upriver.system.world import World

DEATHS = "cumulative.people.overdose.deaths"
MADE = "supply.production.produced[mexico]"
KNOTS = 34


def told(columns, name: str) -> np.ndarray:
    return load().run(columns, outputs=[name], instants=range(0, STEPS + 1, 16))[:, 0]


def test_no_news_is_one_to_the_bit_and_changes_nothing():
    still = disturbance(np.zeros((2, KNOTS)), spread=0.3, persistence_years=3)
    assert np.all(still == 1)
    base = table(read_scenario("base"), 2, World.named("prior"))
    same = disturbed(base, risk=still, supply=still)
    for name in (DEATHS, MADE):
        assert np.array_equal(told(base.columns, name), told(same.columns, name))


def test_spread_and_persistence_are_those_asked_for():
    rng = np.random.default_rng(1)
    found = np.log(disturbance(rng.normal(size=(4000, KNOTS)), spread=0.3, persistence_years=3))[
        :, ::16
    ]
    assert np.std(found, axis=0) == pytest.approx(0.3, rel=0.05)
    after = [np.corrcoef(found[:, i], found[:, i + 3])[0, 1] for i in range(KNOTS - 3)]
    assert np.mean(after) == pytest.approx(np.exp(-1), abs=0.02)


def test_more_risk_is_more_deaths_and_where_capacity_halves_less_is_made():
    base = table(read_scenario("base"), 20, World.named("prior"))
    risky = disturbed(base, risk=np.full((1, STEPS + 1), 1.2))
    assert np.all(told(risky.columns, DEATHS)[:, -1] > told(base.columns, DEATHS)[:, -1])
    scarce = disturbed(base, supply=np.where(np.arange(STEPS + 1) < 22 * 16, 1.0, 0.5)[None, :])
    usual, less = told(base.columns, MADE), told(scarce.columns, MADE)
    assert np.array_equal(usual[:, :22], less[:, :22])
    assert np.all(less[:, 22] < 0.75 * usual[:, 22])


def test_a_disturbance_is_held_within_bounds():
    base = table(read_scenario("base"), 1, World.named("prior"))
    far = disturbed(base, risk=np.full((1, STEPS + 1), 1e6), supply=np.zeros((1, STEPS + 1)))
    assert far.columns[RISK].max() == 20
    assert far.columns[SUPPLY].min() == 0.05


@pytest.mark.parametrize(
    ("shape", "spread", "years"),
    [((2, 1), 1, 1), ((5,), 1, 1), ((1, 5), 0, 1), ((1, 5), 1, -1)],
)
def test_what_is_no_disturbance_is_refused(shape, spread, years):
    with pytest.raises(InputError):
        disturbance(np.zeros(shape), spread=spread, persistence_years=years)

"""A run: the same numbers every time, summaries that follow from its draws."""

import numpy as np
import pytest

from upriver.core.errors import InputError, OutOfBounds, TimeProblem, UnknownName
from upriver.experiments.reported import OUTPUTS, WHOLE
from upriver.experiments.simulate import simulate
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.outputs import unit_of

DEATHS = "people.overdose.deaths"


@pytest.fixture(scope="module")
def run():
    return simulate("base", draws=40)


def test_the_same_run_gives_the_same_numbers_to_the_bit(run):
    again = simulate("base", draws=40)
    assert np.array_equal(run.values, again.values)
    assert run.provenance == again.provenance


def test_a_draw_does_not_depend_on_how_many_there_are(run):
    assert np.array_equal(simulate("base", draws=7).values, run.values[:7])


def test_another_table_has_another_digest(run):
    other = simulate("base", draws=40, settings={"people.response.witnessed": 0.7})
    assert other.provenance["table_digest"] != run.provenance["table_digest"]
    assert other.provenance["equations_digest"] == run.provenance["equations_digest"]


def test_the_summary_is_the_median_and_the_middle_95_percent_of_the_draws(run):
    deaths = run.deaths
    low, median, high = np.quantile(deaths.draws, [0.025, 0.5, 0.975], axis=0)
    np.testing.assert_allclose(deaths.median, median, rtol=1e-12)
    np.testing.assert_allclose(deaths.low, low, rtol=1e-12)
    np.testing.assert_allclose(deaths.high, high, rtol=1e-12)
    assert deaths.unit == "people"


@pytest.mark.parametrize(("world", "slack"), [("reference", 0.05), ("whole", 0.1)])
def test_deaths_of_a_year_lie_between_the_rates_of_its_quarters(world, slack):
    run = simulate("base", draws=40, world=world)
    rates = run.level(DEATHS).draws
    quarters = np.stack([rates[:, i : i + 129 : 4] for i in range(5)])
    slack = slack * rates.mean()
    assert (run.deaths.draws > quarters.min(axis=0) - slack).all()
    assert (run.deaths.draws < quarters.max(axis=0) + slack).all()


def test_years_add_up_to_the_whole(run):
    whole = run.periods(DEATHS, np.array([1999.0]), np.array([2032.0]))[:, 0]
    np.testing.assert_allclose(run.deaths.draws.sum(axis=1), whole, rtol=1e-12)


def test_a_setting_wins_over_the_draws():
    held = simulate("base", draws=3, settings={"people.overdose.rate_hud": 0.2})
    assert held.table.columns["people.overdose.rate_hud"].tolist() == [[0.2]]


def test_a_setting_out_of_bounds_is_refused():
    with pytest.raises(OutOfBounds, match="0 to 1"):
        simulate("base", draws=1, settings={"people.response.witnessed": 2})


def test_what_was_not_kept_is_said_to_be_unknown(run):
    with pytest.raises(UnknownName, match="deaths"):
        run.level("people.overdose.death")
    with pytest.raises(TimeProblem):
        run.deaths.at(2040)


def test_results_carry_units_and_what_made_them(run):
    ds = run.dataset()
    assert set(ds.data_vars) - {"drawn"} == set(WHOLE) > set(OUTPUTS)
    assert all(ds[name].attrs["units"] == unit_of(name) for name in WHOLE)
    assert ds.attrs["table_digest"] == run.table.digest()
    np.testing.assert_array_equal(ds[DEATHS].values, run.level(DEATHS).draws)


def test_without_draws_the_published_calibration_runs_alone():
    run = simulate("base", draws=0)
    assert (run.draws, run.values.shape[0]) == (0, 1)
    median, low, high = run.deaths.at(2020)
    assert median == low == high


@pytest.mark.parametrize(
    "setting",
    ["people.prescribing.patients", "people.prescribing.days", "people.street.demand_misuse"],
)
def test_a_driver_held_at_nothing_still_gives_numbers(setting):
    run = simulate(read_scenario("base"), draws=2, settings={setting: 0.0})
    assert np.isfinite(run.values).all()


def test_the_whole_system_is_run_unless_a_scenario_or_a_caller_says_otherwise(run):
    assert run.world == "whole"
    assert "whole system, fitted" in run.title
    published = simulate("published", draws=2)
    assert published.world == simulate("base", draws=2, world="reference").world == "reference"
    assert published.title == "Published base projection"
    assert set(published.outputs) == set(OUTPUTS)


@pytest.mark.parametrize(
    ("world", "path", "advice"),
    [
        ("whole", "people.market.fentanyl_share", "world: reference"),
        ("reference", "supply.market.use", "world: whole"),
        ("reference", "diplomacy.effort.linkage[china]", "world: whole"),
        ("whole", "people.market.from_supply", "which world"),
    ],
)
def test_what_would_move_nothing_in_a_world_is_refused(world, path, advice):
    with pytest.raises(InputError, match=advice):
        simulate("base", draws=1, world=world, settings={path: 0.002})


def test_an_act_that_touched_supply_alone_is_refused_in_the_published_model():
    scenario = Scenario(title="no control", without_acts=("class_control_2019",))
    with pytest.raises(InputError, match="not part of the published model"):
        simulate(scenario, draws=1, world="reference")

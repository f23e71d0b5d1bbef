"""A run: the same numbers every time, summaries that follow from its draws."""

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds, UnknownName
from upriver.experiments.reported import OUTPUTS
from upriver.experiments.simulate import simulate
from upriver.policy.scenario import read_scenario
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


def test_deaths_of_a_year_lie_between_the_rates_at_its_ends(run):
    rates = run.level(DEATHS).draws
    ends = np.stack([rates[:, :-4:4], rates[:, 4::4]])
    slack = 0.05 * rates.mean()
    assert (run.deaths.draws > ends.min(axis=0) - slack).all()
    assert (run.deaths.draws < ends.max(axis=0) + slack).all()


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
    with pytest.raises(UnknownName):
        run.deaths.at(2040)


def test_results_carry_units_and_what_made_them(run):
    ds = run.dataset()
    assert set(ds.data_vars) == set(OUTPUTS)
    assert all(ds[name].attrs["units"] == unit_of(name) for name in OUTPUTS)
    assert ds.attrs["table_digest"] == run.table.digest()
    np.testing.assert_array_equal(ds[DEATHS].values, run.level(DEATHS).draws)


def test_without_draws_the_published_calibration_runs_alone():
    run = simulate("base", draws=0)
    assert run.draws == 1
    median, low, high = run.deaths.at(2020)
    assert median == low == high


@pytest.mark.parametrize(
    "setting",
    ["people.prescribing.patients", "people.prescribing.days", "people.street.demand_misuse"],
)
def test_a_driver_held_at_nothing_still_gives_numbers(setting):
    run = simulate(read_scenario("base"), draws=2, settings={setting: 0.0})
    assert np.isfinite(run.values).all()

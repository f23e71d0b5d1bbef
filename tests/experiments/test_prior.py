"""What plausible values say before any fit."""

import numpy as np
import pytest

from upriver.core.parameters import parameters
from upriver.experiments import prior as module
from upriver.experiments import prior_record as record
from upriver.experiments import shortages
from upriver.experiments.prior import prior
from upriver.experiments.prior_table import prior_table
from upriver.policy.disturbances import RISK, SUPPLY


@pytest.fixture(scope="module")
def found():
    return prior(300)


def test_no_draw_breaks_and_most_are_no_nonsense(found):
    assert found.broken == 0
    assert 0 < found.absurd < 0.25
    assert found.constants > 100


def test_what_waits_for_a_fit_is_on_unless_it_is_left_as_run():
    waiting, drawn = prior_table(5)
    shipped, same = prior_table(5, as_run=True)
    for path in ("people.offer.included", "supply.controls.included"):
        assert waiting.columns[path] == 1
        assert shipped.columns[path] == 0
    for path in (RISK, SUPPLY):
        assert np.std(np.log(waiting.wide(path))) > 0.05
        assert np.all(shipped.columns[path] == 1)
    assert drawn.keys() == same.keys()


def test_the_first_draws_are_the_same_however_many_are_asked_for():
    few, _ = prior_table(5)
    many, _ = prior_table(40)
    for path, column in few.columns.items():
        assert np.array_equal(column, many.first(5).columns[path]), path


def test_costs_and_prices_of_one_market_are_drawn_together():
    _, drawn = prior_table(4000)
    found = {p.path: p.together for p in parameters().values() if p.together}
    assert len(found) >= 4
    for path, beside in found.items():
        assert beside.path in drawn
        ranks = [np.argsort(np.argsort(drawn[one][:, 0])) for one in (path, beside.path)]
        assert np.corrcoef(*ranks)[0, 1] == pytest.approx(beside.correlation, abs=0.06), path


def test_a_cause_is_named_only_where_it_makes_doses_weaker(found):
    assert found.shortages.keys() == shortages.CAUSES.keys()
    table, _ = prior_table(50)
    for away in shortages.CAUSES.values():
        table = table.replace({path: np.array([[value]]) for path, value in away.items()})
    assert set(shortages.shortages(table).values()) == {0.0}
    shock = {
        "supply.shock.precursors": 0.9,
        "supply.shock.start": 2022.0,
        "supply.shock.years": 5.0,
    }
    told = shortages.shortages(
        table.replace({path: np.array([[value]]) for path, value in shock.items()})
    )
    assert {cause for cause, part in told.items() if part > 0} == {"a shock to precursors"}
    assert told["a shock to precursors"] > 0.5


BEFORE_THIS = {"deaths": 0.850, "share of fentanyl": 0.616, "purity": 0.517, "seized weight": 0.372}
"""Share of 20,000 draws that crossed each record when drawn independently, with all of it off."""


@pytest.mark.slow
def test_more_draws_cross_each_record_few_are_nonsense_and_each_cause_can_make_a_shortage():
    found = prior()
    for one in found.crossings:
        assert one.crosses > BEFORE_THIS[one.what] + 0.002, one.what
    assert found.absurd < 0.05
    assert min(found.shortages.values()) > 0.05
    assert found.broken == 0


def test_deaths_cross_the_record_in_most_draws_and_few_draws_meet_all(found):
    deaths = next(one for one in found.crossings if one.what == "deaths")
    assert deaths.years == (1999, 2024)
    assert deaths.crosses > 0.5
    assert found.meets_all <= min(one.meets for one in found.crossings) < 0.5
    for one in found.crossings:
        assert one.above + one.below + one.crosses == pytest.approx(1)


def test_the_interval_holds_the_record_of_every_year_since_2013(found):
    recorded = record.recorded("deaths")
    for year in range(2013, 2025):
        low, _, high = found.deaths[:, found.years.index(year)]
        assert low < recorded[year] < high


def test_a_course_counts_as_near_above_or_crossing():
    away = np.log(np.array([[11, 12], [9, 11], [20, 20], [10.5, 30]]) / 10.0)
    near, side = record.sides(away, np.abs(away) <= np.log(record.NEAR["deaths"]))
    one = module.crossing("deaths", near, side)
    assert near.tolist() == [1.0, 1.0, 0.0, 0.5]
    assert (one.meets, one.above, one.below, one.crosses) == (0.5, 0.75, 0.0, 0.25)


def test_a_constant_is_named_only_if_it_differs_between_nonsense_and_the_rest():
    rng = np.random.default_rng(1)
    nonsense = rng.uniform(size=4000) < 0.2
    guilty, innocent = rng.normal(size=(2, 4000))
    guilty[nonsense] += 1.0
    named = module.telling(
        [("supply.market.use", guilty), ("supply.market.background", innocent)],
        nonsense,
        module.World.whole(),
        tests=2,
    )
    assert [one.path for one in named] == ["supply.market.use"]
    assert named[0].distance == pytest.approx(0.38, abs=0.05)


def test_the_distance_of_two_samples_is_that_of_their_distributions():
    assert module._distance(np.arange(10.0), np.arange(10.0)) == 0
    assert module._distance(np.arange(10.0), np.arange(10.0) + 5) == pytest.approx(0.5)
    assert module._distance(np.zeros(3), np.ones(5)) == 1


def test_a_fiscal_year_of_seizures_is_the_sum_of_its_twelve_months():
    recorded = record.recorded("seized weight")
    assert recorded[2023] == pytest.approx(27_023, abs=1)
    assert 2018 not in recorded

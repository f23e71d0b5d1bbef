"""What is off moves nothing, so that the page carries it as one number, unless it may be put on."""

import numpy as np

from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.page.payload_columns import awake
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter

TABLE = table(Scenario(title="base", world="prior"), 5)
DEATHS = counter("people.overdose.deaths")


def test_draws_and_histories_of_what_is_off_are_one_number_and_of_what_goes_by_its_switch():
    found = awake(TABLE).columns
    for path in (
        "people.offer.people_each[buprenorphine]",
        "people.offer.programmes",
        "people.uptake.accepting[methadone]",
        "people.retention.at_six_months[buprenorphine]",
        "supply.controls.named[china]",
        "supply.controls.slack[india]",
    ):
        assert TABLE.columns[path].size > 1, path
        assert found[path].shape == (1, 1), path
    assert found["supply.market.use"] is TABLE.columns["supply.market.use"]
    assert found["people.capacity.methadone_places"].shape[1] > 1


def test_it_moves_nothing():
    usual, asleep = (
        load().run(one.columns, outputs=(DEATHS,), instants=[STEPS])
        for one in (TABLE, awake(TABLE))
    )
    assert np.array_equal(usual, asleep)


def test_what_a_scenario_may_put_on_keeps_its_draws_and_histories():
    found = awake(TABLE, changed=("people.offer.included",)).columns
    for path in ("people.offer.programmes", "people.uptake.accepting[methadone]"):
        assert np.array_equal(found[path], TABLE.columns[path])

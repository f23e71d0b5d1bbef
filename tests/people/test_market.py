"""What people see of the market is what was recorded."""

import numpy as np

import worlds
from upriver.core.parameters import parameters
from upriver.people.market import Market, MarketParameters
from upriver.supply.part import at_rest
from upriver.system.coupling import Parameters, market_seen_by_people


def test_people_see_the_recorded_market():
    p = worlds.module_of(Parameters, "", 2018.0)
    seen = market_seen_by_people(at_rest(), p)
    recorded = worlds.module_of(MarketParameters, "people.market", 2018.0)
    assert isinstance(seen, Market)
    assert seen.fentanyl_share == recorded.fentanyl_share
    assert seen.heroin_price == recorded.heroin_price


def test_heroin_costs_one_at_the_start_and_fentanyl_is_a_share():
    price = worlds.reference_table().wide("people.market.heroin_price")[0]
    fentanyl = worlds.reference_table().wide("people.market.fentanyl_share")[0]
    assert price[0] == 1
    assert np.all((fentanyl >= 0) & (fentanyl <= 1))
    assert parameters()["people.market.fentanyl_share"].within == (0, 1)


def test_people_see_the_market_of_the_supply_where_it_is_on():
    p = worlds.module_of(Parameters, "", 2018.0, from_supply=1.0)
    seen = market_seen_by_people(at_rest(), p)
    assert seen.fentanyl_share == 0

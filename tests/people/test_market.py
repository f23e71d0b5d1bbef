"""What people see of the market: what was recorded, computed or given, there or here."""

from functools import cache

import numpy as np

import worlds
from upriver.core.parameters import parameters
from upriver.core.table import Table, constant
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.people.market import Market, MarketParameters
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario, read_scenario
from upriver.supply.part import at_rest
from upriver.system.coupling import Parameters, market_seen_by_people
from upriver.system.world import World


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


MET = ("fentanyl_share", "heroin_price", "strength", "coverage")
PEOPLE = [name for name in load().state if name.startswith("people.stocks.")]


def told(columns, names, every: int = 1) -> np.ndarray:
    return load().run(columns, outputs=list(names), instants=range(0, STEPS + 1, every))


@cache
def computed() -> tuple[Table, np.ndarray]:
    """The whole system, and the market that people met in it, shape (draws, 4, steps + 1)."""
    found = table(read_scenario("base"), 4, World.named("prior"))
    return found, told(found.columns, [f"people.met.{name}" for name in MET])


def given(**changed: float) -> Table:
    """People alone, in the market that was computed."""
    whole, met = computed()
    switches = {"from_supply": 0.0, "given": 1.0, **changed}
    return whole.replace(
        {
            **{f"people.market.{name}": constant(value) for name, value in switches.items()},
            **{f"people.market.{name}": met[:, i] for i, name in enumerate(MET)},
        }
    )


def test_people_in_a_given_market_do_what_they_did_in_the_one_that_was_computed():
    whole, _ = computed()
    assert np.array_equal(told(whole.columns, PEOPLE, 16), told(given().columns, PEOPLE, 16))


def test_a_dearer_market_that_is_given_counts_by_the_share_of_fentanyl():
    dear = given().replace({"people.market.price": constant(3.0)})
    met = [f"people.met.{name}" for name in MET]
    (share, price, *_), (_, dearer, *_) = (
        told(one.columns, met, 16).swapaxes(0, 1) for one in (given(), dear)
    )
    np.testing.assert_allclose(dearer, price * (1 + 2 * share), rtol=1e-12)


def test_a_local_market_follows_with_its_lag_and_takes_its_part():
    share = ["people.met.fentanyl_share"]
    country = told(given().columns, share)[:, 0]
    late = told(given(local=1.0, lag_years=2.0).columns, share)[:, 0]
    shallow = told(given(local=1.0, lag_years=2.0, depth=0.5).columns, share)[:, 0]
    rising = slice(16 * 16, 22 * 16)
    assert np.all(late[:, rising] < country[:, rising])
    np.testing.assert_allclose(shallow, 0.5 * late, rtol=1e-9)
    # What follows a straight line with a lag of two years lies two years behind it.
    grown = (country[:, 20 * 16] - country[:, 16 * 16]) / 4
    behind = (country - late)[:, 20 * 16] / grown
    assert np.all((behind > 1) & (behind < 3.5))


def test_nothing_local_and_nothing_given_is_the_world_as_it_was():
    for world in ("reference", "whole"):
        base = table(Scenario(title="base", world=world), 2)
        names = {"depth": 0.3, "lag_years": 5.0, "strength": 3.0, "coverage": 0.2, "price": 9.0}
        other = base.replace({f"people.market.{k}": constant(v) for k, v in names.items()})
        assert np.array_equal(told(base.columns, PEOPLE, 16), told(other.columns, PEOPLE, 16))

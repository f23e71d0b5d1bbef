"""Signs: what each part of the supply can never do, and what the whole does at central values."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.axes import AXES
from upriver.core.table import Table
from upriver.engine.run import load
from upriver.engine.tools import bend, pulse
from upriver.supply import competition, market, precursors, routing, seizures
from upriver.supply.stocks import Demand, Supply
from upriver.system.tabulate import tabulate
from upriver.system.world import World

ROUTE = routing.RoutingParameters
MAKING = jnp.array([3000.0, 3600.0, 3600.0, 3600.0])
QUARTERS = np.arange(0, 529, 4)


@given(st.integers(0, 3), st.floats(0, 0.9), st.floats(0.001, 0.09))
def test_more_seizure_never_makes_a_route_cheaper_nor_busier(route, chance, more):
    p = worlds.module_of(ROUTE, "supply.routing")
    base = jnp.array([0.05, 0.1, 0.1, 0.1])
    few, many = (
        routing.Ways(making=MAKING, loss=base.at[route].set(q), able=jnp.ones(4))
        for q in (chance, chance + more)
    )
    assert routing.cost_delivered(many, p)[route] >= routing.cost_delivered(few, p)[route]
    assert routing.preferred(many, p)[route] <= routing.preferred(few, p)[route]


@given(st.floats(0.05, 0.9))
def test_a_site_that_cannot_fill_its_orders_loses_them(able):
    p = worlds.module_of(ROUTE, "supply.routing")
    all_, short = (
        routing.preferred(
            routing.Ways(
                making=MAKING, loss=jnp.full(4, 0.1), able=jnp.array([filled, 1.0, 1.0, 1.0])
            ),
            p,
        )
        for filled in (1.0, able)
    )
    assert short[0] < all_[0]
    assert np.all(short[1:] > all_[1:])


@given(st.floats(0, 0.8), st.floats(0.01, 0.2))
def test_a_control_that_others_do_not_follow_shifts_origin(effort, more):
    p = worlds.module_of(precursors.PrecursorParameters, "supply.precursors")
    few, many = (
        precursors.sourcing(1 - jnp.array([e, 0.2, 0.0]) * p.effectiveness, p)
        for e in (effort, effort + more)
    )
    assert many[0] < few[0]
    assert np.all(many[1:] > few[1:])


@given(st.floats(0.01, 0.99), st.floats(0.1, 5), st.floats(1.01, 5))
def test_dearer_fentanyl_never_raises_its_share(share, price, dearer):
    p = worlds.module_of(competition.CompetitionParameters, "supply.competition")
    offered, seen = worlds.filled(market.Offer), worlds.filled(Demand, heroin_price=0.5)
    cheap, dear = (
        competition.competition(
            worlds.filled(Supply, fentanyl_share=share, price=x), offered, seen, p
        ).growth
        for x in (price, price * dearer)
    )
    assert dear <= cheap


@given(st.floats(0.001, 10), st.floats(1.01, 5))
def test_more_cover_never_lowers_purity_nor_what_can_be_had(cover, more):
    usual = {"reference": 0.08, "dilution": 1.5}
    assert market.purity(cover * more, **usual) >= market.purity(cover, **usual)
    assert market.filling(cover * more, 0.25) >= market.filling(cover, 0.25)


def test_a_route_loses_what_any_of_its_arcs_seizes():
    p = worlds.module_of(seizures.SeizureParameters, "supply.seizures", 2023.0)
    lost, border = seizures.loss(p), seizures.chance(p)
    assert lost[AXES["route"].index("mail")] == pytest.approx(float(border[0]))
    assert np.all(lost[1:] > border[1:])


def whole(**changed: float) -> Table:
    world = World.whole()
    for path, value in changed.items():
        world = world.with_value(path, value)
    return tabulate(world)


def course(table: Table, *names: str) -> list[np.ndarray]:
    return list(load().run(table.columns, outputs=list(names), instants=QUARTERS)[0])


DEATHS = "cumulative.people.overdose.deaths"


def deaths(table: Table) -> float:
    counted = course(table, DEATHS)[0]
    return float(counted[-1] - counted[4 * 21])


DEAR = {
    f"supply.precursors.cost[{origin}]": 10 * value
    for origin, value in {"china": 600.0, "india": 700.0, "other": 800.0}.items()
}


def moved_by_dear_precursors(pass_through: float) -> float:
    """Change of deaths from 2020 to 2031 if precursors cost ten times as much [1]."""
    passed = {"supply.market.pass_through": pass_through}
    return deaths(whole(**passed, **DEAR)) / deaths(whole(**passed)) - 1


def test_a_dearer_precursor_moves_deaths_by_less_than_a_hundredth_if_costs_are_added():
    assert abs(moved_by_dear_precursors(0.0)) < 0.01


def test_a_dearer_precursor_moves_deaths_more_if_prices_rise_in_proportion():
    assert moved_by_dear_precursors(1.0) < moved_by_dear_precursors(0.0)


def test_half_the_precursors_for_a_year_lower_purity_and_deaths_and_all_recover():
    held = {"supply.shock.precursors": 0.0}
    table = whole(**held)
    path = "supply.precursors.logistics"
    along = pulse(529, 16 * 22, 16)
    cut = table.replace({path: np.atleast_2d(bend(table.columns[path], "add", -0.5, along))})
    names = ("supply.offer.purity", "people.overdose.deaths", "supply.price")
    (purity, killed, price), (purity_cut, killed_cut, price_cut) = (
        course(t, *names) for t in (table, cut)
    )
    year = 4 * 22
    low = year + int(np.argmin((purity_cut / purity)[year : year + 16]))
    assert purity_cut[low] < 0.9 * purity[low]
    assert np.min((killed_cut / killed)[year : year + 12]) < 0.95
    dear = year + int(np.argmax((price_cut / price)[year:]))
    assert price_cut[dear] > price[dear]
    assert dear > low
    assert abs(purity_cut[-1] / purity[-1] - 1) < 0.1


def test_a_safer_supply_for_five_years_and_then_the_old_one_kills_more_for_a_while():
    table = whole()
    path = "supply.market.content"
    along = pulse(529, 16 * 15, 16 * 5)
    safer = table.replace({path: np.atleast_2d(bend(table.columns[path], "add", -0.5, along))})
    usual, changed = (course(t, DEATHS)[0] for t in (table, safer))
    ratio = np.diff(changed[::4]) / np.diff(usual[::4])
    assert ratio[15] < 1
    assert ratio[20] > 1.1
    assert abs(ratio[25] - 1) < 0.02


def test_without_linkage_effort_is_blind_to_relations():
    blind = {f"diplomacy.effort.linkage[{c}]": 0.0 for c in AXES["country"]}
    at_odds = {f"diplomacy.relations.level[{c}]": 0.0 for c in AXES["country"]}
    effort = "diplomacy.effort[china]"
    assert np.array_equal(course(whole(**blind), effort), course(whole(**blind, **at_odds), effort))

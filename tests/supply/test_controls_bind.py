"""Controls: what they close grows with what they name, how surely and how hard, and can bind."""

from functools import cache

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.experiments.simulate import Run, simulate
from upriver.supply.controls import (
    LEAST_OPEN,
    ControlParameters,
    closing,
    controls,
    destroying,
    opening,
)
from upriver.supply.stocks import Supply
from upriver.system.tabulate import tabulate
from upriver.system.world import World

CUMULATIVE = "cumulative.people.overdose.deaths"
ARRIVING = "supply.precursors.arriving"
SHARE = st.floats(0, 1)


def p(**changed: float) -> ControlParameters:
    return worlds.module_of(ControlParameters, "supply.controls", 2025.0, **changed)


@given(SHARE, SHARE, SHARE, SHARE)
def test_more_named_more_certain_more_severe_never_closes_less(effort, x, y, other):
    less, more = sorted([x, y])
    at = jnp.full(3, effort)
    for name in ("named", "certainty", "severity"):
        rest = {n: other for n in ("named", "certainty", "severity") if n != name}
        few, many = (closing(at, p(**rest, **{name: value})) for value in (less, more))
        assert np.all(few <= many)
        assert np.all(many <= 1 - LEAST_OPEN)


@given(SHARE, SHARE)
def test_off_a_control_is_the_one_number_that_it_was(effort, around):
    effectiveness = jnp.array([0.5, 0.4, 0.3])
    found = opening(
        jnp.full(3, effort), p(), around=jnp.full(3, around), effectiveness=effectiveness
    )
    assert np.array_equal(found, 1 - effort * effectiveness)
    assert np.array_equal(destroying(jnp.array([2.0, 0.08]), p()), np.array([2.0, 0.08]))
    state = worlds.filled(Supply, around=jnp.zeros(3))
    assert np.all(controls(state, jnp.full(3, effort), p()).closed == 0)


@given(st.floats(0.05, 1), SHARE)
def test_what_goes_around_a_control_opens_the_trade_and_never_more_than_it_was(effort, share):
    on = p(included=1.0, around_share=share)
    closed = closing(jnp.full(3, effort), on)
    at_rest = worlds.filled(Supply, around=share * closed)
    assert np.allclose(controls(at_rest, jnp.full(3, effort), on).change, 0.0, atol=1e-12)
    before = worlds.filled(Supply, around=jnp.zeros(3))
    assert np.all(controls(before, jnp.full(3, effort), on).change >= 0)
    shut, open_ = (
        opening(jnp.full(3, effort), on, around=around, effectiveness=jnp.zeros(3))
        for around in (jnp.zeros(3), share * closed)
    )
    assert np.all((shut <= open_) & (open_ <= 1))
    assert np.allclose(open_ - shut, share * closed)


@pytest.mark.parametrize(
    ("act", "year"),
    [
        ("china_precursors_2018", 2019.0),
        ("china_precursors_2024", 2025.5),
        ("china_exports_2025", 2027.0),
    ],
)
def test_without_an_act_its_control_is_gone_and_later_ones_are_not(act, year):
    path = "supply.controls.named[china]"
    with_, without = (
        tabulate(world).columns[path][0]
        for world in (World.whole(), World.whole().without_act(act))
    )
    at, before = int((year - 1999) * 16), int((2018.0 - 1999) * 16)
    assert without[at] < with_[at] - 0.1
    assert np.array_equal(with_[:before], without[:before])
    if act == "china_precursors_2018":
        assert without[at] == pytest.approx(0.3)


@cache
def run(**settings: float) -> Run:
    return simulate(
        "base",
        world="prior",
        draws=0,
        outputs=(ARRIVING, CUMULATIVE),
        settings={
            "supply.controls.included": 1.0,
            "supply.shock.precursors": 0.0,
            **{name.replace("__", "."): value for name, value in settings.items()},
        },
    )


STRICT = {
    "diplomacy__effort__commitment[china]": 1.0,
    "diplomacy__effort__linkage[china]": 0.0,
    "supply__controls__certainty[china]": 0.9,
    "supply__controls__named[china]": 0.9,
    "supply__controls__severity[china]": 0.95,
    "supply__controls__around_share": 0.1,
    "supply__precursors__substitution_years": 5.0,
}


def arriving(of: Run) -> float:
    return of.level(ARRIVING).at(2022.0)[0]


def test_a_control_binds_where_sellers_have_little_to_spare_and_not_where_they_have_much():
    lost = {
        slack: 1
        - arriving(run(**STRICT, **{"supply__controls__slack[china]": slack}))
        / arriving(run(**{"supply__controls__slack[china]": slack}))
        for slack in (1.2, 6.0)
    }
    assert lost[1.2] > 0.2
    assert lost[1.2] > lost[6.0] + 0.1


def test_a_control_that_the_trade_goes_around_takes_less():
    tight = {"supply__controls__slack[china]": 1.5}
    closed, gone_around = (
        arriving(run(**{**STRICT, "supply__controls__around_share": share}, **tight))
        for share in (0.1, 1.0)
    )
    assert gone_around > 1.1 * closed


def test_a_shortage_from_a_control_is_fewer_deaths():
    tight = {"supply__controls__slack[china]": 1.2}
    strict, usual = (run(**more, **tight).deaths.median[-10:].sum() for more in (STRICT, {}))
    assert strict < 0.98 * usual


def test_the_central_run_with_controls_on_has_nearly_the_same_trade_to_2023():
    usual = simulate("base", world="prior", draws=0, outputs=(ARRIVING, CUMULATIVE))
    counted = simulate(
        "base",
        world="prior",
        draws=0,
        outputs=(ARRIVING, CUMULATIVE),
        settings={"supply.controls.included": 1.0},
    )
    apart = counted.deaths.median / usual.deaths.median - 1
    assert np.abs(apart[:25]).max() < 0.06
    assert np.abs(apart).max() < 0.13

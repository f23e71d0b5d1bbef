"""Naloxone: chances stay chances, kits are kept or gone, and what limits is reach and carrying."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.experiments.simulate import simulate
from upriver.people.naloxone import NaloxoneParameters, naloxone
from upriver.people.response import ResponseParameters
from upriver.policy.apply import table
from upriver.policy.scenario import read_scenario
from upriver.system.counters import counter
from upriver.system.world import World

ON = "people.naloxone.included"
GIVEN_OUT, MORE = "people.naloxone.given", "people.naloxone.more_given"
CHANCE = "people.response.naloxone_heroin"
GIVEN = worlds.module_of(ResponseParameters, "people.response", 2019.0)
STOCKS = worlds.people(2019.0).stocks


def p(**changed: float) -> NaloxoneParameters:
    return worlds.module_of(NaloxoneParameters, "people.naloxone", 2019.0, **changed)


def at_hand(kits: float, **changed: float) -> np.ndarray:
    return np.asarray(naloxone(jnp.full(2, kits), STOCKS, GIVEN, p(**changed)).at_hand)


@given(st.floats(0, 1e8), st.floats(0, 1e8), st.floats(0, 1), st.floats(0, 1))
def test_more_kits_and_more_carrying_never_lower_a_chance_that_is_one(x, y, carrying, using):
    few, many = sorted([x, y])
    less, more = (at_hand(kits, carrying=carrying, using=using) for kits in (few, many))
    assert np.all((less >= 0) & (less <= more) & (more <= carrying * using))


def test_where_everyone_has_one_more_kits_do_nothing_and_carrying_does():
    assert at_hand(1e10) == pytest.approx(at_hand(2e10), rel=1e-9)
    assert np.all(at_hand(1e10, carrying=0.9) > 1.4 * at_hand(1e10))


def told(names: list[str], **settings: float) -> np.ndarray:
    set_ = {f"people.naloxone.{name}": value for name, value in settings.items()}
    columns = table(read_scenario("base"), 3, World.named("prior")).replace(
        {path: np.array([[value]]) for path, value in set_.items()}
    )
    return load().run(columns.columns, outputs=names, instants=range(STEPS + 1))


def test_kits_at_hand_are_those_that_came_less_those_lost_and_used():
    names = [f"people.{part}[{use}]" for part in ("memory.kits", "naloxone.reaching", "change.kits")
             for use in ("rx", "heroin")]  # fmt: skip
    found = told(names, included=1.0)
    kits, reaching, change = found[:, :2], found[:, 2:4], found[:, 4:]
    np.testing.assert_allclose(np.diff(kits), change[:, :, :-1] / 16, rtol=1e-9, atol=1e-9)
    assert np.all(kits >= 0)
    assert np.all(reaching >= change)
    nothing = told(names, included=0.0)
    assert np.all(nothing[:, :4] == 0)
    assert np.all(nothing[:, 4:] == 0)


def test_at_provisional_values_the_chance_is_near_the_published_one_in_years_of_record():
    published, ours = (
        simulate("base", world="prior", draws=0, outputs=(CHANCE,), settings={ON: on}).level(CHANCE)
        for on in (0.0, 1.0)
    )
    for year in range(2014, 2022):
        assert ours.at(float(year))[0] == pytest.approx(published.at(float(year))[0], rel=0.45), (
            year
        )


def test_sales_over_the_counter_do_little_and_less_than_as_many_kits_given_out():
    deaths = counter("people.overdose.deaths")

    def in_all(**more: float) -> float:
        run = simulate(
            "base",
            world="prior",
            draws=0,
            outputs=(deaths,),
            settings={"people.naloxone.included": 1.0, **more},
        )
        return float(run.deaths.median.sum())

    without = in_all(**{"people.naloxone.over_the_counter": 0.0})
    usual = in_all()
    reaching = in_all(**{"people.naloxone.reach_counter": 0.8})
    assert 0 < (without - usual) / without < 0.005
    assert without - reaching > 3 * (without - usual)


def test_kits_given_out_are_the_published_ones_to_2020_and_more_from_2023_on():
    none, some = (
        simulate(
            "base", world="prior", draws=0, outputs=(GIVEN_OUT,), settings={ON: 1.0, MORE: more}
        ).level(GIVEN_OUT)
        for more in (0.0, 0.5)
    )
    assert some.at(2020.0)[0] == none.at(2020.0)[0]
    assert some.at(2023.0)[0] == pytest.approx(1.5 * none.at(2023.0)[0])
    assert some.at(2023.0)[0] == pytest.approx((7_063 + 12_015 / 2) * 344, rel=0.02)

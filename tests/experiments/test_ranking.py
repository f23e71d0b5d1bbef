"""A ranking runs each lever alone; a mix is found within its budget, and run in full."""

from itertools import combinations, product

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import InputError, OutOfBounds, UnknownName
from upriver.experiments.choice import choose
from upriver.experiments.portfolio import _check, _check_priced, guessed, shortfall
from upriver.experiments.ranking import alone, rank
from upriver.experiments.surface import PULLED, Surface, mix, priced_levers, run_in_full, surface
from upriver.policy.levers import shipped_levers

DRAWS = 20
KNOWN = ("naloxone_kits", "over_the_counter_naloxone", "support_affordability")


@pytest.fixture(scope="module")
def found() -> Surface:
    return surface([shipped_levers()[name] for name in KNOWN], DRAWS, {})


def made(levers: int, seed: int = 3, draws: int = 30) -> Surface:
    """A surface of invented numbers, to hold the search against every mix."""
    generator = np.random.default_rng(seed)
    most = generator.gamma(2, 1000, (levers, 1, 1)) * generator.lognormal(
        0, 0.7, (levers, 1, draws)
    )
    averted = most * np.array([0.3, 0.6, 1.0])[None, :, None]
    spent = np.broadcast_to(
        generator.gamma(2, 5e8, (levers, 1, 1)) * np.array([0.2, 0.5, 1.0])[None, :, None],
        averted.shape,
    )
    overlap = np.zeros((levers, levers, draws))
    for i, j in combinations(range(levers), 2):
        overlap[i, j] = overlap[j, i] = generator.uniform(-0.1, 0.4) * np.minimum(
            averted[i, -1], averted[j, -1]
        )
    names = sorted(shipped_levers())[:levers]
    return Surface(tuple(shipped_levers()[n] for n in names), averted, spent, overlap)


def every(surface: Surface, budget: float) -> list[list[tuple[int, int]]]:
    """Every mix within a budget."""
    levels = (None, *range(len(PULLED)))
    found = []
    for chosen in product(levels, repeat=len(surface.levers)):
        places = [(i, k) for i, k in enumerate(chosen) if k is not None]
        if sum(surface.spent[i, k].mean() for i, k in places) <= budget:
            found.append(places)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("budget", [3e8, 1.5e9, 4e9])
def test_no_mix_within_the_budget_averts_more_on_average(seed, budget):
    one = made(5, seed)
    chosen = choose(one, budget, None).places
    assert sum(one.spent[i, k].mean() for i, k in chosen) <= budget * (1 + 1e-9)
    best = max(one.together(places).mean() for places in every(one, budget))
    assert one.together(chosen).mean() >= best * (1 - 2e-3) - 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_no_mix_within_the_budget_does_less_badly_in_the_worst_tenth(seed):
    one = made(4, seed)
    chosen = choose(one, 1.5e9, 0.1).places
    best = max(shortfall(one.together(places)) for places in every(one, 1.5e9))
    assert shortfall(one.together(chosen)) >= best * (1 - 2e-3) - 1e-6


def test_the_surface_has_each_lever_alone_and_each_pair_as_they_run(found):
    base = up.compare("base", *(alone(v, "more") for v in found.levers), draws=DRAWS)
    for i, run in enumerate(base.runs[1:]):
        assert found.averted[i, 1].mean() == pytest.approx(
            (base._sum(base.runs[0]) - base._sum(run)).mean(), rel=1e-9
        )
    pair = [(found.levers[0], "most"), (found.levers[1], "most")]
    _, averted, _ = run_in_full(pair, DRAWS)
    np.testing.assert_allclose(found.together([(0, 2), (1, 2)]), averted, rtol=1e-6, atol=1e-6)
    assert (found.overlap[0, 1] > 0).all()


def test_three_levers_together_come_near_to_a_full_run(found):
    places = [(0, 1), (1, 2), (2, 2)]
    pulled = [(found.levers[i], PULLED[k]) for i, k in places]
    _, averted, _ = run_in_full(pulled, DRAWS)
    assert found.together(places).mean() == pytest.approx(averted.mean(), rel=0.05)


def test_a_price_that_is_given_grows_with_the_amount():
    levers = [shipped_levers()[name] for name in ("naloxone_kits", "retention")]
    one = surface(levers, 4, {"retention": 1e9})
    other = surface(levers, 4, {})
    shares = np.array([levers[1].levels[k] for k in PULLED]) / levers[1].most
    np.testing.assert_allclose((one.spent - other.spent)[1].mean(axis=1), 1e9 * shares)
    assert (one.spent[0] == other.spent[0]).all()


def test_levers_whose_cost_is_not_known_are_told_apart():
    known, rest = priced_levers([shipped_levers()[n] for n in ("naloxone_kits", "ports_of_entry")])
    assert [v.name for v in known] == ["naloxone_kits"]
    assert [v.name for v in rest] == ["ports_of_entry"]


@pytest.mark.parametrize(("budget", "prices"), [(0, {}), (-1, {}), (1e9, {"retention": 0.0})])
def test_a_budget_and_a_price_are_above_nothing(budget, prices):
    with pytest.raises(OutOfBounds):
        _check(budget, prices)


def test_a_price_of_no_lever_is_refused():
    with pytest.raises(UnknownName, match="retention"):
        _check(1e9, {"retentoin": 1.0})


def test_a_price_of_what_is_counted_or_moves_nothing_is_refused():
    with pytest.raises(InputError, match="naloxone_kits"):
        _check_priced({"naloxone_kits": 1e9}, {"retention"})
    _check_priced({"retention": 1e9}, {"retention"})


def test_a_lever_that_scales_a_guess_is_in_no_mix():
    assert guessed(shipped_levers()["jail_treatment"])
    assert not guessed(shipped_levers()["over_the_counter_naloxone"])


def test_a_ranking_has_every_lever_of_its_stages_once_by_what_it_averts():
    ranking = rank("more", ("services",), draws=DRAWS)
    names = [one.lever.name for one in ranking.rows]
    services = {v.name for v in shipped_levers().values() if v.stage == "services"}
    assert {*names, *ranking.asleep} == services
    medians = [one.averted.median for one in ranking.rows]
    assert medians == sorted(medians, reverse=True)
    kits = next(one for one in ranking.rows if one.lever.name == "naloxone_kits")
    alone_run = up.compare("base", alone(kits.lever, "more"), draws=DRAWS)
    assert kits.averted.median == pytest.approx(alone_run.averted(alone_run.runs[1]).median)
    assert kits.spent is not None
    assert kits.spent.median > 1e8
    assert not kits.drawn
    assert next(one for one in ranking.rows if one.lever.name == "retention").drawn


@pytest.mark.parametrize(("level", "stages"), [("as_today", ()), ("most", ("servces",))])
def test_a_level_or_a_stage_that_does_not_exist_is_refused(level, stages):
    with pytest.raises(UnknownName):
        rank(level, stages, draws=4)


def test_a_mix_without_levers_is_the_base():
    assert mix([]).changes == ()

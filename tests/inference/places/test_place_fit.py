"""The fit of a place: what it finds, what it never touches, and where pooling leads."""

from dataclasses import replace
from functools import cache

import numpy as np
import place_made
import pytest

from upriver.inference.mode import mode
from upriver.inference.places.fit import Effort, TiedChain, fit
from upriver.inference.places.model import PlaceModel
from upriver.inference.places.pooling import NAMES, Known, Pooling, learnt
from upriver.inference.places.together import central_draw, known, restated, stated
from upriver.inference.places.unknowns import LocalUnknowns
from upriver.policy.places.local import EARLY
from upriver.policy.places.world import placed

SHORT = Effort(warm=8, keep=8, learning=4, looks=1, exchange=4)


@cache
def seen():
    return place_made.place()[0]


@cache
def top():
    model = place_made.model(seen()).of_draw(0)
    return model, mode(model)


def test_the_mode_meets_a_made_place_and_finds_how_it_differs():
    model, found = top()
    means = place_made.place()[1]
    n = len(means)
    assert np.median(np.abs(found.predicted[:n] - np.log(means))[24:]) < 0.05
    differences = model.unknowns.differences(found.z[None])
    assert differences[EARLY][0] == pytest.approx(place_made.TRUE[EARLY], abs=0.6)


def test_a_climb_that_need_not_reach_the_top_ends_among_the_others():
    model, found = top()
    enough = found.log_density - 20
    early = mode(model, reached=enough)
    assert enough <= early.log_density <= found.log_density
    assert early.rounds < found.rounds
    assert mode(model, rounds=2).rounds == 2


def test_the_slope_of_the_density_is_what_a_small_step_finds():
    model, found = top()
    generator = np.random.default_rng(0)
    at = found.predicted[None] + 0.05 * generator.standard_normal((1, model.size))
    way = generator.standard_normal(model.size)
    (high, _), (low, _) = (
        model.log_posterior(found.z[None], at + sign * 1e-5 * way) for sign in (1, -1)
    )
    slope = model.log_posterior(found.z[None], at)[1][0] @ way
    assert (high - low)[0] / 2e-5 == pytest.approx(slope, rel=1e-4)


def test_months_that_are_masked_are_found_again_from_their_being_small():
    whole, means = place_made.place()
    months = whole.counts[0]
    small = (months.values < 60) | months.withheld
    assert 10 < small.sum() < 100
    masked = replace(months, withheld=small, values=np.where(small, 0.0, months.values), most=59)
    # The first of them alone, so that nothing else says how many there were.
    first = small & (months.ends < months.starts[small].max())
    kept = replace(masked, values=np.where(first, 0.0, months.values), withheld=first)
    model = PlaceModel(
        LocalUnknowns(replace(whole, counts=(kept,)), Pooling.none()), place_made.country()
    )
    found = mode(model.of_draw(0))
    recorded, modelled = means[first].sum(), np.exp(found.predicted[: len(means)])[first].sum()
    assert modelled == pytest.approx(recorded, rel=0.35)


def test_a_particle_never_leaves_its_draw_of_the_country():
    model = place_made.model(seen())
    generator = np.random.default_rng(3)
    z = 0.2 * generator.standard_normal((place_made.DRAWS, model.unknowns.size))
    chain = TiedChain(model, z, generator)
    chain.learn(1)
    for _ in range(3):
        chain.step()
        chain.exchange()
    for k in range(place_made.DRAWS):
        alone = model.predict(chain.z[k : k + 1], np.array([k]))[0]
        np.testing.assert_allclose(chain.predicted[k], alone, rtol=1e-10)
    density, pull = model.log_posterior(chain.z, chain.predicted)
    np.testing.assert_allclose(chain.density, density, rtol=1e-9)
    np.testing.assert_allclose(chain.pull, pull, rtol=1e-9, atol=1e-9)


def test_a_fit_gives_a_draw_for_each_of_the_countrys_and_the_same_again():
    model = place_made.model(seen())
    first, again = (fit(model, 0, 5, SHORT) for _ in range(2))
    assert first.z.shape == (place_made.DRAWS, model.unknowns.size)
    assert np.array_equal(first.z, again.z)
    assert 0 < first.taken <= 1
    assert np.isfinite(first.drift)


def test_one_national_curve_is_the_part_of_the_country():
    model = PlaceModel(LocalUnknowns(seen(), Pooling.national()), place_made.country())
    z = np.random.default_rng(0).standard_normal((place_made.DRAWS, model.unknowns.size))
    here = place_made.deaths(model.table(z).columns)
    part = place_made.deaths(placed(place_made.country(), seen().part).columns)
    np.testing.assert_allclose(here, part, rtol=1e-4)


def places(sd: float, doubt: float, n: int = 60) -> list[Known]:
    """Places whose differences have a standard deviation, each known to a doubt."""
    generator = np.random.default_rng(4)
    groups = ("East", "West")
    found = []
    for i in range(n):
        true = sd * generator.standard_normal(len(NAMES)) + 0.3
        centre = true + doubt * generator.standard_normal(len(NAMES))
        shrunk = dict(zip(NAMES, centre, strict=True))
        one = replace(place_made.empty(), division=groups[i % 2])
        found.append(Known(one, shrunk, dict.fromkeys(NAMES, doubt), 0.4))
    return found


def test_widths_and_means_are_learnt_from_places_that_are_well_known():
    found = learnt(Pooling.none(), places(0.25, 0.02))
    assert np.mean([found.widths[name] for name in NAMES]) == pytest.approx(0.25, rel=0.1)
    assert np.mean([found.level[name] for name in NAMES]) == pytest.approx(0.3, abs=0.05)
    assert found.spread == pytest.approx(0.4)


def test_a_place_that_says_nothing_is_as_others_are():
    pooling = replace(Pooling.none(), level=dict.fromkeys(NAMES, 0.3))
    few = replace(place_made.empty(part=1e-7), ratios=())
    hidden = np.ones(few.counts[0].ends.size, dtype=bool)
    few = replace(few, counts=(replace(few.counts[0], withheld=hidden),))
    model = PlaceModel(LocalUnknowns(few, pooling), place_made.country().draws(np.array([0])))
    found = known(model, mode(model))
    for i, name in enumerate(NAMES):
        assert found.centres[name] == pytest.approx(0.3, abs=0.02)
        assert found.doubts[name] == pytest.approx(model.unknowns.widths[i], rel=0.02)


def test_what_was_learnt_is_written_down_and_read_again():
    found = learnt(Pooling.none(), places(0.25, 0.02, 6))
    assert Pooling.of_json(found.as_json()) == found


def test_a_mode_says_the_same_with_other_means_and_widths():
    model, found = top()
    other = Pooling(widths=dict.fromkeys(NAMES, 1.5), level=dict.fromkeys(NAMES, 0.1), spread=0.3)
    changed = PlaceModel(LocalUnknowns(model.seen, other), model.country)
    z = restated(changed, stated(model, found.z))
    np.testing.assert_allclose(changed.predict(z[None])[0], found.predicted, rtol=1e-6, atol=1e-6)


def test_the_central_draw_is_one_of_the_countrys():
    assert 0 <= central_draw(place_made.country()) < place_made.DRAWS

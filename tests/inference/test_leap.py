"""Leaps: the slope is the density's, and what it leads to is the posterior."""

from dataclasses import replace

import numpy as np
import pytest
from test_chain import Bent

from upriver.inference.chain import Chain
from upriver.inference.leap import PAST, Leaps
from upriver.inference.likelihood import END, recorded
from upriver.inference.model import Model
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns
from upriver.inference.wander import Wander


class Sloped(Bent):
    def with_slope(self, z):
        predicted = self.predict(z)
        density, pull = self.log_posterior(z, predicted)
        slope = -z.copy()
        slope[:, 0] += pull[:, 0] + pull[:, 1] * 2 * self.bend * z[:, 0]
        slope[:, 1] += pull[:, 1]
        return predicted, density, pull, slope


@pytest.mark.parametrize("bend", [0.0, 0.5, 1.0])
def test_leaps_lead_to_the_posterior(bend):
    model = Sloped(bend)
    generator = np.random.default_rng(1)
    begin = np.array([0.7, 0.5, 0, 0, 0, 0]) + 0.02 * generator.standard_normal((300, 6))
    chain = Chain(model, begin, generator)
    leaps = Leaps(chain)
    leaps.learn(8)
    for i in range(40):
        leaps.leap(adapt=True)
        if i % 10 == 9:
            leaps.learn(8)
    kept, chances = [], []
    for _ in range(60):
        chances.append(leaps.leap())
        kept.append(chain.z)
    assert np.mean(chances) > 0.7
    mean, deviation = model.expected()
    found = np.array(kept)[..., :2].reshape(-1, 2)
    assert found.mean(axis=0) == pytest.approx(mean, abs=0.02)
    assert found.std(axis=0) == pytest.approx(deviation, rel=0.06)
    assert chain.density == pytest.approx(model.log_posterior(chain.z, chain.predicted)[0])
    far = np.corrcoef(kept[-6][:, 3], kept[-1][:, 3])[0, 1]
    assert abs(far) < 0.2  # five leaps leave little of where a particle was


def test_what_was_learnt_stays_while_draws_are_kept():
    generator = np.random.default_rng(3)
    leaps = Leaps(Chain(Sloped(1.0), 0.3 * generator.standard_normal((40, 6)), generator))
    leaps.learn(4)
    before, were = leaps.coordinates, []
    for _ in range(PAST + 3):
        were.append(leaps.chain.z)
        leaps.leap()
    assert leaps.stride == 0.05
    assert leaps.coordinates is before
    assert len(leaps.past) == PAST
    for one, other in zip(leaps.past, were[-PAST:], strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("now", [True, False])
def test_how_particles_lie_counts_where_they_are_and_were(now):
    """Wider along an unknown than its curvature says, which is that of the prior."""
    generator = np.random.default_rng(4)
    wide = generator.standard_normal((400, 6)) * np.array([1, 1, 1, 9, 1, 1])
    small = 0.1 * generator.standard_normal((400, 6))
    leaps = Leaps(Chain(Sloped(0.0), wide if now else small, generator))
    leaps.past = [] if now else [wide] * 2
    leaps.learn(4)
    assert leaps.coordinates[3, 3] == pytest.approx((9 if now else 6.4) ** 0.75, rel=0.1)
    assert leaps.coordinates[4, 4] == pytest.approx(1, rel=0.05)


def test_a_leap_to_nowhere_is_refused():
    class Broken(Sloped):
        def log_posterior(self, z, predicted):
            density, pull = super().log_posterior(z, predicted)
            return np.where(z[:, 0] > 0.8, np.nan, density), np.where(z[:, :1] > 0.8, np.nan, pull)

    generator = np.random.default_rng(2)
    chain = Chain(Broken(0.0), 0.1 * generator.standard_normal((50, 6)), generator)
    leaps = Leaps(chain, 0.2)
    leaps.learn(4)
    for _ in range(30):
        leaps.leap()
    assert chain.z[:, 0].max() <= 0.8
    assert np.isfinite(chain.density).all()


def test_a_particle_that_is_nowhere_may_leap_out():
    class Edge(Sloped):
        def log_posterior(self, z, predicted):
            density, pull = super().log_posterior(z, predicted)
            return np.where(z[:, 0] > 0.8, -np.inf, density), pull

    generator = np.random.default_rng(2)
    begin = 0.1 * generator.standard_normal((50, 6)) + np.array([0.9, 0, 0, 0, 0, 0])
    chain = Chain(Edge(0.0), begin, generator)
    assert np.isinf(chain.density).sum() > 30
    leaps = Leaps(chain, 0.2)
    leaps.learn(4)
    for _ in range(20):
        leaps.leap()
    assert np.isfinite(chain.density).all()


def test_a_particle_that_goes_too_far_is_refused_and_ends_nothing():
    model = Model(Unknowns(rival("controls"), 2002.0), recorded().until(2002.0))
    generator = np.random.default_rng(6)
    chain = Chain(model, 0.1 * generator.standard_normal((4, model.unknowns.size)), generator)
    before = chain.z[:, chain.free].copy()
    leaps = Leaps(chain, 400.0, np.eye(len(chain.free)))
    chance = leaps.leap(adapt=True)
    assert chance == 0
    assert (chain.z[:, chain.free] == before).mean() > 0.5  # but for what is retold
    assert leaps.stride < 400


def test_what_is_cut_or_held_at_a_bound_has_no_slope():
    block = recorded().blocks[0]
    assert block.link == "log"
    free = replace(block, known=None)
    amount = np.array([2.0, 1e-12, -1.0])
    assert free.steepness(amount) == pytest.approx([0.5, 0, 0])
    share = replace(free, link="logit")
    assert share.steepness(np.array([0.5, 1e-6, 1.0])) == pytest.approx([4, 0, 0])
    wander = Wander("people.overdose.disturbance", 0.5, 0, 4)
    z = np.array([[0, 0, 2.0, 1.0, 0.5, 0.2, 0.1]])
    factor = wander.column(z)[0, :30]
    inside = wander.owed(z, np.ones((1, 30)), (0.0, 10.0))
    held = wander.owed(z, np.ones((1, 30)), (0.0, float(factor.max()) - 0.2))
    assert (inside[0, 2:6] > 0).all()
    assert (held[0, 2:6] < inside[0, 2:6]).any()
    assert wander.owed(z, np.ones((1, 30)), (0.0, 1e-9)) == pytest.approx(np.zeros_like(z))


def test_a_model_without_slopes_cannot_leap():
    chain = Chain(Bent(0.0), np.zeros((4, 6)), np.random.default_rng(0))
    with pytest.raises(TypeError, match="slopes are known"):
        Leaps(chain, 0.1, np.eye(6)).leap()


@pytest.mark.parametrize(
    ("name", "end", "strength"),
    [("together", END, 1.0), ("controls", 2012.0, 1.0), ("together", END, 0.4)],
)
def test_the_slope_of_the_density_is_that_of_runs(name, end, strength):
    model = Model(Unknowns(rival(name), end, strength), recorded().until(end))
    unknowns = model.unknowns
    generator = np.random.default_rng(4)
    z = 0.3 * generator.standard_normal((3, unknowns.size))
    predicted, density, pull, slope = model.with_slope(z)
    assert predicted == pytest.approx(model.predict(z), rel=1e-12)
    again = model.log_posterior(z, predicted)
    assert density == pytest.approx(again[0])
    assert pull == pytest.approx(again[1])
    assert (slope[:, list(unknowns.hyper)] == 0).all()
    free = np.setdiff1d(np.arange(unknowns.size), unknowns.hyper)
    apart = 1e-5 * np.eye(unknowns.size)[free]
    points = np.concatenate([z[0] + apart, z[0] - apart])
    moved = model.log_posterior(points, model.predict(points))[0]
    quotient = (moved[: len(free)] - moved[len(free) :]) / 2e-5
    largest = np.abs(quotient).max()
    assert slope[0, free] == pytest.approx(quotient, abs=1e-6 * largest)
    assert np.sum(np.abs(quotient) > 1e-4 * largest) > 60

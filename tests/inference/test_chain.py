"""The moves leave the posterior as it is: against posteriors that are known."""

from types import SimpleNamespace

import numpy as np
import pytest

from upriver.inference.chain import Chain


class Bent:
    """Unknowns of which the first two are seen, along a parabola; the others are the prior."""

    seen = np.array([0.8, 1.1])
    errors = np.array([0.3, 0.1])

    def __init__(self, bend, unknowns=6):
        self.bend = bend
        names = [f"a.b.{i}" for i in range(unknowns)]
        self.unknowns = SimpleNamespace(
            size=unknowns, hyper=(), wanders=(), of_wanders=(), names=names
        )

    def predict(self, z):
        return np.stack([z[:, 0], z[:, 1] + self.bend * z[:, 0] ** 2], axis=1)

    def log_posterior(self, z, predicted):
        away = (self.seen - predicted) / self.errors
        density = -0.5 * np.sum(away**2, axis=1) - 0.5 * np.sum(z**2, axis=1)
        return density, away / self.errors

    def slopes(self, z):
        found = np.zeros((len(z), 2))
        found[0] = [1, 2 * self.bend * z[0]]
        found[1, 1] = 1
        return found, self.predict(z[None])[0]

    def curvature(self, slopes, predicted):
        white = slopes / self.errors
        return white @ white.T

    def expected(self):
        """Means and standard deviations of the first two, by a grid."""
        grid = np.linspace(-5, 5, 2001)
        x, y = np.meshgrid(grid, grid, indexing="ij")
        flat = np.stack([x.ravel(), y.ravel()], axis=1)
        density = self.log_posterior(flat, self.predict(flat))[0]
        weight = np.exp(density - density.max())
        weight /= weight.sum()
        mean = weight @ flat
        return mean, np.sqrt(weight @ (flat - mean) ** 2)


def moved(model, rounds, particles=200, seed=1):
    generator = np.random.default_rng(seed)
    begin = np.array([0.7, 0.5, 0, 0, 0, 0])
    chain = Chain(model, begin + 0.02 * generator.standard_normal((particles, 6)), generator)
    chain.learn(8)
    for i in range(300):
        chain.step(adapt=True)
        chain.exchange()
        if i % 50 == 49:
            chain.learn(8)
    kept = []
    for i in range(rounds):
        chain.step() if i % 4 else chain.exchange()
        kept.append(chain.z)
    return chain, np.array(kept)


@pytest.mark.parametrize("bend", [0.0, 0.5, 1.0])
def test_particles_become_the_posterior(bend):
    model = Bent(bend)
    chain, kept = moved(model, 300)
    mean, deviation = model.expected()
    found = kept[..., :2].reshape(-1, 2)
    assert found.mean(axis=0) == pytest.approx(mean, abs=0.02)
    assert found.std(axis=0) == pytest.approx(deviation, rel=0.06)
    others = kept[..., 2:].reshape(-1, 4)
    assert others.mean(axis=0) == pytest.approx(np.zeros(4), abs=0.05)
    assert others.std(axis=0) == pytest.approx(np.ones(4), rel=0.05)
    assert chain.size > 0.3


def test_density_and_predictions_are_those_of_where_particles_are():
    model = Bent(0.5)
    chain, _ = moved(model, 5, particles=20)
    assert chain.predicted == pytest.approx(model.predict(chain.z))
    assert chain.density == pytest.approx(model.log_posterior(chain.z, chain.predicted)[0])


def test_a_move_to_nowhere_is_refused():
    class Broken(Bent):
        def log_posterior(self, z, predicted):
            density, pull = super().log_posterior(z, predicted)
            return np.where(z[:, 0] > 0.8, -np.inf, density), pull

    chain, kept = moved(Broken(0.0), 50)
    assert kept[..., 0].max() <= 0.8
    assert np.isfinite(chain.density).all()


class Hills(Bent):
    """The first unknown is seen by its square, so that there are two hills; one is narrower."""

    def predict(self, z):
        return np.stack([z[:, 0] ** 2, z[:, 1]], axis=1)

    def slopes(self, z):
        found = np.zeros((len(z), 2))
        found[0, 0], found[1, 1] = 2 * z[0], 1
        return found, self.predict(z[None])[0]


def test_differences_of_others_lead_from_one_hill_to_another():
    model = Hills(0.0)
    model.seen, model.errors = np.array([4.0, 0.0]), np.array([0.2, 0.3])
    generator = np.random.default_rng(3)
    begin = np.where(np.arange(200) < 160, 2.0, -2.0)[:, None] * np.eye(6)[0]
    chain = Chain(model, begin + 0.05 * generator.standard_normal((200, 6)), generator)
    chain.learn(8)
    for _ in range(60):
        chain.step()
    assert np.mean(chain.z[:, 0] > 0) == pytest.approx(0.8)
    for _ in range(400):
        chain.exchange()
    assert np.mean(chain.z[:, 0] > 0) == pytest.approx(0.5, abs=0.12)

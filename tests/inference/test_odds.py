"""Odds: the evidence on the way is that of a model whose evidence is known."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from upriver.inference import odds as module
from upriver.inference.likelihood import END, recorded
from upriver.inference.model import Model
from upriver.inference.odds import Way, evidence, odds
from upriver.inference.rivals import rival
from upriver.inference.unknowns import WEAKER, Unknowns


@dataclass(frozen=True)
class Unknown:
    """Two unknowns; the first is the rival's own."""

    strength: float = 1.0
    size: int = 2
    hyper: tuple = ()
    wanders: tuple = ()
    of_wanders: tuple = ()
    names: tuple = ("a.b.own", "a.b.other")


@dataclass(frozen=True)
class Line:
    """A number that is seen: a constant that both models have, and a shift that one has."""

    seen: float
    unknowns: Unknown = Unknown()
    error = 0.5

    @property
    def likelihood(self):
        return SimpleNamespace(log_density=self.log_density)

    def predict(self, z):
        return (self.unknowns.strength * z[:, 0] + z[:, 1])[:, None]

    def log_density(self, predicted):
        away = self.seen - predicted[:, 0]
        return stats.norm.logpdf(away, scale=self.error), away[:, None] / self.error**2

    def log_posterior(self, z, predicted):
        density, pull = self.log_density(predicted)
        return density - 0.5 * np.sum(z**2, axis=1), pull

    def with_slope(self, z):
        predicted = self.predict(z)
        density, pull = self.log_posterior(z, predicted)
        return predicted, density, pull, pull * np.array([self.unknowns.strength, 1.0]) - z

    def slopes(self, z):
        return np.array([[self.unknowns.strength], [1.0]]), self.predict(z[None])[0]

    def curvature(self, slopes, predicted):
        return slopes @ slopes.T / self.error**2


@pytest.mark.parametrize("seen", [0.0, 1.5, 4.0])
def test_the_evidence_is_that_of_a_normal_with_and_without_the_shift(seen):
    model = Line(seen)
    z = np.random.default_rng(2).standard_normal((200, 2))
    found = evidence(model, z, -z, 1, Way(particles=200, settle=6, keep=10))
    with_, without = np.sqrt(2 + 0.25), np.sqrt(1 + 0.25)
    expected = stats.norm.logpdf(seen, scale=with_) - stats.norm.logpdf(seen, scale=without)
    assert found.error < 0.1
    assert found.down == pytest.approx(found.up, abs=0.2)
    assert found.log == pytest.approx(expected, abs=max(0.03, 3.5 * found.error))


def test_odds_follow_evidence_and_what_was_thought_before():
    assert odds({"a": 0.0, "b": np.log(3)}) == pytest.approx({"a": 0.25, "b": 0.75})
    even = odds({"a": 0.0, "b": np.log(3)}, {"a": 0.75, "b": 0.25})
    assert even == pytest.approx({"a": 0.5, "b": 0.5})
    assert odds({"a": -5000.0, "b": -5001.0})["a"] == pytest.approx(1 / (1 + np.exp(-1)))


@pytest.mark.parametrize("name", ["precursors", "production", "depletion", "ways", "together"])
def test_at_no_strength_a_rival_is_the_model_without_it(name):
    """So that their evidence has one place to begin at."""
    cut, end = recorded(), END
    ours, without = Unknowns(rival(name), end, 0.0), Unknowns(rival("controls"), end)
    z = np.random.default_rng(1).standard_normal((3, ours.size))
    shared = np.array([ours.names.index(path) for path in without.names])
    found = Model(ours, cut).predict(z)
    expected = Model(without, cut).predict(z[:, shared])
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)
    own = [path for path in WEAKER if path in ours.constants]
    assert own


def test_growth_is_that_of_the_likelihood():
    model = Line(2.0)
    z = np.array([[0.5, 0.3], [-1.0, 0.2]])
    at = module.growth(model, z, 0.4)
    exact = (2.0 - (0.4 * z[:, 0] + z[:, 1])) / 0.25 * z[:, 0]
    assert at == pytest.approx(exact, abs=1e-6)


def test_draws_at_another_strength_do_what_they_did():
    """Where a shock half as strong can be twice as deep."""
    model = Model(Unknowns(rival("precursors"), END), recorded())
    z = np.zeros((2, model.unknowns.size))
    own = model.unknowns.names.index("supply.shock.precursors")
    z[:, own] = [-1.0, -0.2]
    moved = module.carried(model, z, 0.9, 0.7)
    before, after = (
        module.at_strength(model, strength).unknowns.columns(one)["supply.shock.precursors"]
        for one, strength in ((z, 0.9), (moved, 0.7))
    )
    assert after == pytest.approx(before, rel=1e-3)
    assert (module.carried(model, z, 0.0, 0.3) == z).all()


@pytest.mark.parametrize("wider", [0.5, 2.0])
def test_a_wider_prior_of_what_is_a_rivals_own_is_another_evidence(wider):
    """One number that is seen, the rival's own alone; what is shared does not count."""
    seen, error, generator = 0.7, 1.0, np.random.default_rng(5)
    model = SimpleNamespace(
        unknowns=SimpleNamespace(names=("a.own", "b.shared"), rival=SimpleNamespace(free=("a.",)))
    )
    own = seen / 2 + np.sqrt(0.5) * generator.standard_normal(400_000)
    z = np.stack([own, 3 * generator.standard_normal(400_000)], axis=1)
    before, after = (
        stats.norm.logpdf(seen, scale=np.sqrt(spread**2 + error**2)) for spread in (1.0, wider)
    )
    assert module.widened(model, z, wider) == pytest.approx(after - before, abs=0.01)

"""Stacking: densities are those of a multivariate t, and the best mix is found."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from upriver.inference.block import Block, fading
from upriver.inference.likelihood import Likelihood
from upriver.inference.stacking import given_the_others, left_out, mixed, stacked

SIZE = 5


@pytest.fixture
def block():
    generator = np.random.default_rng(1)
    return Block(
        name="made up", series=("made up",), values=np.exp(generator.standard_normal(SIZE)),
        ends=np.arange(SIZE) + 2001.0, output=("x",), weights=np.zeros((SIZE, 3)), scale=0.4,
        correlation=fading(np.arange(SIZE), 2.0, level=0.5),
    )  # fmt: skip


def test_a_number_given_the_others_is_the_joint_density_over_theirs(block):
    predicted = 0.3 * np.random.default_rng(2).standard_normal((7, SIZE))
    found = given_the_others(block, predicted)
    whole = block.log_density(predicted)[0]
    for i in range(SIZE):
        others = _without(block, i).log_density(np.delete(predicted, i, axis=1))[0]
        assert found[:, i] == pytest.approx(whole - others, rel=1e-10)


def _without(block, i):
    kept = np.arange(SIZE) != i
    return replace(
        block, values=block.values[kept], ends=block.ends[kept], weights=block.weights[kept],
        correlation=block.correlation[np.ix_(kept, kept)],
    )  # fmt: skip


def test_what_draws_say_of_a_number_left_out_is_what_others_would_say():
    """A mean that is known but for a normal number: what it foretells is known by hand."""
    generator = np.random.default_rng(3)
    values = np.array([0.4, -0.3, 0.9, 0.1])
    block = Block(
        name="made up", series=("made up",), values=np.exp(values), ends=np.arange(4) + 2001.0,
        output=("x",), weights=np.zeros((4, 3)), scale=1.0, correlation=np.eye(4), freedom=1e7,
    )  # fmt: skip
    spread = 1 / np.sqrt(1 + len(values))
    means = values.sum() * spread**2 + spread * generator.standard_normal(200_000)
    found = left_out(Likelihood((block,), ()), np.repeat(means[:, None], 4, axis=1))
    for i, value in enumerate(values):
        mean = (values.sum() - value) / len(values)
        expected = stats.norm.logpdf(value, mean, np.sqrt(1 + 1 / len(values)))
        assert found[i] == pytest.approx(expected, abs=0.01)


def test_the_best_mix_leans_on_what_tells_best_and_keeps_what_tells_something_else():
    generator = np.random.default_rng(4)
    first, second = generator.standard_normal((2, 400)) - 3
    told = {"one": first, "other": second, "worse": np.minimum(first, second) - 1}
    found = stacked(told)
    assert found["worse"].weight == pytest.approx(0, abs=1e-3)
    assert 0.3 < found["one"].weight < 0.7
    assert sum(one.weight for one in found.values()) == pytest.approx(1)
    best = max(found, key=lambda name: told[name].sum())
    assert (found[best].log, found[best].error) == (0, 0)
    assert found["worse"].log < -400
    logs = np.array([*told.values()])
    best_of_all = np.log(mixed(logs) @ np.exp(logs)).sum()
    for other in generator.dirichlet(np.ones(3), 200):
        assert np.log(other @ np.exp(logs)).sum() <= best_of_all + 1e-6

"""Particles go on: what is new weighs them, moves part those that were taken twice."""

import numpy as np
import pytest
from test_leap import Sloped

from upriver.inference.advance import Effort, Learnt, move

FEW = Effort(leaps=1, more=3, settle=5, looks=4)


class Counted(Sloped):
    """Says how often slopes were asked for, but for those that are learnt."""

    def __init__(self, bend):
        super().__init__(bend)
        object.__setattr__(self, "asked", [])

    def with_slope(self, z):
        self.asked.append(len(z))
        return super().with_slope(z)


def particles(count=120):
    """Of the posterior, about, each of them twice."""
    generator = np.random.default_rng(1)
    z = generator.standard_normal((count // 2, 6)) * np.array([0.3, 0.3, 1, 1, 1, 1])
    return np.repeat(z + np.array([0.7, 0.5, 0, 0, 0, 0]), 2, axis=0)


def steps(learnt, left):
    """Steps of all leaps of a move."""
    model = Counted(0.5)
    move(model, particles(), np.random.default_rng(2), learnt, FEW, left)
    return len(model.asked)


def test_particles_that_were_taken_twice_part():
    z = particles()
    chain, learnt = move(Sloped(0.5), z, np.random.default_rng(2), Learnt(), FEW, 1.0)
    assert len(np.unique(z, axis=0)) == 60
    assert len(np.unique(chain.z, axis=0)) > 110
    assert learnt.stride != Learnt().stride
    assert learnt.coordinates.shape == (6, 6)


def test_the_first_settle_and_those_of_whom_few_are_left_leap_more():
    learnt = Learnt(0.2, np.eye(6))
    usual, more, first = steps(learnt, 0.9), steps(learnt, 0.1), steps(Learnt(0.2), 1.0)
    assert 2 < usual < 0.6 * more < more < first


def test_particles_leap_by_what_was_learnt_before():
    """Another stride and other coordinates lead elsewhere; those for the next are learnt anew."""
    z, generators = particles(), [np.random.default_rng(3) for _ in range(2)]
    short, usual = (
        move(Sloped(0.5), z, generator, Learnt(0.05, size * np.eye(6)), FEW, 1.0)
        for size, generator in zip((1e-9, 1.0), generators, strict=True)
    )
    moved = [np.abs(chain.z - z).max(axis=1) for chain, _ in (short, usual)]
    assert np.mean(moved[1] > 0.1) > 0.7
    exchanged = moved[0] > 1e-6
    assert 0.05 < exchanged.mean() < 0.8  # no leap went far: the rest exchanged
    assert short[1].coordinates == pytest.approx(usual[1].coordinates)

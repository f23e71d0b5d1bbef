"""Coordinates are round where particles say so, and do not find what chance alone makes."""

import numpy as np
import pytest

from upriver.inference.leap import PAST, WORTH
from upriver.inference.roundness import LEAST, by_chance, power, root

FEW = 12


def test_without_more_spread_the_curvature_alone_counts():
    curvature = np.diag([99.0, *np.zeros(FEW - 1)])
    z = np.random.default_rng(1).standard_normal((400, FEW)) @ power(curvature + np.eye(FEW), -0.5)
    assert root(curvature, z, 400) == pytest.approx(power(curvature + np.eye(FEW), -0.5))


def test_what_particles_are_wider_by_counts_for_most():
    """A sheet that bends: the curvature finds one direction narrow that particles fill."""
    curvature = np.diag([99.0, 99.0, *np.zeros(FEW - 2)])
    wide = np.array([1.0, 0.1, *np.ones(FEW - 2)])
    z = wide * np.random.default_rng(2).standard_normal((4000, FEW))
    found = root(curvature, z, 4000)
    assert found[0, 0] ** 2 == pytest.approx(0.01 * 100**0.75, rel=0.05)
    assert found[1, 1] ** 2 == pytest.approx(0.01, rel=0.05)
    assert found == pytest.approx(found.T)


def test_few_particles_show_no_directions_by_chance():
    generator = np.random.default_rng(3)
    for places in (4, 30, 100):
        z = generator.standard_normal((places, 60))
        assert root(np.zeros((60, 60)), z, places) == pytest.approx(np.eye(60))
        assert np.linalg.eigvalsh(np.cov(z, rowvar=False))[-1] > LEAST or places > 60
    assert by_chance(101, 100) == pytest.approx(4)


def test_a_little_more_spread_is_none():
    z = np.random.default_rng(5).standard_normal((4000, FEW))
    z[:, 0] *= np.sqrt(LEAST - 0.5)
    assert root(np.zeros((FEW, FEW)), z, 4000) == pytest.approx(np.eye(FEW))


def test_places_that_repeat_each_other_are_worth_fewer():
    """What particles keep of where they were makes no directions: 0.7 a leap, a quarter refused."""
    generator = np.random.default_rng(6)
    z = generator.standard_normal((100, 300))
    places = [z]
    for _ in range(PAST):
        new = 0.7 * z + np.sqrt(1 - 0.7**2) * generator.standard_normal(z.shape)
        z = np.where(generator.random((100, 1)) < 0.25, z, new)
        places.append(z)
    independent = len(z) * (1 + WORTH * PAST)
    lie = np.concatenate(places)
    found = np.linalg.eigvalsh(root(np.zeros((300, 300)), lie, independent))
    assert np.sum(found > 1.01) <= 6
    assert np.sum(np.linalg.eigvalsh(root(np.zeros((300, 300)), lie, len(lie))) > 1.01) > 20


def test_a_posterior_that_is_narrow_is_round_in_its_coordinates():
    """Whatever the mix, where curvature and particles agree."""
    generator = np.random.default_rng(4)
    turned, _ = np.linalg.qr(generator.standard_normal((FEW, FEW)))
    curvature = (turned * np.geomspace(1e-3, 1e4, FEW)) @ turned.T
    narrow = power(curvature + np.eye(FEW), -0.5)
    z = generator.standard_normal((2000, FEW)) @ narrow
    round_ = z @ np.linalg.inv(root(curvature, z, 2000))
    assert np.cov(round_, rowvar=False) == pytest.approx(np.eye(FEW), abs=0.15)

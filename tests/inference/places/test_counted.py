"""Counts of deaths: their chances are chances, and what is withheld is what is small."""

import numpy as np
import pytest
from scipy.stats import nbinom

from upriver.inference.places import counted

MEANS = np.array([[0.3, 4.0, 9.5, 30.0, 800.0]])
APART = np.array([0.2])


def test_a_count_is_negative_binomial_about_its_mean():
    values = np.array([0.0, 3.0, 12.0, 25.0, 900.0])
    size = 1 / APART[0] ** 2
    found, _ = counted.told(values, np.log(MEANS), APART)
    np.testing.assert_allclose(found[0], nbinom.logpmf(values, size, size / (size + MEANS[0])))


def test_a_count_that_is_withheld_has_the_chance_of_none_to_nine():
    size = 1 / APART[0] ** 2
    found, _ = counted.withheld(np.log(MEANS), APART)
    wanted = nbinom.logcdf(9, size, size / (size + MEANS[0]))
    np.testing.assert_allclose(found[0], wanted, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("how", ["told", "withheld"])
def test_slopes_are_what_a_small_step_finds(how: str):
    def chance(log_means):
        values = np.array([1.0, 3.0, 8.0, 40.0, 700.0])
        if how == "told":
            return counted.told(values, log_means, APART)
        return counted.withheld(log_means, APART)

    at, step = np.log(MEANS), 1e-6
    (high, _), (low, _) = chance(at + step), chance(at - step)
    np.testing.assert_allclose(chance(at)[1], (high - low) / (2 * step), rtol=1e-6, atol=1e-8)


def test_a_mean_that_is_far_too_large_for_what_is_withheld_is_unlikely_and_still_a_number():
    found, slope = counted.withheld(np.log(np.array([[1e6]])), np.array([0.01]))
    assert -np.inf < found[0, 0] < -1000
    assert -np.inf < slope[0, 0] < 0


def test_drawn_counts_have_the_mean_and_the_spread_that_are_said():
    generator = np.random.default_rng(1)
    counts = counted.drawn(np.full((1, 200_000), 50.0), APART, generator)
    assert counts.mean() == pytest.approx(50, rel=0.01)
    assert counts.var() == pytest.approx(50 + (0.2 * 50) ** 2, rel=0.02)


def test_nobody_is_still_a_mean_with_a_logarithm():
    assert np.isfinite(counted.log_mean(np.zeros(3))).all()

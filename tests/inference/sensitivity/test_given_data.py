"""Given-data indices: known answers where unknowns hang together, intervals, and chance."""

import numpy as np
import pytest

from upriver.inference.sensitivity.given import CLASSES, classes, given_data, index, stands

WEIGHTS = np.array([1.0, 0.6, 0.0])
TOGETHER = 0.7


def gaussian(seed, draws=1000, noise=0.5):
    """A linear sum of three normal unknowns, of which the first and the last hang together.

    Of an unknown i the first-order index is cov(x_i, y)^2 / var(y), whether or not they do.
    """
    covariance = np.eye(3)
    covariance[0, 2] = covariance[2, 0] = TOGETHER
    generator = np.random.default_rng(seed)
    x = generator.multivariate_normal(np.zeros(3), covariance, draws)
    y = x @ WEIGHTS + noise * generator.standard_normal(draws)
    known = (covariance @ WEIGHTS) ** 2 / (WEIGHTS @ covariance @ WEIGHTS + noise**2)
    return {str(i): x[:, i] for i in range(3)}, y, known


def test_what_hangs_together_has_the_index_that_is_known():
    unknowns, y, known = gaussian(1, 8_000)
    found, floor = given_data(unknowns, y)
    for i, true in enumerate(known):
        assert found[str(i)].value == pytest.approx(true, abs=0.03)
        assert stands(found[str(i)], floor)
    assert known[2] > 0.25, "it moves nothing itself, and goes with one that does"


def test_intervals_hold_the_known_index_about_as_often_as_they_say():
    held = np.zeros(3)
    for seed in range(40):
        unknowns, y, known = gaussian(seed, 600)
        found, _ = given_data(unknowns, y)
        held += [found[str(i)].low <= true <= found[str(i)].high for i, true in enumerate(known)]
    assert (held / 40 > 0.85).all(), held / 40


def test_an_unknown_that_tells_nothing_has_none_in_the_mean():
    generator = np.random.default_rng(5)
    of = classes(generator.standard_normal(400))
    values = index(of, generator.standard_normal((3000, 400)))
    assert abs(values.mean()) < 0.002
    assert values.min() < 0 < values.max()


def test_among_many_that_tell_nothing_one_stands_out_in_about_one_of_twenty():
    wrong = 0
    for seed in range(40):
        generator = np.random.default_rng([7, seed])
        unknowns = {str(i): generator.standard_normal(300) for i in range(12)}
        found, floor = given_data(unknowns, generator.standard_normal(300))
        wrong += any(stands(one, floor) for one in found.values())
    assert wrong <= 7


def test_ishigami_is_found_from_draws_alone():
    x = np.pi * (2 * np.random.default_rng(3).random((8_000, 3)) - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found, floor = given_data({str(i): x[:, i] for i in range(3)}, y)
    assert [found[str(i)].value for i in range(3)] == pytest.approx([0.314, 0.442, 0.0], abs=0.03)
    assert [stands(one, floor) for one in found.values()] == [True, True, False]


def test_names_and_ties_are_classes():
    of = classes(np.array(["a", "b", "a", "c"]))
    assert of.tolist() == [0, 1, 0, 2]
    held = np.concatenate([np.zeros(700), np.linspace(1, 2, 300)])
    found = classes(held)
    assert (found[:700] == found[0]).all()
    assert set(found) == set(range(found.max() + 1))
    assert found.max() + 1 <= CLASSES
    assert classes(np.ones(50)).max() == 0


def test_the_index_is_the_share_between_classes_less_what_chance_gives():
    of = np.array([0, 0, 1, 1])
    y = np.array([[0.0, 2.0, 4.0, 6.0]])
    between, within = 2 * 2 * 4.0, 4.0
    assert index(of, y)[0] == pytest.approx((between - within / 2) / (between + within))
    assert index(of, np.ones((1, 4)))[0] == 0.0

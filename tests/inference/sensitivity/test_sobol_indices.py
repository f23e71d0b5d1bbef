"""Sobol' indices: known answers, groups of unknowns, and parts that change no number."""

import numpy as np
import pytest

from upriver.inference.sensitivity.shares import places_among
from upriver.inference.sensitivity.sobol import (
    Points,
    Values,
    evaluated,
    indices,
    joined,
    points_of,
    ranked,
)

A, B = 7.0, 0.1
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 1 / 2
FIRST = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
BETWEEN = 8 * B**2 * np.pi**8 / 225 / VARIANCE
TOTAL = FIRST + np.array([BETWEEN, 0.0, BETWEEN])
EACH = ((0,), (1,), (2,))


def ishigami(u):
    """A function with published indices (Ishigami and Homma 1990), of numbers from 0 to 1."""
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def told(count, groups=EACH, quantity=ishigami):
    values = evaluated(points_of(count, 3), groups, 0, count, quantity)
    return indices(values, [str(one) for one in groups])


def test_known_indices_are_found_and_lie_within_their_intervals():
    first, total, together = told(2048)
    for i, place in enumerate(EACH):
        one, other = first[str(place)], total[str(place)]
        assert one.value == pytest.approx(FIRST[i], abs=0.03)
        assert other.value == pytest.approx(TOTAL[i], abs=0.03)
        assert one.low <= FIRST[i] <= one.high
        assert other.low <= TOTAL[i] <= other.high
    assert together.value == pytest.approx(FIRST.sum(), abs=0.05)


def test_more_points_make_intervals_narrower():
    few, many = told(128)[0], told(2048)[0]
    for place in EACH[:2]:
        wide, narrow = few[str(place)], many[str(place)]
        assert narrow.high - narrow.low < 0.6 * (wide.high - wide.low)


def test_of_a_group_the_index_holds_what_its_members_do_together():
    first, total, _ = told(2048, ((0, 2), (1,)))
    alone = FIRST[0] + FIRST[2] + BETWEEN
    assert first["(0, 2)"].value == pytest.approx(alone, abs=0.04)
    assert total["(0, 2)"].value == pytest.approx(alone, abs=0.04)
    assert first["(1,)"].value == pytest.approx(FIRST[1], abs=0.03)


def test_an_unknown_that_does_nothing_has_no_total_index():
    _, total, _ = told(64, quantity=lambda u: u[:, 0] ** 2)
    assert total["(1,)"] == (0.0, 0.0, 0.0)
    assert total["(0,)"].value > 0.5


@pytest.mark.parametrize("size", [1, 3, 8, 16])
def test_points_in_any_parts_give_the_same_bytes(size):
    points = points_of(16, 3)
    whole = evaluated(points, EACH, 0, 16, ishigami)
    cuts = [(a, min(a + size, 16)) for a in range(0, 16, size)]
    parts = joined([evaluated(points, EACH, a, b, ishigami) for a, b in cuts])
    for one, other in zip(whole, parts, strict=True):
        assert one.tobytes() == other.tobytes()


def test_each_variant_takes_one_group_from_the_other_sample():
    points = Points(np.zeros((2, 3)), np.ones((2, 3)))
    seen = []

    def see(u):
        seen.extend(map(tuple, u))
        return np.zeros(len(u))

    evaluated(points, ((0, 1), (2,)), 0, 2, see)
    assert seen[:4] == [(0, 0, 0)] * 2 + [(1, 1, 1)] * 2
    assert seen[4:] == [(1, 1, 0)] * 2 + [(0, 0, 1)] * 2


def test_places_do_not_change_with_unit_or_scale():
    values = evaluated(points_of(64, 3), EACH, 0, 64, ishigami)
    bent = Values(*(np.exp(3 * part) for part in values))
    for one, other in zip(ranked(values), ranked(bent), strict=True):
        np.testing.assert_array_equal(one, other)
    own = np.array([3.0, 1.0, 2.0])
    np.testing.assert_allclose(places_among(own, own), [5 / 6, 1 / 6, 3 / 6])
    np.testing.assert_allclose(places_among(own, np.array([0.0, 9.0])), [0, 1])

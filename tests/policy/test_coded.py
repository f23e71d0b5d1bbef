"""Numbers as codes of 16 bits: what comes back, what comes back exactly, and what stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.policy.coded import ALL, FEW, Coded, coded, decoded

WITHIN = (0.0, 1.0)


def back(one: Coded) -> np.ndarray:
    """The numbers that a file would give."""
    each = np.array([one.exact.size])
    return decoded(one.codes[None], np.array([one.low]), np.array([one.step]), one.exact, each)[0]


def spread(seed: int, low: float = 0.0, high: float = 1.0, draws: int = 1000) -> np.ndarray:
    """Numbers that are all different."""
    return np.random.default_rng(seed).uniform(low, high, draws)


ends = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda one: one == 0 or abs(one) > 1e-6)


@given(st.integers(0, 99), ends, st.floats(1e-4, 1e6))
def test_what_comes_back_is_off_by_half_a_step_at_most_and_never_beyond(seed, low, width):
    values = spread(seed, low, low + width)
    one = coded(values, (low - 1, low + width + 1))
    found = back(one)
    assert one.step <= np.ptp(values) / (ALL - FEW)
    assert np.abs(found - values).max() <= one.step / 2 * (1 + 1e-6) + 1e-15 * abs(low)
    assert values.min() == found.min()
    assert found.max() <= values.max()


@given(st.integers(0, 99), ends, st.floats(1e-4, 1e6))
def test_what_comes_back_is_coded_as_the_same_again(seed, low, width):
    within = (low - 1, low + width + 1)
    found = back(coded(spread(seed, low, low + width), within))
    assert (back(coded(found, within)) == found).all()


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=FEW))
def test_few_numbers_are_met_exactly(values):
    one = coded(np.array(values), WITHIN)
    assert one.step == 0
    assert (back(one) == np.array(values)).all()


@given(st.integers(0, 99), st.floats(0, 1))
def test_an_end_of_what_is_allowed_is_met_exactly_in_any_draw(seed, held):
    values = spread(seed)
    values[7], values[8], values[100:120] = 0.0, 1.0, held
    found = back(coded(values, WITHIN))
    assert found[7] == 0
    assert found[8] == 1
    assert (found[100:120] == held).all()


def test_a_number_that_is_the_same_in_all_draws_is_that_number():
    one = coded(np.full(1000, 0.1), WITHIN)
    assert one.step == 0
    assert one.exact.tolist() == [0.1]
    assert (back(one) == 0.1).all()


def test_a_product_with_a_step_is_exact_so_that_one_sum_is_all_that_is_rounded():
    one = coded(spread(1, 2014.3, 2030.9), (2014, 2031))
    mantissa, _ = np.frexp(one.step)
    assert mantissa * 2**24 == int(mantissa * 2**24)


def test_several_numbers_of_different_kinds_come_back_together():
    rows = [spread(2), np.tile([0.0, 1.0], 500), np.full(1000, 4.2), spread(3, -5, 5)]
    codes = [coded(row, WITHIN) for row in rows]
    found = decoded(
        np.array([one.codes for one in codes]),
        np.array([one.low for one in codes]),
        np.array([one.step for one in codes]),
        np.concatenate([one.exact for one in codes]),
        np.array([one.exact.size for one in codes]),
    )
    for one, row in zip(codes, found, strict=True):
        assert (back(one) == row).all()
    assert found[1].tolist() == rows[1].tolist()
    assert found[3] == pytest.approx(rows[3], abs=codes[3].step)

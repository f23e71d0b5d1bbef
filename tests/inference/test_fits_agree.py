"""Independent fits held against each other, where what they are is known."""

import numpy as np
import pytest

from upriver.inference.agreement import agreement


def test_independent_draws_are_worth_themselves_and_repeated_ones_less():
    generator = np.random.default_rng(5)
    alone = [{"x": generator.standard_normal(400)} for _ in range(200)]
    often = [{"x": np.repeat(generator.standard_normal(40), 10)} for _ in range(200)]
    (fresh,), (stale,) = agreement(alone), agreement(often)
    assert fresh.each == pytest.approx(400, rel=0.3)
    assert stale.each == pytest.approx(40, rel=0.3)


def test_fits_that_stand_apart_are_seen_to():
    generator = np.random.default_rng(6)
    fits = [{"x": shift + (1 + shift) * generator.standard_normal(1000)} for shift in (0, 1)]
    (found,) = agreement(fits)
    assert found.apart == pytest.approx(1 / np.sqrt(2.5), abs=0.1)
    assert found.ratio == pytest.approx(2, rel=0.1)
    assert found.each < 10

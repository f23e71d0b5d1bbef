"""The headline is rounded to what its draws can say, and no further."""

import numpy as np
import pytest

from upriver.experiments.simulate import simulate
from upriver.report.headline import headlines, known_rows


@pytest.mark.parametrize("draws", [5, 200])
def test_numbers_are_rounded_to_what_draws_can_say(draws):
    run = simulate("base", draws=draws)
    for row, known in zip(headlines(run), known_rows(run), strict=True):
        error = 1.25 * (row.high - row.low) / 3.92 / np.sqrt(draws)
        for name in ("median", "low", "high"):
            assert abs(getattr(known, name) - getattr(row, name)) <= error * 1.0001
        digits = len(f"{known.median:.0f}".rstrip("0"))
        assert digits <= len(f"{row.median:.0f}") - int(np.floor(np.log10(max(2 * error, 1))))


def test_a_number_without_an_interval_is_as_it_is():
    run = simulate("base", draws=0)
    for row, known in zip(headlines(run), known_rows(run), strict=True):
        assert known.median == row.median

"""The headline is rounded to what its draws can say, and no further."""

import numpy as np
import pytest

from upriver.experiments.compare import compare
from upriver.experiments.simulate import simulate
from upriver.experiments.summary import figures
from upriver.report.headline import headlines, known_outcomes, known_rows, outcomes
from upriver.report.wording import known, number


@pytest.mark.parametrize("draws", [5, 200])
def test_numbers_are_rounded_to_what_draws_can_say(draws):
    run = simulate("base", draws=draws)
    for row, told in zip(headlines(run), known_rows(run), strict=True):
        error = 1.25 * (row.high - row.low) / 3.92 / np.sqrt(draws)
        for name in ("median", "low", "high"):
            assert abs(getattr(told, name) - getattr(row, name)) <= error * 1.0001
        digits = len(f"{told.median:.0f}".rstrip("0"))
        assert digits <= len(f"{row.median:.0f}") - int(np.floor(np.log10(max(2 * error, 1))))


def test_a_number_without_an_interval_is_as_it_is():
    run = simulate("base", draws=0)
    for row, told in zip(headlines(run), known_rows(run), strict=True):
        assert told.median == row.median


def test_a_comparison_s_table_has_two_figures_of_what_is_averted_as_its_sentence_has():
    comparison = compare("published", "optimistic", draws=50)
    base, row = known_outcomes(comparison)
    (verdict,) = comparison.verdicts
    for value, ours in zip(
        verdict.averted, (row.averted, row.averted_low, row.averted_high), strict=True
    ):
        assert number(ours, 0) == figures(value)
    assert base.averted is None
    raw = outcomes(comparison)[1]
    told = known(raw.deaths, raw.deaths_low, raw.deaths_high, 50)
    assert [number(v) for v in (row.deaths, row.deaths_low, row.deaths_high)] == list(told)
    assert raw.deaths != row.deaths

"""The report of the fit: every series, every constant, and sources that something cites."""

import numpy as np
import pytest

from upriver.inference.check import beside, predicted
from upriver.inference.likelihood import recorded
from upriver.policy.chosen import fitted
from upriver.report.fit import SEED, fit_report
from upriver.report.fit_figures import SUMS, of_series


@pytest.fixture(scope="module")
def text():
    return fit_report()


@pytest.fixture(scope="module")
def seen():
    likelihood = recorded()
    return beside(likelihood, predicted(fitted().first(40), likelihood), SEED)


def test_every_number_that_the_fit_has_seen_is_drawn_once(seen):
    for one in seen:
        figures = of_series(one, 40)
        drawn = np.concatenate([figure.series[1].y for figure in figures])
        final = sum(row != SUMS for row in one.block.rows[72:])
        assert len(drawn) == one.block.size - final
        assert set(np.round(drawn, 6)) <= set(np.round(one.block.values, 6))
        for figure in figures:
            band, record = figure.series
            assert np.all(band.low <= band.y)
            assert np.all(band.y <= band.high)
            inside = int(np.sum((band.low <= record.y) & (record.y <= band.high)))
            assert f"{inside} of {len(record.y)} lie in the band" in figure.note


def test_every_constant_stands_in_one_of_two_tables(text):
    told = fitted().told
    for path in told:
        assert text.count(f">{path}</th>") == 1, path
    still = sum(one.assumed for one in told.values())
    assert f"{still} constants that moved by less than a tenth" in text
    assert f"{len(told) - still} constants that moved by at least a tenth" in text


def test_it_says_what_is_unexplained_first_and_scores_forecasts(text):
    assert text.index("nexplained") < text.index("<h2")
    assert "Weighted interval scores" in text
    assert "all together" in text


def test_sources_that_nothing_cites_are_left_out(text):
    listed = text.split('id="sources"')[1].split('id="provenance"')[0]
    assert "National Survey on Drug Use" in listed
    assert "Canada" not in listed

"""A block's density is the one that its words say, and its slope is the slope of that density."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from upriver.core.time import STEPS
from upriver.inference.block import Block, fading, independent

numbers = st.floats(0.05, 20)


def block(values, correlation, link="log", scale=0.2, freedom=4.0):
    n = len(values)
    return Block(
        name="made",
        series=("made",),
        values=np.array(values),
        ends=np.arange(2000.0, 2000 + n),
        output=("made",),
        weights=np.zeros((n, STEPS + 1)),
        scale=scale,
        correlation=correlation,
        link=link,
        freedom=freedom,
    )


CORRELATIONS = [independent(4), independent(4, 1.5), fading(np.arange(4.0), 2.0, 0.3)]


@pytest.mark.parametrize("correlation", CORRELATIONS)
@given(st.lists(numbers, min_size=4, max_size=4), st.lists(numbers, min_size=4, max_size=4))
def test_the_density_is_a_multivariate_t(correlation, values, predicted):
    one = block(values, correlation)
    found, _ = one.log_density(np.log([predicted]))
    expected = stats.multivariate_t.logpdf(
        np.log(values), np.log(predicted), one.scale**2 * correlation, df=one.freedom
    )
    assert found[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_error_of_unknown_size_is_integrated_out():
    one = block([1.3, 0.8], independent(2), scale=0.4)
    away = one.linked - np.log([1.0, 1.0])

    def weighed(variance):
        prior = stats.chi2.pdf(one.freedom * one.scale**2 / variance, one.freedom)
        jacobian = one.freedom * one.scale**2 / variance**2
        return np.prod(stats.norm.pdf(away, scale=np.sqrt(variance))) * prior * jacobian

    integral = integrate.quad(weighed, 0, np.inf)[0]
    assert one.log_density(np.zeros((1, 2)))[0][0] == pytest.approx(np.log(integral), rel=1e-6)


@pytest.mark.parametrize("correlation", CORRELATIONS)
@given(st.lists(numbers, min_size=4, max_size=4), st.lists(numbers, min_size=4, max_size=4))
def test_the_slope_is_that_of_the_density(correlation, values, predicted):
    one = block(values, correlation)
    here = np.log([predicted])
    _, slope = one.log_density(here)
    steps = 1e-6 * np.eye(4)
    up, down = one.log_density(here + steps)[0], one.log_density(here - steps)[0]
    assert slope[0] == pytest.approx((up - down) / 2e-6, rel=1e-4, abs=1e-4)


def test_the_size_of_the_error_follows_what_is_seen():
    rng = np.random.default_rng(1)
    n = 400
    one = block(np.exp(0.5 * rng.standard_normal(n)), independent(n), scale=0.1)
    assert one.variance(np.zeros((1, n)))[0] == pytest.approx(0.25, rel=0.2)
    assert one.scales(np.zeros((500, n)), rng).mean() == pytest.approx(0.5, rel=0.1)


def test_a_date_takes_out_what_ends_after_it():
    one = block([1.0, 2, 3, 4], fading(np.arange(4.0), 2.0))
    kept = one.until(2001.0)
    assert kept.values.tolist() == [1, 2]
    assert kept.correlation == pytest.approx(one.correlation[:2, :2])
    assert one.until(1999.0) is None


def test_a_link_is_undone():
    for link, values in (("log", [0.1, 5.0]), ("logit", [0.1, 0.95])):
        one = block(values, independent(2), link=link)
        assert one.unlinked(one.linked) == pytest.approx(values)


def test_errors_before_anything_is_seen_are_of_the_size_that_was_thought():
    one = block([1.0, 2.0], independent(2), freedom=8.0)
    drawn = one.before(40_000, np.random.default_rng(1))
    assert np.mean(drawn**2) == pytest.approx(one.scale**2 * 8 / 6, rel=0.03)
    errors = drawn * np.random.default_rng(2).standard_normal(len(drawn))
    assert stats.kstest(errors / one.scale, stats.t(8).cdf).pvalue > 0.01

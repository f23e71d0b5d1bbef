"""A price is told only where there is one, the frontier is efficient, and somebody is best."""

import numpy as np
import pytest

from upriver.experiments.costs.prices import (
    DOMINATED,
    NOTHING,
    PRICE,
    SAVES,
    TRADES,
    best,
    frontier,
    price,
    priced,
)


@pytest.mark.parametrize(
    ("cost", "gained", "kind", "value"),
    [
        (100.0, 2.0, PRICE, 50.0),
        (-100.0, 2.0, SAVES, None),
        (100.0, -2.0, DOMINATED, None),
        (100.0, 0.0, DOMINATED, None),
        (-100.0, -2.0, TRADES, 50.0),
        (-100.0, 0.0, SAVES, None),
        (0.0, 0.0, NOTHING, None),
    ],
)
def test_each_quarter_of_the_plane_has_its_word_and_no_price_is_negative(cost, gained, kind, value):
    assert price(cost, gained) == (kind, value)


def test_the_interval_of_a_price_is_that_of_its_draws_where_all_have_one():
    rng = np.random.default_rng(1)
    gained = np.full(4_000, 10.0)
    cost = rng.normal(1e6, 1e5, 4_000)
    found = priced(cost, gained)
    low, high = np.quantile(cost / 10, [0.025, 0.975])
    assert found.mean.value == pytest.approx(cost.mean() / 10)
    assert found.low.value == pytest.approx(low, rel=1e-3)
    assert found.high.value == pytest.approx(high, rel=1e-3)


def test_an_interval_that_reaches_over_zero_ends_in_words():
    rng = np.random.default_rng(2)
    found = priced(rng.normal(1e5, 2e5, 2_000), rng.normal(10, 1, 2_000))
    assert found.mean.kind == PRICE
    assert found.low.kind == SAVES
    assert found.high.kind == PRICE
    lost = priced(rng.normal(1e6, 1e5, 2_000), rng.normal(5, 5, 2_000))
    assert lost.high.kind == DOMINATED


def test_the_unit_of_what_is_gained_moves_the_price_as_declared():
    rng = np.random.default_rng(3)
    cost, gained = rng.normal(1e6, 3e5, 500), rng.normal(10, 2, 500)
    once, thousands = priced(cost, gained), priced(cost, gained / 1000, 1e8)
    for one, other in zip(once, thousands, strict=True):
        assert other.kind == one.kind
        assert other.value == pytest.approx(1000 * one.value)


def test_the_frontier_is_that_of_a_case_worked_by_hand():
    """B is dominated by C; D lies above the line from C to E and is dominated by extension."""
    means = {
        "A": (0.0, 0.0),
        "B": (120.0, 8.0),
        "C": (100.0, 10.0),
        "D": (220.0, 12.0),
        "E": (300.0, 20.0),
        "F": (900.0, 22.0),
    }
    found = frontier(means)
    assert [step.title for step in found] == ["A", "C", "E", "F"]
    assert [step.price for step in found] == [None, 10.0, 20.0, 300.0]


def test_prices_along_a_frontier_rise_and_nothing_lies_below_it():
    rng = np.random.default_rng(4)
    for _ in range(50):
        points = {str(i): tuple(rng.normal(size=2).tolist()) for i in range(8)}
        found = frontier(points)
        prices = [step.price for step in found[1:]]
        assert prices == sorted(prices)
        assert all(one > 0 for one in prices)
        for worth in (0.1, 1.0, 10.0):
            top = max(points, key=lambda name: worth * points[name][1] - points[name][0])
            assert top in {step.title for step in found}


def test_shares_of_being_best_sum_to_one_and_ties_are_shared():
    rng = np.random.default_rng(5)
    benefits = list(rng.normal(size=(4, 300)))
    assert sum(best(benefits)) == pytest.approx(1)
    assert best([benefits[0], benefits[0]]) == [0.5, 0.5]
    assert best([benefits[0], benefits[0] + 1]) == [0.0, 1.0]

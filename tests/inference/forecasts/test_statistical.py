"""What is forecast, the statistical forecasts and the ensemble: none knows what came after."""

import hashlib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from upriver.evidence.figures import series
from upriver.inference.forecasts.baselines import BASELINES, forecasts
from upriver.inference.forecasts.ensemble import MEMBERS, ensemble, shares, weights
from upriver.inference.forecasts.levels import AHEAD, KINDS, LEVELS, NEW, SUMS
from upriver.inference.forecasts.target import Target, target

MIDDLE = len(LEVELS) // 2
ORIGIN = 2020 * 12 + 5


def made_up(months: int = 133, growth: float = 0.0) -> Target:
    """Deaths by month that grow evenly: twelve months are a known number."""
    first = 2015 * 12
    by_month = 1000 * np.exp(growth * np.arange(-12, months))
    total = np.concatenate([[0.0], np.cumsum(by_month)])
    counted = {first - 12 + i: float(total[i + 1]) for i in range(len(by_month))}
    sums = total[13:] - total[1:-12]
    return Target(first, sums, counted | {first - 13: 0.0})


def test_twelve_months_of_a_year_are_its_final_count():
    years = series("deaths_synthetic")
    for year in range(2015, 2024):
        assert target().sum_to(year * 12 + 11) == pytest.approx(years.at(float(year)), rel=1e-9)
    assert target().sum_to(2024 * 12 + 11) == pytest.approx(years.at(2024.0), rel=0.01)


def test_what_is_counted_adds_up_to_the_sums():
    record = target()
    for month in range(record.first, record.last + 1):
        assert record.between(month - 12, month) == pytest.approx(record.sum_to(month), rel=1e-9)


def test_the_smoothing_that_ships_is_of_this_record():
    text = files("upriver").joinpath("data", "smoothed.csv").read_text()
    sums = ",".join(f"{value:.1f}" for value in target().sums)
    assert hashlib.sha256(sums.encode()).hexdigest() in text


@pytest.mark.parametrize("name", BASELINES)
def test_no_baseline_knows_what_came_after_its_origin(name):
    record = target()
    origins = range(ORIGIN - 2, ORIGIN + 1)
    sums, counted = record.sums.copy(), dict(record.counted)
    sums[ORIGIN + 1 - record.first :] *= 3
    for month in counted:
        if month > ORIGIN:
            counted[month] *= 3
    before = forecasts(name, record, origins)
    after = forecasts(name, replace(record, sums=sums, counted=counted), origins)
    for kind in KINDS:
        np.testing.assert_array_equal(before.quantiles[kind], after.quantiles[kind])


def test_the_trend_is_halved_every_six_months():
    record = made_up(growth=0.01)
    said = forecasts("damped_trend", record, range(record.last, record.last + 1))
    logs = np.log(said.quantiles[SUMS][0, :, MIDDLE]) - np.log(record.sum_to(record.last))
    assert logs[[5, 11, 17, 23]] == pytest.approx([0.06, 0.09, 0.105, 0.1125], rel=1e-9)


def test_where_nothing_changes_the_last_value_is_right_and_as_wide_as_the_least():
    record = made_up()
    said = forecasts("last_value", record, range(record.last - 24, record.last + 1))
    assert said.quantiles[SUMS][..., MIDDLE] == pytest.approx(12_000)
    months = 1000.0 * np.arange(1, AHEAD + 1)
    assert said.quantiles[NEW][0, :, MIDDLE] == pytest.approx(months)
    wide = np.log(said.quantiles[SUMS][0, 11, -1] / 12_000)
    assert wide == pytest.approx(0.03 * 2.326, rel=1e-3)


def test_who_was_nearer_weighs_more_and_at_first_all_are_alike():
    assert shares(np.array([[1.0, 3.0], [4.0, 4.0]])) == pytest.approx([2 / 3, 1 / 3])
    record, origins = target(), range(ORIGIN - 8, ORIGIN + 1)
    members = [forecasts(name, record, origins) for name in ("last_value", "damped_trend")]
    found = weights(members, record, SUMS)
    assert found.sum(axis=0) == pytest.approx(np.ones(found.shape[1:]))
    first_known = np.add.outer(-np.arange(len(origins)), np.arange(AHEAD)) >= 0
    assert found[:, first_known] == pytest.approx(0.5)
    assert np.all(np.abs(found[:, ~first_known] - 0.5) > 0)


def test_the_ensemble_lies_between_its_members():
    record = target()
    origins = range(2019 * 12, 2019 * 12 + 30)
    names = [name for name in MEMBERS if name in BASELINES]
    members = [forecasts(name, record, origins) for name in names]
    said = ensemble(members, record)
    for kind in KINDS:
        each = np.array([one.quantiles[kind] for one in members])
        assert np.all(said.quantiles[kind] >= each.min(axis=0) * (1 - 1e-12))
        assert np.all(said.quantiles[kind] <= each.max(axis=0) * (1 + 1e-12))


def test_the_ensemble_weighs_by_what_was_known_at_its_origin():
    record = target()
    origins = range(ORIGIN - 30, ORIGIN + 1)
    members = [forecasts(name, record, origins) for name in ("last_value", "damped_trend")]
    sums = record.sums.copy()
    sums[ORIGIN + 1 - record.first :] *= 3
    before, after = ensemble(members, record), ensemble(members, replace(record, sums=sums))
    np.testing.assert_array_equal(before.quantiles[SUMS], after.quantiles[SUMS])

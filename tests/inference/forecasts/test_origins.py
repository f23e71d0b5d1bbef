"""Hindcasts: nothing is known after an origin; a stopped pass ends as if it had not been."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.core.time import step_of
from upriver.inference.advance import Effort
from upriver.inference.calibrate import Plan
from upriver.inference.forecasts.hindcast import BEHIND, Pass, hindcasts, model_at
from upriver.inference.forecasts.levels import AHEAD
from upriver.inference.forecasts.origin import FORESEEN, SHOCK, AtOrigin
from upriver.inference.forecasts.ours import counted
from upriver.inference.forecasts.target import target
from upriver.inference.forecasts.years import is_done, joined, of_years, remove_parts, spans
from upriver.inference.likelihood import recorded
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns

FIRST = 2001 * 12 + 11
START = Plan(
    starts=1, particles=6, warm=2, keep=2, learning=2, learned=2, looks=1, draws=6, snapshots=1
)
FEW = Effort(leaps=1, more=1, settle=1, looks=1)
SHORT = Pass(first=FIRST, last=FIRST + 1, moves=FEW, start=START)


@pytest.fixture(scope="module")
def at_2020():
    return AtOrigin(rival("together"), 2028.0, cut=2020.0)


def test_histories_stay_where_they_were_at_the_origin(at_2020):
    usual = Unknowns(rival("together"), 2028.0).base
    last = int(step_of(2020.0))
    varied = 0
    for path, column in usual.columns.items():
        held = at_2020.base.columns[path]
        if column.shape[1] == 1:
            np.testing.assert_array_equal(held, column)
            continue
        np.testing.assert_array_equal(held[:, : last + 1], column[:, : last + 1])
        if path not in FORESEEN:
            assert np.ptp(held[:, last:], axis=1) == pytest.approx(0.0, abs=0.0), path
            varied += bool(np.ptp(column[:, last:]))
    assert varied > 20


def test_a_shock_begins_in_any_year_with_the_same_chance(at_2020):
    from scipy.special import ndtri

    chances = (np.arange(100_000) + 0.5) / 100_000
    begins = at_2020.value(SHOCK, ndtri(chances))
    assert begins.min() >= 2014.0
    left = [np.mean(begins >= 2014 + year) for year in range(16)]
    yearly = 1 - np.array(left[1:]) / np.array(left[:-1])
    assert yearly == pytest.approx(np.full(15, 1 - np.exp(-0.1)), abs=2e-3)


def test_what_was_moved_by_hand_is_half_as_wide_again(at_2020):
    usual = Unknowns(rival("together"), 2028.0)
    z = np.array([-1.0, 0.0, 1.0])
    path = "supply.market.elasticity"
    assert at_2020.value(path, z) == pytest.approx(usual.value(path, 1.5 * z))
    other = "people.housing.seeking"
    assert at_2020.value(other, z) == pytest.approx(usual.value(other, z))


def test_every_origin_has_the_same_unknowns():
    whole, last = recorded(), 2026 * 12
    models = [model_at(month, whole, last) for month in (FIRST, 2020 * 12, last)]
    assert len({model.unknowns.names for model in models}) == 1
    sizes = [model.likelihood.size for model in models]
    assert sizes == sorted(set(sizes))


def test_months_on_record_count_as_recorded():
    record, month = target(), 2022 * 12 + 3
    ahead = np.array([[record.between(month + k, month + k + 1) for k in range(AHEAD)]])
    sums, new = counted(ahead, record, month)
    for k in range(1, AHEAD + 1):
        assert sums[0, k - 1] == pytest.approx(record.sum_to(month + k))
        assert new[0, k - 1] == pytest.approx(record.between(month, month + k))


@pytest.fixture(scope="module")
def whole_pass():
    return hindcasts(SHORT, seed=3)


def test_a_pass_says_what_runs_have_around_each_origin(whole_pass):
    assert [one.shape for one in whole_pass.months] == [(6, BEHIND + AHEAD)] * 2
    assert np.all(np.array(whole_pass.months) > 0)
    assert 0 < whole_pass.effective[1] <= 1


def test_a_pass_that_was_stopped_goes_on_to_the_same_draws(whole_pass, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(what, done, total):
        if what == "origins" and done == 2:
            raise StoppedError

    part = tmp_path / "pass.npz"
    with pytest.raises(StoppedError):
        hindcasts(SHORT, seed=3, progress=stop, part=part)
    found = hindcasts(SHORT, seed=3, part=part)
    for one, other in zip(found.months, whole_pass.months, strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(InputError, match="is not the state of these hindcasts"):
        hindcasts(replace(SHORT, moves=replace(FEW, leaps=2)), seed=3, part=part)


def test_years_in_shares_are_the_bytes_of_one_after_the_other(tmp_path):
    two_years = replace(SHORT, last=FIRST + 2)
    assert spans(two_years) == {"2001": (FIRST, FIRST), "2002": (FIRST + 1, FIRST + 2)}
    known = of_years(("2001", "2002"), tmp_path / "one.npz", two_years, 3)
    parted = tmp_path / "parted.npz"
    for year in ("2002", "2001"):
        assert not is_done(parted, year, two_years)
        of_years((year,), parted, two_years, 3)
        assert is_done(parted, year, two_years)
    found = of_years(("2001", "2002"), parted, two_years, 3)
    one, other = (joined(tuple(years.values())) for years in (known, found))
    assert (one.first, other.first, len(one.months)) == (FIRST, FIRST, 3)
    for name in ("months", "scale", "effective"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    remove_parts(parted, two_years)
    assert {file.name for file in tmp_path.iterdir()} == {
        f"one.{year}.part{end}.npz" for year in (2001, 2002) for end in ("", ".start")
    }


def test_the_years_hold_every_origin_once():
    found = [month for a, b in spans(Pass()).values() for month in range(a, b + 1)]
    assert found == list(range(Pass().first, Pass().last + 1))

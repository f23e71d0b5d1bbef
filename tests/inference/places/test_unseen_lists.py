"""Which states are asked what they had not seen: the lists as they were fixed before any answer."""

import numpy as np

from upriver.inference.places.unseen.listed import folds, months_of, whole, with_deaths
from upriver.inference.places.unseen.peaks import inside, recorded_turn, sums, turns

WITH_DEATHS = (
    "AL AR AZ CA CO CT DC DE FL GA IL IN KS KY LA MA MD ME MI MN MO MS NC NH NJ NM NV NY OH OK OR "
    "PA RI SC TN TX UT VA VT WA WI WV"
)
WHOLE = (
    "AL AZ CA CO CT DC DE FL GA IL IN KY LA MA MD ME MI MN MO NC NH NJ NM NY OH OR PA SC TN TX VA "
    "WA WI WV"
)


def test_the_lists_are_those_that_were_fixed():
    assert set(with_deaths()) == set(WITH_DEATHS.split())
    assert set(whole()) == set(WHOLE.split())


def test_folds_hold_each_state_once():
    dealt = folds(with_deaths())
    assert sorted(code for fold in dealt for code in fold) == sorted(with_deaths())
    assert {len(fold) for fold in dealt} == {4, 5}


def test_peaks_and_falls_are_those_of_sums_of_twelve_months():
    months = np.concatenate([np.full(24, 10.0), np.full(12, 20.0), np.full(24, 5.0)])[None]
    assert sums(months)[0, :13].tolist() == [120.0] * 13
    at, fall = turns(months)
    assert at[0] == 35
    assert np.exp(fall[0]) == 60 / 240


def test_ohio_peaked_in_april_2021_and_arizona_has_not_peaked():
    ohio = recorded_turn("OH")
    assert 2016 + ohio.month / 12 == 2021.25
    assert not ohio.unfinished
    assert recorded_turn("AZ").unfinished


def test_withheld_months_are_a_range():
    low, high = months_of("WY")
    assert (low <= high).all()
    assert (high - low).max() == 9


def test_what_lies_between_the_5_and_95_percent_is_held():
    draws = np.arange(101.0)
    assert inside(draws, 50)
    assert inside(draws, 6)
    assert not inside(draws, 3)
    assert inside(np.zeros(10), 0)

"""What a fit sees of a state: each death once, what is withheld as such, and the rest as ratios."""

import numpy as np
import pytest

from upriver.inference.places.pooling import LAB_YEAR, LAB_YEAR_FROM
from upriver.inference.places.record import BUPRENORPHINE, DISORDER, FIRST_MONTHS, seen_of
from upriver.policy.places.part import part_of, weighted


def counts(code: str):
    return {one.name: one for one in seen_of(code).counts}


def test_each_death_with_synthetic_opioids_counts_once():
    found = counts("OH")
    years, months = found["T40.4, years"], found["T40.4, months"]
    assert years.ends.max() == FIRST_MONTHS == months.starts.min()
    assert np.all(np.diff(months.starts) > 0)
    assert months.values[60:72].sum() == pytest.approx(4189, abs=60)  # 2021: state's own, residents


def test_most_months_of_wyoming_are_withheld_and_none_of_ohio():
    assert counts("WY")["T40.4, months"].withheld.mean() > 0.9
    assert not counts("OH")["T40.4, months"].withheld.any()


@pytest.mark.parametrize("code", ["PA", "LA"])
def test_states_that_provisional_counts_leave_out_have_months(code: str):
    assert counts(code)["T40.4, months"].withheld.mean() < 0.2


def test_other_opioids_are_no_more_than_any_opioid_and_never_negative():
    for code in ("OH", "WV", "WY", "CA"):
        assert np.all(counts(code)["other opioids, years"].values >= 0)


def test_ratios_are_about_one_over_the_country_and_far_from_it_in_some_states():
    people = {code: seen_of(code).part[0, 400] for code in ("WV", "OH", "CA")}
    assert 0.004 < people["WV"] < 0.006
    ratio = {code: {one.output: one.values for one in seen_of(code).ratios} for code in people}
    assert np.all(ratio["WV"][BUPRENORPHINE] > 4)
    assert np.all(ratio["CA"][BUPRENORPHINE] < 0.5)
    assert 0.9 < ratio["OH"][DISORDER][0] < 1.2


def test_the_countrys_rate_of_prescribing_is_what_was_published():
    when, rate = weighted("prescribing")
    assert float(np.interp(2023.5, when, rate)) == pytest.approx(0.375, abs=0.002)


def test_laboratories_saw_fentanyl_in_ohio_before_they_did_in_california():
    ohio, california = (seen_of(code).covariates[LAB_YEAR] for code in ("OH", "CA"))
    assert ohio == 2014 - LAB_YEAR_FROM
    assert ohio < california


def test_a_state_has_its_own_history_of_prescribing_and_of_people_without_a_home():
    relative = part_of("CA").relative
    assert np.all(relative["people.housing.homeless"] > 1.2)
    assert np.all(relative["people.prescribing.patients"] < 0.8)

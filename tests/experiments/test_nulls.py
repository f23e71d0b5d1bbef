"""Nulls are null and controls work, by rules that are not bent, and each can fail."""

import numpy as np
import pytest

from upriver.evidence.effects import effect
from upriver.evidence.figures import series
from upriver.experiments import controls, nulls
from upriver.experiments.trial import DRAWS, Trial, is_met, ran, trial

KNOWN_MISSES = {
    "course of patients",
    "what the waiver's end did",
    "half as many kits again",
}
"""Checks that the fit fails; docs/nulls.md says why. One that comes to be met leaves the list."""


@pytest.fixture(scope="module")
def found() -> dict[str, Trial]:
    return {one.name: one for one in (*nulls.nulls(DRAWS), *controls.controls(DRAWS))}


def test_every_check_that_has_a_second_look_fails_when_its_mechanism_is_changed(found):
    looked = [one for one in found.values() if one.other is not None]
    assert len(looked) == 10
    assert all(one.other_met is False and one.can_fail for one in looked)
    assert {one.name for one in controls.controls(4)} <= {one.name for one in looked}


def test_what_is_missed_is_what_the_documentation_says_is_missed(found):
    assert {one.name for one in found.values() if not one.holds} == KNOWN_MISSES


def test_inputs_are_those_recorded_and_patients_are_no_input(found):
    prescribers = series("buprenorphine_prescribers")
    for one, value in zip(nulls.inputs(DRAWS), prescribers.values, strict=True):
        assert one.recorded == value
        assert one.found[1] == pytest.approx(value, rel=0.01)
        assert one.name not in found
    assert found["patients after the waiver"].found[0] < found["patients after the waiver"].found[2]


def test_the_waivers_end_adds_prescribers_and_no_patient_is_lost_by_it(found):
    low, middle, high = found["what the waiver's end did"].found
    assert 0 <= low <= middle < 1
    assert high < 7
    assert found["what the waiver's end did"].other[0] > 3


def test_the_package_is_as_published_no_wider_and_only_what_was_measured_in_services(found):
    one = found["HEALing Communities"]
    assert one.allowed == (effect("healing_deaths").low, effect("healing_deaths").high)
    assert one.found[2] - one.found[0] < one.allowed[1] - one.allowed[0]
    assert one.found[1] < 1
    assert one.fails_by_width


def test_nothing_differs_before_prescribers_are_held():
    acted, held = nulls._waiver(4, None, 42158.0)
    before = acted.values[:, :, : 24 * 16] == held.values[:, :, : 24 * 16]
    assert before.all()
    assert held.mean(nulls.PRESCRIBERS, 2023.5, 2023.75) == pytest.approx(42158.0)


def test_deaths_out_of_treatment_are_those_in_it_times_the_risk_that_it_takes_away():
    outputs = [
        f"people.{name}"
        for group in controls.GROUPS
        for name in (
            f"stocks.untreated[{group}]",
            f"overdose.deaths_untreated[{group}]",
            f"mortality.untreated[{group}]",
            f"stocks.treated[{group},methadone]",
            f"overdose.deaths_treated[{group},methadone]",
            f"mortality.treated[{group},methadone]",
        )
    ]
    run = ran(outputs, 4, until=2016)
    alone = controls.out_to_in(run, "methadone", overdose_alone=True)
    assert np.all(alone > 1 / 0.295 - 0.5)
    assert np.all(controls.out_to_in(run, "methadone", overdose_alone=False) < alone)


def test_the_first_weeks_are_as_steep_as_the_multiple_where_they_are_the_whole_period():
    held = {
        controls.MULTIPLE: 5.0,
        "people.reentry.period": 2 * controls.WEEK,
        "people.reentry.medication_effect": 0.0,
    }
    run = ran([nulls.DEATHS], 2, held=held, until=2000)
    assert controls.first_weeks(run) == pytest.approx(np.full(2, 5.0))


@pytest.mark.parametrize(
    ("rule", "values", "met"),
    [
        ("median", [0, 2, 9], True),
        ("median", [2, 4, 2.5], True),
        ("median", [4, 4, 2], False),
        ("interval", [1.2, 2, 2.8], True),
        ("interval", [1.2, 2, 9], False),
        ("overlap", [2.8, 3.2, 4], True),
        ("overlap", [0, 2, 9], False),
        ("overlap", [4, 4.2, 5], False),
        ("sign", [2, 2, 2], True),
        ("sign", [2, 2, 1], False),
    ],
)
def test_rules_are_what_they_say(rule, values, met):
    assert is_met(np.array(values, dtype=float), rule, (1.0, 3.0)) is met


def test_a_second_look_that_overlaps_and_is_too_wide_fails_by_its_width_alone():
    good, wide, away = (np.array(ends, dtype=float) for ends in ([2, 2, 2], [0, 2, 9], [7, 8, 9]))
    looks = {"wide": wide, "away": away, "good": good}
    found = {
        name: trial("a", "b", "overlap", (1, 3), good, sources=(), other=other).fails_by_width
        for name, other in looks.items()
    }
    assert found == {"wide": True, "away": False, "good": False}


def test_a_check_that_is_met_whatever_is_changed_does_not_hold():
    values = np.array([2.0, 2.0])
    empty = trial("a", "b", "median", (1, 3), values, sources=(), changed="c", other=values)
    assert empty.met
    assert not empty.can_fail
    assert not empty.holds

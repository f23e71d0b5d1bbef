"""What a program makes is held to what a file could say; no number that is none goes in."""

import pytest

from upriver.core.errors import InputError
from upriver.policy.apply import table
from upriver.policy.changes import Change, pull
from upriver.policy.levers import levers
from upriver.policy.scenario import Ahead, Scenario

NAN, INF = float("nan"), float("inf")
WITNESSED, KITS = "people.response.witnessed", "people.response.kits"
GOOD = {"acts_on": (WITNESSED,), "operation": "add", "amount": 0.1, "start": 2026.0, "years": 1.0}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start", 2050, "not a year of the run"),
        ("start", 1990, "not a year of the run"),
        ("start", NAN, "start of the change of 'own' should be a number"),
        ("amount", NAN, "amount of the change of 'own' should be a number"),
        ("amount", INF, "should be a number"),
        ("amount", "0.1", "should be a number"),
        ("amount", True, "should be a number"),
        ("years", NAN, "should be a number"),
        ("years", -1, "cannot be"),
        ("years", 34, "cannot be"),
        ("operation", "multiply", "operation 'multiply' does not exist"),
        ("acts_on", (), "acts_on should be"),
        ("acts_on", WITNESSED, "acts_on should be"),
    ],
)
def test_a_change_that_no_file_could_hold_is_refused(field, value, words):
    with pytest.raises(InputError, match=words):
        Change(**{**GOOD, field: value}, label="own")
    assert Change(**GOOD, label="own").start == 2026.0


def test_a_lever_may_be_pulled_beyond_its_range_but_not_by_what_is_no_number():
    of = levers()["naloxone_kits"]
    assert pull(of, 2 * of.most).amount == 2 * of.most
    with pytest.raises(InputError, match="should be a number"):
        pull(of, NAN)
    with pytest.raises(InputError, match="not a year of the run"):
        pull(of, 0.5, start=2050)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "needs either hold=True or an end_value"),
        ({"end_year": 2030}, "needs either hold=True or an end_value"),
        ({"end_value": NAN}, "end_value should be a number"),
        ({"end_value": 1.0, "end_year": NAN}, "end_year should be a number"),
        ({"hold": True, "end_value": 1.0}, "not both"),
    ],
)
def test_a_projection_that_no_file_could_hold_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        Ahead(**given)


@pytest.mark.parametrize("year", [2010, 2020, 2101])
def test_a_projection_ends_after_it_begins(year):
    scenario = Scenario("x", projections={KITS: Ahead(end_value=1e6, end_year=year)})
    with pytest.raises(InputError, match=f"end_year of {KITS} is not a year of the projection"):
        table(scenario)


def test_a_projection_is_an_ahead_and_all_is_held():
    with pytest.raises(InputError, match="should be an Ahead"):
        Scenario("x", projections={KITS: "hold"})  # type: ignore[dict-item]
    with pytest.raises(InputError, match="all drivers should be held"):
        Scenario("x", projections={"all": Ahead(end_value=1.0)})

"""What holds in some states alone: whole there, none elsewhere, in the country in part."""

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.evidence.places import STATES
from upriver.policy.apply import prepare, table
from upriver.policy.changes import Change
from upriver.policy.chosen import fitted
from upriver.policy.having import changes_in, in_part, part, said, without_parts
from upriver.policy.scenario import parse_scenario, read_scenario
from upriver.policy.written import to_yaml

NAME = "medicaid_expansion_ended"
SEEKING = "people.treatment.seeking_rate"
WHAT = "medicaid_expansion"


def test_a_state_has_it_or_not_and_the_country_in_part():
    assert (part(WHAT, 2026, "OH"), part(WHAT, 2026, "TX")) == (1, 0)
    assert (part(WHAT, 2019, "VA"), part(WHAT, 2018, "VA")) == (1, 0)
    assert part(WHAT, 2013) == 0
    assert 0.70 < part(WHAT, 2026) < 0.74
    assert sum(part(WHAT, 2026, code) for code in STATES) == 41


def test_the_part_of_the_country_is_that_of_its_people():
    ones = [code for code in STATES if part(WHAT, 2014, code)]
    assert {"CA", "OH"} <= {*ones}
    assert not {"VA", "TX", "FL"} & {*ones}
    assert len(ones) / len(STATES) != pytest.approx(part(WHAT, 2014), abs=0.005)


def test_the_country_has_a_part_of_a_change():
    scenario, base = read_scenario(NAME), read_scenario("base")
    usual, country = (table(one, 6).columns[SEEKING] for one in (base, scenario))
    assert changes_in(scenario, "OH") == scenario.changes
    assert changes_in(scenario, "TX") == ()
    plain = table(without_parts(scenario), 6).columns[SEEKING]
    np.testing.assert_array_equal(plain, usual)
    fewer = 1 - country[:, -1] / usual[:, -1]
    (change,) = scenario.changes
    drawn = -change.amounts(fitted().places[:6])
    assert len({*drawn.tolist()}) == 6
    np.testing.assert_allclose(fewer, drawn * part(WHAT, 2026), rtol=1e-9)
    before = country[:, : 27 * 16 + 1]
    np.testing.assert_array_equal(before, np.broadcast_to(usual[:, -1:], before.shape))


def test_what_holds_in_part_is_said_of_the_country_and_of_a_state_without():
    scenario = read_scenario(NAME)
    (of_all,) = said(scenario)
    assert "41 of 51" in of_all
    assert "72% of people" in of_all
    assert of_all in prepare(scenario, 4).remarks
    assert not [*said(scenario, "OH")]
    (none,) = said(scenario, "TX")
    assert "By 2026 there was no Medicaid expansion in Texas" in none
    assert not [*said(read_scenario("naloxone_doubled"))]


def test_it_is_written_and_read_again():
    scenario = read_scenario(NAME)
    again = parse_scenario(to_yaml(scenario))
    assert again.changes == scenario.changes
    assert again.changes[0].having == WHAT
    assert in_part(again).changes[0].amount == pytest.approx(-0.08 * part(WHAT, 2026))
    assert in_part(read_scenario("base")) == read_scenario("base")


def test_a_law_in_a_scenario_of_ones_own_holds_where_it_was_before():
    text = """
schema: 2
title: mine
changes:
  - {handle: naloxone_kits, by: 1, having: good_samaritan_law, from: 2012}
"""
    (change,) = parse_scenario(text).changes
    assert change.having == "good_samaritan_law"
    assert 0 < part(change.having, change.start) < part(change.having, 2026)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("{lever: naloxone_kits, by: 0.5, having: naloxone_law}", "not a lever"),
        ("{acts_on: people.response.kits, to: 5, having: naloxone_law}", "goes with 'by'"),
        (
            "{acts_on: people.response.kits, operation: add, by: 5, having: naloxone_law}",
            "scale, close",
        ),
        (
            "{acts_on: people.market.strength, operation: scale, by: 0.1, having: naloxone_law}",
            "what states have of their own",
        ),
        ("{handle: naloxone_kits, by: 1, having: medicaid}", "medicaid_expansion"),
        ("{handle: naloxone_kits, by: 1, having: [OH]}", "having"),
    ],
)
def test_where_it_does_not_go_is_an_error_with_its_line(change, told):
    with pytest.raises(InputError, match="line 4") as error:
        parse_scenario(f"schema: 2\ntitle: mine\nchanges:\n  - {change}\n")
    assert told in str(error.value)


def test_python_may_say_no_more_than_a_file():
    for bad in (
        {"operation": "replace", "amount": 0.5},
        {"operation": "scale", "amount": 0.5, "lever": "naloxone_kits"},
        {"operation": "scale", "amount": 0.5, "having": "medicaid"},
    ):
        given = {"having": WHAT, **bad}
        with pytest.raises(InputError):
            Change(acts_on=(SEEKING,), start=2026, years=0, label="x", **given)


def test_a_parameter_that_another_change_moves_too_is_refused():
    text = f"""
schema: 2
title: mine
changes:
  - {{acts_on: {SEEKING}, operation: scale, by: -0.5, having: {WHAT}, over: 0}}
  - {{acts_on: {SEEKING}, operation: scale, by: 0.1, from: 2030, over: 0}}
"""
    with pytest.raises(InputError, match="changed twice, once in states that have Medicaid"):
        prepare(parse_scenario(text), 4)

"""Where a scenario says two things of one parameter, which of them is left is told and is so."""

import numpy as np
import pytest

from upriver.core.errors import TimeProblem
from upriver.policy.apply import prepare
from upriver.policy.scenario import Ahead, Scenario, parse_scenario

KITS = "people.response.kits"
WITNESSED = "people.response.witnessed"
HEAD = "schema: 2\ntitle: test\nworld: reference\n"


def made(body: str):
    return prepare(parse_scenario(HEAD + body))


def course(body: str, path: str) -> np.ndarray:
    return made(body).table.wide(path)[0]


def test_a_driver_that_is_named_wins_over_all_in_any_order():
    named = {KITS: Ahead(end_value=2_000_000.0), "all": Ahead(hold=True)}
    other = dict(reversed(named.items()))
    one, two = (prepare(Scenario("x", projections=p)).table for p in (named, other))
    assert one.digest() == two.digest()
    assert (
        one.wide(KITS)[0, -1]
        != prepare(Scenario("x", projections={"all": Ahead(hold=True)})).table.wide(KITS)[0, -1]
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_same_is_so_in_a_file(order):
    lines = ["  all: hold\n", f"  {KITS}: {{end_value: 2000000}}\n"]
    body = "projections:\n" + "".join(lines[i] for i in order)
    assert course(body, KITS)[-1] > 1.5e6


def test_a_change_of_what_is_set_says_from_where_it_goes_on():
    body = f"set: {{{WITNESSED}: 0.4}}\nchanges:\n  - {{acts_on: {WITNESSED}, "
    scale = body + "operation: scale, by: 0.5, from: 2026, over: 0}\n"
    (told,) = made(scale).remarks
    assert told.startswith(f"{WITNESSED} is set to 0.4 and changed too: the setting holds, and")
    assert course(scale, WITNESSED)[-1] == pytest.approx(0.6)
    whole = body + "to: 0.7, from: 1999, over: 0}\n"
    (told,) = made(whole).remarks
    assert "so the setting is idle" in told
    assert set(course(whole, WITNESSED)) == {0.7}
    later = body + "to: 0.7, from: 2026, over: 2}\n"
    assert "has replaced it from 2028 on" in made(later).remarks[0]
    early = body + "operation: scale, by: 0.5, from: 1999, over: 0}\n"
    assert "in the whole run" in made(early).remarks[0]


SCALE = f"  - {{acts_on: {WITNESSED}, operation: scale, by: 0.2, from: 2026, over: 1}}\n"
REPLACE = f"  - {{acts_on: {WITNESSED}, to: 0.7, from: 2028, over: 1}}\n"


def test_a_replacement_that_erases_an_earlier_change_says_so():
    (told,) = made("changes:\n" + SCALE + REPLACE).remarks
    assert "replaces what both act on: from 2029 on nothing is left of the first" in told
    assert WITNESSED in told
    alone, both = (course("changes:\n" + b, WITNESSED) for b in (REPLACE, SCALE + REPLACE))
    gone = (2029 - 1999) * 16
    assert (alone[gone:] == both[gone:]).all()
    assert (alone[:gone] != both[:gone]).any()


def test_what_acts_on_the_replacement_needs_no_word():
    body = "changes:\n" + REPLACE + SCALE.replace("2026", "2030")
    assert made(body).remarks == ()
    again = REPLACE.replace("0.7", "0.8").replace("2028", "2030")
    assert made("changes:\n" + REPLACE + again).remarks == ()


LOGISTICS = "supply.precursors.logistics"


def pulse(start: float, years: float) -> Scenario:
    line = {"acts_on": LOGISTICS, "operation": "pulse", "by": -0.5, "from": start, "over": years}
    return parse_scenario({"schema": 2, "title": "x", "world": "whole", "changes": [line]})


def test_a_pulse_acts_in_whole_steps_and_says_so():
    short = prepare(pulse(2026, 0.03))
    assert "It acts in the one step of the model" in short.remarks[0]
    assert "0.0625 years from 2026" in short.remarks[0]
    without = prepare(Scenario("x", world="whole")).table.wide(LOGISTICS)
    assert int((short.table.wide(LOGISTICS) != without).sum()) == 1
    assert "no step of the model begins in that time" in prepare(pulse(2026.01, 0.03)).remarks[0]
    assert prepare(pulse(2026, 1)).remarks == ()
    assert prepare(pulse(2026.01, 1)).remarks == ()


def test_a_pulse_without_length_is_refused():
    with pytest.raises(TimeProblem, match="pulse over 0 years"):
        pulse(2026, 0)

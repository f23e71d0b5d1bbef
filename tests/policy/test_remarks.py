"""Where nothing was done, or less than a scenario says, a run tells."""

import pytest

from upriver.core.parameters import parameters
from upriver.policy import having
from upriver.policy.apply import prepare
from upriver.policy.draws import posterior
from upriver.policy.having import is_in_part
from upriver.policy.scenario import parse_scenario, read_scenario, shipped
from upriver.system.world import World

HEAD = "schema: 1\ntitle: test\n"


def said(body: str, draws: int = 0, world: str = "") -> str:
    """All remarks on a scenario."""
    text = HEAD + (f"world: {world}\n" if world else "") + body
    return " ".join(prepare(parse_scenario(text), draws).remarks)


def change(line: str) -> str:
    return f"changes:\n  - {{{line}}}\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("handle: relapse, by: 0", "its amount is 0"),
        ("handle: relapse, by: -0.5, from: 2031.99, over: 0", "nothing can follow"),
        ("handle: relapse, by: -0.5, from: 2031.95, over: 0", "nothing can follow"),
        ("handle: relapse, by: -0.5, from: 2032, over: 3", "nothing can follow"),
        ("handle: relapse, by: -0.5, from: 2031.9375, over: 1", "nothing can follow"),
        ("acts_on: people.response.witnessed, operation: close, by: 0", "amount is 0"),
        (
            "acts_on: supply.precursors.logistics, operation: pulse, by: -0.5, from: 2026.01, "
            "over: 0.02",
            "between two steps",
        ),
    ],
)
def test_a_change_that_moves_nothing_says_why(line, words):
    told = said(change(line))
    assert "moves nothing" in told
    assert words in told


def test_the_last_step_can_still_be_moved():
    assert said(change("handle: relapse, by: -0.5, from: 2031.9375, over: 0")) == ""


def test_a_change_to_the_present_value_moves_nothing():
    path = "supply.pills.mark"
    value = parameters()[path].value
    assert "is there without it" in said(change(f"acts_on: {path}, to: {value!r}"))


def test_a_setting_to_the_present_value_moves_nothing_unless_draws_vary_it():
    published = posterior()[0][0]
    for path in ("people.response.witnessed", published):
        body = f"world: reference\nset:\n  {path}: {parameters()[path].value!r}\n"
        assert "the setting moves nothing" in said(body)
        assert ("the setting moves nothing" in said(body, draws=5)) == (path != published)
    assert said("set:\n  people.response.witnessed: 0.4321\n") == ""


def test_a_setting_of_what_was_fitted_always_moves_something():
    path = "people.dose.spread"
    assert said(f"set:\n  {path}: {parameters()[path].value!r}\n") == ""


def test_a_projection_to_its_own_end_moves_nothing():
    path = "people.response.kits"
    end = parameters()[path].projection.end_value
    assert "which moves nothing" in said(f"projections:\n  {path}: {{end_value: {end!r}}}\n")
    assert said(f"projections:\n  {path}: {{end_value: {end * 1.1!r}}}\n") == ""


def test_a_projection_of_what_is_held_moves_nothing():
    path = "people.response.kits"
    told = said(f"set:\n  {path}: 1000\nprojections:\n  {path}: hold\n")
    assert told == f"{path} is held by a setting in all years, so its projection moves nothing."


def test_a_date_without_changes_of_its_own_moves_nothing():
    told = said("based_on: collapse_linked\nfrom: 2028\nover: 2\n")
    assert told.startswith("`from` and `over` at the top are for the scenario's own changes")
    assert said("from: 2027\n" + change("handle: relapse, by: -0.5")) == ""


def test_a_ramp_that_ends_after_the_run_says_how_far_it_gets():
    told = said(change("handle: relapse, by: -0.5, from: 2030, over: 8"))
    assert "it grows to 2038, after the run; when 2032 begins it is 25 % there" in told
    assert said(change("handle: relapse, by: -0.5, from: 2029, over: 3")) == ""


def test_changes_that_end_together_are_told_together():
    body = "from: 2030\nover: 4\nchanges:\n" + "".join(
        f"  - {{handle: {name}, by: 0.1}}\n"
        for name in ("relapse", "witnessing", "naloxone_kits", "calling_for_help")
    )
    (told,) = prepare(parse_scenario(HEAD + body)).remarks
    assert told.startswith("Each change of 'relapse', 'witnessing' and 2 more: it grows to 2034")


@pytest.mark.parametrize(
    ("start", "words"), [(2026, "one step later than `over: 0`"), (2026.01, "as with `over: 0`")]
)
def test_a_ramp_shorter_than_a_step_says_what_it_is(start, words):
    told = said(change(f"handle: relapse, by: -0.5, from: {start}, over: 0.01"))
    assert "less than a step of the model (1/16 year)" in told
    assert words in told


@pytest.mark.parametrize(("start", "later"), [(2026, 1), (2026.01, 0)])
def test_what_is_said_of_a_short_ramp_is_so(start, later):
    body = "handle: naloxone_kits, by: 0.5, from: {}, over: {}"
    short, step = (
        prepare(parse_scenario(HEAD + change(body.format(start, over)))).table.wide(
            "people.response.kits"
        )[0]
        for over in (0.01, 0)
    )
    assert int((short != step).sum()) == later


def test_a_scenario_that_runs_in_another_world_than_it_was_written_for_says_so():
    constant = read_scenario("constant")
    (told,) = prepare(constant, 0, World.whole()).remarks
    assert "written for the world `reference`" in told
    assert prepare(constant).remarks == ()


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_ships_needs_no_remark(name):
    """Save on what holds in some states alone, of which the country has a part."""
    scenario = read_scenario(name)
    assert prepare(scenario, 50).remarks == tuple(having.said(scenario))
    assert is_in_part(scenario) is (name == "medicaid_expansion_ended")

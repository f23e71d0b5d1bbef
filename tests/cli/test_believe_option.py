"""`--believe`: only draws in which it holds run, and every result says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from command_line import Command

from upriver.policy.apply import table
from upriver.policy.changes import pull
from upriver.policy.chosen import believe, fitted, use_fit
from upriver.policy.fitted import SHIPPED, read
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario, read_scenario

PATH = "supply.market.elasticity"


@pytest.fixture(autouse=True)
def _all_again() -> Iterator[None]:
    yield
    believe([])
    use_fit(None)


def test_draws_in_which_it_does_not_hold_are_left_out() -> None:
    every = read(SHIPPED)
    middle = float(np.median(every.constants[PATH]))
    believe([f"{PATH} > {middle}", "explanation = controls"])
    left = fitted()
    kept = (every.constants[PATH] > middle) & (np.array(every.rival) == "controls")
    assert left.draws == kept.sum()
    np.testing.assert_array_equal(left.constants[PATH], every.constants[PATH][kept])
    np.testing.assert_array_equal(left.left, every.left[kept])
    assert 0 <= left.said["central"] < left.draws
    assert f"{left.draws} of 1,000 draws in which {PATH} > " in left.own


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_signs_are_what_they_say(sign: str) -> None:
    every = read(SHIPPED).constants[PATH]
    believe([f"{PATH}{sign}{every[3]}"])
    kept = {"<": every < every[3], "<=": every <= every[3], ">": every > every[3]}.get(
        sign, every >= every[3]
    )
    assert fitted().draws == kept.sum()


def test_results_say_what_is_believed_and_how_many_draws_are_left(
    command: Command, tmp_path: Path
) -> None:
    ended = command("compare", "base", "collapse_linked", "--believe", "explanation = controls")
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert "167 of 1,000 draws in which explanation = controls" in said
    (report,) = tmp_path.glob("*.html")
    assert "believing-explanation" in report.name
    assert "in which explanation = controls" in report.read_text(encoding="utf-8")


def test_no_more_draws_run_than_a_belief_leaves(command: Command) -> None:
    ended = command("run", "--believe", "explanation = controls", "--json", "--no-files")
    found = json.loads(ended.out)
    assert found["draws"] == 167
    assert "explanation = controls" in found["provenance"]["fit"]
    ended = command("run", "--believe", "explanation = controls", "--draws", "200", "--no-files")
    assert ended.code == 2
    assert "1 to 167" in ended.err


@pytest.mark.parametrize(
    ("belief", "said"),
    [
        ("supply.market.elasticty > 0", "did you mean 'supply.market.elasticity'"),
        ("explanation = control", "did you mean 'controls'"),
        (PATH, "cannot be read as a belief"),
        (f"{PATH} > high", "should be a number"),
        (f"{PATH} = -0.7", "should be a number above or below"),
        (f"{PATH} < -9", "leaves 0 of 1,000 draws"),
        (f"{PATH} > 1 > 0", "cannot be read as a belief"),
    ],
)
def test_a_belief_that_cannot_be_had_is_one_line(command: Command, belief: str, said: str) -> None:
    ended = command("run", "--believe", belief, "--no-files")
    assert ended.code == 2, ended
    assert ended.err.count("\n") == 1
    assert said.casefold() in ended.err.casefold()
    assert fitted().draws == 1000


def test_a_belief_needs_draws_and_a_world_with_a_fit(command: Command) -> None:
    asked = ("run", "--believe", "explanation = controls", "--no-files")
    assert "a belief is of draws" in command(*asked, "--draws", "0").err
    believe([])
    assert "this world runs no fit" in command(*asked, "--world", "reference").err


def test_what_is_unexplained_is_that_of_the_draws_that_are_left(command: Command) -> None:
    usual = command("posterior", "--no-files").out.splitlines()[0]
    ended = command("posterior", "--no-files", "--believe", "explanation = production")
    assert ended.out.splitlines()[0] != usual
    assert "50 %" in ended.out.splitlines()[0]


def test_another_interval_weighs_draws_by_how_much_likelier_they_are() -> None:
    every = read(SHIPPED)
    path = "people.naloxone.carrying"
    low, middle, high = every.told[path].before
    believe([f"{path} = {low} to {high}"])
    same = fitted()
    assert "the 1000 of 1,000 draws" in same.own
    np.testing.assert_array_equal(same.constants[path], every.constants[path])
    believe([f"{path} = {low} to {middle}"])
    left = fitted()
    assert left.draws == every.draws
    assert np.median(left.constants[path]) < np.median(every.constants[path])
    assert f"reweighted as if before the fit {path} = " in left.own
    size = float(left.own.split("effective sample of ")[1])
    assert 50 <= size < 1000
    assert len(np.unique(left.constants[path])) >= size / 2


def test_an_interval_and_a_bound_hold_together() -> None:
    path = "people.naloxone.carrying"
    believe([f"{path} = 0.2 to 0.9", f"{path} > 0.5"])
    assert fitted().constants[path].min() > 0.5


@pytest.mark.parametrize(
    "belief",
    [
        "people.naloxone.carrying = 0.4 to 0.2",
        "people.naloxone.carrying = 0.2 to much",
        "people.naloxone.carrying = 0.0001 to 0.0002",
        "people.naloxone.carrying > 0.2 to 0.4",
    ],
)
def test_an_interval_that_cannot_be_or_leaves_nothing_is_refused(
    belief: str, command: Command
) -> None:
    told = command("run", "base", "--believe", belief, "--no-files")
    assert told.code == 2
    assert "--believe" in told.err


def test_a_belief_may_choose_among_the_first_draws_only(command: Command) -> None:
    every = read(SHIPPED).constants[PATH][:200]
    kept = int((every > -0.7).sum())
    asked = ("run", "--believe", f"{PATH} > -0.7", "--no-files")
    found = json.loads(command(*asked, "--among", "200", "--json").out)
    assert found["draws"] == kept
    assert f"the {kept} of the first 200 draws in which {PATH} > -0.7" in found["provenance"]["fit"]
    assert "leaves" in command(*asked, "--among", "60").err
    for wrong in ("0", "1001", "many"):
        assert "--among" in command(*asked, "--among", wrong).err
    assert "goes with --believe" in command("run", "--among", "200", "--no-files").err


def test_a_draw_that_is_kept_has_the_effects_that_it_has_among_all() -> None:
    lever = next(one for one in levers().values() if one.effect and one.effect.spread)
    scenario = Scenario(title="", changes=(pull(lever, lever.most),))
    drawn = Scenario(title="", regimes=read_scenario("regimes_drawn").regimes)
    kept = read(SHIPPED).constants[PATH][:200] > -0.7
    asked = ((scenario, lever.acts_on[0]), (drawn, "diplomacy.relations.level[china]"))
    before = [table(one, 200).wide(path)[kept] for one, path in asked]
    believe([f"{PATH} > -0.7"], among=200)
    for (one, path), all_of_them in zip(asked, before, strict=True):
        assert np.ptp(all_of_them[:, -1]) > 0
        np.testing.assert_array_equal(table(one, int(kept.sum())).wide(path), all_of_them)

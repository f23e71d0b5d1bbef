"""Levers of one's own, from a folder; those that set a value, and those that close a share."""

from pathlib import Path

import numpy as np
import pytest

from upriver.core.errors import InputError, UnknownName
from upriver.policy.apply import table
from upriver.policy.levers import levers, shipped_levers
from upriver.policy.scenario import Scenario, parse_scenario


def scenario(schema: int, change: str) -> Scenario:
    text = f"schema: {schema}\ntitle: test\nchanges:\n  - {{{change}, from: 2027, over: 2}}\n"
    return parse_scenario(text)


LEVER = """\
schema: 2
title: A lever of one's own
stage: services
summary: An example.
acts_on: [{path}]
operation: {operation}
direction: {direction}
unit: {unit}
levels: {{as_today: keep, some: {some}, more: {more}, most: {most}}}
level_text: {{some: a little, more: more, most: most}}
most_because: An assumption, for an example.
range: [{low}, {high}]
cost: null
evidence: {{grade: none, design: None., effect: No usable estimate., sources: []}}
cannot_capture: [Much.]
harms: [People.]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a lever into a folder of one's own, which UPRIVER_LEVERS names."""
    folder = tmp_path / "levers of mine"
    folder.mkdir()
    monkeypatch.setenv("UPRIVER_LEVERS", str(folder))

    def write(name: str, amounts: tuple[float, float, float, float, float], **words: str) -> Path:
        said = {"path": "people.response.calling", "operation": "close", "direction": "less"}
        said |= {"unit": "percent", **words}
        numbers = dict(zip(("some", "more", "most", "low", "high"), amounts, strict=True))
        file = folder / f"{name}.yaml"
        file.write_text(LEVER.format(**said, **numbers), encoding="utf-8")
        return file

    return write


def column(change: str) -> np.ndarray:
    path = "people.response.calling"
    return table(scenario(2, change)).wide(path)[0]


def test_a_lever_of_ones_own_is_pulled_by_its_name_and_a_share_closes_the_verb_s_way(own):
    own("keep_calls_down", (0.1, 0.2, 0.5, -0.5, 0.5))
    assert list(levers()) != list(shipped_levers())
    assert levers()["keep_calls_down"].own
    usual = table(Scenario(title="usual")).wide("people.response.calling")[0]
    np.testing.assert_allclose(column("lever: keep_calls_down, level: most")[-1], 0.5 * usual[-1])
    up = column("lever: keep_calls_down, by: -0.5")[-1]
    np.testing.assert_allclose(up, usual[-1] + 0.5 * (1 - usual[-1]))


def test_a_lever_of_ones_own_begins_a_sentence_with_its_title_unless_it_says_how(own):
    file = own("keep_calls_down", (0.1, 0.2, 0.5, -0.5, 0.5))
    assert levers()["keep_calls_down"].doing == "‘A lever of one's own’"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("stage:", "doing: Keeping calls down\nstage:"), encoding="utf-8")
    assert levers()["keep_calls_down"].doing == "Keeping calls down"


@pytest.mark.parametrize(
    ("direction", "amounts"),
    [("more", (0.7, 0.8, 0.9, 0.5, 0.9)), ("less", (0.4, 0.3, 0.2, 0.2, 0.6))],
)
def test_a_lever_that_sets_a_value_has_no_sign_whichever_way_its_verb_goes(direction, amounts, own):
    own("set_calls", amounts, operation="replace", unit="'1'", direction=direction)
    assert column("lever: set_calls, level: most")[-1] == amounts[2]
    assert column("lever: set_calls, to: 0.55")[-1] == 0.55


def test_in_schema_1_a_lever_whose_amounts_would_turn_round_is_not_guessed(own):
    own("keep_calls_down", (0.1, 0.2, 0.5, -0.5, 0.5))
    with pytest.raises(UnknownName, match="Say `schema: 2`"):
        scenario(1, "lever: keep_calls_down, by: 0.1")


def test_a_lever_of_ones_own_is_read_again_once_it_has_changed(own):
    own("keep_calls_down", (0.1, 0.2, 0.5, -0.5, 0.5))
    assert levers()["keep_calls_down"].most == 0.5
    file = own("keep_calls_down", (0.1, 0.2, 0.25, -0.25, 0.25))
    assert levers()["keep_calls_down"].most == 0.25
    file.unlink()
    with pytest.raises(InputError, match="a folder without levers"):
        levers()


@pytest.mark.parametrize(
    ("name", "words", "amounts", "said"),
    [
        ("naloxone_kits", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "is or was the name of lever"),
        ("relapse", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "of lever 'prevent_relapse'"),
        ("witnessing", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "a handle that acts otherwise"),
        ("calling_for_help", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "a handle that acts otherwise"),
        ("Two Words", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "found 'Two Words'. Allowed: small letters"),
        ("a:b~c", {}, (0.1, 0.2, 0.5, -0.5, 0.5), "small letters"),
        ("mine", {"direction": "down"}, (0.1, 0.2, 0.5, -0.5, 0.5), "Allowed: less, more"),
        ("mine", {}, (-0.1, -0.2, -0.5, -0.5, 0.5), "should grow from 0, as the verb does"),
        ("mine", {}, (0.1, 0.2, 0.5, 0.05, 0.5), "should hold 0, which is as today"),
        ("mine", {}, (0.1, 0.2, 1.5, -0.5, 1.5), "is out of bounds, found 1.5. Allowed: -1 to 1"),
        (
            "mine",
            {"operation": "scale", "path": "people.remission.relapse_rate"},
            (0.1, 0.2, 1.5, -2, 1.5),
            "found 1.5. Allowed: at most 1",
        ),
        (
            "mine",
            {"operation": "replace", "unit": "'1'"},
            (0.2, 0.3, 0.4, 0.2, 0.4),
            "should go the verb's way",
        ),
    ],
)
def test_a_slip_in_a_lever_of_ones_own_is_one_line_that_says_what_is_right(
    name, words, amounts, said, own
):
    own(name, amounts, **words)
    with pytest.raises(InputError) as caught:
        levers()
    assert said in str(caught.value)
    assert f"{name}.yaml" in str(caught.value)


def test_a_lever_may_bear_the_name_of_a_handle_that_does_the_same(own):
    own("calling_for_help", (0.1, 0.2, 0.5, -0.5, 0.5), direction="more")
    by_lever, by_handle = (
        column(f"{kind}: calling_for_help, by: 0.3") for kind in ("lever", "handle")
    )
    assert np.array_equal(by_lever, by_handle)


@pytest.mark.parametrize("named", ["no/such/folder", "x" * 5000, __file__])
def test_a_folder_of_levers_that_is_not_there_is_said_and_not_passed_over(named, monkeypatch):
    monkeypatch.setenv("UPRIVER_LEVERS", named)
    with pytest.raises(InputError, match=r"UPRIVER_LEVERS names '.*', no folder"):
        levers()
    monkeypatch.setenv("UPRIVER_LEVERS", "  ")
    assert levers() is shipped_levers()

"""`upriver verify --nulls` and `upriver dose`: figures with verdicts, none of them softened."""

import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.cli import nulls as told
from upriver.experiments import controls, nulls


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (nulls, controls):
        name = module.__name__.rpartition(".")[2]
        full = getattr(module, name)
        monkeypatch.setattr(module, name, lambda progress=None, full=full: full(30, progress))
    given = nulls.inputs
    monkeypatch.setattr(nulls, "inputs", lambda: given(30))


def test_a_check_that_is_missed_is_printed_and_ends_with_1(command: Command) -> None:
    ended = command("verify", "--nulls")
    assert ended.code == 1
    assert "checks are not met" in ended.err
    for words in ("NOT MET  what the waiver's end did", "met      HEALing Communities", "0.76 to"):
        assert words in ended.out
    words = " ".join(ended.out.split())
    assert words.count("fails, as it must") == 10
    assert words.count("by its width alone") == 1
    assert words.count("carries through to deaths a constant") == 3
    assert words.startswith("Inputs, as given")
    assert "of 12 checks are not met" in ended.err
    found = json.loads(command("verify", "--nulls", "--json").out)
    assert set(found) == {"inputs", "nulls", "controls"}
    assert [one["name"] for one in found["inputs"]] == [
        f"prescribers in December {year}" for year in (2022, 2023)
    ]
    for one in (*found["nulls"], *found["controls"]):
        assert one["holds"] == (one["met"] and one["can_fail"])
        assert one["sources"]


def test_all_met_ends_with_0(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nulls, "nulls", lambda progress=None: nulls.package(30))
    monkeypatch.setattr(controls, "controls", lambda progress=None: controls.treatment(30))
    ended = command("verify", "--nulls")
    assert ended.code == 0, ended.err
    assert "NOT MET" not in ended.out


def test_a_check_that_shows_nothing_is_called_empty() -> None:
    (one,) = nulls.package(30)
    empty = type(one)(**{**vars(one), "other_met": True})
    assert told.verdict(empty).strip() == "EMPTY"
    assert "shows nothing" in told.text("", [empty])


def test_dose_prints_both_curves_and_what_they_hang_on(command: Command, tmp_path: Path) -> None:
    ended = command("dose", "--usual", "0.1", "--picture", "curve.svg")
    assert ended.code == 0, ended.err
    for words in ("uses daily", "does not use daily", "people.dose.margin", "assumption", "0.1 of"):
        assert words in ended.out
    assert (tmp_path / "curve.svg").stat().st_size > 1000
    found = json.loads(command("dose", "--json").out)
    assert len(found["doses"]) == len(found["uses_daily"]["median"])
    assert {one["path"] for one in found["assumed"]} == {
        "people.dose.margin",
        "people.dose.spread",
        "people.dose.tolerance_share",
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--usual", "2"), "0.01 to 1"),
        (("--usual", "x"), "--usual"),
        (("--picture", "curve.txt"), "should end in .svg, .png or .pdf"),
        (("--picture", "no/curve.svg"), "no"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    given: tuple[str, str], words: str, command: Command
) -> None:
    ended = command("dose", *given)
    assert ended.code in (1, 2)
    assert words in ended.err

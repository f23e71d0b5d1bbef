"""`upriver verify --speed`: ratios with verdicts, and 1 where one is missed."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Command

from upriver.core.errors import UpriverError
from upriver.experiments import children, speed
from upriver.experiments.speed import CLAIMS, Measured


@pytest.fixture
def ratio(monkeypatch: pytest.MonkeyPatch) -> dict[str, float | None]:
    """What is measured of the first claim; of the others, what just meets them."""
    given: dict[str, float | None] = {"first": CLAIMS[0].bar}

    def measure(progress: object = None) -> list[Measured]:
        first, *others = (Measured(one, one.bar) for one in CLAIMS)
        why = "" if given["first"] is not None else "this machine has one core"
        return [replace(first, ratio=given["first"], why=why), *others]

    monkeypatch.setattr(speed, "measure", measure)
    return given


def test_all_met_ends_with_0(command: Command, ratio: dict[str, float | None]) -> None:
    ended = command("verify", "--speed")
    assert ended.code == 0, ended.err
    assert ended.out.count("met      ") == len(CLAIMS)
    assert "6.00; asked: 6 or less" in ended.out


def test_a_claim_that_is_missed_ends_with_1(
    command: Command, ratio: dict[str, float | None]
) -> None:
    ratio["first"] = 6.1
    ended = command("verify", "--speed")
    assert ended.code == 1
    assert "NOT MET  a run answers soon" in ended.out
    assert f"1 of {len(CLAIMS)} claims of speed are not met here" in ended.err
    found = json.loads(command("verify", "--speed", "--json").out)
    assert [one["met"] for one in found] == [False] + [True] * (len(CLAIMS) - 1)


def test_what_is_not_measured_is_said(command: Command, ratio: dict[str, float | None]) -> None:
    ratio["first"] = None
    ended = command("verify", "--speed")
    assert ended.code == 0
    assert "NOT MEASURED" in ended.out
    assert "one core" in ended.out
    assert json.loads(command("verify", "--speed", "--json").out)[0]["met"] is None


def test_it_goes_with_no_other_check(command: Command) -> None:
    ended = command("verify", "--speed", "--nulls")
    assert ended.code == 2
    assert "--speed goes with no other option" in ended.err


def test_a_process_that_fails_while_it_is_timed_is_named() -> None:
    with pytest.raises(UpriverError, match=r"`upriver run --place XX` failed .*: .*XX"):
        children.upriver("run", "--place", "XX")


def test_a_process_that_is_timed_finds_the_package_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "elsewhere").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ.get("PYTHONPATH", ""), "here"]))
    monkeypatch.setattr(children, "LIBRARIES", "import elsewhere")
    children.libraries()

"""`upriver calibrate`: a short fit writes its draws, and bad input is one line."""

import json
import os
import re
from pathlib import Path

import pytest
from command_line import Command, Ended

from upriver.inference.calibrate import Plan
from upriver.policy.fitted import read

FIT = Path(__file__).parents[2] / "docs" / "how-to" / "fit.md"
SHORT = Plan(
    starts=1, particles=20, warm=4, keep=10, learning=4, learned=4, looks=2, draws=100, snapshots=10
)

EXAMPLES = re.findall(
    r"```csv\n(.*?)^```", FIT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)
(MINE,) = EXAMPLES
"""The file of one's own that the documents show."""


def refused(ended: Ended, *words: str) -> None:
    """It ended with bad input and one line that holds these words."""
    assert ended.code == 2, ended
    assert ended.out == ""
    assert ended.err.count("\n") == 1, ended.err
    assert ended.err.startswith("upriver: ")
    for word in words:
        assert word in ended.err, f"{word!r} is not in {ended.err!r}"


def test_a_quick_fit_says_that_it_is_one_and_writes_its_draws(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.calibrate._plan", lambda quick: SHORT)
    ended = command("calibrate", "--cut", "2001", "--quick", "--rival", "controls")
    assert ended.code == 0, ended.err
    assert "A quick look: these draws are not the posterior." in ended.out
    assert "100 draws of" in ended.out
    assert "T40.4, years" in ended.out
    assert "share of samples" not in ended.out
    assert ended.out.rstrip().endswith("Wrote fit.npz. Run it: upriver run --fit fit.npz")
    assert os.listdir(tmp_path) == ["fit.npz"]
    kept = read(tmp_path / "fit.npz")
    assert kept.draws == 100
    assert set(kept.rival) == {"controls"}
    assert kept.said["record_to"] == 2002


def test_what_is_asked_wrongly_is_refused(command: Command, tmp_path: Path) -> None:
    refused(command("calibrate", "--rival", "control"), "--rival", "controls")
    refused(command("calibrate", "--cut", "1999"), "--cut", "'1999'", "2001")
    refused(command("calibrate", "--cut", "2020-13"), "--cut", "2020-13")
    refused(command("calibrate", "--without", "nflis_share"), "--without", "nflis_share_opioid")
    refused(command("calibrate", "--output", "fit.csv"), "--output", ".npz")
    refused(command("calibrate", "--seed", "-1"), "--seed")
    refused(command("calibrate", "--with", "mine.csv"), "mine.csv")
    assert os.listdir(tmp_path) == []


def test_json_holds_the_record_and_every_unknown(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.calibrate._plan", lambda quick: SHORT)
    (tmp_path / "mine.csv").write_text(MINE, encoding="utf-8")
    ended = command(
        *("calibrate", "--cut", "2001", "--quick", "--rival", "controls", "--json"),
        *("--with", "mine.csv"),
    )
    found = json.loads(ended.out)
    assert found["record"][-1]["name"] == "deaths_any_opioid, mine.csv"
    assert found["record"][-1]["recorded"] == [8400, 9500]
    assert found["draws"] == 100
    names = [one["name"] for one in found["unknowns"]]
    assert "people.disorder.rx_oud_rate" in names
    assert len(names) == len(set(names))
    assert all(one["assumed"] == (one["moved"] < 0.1) for one in found["unknowns"])
    years = found["record"][0]
    assert years["recorded"] == pytest.approx([730, 782, 957])
    assert all(low < high for low, high in zip(years["low"], years["high"], strict=True))


def test_a_share_of_all_explanations_is_fitted_and_says_what_is_missing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.calibrate._plan", lambda quick: SHORT)
    asked = ("calibrate", "--rival", "all", "--quick", "--cut", "2001", "-o", "all.npz")
    ended = command(*asked, "--chunk", "3/6")
    assert ended.code == 0, ended.err
    assert "Share 3/6: fitted: controls; 5 of all are missing." in ended.out
    assert os.listdir(tmp_path) == ["all.controls.part.npz"]
    refused(command(*asked, "--chunk", "7/6"), "--chunk", "no such share")
    refused(command(*asked, "--workers", "2"), "--workers", "--all-states")


@pytest.mark.parametrize("kept", [True, False])
def test_an_interrupted_fit_says_that_it_goes_on_if_it_does(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    stopped_in = "rounds" if kept else "mode"

    def stop(what: str, done: int, total: int) -> None:
        if what == stopped_in and (done == 6 or not kept):
            raise KeyboardInterrupt

    monkeypatch.setattr("upriver.cli.calibrate._plan", lambda quick: SHORT)
    asked = ("calibrate", "--cut", "2001", "--quick", "--rival", "controls")
    with monkeypatch.context() as once:
        once.setattr("upriver.cli.calibrate.progress_by_part", lambda: stop)
        ended = command(*asked)
    assert ended.code == 130
    said = "kept beside fit.npz: the same command goes on from there" in ended.err
    assert said is kept
    assert os.listdir(tmp_path) == (["fit.part.npz"] if kept else [])
    assert command(*asked).code == 0
    assert os.listdir(tmp_path) == ["fit.npz"]

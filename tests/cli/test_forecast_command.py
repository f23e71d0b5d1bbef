"""`upriver forecast`: what lies ahead, how it did before, and files that others can read."""

import csv
import json
from pathlib import Path

import pytest
from command_line import Command, Ended

from upriver.inference.advance import Effort
from upriver.inference.calibrate import Plan
from upriver.inference.forecasts.hindcast import Pass
from upriver.inference.forecasts.shipped import SHIPPED, read, save

ROOT = Path(__file__).parents[2]


def refused(ended: Ended, *words: str) -> None:
    """It ended with bad input and one line that holds these words."""
    assert ended.code == 2, ended
    assert ended.err.count("\n") == 1, ended.err
    for word in words:
        assert word in ended.err, f"{word!r} is not in {ended.err!r}"


def test_a_forecast_says_the_record_the_intervals_and_what_is_unexplained(command: Command) -> None:
    ended = command("forecast")
    assert ended.code == 0, ended.err
    assert "in the twelve months to January 2026" in " ".join(ended.out.split())
    assert "January 2027" in ended.out
    assert "the model alone" in ended.out
    assert "unexplained" in ended.out
    assert "upriver forecast --score" in ended.out


def test_months_ahead_are_those_asked_for(command: Command) -> None:
    found = json.loads(command("forecast", "--months", "5", "--json").out)
    assert found["ends"][-1] == "2026-06-30"
    for said in found["forecasts"].values():
        for kind in said.values():
            assert len(kind) == 5
            for levels in kind:
                assert levels == sorted(levels)
                assert len(levels) == 23


def test_scores_name_every_forecaster_at_every_distance(command: Command) -> None:
    ended = command("forecast", "--score")
    assert ended.code == 0, ended.err
    assert ended.out.count("\n  all together ") == 12
    assert ended.out.count("\n  damped trend ") == 12
    found = json.loads(command("forecast", "--score", "--json").out)
    of_trend = [one for one in found["all_origins"] if one["name"] == "damped_trend"]
    assert {one["ratio"] for one in of_trend} == {1.0}
    ours = [one for one in found["all_origins"] if one["name"] == "upriver"]
    assert {(one["lag"], one["horizon"]) for one in ours} == {
        (lag, horizon) for lag in (0, 4) for horizon in (6, 12, 24)
    }
    assert {one["origins"] for one in ours} == {74, 62}


def test_past_forecasts_of_a_file_are_scored_as_those_that_ship(
    command: Command, tmp_path: Path
) -> None:
    ended = command("forecast", "--score", "--past", str(SHIPPED))
    assert ended.code == 0, ended.err
    assert ended.out == command("forecast", "--score").out
    found, of = read(SHIPPED)
    other = tmp_path / "other.npz"
    save(found, {**of, "equations": "0" * 64}, other)
    refused(command("forecast", "--score", "--past", str(other)), "of other equations")


def test_a_folder_for_a_hub_has_a_file_for_each_forecaster(
    command: Command, tmp_path: Path
) -> None:
    ended = command("forecast", "--hub", "hub", "--months", "3")
    assert ended.code == 0, ended.err
    (file,) = (tmp_path / "hub" / "upriver-ensemble").iterdir()
    assert file.name == "2026-01-31-upriver-ensemble.csv"
    rows = list(csv.DictReader(file.open()))
    assert len(rows) == 2 * 3 * 23
    assert rows[0] == {
        "origin_date": "2026-01-31",
        "target": "synthetic opioid overdose deaths in 12 months ending",
        "horizon": "1",
        "target_end_date": "2026-02-28",
        "location": "US",
        "output_type": "quantile",
        "output_type_id": "0.01",
        "value": rows[0]["value"],
    }


def test_a_picture_is_drawn(command: Command, tmp_path: Path) -> None:
    ended = command("forecast", "--picture", "ahead.svg")
    assert ended.code == 0, ended.err
    text = (tmp_path / "ahead.svg").read_text()
    assert "<svg" in text


def test_bad_input_is_one_line(command: Command) -> None:
    refused(command("forecast", "--months", "29"), "--months", "29", "1 to 28")
    refused(command("forecast", "--picture", "ahead.gif"), "--picture", "ahead.gif", ".png")
    refused(command("forecast", "--hindcasts", "past.csv"), "--hindcasts", "past.csv", ".npz")
    Path("taken").write_text("a file", encoding="utf-8")
    assert command("forecast", "--hub", "taken/hub").code != 0


def test_what_is_registered_is_as_it_was_registered() -> None:
    import hashlib

    folder = ROOT / "forecasts"
    rows = list(csv.DictReader((folder / "registered.csv").open()))
    assert rows
    for row in rows:
        file = folder / row["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256"], row["file"]
    assert {row["file"] for row in rows} == {
        str(file.relative_to(folder)).replace("\\", "/") for file in folder.rglob("upriver-*/*.csv")
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--by-year",), "--by-year: goes with --hindcasts"),
        (("--seed", "2"), "--seed: goes with --hindcasts"),
        (("--hindcasts", "h.npz", "--by-year", "--seed", "2"), "--seed: goes with --hindcasts"),
        (("--hindcasts", "h.npz", "--seed", "0"), "--seed: should be 1 or more"),
        (("--score", "--past", __file__), "holds no hindcasts"),
        (("--place", "OH", "--past", "two.npz"), "--past: goes without --place"),
        (("--place", "OH", "--hindcasts", "two.npz"), "--hindcasts: goes without --place"),
        (("--hindcasts", "a.npz", "--past", "b.npz"), "--past: is read"),
        (("--hindcasts", "h.npz", "--chunk", "1/9"), "cannot be parted"),
        (("--chunk", "1/9"), "cannot be parted"),
        (("--hindcasts", "h.npz", "--by-year", "--chunk", "0/9"), "there is no such share"),
        (("--hindcasts", "h.csv", "--by-year"), "should end in .npz"),
    ],
)
def test_what_cannot_be_parted_is_one_line(
    command: Command, given: tuple[str, ...], said: str
) -> None:
    ended = command("forecast", *given)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_years_of_origins_in_shares_are_put_together(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = Pass(
        first=2018 * 12 + 11,
        last=2019 * 12,
        moves=Effort(leaps=1, more=1, settle=1, looks=1),
        start=Plan(
            starts=1, particles=6, warm=2, keep=2, learning=2, learned=2, looks=1, draws=6,
            snapshots=1,
        ),
    )  # fmt: skip
    monkeypatch.setattr("upriver.inference.forecasts.hindcast.Pass", lambda: short)
    asked = ("forecast", "--hindcasts", "h.npz", "--by-year")
    first = command(*asked, "--chunk", "2/2")
    assert "done: origins of 2019; 1 of all are missing" in " ".join(first.out.split()), first
    ended = command(*asked)
    assert ended.code == 0, ended.err
    assert "Wrote h.npz: 2 origins" in ended.out
    assert [file.name for file in tmp_path.iterdir()] == ["h.npz"]
    said, of = read(tmp_path / "h.npz")
    assert said.first == short.first
    assert of["by_year"] is True

"""`upriver sensitivity`: what it says first, its rows, its table, its refusals."""

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.report.tables.sensitivity import STANDS

FEW = ("--draws", "150")


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def test_it_says_first_what_decides_and_that_unknowns_hang_together(
    command: Command, tmp_path: Path
) -> None:
    ended = command("sensitivity", "deaths", *FEW, "--picture", "why.png")
    assert ended.code == 0, ended.err
    said = flat(ended.out)
    assert said.startswith("Of what the fit leaves open of opioid overdose deaths from 2026 to")
    assert "most goes with unexplained risk, 2015 to 2025 (" in said
    assert "shares do not add up" in said
    assert "150 draws, 150 runs" in said
    assert (tmp_path / "why.png").stat().st_size > 10_000


def test_before_the_fit_it_says_what_comes_of_unknowns_together(command: Command) -> None:
    ended = command("sensitivity", "deaths", "--years", "2000", "--prior", "--points", "16")
    assert ended.code == 0, ended.err
    said = flat(ended.out)
    assert said.startswith("Before any record is seen, opioid overdose deaths in 2000 hang most on")
    assert "All alone make" in said
    assert ("the rest comes of" in said) != ("is not told apart from nothing" in said)
    assert "Sobol' indices of independent unknowns" in said
    assert "Indices are of its rank" in said


def test_a_table_of_unknowns_fits_eighty_columns(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended = command(
        "sensitivity", "deaths", "--years", "1999", "--prior", "--by", "unknown", "--points", "16"
    )
    assert ended.code == 0, ended.err
    assert max(map(len, ended.out.splitlines())) <= 80
    assert "more (`--format csv` has all)" in ended.out


def test_as_a_table_each_row_has_its_unit_interval_and_source(command: Command) -> None:
    ended = command("sensitivity", "deaths", *FEW, "--format", "csv")
    lines = [line for line in ended.out.splitlines() if not line.startswith("#")]
    known, *rows = csv.DictReader(io.StringIO("\n".join(lines)))
    told = json.loads(command("sensitivity", "deaths", *FEW, "--json").out)
    assert len(rows) == len(told["indices"]) > 100
    for row, one in zip(rows, told["indices"], strict=True):
        assert row["series"] == one["unknown"]
        for name in ("value", "low", "high"):
            assert float(row[name]) == one[name]
        assert (row["unit"], row["interval"], row["world"]) == ("1", "95 %", "whole")
        assert row["source"].startswith("upriver ")
    assert {row["note"].partition("; ")[2] for row in rows} == set(STANDS.values())
    assert [float(known[name]) for name in ("low", "value", "high")] == [
        told[name] for name in ("low", "median", "high")
    ]
    assert told["low"] < told["median"] < told["high"]


def test_a_table_says_which_draws_were_chosen_and_that_a_level_is_of_an_instant(
    command: Command,
) -> None:
    belief = ("--believe", "explanation = controls", "--format", "csv")
    lines = command("sensitivity", "disorder", *belief).out.splitlines()
    assert any(line.startswith("# Note:") and "controls" in line for line in lines)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {(row["calendar"], row["period"]) for row in rows} == {("instant", "2032")}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("deaths", "--scenario", "regimes_drawn"), "which is no unknown of the fit"),
        (("death",), "Did you mean 'deaths'?"),
        (("averted",), "needs a scenario that averts them"),
        (("deaths", "--years", "next"), "should be a year, or two"),
        (("deaths", "--years", "1990-1995"), "should be years of the run"),
        (("deaths", "--prior", "--points", "100"), "should be a power of 2"),
        (("deaths", "--points", "64"), "--points: goes with --prior"),
        (("deaths", "--prior", "--draws", "500"), "--draws: is of the fit"),
        (("deaths", "--prior", "--by", "mechanisms"), "Did you mean 'mechanism'?"),
        (("deaths", "--scale", "ranks"), "Did you mean 'rank'?"),
        (("deaths", "--draws", "50"), "are too few"),
        (("deaths", "--scenario", "nothing_such"), "scenario 'nothing_such' does not exist"),
        (("deaths", "--picture", "why.gif"), "should end in .svg, .png or .pdf"),
    ],
)
def test_bad_input_is_one_line(command: Command, given: tuple[str, ...], said: str) -> None:
    ended = command("sensitivity", *given)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1


BEFORE = ("sensitivity", "deaths", "--years", "2001", "--prior", "--points", "16")


def test_shares_put_together_say_what_one_run_says(command: Command, tmp_path: Path) -> None:
    whole = command(*BEFORE, "--json")
    for share in ("1/2", "2/2"):
        ended = command(*BEFORE, "--folder", "d.zarr", "--chunk", share)
        assert ended.code == 0, ended.err
        assert f"Share {share}:" in ended.out
    together = command(*BEFORE, "--folder", "d.zarr", "--json")
    assert together.out == whole.out
    assert (tmp_path / "d.zarr" / "zarr.json").exists()
    other = command("sensitivity", "disorder", *BEFORE[2:], "--folder", "d.zarr")
    assert other.code == 2
    assert "holds results of another quantity" in other.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--chunk", "1/2"), "--chunk: goes with --folder"),
        (("--folder", "d.zarr", "--chunk", "3/2"), "there is no such share"),
        (("--folder", "d.zarr", "--chunk", "1/2", "--workers", "2"), "one process does a share"),
        (("--folder", "d", "--chunk", "1/2"), "should end in .zarr"),
        (("--folder", "d.zarr", "--workers", "0"), "1 or more"),
    ],
)
def test_shares_that_cannot_be_are_one_line(
    command: Command, given: tuple[str, ...], said: str
) -> None:
    ended = command(*BEFORE, *given)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1

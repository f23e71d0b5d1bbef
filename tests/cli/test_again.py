"""A result stands in the place of the scenario that made it; formats of a result."""

import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.core.results import read_netcdf, write_netcdf

FILE = "constant-people.response.witnessed=0.123456789012.nc"
TWINS = "a-vs-b.nc"
SET = ("--set", "people.response.witnessed=0.123456789012")


def test_a_results_file_and_a_report_are_made_again(command: Command, tmp_path: Path) -> None:
    first = command("run", "constant", *SET, "--draws", "2")
    before = (tmp_path / FILE).read_bytes()
    again = command("run", FILE)
    assert again.out == first.out
    assert "the same numbers, to the last digit" in again.err
    assert (tmp_path / FILE).read_bytes() == before
    by_report = command("run", FILE.replace(".nc", ".html"), "--no-files")
    assert by_report.out == first.out
    assert "holds no numbers to compare: it was made in the same way" in by_report.err
    assert "0.123456789012" in " ".join(first.out.split())


def test_what_differs_from_the_file_is_said_and_the_file_stays(
    command: Command, tmp_path: Path
) -> None:
    command("run", "--draws", "2")
    results = read_netcdf(tmp_path / "base.nc")
    results.attrs |= {"upriver_version": "0.0.1", "equations_digest": "ab" * 32}
    results["people.heads.oud"][:] += 1
    write_netcdf(results, tmp_path / "old.nc")
    before = (tmp_path / "old.nc").read_bytes()
    told = command("run", "old.nc").err
    assert "Upriver: 0.0.1 there" in told
    assert "equations: abababababab there" in told
    assert "the numbers are others" in told
    assert "old.nc was given, and stays" in told
    assert (tmp_path / "old.nc").read_bytes() == before


def test_options_beside_a_results_file_are_taken_and_said(command: Command) -> None:
    command("run", "--draws", "2")
    told = command("run", "base.nc", "--draws", "3", "--json", "--no-files")
    assert json.loads(told.out)["draws"] == 3
    assert "but for what is asked for otherwise" in told.err


def test_a_comparison_is_made_again_and_two_of_one_title_are_told_apart(
    command: Command, tmp_path: Path
) -> None:
    for name, size in (("a", 0.1), ("b", 0.2)):
        text = f"schema: 1\ntitle: Twin\nchanges: [{{handle: relapse, by: -{size}}}]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    first = command("compare", "a.yaml", "b.yaml", "--draws", "2")
    assert "Twin (a.yaml)" in first.out
    assert "Twin (b.yaml)" in first.out
    again = command("compare", TWINS, "--no-files")
    assert again.out == first.out
    assert "the same numbers, to the last digit" in again.err
    assert f"Use `upriver compare {TWINS}`" in command("run", TWINS).err
    kept = read_netcdf(tmp_path / TWINS)
    assert kept["scenario"].values.tolist() == ["Twin (a.yaml)", "Twin (b.yaml)"]
    assert len(set(kept["table_digest"].values.tolist())) == 2
    told = json.loads(command("compare", "a.yaml", "a.yaml", "--draws", "2", "--json").out)
    assert [row["label"] for row in told["scenarios"]] == ["Twin (1)", "Twin (2)"]
    assert {one["world"] for one in told["provenance"]} == {"whole"}


def test_yearly_series_in_json_are_those_of_the_csv(command: Command) -> None:
    given = ("run", "--draws", "2", "--no-files")
    told = json.loads(command(*given, "--json").out)
    tidy = json.loads(command(*given, "--format", "json").out)
    assert {key: tidy[key] for key in told} == told
    lines = command(*given, "--format", "csv").out.splitlines()
    first = told["series"][0]
    assert (first["series"], first["year"][0]) == ("people.overdose.deaths", 1999)
    (line,) = [one for one in lines if one.startswith("people.overdose.deaths,US,year,2031,")]
    assert float(line.split(",")[4]) == first["median"][-1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("run", "--format", "cvs"),
            "format 'cvs' does not exist. Allowed: csv, json, parquet, table.",
        ),
        (("run", "--json", "--format", "csv"), "not both"),
        (("run", "none.nc"), "none.nc: does not exist"),
        (("run", "none.html"), "none.html"),
        (("compare", "none.nc"), "none.nc: does not exist"),
    ],
)
def test_a_slip_is_one_line(given: tuple[str, ...], said: str, command: Command) -> None:
    ended = command(*given)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert said in ended.err

"""A state from the command line: runs, comparisons, files, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from command_line import Command

import upriver as up
from upriver.core.results import read_netcdf
from upriver.experiments.placed import simulate_place
from upriver.policy.fitted import SHIPPED

FEW = ("--draws", "8")
IN = ("--place", "AK")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_run_of_a_state_leaves_a_report_and_results_that_name_it(
    command: Command, tmp_path: Path
) -> None:
    ended = command("run", *IN, *FEW)
    assert ended.code == 0, ended.err
    assert "Base projection in Alaska (whole system, fitted)" in ended.out
    assert "10 to 109" in ended.out
    assert max(len(row) for row in ended.out.splitlines() if row[:2] == "20") <= 80
    said = flat(ended.out)
    assert "a cut posterior" in said
    assert "What is done is done in the whole country" in said
    assert {one.name for one in tmp_path.iterdir()} == {"base-AK.html", "base-AK.nc"}
    page = (tmp_path / "base-AK.html").read_text(encoding="utf-8")
    assert "What this cannot tell you" in page
    assert "People do not move between states" in page
    results = read_netcdf(tmp_path / "base-AK.nc")
    assert results.attrs["place"] == "AK"
    run = up.simulate(place="AK", draws=8)
    assert results.attrs == dict(run.provenance)
    for i, name in enumerate(run.outputs):
        np.testing.assert_array_equal(results[name].values, run.values[:, i])
    assert run.local is not None
    np.testing.assert_array_equal(
        results["local"].sel(difference="care.naloxone").values,
        run.local.differences["care.naloxone"],
    )


def test_a_result_of_a_state_is_made_again_in_the_state(command: Command) -> None:
    first = command("run", *IN, *FEW)
    again = command("run", "base-AK.nc", "--no-files")
    assert again.out == first.out
    assert "the same numbers, to the last digit" in again.err
    by_report = command("run", "base-AK.html", "--no-files")
    assert by_report.out == first.out
    command("run", "base-AK.nc")
    assert not list(Path().glob("base-AK-AK*"))


def test_json_and_csv_of_a_state_say_the_place(command: Command) -> None:
    told = json.loads(command("run", *IN, *FEW, "--json", "--no-files").out)
    assert (told["place"], told["name"], told["draws"]) == ("AK", "Alaska", 8)
    rows = {row["year"]: row for row in told["deaths"]}
    assert rows[2020]["recorded"] == [10, 109]
    assert rows[2020]["where_died_provisional"] > 10
    run = up.simulate(place="AK", draws=8)
    assert rows[2020]["synthetic"] == list(run.sums("people.overdose.by_synthetic").at(2020))
    text = command("run", *IN, *FEW, "--format", "csv", "--no-files").out
    assert "place AK by its fit" in text
    assert ",AK,year,2020," in text
    assert ",US,year," not in text


def test_scenarios_are_compared_in_a_state_draw_by_draw(command: Command, tmp_path: Path) -> None:
    ended = command("compare", "base", "naloxone_doubled", *IN, *FEW)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("Alaska: whole system, fitted\n")
    assert "million" not in ended.out
    assert (tmp_path / "base-vs-naloxone_doubled-AK.html").exists()
    told = json.loads(
        command("compare", "base", "naloxone_doubled", *IN, *FEW, "--json", "--no-files").out
    )
    runs = [
        simulate_place("AK", name, draws=8).run.periods(
            "people.overdose.deaths", np.array([2026.0]), np.array([2032.0])
        )[:, 0]
        for name in ("base", "naloxone_doubled")
    ]
    found = up.compare("base", "naloxone_doubled", place="AK", draws=8)
    assert told["place"] == "AK"
    assert told["scenarios"][1]["averted"] == found.averted(found.runs[1]).median
    np.testing.assert_allclose(found.averted(found.runs[1]).median, np.median(runs[0] - runs[1]))
    again = command("compare", "base-vs-naloxone_doubled-AK.nc", "--no-files")
    assert "the same numbers, to the last digit" in again.err


def test_a_fit_of_the_country_goes_with_a_state_if_it_is_the_one_it_was_fitted_in(
    command: Command,
) -> None:
    ended = command("run", *IN, *FEW, "--fit", str(SHIPPED), "--no-files")
    assert ended.code == 0, ended.err


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (("run", *IN, "--believe", "explanation = controls"), "tied one by one"),
        (("run", *IN, "--world", "reference"), "whole system alone"),
        (("run", "published", *IN), "written for another world"),
        (("run", *IN, "--draws", "0"), "1 to"),
        (("run", "--place", "AKK"), "Did you mean"),
        (("run", "--place-fit", "x.npz"), "goes with --place"),
        (("compare", "base", "naloxone_doubled", *IN, "--baselines"), "--baselines"),
        (("cost", "base", "naloxone_doubled", *IN), "does not answer for one state"),
        (("flow", "2021", *IN), "These answer for a state: run, compare"),
        (("portfolio", "1000000000", *IN), "does not answer for one state"),
        (("evidence", *IN), "no such option"),
    ],
)
def test_what_a_state_does_not_have_is_refused_in_one_line(
    asked: tuple[str, ...], word: str, command: Command
) -> None:
    ended = command(*asked)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1, ended.err
    assert word in ended.err


def test_no_command_takes_a_place_and_answers_for_the_country(command: Command) -> None:
    from upriver.cli.app import app

    for one in app.registered_commands:
        name = str(one.name)
        if "--place" in command(name, "--help").out:
            continue
        ended = command(name, *IN)
        assert ended.code == 2, name
        assert "does not answer for one state" in ended.err, name

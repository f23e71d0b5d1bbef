"""From the command line: one projection for all, central values alone, what a run should tell."""

import json
from pathlib import Path

import pytest
from command_line import Command

ONE = ("--draws", "0", "--no-files")
LATE = """schema: 1
title: Late
changes:
  - {handle: relapse, by: -0.5, from: 2031.99, over: 0}
  - {handle: witnessing, by: 0.2, from: 2030, over: 8}
"""
TWICE = LATE.replace("witnessing", "relapse")


@pytest.fixture
def late(tmp_path: Path) -> str:
    (tmp_path / "late.yaml").write_text(LATE)
    return "late.yaml"


def test_central_values_alone_show_no_interval(command: Command) -> None:
    ended = command("run", "published", *ONE)
    assert ended.code == 0
    assert "Central values alone" in ended.out
    table = ended.out.partition("\n\n")[2].partition("\n\n")[0]
    assert "%)" not in table
    assert not any(line.count("(") for line in table.splitlines())
    assert "95 %" not in ended.out
    assert "modelled  difference" in ended.out


def test_central_values_alone_are_the_published_run(command: Command) -> None:
    told = json.loads(command("compare", "base", "constant", "--json", *ONE).out)
    assert told["draws"] == 0
    low = {row["deaths_low"] for row in told["scenarios"]}
    assert low == {None}
    assert told["world"] == "reference"
    assert "other projections" in told["remarks"][0]


def test_a_report_of_central_values_has_no_band(command: Command, tmp_path: Path) -> None:
    assert command("run", "constant", "--draws", "0").code == 0
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    head = page.partition('<section aria-labelledby="headline">')[2].partition("</section>")[0]
    assert "95 % interval" not in head
    assert "Bands are" not in page
    assert "Central values alone" in page


def test_flow_takes_central_values(command: Command) -> None:
    ended = command("flow", "2023", "--draws", "0")
    assert ended.code == 0
    assert "95 %" not in ended.out
    assert "central values alone" in ended.out


@pytest.mark.parametrize("draws", ["-1", "1001", "0.5", "none"])
def test_other_numbers_of_draws_are_refused(draws: str, command: Command) -> None:
    ended = command("run", "--draws", draws, "--no-files")
    assert ended.code == 2
    assert "0 to 1000" in ended.err


def test_policies_are_put_on_a_projection(command: Command) -> None:
    names = ("published", "published/nx_kits", "published/package")
    ended = command("compare", *names, "--on", "constant", *ONE)
    assert ended.code == 0
    assert "484,991" in ended.out
    assert "Naloxone kits, 20 % more, on 'Constant drivers'" in " ".join(ended.out.split())
    assert "Note:" not in ended.out


def test_on_says_what_cannot_be(command: Command) -> None:
    for arguments, words in (
        (("run", "optimistic", "--on", "constant"), "how drivers go on"),
        (("run", "published/nx_kits", "--on", "drivers_held"), "world"),
        (("run", "base", "--on", "constnt"), "'constant'"),
    ):
        ended = command(*arguments, *ONE)
        assert (ended.code, ended.out) == (2, "")
        assert words in ended.err
        assert ended.err.count("\n") == 1


def test_remarks_stand_under_the_table_in_json_and_report(
    command: Command, late: str, tmp_path: Path
) -> None:
    shown = " ".join(command("run", late, *ONE).out.split())
    assert "Note: The change of 'relapse' moves nothing" in shown
    assert "when 2032 begins it is 25 % there" in shown
    told = json.loads(command("run", late, "--json", "--draws", "2").out)
    assert len(told["remarks"]) == 2
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
    assert "nothing can follow" in lead
    compared = " ".join(command("compare", "base", late, *ONE).out.split())
    assert "Note: Late: The change of 'relapse' moves nothing" in compared


def test_twice_the_same_is_refused_in_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "twice.yaml").write_text(TWICE)
    ended = command("run", "twice.yaml", *ONE)
    assert ended.code == 2
    assert "line 5: handle 'relapse' is changed twice; the first is on line 4" in ended.err


def test_the_cases_with_scenarios_are_as_their_table_says(command: Command, shared: Path) -> None:
    cases = shared / "cases" / "field"
    ended = command("run", str(cases / "dup_same_handle_twice.yaml"), *ONE)
    assert ended.code == 2
    assert "line 5" in ended.err
    assert "line 4" in ended.err
    ended = command("run", str(cases / "from_2031_99.yaml"), *ONE)
    assert ended.code == 0
    assert "nothing can follow" in " ".join(ended.out.split())


def test_the_library_is_listed_in_a_group(command: Command) -> None:
    told = json.loads(command("scenarios", "--json").out)
    groups = [one["group"] for one in told]
    assert groups.count("published policies") == 44
    shown = command("scenarios").out
    assert "The 44 published policies" in shown
    assert "published/bup_providers_50" in shown


def test_verify_policies_says_what_is_met(command: Command) -> None:
    ended = command("verify", "--policies")
    assert ended.code == 0
    for words in ("176 of 176 runs", "352 of 352", "344 of 344", "288 of 288", "240 of 240"):
        assert words in ended.out
    assert "largest error 0.00032 %" in ended.out
    assert command("verify", "--policies", "--published", "x.csv").code == 2

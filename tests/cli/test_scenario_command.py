"""`upriver scenario`: files are checked, held against each other, begun."""

import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.policy.levers import levers
from upriver.policy.scenario import read_scenario

HEAD = "schema: 2\ntitle: Mine\n"
GOOD = HEAD + "changes:\n  - {handle: relapse, by: -0.5}\n"
BAD = HEAD + "changes:\n  - {lever: naloxon, level: most}\n"
IDLE = HEAD + "changes:\n  - {handle: relapse, by: 0}\n"


def written(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return [f"{name}.yaml" for name in texts]


def test_every_file_is_checked_also_after_a_bad_one(command: Command, tmp_path: Path) -> None:
    bad, good, idle = written(tmp_path, bad=BAD, good=GOOD, idle=IDLE)
    ended = command("scenario", "check", bad, good, "none.yaml", idle, "base", "--draws", "4")
    assert ended.code == 2
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[0].startswith("bad.yaml, line 4: lever 'naloxon' does not exist.")
    assert lines[1] == "good.yaml: ok"
    assert lines[2].startswith("none.yaml: does not exist")
    assert lines[3] == "idle.yaml: ok"
    assert "moves nothing: its amount is 0" in " ".join(lines[4:])
    assert lines[-2:] == ["base: ok", "3 of 5 ok."]


def test_good_files_alone_end_well(command: Command, tmp_path: Path) -> None:
    (good,) = written(tmp_path, good=GOOD)
    assert command("scenario", "check", good, "--draws", "0") == (0, "good.yaml: ok\n", "")


def test_a_fault_of_what_a_file_builds_on_names_both(command: Command, tmp_path: Path) -> None:
    _, above = written(tmp_path, bad=BAD, above=HEAD + "based_on: bad.yaml\n")
    ended = command("scenario", "check", above)
    assert ended.code == 2
    assert ended.out.startswith("above.yaml: bad.yaml, line 4: ")


def test_what_is_wrong_is_there_for_programs(command: Command, tmp_path: Path) -> None:
    bad, late = written(tmp_path, bad=BAD, late=GOOD.replace("-0.5}", "-0.5, from: 1900}"))
    ended = command("scenario", "check", bad, late, "--json")
    assert ended.code == 2
    one, other = json.loads(ended.out)
    assert (one["file"], one["ok"], one["line"]) == ("bad.yaml", False, 4)
    assert (other["line"], other["field"]) == (4, "changes[0].from")


def test_what_one_says_otherwise_is_told_in_the_words_of_a_file(
    command: Command, tmp_path: Path
) -> None:
    first, second = written(
        tmp_path,
        first=GOOD + "  - {lever: naloxone_kits, level: most}\nwithout_acts: [suspension_2022]\n",
        second=HEAD + "set: {people.response.witnessed: 0.8}\n"
        "changes:\n  - {handle: relapse, by: -0.25, from: 2028}\n",
    )
    out = command("scenario", "diff", first, second).out
    for said in (
        "  - suspension_2022",
        "  + people.response.witnessed: 0.8",
        "  ~ handle relapse: by -0.5, from 2026, over 3 -> by -0.25, from 2028, over 3",
        "  - lever naloxone_kits: ",
        "Parameters that differ: 4",
    ):
        assert said in out


def test_a_pulse_is_said_to_end(command: Command) -> None:
    out = command("scenario", "diff", "base", "precursors_halved").out
    (row,) = (line for line in out.splitlines() if "supply.precursors.logistics " in line)
    assert row.split() == [
        *("supply.precursors.logistics", "2026", "to", "2027"),
        *("1.00", "->", "0.500", "(-50", "%)", "1.00,", "the", "same"),
    ]


def test_a_scenario_says_the_same_as_itself(command: Command) -> None:
    out = command("scenario", "diff", "optimistic", "optimistic").out
    assert "They say the same." in out
    assert "No parameter differs" in out


def test_two_worlds_differ_in_more_than_is_said(command: Command) -> None:
    told = json.loads(command("scenario", "diff", "base", "fentanyl_low", "--json").out)
    assert [entry["section"] for entry in told["said"]] == ["world", "projections"]
    named = [entry["path"] for entry in told["parameters"] if entry["named"]]
    assert named == ["people.market.fentanyl_share"]
    assert len(told["parameters"]) > 40


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_of_a_difference_is_wider_than_the_terminal(
    columns: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for line in command("scenario", "diff", "base", "full_cooperation").out.splitlines():
        assert len(line) <= columns


def test_a_new_file_is_valid_and_says_what_to_run(command: Command, tmp_path: Path) -> None:
    ended = command("scenario", "new")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == "  upriver run my_scenario.yaml"
    assert command("scenario", "check", "my_scenario.yaml").out == "my_scenario.yaml: ok\n"
    assert read_scenario(tmp_path / "my_scenario.yaml").title == "my scenario"


@pytest.mark.parametrize("name", sorted(levers()))
def test_a_file_can_be_begun_with_every_lever(name: str, command: Command, tmp_path: Path) -> None:
    assert command("scenario", "new", "one", "--lever", f"{name}=most", "--from", "2027").code == 0
    (change,) = read_scenario(tmp_path / "one.yaml").changes
    assert (change.lever, change.start) == (name, 2027)


def test_a_new_file_builds_on_another_from_where_it_stands(
    command: Command, tmp_path: Path
) -> None:
    written(tmp_path, mine=GOOD)
    (tmp_path / "below").mkdir()
    arguments = ("--based-on", "mine.yaml", "--lever", "naloxone_kits=0.3")
    assert command("scenario", "new", "x", *arguments, "--to", "below/x.yaml").code == 0
    assert 'based_on: "../mine.yaml"' in (tmp_path / "below/x.yaml").read_text()
    found = read_scenario(tmp_path / "below/x.yaml").changes
    assert [change.label for change in found] == ["relapse", "naloxone_kits"]


def test_what_is_there_is_never_written_over(command: Command, tmp_path: Path) -> None:
    written(tmp_path, mine=GOOD)
    ended = command("scenario", "new", "mine")
    assert (ended.code, ended.out) == (2, "")
    assert "mine.yaml: is there already and stays as it is" in ended.err
    assert (tmp_path / "mine.yaml").read_text() == GOOD


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--lever", "naloxon"), "--lever: lever 'naloxon' does not exist. Did you mean"),
        (("--lever", "naloxone_kits=lots"), "--lever: level 'lots' does not exist"),
        (("--lever", "naloxone_kits=9"), "--lever: amount is outside the range"),
        (("--lever", "naloxone_kits", "--lever", "naloxone_kits=0.1"), "named twice"),
        (("--from", "1900"), "--from: year is not a year of the run"),
        (("--from", "soon"), "--from: year should be a year as a number"),
        (("--based-on", "bas"), "--based-on: scenario 'bas' does not exist. Did you mean 'base'?"),
        (("--based-on", "none.yaml"), "none.yaml: does not exist"),
        (("--to", "x.txt"), "--to: should end in .yaml"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, command: Command, tmp_path: Path
) -> None:
    ended = command("scenario", "new", "x", *arguments)
    assert ended.code == 2
    assert said in ended.err
    assert list(tmp_path.glob("*")) == []

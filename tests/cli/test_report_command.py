"""`upriver report`: what it writes, and what it refuses."""

import json
from pathlib import Path

from command_line import Command

FEW = ("--draws", "8")


def test_a_states_report_is_one_file_named_after_it(command: Command, tmp_path: Path) -> None:
    ended = command("report", "--place", "AK", *FEW)
    assert ended.code == 0, ended.err
    assert [one.name for one in tmp_path.iterdir()] == ["report-AK.html"]
    assert "prints on two pages" in ended.err
    first = (tmp_path / "report-AK.html").read_bytes()
    (tmp_path / "report-AZ.html").write_text("not ours")
    command("report", "--place", "AK", *FEW)
    assert (tmp_path / "report-AK.html").read_bytes() == first
    told = json.loads(command("report", "--place", "AK", *FEW, "--json").out)
    assert (told["place"], told["draws"], len(told["levers"])) == ("AK", 8, 3)


def test_a_report_is_of_a_state(command: Command) -> None:
    for asked, word in (
        (("report",), "upriver run"),
        (("report", "--place", "AKK"), "Did you mean"),
        (("report", "--place", "AK", "--draws", "900"), "1 to 200"),
    ):
        ended = command(*asked)
        assert (ended.code, ended.out) == (2, "")
        assert word in ended.err
        assert ended.err.count("\n") == 1

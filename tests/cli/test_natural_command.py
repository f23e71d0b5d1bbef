"""`upriver verify --natural`: what nothing was fitted to, beside the fit."""

import json

from command_line import Command


def test_the_command_prints_all_three(command: Command) -> None:
    ended = command("verify", "--natural")
    assert ended.code == 0, ended.err
    for word in ("class control", "Canada", "SOURCE", "FY2021", "2025-Q3"):
        assert word in ended.out
    found = json.loads(command("verify", "--natural", "--json").out)
    assert set(found) == {"class_control", "canada", "beside_the_reference"}

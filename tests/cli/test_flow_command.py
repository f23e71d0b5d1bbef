"""`upriver flow`: the year's kilograms, what was seized beside them, and what it says of a slip."""

import json
import subprocess
import sys

import pytest
from command_line import Command

from upriver.experiments.flow import HOW_SURE, flow, whole_run
from upriver.experiments.seized import NOT_FLOW
from upriver.report.terminal import cells_wide
from upriver.report.wording import decimals_for, number


def test_it_prints_the_kilograms_of_the_run(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    ended = command("flow", "--draws", "5")
    assert (ended.code, ended.err) == (0, "")
    found = flow(whole_run("base", draws=5), 2021)
    lines = ended.out.splitlines()
    for corridor in found.corridors:
        (line,) = [line for line in lines if line.startswith(corridor.label) and "%" in line]
        for amount in (corridor.sent, corridor.seized, corridor.gross, corridor.delivered):
            told = {number(amount.median), number(amount.median, decimals_for(amount.high))}
            assert told & set(line.split())
    for name in found.precursors:
        assert any(line.startswith("Precursors, ") and name.split()[-1] in line for line in lines)
    assert any(line.startswith("Produced, Mexico") for line in lines)
    assert found.implied is not None
    flat = " ".join(ended.out.split())
    assert f"{number(found.implied.flow.low, 0)} to {number(found.implied.flow.high, 0)} kg" in flat


def test_it_says_what_it_is_not(command: Command) -> None:
    for arguments in ((), ("2010",)):
        flat = " ".join(command("flow", *arguments, "--draws", "2").out.split())
        assert NOT_FLOW in flat
        assert flat.endswith(HOW_SURE)
        assert ("on record. At" in flat) == (arguments == ())


def test_recorded_stands_beside_modelled(command: Command) -> None:
    out = command("flow", "2023", "--draws", "2").out
    (line,) = [line for line in out.splitlines() if line.startswith("FY2023")]
    assert "12,257" in line
    assert out.count("\nFY20") == 7


def test_json_holds_every_amount_with_its_interval(command: Command) -> None:
    told = json.loads(command("flow", "2023", "--draws", "5", "--json").out)
    assert told["flow"]["year"] == 2023
    assert [one["name"] for one in told["flow"]["corridors"]] == [
        "mail", "ports", "between", "coastal",
    ]  # fmt: skip
    for corridor in told["flow"]["corridors"]:
        for key in ("sent", "share", "seized", "gross", "delivered"):
            assert corridor[key]["low"] <= corridor[key]["median"] <= corridor[key]["high"]
    assert told["not_flow"] == NOT_FLOW
    assert told["caveat"].startswith(HOW_SURE)
    assert told["fiscal_years"][0]["label"] == "FY2019"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1998",), "YEAR: out of bounds, found 1998. Allowed: 1999 to 2031."),
        (("2032",), "Allowed: 1999 to 2031."),
        (("2021.5",), "YEAR: should be a calendar year, found '2021.5'. Allowed: 1999 to 2031."),
        (("soon",), "Allowed: 1999 to 2031."),
        (("--scenario", "bse"), "Did you mean 'base'?"),
        (("--scenario", "no_fentanyl"), "written for the published model"),
        (("--scenario", "optimistic"), "written for the published model"),
        (("--draws", "-1"), "--draws"),
        (("--jsn",), "`upriver flow --help`"),
    ],
)
def test_a_slip_is_one_line(arguments: tuple[str, ...], said: str, command: Command) -> None:
    ended = command("flow", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert said in ended.err


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(
    columns: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = command("flow", "2023", "--draws", "3").out
    assert "…" not in out
    for line in out.splitlines():
        assert cells_wide(line) <= columns, line


def test_help_has_an_example_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from upriver.cli.main import main\n"
        "try: main(sys.argv[1:])\nfinally:\n"
        " print({m.partition('.')[0] for m in sys.modules} & "
        "{'jax', 'pandas', 'xarray', 'matplotlib', 'scipy'}, file=sys.stderr)\n"
    )
    for arguments, holds in ((["--help"], "Example: upriver flow"), (["--draws", "1"], "FY2019")):
        done = subprocess.run(
            [sys.executable, "-c", code, "flow", *arguments], capture_output=True, text=True
        )
        assert done.returncode == 0
        assert holds in done.stdout
        assert done.stderr.strip() == "set()"

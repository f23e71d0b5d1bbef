"""Every command that prints numbers gives them as one tidy table, or says why it has none."""

import csv
import io
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer
from command_line import Command

from upriver.cli import tables
from upriver.cli.app import app
from upriver.experiments.trial import Given, Trial
from upriver.report.tables.checks import table_of_trials
from upriver.report.tables.tidy import COLUMNS, NUMBERS
from upriver.report.tables.write import FORMATS

FEW = ("--draws", "4")
WITHOUT = {
    "calibrate": "fits, and writes draws; `posterior` has the numbers",
    "demo": "a tour of other commands",
    "doctor": "says what is installed, and what is wrong",
    "evidence cite": "prints BibTeX",
    "evidence fetch": "downloads; `evidence read` has the numbers",
    "evidence plot": "draws; `evidence show` has the numbers",
    "mcp": "serves agents",
    "page": "writes a page",
    "report": "writes a report of two pages; its numbers are those of `run --place`",
    "scenario check": "says what is right in a file",
    "scenario diff": "says what is written otherwise; `compare` has the numbers",
    "scenario new": "writes a file",
    "scenarios": "prints files",
    "sweep collect": "writes a table of its own, CSV, Parquet or NetCDF, of what a plan has run",
    "sweep resume": "runs what is missing of a plan; `sweep collect` has the numbers",
    "sweep run": "runs a plan; `sweep collect` has the numbers",
    "sweep status": "says which chunks are there",
}
"""Commands that print no numbers of their own, and what they do."""

LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "answers": (("answers", "1", *FEW), ("answers", "6", *FEW)),
    "believe": (("believe", "treatment_doubled", "naloxone_doubled", "--draws", "200"),),
    "claims": (("claims", "C01"),),
    "compare": (
        ("compare", "base", "naloxone_doubled", *FEW, "--no-files"),
        ("compare", "base", "naloxone_doubled", *FEW, "--no-files", "--place", "AK"),
        ("compare", "base", "naloxone_doubled", *FEW, "--no-files", "--baselines"),
    ),
    "cost": (("cost", "base", "naloxone_doubled", *FEW),),
    "dose": (("dose",),),
    "evidence check": (("evidence", "check"),),
    "evidence list": (("evidence", "heroin"),),
    "evidence read": (("evidence", "read", "csv", "mine.csv"),),
    "evidence show": (("evidence", "show", "deaths_any_opioid"), ("evidence", "homeless")),
    "explain": (("explain", *FEW), ("explain", *FEW, "--place", "AK")),
    "flow": (("flow", "2021", *FEW),),
    "forecast": (
        ("forecast", "--months", "6"),
        ("forecast", "--score"),
        ("forecast", "--months", "6", "--place", "OH"),
    ),
    "levers": (("levers",), ("levers", "naloxone_kits")),
    "parameters": (("parameters",), ("parameters", "people.response.witnessed")),
    "portfolio": (("portfolio", "--draws", "2"),),
    "posterior": (("posterior", "--no-files"),),
    "prior": (("prior", "--draws", "100"),),
    "rank": (
        ("rank", "--stage", "services", *FEW),
        ("rank", "--stage", "services", *FEW, "--place", "AK"),
    ),
    "run": (
        ("run", *FEW, "--no-files"),
        ("run", "--draws", "0", "--no-files"),
        ("run", *FEW, "--no-files", "--world", "reference"),
        ("run", *FEW, "--no-files", "--place", "AK"),
    ),
    "sensitivity": (
        ("sensitivity", "deaths", "--draws", "200"),
        ("sensitivity", "deaths", "--years", "2001", "--prior", "--points", "16"),
    ),
    "states": (
        ("states", *FEW, "--places", "OH,AK"),
        ("states", "naloxone_doubled", "--against", "base", "--averted", "2027-2031", *FEW),
        ("states", "--sums", *FEW),
    ),
    "verify": (("verify",), ("verify", "--policies"), ("verify", "--natural")),
}
"""For every other command, lines that give its tables."""

FOUND = (0.5, 2.0, 3.0)
"""2.5, 50 and 97.5 % of draws."""

MINE = "series,place,calendar,period,value,unit,source,vintage,status\n"
MINE += "deaths,OH,year,2020,12,people,county,final,reported\n"


def commands() -> Iterator[tuple[str, Any]]:
    """Every command of the app by its name."""
    whole: Any = typer.main.get_command(app)
    for name, one in whole.commands.items():
        for below, inner in getattr(one, "commands", {}).items():
            yield f"{name} {below}", inner
        if not hasattr(one, "commands"):
            yield name, one


def test_every_command_has_a_table_or_a_reason_to_have_none() -> None:
    having = {
        name
        for name, one in commands()
        if {"--format", "--save"} <= {opt for option in one.params for opt in option.opts}
    }
    assert having == set(LINES)
    assert not having & set(WITHOUT)
    assert {name for name, _ in commands()} - having <= set(WITHOUT)
    assert set(FORMATS) == set(tables.FORMATS) - {tables.TEXT}


@pytest.mark.parametrize(
    "line", [line for lines in LINES.values() for line in lines], ids=lambda line: " ".join(line)
)
def test_its_numbers_come_with_unit_source_and_interval(
    line: tuple[str, ...], command: Command
) -> None:
    Path("mine.csv").write_text(MINE, encoding="utf-8")
    ended = command(*line, "--format", "csv", "--save", "saved.parquet")
    assert ended.code == 0, ended.err
    assert "Wrote saved.parquet." in ended.err
    lines = [text for text in ended.out.splitlines() if not text.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert rows
    assert tuple(rows[0]) == COLUMNS
    assert ended.out.startswith("# ")
    for row in rows:
        assert all(row[name] for name in ("series", "quantity", "unit", "source", "version")), row
        for name in NUMBERS:
            assert not row[name] or math.isfinite(float(row[name])), row
        assert row["value"] or row["low"] or row["note"] or row["status"], row
        assert (row["low"] != "") == (row["high"] != ""), row
        assert (row["low"] != "") >= (row["interval"] != ""), row
        modelled = row["status"] == "modelled" and row["source"].startswith("upriver")
        assert not modelled or row["world"], row
    keys = [tuple(row[name] for name in COLUMNS if name not in (*NUMBERS, "note")) for row in rows]
    assert len(set(keys)) == len(keys)
    saved = pl.read_parquet("saved.parquet")
    assert saved.columns == list(COLUMNS)
    assert saved["value"].to_list() == [float(r["value"]) if r["value"] else None for r in rows]
    assert saved["unit"].to_list() == [row["unit"] for row in rows]


def test_checks_that_are_not_met_say_so_in_the_table() -> None:
    given = Given("places", "places in treatment", "people", 10.0, (9.0, 10.0, 11.0), ("wonder",))
    trials = [
        Trial(
            "kits", "deaths", "%", "overlap", (-1.0, 1.0), (0.5, 2.0, 3.0), met, (), "off", ends, no
        )
        for met, ends, no in ((True, (5.0, 6.0, 7.0), False), (False, None, None))
    ]
    rows = [dict(row) for row in table_of_trials([given], trials).rows]
    met = [row["value"] for row in rows if row["quantity"] == "met, and could have failed"]
    assert met == [1.0, 0.0]
    found = {str(row["quantity"]): row for row in rows if row["series"] == "kits"}
    assert (found["allowed"]["low"], found["allowed"]["high"]) == (-1.0, 1.0)
    assert found["with its mechanism changed"]["value"] == 6.0
    assert {row["unit"] for row in rows} == {"people", "%", "1"}
    (recorded,) = (row for row in rows if row["quantity"] == "recorded")
    assert (recorded["source"], recorded["world"]) == ("wonder", "")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_costs_no_library_that_a_run_does_not(form: str) -> None:
    code = (
        "import sys\n"
        f"sys.argv[1:] = ['run', '--draws', '2', '--no-files', '--format', '{form}']\n"
        "from upriver.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'pyarrow', 'xarray', 'matplotlib', 'scipy', 'jax'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_table_as_json_has_the_rows_of_the_csv(command: Command) -> None:
    told = json.loads(command("rank", "--stage", "services", *FEW, "--format", "json").out)
    text = command("rank", "--stage", "services", *FEW, "--format", "csv").out
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert [row["series"] for row in told["rows"]] == [row["series"] for row in rows]
    assert [row["value"] for row in told["rows"]] == [float(row["value"]) for row in rows]
    own = json.loads(command("rank", "--stage", "services", *FEW, "--json").out)
    first = {row["quantity"]: row for row in told["rows"][:1]}["deaths averted"]
    averted = own["levers"][0]["averted"]
    assert (first["value"], first["low"], first["high"]) == (
        averted["median"],
        averted["low"],
        averted["high"],
    )
    assert first["series"] == own["levers"][0]["lever"]
    assert first["interval"] == "95 %"


def test_a_lever_alone_has_the_digest_of_its_own_scenario(command: Command) -> None:
    told = json.loads(command("rank", "--stage", "services", *FEW, "--format", "json").out)
    digests = {row["series"]: row["scenario_digest"] for row in told["rows"]}
    assert len(set(digests.values())) == len(digests) > 3


def test_a_saved_table_stands_beside_what_is_printed(command: Command) -> None:
    plain = command("dose")
    both = command("dose", "--save", "dose.json")
    assert both.out == plain.out
    assert json.loads(Path("dose.json").read_text(encoding="utf-8"))["rows"]
    assert not list(Path().glob(".*"))


def test_a_folder_for_a_table_is_made_and_a_file_in_its_way_is_not(command: Command) -> None:
    assert command("dose", "--save", "new/here/dose.csv").code == 0
    assert Path("new/here/dose.csv").exists()
    ended = command("dose", "--save", "new/here/dose.csv/dose.csv")
    assert ended.code == 1
    assert ended.out == ""
    assert "is a file, not a folder" in ended.err


def test_parquet_goes_to_a_pipe_as_bytes(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from upriver.cli.main import main

    with pytest.raises(SystemExit) as ended:
        main(["dose", "--format", "parquet"])
    assert not ended.value.code
    assert pl.read_parquet(io.BytesIO(capsysbinary.readouterr().out)).columns == list(COLUMNS)


def test_parquet_is_refused_at_a_terminal(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.tables.at_terminal", lambda: True)
    ended = command("dose", "--format", "parquet")
    assert ended.code == 2
    assert ended.out == ""
    assert "--save FILE.parquet" in ended.err


def test_without_pyarrow_the_extra_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.report.tables.write.find_spec", lambda name: None)
    for options in (("--format", "parquet"), ("--save", "dose.parquet")):
        ended = command("dose", *options)
        assert ended.code == 2
        assert len(ended.err.splitlines()) == 1
        assert "pip install 'upriver[parquet]'" in ended.err
    assert command("dose", "--save", "dose.csv").code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "parket"), "Did you mean 'parquet'?"),
        (("--save", "dose.xlsx"), "--save: should end in .csv, .json or .parquet"),
        (("--json", "--format", "csv"), "not both"),
        (("--json", "--format", "parquet"), "not both"),
    ],
)
def test_a_slip_of_a_table_is_one_line(
    options: tuple[str, ...], said: str, command: Command
) -> None:
    ended = command("dose", *options)
    assert ended.code != 0
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1
    assert not list(Path().iterdir())


def test_names_without_numbers_have_no_table(command: Command) -> None:
    ended = command("parameters", "--handles", "--format", "csv")
    assert ended.code == 2
    assert "no numbers" in ended.err
    ended = command("evidence", "show", "homeless", "--csv", "--format", "json")
    assert ended.code == 2
    assert "--csv" in ended.err

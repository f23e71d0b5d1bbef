"""Whatever is wrong, one line says what and where, nothing is written, and no trace is shown."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from command_line import Command, Ended
from hypothesis import given, settings
from hypothesis import strategies as st

from upriver.cli.files import marked
from upriver.policy import scenario as scenarios

HEAD = "schema: 2\ntitle: A title\n"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)
)
FLOATS = "people.response.witnessed"


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code and one line that holds these words."""
    assert ended.code == code, ended
    assert ended.err.count("\n") == 1, ended.err
    assert ended.err.startswith("upriver: ")
    assert ended.err.endswith("\n")
    assert len(ended.err) < 420
    assert ended.err[:-1].isprintable(), ended.err
    for never in ("Traceback", "this should not happen", ".py", "object at"):
        assert never not in ended.err, ended.err
    for word in words:
        assert word in ended.err, f"{word!r} is not in {ended.err!r}"


def change(text: str) -> str:
    """A scenario of one change, on line 4."""
    return f"{HEAD}changes:\n  - {{{text}}}\n"


SCENARIOS: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "an empty file": ("", ("is empty",)),
    "only a comment": ("# soon\n", ("is empty",)),
    "a list": ("- schema: 2\n", ("line 1", "should be a mapping", "found a list")),
    "a word": ("hello\n", ("line 1", "found 'hello'")),
    "binary": (b"schema: 2\ntitle: \x00\x01\n", ("line 2", "not text")),
    "another encoding": ("schema: 2\ntitle: Überdosis\n".encode("latin-1"), ("line 2", "UTF-8")),
    "fifty megabytes": (b"title: " + b"x" * 50_000_000, ("too large", "256 KiB")),
    "an alias bomb": (BOMB, ("line 1", "anchors")),
    "a Python object": (
        "schema: 2\ntitle: !!python/object/apply:os.system ['touch owned']\n",
        ("line 2", "tag"),
    ),
    "deep nesting": (f"{HEAD}changes: {'[' * 50_000}", ("line 3", "20 levels")),
    "a key twice": ("schema: 2\ntitle: a\ntitle: b\n", ("line 3", "given twice", "line 2")),
    "a tab": ("schema: 2\n\ttitle: a\n", ("line 2", "tabs")),
    "a colon in text": ("schema: 2\ntitle: more: naloxone\n", ("line 2", "quotes")),
    "schema missing": ("title: a\n", ("schema is missing", "`schema: 2`")),
    "schema of tomorrow": ("schema: 3\ntitle: a\n", ("line 1", "found 3", "Allowed: 1, 2")),
    "schema in words": ("schema: one\ntitle: a\n", ("line 1", "whole number", "'one'")),
    "title missing": ("schema: 2\n", ("title is missing",)),
    "title a number": ("schema: 2\ntitle: 2026\n", ("line 2", "text", "quotes")),
    "title a list": ("schema: 2\ntitle: [a]\n", ("line 2", "text", "a list")),
    "title empty": ('schema: 2\ntitle: "  "\n', ("line 2", "empty")),
    "title very long": (f"schema: 2\ntitle: {'x' * 5000}\n", ("line 2", "5000", "at most 200")),
    "title with escape codes": ('schema: 2\ntitle: "\\e[31mred"\n', ("line 2", "control")),
    "title that turns text round": ('schema: 2\ntitle: "a\\u202eb"\n', ("line 2", "control")),
    "an unknown field": (HEAD + "chnages: []\n", ("line 3", "'chnages'", "'changes'")),
    "an unknown field in a change": (
        change("handle: naloxone_kits, by: 1, form: 2026"),
        ("line 4", "'form'", "'from'"),
    ),
    "a field named by a number": (HEAD + "7: 1\n", ("line 3", "unknown field 7")),
    "a very long field": (HEAD + f"{'y' * 900}: 1\n", ("line 3", "…")),
    "an unknown handle": (
        change("handle: naloxon_kit, by: 1"),
        ("line 4", "'naloxon_kit'", "Did you mean 'naloxone_kits'?"),
    ),
    "an unknown lever": (
        change("lever: naloxon, by: 1"),
        ("line 4", "'naloxon'", "Did you mean 'naloxone_kits'?", "`upriver levers` lists all"),
    ),
    "a lever outside its range": (
        change("lever: naloxone_kits, by: 7"),
        ("line 4", "lever 'naloxone_kits'", "found 7", "-0.5 to 1"),
    ),
    "an unknown level": (
        change("lever: naloxone_kits, level: mots"),
        ("line 4", "'mots'", "Did you mean 'most'?"),
    ),
    "a level and an amount": (
        change("lever: naloxone_kits, level: most, by: 1"),
        ("line 4", "'level', 'by' or 'to'", "both"),
    ),
    "a lever without an amount": (change("lever: naloxone_kits"), ("line 4", "neither")),
    "a lever that does not replace": (
        change("lever: naloxone_kits, to: 5"),
        ("line 4", "does not go with lever", "level, by"),
    ),
    "a lever and a handle": (
        change("lever: prevent_relapse, handle: relapse, by: 0.1"),
        ("line 4", "'lever', 'handle' or 'acts_on'", "both"),
    ),
    "a lever, a handle and a parameter": (
        change(f"lever: prevent_relapse, handle: relapse, acts_on: {FLOATS}, by: 0.1"),
        ("line 4", "all of them"),
    ),
    "a level of a handle": (change("handle: relapse, level: most"), ("line 4", "'lever' alone")),
    "an operation for a lever": (
        change("lever: prevent_relapse, operation: add, by: 0.1"),
        ("line 4", "given by the lever"),
    ),
    "a lever that is a number": (change("lever: 7, by: 0.1"), ("line 4", "text", "quotes")),
    "an unknown parameter in set": (
        HEAD + "set:\n  people.response.witnesed: 1\n",
        ("line 4", f"Did you mean '{FLOATS}'?"),
    ),
    "an unknown parameter in acts_on": (
        change("acts_on: people.respons.witnessed, operation: scale, by: 1"),
        ("line 4", f"Did you mean '{FLOATS}'?"),
    ),
    "an unknown parameter in a list": (
        change(f"acts_on: [{FLOATS}, nothing], operation: scale, by: 1"),
        ("line 4", "'nothing'"),
    ),
    "an unknown parameter in projections": (
        HEAD + "projections:\n  people.market.fentanyl_shar: hold\n",
        ("line 4", "Did you mean 'people.market.fentanyl_share'?"),
    ),
    "a path of the file system as a parameter": (HEAD + "set:\n  ../../x: 1\n", ("line 4",)),
    "out of bounds": (HEAD + f"set:\n  {FLOATS}: 1.5\n", ("line 4", "1.5", "0 to 1")),
    "a word for a number": (HEAD + f"set:\n  {FLOATS}: no\n", ("line 4", "a number", "'no'")),
    "true for a number": (HEAD + f"set:\n  {FLOATS}: true\n", ("line 4", "a number", "true")),
    "nothing for a number": (HEAD + f"set:\n  {FLOATS}:\n", ("line 4", "a number", "null")),
    "a number in quotes": (HEAD + f"set:\n  {FLOATS}: '0.5'\n", ("line 4", "without quotes")),
    "not a number": (HEAD + f"set:\n  {FLOATS}: .nan\n", ("line 4", "not finite")),
    "infinity": (HEAD + f"set:\n  {FLOATS}: -.inf\n", ("line 4", "not finite")),
    "a number beyond all bounds": (HEAD + f"set:\n  {FLOATS}: 1e999\n", ("line 4", "not finite")),
    "five thousand digits": (HEAD + f"set:\n  {FLOATS}: {'9' * 5000}\n", ("line 4", "too large")),
    "set is a list": (HEAD + "set: [1]\n", ("line 3", "a mapping", "a list")),
    "out of bounds through a bend": (
        change(f"acts_on: {FLOATS}, operation: scale, by: 9"),
        ("line 4", "out of bounds", "0 to 1"),
    ),
    "out of bounds through a handle": (
        change("handle: witnessing, to: 3"),
        ("line 4", "'witnessing'", FLOATS, "0 to 1"),
    ),
    "far out of bounds through a bend": (
        change(f"acts_on: {FLOATS}, operation: add, by: 1e308"),
        ("line 4", "out of bounds"),
    ),
    "less than nothing": (change("handle: naloxone_kits, by: -1.5"), ("line 4", "-1 or more")),
    "more than all": (change("handle: witnessing, by: 2"), ("line 4", "-1 to 1")),
    "end before start": (HEAD + "over: -2\n", ("line 3", "would end before it starts", "-2")),
    "end before start in a change": (
        change("handle: naloxone_kits, by: 1, over: -0.5"),
        ("line 4", "would end before it starts"),
    ),
    "longer than the run": (HEAD + "over: 90\n", ("line 3", "longer than the run")),
    "the year 1850": (HEAD + "from: 1850\n", ("line 3", "1850", "1999 to 2032")),
    "the year 2050": (
        change("handle: naloxone_kits, by: 1, from: 2050"),
        ("line 4", "2050", "1999 to 2032"),
    ),
    "soon": (HEAD + "from: soon\n", ("line 3", "a year as a number", "'soon'")),
    "an impossible date": (HEAD + "from: 2026-13-45\n", ("line 3", "2026.5", "'2026-13-45'")),
    "by missing": (change("handle: naloxone_kits"), ("line 4", "'by' or 'to'", "neither")),
    "by and to": (
        change(f"acts_on: {FLOATS}, operation: scale, by: 0.1, to: 0.9"),
        ("line 4", "'by' or 'to'", "both"),
    ),
    "handle and acts_on": (
        change(f"handle: witnessing, acts_on: {FLOATS}, by: 0.1"),
        ("line 4", "'handle' or 'acts_on'", "both"),
    ),
    "neither handle nor acts_on": (change("by: 0.1"), ("line 4", "neither")),
    "an unknown operation": (
        change(f"acts_on: {FLOATS}, operation: scal, by: 0.1"),
        ("line 4", "'scal'", "Did you mean 'scale'?"),
    ),
    "no operation": (change(f"acts_on: {FLOATS}, by: 0.1"), ("line 4", "operation is missing")),
    "replace with by": (
        change(f"acts_on: {FLOATS}, operation: replace, by: 0.1"),
        ("line 4", "'to'", "replace"),
    ),
    "scale with to": (
        change(f"acts_on: {FLOATS}, operation: scale, to: 0.1"),
        ("line 4", "does not go with 'to'"),
    ),
    "an operation for a handle": (
        change("handle: witnessing, operation: add, by: 0.1"),
        ("line 4", "given by the handle"),
    ),
    "acts_on nothing": (
        change("acts_on: [], operation: add, by: 0.1"),
        ("line 4", "should not be empty"),
    ),
    "acts_on the same twice": (
        change(f"acts_on: [{FLOATS}, {FLOATS}], operation: scale, by: 0.1"),
        ("line 4", "given twice"),
    ),
    "changes is a mapping": (HEAD + "changes: {handle: relapse}\n", ("line 3", "a list")),
    "a change is a word": (HEAD + "changes:\n  - naloxone\n", ("line 4", "a mapping")),
    "changes is nothing": (HEAD + "changes:\n", ("line 3", "a list", "null")),
    "based on nothing known": (
        HEAD + "based_on: optimstic\n",
        ("line 3", "'optimstic'", "Did you mean 'optimistic'?"),
    ),
    "based on a file": (HEAD + "based_on: ../base.yaml\n", ("line 3", "does not exist")),
    "based on two": (HEAD + "based_on: [base, constant]\n", ("line 3", "should be text")),
    "a projection that is not there": (
        HEAD + f"projections:\n  {FLOATS}: hold\n",
        ("line 4", "has no projection"),
    ),
    "a projection that ended long ago": (
        HEAD + "projections:\n  people.market.fentanyl_share: {end_value: 0.9, end_year: 2015}\n",
        ("line 4", "2015", "after 2020"),
    ),
    "a projection out of bounds": (
        HEAD + "projections:\n  people.market.fentanyl_share: {end_value: 9}\n",
        ("line 4", "end_value", "0 to 1"),
    ),
    "a projection without an end": (
        HEAD + "projections:\n  people.market.fentanyl_share: {end_year: 2030}\n",
        ("line 4", "end_value is missing"),
    ),
    "all projections to one value": (
        HEAD + "projections:\n  all: {end_value: 0.5}\n",
        ("line 4", "'hold'"),
    ),
    "a projection in a word": (
        HEAD + "projections:\n  people.market.fentanyl_share: held\n",
        ("line 4", "'hold'", "'held'"),
    ),
    "an unknown act": (
        HEAD + "without_acts: [oxycontin_reformulaton]\n",
        ("line 3", "Did you mean 'oxycontin_reformulation'?"),
    ),
    "an act that is a number": (HEAD + "without_acts: [2010]\n", ("line 3", "should be text")),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_that_is_not_right_is_refused_with_its_line(
    name: str, command: Command, tmp_path: Path
) -> None:
    text, words = SCENARIOS[name]
    raw = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "mine.yaml").write_bytes(raw)
    refused(command("run", "mine.yaml"), 2, "mine.yaml", *words)
    assert os.listdir(tmp_path) == ["mine.yaml"]


COMMAND_LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an unknown command": (("runn",), ("'runn'", "'run'", "upriver --help")),
    "an unknown option": (("run", "--drws", "3"), ("--drws", "'--draws'", "upriver run --help")),
    "an unknown option of all": (("--verson",), ("--verson",)),
    "too many arguments": (("run", "base", "constant"), ("constant", "upriver run --help")),
    "an option without its value": (("run", "--draws"), ("--draws", "upriver run --help")),
    "a value too many": (("run", "--json=yes"), ("--json",)),
    "less than no draws": (("run", "--draws", "-1"), ("--draws", "found -1", "0 to 1000")),
    "too many draws": (("run", "--draws", "5000"), ("--draws", "5000", "0 to 1000")),
    "a word of draws": (("run", "--draws", "abc"), ("--draws", "whole number", "'abc'")),
    "half a draw": (("compare", "base", "base", "--draws", "0.5"), ("whole number", "'0.5'")),
    "a million digits of draws": (("run", "--draws", "9" * 10**5), ("whole number",)),
    "an unknown scenario": (("run", "optimstic"), ("'optimstic'", "Did you mean 'optimistic'?")),
    "an unknown scenario in a comparison": (("compare", "base", "constnt"), ("'constant'",)),
    "a scenario without a name": (("run", ""), ("scenario '' does not exist",)),
    "a scenario with escape codes": (("run", "\x1b[31mred\n"), ("\\x1b[31mred",)),
    "a scenario with a very long name": (("run", "x" * 5000), ("…",)),
    "a file with a very long name": (("run", "x" * 5000 + ".yaml"), ("too long",)),
    "a file with a zero in its name": (("run", "a\0b.yaml"), ("a\\x00b.yaml",)),
    "a file that is not there": (("run", "mine.yaml"), ("mine.yaml: does not exist",)),
    "a folder as scenario": (("run", "./"), ("./: is a folder",)),
    "one scenario compared": (("compare", "base"), ("two scenarios or more",)),
    "nothing compared": (("compare",), ("upriver compare --help",)),
    "--set without a value": (("run", "--set", FLOATS), ("--set", "PATH=VALUE")),
    "--set without a path": (("run", "--set", "=1"), ("--set", "PATH=VALUE")),
    "--set with a word": (("run", "--set", f"{FLOATS}=much"), ("--set", "a number", "'much'")),
    "--set with nothing": (("run", "--set", f"{FLOATS}="), ("--set", "a number")),
    "--set with no number": (("run", "--set", f"{FLOATS}=nan"), ("--set", "a number", "'nan'")),
    "--set with infinity": (("run", "--set", f"{FLOATS}=-inf"), ("--set", "a number")),
    "--set out of bounds": (("run", "--set", f"{FLOATS}=1.01"), ("--set", "1.01", "0 to 1")),
    "--set of nothing known": (
        ("run", "--set", "people.response.witnesed=1"),
        ("--set", f"Did you mean '{FLOATS}'?"),
    ),
    "--set twice": (
        ("run", "--set", f"{FLOATS}=0.5", "--set", f"{FLOATS} = 0.6"),
        ("--set", FLOATS, "twice"),
    ),
    "a parameter that is not there": (
        ("parameters", "people.response.witnesed"),
        (f"Did you mean '{FLOATS}'?", "upriver parameters"),
    ),
    "a handle that is not there": (
        ("parameters", "--handles", "naloxon_kit"),
        ("Did you mean 'naloxone_kits'?",),
    ),
    "a lever that is not there": (
        ("levers", "naloxon_kit"),
        ("Did you mean 'naloxone_kits'?", "`upriver levers` lists all"),
    ),
    "levers of no such words": (("levers", "build", "a", "wall"), ("'build a wall'",)),
    "an unknown option of levers": (("levers", "--all"), ("--all", "upriver levers --help")),
    "a published table that is not there": (
        ("verify", "--published", "no.csv"),
        ("no.csv: does not exist",),
    ),
    "a folder as published table": (("verify", "--published", "."), ("is a folder",)),
}


@pytest.mark.parametrize("name", COMMAND_LINES)
def test_a_command_line_that_is_not_right_is_refused(
    name: str, command: Command, tmp_path: Path
) -> None:
    arguments, words = COMMAND_LINES[name]
    refused(command(*arguments), 2, *words)
    assert not os.listdir(tmp_path)


QUARTERS = ",".join(f"{1999 + i / 4:g}" for i in range(133))
TABLES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "empty": (b"", ("is empty",)),
    "a header alone": (f"name,{QUARTERS}\n".encode(), ("is empty",)),
    "too few cells": (b"name,1999,2000\nOverdoses,1,2\n", ("row 1", "133 quarters")),
    "a short row": (f"name,{QUARTERS}\nOverdoses,1,2\n".encode(), ("row 2", "133 quarters")),
    "a word in it": (
        f"name,{QUARTERS}\nOverdoses,{'1,' * 132}x\n".encode(),
        ("row 2", "Overdoses", "found 'x'"),
    ),
    "unknown quantities": (f"name,{QUARTERS}\nx,{'1,' * 132}1\n".encode(), ("no quantity",)),
    "no text": (bytes(range(256)) * 9, ("table.csv",)),
    "one endless cell": (b"x" * 200_000, ("not a CSV file",)),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_broken_published_table_is_refused(name: str, command: Command, tmp_path: Path) -> None:
    raw, words = TABLES[name]
    (tmp_path / "table.csv").write_bytes(raw)
    refused(command("verify", "--published", "table.csv"), 2, "table.csv", *words)


def test_scenarios_that_build_on_each_other_are_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {name: tmp_path / f"{name}.yaml" for name in ("hen", "egg")}
    for name, other in (("hen", "egg"), ("egg", "hen")):
        known[name].write_text(f"{HEAD}based_on: {other}\n")
    monkeypatch.setattr(scenarios, "shipped", lambda: known)
    refused(command("run", "hen"), 2, "line 3", "circle")


@pytest.mark.parametrize("place", ["a file", "a file/below", "x" * 5000])
def test_a_folder_that_cannot_be_is_refused_before_any_work(
    place: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("mine")
    for arguments in (("run",), ("compare", "base", "constant"), ("demo",)):
        ended = command(*arguments, "--folder", place)
        refused(ended, 1, "cannot write to")
        assert not ended.out
    assert (tmp_path / "a file").read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    refused(command("run"), 1, "permission denied")
    assert not os.listdir(tmp_path)


def test_a_folder_in_the_place_of_the_report_is_left_alone(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "base.html").mkdir()
    refused(command("run", "--draws", "2"), 1, "base.html", "it is a folder")
    assert os.listdir(tmp_path) == ["base.html"]


def failing(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "no space left on the disk"),
        (OSError(errno.EROFS, "Read-only file system"), 1, "read-only"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=["full disk", "read-only disk", "Ctrl-C"],
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    error: BaseException,
    code: int,
    words: str,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yesterday = marked("<title>of yesterday</title>\n", ["Base projection"])
    (tmp_path / "base.html").write_text(yesterday)
    monkeypatch.setattr(os, "fsync", failing(error))
    ended = command("run", "--draws", "2")
    refused(ended, code, words)
    assert "Opioid overdose deaths" in ended.out
    assert os.listdir(tmp_path) == ["base.html"]
    assert (tmp_path / "base.html").read_text() == yesterday


@pytest.mark.parametrize(
    "where", ["upriver.policy.apply.fitted", "upriver.report.story.report", "upriver.cli.run"]
)
def test_ctrl_c_ends_in_one_line_wherever_it_comes(
    where: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = "upriver.cli.shared.settings" if where == "upriver.cli.run" else where
    monkeypatch.setattr(target, failing(KeyboardInterrupt()))
    refused(command("run", "--draws", "2"), 130, "interrupted")
    assert not os.listdir(tmp_path)


def test_an_error_of_ours_is_one_line_that_asks_for_a_report(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.shared.settings", failing(ZeroDivisionError("a\nb")))
    ended = command("run")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "this should not happen: ZeroDivisionError: a\\nb." in ended.err


@pytest.mark.parametrize(
    "arguments", [("--debug", "run", "bas"), ("run", "--debug", "bas"), ("run", "bas", "--debug")]
)
def test_debug_shows_the_trace_wherever_it_stands(
    arguments: tuple[str, ...], command: Command
) -> None:
    ended = command(*arguments)
    assert ended.code == 2
    assert ended.err.startswith("Traceback")
    assert ended.err.splitlines()[-1].startswith("upriver: scenario 'bas' does not exist")


def test_a_title_of_markup_works_and_stays_text(command: Command, tmp_path: Path) -> None:
    title = "<script>alert('x')</script> & <b>no</b>"
    (tmp_path / "mine.yaml").write_text(f'schema: 2\ntitle: "{title}"\n')
    ended = command("run", "mine.yaml", "--draws", "2")
    assert ended.code == 0
    assert title in ended.out
    page = (tmp_path / "mine.html").read_text()
    assert "<script>alert" not in page.casefold()
    assert "<b>no</b>" not in page.casefold()
    assert "&lt;script&gt;alert(" in page


def test_no_is_a_word_and_a_title(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("schema: 2\ntitle: no\n")
    ended = command("run", "mine.yaml", "--draws", "2", "--no-files")
    assert ended.out.startswith("no (whole system, fitted): the US opioid")


def outside(*arguments: str, folder: Path, output: int = subprocess.PIPE) -> Ended:
    """A command line in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "upriver", *arguments],
        cwd=folder,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    return Ended(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


@pytest.mark.parametrize("arguments", [("runn",), ("run", "no.yaml"), ("run", "--draws", "x")])
def test_a_process_of_its_own_says_the_same(arguments: tuple[str, ...], tmp_path: Path) -> None:
    refused(outside(*arguments, folder=tmp_path), 2)
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no small disk can be made here")
def test_an_output_that_is_full_is_one_line(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        ended = outside("--version", folder=tmp_path, output=full.fileno())
    refused(ended, 1, "cannot write the output")


def test_a_reader_that_goes_away_leaves_no_complaint(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = outside("parameters", folder=tmp_path, output=write)
    os.close(write)
    assert ended.err == ""


VALID = """\
schema: 2
title: Double naloxone, halve relapse
about: Two changes and a projection
from: 2026
over: 3
based_on: constant
projections:
  people.market.fentanyl_share: {end_value: 0.9, end_year: 2030}
set:
  people.response.witnessed: 0.8
without_acts: [oxycontin_reformulation]
changes:
  - {handle: naloxone_kits, by: 1.0}
  - {acts_on: people.remission.relapse_rate, operation: scale, by: -0.5, from: 2027}
  - {lever: prescribe_to_fewer, level: most}
"""
MARKS = ("", "  ", "\n", "\t", *"[]{}:'\"%#|>é\x00\u202e", ": ", "- ", "&a ", "*a", "!!x ", "---\n")
WORDS = (
    "no",
    "null",
    "1e308",
    "-1",
    ".nan",
    "9" * 30,
    "2026-01-01",
    "0x1F",
    "hold",
    "by: 1",
    "to: 1",
)
NAMES = ("people.response.kits", "handle: relapse", "lever: relapse", "level: most", "base")
PIECES = st.sampled_from((*MARKS, *WORDS, *NAMES))
MUTATIONS = st.lists(
    st.tuples(st.integers(0, len(VALID)), st.integers(0, 40), PIECES | st.text(max_size=6)),
    min_size=1,
    max_size=4,
)


def mutated(mutations: list[tuple[int, int, str]]) -> bytes:
    """A valid scenario with some stretches replaced."""
    text = VALID
    for at, length, piece in mutations:
        text = text[:at] + piece + text[at + length :]
    return text.encode("utf-8", "surrogatepass")


def told_or_run(mutations: list[tuple[int, int, str]]) -> None:
    """It is run, or refused with one line."""
    from upriver.core.errors import InputError
    from upriver.policy.apply import table

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.yaml"
        file.write_bytes(mutated(mutations))
        try:
            table(scenarios.read_scenario(file), draws=2)
        except InputError as error:
            said = str(error)
            assert said.isprintable()
            assert said.startswith(("mine.yaml", str(file)[:20], "…"))


@given(MUTATIONS)
@settings(max_examples=200)
def test_a_scenario_with_any_slip_is_run_or_refused(mutations: list[tuple[int, int, str]]) -> None:
    told_or_run(mutations)


@pytest.mark.slow
@given(MUTATIONS)
@settings(max_examples=20_000)
def test_a_scenario_with_many_slips_is_run_or_refused(
    mutations: list[tuple[int, int, str]],
) -> None:
    told_or_run(mutations)


def test_a_file_that_is_not_there_names_the_nearest_that_is(command: Command) -> None:
    Path("naloxone.yaml").write_text("schema: 2\ntitle: a\n")
    for wrong in ("nalxone.yaml", "naloxone.yml"):
        ended = command("run", wrong, "--no-files")
        refused(ended, 2, wrong, "does not exist", "Did you mean 'naloxone.yaml'?")

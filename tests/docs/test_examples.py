"""What the README and the tutorials tell a reader to type works, in the order of the page.

A block is tried if the line before it says so, in a comment that a reader does not see:

    <!-- test -->              run it: sh or python
    <!-- test: file=NAME -->   write it to that file
    <!-- test: output -->      a console block: run what follows `$ ` and compare what it prints

Lines of a shell that only call `upriver` are run in this process, which spares its start; all else,
and every block whose output is compared, as a reader would.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from upriver.cli.main import main

ROOT = Path(__file__).parents[2]
FOUND = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^<!-- test(?:: (.+?))? -->\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """One block: what to do with it, its language, its text."""

    what: str
    language: str
    text: str


def examples(page: Path) -> list[Example]:
    return [Example(*found) for found in BLOCK.findall(page.read_text(encoding="utf-8"))]


PAGES = [page for page in FOUND if examples(page)]


def run(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def calls(text: str) -> list[list[str]] | None:
    """Arguments of each line, if every line calls `upriver` and asks nothing else of the shell."""
    lines = [line for line in text.splitlines() if line.partition("#")[0].strip()]
    if any(not line.startswith("upriver ") or set(line) & set("|<>$&;*`\\") for line in lines):
        return None
    return [shlex.split(line, comments=True)[1:] for line in lines]


def call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, (arguments, *capsys.readouterr())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_works_as_written(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for what, language, text in examples(page):
        if what.startswith("file="):
            (tmp_path / what.removeprefix("file=")).write_text(text, encoding="utf-8")
        elif what == "output":
            command, _, printed = text.removeprefix("$ ").partition("\n")
            assert run(["bash", "-ec", command], tmp_path).rstrip() == printed.rstrip()
        elif language == "sh" and (lines := calls(text)) is not None:
            for arguments in lines:
                call(arguments, capsys)
        else:
            starts = {"sh": ["bash", "-ec"], "python": [sys.executable, "-c"]}[language]
            run([*starts, text], tmp_path)


def test_the_readme_says_how_to_set_up_and_to_test() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    start = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt"
    assert f"{start} . && .venv/bin/upriver run" in lines
    assert f"{start} -e '.[dev]' && .venv/bin/pytest -n 2" in lines
    assert len(lines) <= 150


def test_every_marked_block_is_found() -> None:
    for page in FOUND:
        text = page.read_text(encoding="utf-8")
        assert len(examples(page)) == len(re.findall(r"^<!-- test", text, re.MULTILINE)), page

"""What the README and the tutorials tell a reader to type works, in the order of the page.

A block is tried if the line before it says so, in a comment that a reader does not see:

    <!-- test -->              run it: sh or python
    <!-- test: file=NAME -->   write it to that file
    <!-- test: output -->      a console block: run what follows `$ ` and compare what it prints
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_works_as_written(page: Path, tmp_path: Path) -> None:
    for what, language, text in examples(page):
        if what.startswith("file="):
            (tmp_path / what.removeprefix("file=")).write_text(text, encoding="utf-8")
        elif what == "output":
            command, _, printed = text.removeprefix("$ ").partition("\n")
            assert run(["bash", "-ec", command], tmp_path).rstrip() == printed.rstrip()
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

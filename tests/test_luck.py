"""The tests of random examples draw the same ones every time; a search draws others."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
PROBE = """
from hypothesis import given, strategies as st

def told(value):
    with open({file!r}, "a", encoding="utf-8") as stream:
        stream.write(repr(value) + "\\n")

@given(st.integers(), st.floats(), st.text())
def test_one(number, real, text):
    told((number, real, text))

def test_two():
    told("two")

def test_three():
    told("three")
"""


def drawn(folder: Path, *options: str, before: str = "", **environment: str) -> list[str]:
    """What the probe drew and did, in a pytest of its own with our conftest."""
    folder.mkdir()
    probe, told = folder / "test_probe.py", folder / "told"
    probe.write_text(before + PROBE.format(file=str(told)), encoding="utf-8")
    usual = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(usual, encoding="utf-8")
    done = subprocess.run(
        [*PYTEST, *options, str(probe), "--rootdir", str(folder)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return told.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return drawn(tmp_path_factory.mktemp("usual") / "a", PYTHONHASHSEED="1")


def test_examples_are_the_same_whatever_was_imported_and_whatever_the_seed(
    usual: list[str], tmp_path: Path
) -> None:
    more = "import upriver.policy.apply, upriver.supply.part, upriver.report.story\n"
    again = drawn(tmp_path / "b", before=more, PYTHONHASHSEED="2", CI="true")
    assert len(usual) == 22
    assert usual == again


@pytest.mark.slow
def test_a_search_draws_others_and_runs_nothing_else(usual: list[str], tmp_path: Path) -> None:
    found = drawn(tmp_path / "b", "--search", "50")
    assert len(found) == 50
    assert not set(usual[:20]) >= set(found[:20])
    assert not {"'two'", "'three'"} & set(found)
    assert {"'two'", "'three'"} <= set(usual)


@pytest.mark.slow
def test_a_shuffle_keeps_all_tests_in_another_order(usual: list[str], tmp_path: Path) -> None:
    found = drawn(tmp_path / "b", "--shuffle", "1")
    assert found != usual
    assert sorted(found) == sorted(usual)

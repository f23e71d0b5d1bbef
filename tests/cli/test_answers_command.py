"""`upriver answers`: by number, as Markdown, JSON or a page, and what it says of a slip."""

import json
from pathlib import Path

import pytest
from command_line import Command


def test_an_answer_is_printed_with_its_figures_and_nothing_is_written(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = command("answers", "6", "--draws", "12", "--complete", "0.5:1")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("# Answers\n")
    assert "## 6. How much can official data not show?" in ended.out
    assert "## 1." not in ended.out
    assert "stands for 1 to 2" in " ".join(ended.out.split())
    assert not list(tmp_path.iterdir())


def test_json_has_the_same_figures_as_numbers(command: Command) -> None:
    (one,) = json.loads(command("answers", "1", "--draws", "12", "--json").out)
    assert one["number"] == 1
    for figure in one["figures"].values():
        assert set(figure) >= {"median", "low", "high"} or figure["averted"]["low"] is not None
    assert one["how_sure"]
    assert one["cannot_tell"]


def test_a_page_is_written_where_it_is_asked_for(command: Command, tmp_path: Path) -> None:
    to = tmp_path / "page.md"
    ended = command("answers", "6", "--draws", "12", "--to", str(to))
    assert ended.code == 0
    assert ended.out == ""
    assert to.read_text(encoding="utf-8").startswith("<!-- Made by `upriver answers")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("7",), "1 to 6"),
        (("one",), "1 to 6"),
        (("6", "--complete", "half"), "as 0.25:0.75"),
        (("6", "--complete", "0.9:0.2"), "the lower first"),
        (("6", "--draws", "0"), "at least 1"),
        (("6", "--to", "answers.txt"), "should end in .md"),
        (("5", "--budget", "much"), "should be dollars"),
    ],
)
def test_a_slip_is_one_line(words: tuple[str, ...], said: str, command: Command) -> None:
    ended = command("answers", *words)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert said in ended.err

"""The six questions by the tools alone, and what the page on agents shows."""

import json
import re
from pathlib import Path

import pytest
from asking import Ask, Told, all_of

DOCS = Path(__file__).parents[2] / "docs"
NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> list[str]:
    """Every number in a text, as written."""
    return NUMBER.findall(text)


def sections() -> dict[int, str]:
    """What the page of answers says to each question, without the commands that give the same."""
    page = (DOCS / "answers.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\d)\. ", page, flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {int(number): text.partition("\nBy hand:")[0] for number, text in pairs}


@pytest.fixture(scope="module")
def walked() -> list[Told]:
    """The list of questions, then the answer to each that it names."""
    (listed,) = all_of([("list_things", {"kind": "questions"})])
    names = [int(row["name"]) for row in listed.data["questions"]]
    return [listed, *all_of([("answers", {"question": number}) for number in names])]


def test_the_questions_are_those_of_the_page(walked: list[Told]) -> None:
    asked = [" ".join(text.partition("\n")[0].split()) for text in sections().values()]
    assert [row["title"] for row in walked[0].data["questions"]] == asked
    assert len(asked) == 6


@pytest.mark.parametrize("number", range(1, 7))
def test_the_tools_alone_give_every_figure_of_the_page(number: int, walked: list[Told]) -> None:
    told, page = walked[number], sections()[number]
    assert not told.failed
    assert len(numbers(page)) > 30
    text = told.text.partition("\n\nMedian and 95 % interval of")[0]
    assert numbers(text.partition(". ")[2]) == numbers(page)
    assert told.data["made"]["draws"] == 200
    for part in told.data["parts"]:
        cells = [part] if isinstance(part, str) else [c for row in part["rows"] for c in row]
        assert {one for cell in cells for one in numbers(cell)} <= set(numbers(page))


def test_the_figures_of_a_question_come_of_a_comparison_too(ask: Ask) -> None:
    names = ["treatment_doubled", "border_doubled", "naloxone_doubled", "everything_doubled"]
    found = ask("compare", scenarios=["base", *names])
    page = " ".join(sections()[1].split())
    for one in found.data["verdicts"]:
        assert one["sentence"] in page
        assert one["sentence"] in found.text


def calls() -> list[tuple[str, str, list[str]]]:
    """Calls that the page on agents shows: tool, arguments, and lines of what comes."""
    page = (DOCS / "how-to" / "agents.md").read_text(encoding="utf-8")
    block = re.compile(r"^```call\n(\w+) (\{[^\n]*\})\n\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [(tool, arguments, lines.splitlines()) for tool, arguments, lines in block.findall(page)]


def test_the_page_on_agents_shows_what_the_tools_say(ask: Ask) -> None:
    shown = calls()
    assert len(shown) == 4
    for tool, arguments, lines in shown:
        found = ask(tool, json.loads(arguments))
        for line in lines:
            assert line in found.text, (tool, line)

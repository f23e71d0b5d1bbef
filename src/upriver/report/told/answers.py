"""The six answers, at the numbers that `upriver answers` takes if none are given."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from upriver.policy.levers import levers
from upriver.report.answers.answer import Answer, Table
from upriver.report.answers.page import answers

Progress = Callable[[str], Callable[[int, int], None]]

DRAWS = 200
TOPICS = {
    1: "What doubling would do",
    2: "China, other suppliers, cooperation",
    3: "Why deaths rose and fell",
    4: "What three acts did",
    5: "The best mix for a budget",
    6: "What official data cannot show",
}
"""Questions in a few words, for a list of them."""

LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
"""A link to another page of the documentation, which is not beside the one HTML file."""

NAME = re.compile(r"`?\b[a-z]+(?:_[a-z]+)*\b`?(?= \((?:some|more|most)\))")
"""A lever by its name, with the level that it is pulled to."""

NAMES = re.compile(r"\(([a-z_]+(?:, [a-z_]+)+)\)")
"""Levers by their names, in brackets."""

OPENS, CLOSES = re.compile(r"(?<![\w'])'(?=\w)"), re.compile(r"(?<=[\w.)])'(?!\w)")
"""Straight quotation marks around what is quoted; an apostrophe in a word is none."""


def make(progress: Progress) -> dict[str, Any]:
    """Answers in their order: what each says, how sure it is, what it cannot tell."""
    found = answers(draws=DRAWS, progress=progress)
    return {"draws": DRAWS, "answers": [told(one) for one in found]}


def told(one: Answer) -> dict[str, Any]:
    """An answer as JSON, levers by their titles and links as words."""
    return {
        "number": one.number,
        "topic": TOPICS[one.number],
        "question": one.question,
        "first": _texts(one.first),
        "short": _texts(one.short),
        "parts": [_part(part) for part in one.parts if _is_told(part)],
        "sure": _texts(one.sure),
        "cannot": _texts(one.cannot),
        "made": list(one.made),
    }


def _is_told(part: str | Table) -> bool:
    """A table of one column says nothing, as in the page of Markdown."""
    return isinstance(part, str) or len(part.header) > 1


def _part(part: str | Table) -> str | dict[str, Any]:
    if isinstance(part, str):
        return plain(part)
    return {
        "about": plain(part.about),
        "header": list(part.header),
        "rows": [[_title(cell) or plain(cell) for cell in row] for row in part.rows],
    }


def _texts(texts: Sequence[str]) -> list[str]:
    return [plain(text) for text in texts]


def plain(text: str) -> str:
    """Text on one line, links as their words, levers by their titles, quotations in round marks."""
    text = CLOSES.sub("’", OPENS.sub("‘", text))
    text = LINK.sub(r"\1", " ".join(text.split()))
    text = NAME.sub(lambda found: _title(found[0]) or found[0], text)
    return NAMES.sub(_listed, text)


def _title(name: str) -> str:
    lever = levers().get(name.strip("`"))
    return f"‘{lever.title}’" if lever else ""


def _listed(found: re.Match[str]) -> str:
    names = [_title(name) for name in found[1].split(", ")]
    return f"({', '.join(names)})" if all(names) else found[0]

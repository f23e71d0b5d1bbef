"""An answer: what it says in words and tables, how sure that is, and what it cannot tell."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDE = 118
"""Letters of a line of prose."""


@dataclass(frozen=True)
class Table:
    """Rows under a header, with a line above."""

    about: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Answer:
    """The answer to a question.

    first: what a reader has to know before any number. short: the answer, a sentence or two each.
    parts: what is behind it. sure: how sure it is; cannot: what it cannot tell; made: commands that
    give the same. figures: numbers for programs, by name.
    """

    number: int
    question: str
    first: tuple[str, ...]
    short: tuple[str, ...]
    parts: tuple[str | Table, ...]
    sure: tuple[str, ...]
    cannot: tuple[str, ...]
    made: tuple[str, ...]
    figures: Mapping[str, Any]


def markdown(one: Answer) -> str:
    """An answer as Markdown, prose in lines of at most `WIDE` letters."""
    return "\n".join(_lines(one)).rstrip() + "\n"


def _lines(one: Answer) -> Iterator[str]:
    yield f"## {one.number}. {one.question}\n"
    for text in (*one.first, *one.short):
        yield fold(text) + "\n"
    for part in one.parts:
        if isinstance(part, Table) and len(part.header) < 2:
            continue
        yield (fold(part) if isinstance(part, str) else table(part)) + "\n"
    for title, texts in (("How sure", one.sure), ("What this cannot tell", one.cannot)):
        if texts:
            yield f"**{title}**\n"
            yield bullets(texts) + "\n"
    commands = ", ".join(f"`{command}`" for command in one.made)
    yield fold(f"By hand: {commands}.") + "\n"


def fold(text: str, begin: str = "", indent: str = "") -> str:
    """Text in lines of at most `WIDE` letters."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDE,
        initial_indent=begin,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def bullets(texts: Sequence[str]) -> str:
    """A list."""
    return "\n".join(fold(text, "- ", "  ") for text in texts)


def table(one: Table) -> str:
    """A table in Markdown, its columns as wide as what stands in them."""
    cells = [one.header, *one.rows]
    cells = [tuple(text.replace("|", "\\|") for text in row) for row in cells]
    wide = [max(3, *(len(row[i]) for row in cells)) for i in range(len(one.header))]
    head, *rows = (
        "| " + " | ".join(text.ljust(w) for text, w in zip(row, wide, strict=True)) + " |"
        for row in cells
    )
    rule = "| " + " | ".join("-" * w for w in wide) + " |"
    about = [fold(one.about) + "\n"] if one.about else []
    return "\n".join([*about, head, rule, *rows])

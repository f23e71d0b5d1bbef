"""What all checks gave, as text."""

import shutil
import textwrap
from collections.abc import Iterator

from .finding import Fact, Finding, Report

SECTIONS = {"installed": "What is installed", "data": "What it holds", "machine": "Where it runs"}
WIDEST = 120
NAME = 28
"""Columns of a fact's name."""


def lines(report: Report) -> Iterator[str]:
    """The report: what is there, then what is wrong, then what is worth knowing."""
    for section, title in SECTIONS.items():
        facts = [one for one in report.facts if one.section == section]
        if facts:
            yield title
            for fact in facts:
                yield from _fact(fact)
            yield ""
    if report.skipped:
        wanting = sorted({name for needs in report.skipped.values() for name in needs})
        said = f"Not looked at, for want of {', '.join(wanting)}: {', '.join(report.skipped)}."
        yield from _wrapped(said, "", "  ")
        yield ""
    if report.notes:
        yield "Worth knowing"
        for one in report.notes:
            yield from _finding("-", one)
        yield ""
    wrong = report.wrong
    if not wrong:
        yield "Nothing is wrong."
        return
    yield "One thing is wrong" if len(wrong) == 1 else f"{len(wrong)} things are wrong"
    for number, one in enumerate(wrong, 1):
        yield from _finding(f"{number}.", one)


def _fact(one: Fact) -> Iterator[str]:
    yield from _wrapped(one.says, f"  {one.name:{NAME}}", " " * (NAME + 2))


def _finding(mark: str, one: Finding) -> Iterator[str]:
    indent = " " * (len(mark) + 3)
    yield from _wrapped(f"{one.about}: {one.says}", f"  {mark} ", indent)
    # A command is one line, however long: what is copied has to run.
    yield f"{indent}Cure: {one.cure}"


def _wrapped(text: str, begin: str, indent: str) -> Iterator[str]:
    width = max(60, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=begin,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [begin.rstrip()]

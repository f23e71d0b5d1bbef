"""The page of credibility: what frameworks for models ask, row by row, and what meets it here.

Rows are data, in `frameworks/`: a file a framework, in the order of their names, and the context of
use in `context.yaml`. Each row says met, partly, not met or does not apply; the first two give what
meets it, the last two why not. Evidence is `page:PATH#ANCHOR` below docs/, `test:FILE::NAME`,
`command:upriver ...`, `decision:NUMBER` or `file:PATH` in the repository; a test resolves each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from . import nulls
from .markdown import cell, code, table

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "frameworks"
STATUSES = ("met", "partly", "not met", "does not apply")
KINDS = ("page", "test", "command", "decision", "file")
WORDS = ("low", "medium", "high")
GRADES = ("1, lowest", "2", "3", "4", "5, highest")
"""Of a question's risk: influence and consequence, 1 to 3 each, added up less one."""

INTRODUCTION = """# Credibility

What frameworks for models and software ask, row by row, and the page, test or command that meets
it, or why it is not met. It is a statement by those who made Upriver, judged by nobody else. That
each row resolves is tested: pages and their headings, tests, commands and their options, decisions
and files are there. Items are told in our own words.
"""

CONTEXT = """Each question that Upriver is built for, what an answer may be used for, and what a
wrong one would do, after ASME V&V 40 and the FDA's guidance of 2023. The grade of risk is made from
how much the model would weigh in a decision and from what follows if it is wrong; both are our
judgement. The higher the grade, the more evidence a use has to ask for. **For no question is the
evidence enough to decide on the model alone.**
"""


@dataclass(frozen=True)
class Row:
    """What is asked, whether it is met, by what, and what is to be said of it."""

    item: str
    asks: str
    status: str
    by: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Framework:
    """A list of items and the rows that answer them."""

    title: str
    cite: str
    link: str
    about: str
    items: tuple[str, ...]
    rows: tuple[Row, ...]


def frameworks() -> list[Framework]:
    """All frameworks, in the order of their files."""
    return [framework(file) for file in sorted(DATA.glob("[0-9]*.yaml"))]


def framework(file: Path) -> Framework:
    """A framework as its file has it.

    Raises:
        ValueError: a field is missing or unknown, an item has no row or two.
    """
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = tuple(_row(one, file.name) for one in said.pop("rows"))
    found = Framework(rows=rows, items=tuple(said.pop("items")), **said)
    if [row.item for row in rows] != list(found.items):
        raise ValueError(f"{file.name}: rows are not those of its items, in their order")
    return found


def _row(said: dict[str, Any], file: str) -> Row:
    """A row; what is met has evidence, what is not has a reason."""
    item, status = said["item"], said["status"]
    known = {"item", "asks", "status", "by", "note", "why"}
    if not isinstance(item, str) or set(said) - known or status not in STATUSES:
        raise ValueError(f"{file}, item {item}: unknown field or status")
    by = tuple((kind, what) for kind, _, what in (one.partition(":") for one in said.get("by", ())))
    if any(kind not in KINDS for kind, _ in by):
        raise ValueError(f"{file}, item {item}: evidence is of {', '.join(KINDS)}")
    settled = status in ("met", "partly")
    if (settled and (not by or "why" in said)) or (not settled and not said.get("why")):
        raise ValueError(f"{file}, item {item}: met needs evidence, not met needs why")
    if status == "partly" and not said.get("note"):
        raise ValueError(f"{file}, item {item}: partly needs a note of what is missing")
    return Row(item, said["asks"], status, by, said.get("why") or said.get("note", ""))


def context() -> list[dict[str, Any]]:
    """The six questions, each with its use, its risk and what stands and fails."""
    found: list[dict[str, Any]] = yaml.safe_load((DATA / "context.yaml").read_text("utf-8"))
    return found


def question(one: dict[str, Any]) -> str:
    """A question in the words of its answer."""
    asked: str = import_module(f"upriver.report.answers.{one['module']}").QUESTION
    return asked


def grade(one: dict[str, Any]) -> str:
    """The grade of a question's risk."""
    return GRADES[one["influence"] + one["consequence"] - 2]


def pages() -> dict[str, str]:
    """The page, by path."""
    return {"credibility.md": "\n".join(_parts())}


def _parts() -> Iterator[str]:
    every = frameworks()
    yield INTRODUCTION
    head = ("Framework", "Items", *(status.capitalize() for status in STATUSES))
    yield table(head, ([_to(one.title), f"{len(one.rows)}", *_counts(one)] for one in every))
    yield "## Context of use\n"
    yield CONTEXT
    yield table(
        ("Question", "A use", "Weight of the model", "If it is wrong", "Risk"),
        (
            [
                f"{one['number']}. {cell(question(one))}",
                cell(one["use"]),
                *(f"{WORDS[one[of] - 1]}: {cell(one[f'{of}_why'])}" for of in ASPECTS),
                f"**{grade(one)}**",
            ]
            for one in context()
        ),
    )
    yield table(
        ("Question", "What stands for an answer", "What failed, or is not known", "Not fit"),
        (
            [f"{one['number']}", _list(one["stands"]), _list(one["fails"]), cell(one["unfit"])]
            for one in context()
        ),
    )
    yield f"Of the nulls and controls ([which](nulls.md)): {nulls.missed().strip()}\n"
    for one in every:
        yield f"## {one.title}\n"
        yield f"[{one.cite}]({one.link}). {one.about.strip()}\n"
        yield table(
            ("Item", "What it asks", "", "By what", "What is to be said"),
            (
                [row.item, cell(row.asks), _status(row.status), _by(row.by), cell(row.note)]
                for row in one.rows
            ),
        )


ASPECTS = ("influence", "consequence")


def _to(title: str) -> str:
    """A link to a heading of this page."""
    from markdown.extensions.toc import slugify

    return f"[{title}](#{slugify(title, '-')})"


def _counts(one: Framework) -> list[str]:
    return [f"{sum(row.status == status for row in one.rows)}" for status in STATUSES]


def _status(status: str) -> str:
    return status if status in ("met", "does not apply") else f"**{status}**"


def _list(said: list[str]) -> str:
    return "; ".join(said)


def _by(evidence: tuple[tuple[str, str], ...]) -> str:
    """Evidence as links, and as code where a site has no page of it."""
    return ", ".join(_shown(kind, what) for kind, what in evidence)


def _shown(kind: str, what: str) -> str:
    if kind == "page":
        name = what.removesuffix(".md").replace("#", ", ").replace(".md", "")
        target = what.removeprefix("credibility.md") or what
        return f"[{name}]({target})"
    if kind == "decision":
        (file,) = (ROOT / "docs" / "decisions").glob(f"{int(what):04d}-*.md")
        return f"[decision {what}](decisions/{file.name})"
    return code(what.removeprefix("tests/") if kind == "test" else what)

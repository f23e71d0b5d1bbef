"""Every row of the page of credibility resolves, no item is missing or doubled, none is praised."""

import ast
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from markdown.extensions.toc import slugify

from upriver.cli.app import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
COUNTS = {
    "ASME V&V 40": 13,
    "FDA guidance": 8,
    "ISPOR-SMDM": 12,
    "TRACE": 8,
    "STRESS-SD": 20,
    "EPIFORGE 2020": 19,
    "CHEERS 2022": 28,
    "FAIR4RS": 17,
}
"""Items of each framework; a file that forgot one and its number would not be found otherwise."""


@pytest.fixture
def credibility(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(DOCS))
    from tools import credibility  # type: ignore[import-not-found]

    return credibility


@cache
def anchors(page: str) -> frozenset[str]:
    """Anchors of the headings of a page below docs/."""
    text = (DOCS / page).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    found = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        own = re.search(r"\{#([\w-]+)\}\s*$", heading)
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        found.add(own[1] if own else slugify(plain, "-"))
    return frozenset(found)


@cache
def names(file: str) -> frozenset[str]:
    """Tests of a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def wrong_command(line: str) -> str:
    """Why a command line would be refused before it ran; empty if it would not."""
    first, *arguments = shlex.split(line)
    if first != "upriver":
        return "it does not begin with upriver"
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        if name not in command.commands:
            return f"there is no command {name}"
        command = command.commands[name]
    known = {name for option in command.params for name in option.opts}
    unknown = [one for one in arguments if one.startswith("-") and one not in known]
    return f"{command.name} has no {unknown[0]}" if unknown else ""


def wrong(kind: str, what: str) -> str:
    """Why evidence does not resolve; empty if it does."""
    if kind == "page":
        page, _, anchor = what.partition("#")
        if not (DOCS / page).is_file():
            return f"there is no page {page}"
        return "" if not anchor or anchor in anchors(page) else f"{page} has no {anchor}"
    if kind == "test":
        file, _, name = what.partition("::")
        if not (ROOT / file).is_file():
            return f"there is no file {file}"
        return "" if name in names(file) else f"{file} has no {name}"
    if kind == "command":
        return wrong_command(what)
    if kind == "decision":
        there = list((DOCS / "decisions").glob(f"{int(what):04d}-*.md"))
        return "" if len(there) == 1 else f"there is no decision {what}"
    return "" if (ROOT / what).is_file() else f"there is no file {what}"


def test_every_row_resolves(credibility) -> None:
    found = [
        f"{one.title}, {row.item}: {problem}"
        for one in credibility.frameworks()
        for row in one.rows
        for kind, what in row.by
        if (problem := wrong(kind, what))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("page", "no.md"),
        ("page", "nulls.md#no-such-heading"),
        ("test", "tests/test_house.py::test_no_such_thing"),
        ("test", "tests/no.py::test_one"),
        ("command", "upriver nulls"),
        ("command", "upriver verify --no-such-option"),
        ("command", "upriver evidence no-such-command"),
        ("command", "python x.py"),
        ("decision", "9999"),
        ("file", "no.txt"),
    ],
)
def test_what_does_not_resolve_is_found(kind: str, what: str) -> None:
    assert wrong(kind, what)


def test_no_item_of_a_framework_is_missing_or_doubled(credibility) -> None:
    found = credibility.frameworks()
    assert len(found) == len(COUNTS)
    for (name, count), one in zip(COUNTS.items(), found, strict=True):
        assert one.title.startswith(name)
        items = [row.item for row in one.rows]
        assert len(items) == len(set(items)) == count
        assert one.link.startswith("https://")


def test_numbers_of_items_run_on(credibility) -> None:
    for one in credibility.frameworks():
        if one.items[0] == "1":
            assert list(one.items) == [f"{n + 1}" for n in range(len(one.items))]


def test_what_is_not_met_says_why_and_what_is_met_in_part_what_is_missing(credibility) -> None:
    for one in credibility.frameworks():
        for row in one.rows:
            assert row.status == "met" or len(row.note.split()) >= 2, (one.title, row.item)
            assert row.status not in ("met", "partly") or row.by, (one.title, row.item)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "not met"},
        {"status": "partly"},
        {"status": "splendid"},
        {"by": []},
        {"by": ["rumour:someone said so"]},
        {"more": 1},
        {"item": 2},
    ],
    ids=str,
)
def test_a_row_without_evidence_or_reason_is_refused(
    credibility, change: dict[str, object], tmp_path: Path
) -> None:
    row = {"item": "1", "asks": "All", "status": "met", "by": ["file:LICENSE"], **change}
    said = {"title": "T", "cite": "C", "link": "L", "about": "A", "items": ["1"], "rows": [row]}
    (tmp_path / "1.yaml").write_text(yaml.safe_dump(said))
    with pytest.raises(ValueError, match=r"1\.yaml"):
        credibility.framework(tmp_path / "1.yaml")


def test_an_item_that_was_forgotten_is_refused(credibility, tmp_path: Path) -> None:
    file = DOCS / "tools" / "frameworks" / "6_epiforge.yaml"
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    del said["rows"][3]
    (tmp_path / "6.yaml").write_text(yaml.safe_dump(said))
    with pytest.raises(ValueError, match=r"6\.yaml"):
        credibility.framework(tmp_path / "6.yaml")


def test_each_question_has_a_risk_and_says_what_failed(credibility) -> None:
    every = credibility.context()
    assert [one["number"] for one in every] == [1, 2, 3, 4, 5, 6]
    asked = (DOCS / "answers.md").read_text(encoding="utf-8")
    for one in every:
        assert f"## {one['number']}. {credibility.question(one)}" in asked
        assert one["fails"]
        assert one["unfit"]
        assert credibility.grade(one) in credibility.GRADES
    higher = {**every[0], "influence": 3, "consequence": 3}
    assert credibility.grade(higher) == credibility.GRADES[-1]


def test_links_of_the_context_resolve(credibility) -> None:
    text = (DOCS / "tools" / "frameworks" / "context.yaml").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 5
    assert [wrong("page", link) for link in links if wrong("page", link)] == []


def test_validation_that_the_fit_could_not_fail_stands_apart_from_what_it_could(
    credibility,
) -> None:
    (found,) = (one for one in credibility.frameworks() if one.title.startswith("ISPOR"))
    rows = {row.item: row for row in found.rows}
    assert "dependent" in rows["V4a"].asks
    assert "independent" in rows["V4c"].asks
    assert ("command", "upriver verify") in rows["V3"].by
    assert rows["V1"].status == rows["V5"].status == "not met"

"""A wrong field is named with its file and line, and what would be right."""

from typing import Any

import pytest

from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, UnknownName
from upriver.core.fields import (
    Document,
    as_boolean,
    as_choice,
    as_integer,
    as_list,
    as_number,
    as_text,
    check_fields,
    field_name,
)
from upriver.core.files import parse_yaml

SCENARIO = """\
title: <b>More</b> & better   # a comment
start: soon
kits: 3
on: yes
changes:
  - lever: naloxone
    from: 2026
  -
    lever: mail
    from: null
path: {2015: 0.3, 2024.5: 0.5}
"""


def test_every_key_knows_its_line() -> None:
    doc = parse_yaml(SCENARIO, "s.yaml")
    lines = {
        (): 1,
        ("start",): 2,
        ("changes", 0): 6,
        ("changes", 0, "from"): 7,
        ("changes", 1, "lever"): 9,
        ("changes", 1, "from"): 10,
        ("path", 2024.5): 11,
    }
    assert {path: doc.line(path) for path in lines} == lines
    assert doc.line(("changes", 0, "missing")) == 6
    assert field_name(("changes", 0, "from")) == "changes[0].from"
    assert field_name(("path", 2015)) == "path.2015"


WRONG: list[tuple[str, Any, type[InputError], int, str]] = [
    ("text for a number", lambda d: as_number(d, ("start",)), SchemaProblem, 2, "found 'soon'"),
    ("null", lambda d: as_number(d, ("changes", 1, "from")), SchemaProblem, 10, "found null"),
    ("a list", lambda d: as_number(d, ("changes",)), SchemaProblem, 5, "found a list"),
    ("bounds", lambda d: as_number(d, ("kits",), within=(0, 1)), OutOfBounds, 3, "0 to 1"),
    ("low", lambda d: as_integer(d, ("kits",), within=(5, None)), OutOfBounds, 3, "5 or more"),
    ("whole", lambda d: as_integer(d, ("path", 2015)), SchemaProblem, 11, "whole number"),
    ("yes", lambda d: as_boolean(d, ("on",)), SchemaProblem, 4, "true or false, found 'yes'"),
    ("number for text", lambda d: as_text(d, ("kits",)), SchemaProblem, 3, "in quotes"),
    ("long", lambda d: as_text(d, ("title",), longest=5), OutOfBounds, 1, "at most 5"),
    ("items", lambda d: as_list(d, ("changes",), length=3), SchemaProblem, 5, "found 2 items"),
    ("missing", lambda d: as_text(d, ("changes", 0, "to")), SchemaProblem, 6, "changes[0].to is"),
    (
        "choice",
        lambda d: as_choice(d, ("changes", 0, "lever"), ["naloxone_kits", "mail"], "lever"),
        UnknownName,
        6,
        "Did you mean 'naloxone_kits'?",
    ),
    (
        "unknown field",
        lambda d: check_fields(d, optional=["titel", "start", "kits", "on", "changes", "path"]),
        SchemaProblem,
        1,
        "Did you mean 'titel'?",
    ),
    (
        "missing field",
        lambda d: check_fields(d, ("changes", 1), required=["lever", "from", "to"]),
        SchemaProblem,
        9,
        "changes[1].to is missing",
    ),
    ("no mapping", lambda d: check_fields(d, ("kits",)), SchemaProblem, 3, "found 3"),
]


@pytest.mark.parametrize(
    ("check", "kind", "line", "part"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_wrong_field_is_named_with_its_line(
    check: Any, kind: type[InputError], line: int, part: str
) -> None:
    with pytest.raises(kind) as caught:
        check(parse_yaml(SCENARIO, "s.yaml"))
    assert type(caught.value) is kind
    said = str(caught.value)
    assert caught.value.exit_code == 2
    assert said.startswith(f"s.yaml, line {line}: ")
    assert part in said
    assert said.isprintable()
    assert len(said) <= 300


def test_markup_in_a_title_stays_text() -> None:
    assert as_text(parse_yaml(SCENARIO, "s.yaml"), ("title",)) == "<b>More</b> & better"


@pytest.mark.parametrize("text", ["\x07", "\x1b[31m", "a\u202eb", "a\nb", "   "])
def test_text_that_would_trick_a_reader_is_refused(text: str) -> None:
    with pytest.raises(SchemaProblem):
        as_text(Document("made in Python", {"title": text}), ("title",))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, "1"])
def test_what_is_no_finite_number_is_refused(number: object) -> None:
    with pytest.raises(SchemaProblem):
        as_number(Document("made in Python", {"n": number}), ("n",))


def test_right_fields_come_back_as_they_were() -> None:
    doc = parse_yaml("n: 2\nx: 0.5\nyes: true\nword: mail\nlist: [1, 2]\n", "s.yaml")
    assert set(check_fields(doc, required=["n", "x"], optional=["yes", "word", "list"])) == set(
        doc.data
    )
    assert as_number(doc, ("n",), within=(0, 2)) == 2.0
    assert as_number(doc, ("list", 1)) == 2.0
    assert as_integer(doc, ("n",)) == 2
    assert as_boolean(doc, ("yes",)) is True
    assert as_choice(doc, ("word",), ["mail"], "route") == "mail"
    assert as_list(doc, ("list",), length=2) == [1, 2]

"""A scenario file to begin with: what it changes, with comments that say what else it could.

The text is valid as it stands, and a person makes it their own by changing a number.
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from upriver.core.errors import SchemaProblem, Where, show, unknown_name
from upriver.core.fields import Document, as_text
from upriver.core.files import parse_yaml

from .apply import prepare
from .checks import year_of_run
from .lever import GRADES, LEVELS, Lever
from .levers import amount_within, lever
from .scenario import ENDINGS, SCHEMAS, library, parse_scenario, read_scenario, shipped
from .written import number

EXAMPLE = (("naloxone_kits", "more"),)
"""What a file changes for which no lever was named."""

OPTION: Where = ("--lever", None)


class Pulled(NamedTuple):
    """A lever, and how far: a field of a change, and its value."""

    of: Lever
    field: str
    value: str


def pulled(text: str) -> Pulled:
    """What `NAME` or `NAME=LEVEL` asks for; LEVEL is a level, or an amount; without it, `more`.

    Raises:
        UnknownName: a lever or a level that does not exist.
        OutOfBounds: an amount outside the lever's range, or one that is no number.
    """
    name, sign, level = (part.strip() for part in text.partition("="))
    of = lever(name, OPTION)
    if not sign:
        return Pulled(of, "level", "more")
    if level in LEVELS:
        return Pulled(of, "level", level)
    field = "to" if of.operation == "replace" else "by"
    given = parse_yaml(f"amount: {level}", OPTION[0] or "") if _is_number(level) else None
    if given is None:
        raise unknown_name("level", level, LEVELS, where=OPTION)
    found = Document(OPTION[0] or "", given.data)
    return Pulled(of, field, number(amount_within(of, found, ("amount",))))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", text) is not None


def started(
    title: str,
    levers: Sequence[str] = (),
    based_on: str | None = None,
    start: float | None = None,
    folder: str = ".",
) -> str:
    """The text of a scenario file, which has been read and prepared: it is valid.

    Args:
        title: what it is called.
        levers: as `pulled` takes them; none: an example.
        based_on: a scenario that ships, or a file, seen from where the command stands.
        start: calendar year in which changes begin; none: what levers and scenarios begin with.
        folder: in which the file will stand: it names the file that it builds on from there.

    Raises:
        InputError: one of these is not right, or they do not go together.
    """
    title = as_text(Document("NAME", {"title": title}), ("title",))
    chosen = [pulled(one) for one in levers] or [pulled("=".join(one)) for one in EXAMPLE]
    if twice := next((p for i, p in enumerate(chosen) if p.of in [q.of for q in chosen[:i]]), None):
        raise SchemaProblem("a lever is named twice", file="--lever", found=show(twice.of.name))
    if start is not None:
        start = year_of_run(Document("--from", {"year": start}), ("year",))
    base = None if based_on is None else _base(based_on, folder)
    text = "\n".join(_lines(title, chosen, base, start, bool(levers))) + "\n"
    at = os.path.join(folder, "scenario.yaml")
    prepare(parse_scenario(text, at))
    return text


def _base(given: str, folder: str) -> str:
    """What the file says that it builds on, from its own folder; refused if it cannot be read."""
    known = {**shipped(), **library()}
    if given not in known and not given.endswith(ENDINGS):
        raise unknown_name(
            "scenario", given, known, where=("--based-on", None), command="upriver scenarios"
        )
    read_scenario(given)
    return given if given in known else os.path.relpath(given, folder).replace(os.sep, "/")


def _lines(
    title: str, chosen: Sequence[Pulled], base: str | None, start: float | None, asked: bool
) -> Iterator[str]:
    yield "# A scenario: what changes, by how much, from when, over how long."
    yield "# `upriver scenario check FILE` says whether it is right, `upriver run FILE` runs it."
    yield f"schema: {SCHEMAS[-1]}"
    yield f"title: {_quoted(title)}"
    yield "# about: what it is for, and what it does not claim"
    if base is None:
        yield "# based_on: pessimistic  # what it builds on: `upriver scenarios` lists them"
    else:
        yield "# What it builds on:"
        yield f"based_on: {_quoted(base)}"
    if start is None:
        yield "# from: 2027  # the year in which changes begin, where a lever's own is not meant"
    else:
        yield f"from: {number(start)}  # the year in which changes begin"
    yield "# over: 2  # years in which they grow to their full size; 0 is at once"
    yield "changes:"
    if not asked:
        yield "  # An example. `upriver levers` lists what else can be pulled."
    for one in chosen:
        yield from _pull(one)
    if not asked:
        yield "  # A handle moves what it acts on as far as you say, and makes no claim:"
        yield "  # - {handle: relapse, by: -0.2, from: 2027, over: 0}"


def _pull(one: Pulled) -> Iterator[str]:
    """The change, below what the lever is, how far it goes, and how sure one can be."""
    v = one.of
    yield f"  # {v.title}. Evidence {v.evidence.grade}: {GRADES[v.evidence.grade]}."
    levels = ", ".join(
        f"{name} {'no change' if size is None else number(size)}" for name, size in v.levels.items()
    )
    low, high = (number(end) for end in v.range)
    wanted = "to" if v.operation == "replace" else "by"
    yield f"  # level: {levels}; or `{wanted}:`, {low} to {high}."
    yield f"  # From {number(v.start)}, over {number(v.years)} years, unless it says otherwise."
    yield f"  # `upriver levers {v.name}` says what is known of it, and whom it may harm."
    yield f"  - {{lever: {v.name}, {one.field}: {one.value}}}"


def _quoted(text: str) -> str:
    """Text in quotes where YAML could read it as something else."""
    import json

    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_ ,/.-]*[A-Za-z0-9]", text)
    word = text.casefold() in ("true", "false", "null")
    return text if plain and not word else json.dumps(text, ensure_ascii=False)

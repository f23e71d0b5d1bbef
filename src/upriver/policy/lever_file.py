"""One lever from its YAML file: a closed set of fields, each checked, each error with its line.

    schema: 2
    title: Help people stay in recovery
    formerly: [relapse]
    acts_on: [people.remission.relapse_rate]
    operation: scale
    direction: less
    levels: {as_today: keep, some: 0.05, more: 0.1, most: 0.2}
    range: [-0.2, 0.2]

Levels and range grow in the direction of the lever's verb; `direction` says what the verb does to
the parameters. For `replace` an amount is the value itself, and the verb moves it up or down.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from upriver.core.errors import OutOfBounds, SchemaProblem, show, unknown_name
from upriver.core.fields import (
    Bounds,
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.files import load_yaml
from upriver.core.parameters import parameters
from upriver.evidence.references import references

from .checks import DEFAULT_FROM, DEFAULT_OVER, duration, limits, targets, year_of_run
from .handles import Operation
from .lever import DIRECTIONS, GRADES, LEVELS, STAGES, Cost, Evidence, Lever

SCHEMA = 2
OPERATIONS: tuple[Operation, ...] = ("scale", "close", "add", "replace")
NAME = re.compile("[a-z][a-z0-9_]{0,59}")
"""What a lever's name may be: it stands in scenarios, in links and in file names."""

REQUIRED = (
    "schema",
    "title",
    "stage",
    "summary",
    "acts_on",
    "operation",
    "direction",
    "unit",
    "levels",
    "level_text",
    "most_because",
    "range",
    "cost",
    "evidence",
    "cannot_capture",
    "harms",
)
OPTIONAL = ("formerly", "from", "over", "over_because", "reference")


def read_lever(file: str | os.PathLike[str], own: bool = False) -> Lever:
    """One lever from its file; its name is the file's.

    Args:
        file: NAME.yaml.
        own: it is the user's, not one that ships.

    Raises:
        InputError: something in it is not right; the message says where and what is allowed.
    """
    name = _name(file)
    document = load_yaml(file)
    if "schema" in document.data:
        _check_schema(document)
    fields = check_fields(document, required=REQUIRED, optional=OPTIONAL)
    operation = cast(Operation, as_choice(document, ("operation",), OPERATIONS, "operation"))
    direction = DIRECTIONS[as_choice(document, ("direction",), DIRECTIONS, "direction")]
    acts_on = targets(document, ("acts_on",))
    bounds = _bounds(operation, direction)
    levels, span = _levels(document, bounds), _range(document, bounds)
    _check_levels(document, levels, span, operation, direction)
    return Lever(
        name=name,
        formerly=_former_names(document) if "formerly" in fields else (),
        title=as_text(document, ("title",), longest=60),
        stage=as_choice(document, ("stage",), STAGES, "stage"),
        summary=as_text(document, ("summary",), longest=400),
        acts_on=acts_on,
        operation=operation,
        direction=direction,
        unit=_unit(document, operation, acts_on),
        levels=levels,
        level_text=_level_text(document),
        most_because=as_text(document, ("most_because",), longest=400),
        range=span,
        start=year_of_run(document, ("from",)) if "from" in fields else DEFAULT_FROM,
        years=duration(document, ("over",)) if "over" in fields else DEFAULT_OVER,
        years_because=_maybe(document, ("over_because",)),
        cost=_cost(document),
        evidence=_evidence(document),
        cannot_capture=_sentences(document, ("cannot_capture",)),
        harms=_sentences(document, ("harms",)),
        reference=_maybe(document, ("reference",)),
        own=own,
    )


def _name(file: str | os.PathLike[str]) -> str:
    """The lever's name, which is the file's without its ending."""
    name = Path(file).stem
    if NAME.fullmatch(name) is None:
        raise SchemaProblem(
            "a lever is called as its file",
            file=os.fspath(file),
            found=show(name),
            allowed="small letters, digits and underscores, a letter first, at most 60",
        )
    return name


def _check_schema(document: Document) -> None:
    """Only levers that grow with their verb are read: nobody can tell the others by their look."""
    if (version := as_integer(document, ("schema",))) != SCHEMA:
        raise document.problem(
            ("schema",),
            "is not known",
            found=show(version),
            allowed=str(SCHEMA),
            hint="In it levels and range grow with the lever's verb, and `direction: more` or "
            "`less` says what the verb does to the parameters.",
        )


def _bounds(operation: Operation, direction: int) -> Bounds:
    """Least and most amount of a lever, whatever it acts on."""
    low, high = limits(operation)
    if direction > 0 or operation == "replace":
        return low, high
    return None if high is None else -high, None if low is None else -low


def _former_names(document: Document) -> tuple[str, ...]:
    """What the lever was called in schema 1."""
    count = len(as_list(document, ("formerly",)))
    return tuple(as_text(document, ("formerly", i), longest=60) for i in range(count))


def _levels(document: Document, bounds: Bounds) -> dict[str, float | None]:
    """Amounts by level; the first keeps everything as it is."""
    check_fields(document, ("levels",), required=LEVELS)
    if document.at(("levels", "as_today")) != "keep":
        found = show(document.at(("levels", "as_today")))
        raise document.problem(("levels", "as_today"), "should be 'keep'", found=found)
    amounts: dict[str, float | None] = {"as_today": None}
    for level in LEVELS[1:]:
        amounts[level] = as_number(document, ("levels", level), within=bounds)
    return amounts


def _range(document: Document, bounds: Bounds) -> tuple[float, float]:
    as_list(document, ("range",), length=2)
    low, high = (as_number(document, ("range", i), within=bounds) for i in (0, 1))
    if not low < high:
        raise document.problem(("range",), "should rise", found=f"{low:g}, {high:g}")
    return low, high


def _check_levels(
    document: Document,
    levels: Mapping[str, float | None],
    span: tuple[float, float],
    operation: Operation,
    direction: int,
) -> None:
    """Levels go with the verb, stay within the range, and end where it ends.

    An amount grows from 0, which is as today; a value (`replace`) goes where the verb takes it.
    """
    some, more, most = (cast(float, levels[name]) for name in LEVELS[1:])
    grows = operation != "replace"
    way = 1 if grows else direction
    steps = [way * amount for amount in (some, more, most)]
    if sorted(set(steps)) != steps or (grows and steps[0] <= 0):
        says = "should grow from 0, as the verb does" if grows else "should go the verb's way"
        raise document.problem(("levels",), says, found=f"{some:g}, {more:g}, {most:g}")
    if grows and span[0] > 0:
        raise document.problem(
            ("range",), "should hold 0, which is as today", OutOfBounds, found=f"{span[0]:g}"
        )
    for name, amount in zip(LEVELS[1:], (some, more, most), strict=True):
        if not span[0] <= amount <= span[1]:
            raise document.problem(
                ("levels", name),
                "is out of the lever's range",
                OutOfBounds,
                found=f"{amount:g}",
                allowed=f"{span[0]:g} to {span[1]:g}",
            )
    if most != (end := span[1] if way > 0 else span[0]):
        raise document.problem(
            ("levels", "most"),
            "should be the end of the range",
            found=f"{most:g}",
            allowed=f"{end:g}",
        )


def _unit(document: Document, operation: Operation, acts_on: tuple[str, ...]) -> str:
    """`percent` for what is scaled or closed, else the unit of the parameters."""
    relative = operation in ("scale", "close")
    wanted = {"percent"} if relative else {parameters()[path].unit for path in acts_on}
    unit = as_text(document, ("unit",))
    if unit not in wanted:
        allowed = ", ".join(sorted(wanted))
        raise document.problem(
            ("unit",), f"does not fit {operation}", found=show(unit), allowed=allowed
        )
    return unit


def _level_text(document: Document) -> dict[str, str]:
    check_fields(document, ("level_text",), required=LEVELS[1:])
    return {n: as_text(document, ("level_text", n), longest=160) for n in LEVELS[1:]}


def _cost(document: Document) -> Cost | None:
    """What it costs, or None where nothing was published that could be checked."""
    here: FieldPath = ("cost",)
    if document.at(here) is None:
        return None
    names = ("value", "unit", "year", "source", "note")
    check_fields(document, here, required=names[:-1], optional=names[-1:])
    return Cost(
        value=as_number(document, (*here, "value"), within=(0, None)),
        unit=as_text(document, (*here, "unit")),
        year=as_integer(document, (*here, "year"), within=(1990, 2030)),
        source=_source(document, (*here, "source")),
        note=_maybe(document, (*here, "note")),
    )


def _evidence(document: Document) -> Evidence:
    here: FieldPath = ("evidence",)
    names = ("grade", "design", "effect", "sources", "interval", "note")
    check_fields(document, here, required=names[:4], optional=names[4:])
    grade = as_choice(document, (*here, "grade"), GRADES, "grade")
    keys = [(*here, "sources", i) for i in range(len(as_list(document, (*here, "sources"))))]
    if grade in "ABC" and not keys:
        raise document.problem((*here, "sources"), f"should not be empty at grade {grade}")
    return Evidence(
        grade=grade,
        design=as_text(document, (*here, "design"), longest=400),
        effect=as_text(document, (*here, "effect"), longest=1200),
        interval=_maybe(document, (*here, "interval")),
        sources=tuple(_source(document, key) for key in keys),
        note=_maybe(document, (*here, "note")),
    )


def _source(document: Document, path: FieldPath) -> str:
    """The key of a reference."""
    key, known = as_text(document, path), references()
    if key not in known:
        raise unknown_name("source", key, known, where=document.where(path))
    return key


def _sentences(document: Document, path: FieldPath) -> tuple[str, ...]:
    """One sentence or more."""
    count = len(as_list(document, path))
    if not count:
        raise document.problem(path, "should not be empty")
    return tuple(as_text(document, (*path, i), longest=400) for i in range(count))


def _maybe(document: Document, path: FieldPath, longest: int = 1200) -> str | None:
    """Text, or None where the field is left out or says null."""
    holder: Any = document.at(path[:-1]) if path[:-1] else document.data
    return None if holder.get(path[-1]) is None else as_text(document, path, longest=longest)

"""Levers: what a policy can do, how far, at what cost, with what evidence; one YAML file each.

A handle only says what can be moved. A lever also says how far evidence lets it be moved, how sure
one can be that a real measure moves it, what it leaves out and whom it could harm.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from upriver.core.errors import OutOfBounds, Where, show, unknown_name
from upriver.core.fields import (
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
from .lever import GRADES as GRADES
from .lever import LEVELS as LEVELS
from .lever import STAGES as STAGES
from .lever import Cost as Cost
from .lever import Evidence as Evidence
from .lever import Lever as Lever

FOLDER = Path(__file__).parent / "levers"
OPERATIONS: tuple[Operation, ...] = ("scale", "close", "add", "replace")

REQUIRED = (
    "schema",
    "title",
    "stage",
    "summary",
    "acts_on",
    "operation",
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
OPTIONAL = ("from", "over", "over_because", "reference")


@cache
def levers() -> dict[str, Lever]:
    """The levers that ship, by name; by stage of the system, then by name.

    Raises:
        InputError: a file of the package is broken; the line says where.
    """
    found = (read_lever(file) for file in sorted(FOLDER.glob("*.yaml")))
    return {v.name: v for v in sorted(found, key=lambda v: STAGES.index(v.stage))}


def lever(name: str, where: Where = (None, None)) -> Lever:
    """The lever of a name; UnknownName, with the nearest, if there is none.

    Args:
        name: of a file in `levers/`.
        where: file and line that named it, for the error.
    """
    known = levers()
    if name not in known:
        raise unknown_name("lever", name, known, where=where, command="upriver levers")
    return known[name]


def read_lever(file: str | os.PathLike[str]) -> Lever:
    """One lever from its file; its name is the file's.

    Raises:
        InputError: something in it is not right; the message says where and what is allowed.
    """
    document = load_yaml(file)
    fields = check_fields(document, required=REQUIRED, optional=OPTIONAL)
    if (version := as_integer(document, ("schema",))) != 1:
        raise document.problem(("schema",), "is not known", found=show(version), allowed="1")
    operation = cast(Operation, as_choice(document, ("operation",), OPERATIONS, "operation"))
    acts_on = targets(document, ("acts_on",))
    levels, span = _levels(document, operation), _range(document, operation)
    _check_levels(document, levels, span)
    return Lever(
        name=Path(file).stem,
        title=as_text(document, ("title",), longest=60),
        stage=as_choice(document, ("stage",), STAGES, "stage"),
        summary=as_text(document, ("summary",), longest=400),
        acts_on=acts_on,
        operation=operation,
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
    )


def amount_within(of: Lever, document: Document, path: FieldPath) -> float:
    """The amount at `path`; OutOfBounds names the lever's range if it is outside."""
    amount, (low, high) = as_number(document, path), of.range
    if not low <= amount <= high:
        raise document.problem(
            path,
            f"is outside the range of lever '{of.name}'",
            OutOfBounds,
            found=f"{amount:g}",
            allowed=f"{low:g} to {high:g}",
            hint="`acts_on` has no such limit.",
        )
    return amount


def _levels(document: Document, operation: Operation) -> dict[str, float | None]:
    """Amounts by level; the first keeps everything as it is."""
    check_fields(document, ("levels",), required=LEVELS)
    if document.at(("levels", "as_today")) != "keep":
        found = show(document.at(("levels", "as_today")))
        raise document.problem(("levels", "as_today"), "should be 'keep'", found=found)
    amounts: dict[str, float | None] = {"as_today": None}
    for level in LEVELS[1:]:
        amounts[level] = as_number(document, ("levels", level), within=limits(operation))
    return amounts


def _range(document: Document, operation: Operation) -> tuple[float, float]:
    as_list(document, ("range",), length=2)
    low, high = (as_number(document, ("range", i), within=limits(operation)) for i in (0, 1))
    if not low < high:
        raise document.problem(("range",), "should rise", found=f"{low:g}, {high:g}")
    return low, high


def _check_levels(
    document: Document, levels: Mapping[str, float | None], span: tuple[float, float]
) -> None:
    """Levels go one way, stay within the range, and end where it ends."""
    some, more, most = (cast(float, levels[name]) for name in LEVELS[1:])
    if not (some < more < most or some > more > most):
        found = f"{some:g}, {more:g}, {most:g}"
        raise document.problem(("levels",), "should go one way", found=found)
    for name, amount in zip(LEVELS[1:], (some, more, most), strict=True):
        if not span[0] <= amount <= span[1]:
            raise document.problem(
                ("levels", name),
                "is out of the lever's range",
                OutOfBounds,
                found=f"{amount:g}",
                allowed=f"{span[0]:g} to {span[1]:g}",
            )
    if most != (end := span[1] if most > some else span[0]):
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

"""Levers: what a policy can do, how far, at what cost, with what evidence; one YAML file each.

A handle only says what can be moved. A lever also says how far evidence lets it be moved, how sure
one can be that a real measure moves it, what it leaves out and whom it could harm. Beside those
that ship stand those of a folder that the environment variable UPRIVER_LEVERS names.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from upriver.core.errors import (
    FileProblem,
    OutOfBounds,
    SchemaProblem,
    UnknownName,
    Where,
    show,
    unknown_name,
)
from upriver.core.fields import Document, FieldPath, as_number

from .checks import limits
from .handles import handles
from .lever import DIRECTIONS as DIRECTIONS
from .lever import GRADES as GRADES
from .lever import LEVELS as LEVELS
from .lever import STAGES as STAGES
from .lever import Cost as Cost
from .lever import Evidence as Evidence
from .lever import Lever as Lever
from .lever_file import read_lever as read_lever

FOLDER = Path(__file__).parent / "levers"
VARIABLE = "UPRIVER_LEVERS"
"""Names a folder of levers of one's own."""

FORMER_SCHEMA = 1
"""Scenarios in which a lever's amount had the sign of the parameters' change."""


def levers() -> dict[str, Lever]:
    """Levers by name: those that ship, and those of the user's folder; by stage, then by name.

    Raises:
        InputError: a file, or the folder that UPRIVER_LEVERS names, is not right.
    """
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return shipped_levers()
    folder = Path(named).expanduser()
    try:
        files = sorted(folder.glob("*.yaml")) if folder.is_dir() else None
        stamps = [(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files or ()]
    except (OSError, ValueError):
        files, stamps = None, []
    if not files:
        says = (
            "no folder that can be read" if files is None else "a folder without levers, NAME.yaml"
        )
        raise FileProblem(f"{VARIABLE} names {show(named)}, {says}")
    return _with_own(tuple(stamps))


@cache
def shipped_levers() -> dict[str, Lever]:
    """The levers that ship, by name.

    Raises:
        InputError: a file of the package is broken; the line says where.
    """
    return _ordered(read_lever(file) for file in sorted(FOLDER.glob("*.yaml")))


@cache
def _with_own(stamps: tuple[tuple[Path, int, int], ...]) -> dict[str, Lever]:
    """Shipped levers and those of files, which are read again once they have changed."""
    found = dict(shipped_levers())
    for file, *_ in stamps:
        one = read_lever(file, own=True)
        _check_name(one, found, os.fspath(file))
        found[one.name] = one
    return _ordered(found.values())


def _ordered(found: Iterable[Lever]) -> dict[str, Lever]:
    by_stage = sorted(found, key=lambda v: (STAGES.index(v.stage), v.name))
    return {v.name: v for v in by_stage}


def _check_name(one: Lever, known: Mapping[str, Lever], file: str) -> None:
    """One name, one thing: refuse what another lever is or was called, or a handle that differs."""
    taken = {name: v.name for v in known.values() for name in (v.name, *v.formerly)}
    for name in (one.name, *one.formerly):
        if name in taken:
            raise SchemaProblem(
                f"{show(name)} is or was the name of lever '{taken[name]}'. Give it another",
                file=file,
            )
    handle = handles().get(one.name)
    if handle and not is_handle(one, handle.name):
        raise SchemaProblem(
            f"'{one.name}' is the name of a handle that acts otherwise. Give it another",
            file=file,
        )


def is_handle(of: Lever, name: str) -> bool:
    """Whether a lever and the handle of a name do the same with an amount."""
    handle = handles()[name]
    same = (handle.acts_on, handle.operation) == (of.acts_on, of.operation)
    return same and of.on_parameters(1.0) == 1.0


def lever(name: str, where: Where = (None, None), former: bool = False) -> Lever:
    """The lever of a name; UnknownName, with the nearest, if there is none.

    Args:
        name: of a file in `levers/`, or in the user's folder.
        where: file and line that named it, for the error.
        former: it stands in a scenario of schema 1, where some had other names.
    """
    known = levers()
    once = {old: v.name for v in known.values() for old in v.formerly}
    if former:
        names = [old for v in known.values() for old in _names_in_schema_1(v)]
        if name in names:
            return known[once.get(name, name)]
        if name in known:
            raise _too_new(known[name], where)
        raise unknown_name("lever", name, names, where=where, command="upriver levers")
    if name in known:
        return known[name]
    if name in once:
        raise _renamed(name, known[once[name]], where)
    if name in handles():
        problem = f"'{name}' is a handle and no lever. Write `handle: {name}`"
        raise UnknownName(problem, file=where[0], line=where[1])
    if same := [v.name for v in known.values() if v.is_published_as(name)]:
        problem = f"lever {show(name)} is called '{same[0]}' here"
        raise UnknownName(problem, file=where[0], line=where[1])
    raise unknown_name("lever", name, known, where=where, command="upriver levers")


def _names_in_schema_1(v: Lever) -> tuple[str, ...]:
    """A lever whose amounts turned round is known there by its former names alone."""
    return v.formerly if v.formerly or v.on_parameters(1.0) != 1.0 else (v.name,)


def _too_new(v: Lever, where: Where) -> UnknownName:
    old = f" There it is '{v.formerly[0]}', with the other sign." if v.formerly else ""
    return UnknownName(
        f"lever '{v.name}' does not exist in schema 1",
        file=where[0],
        line=where[1],
        hint=f"Say `schema: 2`, in which its amount grows with the verb.{old}",
    )


def _renamed(name: str, v: Lever, where: Where) -> UnknownName:
    turned = "" if v.on_parameters(1.0) == 1.0 else ", and its amount grows with the verb"
    example = f": `by: {v.most:g}` where it was `by: {v.on_parameters(v.most):g}`" if turned else ""
    return UnknownName(
        f"lever {show(name)} is '{v.name}' in schema 2{turned}{example}",
        file=where[0],
        line=where[1],
    )


def amount_within(of: Lever, document: Document, path: FieldPath, former: bool = False) -> float:
    """The amount of a lever at `path`, within its range.

    Args:
        of: the lever.
        document: the scenario.
        path: the field, `by` or `to`.
        former: the scenario is of schema 1: the amount has the sign of the parameters' change.

    Raises:
        OutOfBounds: it names the range, and the handle that has none.
    """
    given, span = as_number(document, path), of.range
    amount, name = given, of.name
    if former:
        amount = of.on_parameters(given)
        span = (min(ends := [of.on_parameters(end) for end in span]), max(ends))
        name = of.formerly[0] if of.formerly else of.name
    if not span[0] <= given <= span[1]:
        raise document.problem(
            path,
            f"is outside the range of lever '{name}'",
            OutOfBounds,
            found=f"{given:g}",
            allowed=f"{span[0]:g} to {span[1]:g}",
            hint=_unlimited(of, of.on_parameters(amount)),
        )
    return amount


def _unlimited(of: Lever, change: float) -> str | None:
    """What makes the same change of the parameters without a range; None if nothing can."""
    low, high = limits(of.operation)
    if (low is not None and change < low) or (high is not None and change > high):
        return None
    size = f"{'to' if of.operation == 'replace' else 'by'}: {change:g}"
    behind = [
        h
        for h in handles().values()
        if h.operation == of.operation and {*h.acts_on} <= {*of.acts_on}
    ]
    if {path for h in behind for path in h.acts_on} != {*of.acts_on}:
        return f"`acts_on` has no such limit: `operation: {of.operation}, {size}`."
    if len(behind) == 1:
        return (
            f"Handle '{behind[0].name}' has no such limit: `{{handle: {behind[0].name}, {size}}}`."
        )
    *others, last = (f"'{h.name}'" for h in behind)
    return f"Handles {', '.join(others)} and {last} have no such limit: each with `{size}`."

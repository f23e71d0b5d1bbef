"""One lever from its YAML file: a closed set of fields, each checked, each error with its line.

    schema: 2
    title: Help people stay in recovery
    doing: Helping people stay in recovery
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
from functools import partial
from pathlib import Path
from typing import cast

from upriver.core.catalogue import Entry
from upriver.core.catalogue import entry as checked
from upriver.core.errors import OutOfBounds, SchemaProblem, show
from upriver.core.fields import Bounds, as_list, as_mapping, as_number
from upriver.core.files import load_yaml
from upriver.core.parameters import parameters
from upriver.evidence.references import references

from .checks import DEFAULT_FROM, DEFAULT_OVER, duration, limits, targets, year_of_run
from .effect_file import read_effect, read_moves
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
SHIPPED = ("doing",)
"""What one that ships must have besides; one of the user's may leave it out."""

OPTIONAL = (*SHIPPED, "formerly", "from", "over", "over_because", "reference", "moves", "effect")


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
        _check_schema(Entry(document, ()))
    required = REQUIRED if own else (*REQUIRED, *SHIPPED)
    entry = checked(document, (), required=required, optional=OPTIONAL)
    operation = cast(Operation, entry.choice("operation", OPERATIONS, "operation"))
    direction = DIRECTIONS[entry.choice("direction", DIRECTIONS, "direction")]
    acts_on = targets(document, ("acts_on",))
    bounds = _bounds(operation, direction)
    levels, span = _levels(entry, bounds), _range(entry, bounds)
    _check_levels(entry, levels, span, operation, direction)
    return Lever(
        name=name,
        formerly=entry.maybe(entry.texts, "formerly", longest=60) or (),
        title=entry.text("title", longest=60),
        doing=_doing(entry, own),
        stage=entry.choice("stage", STAGES, "stage"),
        summary=entry.text("summary", longest=400),
        acts_on=acts_on,
        operation=operation,
        direction=direction,
        unit=_unit(entry, operation, acts_on),
        levels=levels,
        level_text=_level_text(entry),
        most_because=entry.text("most_because", longest=400),
        range=span,
        start=year_of_run(document, ("from",)) if entry.given("from") else DEFAULT_FROM,
        years=duration(document, ("over",)) if entry.given("over") else DEFAULT_OVER,
        years_because=_maybe(entry, "over_because"),
        cost=entry.maybe(partial(_cost, entry), "cost"),
        evidence=_evidence(entry),
        moves=read_moves(entry) if entry.given("moves") else {},
        effect=read_effect(entry, operation) if entry.given("effect") else None,
        cannot_capture=_sentences(entry, "cannot_capture"),
        harms=_sentences(entry, "harms"),
        reference=_maybe(entry, "reference"),
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


def _doing(entry: Entry, own: bool) -> str:
    """The title as something that is being done; one of the user's may have its title alone."""
    if own and not entry.given("doing"):
        return f"‘{entry.text('title', longest=60)}’"
    return entry.text("doing", longest=60)


def _check_schema(entry: Entry) -> None:
    """Only levers that grow with their verb are read: nobody can tell the others by their look."""
    if (version := entry.integer("schema")) != SCHEMA:
        raise entry.problem(
            "schema",
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


def _levels(lever: Entry, bounds: Bounds) -> dict[str, float | None]:
    """Amounts by level; the first keeps everything as it is."""
    entry = lever.entry("levels", required=LEVELS)
    if (today := entry.document.at(entry.field("as_today"))) != "keep":
        raise entry.problem("as_today", "should be 'keep'", found=show(today))
    amounts = {level: entry.number(level, within=bounds) for level in LEVELS[1:]}
    return {"as_today": None, **amounts}


def _range(entry: Entry, bounds: Bounds) -> tuple[float, float]:
    here = entry.field("range")
    as_list(entry.document, here, length=2)
    low, high = (as_number(entry.document, (*here, i), within=bounds) for i in (0, 1))
    if not low < high:
        raise entry.problem("range", "should rise", found=f"{low:g}, {high:g}")
    return low, high


def _check_levels(
    entry: Entry,
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
        raise entry.problem("levels", says, found=f"{some:g}, {more:g}, {most:g}")
    if grows and span[0] > 0:
        raise entry.problem(
            "range", "should hold 0, which is as today", kind=OutOfBounds, found=f"{span[0]:g}"
        )
    for name, amount in zip(LEVELS[1:], (some, more, most), strict=True):
        if not span[0] <= amount <= span[1]:
            raise entry.document.problem(
                (*entry.field("levels"), name),
                "is out of the lever's range",
                OutOfBounds,
                found=f"{amount:g}",
                allowed=f"{span[0]:g} to {span[1]:g}",
            )
    if most != (end := span[1] if way > 0 else span[0]):
        raise entry.document.problem(
            (*entry.field("levels"), "most"),
            "should be the end of the range",
            found=f"{most:g}",
            allowed=f"{end:g}",
        )


def _unit(entry: Entry, operation: Operation, acts_on: tuple[str, ...]) -> str:
    """`percent` of what is scaled, closed or reached, else the unit of the parameters."""
    drawn = entry.given("effect") and "carried_by" not in as_mapping(
        entry.document, entry.field("effect")
    )
    relative = drawn or operation in ("scale", "close")
    wanted = {"percent"} if relative else {parameters()[path].unit for path in acts_on}
    unit = entry.text("unit")
    if unit not in wanted:
        allowed = ", ".join(sorted(wanted))
        raise entry.problem("unit", f"does not fit {operation}", found=show(unit), allowed=allowed)
    return unit


def _level_text(lever: Entry) -> dict[str, str]:
    entry = lever.entry("level_text", required=LEVELS[1:])
    return {level: entry.text(level, longest=160) for level in LEVELS[1:]}


def _cost(lever: Entry, key: str) -> Cost:
    """What it costs, where that was published and could be checked."""
    names = ("value", "unit", "year", "source", "note")
    entry = lever.entry(key, required=names[:-1], optional=names[-1:])
    return Cost(
        value=entry.number("value", within=(0, None)),
        unit=entry.text("unit"),
        year=entry.integer("year", within=(1990, 2030)),
        source=entry.choice("source", references(), "source"),
        note=_maybe(entry, "note"),
    )


def _evidence(lever: Entry) -> Evidence:
    names = ("grade", "design", "effect", "sources", "interval", "note")
    entry = lever.entry("evidence", required=names[:4], optional=names[4:])
    grade = entry.choice("grade", GRADES, "grade")
    none = not as_list(entry.document, entry.field("sources"))
    if none and grade in "ABC":
        raise entry.problem("sources", f"should not be empty at grade {grade}")
    return Evidence(
        grade=grade,
        design=entry.text("design", longest=400),
        effect=entry.text("effect", longest=1200),
        interval=_maybe(entry, "interval"),
        sources=() if none else entry.choices("sources", references(), "source"),
        note=_maybe(entry, "note"),
    )


def _sentences(entry: Entry, key: str) -> tuple[str, ...]:
    """One sentence or more."""
    found = entry.texts(key, longest=400)
    if not found:
        raise entry.problem(key, "should not be empty")
    return found


def _maybe(entry: Entry, key: str) -> str | None:
    """Text, or None where the field is left out or says null."""
    return entry.maybe(entry.text, key, longest=1200)

"""One change of a scenario as its file has it, each field checked, each error with its line."""

from collections.abc import Mapping
from typing import cast

from upriver.core.errors import UnknownName, show, unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_list,
    as_number,
    as_text,
    check_fields,
)
from upriver.places.dates import WHATS

from .changes import Change, pull
from .checks import DEFAULT_FROM, DEFAULT_OVER, duration, limits, targets, year_of_run
from .effect import FURTHEST_TOLD, Spread
from .handles import OPERATIONS, Operation, handles
from .levers import FORMER_SCHEMA, LEVELS, amount_within, lever, levers

CHANGE = (
    "lever", "handle", "acts_on", "operation", "level", "by", "between", "having", "to", "from",
    "over",
)  # fmt: skip
WHAT = ("lever", "handle", "acts_on")
SIZE = ("level", "by", "to")


def change(
    document: Document, path: FieldPath, start: float | None, years: float | None
) -> Change | None:
    """One change, or None for a lever that is left as it is today.

    Args:
        document: the scenario.
        path: where the change stands.
        start: the scenario's own calendar year of start; a change may name another.
        years: the same for the length of the ramp.

    Raises:
        InputError: something in it is not right; the message says where and what is allowed.
    """
    fields = check_fields(document, path, optional=CHANGE)
    _one_of(document, path, fields, WHAT)
    start = year_of_run(document, (*path, "from")) if "from" in fields else start
    years = duration(document, (*path, "over")) if "over" in fields else years
    if "lever" in fields:
        return _pulled(document, path, fields, start, years)
    if "level" in fields:
        raise document.problem((*path, "level"), "goes with 'lever' alone")
    _one_of(document, path, fields, SIZE[1:])
    if "handle" in fields:
        acts_on, operation, label = _handle(document, path, fields)
    else:
        acts_on = targets(document, (*path, "acts_on"))
        operation, label = _operation(document, path, fields), acts_on[0]
    if "to" in fields:
        operation = "replace"
        for name in ("between", "having"):
            if name in fields:
                raise document.problem((*path, name), "goes with 'by', not with 'to'")
    elif operation == "replace":
        raise document.problem((*path, "by"), "should be 'to' if the operation is replace")
    return Change(
        acts_on=acts_on,
        operation=operation,
        amount=(amount := _amount(document, path, fields, operation)),
        spread=_spread(document, (*path, "between"), amount) if "between" in fields else None,
        start=DEFAULT_FROM if start is None else start,
        years=DEFAULT_OVER if years is None else years,
        label=label,
        having=_having(document, path) if "having" in fields else None,
        where=document.where(path),
    )


def _one_of(
    document: Document, path: FieldPath, fields: Mapping[str, object], names: tuple[str, ...]
) -> None:
    """Refuse a change that has none or several of these fields."""
    given = [name for name in names if name in fields]
    if len(given) != 1:
        *others, last = (f"'{name}'" for name in names)
        found = {0: "neither", 2: "both"}.get(len(given), "all of them")
        raise document.problem(path, f"needs either {', '.join(others)} or {last}", found=found)


def _pulled(
    document: Document,
    path: FieldPath,
    fields: Mapping[str, object],
    start: float | None,
    years: float | None,
) -> Change | None:
    """The change that a lever makes; None at the level `as_today`."""
    here = (*path, "lever")
    former = document.data.get("schema") == FORMER_SCHEMA
    found = lever(as_text(document, here), document.where(here), former)
    for name in ("operation", "between"):
        if name in fields:
            raise document.problem((*path, name), "is given by the lever; leave it out")
    if "having" in fields:
        raise document.problem((*path, "having"), "goes with 'acts_on' or a handle, not a lever")
    _one_of(document, path, fields, SIZE)
    if "level" in fields:
        amount = found.levels[as_choice(document, (*path, "level"), LEVELS, "level")]
    else:
        wanted = "to" if found.operation == "replace" else "by"
        if wanted not in fields:
            given = "by" if "by" in fields else "to"
            raise document.problem(
                (*path, given), f"does not go with lever '{found.name}'", allowed=f"level, {wanted}"
            )
        amount = amount_within(found, document, (*path, wanted), former)
    if amount is None:
        return None
    return pull(found, amount, start, years, document.where(path))


def _handle(
    document: Document, path: FieldPath, fields: Mapping[str, object]
) -> tuple[tuple[str, ...], Operation, str]:
    """What a handle acts on, its operation and its name."""
    here = (*path, "handle")
    name, known = as_text(document, here), handles()
    if name not in known:
        same = [h.name for h in known.values() if h.is_published_as(name)]
        if same or name in levers():
            told = f"called '{same[0]}' here" if same else f"a lever. Write `lever: {name}`"
            file, line = document.where(here)
            raise UnknownName(f"handle {show(name)} is {told}", file=file, line=line)
        raise unknown_name(
            "handle",
            name,
            known,
            where=document.where(here),
            command="upriver parameters --handles",
        )
    if "operation" in fields:
        raise document.problem((*path, "operation"), "is given by the handle; leave it out")
    return known[name].acts_on, known[name].operation, name


def _operation(document: Document, path: FieldPath, fields: Mapping[str, object]) -> Operation:
    """The operation of a change that names parameters."""
    here = (*path, "operation")
    if "operation" not in fields:
        if "to" in fields:
            return "replace"
        raise document.problem(here, "is missing", allowed=", ".join(OPERATIONS))
    operation = cast(Operation, as_choice(document, here, OPERATIONS, "operation"))
    if "to" in fields and operation != "replace":
        raise document.problem(here, "does not go with 'to'", found=operation, allowed="replace")
    return operation


def _amount(
    document: Document, path: FieldPath, fields: Mapping[str, object], operation: Operation
) -> float:
    if "to" in fields:
        return as_number(document, (*path, "to"))
    return as_number(document, (*path, "by"), within=limits(operation))


def _having(document: Document, path: FieldPath) -> str:
    """What states have in which alone a change holds."""
    return as_choice(document, (*path, "having"), WHATS, "law or expansion")


def _spread(document: Document, path: FieldPath, amount: float) -> Spread:
    """The 95 % interval of an amount that is drawn, as factors on it."""
    as_list(document, path, length=2)
    low, high = (as_number(document, (*path, i)) for i in (0, 1))
    if amount == 0 or not low < amount < high:
        raise document.problem(
            path,
            "should hold 'by', which is not 0",
            found=f"{low:g}, {high:g}",
            hint="It is the 95 % interval of the amount, from which each draw has its own.",
        )
    spread = Spread.around(amount, (low, high))
    if not spread.can_be_drawn:
        raise document.problem(
            path, "cannot be drawn from", found=f"{low:g}, {high:g}", allowed=FURTHEST_TOLD
        )
    return spread

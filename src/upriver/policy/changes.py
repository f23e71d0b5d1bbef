"""One change of a scenario: what it acts on, how, by how much, from when, over how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from upriver.core.errors import TimeProblem, Where, show, unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.parameters import Parameter, parameters
from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .handles import OPERATIONS, Operation, handles

CHANGE = ("handle", "acts_on", "operation", "by", "to", "from", "over")


@dataclass(frozen=True)
class Change:
    """One bend of parameters: `amount` along a ramp from `start` over `years`."""

    acts_on: tuple[str, ...]
    operation: Operation
    amount: float
    start: float
    years: float
    label: str
    where: Where = field(default=(None, None), compare=False, repr=False)
    """File and line, for what is found only when the change is made."""


def change(document: Document, path: FieldPath, start: float, years: float) -> Change:
    """One change; `start` and `years` hold where it names none of its own.

    Raises:
        InputError: something in it is not right; the message says where and what is allowed.
    """
    fields = check_fields(document, path, optional=CHANGE)
    if ("handle" in fields) == ("acts_on" in fields):
        found = "both" if "handle" in fields else "neither"
        raise document.problem(path, "needs either 'handle' or 'acts_on'", found=found)
    if ("by" in fields) == ("to" in fields):
        found = "both" if "by" in fields else "neither"
        raise document.problem(path, "needs either 'by' or 'to'", found=found)
    if "handle" in fields:
        acts_on, operation, label = _handle(document, path, fields)
    else:
        acts_on, label = _targets(document, (*path, "acts_on"))
        operation = _operation(document, path, fields)
    if "to" in fields:
        operation = "replace"
    elif operation == "replace":
        raise document.problem((*path, "by"), "should be 'to' if the operation is replace")
    return Change(
        acts_on=acts_on,
        operation=operation,
        amount=_amount(document, path, fields, operation),
        start=year_of_run(document, (*path, "from")) if "from" in fields else start,
        years=duration(document, (*path, "over")) if "over" in fields else years,
        label=label,
        where=document.where(path),
    )


def _handle(
    document: Document, path: FieldPath, fields: Mapping[str, object]
) -> tuple[tuple[str, ...], Operation, str]:
    """What a handle acts on, its operation and its name."""
    here = (*path, "handle")
    name, known = as_text(document, here), handles()
    if name not in known:
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
    within = {"scale": (-1.0, None), "close": (-1.0, 1.0)}.get(operation, (None, None))
    return as_number(document, (*path, "by"), within=within)


def _targets(document: Document, path: FieldPath) -> tuple[tuple[str, ...], str]:
    """Parameters that a change acts on, and what it is called."""
    value = document.at(path)
    places = [(*path, i) for i in range(len(value))] if isinstance(value, list) else [path]
    if not places:
        raise document.problem(path, "should not be empty")
    names: list[str] = []
    for place in places:
        name = as_text(document, place)
        known_parameter(document, place, name)
        if name in names:
            raise document.problem(place, "is given twice", found=show(name))
        names.append(name)
    return tuple(names), names[0]


def known_parameter(document: Document, path: FieldPath, name: str) -> Parameter:
    """A parameter that a field names."""
    known = parameters()
    if name not in known:
        raise unknown_name(
            "parameter", name, known, where=document.where(path), command="upriver parameters"
        )
    return known[name]


def number_of_year(document: Document, path: FieldPath) -> float:
    """A year as a number; a date in other forms is refused with an example."""
    given = document.at(path)
    if isinstance(given, str):
        raise document.problem(
            path,
            "should be a year as a number",
            TimeProblem,
            found=show(given),
            hint="The middle of 2026 is 2026.5.",
        )
    return as_number(document, path)


def year_of_run(document: Document, path: FieldPath) -> float:
    """A calendar year within the run."""
    year = number_of_year(document, path)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise document.problem(
            path,
            "is not a year of the run",
            TimeProblem,
            found=show(document.at(path)),
            allowed=f"{FIRST_YEAR} to {LAST_YEAR}",
        )
    return year


def duration(document: Document, path: FieldPath) -> float:
    """Years of a ramp; 0 is a step."""
    years = as_number(document, path)
    longest = LAST_YEAR - FIRST_YEAR
    if not 0 <= years <= longest:
        says = "would end before it starts" if years < 0 else "is longer than the run"
        raise document.problem(
            path,
            says,
            TimeProblem,
            found=f"{years:g} years",
            allowed=f"0 to {longest}",
        )
    return years

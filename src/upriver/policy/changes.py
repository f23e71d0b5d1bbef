"""One change of a scenario: what it acts on, how, by how much, from when, over how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import (
    SchemaProblem,
    TimeProblem,
    UnknownName,
    Where,
    one_line,
    show,
    unknown_name,
)
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_list,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS_PER_YEAR

from .checks import (
    DEFAULT_FROM,
    DEFAULT_OVER,
    duration,
    limits,
    real_number,
    targets,
    year_of_run,
)
from .draws import MOST_DRAWS
from .effect import FURTHEST_TOLD, Doubles, Spread, factors
from .handles import OPERATIONS, Operation, handles
from .levers import FORMER_SCHEMA, LEVELS, Lever, amount_within, lever, levers

CHANGE = (
    "lever", "handle", "acts_on", "operation", "level", "by", "between", "to", "from", "over"
)  # fmt: skip
WHAT = ("lever", "handle", "acts_on")
SIZE = ("level", "by", "to")


@dataclass(frozen=True)
class Change:
    """One bend of parameters: `amount` along a ramp from `start` over `years`.

    amount: what the parameters get; `Lever.on_parameters` turns it into the lever's.
    lever: the name of the lever that it pulls, if it does.
    spread: 95 % of the factor on `amount` that is drawn with each run; None where none is.
    """

    acts_on: tuple[str, ...]
    operation: Operation
    amount: float
    start: float
    years: float
    label: str
    lever: str | None = None
    spread: Spread | None = None
    where: Where = field(default=(None, None), compare=False, repr=False)
    """File and line, for what is found only when the change is made."""

    def __post_init__(self) -> None:
        """Refuse what no file could have given.

        Raises:
            SchemaProblem: acts on nothing, or by what is no number.
            UnknownName: an operation that does not exist.
            TimeProblem: it starts outside the run, or is of a length that cannot be.
        """
        file, line = self.where
        if isinstance(self.acts_on, str) or not self.acts_on:
            raise SchemaProblem(
                "acts_on should be a tuple of paths", file=file, line=line, found=show(self.acts_on)
            )
        if self.operation not in OPERATIONS:
            raise unknown_name("operation", str(self.operation), OPERATIONS, where=self.where)
        for name in ("amount", "start", "years"):
            of = f"{name} of the change of '{one_line(self.label, 60)}'"
            real_number(getattr(self, name), of, self.where)
        self._check_times()

    def amounts(self, draws: NDArray[np.int_] | None) -> float | Doubles:
        """The amount: one for all, or one a draw where it is drawn, shape (draws,).

        Args:
            draws: which, by number; None is the amount in the middle.
        """
        if self.spread is None or draws is None:
            return self.amount
        return self.amount * factors(self.acts_on, self.spread)[draws % MOST_DRAWS]

    @property
    def between(self) -> tuple[float, float] | None:
        """95 % interval of the amount; None where it is not drawn."""
        if self.spread is None:
            return None
        low, high = sorted(self.amount * end for end in (self.spread.low, self.spread.high))
        return low, high

    def _check_times(self) -> None:
        file, line = self.where
        of = f"the change of '{one_line(self.label, 60)}'"
        if not FIRST_YEAR <= self.start <= LAST_YEAR:
            raise TimeProblem(
                f"the start of {of} is not a year of the run",
                file=file,
                line=line,
                found=f"{self.start:g}",
                allowed=f"{FIRST_YEAR} to {LAST_YEAR}",
            )
        longest = LAST_YEAR - FIRST_YEAR
        if not 0 <= self.years <= longest:
            raise TimeProblem(
                f"the length of {of} cannot be",
                file=file,
                line=line,
                found=f"{self.years:g} years",
                allowed=f"0 to {longest}",
            )
        if self.operation == "pulse" and self.years == 0:
            raise TimeProblem(
                f"{of} is a pulse over 0 years, which does nothing",
                file=file,
                line=line,
                hint=f"Say how long it lasts; a step is 1/{STEPS_PER_YEAR} year.",
            )


def pull(
    of: Lever,
    amount: float,
    start: float | None = None,
    years: float | None = None,
    where: Where = (None, None),
) -> Change:
    """The change that a lever makes at an amount; its own start and ramp unless others are given.

    Args:
        of: the lever.
        amount: in the lever's unit, a percentage as a fraction, in the direction of its verb; not
            checked against its range.
        start: calendar year.
        years: length of the ramp; 0 is a step.
        where: file and line in which it is pulled.

    Raises:
        SchemaProblem: an amount that is no number. TimeProblem: a start outside the run, or a
            length that cannot be.
    """
    return Change(
        acts_on=of.acts_on,
        operation=of.operation,
        amount=of.on_parameters(amount),
        start=of.start if start is None else start,
        years=of.years if years is None else years,
        label=of.name,
        lever=of.name,
        spread=of.effect.spread if of.effect and amount else None,
        where=where,
    )


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
        if "between" in fields:
            raise document.problem((*path, "between"), "goes with 'by', not with 'to'")
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

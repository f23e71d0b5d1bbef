"""Changes together: what they come to, within the range of a lever and the bounds of a parameter.

Each change was checked alone when it was read. Here they are bent one after the other, in the order
of the file, and what they come to on a parameter is held against the range of the lever that acts
on it and against the parameter's own bounds. The central values decide whether a scenario is taken,
so that it does not depend on how many draws are run; in a draw that leaves a bound the parameter is
held at the bound, and the draw is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError, OutOfBounds, one_line
from upriver.core.parameters import Parameter
from upriver.core.table import Column, Table
from upriver.core.time import STEPS, STEPS_PER_YEAR, step_of
from upriver.engine.tools import bend, pulse, ramp
from upriver.system.world import World

from .changes import Change, pull
from .levers import levers

Along = NDArray[np.float64]
Numbers = NDArray[np.int_]

SLACK = 1e-9
"""Share of an amount that rounding may add: 1.1 x 1.1 is not exactly 1.21."""


@dataclass(frozen=True)
class Held:
    """A parameter that is held at a bound in some draws.

    labels: names of the changes that take it there. draws: in how many. bound: where it is held.
    """

    path: str
    labels: tuple[str, ...]
    bound: float
    draws: int


@dataclass(frozen=True)
class Moved:
    """Columns that changes bent.

    central: the same of central values.
    held: what left its bounds in some draws. still: places of the changes that move no step.
    along: the ramp of each change, shape (STEPS + 1,).
    """

    columns: dict[str, Column]
    central: dict[str, Column]
    held: tuple[Held, ...]
    still: frozenset[int]
    along: tuple[Along, ...]


def moved(
    central: Table, drawn: Table, changes: Sequence[Change], world: World, numbers: Numbers
) -> Moved:
    """All changes made, one after the other.

    Args:
        central: columns of central values, before any change.
        drawn: the same with draws, or `central` itself.
        changes: in the order of the file.
        world: whose bounds hold.
        numbers: of the draws, by which the effect of a change is drawn.

    Raises:
        OutOfBounds: the central values leave a bound, or what changes come to leaves the range of a
            lever.
        UnknownName: a change names no parameter.
    """
    along = tuple(_along(change) for change in changes)
    acting: dict[str, list[int]] = {}
    for i, change in enumerate(changes):
        for path in change.acts_on:
            acting.setdefault(path, []).append(i)
    draws = None if drawn is central else numbers[: drawn.draws]
    columns: dict[str, Column] = {}
    middles: dict[str, Column] = {}
    held: list[Held] = []
    moving: set[int] = set()
    for path, places in acting.items():
        those = [changes[i] for i in places]
        try:
            low, high = world.parameter(path).within
            before, given = central.columns[path], drawn.columns[path]
            middle, moves = _bent(before, those, [along[i] for i in places], None)
            _check_bounds(middle, path, those, (low, high))
            _check_switch(middle, world.parameter(path), those)
            _check_range(before, middle, path, those, [along[i] for i in places])
        except InputError as error:
            error.file, error.line = those[-1].where
            raise
        column = middle
        if given is not before or (draws is not None and any(change.spread for change in those)):
            column, moves = _bent(given, those, [along[i] for i in places], draws)
            held += _held(column, path, those, (low, high))
            column = np.clip(column, low, high)
            _check_switch(column, world.parameter(path), those)
        columns[path], middles[path] = column, middle
        moving |= {i for i, does in zip(places, moves, strict=True) if does}
    return Moved(columns, middles, tuple(held), frozenset(range(len(changes))) - moving, along)


def bent(columns: Table, changes: Sequence[Change], world: World, numbers: Numbers) -> Table:
    """A place's table with changes made on it, held within the parameters' bounds.

    What a scenario may say was decided by the country's central values, so nothing is refused.

    Args:
        columns: a row a draw. numbers: of the draws, by which effects are drawn.
    """
    found: dict[str, Column] = {}
    for path in dict.fromkeys(path for change in changes for path in change.acts_on):
        those = [change for change in changes if path in change.acts_on]
        column, _ = _bent(columns.columns[path], those, [*map(_along, those)], numbers)
        found[path] = np.clip(column, *world.parameter(path).within)
    return columns.replace(found)


def _along(change: Change) -> Along:
    """How far a change has come at every instant."""
    shape = pulse if change.operation == "pulse" else ramp
    return shape(STEPS + 1, step_of(change.start), change.years * STEPS_PER_YEAR)


def _bent(
    column: Column, changes: Sequence[Change], along: Sequence[Along], draws: Numbers | None
) -> tuple[Column, list[bool]]:
    """A column after changes, and whether each of them moved a step of it.

    What it is at the last instant moves no step: nothing comes after.
    """
    moves = []
    for change, far in zip(changes, along, strict=True):
        operation = "add" if change.operation == "pulse" else change.operation
        after = np.atleast_2d(bend(column, operation, change.amounts(draws), far))
        moves.append(bool((after != column)[:, :STEPS].any()))
        column = after
    return column, moves


def _check_bounds(
    column: Column, path: str, changes: Sequence[Change], within: tuple[float, float]
) -> None:
    low, high = within
    least, most = float(np.min(column)), float(np.max(column))
    if not (low <= least and most <= high):
        raise OutOfBounds(
            f"{_who(changes)} {path} out of bounds",
            found=f"{least if least < low else most:g}",
            allowed=f"{low:g} to {high:g}",
        )


def _check_switch(column: Column, parameter: Parameter, changes: Sequence[Change]) -> None:
    """A mechanism is counted or not, as when a setting holds its switch: never by halves."""
    halves = column[(column != 0) & (column != 1)]
    if parameter.is_switch and halves.size:
        file, line = changes[-1].where
        raise OutOfBounds(
            f"{_who(changes)} the switch {parameter.path} by halves",
            file=file,
            line=line,
            found=f"{halves[0]:.3g}",
            allowed="0 (off) or 1 (on), at once: `to: 0, over: 0`",
        )


def _held(
    column: Column, path: str, changes: Sequence[Change], within: tuple[float, float]
) -> list[Held]:
    labels = tuple(dict.fromkeys(change.label for change in changes))
    beyond = ((within[0], column < within[0]), (within[1], column > within[1]))
    counted = ((bound, int(where.any(axis=1).sum())) for bound, where in beyond)
    return [Held(path, labels, bound, draws) for bound, draws in counted if draws]


def _check_range(
    before: Column, after: Column, path: str, changes: Sequence[Change], along: Sequence[Along]
) -> None:
    """Hold what changes come to together against what their levers come to at their ends."""
    pulled = [(c, far) for c, far in zip(changes, along, strict=True) if c.lever in levers()]
    if len(changes) < 2 or not pulled:
        return
    first, far = pulled[0]
    of = levers()[str(first.lever)]
    if {change.operation for change in changes} != {of.operation}:
        _check_envelope(before, after, path, changes, along)
        return
    each = pull(of, 1.0).amount
    named = dict.fromkeys(str(change.lever) for change, _ in pulled)
    alike = [levers()[name] for name in named if levers()[name].operation == of.operation]
    ranges = [sorted(pull(one, end).amount for end in one.range) for one in alike]
    lows, highs = zip(*ranges, strict=True)
    least, most = _together(first.operation, lows, min), _together(first.operation, highs, max)
    reached = _amounts(first.operation, np.broadcast_to(before, after.shape), after, far)
    if not reached.size:
        return
    worst = float(reached.min()) if reached.min() < least else float(reached.max())
    slack = SLACK * max(abs(least), abs(most))
    if not least - slack <= worst <= most + slack:
        low, high = sorted((least / each, most / each))
        raise OutOfBounds(
            f"{_who(changes)} {path} beyond the range of lever '{of.name}'",
            found=f"{worst / each:.4g}",
            allowed=f"{low:g} to {high:g}",
            hint="`acts_on` alone has no such limit.",
        )


def _check_envelope(
    before: Column, after: Column, path: str, changes: Sequence[Change], along: Sequence[Along]
) -> None:
    """Hold changes of several operations against what their levers come to at either end."""
    low = high = before
    for change, far in zip(changes, along, strict=True):
        of = levers().get(change.lever or "")
        ends = [pull(of, end).amount for end in of.range] if of else [change.amount]
        operation = "add" if change.operation == "pulse" else change.operation
        reached = [
            np.atleast_2d(bend(one, operation, end, far)) for one in (low, high) for end in ends
        ]
        low, high = np.minimum.reduce(reached), np.maximum.reduce(reached)
    slack = SLACK * np.maximum(np.abs(low), np.abs(high))
    beyond = (after < low - slack) | (after > high + slack)
    if beyond.any():
        at = np.unravel_index(int(np.argmax(beyond)), beyond.shape)
        raise OutOfBounds(
            f"{_who(changes)} {path} beyond the ranges of their levers",
            found=f"{after[at]:.4g}",
            allowed=f"{low[at]:.4g} to {high[at]:.4g}",
            hint="`acts_on` alone has no such limit.",
        )


def _together(
    operation: str, amounts: Sequence[float], furthest: Callable[[Sequence[float]], float]
) -> float:
    """One amount that comes to the same as several, one after the other, all of one sign.

    Args:
        furthest: of values that replace each other.
    """
    if operation == "replace":
        return furthest(amounts)
    if operation == "add":
        return sum(amounts)
    if operation == "close" and max(amounts) > 0:
        return 1 - float(np.prod([1 - amount for amount in amounts]))
    return float(np.prod([1 + amount for amount in amounts])) - 1


def _amounts(operation: str, before: Column, after: Column, far: Along) -> NDArray[np.float64]:
    """The amounts of one change that would come to the same, at every instant that has one."""
    if operation == "replace":
        return np.asarray(after[:, far == 1])
    if operation == "add":
        return np.asarray(after - before)
    rise = after - before
    if operation == "scale":
        return np.asarray(rise[before != 0] / before[before != 0])
    whole = np.where(rise > 0, 1 - before, before)
    return np.asarray(rise[whole != 0] / whole[whole != 0])


def _who(changes: Sequence[Change]) -> str:
    """`the change of 'a' takes`, or with several `changes of 'a' and 'b' together take`."""
    names = list(dict.fromkeys(one_line(change.label, 60) for change in changes))
    if len(names) == 1:
        return f"the change of '{names[0]}' takes"
    listed = ", ".join(f"'{name}'" for name in names[:-1])
    return f"the changes of {listed} and '{names[-1]}' together take"

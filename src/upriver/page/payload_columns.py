"""Columns as the page carries them: each once, a number where it is one, none of what is off."""

import base64
import itertools
import json
import zlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.policy.disturbances import course
from upriver.policy.fitted import KNOTS
from upriver.system.switches import SWITCH, switch_of

NEARLY = 1e-14
"""Share of the largest number by which a straight line may be off at a bend: rounding."""


def awake(table: Table, changed: Collection[str] = ()) -> Table:
    """A table in which what belongs to a mechanism that is off is one number: it moves nothing.

    Args:
        changed: paths that a scenario changes; what it may switch on keeps its draws.
    """
    off = {
        path
        for path, column in table.columns.items()
        if path.endswith(SWITCH) and path not in changed and not np.any(column)
    }
    asleep = {
        path: constant(float(column[0, 0]) if value is None else value)
        for path, column in table.columns.items()
        if column.size > 1 and switch_of(path) in off
        for value in (parameters()[path].value,)
    }
    return table.replace(asleep)


def once(worlds: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The worlds, a column that an earlier one has carried by that one's name: `{"as": name}`."""
    first: dict[tuple[str, str], str] = {}
    made = []
    for one in worlds:
        columns = {}
        for path, column in one["columns"].items():
            owner = first.setdefault((path, json.dumps(column)), one["name"])
            columns[path] = column if owner == one["name"] else {"as": owner}
        made.append({**one, "columns": columns})
    return made


def column_of(column: Column) -> list[int | float | str]:
    """`[steps, draws, values]`: a number where it is one all along, else numbers in base64.

    They are of single precision where that is what they are, else doubles. A disturbance of many
    draws is carried at its knots, `[steps, draws, values, knots]`; a history that is
    the same in all draws by the instants at which it bends, `[steps, 1, values, instants]`.
    """
    draws, steps = column.shape
    if np.all(column == column[0, 0]):
        return [1, 1, float(column[0, 0])]
    if draws > 1 and steps > 1 and (knots := _knots(column)) is not None:
        return [steps, draws, _packed(knots), knots.shape[1]]
    if draws == 1:
        at = _bends(column[0])
        where = base64.b64encode(at.astype("<u2").tobytes()).decode()
        return [steps, 1, _packed(column[:, at]), where]
    return [steps, draws, _packed(column)]


def _packed(numbers: Column) -> str:
    single = numbers.astype("<f4")
    exact = np.array_equal(single.astype(np.float64), numbers)
    raw = single if exact else np.ascontiguousarray(numbers, dtype="<f8")
    return base64.b64encode(raw.tobytes()).decode()


def _bends(given: np.ndarray) -> np.ndarray:
    """Instants between which a course is a straight line as the page draws it, to the bit.

    Where the page's line is off by rounding, every instant is one.
    """
    away = np.abs(given[1:-1] - (given[:-2] + given[2:]) / 2)
    bends = away > NEARLY * np.abs(given).max()
    ends = np.flatnonzero(np.concatenate([[True], bends, [True]]))
    found: list[int] = []
    for first, last in itertools.pairwise(ends.tolist()):
        slope = (given[last] - given[first]) / (last - first)
        line = given[first] + slope * np.arange(last - first)
        found += [first] if np.array_equal(line, given[first:last]) else range(first, last)
    return np.array([*found, len(given) - 1])


def _knots(column: Column) -> Column | None:
    """A disturbance at its knots, in single precision, if that is what it is, to the bit."""
    at = np.linspace(0, column.shape[1] - 1, KNOTS).round().astype(int)
    knots = column[:, at]
    return knots if np.array_equal(course(knots), column) else None


def same(one: Column, other: Column) -> bool:
    """Whether two columns are the same, to the bit."""
    return one.shape == other.shape and bool(np.array_equal(one, other))


def zipped(raw: bytes) -> bytes:
    """Deflated without a header, in which versions of Python differ."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(raw) + packer.flush()

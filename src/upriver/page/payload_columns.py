"""Columns as the page carries them: each once, a number where it is one, none of what is off."""

import base64
import itertools
import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.policy.disturbances import course
from upriver.policy.fitted import KNOTS
from upriver.system.switches import SWITCH, switch_of

from .payload_codes import Codes
from .payload_zip import letters

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
    """The worlds, a column that an earlier one has carried by that one's name: `{"as": name}`.

    Where that is most of what an earlier one has, it is `like` that one, `but` for some paths.
    """
    first: dict[tuple[str, str], str] = {}
    made: dict[str, dict[str, Any]] = {}
    for one in worlds:
        columns: dict[str, Any] = {}
        for path, column in one["columns"].items():
            owner = first.setdefault((path, json.dumps(column)), one["name"])
            columns[path] = column if owner == one["name"] else {"as": owner}
        made[one["name"]] = {**one, "columns": columns, **_like(columns, made)}
    return [{**one, "columns": _own(one)} for one in made.values()]


def _like(columns: dict[str, Any], earlier: dict[str, dict[str, Any]]) -> dict[str, Any]:
    owners = Counter(one["as"] for one in columns.values() if isinstance(one, dict))
    owner, count = next(iter(owners.most_common(1)), ("", 0))
    if not count or count < len(earlier[owner]["columns"]) / 2:
        return {}
    return {
        "like": owner,
        "but": [path for path in earlier[owner]["columns"] if path not in columns],
    }


def _own(one: dict[str, Any]) -> dict[str, Any]:
    """Columns of a world but for those of what it is like."""
    like = {"as": one.get("like")}
    return {path: column for path, column in one["columns"].items() if column != like}


def column_of(path: str, column: Column, codes: Codes) -> list[int | float | str]:
    """`[steps, draws, values]`: a number where it is one all along, else numbers as letters.

    Those of all draws alike are in base64, for they may travel in a link; of many in base85, which
    is shorter. They are of single precision where that is what they are, else doubles; of draws
    that are kept as codes, the place of their row is carried. A disturbance of many draws is
    carried at its knots, `[steps, draws, values, knots]`; a history that is the same in all draws
    by the instants at which it bends, `[steps, 1, values, instants]`.
    """
    draws, steps = column.shape
    if np.all(column == column[0, 0]):
        return [1, 1, float(column[0, 0])]
    knots = _knots(column) if draws > 1 and steps > 1 else None
    if draws > 1 and (steps == 1 or knots is not None):
        numbers = column if knots is None else knots
        row = codes.add(numbers, parameters()[path].within)
        found = [steps, draws, letters(raw_of(numbers)) if row is None else row]
        return found if knots is None else [*found, knots.shape[1]]
    if draws == 1:
        at = _bends(column[0])
        where = base64.b64encode(at.astype("<u2").tobytes()).decode()
        return [steps, 1, base64.b64encode(raw_of(column[:, at])).decode(), where]
    return [steps, draws, letters(raw_of(column))]


def raw_of(numbers: Column) -> bytes:
    """Numbers as bytes: of single precision where that is what they are, else doubles."""
    single = numbers.astype("<f4")
    exact = np.array_equal(single.astype(np.float64), numbers)
    return (single if exact else np.ascontiguousarray(numbers, dtype="<f8")).tobytes()


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

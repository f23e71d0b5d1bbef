"""Columns as the page carries them: each once, a number where it is one, none of what is off."""

import base64
import json
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.system.switches import SWITCH, switch_of


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
    """`[steps, draws, values]`: a number where it is one all along, else doubles in base64."""
    draws, steps = column.shape
    if np.all(column == column[0, 0]):
        return [1, 1, float(column[0, 0])]
    raw = np.ascontiguousarray(column, dtype="<f8").tobytes()
    return [steps, draws, base64.b64encode(raw).decode()]


def same(one: Column, other: Column) -> bool:
    """Whether two columns are the same, to the bit."""
    return one.shape == other.shape and bool(np.array_equal(one, other))

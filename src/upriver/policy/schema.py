"""The JSON Schema of a scenario file, for editors; made from the same names that are checked."""

from typing import Any

from upriver.core.parameters import acts, parameters
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.places.dates import WHATS
from upriver.system.world import worlds

from .change_file import SIZE
from .checks import DEFAULT_FROM
from .handles import OPERATIONS, handles
from .levers import LEVELS, Lever, levers
from .scenario import REGIMES, SCHEMAS, library, shipped

Schema = dict[str, Any]


def schema() -> Schema:
    """JSON Schema (2020-12) of schema 2, which is the form to write; schema 1 is only read."""
    known = parameters()
    paths = sorted(known)
    year = {"type": "number", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    over = {"type": "number", "minimum": 0, "maximum": LAST_YEAR - FIRST_YEAR}
    projected = sorted(path for path, p in known.items() if p.projection is not None)
    ahead: Schema = {
        "oneOf": [
            {"const": "hold"},
            {
                "type": "object",
                "properties": {"end_value": {"type": "number"}, "end_year": {"type": "number"}},
                "required": ["end_value"],
                "additionalProperties": False,
            },
        ]
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Upriver scenario",
        "description": "What changes, by how much, from when, over how long.",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMAS[-1]},
            "title": {"type": "string", "minLength": 1, "maxLength": 200},
            "about": {"type": "string", "maxLength": 2000},
            "source": {"type": "string", "maxLength": 200},
            "based_on": {
                "oneOf": [
                    {"enum": sorted([*shipped(), *library()])},
                    {"type": "string", "pattern": r"\.ya?ml$"},
                ]
            },
            "world": {"enum": sorted(worlds())},
            "from": year,
            "over": over,
            "projections": {
                "type": "object",
                "properties": {"all": {"const": "hold"}, **dict.fromkeys(projected, ahead)},
                "additionalProperties": False,
            },
            "conditions": {
                "type": "integer",
                "minimum": FIRST_YEAR,
                "maximum": int(DEFAULT_FROM) - 1,
                "description": "year whose conditions come back in 2026",
            },
            "regimes": {
                "enum": list(REGIMES),
                "description": "relations with China go on as drawn from the spells on record",
            },
            "set": {
                "type": "object",
                "properties": {
                    path: {
                        "type": "number",
                        "minimum": known[path].within[0],
                        "maximum": known[path].within[1],
                        "description": f"{known[path].meaning} [{known[path].unit}]",
                    }
                    for path in paths
                },
                "additionalProperties": False,
            },
            "without_acts": {"type": "array", "items": {"enum": list(acts())}},
            "changes": {"type": "array", "items": _change(paths, year, over)},
        },
        "required": ["schema", "title"],
        "additionalProperties": False,
    }


def _change(paths: list[str], year: Schema, over: Schema) -> Schema:
    """Schema of one change: a lever, a handle, or a parameter with an operation."""
    by_or_to: Schema = {"oneOf": [{"required": ["by"]}, {"required": ["to"]}]}
    named: list[Schema] = [{"required": [name], **by_or_to} for name in ("handle", "acts_on")]
    return {
        "type": "object",
        "properties": {
            "lever": {
                "oneOf": [{"const": v.name, "description": v.summary} for v in levers().values()]
            },
            "handle": {
                "oneOf": [{"const": h.name, "description": h.meaning} for h in handles().values()]
            },
            "acts_on": {
                "oneOf": [
                    {"enum": paths},
                    {"type": "array", "items": {"enum": paths}, "minItems": 1},
                ]
            },
            "operation": {"enum": list(OPERATIONS)},
            "level": {"enum": list(LEVELS)},
            "by": {"type": "number"},
            "between": {
                "type": "array",
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
                "description": "95 % interval of `by`, from which each draw has its own",
            },
            "having": {"enum": list(WHATS), "description": "of states that have this alone"},
            "to": {"type": "number"},
            "from": year,
            "over": over,
        },
        "allOf": [
            {"oneOf": [*map(_pull, levers().values()), *named]},
            {"oneOf": [{"required": [name]} for name in SIZE]},
            *(
                {"not": {"required": [other, name]}}
                for name in ("between", "having")
                for other in ("lever", "to")
            ),
        ],
        "additionalProperties": False,
    }


def _pull(of: Lever) -> Schema:
    """Schema of a change that pulls a lever: to a level, or by an amount within its range."""
    size = "to" if of.operation == "replace" else "by"
    low, high = of.range
    return {
        "properties": {"lever": {"const": of.name}, size: {"minimum": low, "maximum": high}},
        "required": ["lever"],
        "oneOf": [{"required": ["level"]}, {"required": [size]}],
    }

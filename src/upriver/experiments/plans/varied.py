"""What varies in a plan: parameters and handles, and the points of the design over them."""

import numpy as np

from upriver.core.errors import InputError, OutOfBounds, unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_number,
    check_fields,
)
from upriver.core.parameters import parameters
from upriver.policy.handles import handles
from upriver.system.world import check_within

from .points import DESIGNS, GRID, MOST_POINTS, Range, Varied, points

MOST_SEED = 2**31 - 1


def varied_of(document: Document) -> dict[str, list[float] | Range]:
    """Lists and ranges by name, each value within the parameter's bounds."""
    if "parameters" not in document.data:
        return {}
    found: dict[str, list[float] | Range] = {}
    for name in as_mapping(document, ("parameters",)):
        here = ("parameters", name)
        if name not in parameters() and name not in handles():
            known = {**parameters(), **handles()}
            command = (
                "upriver parameters --handles" if "." not in str(name) else "upriver parameters"
            )
            raise unknown_name(
                "parameter or handle", str(name), known, where=document.where(here), command=command
            )
        if isinstance(document.at(here), dict):
            check_fields(document, here, required=("low", "high"))
            low, high = (as_number(document, (*here, end)) for end in ("low", "high"))
            if not low < high:
                raise document.problem(here, "should go from low to a higher number", OutOfBounds)
            found[str(name)] = Range(low, high)
            ends = [("low", low), ("high", high)]
        else:
            given = as_list(document, here)
            if not given:
                raise document.problem(here, "should not be empty")
            values = [as_number(document, (*here, i)) for i in range(len(given))]
            if len(set(values)) < len(values):
                raise document.problem(here, "has a value twice")
            found[str(name)] = values
            ends = list(enumerate(values))  # type: ignore[arg-type]
        if name in parameters():
            for key, value in ends:
                _check_value(document, (*here, key), str(name), value)
    return found


def _check_value(document: Document, here: FieldPath, name: str, value: float) -> None:
    try:
        check_within(parameters()[name], value)
    except InputError as error:
        error.file, error.line = document.where(here)
        raise


def design_points(document: Document, varied: Varied) -> np.ndarray:
    """Points of the design that the document asks for."""
    data = document.data
    design = as_choice(document, ("design",), DESIGNS, "design") if "design" in data else GRID
    ranges = [name for name, one in varied.items() if isinstance(one, Range)]
    if not varied:
        for name in ("design", "points", "seed", "from", "over"):
            if name in data:
                raise document.problem((name,), "goes with 'parameters', and there are none")
    if design != GRID and (lists := [name for name in varied if name not in ranges]):
        raise document.problem(
            ("parameters", lists[0]),
            f"should be a range for a {design}",
            allowed="{low: …, high: …}",
        )
    if "points" not in data and ranges:
        raise document.problem(("points",), "is missing", hint="How many points do ranges have?")
    if "points" in data and not ranges and varied:
        raise document.problem(
            ("points",), "goes with a range {low: …, high: …}, and there is none"
        )
    if "seed" in data and design == GRID and varied:
        raise document.problem(("seed",), "goes with a design that is drawn, and a grid is not")
    number = as_integer(document, ("points",), within=(2, MOST_POINTS)) if "points" in data else 1
    seed = as_integer(document, ("seed",), within=(0, MOST_SEED)) if "seed" in data else 0
    try:
        return points(varied, design, number, seed)
    except InputError as error:
        error.file, error.line = document.where(("points",))
        raise

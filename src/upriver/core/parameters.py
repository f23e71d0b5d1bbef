"""Constants and histories from YAML: each with symbol, unit, bounds, meaning and source.

A parameter has a `value`, or a `path` of dated knots if it changed in history; both may have rows
of a labelled axis. It is read by its path below the package, so that reading a constant runs no
room's code:

    people/overdose.yaml, key `witnessed`  ->  people.overdose.witnessed
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .axes import AXES
from .errors import OutOfBounds, TimeProblem
from .fields import Document, as_choice, check_fields
from .files import load_yaml
from .units import UNITS

ROOMS = ("people", "supply", "diplomacy")
PACKAGE = Path(__file__).parent.parent
REQUIRED = ("symbol", "unit", "within", "meaning", "source")
OPTIONAL = (
    "axis",
    "value",
    "path",
    "between",
    "projection",
    "plausible",
    "plausible_from",
    "reference",
    "note",
)
ORIGINS = ("posterior", "literature", "assumption", "definition")


@dataclass(frozen=True)
class Knot:
    """A dated value of a path; `act` names what caused it."""

    year: float
    value: float
    act: str | None = None


@dataclass(frozen=True)
class Projection:
    """How a path goes on past the record: towards an end value, or held at its last knot."""

    start: float
    end_year: float
    end_value: float
    hold: bool = False


@dataclass(frozen=True)
class Parameter:
    """One number, or one history, with all that is known about it."""

    path: str
    symbol: str
    unit: str
    within: tuple[float, float]
    meaning: str
    source: str
    value: float | None = None
    knots: tuple[Knot, ...] = ()
    between: str = "linear"
    projection: Projection | None = None
    plausible: tuple[float, float] | None = None
    plausible_from: str | None = None
    reference: str | None = None
    note: str | None = None

    @property
    def is_path(self) -> bool:
        """Whether it changed in history."""
        return bool(self.knots)


@cache
def parameters() -> dict[str, Parameter]:
    """All parameters of all rooms by path, rows of labelled axes in brackets.

    Raises:
        InputError: a file of the package is broken; the line says where.
    """
    found: dict[str, Parameter] = {}
    for room in ROOMS:
        for file in sorted((PACKAGE / room).glob("*.yaml")):
            if file.stem != "network":
                found.update(read_parameters(file, f"{room}.{file.stem}"))
    return found


def acts() -> tuple[str, ...]:
    """Names of the acts that caused a knot of some history, sorted."""
    return tuple(sorted({k.act for p in parameters().values() for k in p.knots if k.act}))


def read_parameters(file: Path, prefix: str) -> dict[str, Parameter]:
    """Parameters of one file, by path."""
    document = load_yaml(file)
    return {p.path: p for key in document.data for p in _read_one(document, str(key), prefix)}


def _read_one(document: Document, key: str, prefix: str) -> Iterator[Parameter]:
    fields = check_fields(document, (key,), required=REQUIRED, optional=OPTIONAL)
    if ("value" in fields) == ("path" in fields):
        raise document.problem((key,), "needs either 'value' or 'path'")
    as_choice(document, (key, "unit"), UNITS, "unit")
    if "plausible_from" in fields:
        as_choice(document, (key, "plausible_from"), ORIGINS, "origin")
    rows = AXES[fields["axis"]] if "axis" in fields else (None,)
    for row in rows:
        parameter = _row(fields, f"{prefix}.{key}" + (f"[{row}]" if row else ""), row)
        _check(parameter, document, key)
        yield parameter


def _row(fields: Mapping[str, Any], path: str, row: str | None) -> Parameter:
    def of_row(name: str) -> Any:
        entry = fields.get(name)
        return entry[row] if row and isinstance(entry, Mapping) else entry

    plausible, within = of_row("plausible"), of_row("within")
    return Parameter(
        path=path,
        symbol=str(fields["symbol"]),
        unit=fields["unit"],
        within=(float(within[0]), float(within[1])),
        meaning=fields["meaning"],
        source=fields["source"],
        value=float(of_row("value")) if "value" in fields else None,
        knots=_knots(fields["path"]) if "path" in fields else (),
        between=fields.get("between", "linear"),
        projection=_projection(fields.get("projection")),
        plausible=(float(plausible[0]), float(plausible[1])) if plausible else None,
        plausible_from=fields.get("plausible_from"),
        reference=fields.get("reference"),
        note=fields.get("note"),
    )


def _knots(path: Any) -> tuple[Knot, ...]:
    if isinstance(path, Mapping):
        return tuple(Knot(float(year), float(value)) for year, value in path.items())
    return tuple(Knot(float(k["year"]), float(k["value"]), k.get("act")) for k in path)


def _projection(fields: Mapping[str, Any] | None) -> Projection | None:
    if fields is None:
        return None
    return Projection(
        start=float(fields["from"]),
        end_year=float(fields["end_year"]),
        end_value=float(fields["end_value"]),
    )


def _check(parameter: Parameter, document: Document, key: str) -> None:
    """Bounds and order of what a file of the package says."""
    years = [knot.year for knot in parameter.knots]
    if years != sorted(set(years)):
        raise document.problem((key, "path"), "has years that do not rise", TimeProblem)
    values = [knot.value for knot in parameter.knots]
    if parameter.value is not None:
        values.append(parameter.value)
    if parameter.projection is not None:
        values.append(parameter.projection.end_value)
    low, high = parameter.within
    for value in values:
        if not low <= value <= high:
            raise document.problem(
                (key,),
                "is out of bounds",
                OutOfBounds,
                found=f"{value}",
                allowed=f"{low} to {high}",
            )

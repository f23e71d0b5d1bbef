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
from .errors import InputError, OutOfBounds, TimeProblem, did_you_mean, unknown_name
from .fields import Document, as_choice, check_fields
from .files import load_yaml
from .time import FIRST_YEAR
from .units import UNITS

ROOMS = ("people", "supply", "diplomacy")
PACKAGE = Path(__file__).parent.parent
REQUIRED = ("symbol", "unit", "within", "meaning", "source")
OPTIONAL = (
    "axis",
    "value",
    "path",
    "between",
    "toward",
    "revert_years",
    "projection",
    "plausible",
    "plausible_from",
    "together",
    "reference",
    "note",
)
BY_ROW = ("value", "path", "plausible", "within")
"""What may be said for each row of an axis."""
BETWEEN = ("linear", "step", "revert")
"""How a path goes from knot to knot: straight, held, or held and going back towards a value."""
ORIGINS = ("posterior", "literature", "assumption", "definition")


@dataclass(frozen=True)
class Knot:
    """A dated value of a path.

    act: what caused it. source: where its date is from; note: what to know about it.
    """

    year: float
    value: float
    act: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Projection:
    """How a path goes on past the record: towards an end value, or held at its last knot."""

    start: float
    end_year: float
    end_value: float
    hold: bool = False


@dataclass(frozen=True)
class Reversion:
    """How a path goes back after each knot: towards a value, over so many years (to 1/e)."""

    toward: float
    years: float


@dataclass(frozen=True)
class Together:
    """Another constant with which one is drawn, and the correlation of their normal numbers [1]."""

    path: str
    correlation: float


@dataclass(frozen=True)
class Parameter:
    """One number, or one history, with all that is known about it.

    together: what it is drawn with; not told where it is drawn alone.
    """

    path: str
    symbol: str
    unit: str
    within: tuple[float, float]
    meaning: str
    source: str
    value: float | None = None
    knots: tuple[Knot, ...] = ()
    between: str = "linear"
    reversion: Reversion | None = None
    projection: Projection | None = None
    plausible: tuple[float, float] | None = None
    plausible_from: str | None = None
    together: Together | None = None
    reference: str | None = None
    note: str | None = None

    @property
    def is_path(self) -> bool:
        """Whether it changed in history."""
        return bool(self.knots)

    @property
    def is_switch(self) -> bool:
        """Whether it says that something is counted, 1, or not, 0."""
        return self.plausible_from == "definition" and self.within == (0.0, 1.0)


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
    for path in found:
        check_together(path, found)
    return found


def check_together(path: str, found: Mapping[str, Parameter]) -> None:
    """What a constant is drawn with must be there, and must not be drawn with it in turn.

    Raises:
        UnknownName: it is not there.
        InputError: constants are drawn with each other in a ring.
    """
    passed = [path]
    while beside := found[passed[-1]].together:
        if beside.path not in found:
            raise unknown_name("parameter", beside.path, found)
        if beside.path in passed:
            raise InputError("constants are drawn together in a ring", found=beside.path)
        passed.append(beside.path)


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
    if "between" in fields:
        as_choice(document, (key, "between"), BETWEEN, "way between knots")
    reverting = fields.get("between") == "revert"
    if reverting != ("toward" in fields) or reverting != ("revert_years" in fields):
        raise document.problem((key,), "needs 'toward' and 'revert_years' for 'between: revert'")
    _check_knots(document, (key, "path"), fields.get("path"))
    _check_together(document, key, fields)
    if "plausible_from" in fields:
        as_choice(document, (key, "plausible_from"), ORIGINS, "origin")
    if "axis" in fields:
        rows: tuple[str | None, ...] = AXES[as_choice(document, (key, "axis"), AXES, "axis")]
        _check_rows(document, key, fields, rows)
    else:
        rows = (None,)
    for row in rows:
        parameter = _row(fields, f"{prefix}.{key}" + (f"[{row}]" if row else ""), row)
        _check(parameter, document, key)
        yield parameter


def _check_knots(document: Document, where: tuple[str | int, ...], entry: Any) -> None:
    """Knots, wherever they stand in a path, have a year, a value and no unknown field."""
    if isinstance(entry, Mapping):
        for label, inside in entry.items():
            _check_knots(document, (*where, label), inside)
    elif isinstance(entry, list):
        for i in range(len(entry)):
            knot = (*where, i)
            check_fields(
                document, knot, required=("year", "value"), optional=("act", "source", "note")
            )


def _check_together(document: Document, key: str, fields: Mapping[str, Any]) -> None:
    """What a constant is drawn with is told by a path and a correlation between -1 and 1."""
    if "together" in fields:
        said = check_fields(document, (key, "together"), required=("with", "correlation"))
        if not -1 <= float(said["correlation"]) <= 1:
            raise document.problem((key, "together"), "needs a correlation of -1 to 1", OutOfBounds)


def _check_rows(
    document: Document, key: str, fields: Mapping[str, Any], rows: tuple[str | None, ...]
) -> None:
    """What is said row by row names every row and nothing else; a path by years is for all rows."""
    for name in BY_ROW:
        entry = fields.get(name)
        if not isinstance(entry, Mapping) or not any(isinstance(label, str) for label in entry):
            continue
        for label in entry:
            if label not in rows:
                known = [str(row) for row in rows]
                raise document.problem(
                    (key, name, label),
                    "is no row of the axis",
                    allowed=", ".join(known),
                    hint=did_you_mean(str(label), known),
                )
        for row in rows:
            if row not in entry:
                raise document.problem((key, name, str(row)), "is missing")


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
        knots=_knots(fields["path"], row) if "path" in fields else (),
        between=fields.get("between", "linear"),
        reversion=_reversion(fields),
        projection=_projection(fields.get("projection")),
        plausible=(float(plausible[0]), float(plausible[1])) if plausible else None,
        plausible_from=fields.get("plausible_from"),
        together=_together(fields.get("together")),
        reference=fields.get("reference"),
        note=fields.get("note"),
    )


def _knots(path: Any, row: str | None) -> tuple[Knot, ...]:
    """Knots of a path, or of a row's own path, which may be one number from the start on."""
    if row and isinstance(path, Mapping) and row in path:
        path = path[row]
    if isinstance(path, int | float):
        return (Knot(float(FIRST_YEAR), float(path)),)
    if isinstance(path, Mapping):
        return tuple(Knot(float(year), float(value)) for year, value in path.items())
    return tuple(Knot(**{**k, "year": float(k["year"]), "value": float(k["value"])}) for k in path)


def _reversion(fields: Mapping[str, Any]) -> Reversion | None:
    if fields.get("between") != "revert":
        return None
    return Reversion(toward=float(fields["toward"]), years=float(fields["revert_years"]))


def _together(fields: Mapping[str, Any] | None) -> Together | None:
    if fields is None:
        return None
    return Together(path=str(fields["with"]), correlation=float(fields["correlation"]))


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
    if parameter.knots and parameter.knots[0].act:
        # Taken out of history, every act must leave something to hold.
        raise document.problem((key, "path"), "begins with an act; give it a plain first knot")
    values = [knot.value for knot in parameter.knots]
    if parameter.value is not None:
        values.append(parameter.value)
    if parameter.projection is not None:
        values.append(parameter.projection.end_value)
    if parameter.reversion is not None:
        values.append(parameter.reversion.toward)
        if parameter.reversion.years <= 0:
            raise document.problem((key, "revert_years"), "must be more than 0", OutOfBounds)
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

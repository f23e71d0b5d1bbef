"""Checks of fields that scenarios and levers share: parameters, years, lengths of time."""

from math import isfinite
from numbers import Real

from upriver.core.errors import SchemaProblem, TimeProblem, Where, show, unknown_name
from upriver.core.fields import Bounds, Document, FieldPath, as_number, as_text
from upriver.core.parameters import Parameter, parameters
from upriver.core.time import FIRST_YEAR, LAST_YEAR

DEFAULT_FROM = 2026.0
DEFAULT_OVER = 3.0
"""Year in which a change starts, and years over which it grows, where nothing else is said."""


def limits(operation: str) -> Bounds:
    """Least and most amount of an operation, whatever it acts on."""
    return {"scale": (-1.0, None), "close": (-1.0, 1.0)}.get(operation, (None, None))


def real_number(given: object, what: str, where: Where = (None, None)) -> float:
    """A finite number that a program gives; `True`, text and NaN are none.

    Args:
        what: it is, for the message.
        where: file and line, if it came from one.

    Raises:
        SchemaProblem: it is not one.
    """
    if not isinstance(given, Real) or isinstance(given, bool) or not isfinite(given):
        file, line = where
        raise SchemaProblem(f"{what} should be a number", file=file, line=line, found=show(given))
    return float(given)


def known_parameter(document: Document, path: FieldPath, name: str) -> Parameter:
    """A parameter that a field names; UnknownName if there is none of that path."""
    known = parameters()
    if name not in known:
        raise unknown_name(
            "parameter", name, known, where=document.where(path), command="upriver parameters"
        )
    return known[name]


def targets(document: Document, path: FieldPath) -> tuple[str, ...]:
    """Paths of parameters, one or a list: all known, none twice, at least one."""
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
    return tuple(names)


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

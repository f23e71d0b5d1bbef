"""A scenario: a short YAML file that names what changes, by how much, from when, over how long.

    schema: 1
    title: Double naloxone, halve relapse
    from: 2026
    over: 3
    changes:
      - {handle: naloxone_kits, by: 1.0}
      - {acts_on: people.remission.relapse_rate, operation: scale, by: -0.5, from: 2027}

A handle knows what it acts on and how. A change without a handle names a parameter and an
operation. `projections` say how drivers go on past the record, `set` holds a parameter at a value,
`without_acts` takes an act out of history.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from upriver.core.errors import SchemaProblem, TimeProblem, unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.files import load_yaml, parse_yaml
from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .handles import OPERATIONS, Operation, handle

SHIPPED = Path(__file__).parent / "scenarios"
DEFAULT_FROM = 2026.0
DEFAULT_OVER = 3.0
TOP = (
    "about",
    "source",
    "based_on",
    "from",
    "over",
    "projections",
    "set",
    "without_acts",
    "changes",
)
CHANGE = ("handle", "acts_on", "operation", "by", "to", "from", "over")


@dataclass(frozen=True)
class Ahead:
    """How a driver goes on past the record: held, or towards an end value by an end year."""

    hold: bool = False
    end_value: float | None = None
    end_year: float | None = None


@dataclass(frozen=True)
class Change:
    """One bend of parameters: `amount` along a ramp from `start` over `years`."""

    acts_on: tuple[str, ...]
    operation: Operation
    amount: float
    start: float
    years: float
    label: str


@dataclass(frozen=True)
class Scenario:
    """What is changed in a world."""

    title: str
    about: str = ""
    source: str = ""
    file: str = ""
    projections: Mapping[str, Ahead] = field(default_factory=dict)
    settings: Mapping[str, float] = field(default_factory=dict)
    without_acts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def starts(self) -> float | None:
        """First year that the changes touch, or None where history itself is changed."""
        if self.settings or self.without_acts or not self.changes:
            return None
        return min(change.start for change in self.changes)


def shipped() -> dict[str, Path]:
    """Scenarios that ship, by name."""
    return {file.stem: file for file in sorted(SHIPPED.glob("*.yaml"))}


def read_scenario(name: str | os.PathLike[str]) -> Scenario:
    """A scenario by the name of one that ships, or from a file.

    Raises:
        InputError: it does not exist or is not right; the message says where and what is allowed.
    """
    text = os.fspath(name)
    known = shipped()
    if text in known:
        return _scenario(load_yaml(known[text]), seen=())
    looks_like_file = "/" in text or os.sep in text or text.endswith((".yaml", ".yml"))
    if not looks_like_file and not os.path.exists(text):
        raise unknown_name("scenario", text, known)
    return _scenario(load_yaml(text), seen=())


def parse_scenario(text: str, name: str = "scenario") -> Scenario:
    """A scenario from text; raises as `read_scenario`."""
    return _scenario(parse_yaml(text, name), seen=())


def _scenario(document: Document, seen: tuple[str, ...]) -> Scenario:
    check_fields(document, required=("schema", "title"), optional=TOP)
    if as_integer(document, ("schema",)) != 1:
        raise document.problem(("schema",), "is not known", found="another", allowed="1")
    base = _base(document, seen)
    data = document.data
    start = _year(document, ("from",)) if "from" in data else DEFAULT_FROM
    years = _duration(document, ("over",)) if "over" in data else DEFAULT_OVER
    count = len(as_list(document, ("changes",))) if "changes" in data else 0
    changes = tuple(_change(document, ("changes", i), start, years) for i in range(count))
    settings = {
        str(path): as_number(document, ("set", path))
        for path in (as_mapping(document, ("set",)) if "set" in data else {})
    }
    acts = as_list(document, ("without_acts",)) if "without_acts" in data else []
    return Scenario(
        title=as_text(document, ("title",)),
        about=as_text(document, ("about",), longest=2000, many_lines=True)
        if "about" in data
        else "",
        source=as_text(document, ("source",)) if "source" in data else "",
        file=document.name,
        projections={**base.projections, **_projections(document)},
        settings={**base.settings, **settings},
        without_acts=(
            *base.without_acts,
            *(as_text(document, ("without_acts", i)) for i in range(len(acts))),
        ),
        changes=(*base.changes, *changes),
    )


def _base(document: Document, seen: tuple[str, ...]) -> Scenario:
    """The scenario that this one builds on."""
    if "based_on" not in document.data:
        return Scenario(title="")
    name = as_choice(document, ("based_on",), shipped(), "scenario")
    if name in seen:
        raise document.problem(("based_on",), "goes round in a circle")
    return _scenario(load_yaml(shipped()[name]), (*seen, name))


def _projections(document: Document) -> dict[str, Ahead]:
    if "projections" not in document.data:
        return {}
    return {
        str(path): _ahead(document, ("projections", path))
        for path in as_mapping(document, ("projections",))
    }


def _ahead(document: Document, path: FieldPath) -> Ahead:
    if document.at(path) == "hold":
        return Ahead(hold=True)
    if not isinstance(document.at(path), dict):
        raise document.problem(path, "should be 'hold' or a mapping of end_value and end_year")
    fields = check_fields(document, path, required=("end_value",), optional=("end_year",))
    end_year = None
    if "end_year" in fields:
        end_year = as_number(document, (*path, "end_year"), within=(2020.5, 2100))
    return Ahead(end_value=as_number(document, (*path, "end_value")), end_year=end_year)


def _change(document: Document, path: FieldPath, start: float, years: float) -> Change:
    fields = check_fields(document, path, optional=CHANGE)
    if ("handle" in fields) == ("acts_on" in fields):
        raise document.problem(path, "needs either 'handle' or 'acts_on'")
    if ("by" in fields) == ("to" in fields):
        raise document.problem(path, "needs either 'by' or 'to'")
    if "handle" in fields:
        name = as_text(document, (*path, "handle"))
        try:
            known = handle(name)
        except Exception as error:
            error.file, error.line = document.where((*path, "handle"))  # type: ignore[attr-defined]
            raise
        acts_on, operation, label = known.acts_on, known.operation, known.name
        if "operation" in fields:
            raise document.problem((*path, "operation"), "is given by the handle; leave it out")
    else:
        acts_on, label = _targets(document, (*path, "acts_on"))
        if "to" in fields:
            operation = "replace"
        else:
            if "operation" not in fields:
                raise document.problem(
                    (*path, "operation"), "is missing", allowed=", ".join(OPERATIONS)
                )
            operation = cast(
                Operation, as_choice(document, (*path, "operation"), OPERATIONS, "operation")
            )
    if "to" in fields:
        operation = "replace"
    elif operation == "replace":
        raise document.problem(path, "with 'replace' needs 'to', not 'by'")
    return Change(
        acts_on=acts_on,
        operation=operation,
        amount=_amount(document, path, fields, operation),
        start=_year(document, (*path, "from")) if "from" in fields else start,
        years=_duration(document, (*path, "over")) if "over" in fields else years,
        label=label,
    )


def _amount(
    document: Document, path: FieldPath, fields: Mapping[str, object], operation: Operation
) -> float:
    if "to" in fields:
        return as_number(document, (*path, "to"))
    within = {"scale": (-1.0, None), "close": (-1.0, 1.0)}.get(operation, (None, None))
    return as_number(document, (*path, "by"), within=within)


def _targets(document: Document, path: FieldPath) -> tuple[tuple[str, ...], str]:
    value = document.at(path)
    if isinstance(value, list):
        names = tuple(as_text(document, (*path, i)) for i in range(len(value)))
        if not names:
            raise document.problem(path, "should not be empty")
        return names, names[0]
    name = as_text(document, path)
    return (name,), name


def _year(document: Document, path: FieldPath) -> float:
    """A calendar year within the run."""
    year = as_number(document, path)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise document.problem(
            path,
            "is not a year of the run",
            TimeProblem,
            found=f"{year:g}",
            allowed=f"{FIRST_YEAR} to {LAST_YEAR}",
        )
    return year


def _duration(document: Document, path: FieldPath) -> float:
    """Years of a ramp; 0 is a step."""
    years = as_number(document, path)
    if years < 0:
        raise document.problem(
            path,
            "would end before it starts",
            TimeProblem,
            found=f"{years:g} years",
            allowed="0 or more",
        )
    if years > LAST_YEAR - FIRST_YEAR:
        raise document.problem(
            path, "is longer than the run", TimeProblem, found=f"{years:g}", allowed="at most 33"
        )
    return years


def setting(text: str) -> tuple[str, float]:
    """`PATH=VALUE` of `--set` as a path and a number.

    Raises:
        SchemaProblem: not of that form, or not a number.
    """
    path, sign, value = text.partition("=")
    if not sign or not path.strip():
        raise SchemaProblem(
            "should be PATH=VALUE",
            file="--set",
            found=f"'{text[:60]}'",
            hint="For example --set people.response.witnessed=0.8",
        )
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):
        raise SchemaProblem(
            f"{path.strip()[:80]} should be a number", file="--set", found=f"'{value[:60]}'"
        )
    return path.strip(), number

"""A scenario: a short YAML file that names what changes, by how much, from when, over how long.

    schema: 2
    title: Double naloxone, halve relapse
    from: 2026
    over: 3
    changes:
      - {lever: naloxone_kits, level: most}
      - {acts_on: people.remission.relapse_rate, operation: scale, by: -0.5, from: 2027}

A lever knows what it acts on, how, and how far evidence lets it go; a handle knows what and how. A
change without either names a parameter and an operation. `projections` say how drivers go on past
the record, `set` holds a parameter at a value, `without_acts` takes an act out of history. `world`
names the world that a scenario is written for: `reference`, the published model, or `whole`.

In schema 2 a lever's amount grows in the direction of its verb. A file of schema 1 is read as it
was meant: with the names that levers had, and amounts with the sign of the parameters' change.
"""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from upriver.core.errors import (
    OutOfBounds,
    SchemaProblem,
    TimeProblem,
    show,
    unknown_name,
)
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
from upriver.core.parameters import acts, parameters
from upriver.system.world import check_within, worlds

from .changes import Change, change
from .checks import duration, known_parameter, number_of_year, year_of_run

SHIPPED = Path(__file__).parent / "scenarios"
SCHEMAS = (1, 2)
"""Forms of a scenario file that are read; the last is the present."""

LATEST_END = 2100
"""Last year in which a projection may end."""

TOP = (
    "about",
    "source",
    "based_on",
    "world",
    "from",
    "over",
    "projections",
    "set",
    "without_acts",
    "changes",
)


@dataclass(frozen=True)
class Ahead:
    """How a driver goes on past the record: held, or towards an end value by an end year."""

    hold: bool = False
    end_value: float | None = None
    end_year: float | None = None


@dataclass(frozen=True)
class Scenario:
    """What is changed in a world.

    world: the one that it is written for (`system/worlds.yaml`); None for any.
    """

    title: str
    about: str = ""
    source: str = ""
    file: str = field(default="", compare=False)
    world: str | None = None
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
    if (version := as_integer(document, ("schema",))) not in SCHEMAS:
        raise document.problem(("schema",), "is not known", found=show(version), allowed="1, 2")
    base = _base(document, seen)
    data = document.data
    start = year_of_run(document, ("from",)) if "from" in data else None
    years = duration(document, ("over",)) if "over" in data else None
    count = len(as_list(document, ("changes",))) if "changes" in data else 0
    changes = [change(document, ("changes", i), start, years) for i in range(count)]
    settings = {
        str(path): _set(document, ("set", path))
        for path in (as_mapping(document, ("set",)) if "set" in data else {})
    }
    return Scenario(
        title=as_text(document, ("title",)),
        about=as_text(document, ("about",), longest=2000, many_lines=True)
        if "about" in data
        else "",
        source=as_text(document, ("source",)) if "source" in data else "",
        file=document.name,
        world=as_choice(document, ("world",), worlds(), "world") if "world" in data else base.world,
        projections={**base.projections, **_projections(document)},
        settings={**base.settings, **settings},
        without_acts=tuple(dict.fromkeys((*base.without_acts, *_acts(document)))),
        changes=(*base.changes, *(c for c in changes if c is not None)),
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
    given, name = document.at(path), str(path[-1])
    if name == "all":
        if given != "hold":
            raise document.problem(path, "should be 'hold'", found=show(given))
        return Ahead(hold=True)
    parameter = known_parameter(document, path, name)
    if parameter.projection is None:
        raise document.problem(
            path,
            "has no projection that could be changed",
            hint="`set` holds it at a value, `changes` move it.",
        )
    if given == "hold":
        return Ahead(hold=True)
    if not isinstance(given, dict):
        raise document.problem(
            path, "should be 'hold' or {end_value: ..., end_year: ...}", found=show(given)
        )
    fields = check_fields(document, path, required=("end_value",), optional=("end_year",))
    end_value = as_number(document, (*path, "end_value"), within=parameter.within)
    if "end_year" not in fields:
        return Ahead(end_value=end_value)
    end_year = number_of_year(document, (*path, "end_year"))
    start = parameter.projection.start
    if not start < end_year <= LATEST_END:
        raise document.problem(
            (*path, "end_year"),
            "is not a year of the projection",
            TimeProblem,
            found=show(document.at((*path, "end_year"))),
            allowed=f"after {start:g}, at most {LATEST_END}",
        )
    return Ahead(end_value=end_value, end_year=end_year)


def _set(document: Document, path: FieldPath) -> float:
    """A value at which a parameter is held."""
    parameter = known_parameter(document, path, str(path[-1]))
    return as_number(document, path, within=parameter.within)


def _acts(document: Document) -> Iterator[str]:
    """Acts that are taken out of history."""
    if "without_acts" in document.data:
        for i in range(len(as_list(document, ("without_acts",)))):
            yield as_choice(document, ("without_acts", i), acts(), "act")


def setting(text: str) -> tuple[str, float]:
    """`PATH=VALUE` of `--set` as a path and a number within the parameter's bounds.

    Raises:
        SchemaProblem: not of that form, or not a number.
        UnknownName: no parameter has that path.
        OutOfBounds: the value is outside `within`.
    """
    option = "--set"
    path, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not path:
        raise SchemaProblem(
            "should be PATH=VALUE",
            file=option,
            found=show(text),
            hint="For example --set people.response.witnessed=0.8",
        )
    known = parameters()
    if path not in known:
        raise unknown_name(
            "parameter", path, known, where=(option, None), command="upriver parameters"
        )
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SchemaProblem(f"{path} should be a number", file=option, found=show(value))
    try:
        check_within(known[path], number)
    except OutOfBounds as error:
        error.file = option
        raise
    return path, number

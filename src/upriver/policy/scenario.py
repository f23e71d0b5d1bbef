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
`based_on` names what it builds on: a scenario that ships, or a file, seen from the scenario's own.

In schema 2 a lever's amount grows in the direction of its verb. A file of schema 1 is read as it
was meant: with the names that levers had, and amounts with the sign of the parameters' change.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from upriver.core.errors import (
    FileProblem,
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
from upriver.core.parameters import acts
from upriver.core.time import FIRST_YEAR
from upriver.system.world import worlds

from .ahead import Ahead as Ahead
from .ahead import ahead_of, read_projections
from .change_file import change
from .changes import Change
from .checks import DEFAULT_FROM, duration, known_parameter, real_number, year_of_run
from .names import check_names
from .settings import setting as setting

SHIPPED = Path(__file__).parent / "scenarios"
SCHEMAS = (1, 2)
"""Forms of a scenario file that are read; the last is the present."""

ENDINGS = (".yaml", ".yml")
"""How the name of a scenario file ends."""

WITHOUT = "without_"
"""How the names begin of shipped scenarios that take acts out of history and change no more."""

LONGEST_PATH = 4000
"""Characters in the name of a file."""

MOST_BASES = 20
"""Files that a scenario may build on, one on the other."""

REGIMES = ("drawn",)
"""Ways in which relations go on past the record, beside reverting."""

TOP = (
    "about",
    "source",
    "based_on",
    "world",
    "from",
    "over",
    "projections",
    "conditions",
    "regimes",
    "set",
    "without_acts",
    "changes",
)


@dataclass(frozen=True)
class Scenario:
    """What is changed in a world.

    world: the one that it is written for (`system/worlds.yaml`); None for any.
    conditions: the year whose conditions come back in 2026; None for as they go on.
    regimes: `drawn` where relations with China go on as drawn; None for as they revert.
    said: remarks made when it was read.
    """

    title: str
    about: str = ""
    source: str = ""
    file: str = field(default="", compare=False)
    world: str | None = None
    projections: Mapping[str, Ahead] = field(default_factory=dict)
    conditions: int | None = None
    regimes: str | None = None
    settings: Mapping[str, float] = field(default_factory=dict)
    without_acts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    said: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Refuse what no file could have given.

        Raises:
            SchemaProblem: changes that are not changes, settings that are not numbers by path.
        """
        if not isinstance(self.title, str):
            raise SchemaProblem("title should be text", found=show(self.title))
        for number, one in enumerate(_listed("changes", self.changes)):
            if not isinstance(one, Change):
                raise SchemaProblem(
                    f"changes[{number}] should be a Change",
                    found=show(one),
                    hint="up.parse_scenario reads a mapping with the fields of a file.",
                )
        for act in _listed("without_acts", self.without_acts):
            if act not in acts():
                raise unknown_name("act", str(act), acts())
        if not isinstance(self.settings, Mapping) or not isinstance(self.projections, Mapping):
            raise SchemaProblem("settings and projections should be mappings by path")
        for path, ahead in self.projections.items():
            if not isinstance(ahead, Ahead):
                raise SchemaProblem(f"projection of {path} should be an Ahead", found=show(ahead))
            if path == "all" and not ahead.hold:
                raise SchemaProblem("the projection of all drivers should be held")
        for path, value in self.settings.items():
            real_number(value, str(path))

    @property
    def starts(self) -> float | None:
        """First year that the changes touch, or None where history itself is changed."""
        if self.settings or self.without_acts or not self.changes:
            return None
        return min(change.start for change in self.changes)


def _listed(name: str, given: object) -> Iterable[object]:
    if not isinstance(given, tuple | list):
        raise SchemaProblem(f"{name} should be a list", found=show(given))
    return given


def shipped() -> dict[str, Path]:
    """Scenarios that ship, by name."""
    return {file.stem: file for file in sorted(SHIPPED.glob("*.yaml"))}


def histories() -> dict[str, Path]:
    """Those of the scenarios that ship that only take acts out of history, by name."""
    return {name: file for name, file in shipped().items() if name.startswith(WITHOUT)}


def library() -> dict[str, Path]:
    """Published policies, by name: `published/bup_providers`."""
    files = sorted((SHIPPED / "published").glob("*.yaml"))
    return {f"{file.parent.name}/{file.stem}": file for file in files}


def read_scenario(name: str | os.PathLike[str]) -> Scenario:
    """A scenario by the name of one that ships, or from a file.

    Raises:
        InputError: it does not exist or is not right; the message says where and what is allowed.
    """
    text = os.fspath(name)
    known = {**shipped(), **library()}
    if text in known:
        return _scenario(load_yaml(known[text]), seen=(os.path.realpath(known[text]),))
    looks_like_file = "/" in text or os.sep in text or text.endswith(ENDINGS)
    if not os.path.exists(text) and (not looks_like_file or text.startswith("published/")):
        raise unknown_name("scenario", text, known, command="upriver scenarios")
    return _scenario(load_yaml(text), seen=(os.path.realpath(text),))


def parse_scenario(given: str | Mapping[str, object], name: str = "scenario") -> Scenario:
    """A scenario from text, or from a mapping with the fields of a file; raises as `read_scenario`.

    For example `parse_scenario({"schema": 2, "title": "Half the relapses", "changes": [{"handle":
    "relapse", "by": -0.5}]})`.
    """
    if isinstance(given, str):
        return _scenario(parse_yaml(given, name), seen=())
    if isinstance(given, Mapping):
        return _scenario(Document(name, {str(key): value for key, value in given.items()}), seen=())
    raise SchemaProblem("a scenario should be text or a mapping", file=name, found=show(given))


def _scenario(document: Document, seen: tuple[str, ...]) -> Scenario:
    if "schema" not in as_mapping(document, ()):
        raise document.problem(("schema",), "is missing", hint="Write `schema: 2` on top.")
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
    together = (*base.changes, *(c for c in changes if c is not None))
    check_names(together)
    return Scenario(
        title=as_text(document, ("title",)),
        about=as_text(document, ("about",), longest=2000, many_lines=True)
        if "about" in data
        else "",
        source=as_text(document, ("source",)) if "source" in data else "",
        file=document.name,
        world=as_choice(document, ("world",), worlds(), "world") if "world" in data else base.world,
        conditions=_conditions(document) if "conditions" in data else base.conditions,
        regimes=as_choice(document, ("regimes",), REGIMES, "way")
        if "regimes" in data
        else base.regimes,
        projections=ahead_of(base.projections, read_projections(document)),
        settings={**base.settings, **settings},
        without_acts=tuple(dict.fromkeys((*base.without_acts, *_acts(document)))),
        changes=together,
        said=(*base.said, *_idle_dates(document, count)),
    )


def _idle_dates(document: Document, changes: int) -> Iterator[str]:
    """A remark where dates stand at the top and nothing follows them."""
    given = [f"`{name}`" for name in ("from", "over") if name in document.data]
    if given and not changes:
        yield (
            f"{' and '.join(given)} at the top {'is' if len(given) == 1 else 'are'} for the "
            "scenario's own changes; it has none, so nothing moves."
        )


def _base(document: Document, seen: tuple[str, ...]) -> Scenario:
    """The scenario that this one builds on."""
    if "based_on" not in document.data:
        return Scenario(title="")
    here, known = ("based_on",), {**shipped(), **library()}
    given = document.at(here)
    if isinstance(given, str):
        given = as_text(document, here, longest=LONGEST_PATH)
    if isinstance(given, str) and given not in known and given.endswith(ENDINGS):
        name = os.path.join(os.path.dirname(document.name), given)
    else:
        options = known if isinstance(given, str) else shipped()
        name = str(known[as_choice(document, here, options, "scenario")])
    file = os.path.realpath(name)
    if not os.path.exists(file):
        raise document.problem(
            here,
            "names a file that does not exist",
            FileProblem,
            found=show(given),
            hint="It is looked for from the folder of the scenario.",
        )
    if file in seen:
        raise document.problem(here, "goes round in a circle", found=show(given))
    if len(seen) > MOST_BASES:
        raise document.problem(here, "goes on too long", allowed=f"at most {MOST_BASES} files")
    return _scenario(load_yaml(name), (*seen, file))


def _conditions(document: Document) -> int:
    """The year whose conditions come back."""
    year = year_of_run(document, ("conditions",))
    if year != int(year) or year >= DEFAULT_FROM:
        raise document.problem(
            ("conditions",),
            "should be a whole year of the past",
            TimeProblem,
            found=f"{year:g}",
            allowed=f"{FIRST_YEAR} to {DEFAULT_FROM - 1:g}",
        )
    return int(year)


def _set(document: Document, path: FieldPath) -> float:
    """A value at which a parameter is held."""
    parameter = known_parameter(document, path, str(path[-1]))
    return as_number(document, path, within=parameter.within)


def _acts(document: Document) -> Iterator[str]:
    """Acts that are taken out of history."""
    if "without_acts" in document.data:
        for i in range(len(as_list(document, ("without_acts",)))):
            yield as_choice(document, ("without_acts", i), acts(), "act")

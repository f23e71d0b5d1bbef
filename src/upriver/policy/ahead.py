"""How drivers go on past the record: held, or towards an end value by an end year.

    projections:
      all: hold
      people.response.kits: {end_value: 4250000, end_year: 2030}

`all` is for every driver that is not named; in what order they are written says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from upriver.core.errors import SchemaProblem, TimeProblem, UnknownName, show
from upriver.core.fields import Document, FieldPath, as_mapping, as_number, check_fields
from upriver.core.parameters import Projection
from upriver.system.world import World

from .checks import known_parameter, number_of_year, real_number

LATEST_END = 2100
"""Last year in which a projection may end."""

EVERY = "all"
"""Stands for all drivers that are not named."""


@dataclass(frozen=True)
class Ahead:
    """How a driver goes on past the record: held, or towards an end value by an end year.

    end_year: by default the driver's own.
    """

    hold: bool = False
    end_value: float | None = None
    end_year: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no file could have given.

        Raises:
            SchemaProblem: neither held nor with an end value, or both, or no numbers.
        """
        for name in ("end_value", "end_year"):
            if getattr(self, name) is not None:
                real_number(getattr(self, name), name)
        if self.hold and (self.end_value is not None or self.end_year is not None):
            raise SchemaProblem("a projection is held or has an end value, not both")
        if not self.hold and self.end_value is None:
            raise SchemaProblem("a projection needs either hold=True or an end_value")


def read_projections(document: Document) -> dict[str, Ahead]:
    """The projections of a scenario's file, by path.

    Raises:
        InputError: one of them is not right; the message says where and what is allowed.
    """
    if "projections" not in document.data:
        return {}
    return {
        str(path): _ahead(document, ("projections", path))
        for path in as_mapping(document, ("projections",))
    }


def ahead_of(base: Mapping[str, Ahead], own: Mapping[str, Ahead]) -> dict[str, Ahead]:
    """Projections of a scenario over those of its base; `all` comes before the rest."""
    kept = {} if EVERY in own else base
    both = {**kept, **own}
    every = {EVERY: both[EVERY]} if EVERY in both else {}
    return {**every, **{path: ahead for path, ahead in both.items() if path != EVERY}}


def projected(world: World, projections: Mapping[str, Ahead]) -> World:
    """A world whose drivers go on as projections say; one that is named wins over `all`.

    Raises:
        UnknownName: a parameter is unknown or has no projection.
        TimeProblem: an end year is not one of the projection.
        OutOfBounds: an end value is outside `within`.
    """
    if EVERY in projections:
        for path, parameter in list(world.parameters.items()):
            if parameter.projection is not None and path not in projections:
                world = _projected(world, path, projections[EVERY])
    for path, ahead in projections.items():
        if path != EVERY:
            world = _projected(world, path, ahead)
    return world


def _projected(world: World, path: str, ahead: Ahead) -> World:
    current = world.parameter(path).projection
    if current is None:
        raise UnknownName(f"{path} has no projection that could be changed")
    if ahead.end_value is None:
        return world.with_projection(path, replace(current, hold=True))
    end_year = current.end_year if ahead.end_year is None else ahead.end_year
    if not current.start < end_year <= LATEST_END:
        raise TimeProblem(
            f"end_year of {path} is not a year of the projection",
            found=f"{end_year:g}",
            allowed=f"after {current.start:g}, at most {LATEST_END}",
        )
    return world.with_projection(path, Projection(current.start, end_year, ahead.end_value))


def _ahead(document: Document, path: FieldPath) -> Ahead:
    given, name = document.at(path), str(path[-1])
    if name == EVERY:
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

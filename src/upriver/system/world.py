"""A world: the parameters, histories and projections of one place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from upriver.core.errors import InputError, OutOfBounds, unknown_name
from upriver.core.files import load_yaml
from upriver.core.parameters import Parameter, Projection, parameters

from .switches import replaced_by, switch_of

DEFAULT = "whole"
"""The world that is run where none is named."""

BEFORE = "prior"
"""The whole system before the fit."""

PUBLISHED = "reference"
"""The world that is the published model."""

MADE = {"people.market.fentanyl_share": "supply.fentanyl_share"}
"""Drivers of the published model that the whole system makes, and the outputs they are there."""


@dataclass(frozen=True)
class World:
    """Parameters by path, for one place.

    name: `reference` is the published model, `whole` the system with supply and diplomacy.
    """

    name: str
    place: str
    parameters: Mapping[str, Parameter]

    @classmethod
    def reference(cls) -> "World":
        """The published model SOURCE X8 (source_x8): its drivers and calibrated values."""
        return cls("reference", "US", parameters())

    @classmethod
    def whole(cls) -> "World":
        """The whole system: supply, diplomacy and people, fitted to the record."""
        return cls.named("whole")

    @classmethod
    def named(cls, name: str) -> "World":
        """A world by its name (worlds.yaml).

        Raises:
            UnknownName: there is none.
        """
        if name not in worlds():
            raise unknown_name("world", str(name), worlds())
        world = cls(name, "US", parameters())
        for path, value in worlds()[name]["set"].items():
            world = world.with_value(path, float(value))
        return world

    @property
    def is_fitted(self) -> bool:
        """Whether it runs draws of a fit to the record, and not the published ones."""
        return bool(worlds()[self.name]["fit"])

    def parameter(self, path: str) -> Parameter:
        """The parameter at a path.

        Raises:
            UnknownName: there is none; the nearest is suggested.
        """
        if path not in self.parameters:
            raise unknown_name("parameter", path, self.parameters, command="upriver parameters")
        return self.parameters[path]

    def with_value(self, path: str, value: float) -> "World":
        """A world in which a constant has another value, or a history is held at one.

        Raises:
            OutOfBounds: the value is outside `within`.
        """
        parameter = self.parameter(path)
        check_within(parameter, value)
        changed = replace(parameter, value=value, knots=(), projection=None)
        return replace(self, parameters={**self.parameters, path: changed})

    def with_projection(self, path: str, projection: Projection) -> "World":
        """A world in which a history goes on in another way past the record."""
        parameter = self.parameter(path)
        if parameter.projection is None:
            raise InputError(f"{path} has no projection that could be changed")
        check_within(parameter, projection.end_value)
        changed = replace(parameter, projection=projection)
        return replace(self, parameters={**self.parameters, path: changed})

    def touched_by(self, act: str) -> tuple[str, ...]:
        """Paths of the parameters that an act moved."""
        return tuple(
            path for path, p in self.parameters.items() if any(k.act == act for k in p.knots)
        )

    def without_act(self, act: str) -> "World":
        """A world in which an act never happened: its last knot before it, held.

        Raises:
            UnknownName: no knot is marked with the act.
        """
        acts = sorted({k.act for p in self.parameters.values() for k in p.knots if k.act})
        if act not in acts:
            raise unknown_name("act", act, acts)
        changed = {
            path: replace(
                self.parameters[path],
                knots=tuple(k for k in self.parameters[path].knots if k.act != act),
            )
            for path in self.touched_by(act)
        }
        return replace(self, parameters={**self.parameters, **changed})


@cache
def worlds() -> dict[str, Any]:
    """Worlds by name: title, the switches that are set, and whether draws of a fit are run."""
    found = load_yaml(Path(__file__).with_name("worlds.yaml")).data
    return {str(name): said for name, said in found.items()}


def is_asleep(path: str, world: World) -> bool:
    """Whether a parameter goes by a switch that is off in a world, or is replaced by one on."""
    return any(why_asleep(path, world))


def why_asleep(path: str, world: World) -> tuple[str | None, str | None]:
    """The switch that is off and that a parameter goes by, and the one on that replaces it."""
    switch, instead = switch_of(path), replaced_by(path)
    off = switch != path and switch in world.parameters and not world.parameter(switch).value
    replaced = instead is not None and world.parameter(instead).value
    return switch if off else None, instead if replaced else None


def check_within(parameter: Parameter, value: float) -> None:
    """Refuse a value outside a parameter's bounds, and any but 0 and 1 of a switch.

    Raises:
        OutOfBounds: it is, or it is not a number.
    """
    if parameter.is_switch and value not in (0.0, 1.0):
        raise OutOfBounds(
            f"{parameter.path} is a switch", found=f"{value:g}", allowed="0 (off) or 1 (on)"
        )
    (low, high), unit = parameter.within, parameter.unit
    if not low <= value <= high:
        raise OutOfBounds(
            f"{parameter.path} is out of bounds",
            found=f"{value:g}",
            allowed=f"{low:g} to {high:g}" + (f" [{unit}]" if unit != "1" else ""),
        )

"""Rivals: explanations that differ in what is on and in what is free (rivals.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.errors import unknown_name
from upriver.core.files import load_yaml
from upriver.policy.plausible import drawn
from upriver.system.switches import replaced_by
from upriver.system.world import BEFORE, DEFAULT, World, worlds

OWN = ("supply.shock.", "people.tiers.", "people.ways.")
"""Stems that only a rival that names them has free."""

IDLE = (
    "supply.asia.",
    "supply.controls.certainty[other]",
    "supply.controls.severity[other]",
)
"""Constants that move nothing that is recorded here: another market, and rows that no act is of."""

LEVELS = ("people.tiers.relative_risk",)
"""Drawn where their stem is free, though no world draws them: 1 is the neutral value."""


@dataclass(frozen=True)
class Rival:
    """One explanation.

    free: stems that are free in it alone; settings: values by path, switches among them.
    """

    name: str
    title: str
    free: tuple[str, ...]
    settings: Mapping[str, float]

    @property
    def constants(self) -> tuple[str, ...]:
        """Paths of its free constants; those of the published posterior are none of them."""
        closed = tuple(stem for stem in OWN if stem not in self.free)
        found = [
            path
            for path in drawn(World.named(BEFORE))
            if not path.startswith((*closed, *IDLE))
            and path not in self.settings
            and not self.replaces(path)
        ]
        return (*found, *(path for path in LEVELS if path.startswith(self.free or "-")))

    def replaces(self, path: str) -> bool:
        """Whether a mechanism that is on takes the place of a constant."""
        switch = replaced_by(path)
        return switch is not None and self.settings.get(switch) == 1.0


@cache
def rivals() -> dict[str, Rival]:
    """Rivals by name: all have on what the fitted world has, and others what they say."""
    found = load_yaml(Path(__file__).with_name("rivals.yaml")).data
    whole = {path: float(value) for path, value in worlds()[DEFAULT]["set"].items()}
    on = {**whole, **{path: 0.0 for path in worlds()[BEFORE]["waiting"] if path not in whole}}
    return {
        str(name): Rival(
            name=str(name),
            title=str(said["title"]),
            free=tuple(said["free"]),
            settings={**on, **{path: float(value) for path, value in said["set"].items()}},
        )
        for name, said in found.items()
    }


def rival(name: str) -> Rival:
    """The rival of a name.

    Raises:
        UnknownName: there is none.
    """
    if name not in rivals():
        raise unknown_name("rival", name, rivals())
    return rivals()[name]

"""Handles: named things that a policy can move, each with its operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from upriver.core.catalogue import Entry, read_catalogue
from upriver.core.files import load_yaml
from upriver.core.parameters import parameters

Operation = Literal["scale", "close", "add", "replace", "pulse"]
OPERATIONS: tuple[Operation, ...] = ("scale", "close", "add", "replace", "pulse")


@dataclass(frozen=True)
class Handle:
    """What a policy can move: the parameters it acts on, and how a change acts.

    reference: what SOURCE calls it; empty for those of supply and diplomacy.
    """

    name: str
    acts_on: tuple[str, ...]
    operation: Operation
    meaning: str
    reference: str

    def is_published_as(self, name: str) -> bool:
        """Whether SOURCE calls it so; capitals do not count."""
        return self.reference != "" and name.casefold() == self.reference.casefold()

    def speaks_of(self, words: Sequence[str]) -> bool:
        """Whether its name, meaning, paths or published name hold every word, in small letters."""
        told = " ".join((self.name, self.meaning, *self.acts_on, self.reference)).casefold()
        return all(word in told for word in words)


@cache
def handles() -> dict[str, Handle]:
    """The handles that ship, by name."""
    return read_catalogue(
        load_yaml(Path(__file__).with_suffix(".yaml")),
        _handle,
        required=("acts_on", "operation", "meaning"),
        optional=("reference",),
    )


def _handle(entry: Entry) -> Handle:
    return Handle(
        name=entry.name,
        acts_on=entry.choices("acts_on", parameters(), "parameter"),
        operation=cast(Operation, entry.choice("operation", OPERATIONS, "operation")),
        meaning=entry.text("meaning"),
        reference=entry.maybe(entry.text, "reference") or "",
    )

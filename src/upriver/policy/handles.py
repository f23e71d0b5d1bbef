"""Handles: named things that a policy can move, each with its operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from upriver.core.fields import as_choice, as_list, as_text, check_fields
from upriver.core.files import load_yaml

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
    document = load_yaml(Path(__file__).with_suffix(".yaml"))
    found = {}
    for name in map(str, document.data):
        fields = check_fields(
            document, (name,), required=("acts_on", "operation", "meaning"), optional=("reference",)
        )
        operation: Operation = as_choice(  # type: ignore[assignment]
            document, (name, "operation"), OPERATIONS, "operation"
        )
        found[name] = Handle(
            name=name,
            acts_on=tuple(as_list(document, (name, "acts_on"))),
            operation=operation,
            meaning=as_text(document, (name, "meaning")),
            reference=as_text(document, (name, "reference")) if "reference" in fields else "",
        )
    return found

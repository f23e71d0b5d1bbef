"""What of a run stands beside a claim; names are the model's, which evidence does not know."""

from dataclasses import dataclass

from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_text,
    check_fields,
)

KINDS = {
    "sums": "a flow summed over a year",
    "share": "the share of a flow in others, in percent",
    "change": "the change of a flow between two years, in percent",
    "level": "an output at the start of a year",
    "effect": "the change of a flow or an output under a scenario, in percent",
}
WORLDS = ("reference", "whole")
NEEDED = {"over": "share", "since": "change", "scenario": "effect", "condition": "effect"}
"""Fields that go with one kind, and with nothing else."""


@dataclass(frozen=True)
class Modelled:
    """What is asked of a run.

    names: outputs that are added up; `[*]` stands for every row of their axis
    over: outputs that a share is of; since: year that a change is against
    scenario: what is changed for an effect, as the text of a scenario; condition: the same in words
    world: in which it is run; `whole` is provisional.
    """

    kind: str
    names: tuple[str, ...]
    year: int
    over: str | None = None
    since: int | None = None
    scenario: str | None = None
    condition: str | None = None
    world: str = "reference"

    @property
    def name(self) -> str:
        """The first of the names."""
        return self.names[0]


def read_modelled(document: Document, path: FieldPath) -> Modelled:
    """What is asked of a run, from a claim.

    Raises:
        InputError: a field is not right; the line says where.
    """
    fields = check_fields(
        document, path, required=("kind", "name", "year"), optional=("world", *NEEDED)
    )
    kind = as_choice(document, (*path, "kind"), KINDS, "kind")
    for key, wanted in NEEDED.items():
        if (key in fields) != (kind == wanted):
            raise document.problem((*path, key), f"goes with {wanted}, and with nothing else")
    many = isinstance(document.at((*path, "name")), list)
    names = as_list(document, (*path, "name")) if many else [as_text(document, (*path, "name"))]

    def text(key: str, longest: int = 300) -> str | None:
        if key not in fields:
            return None
        return as_text(document, (*path, key), longest=longest, many_lines=key == "scenario")

    return Modelled(
        kind=kind,
        names=tuple(str(name) for name in names),
        year=as_integer(document, (*path, "year")),
        over=text("over"),
        since=as_integer(document, (*path, "since")) if "since" in fields else None,
        scenario=text("scenario", 2000),
        condition=text("condition"),
        world=as_choice(document, (*path, "world"), WORLDS, "world")
        if "world" in fields
        else WORLDS[0],
    )

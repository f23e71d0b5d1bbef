"""What of a run stands beside a claim; names are the model's, which evidence does not know."""

from dataclasses import dataclass

from upriver.core.catalogue import Entry

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


def read_modelled(claim: Entry, key: str) -> Modelled:
    """What is asked of a run, from a field of a claim.

    Raises:
        InputError: a field is not right; the line says where.
    """
    entry = claim.entry(key, required=("kind", "name", "year"), optional=("world", *NEEDED))
    kind = entry.choice("kind", KINDS, "kind")
    for needed, wanted in NEEDED.items():
        if entry.given(needed) != (kind == wanted):
            raise entry.problem(needed, f"goes with {wanted}, and with nothing else")
    return Modelled(
        kind=kind,
        names=entry.one_or_more("name"),
        year=entry.integer("year"),
        over=entry.maybe(entry.text, "over"),
        since=entry.maybe(entry.integer, "since"),
        scenario=entry.maybe(entry.text, "scenario", longest=2000, many_lines=True),
        condition=entry.maybe(entry.text, "condition", longest=300),
        world=entry.maybe(entry.choice, "world", WORLDS, "world") or WORLDS[0],
    )

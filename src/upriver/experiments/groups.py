"""Groups of inputs that a change of deaths is put down to: each history is in one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from upriver.policy.disturbances import RISK, SUPPLY


@dataclass(frozen=True)
class Group:
    """Inputs that are held together.

    title: as a reader is told it. begins: how the paths of its inputs begin.
    """

    name: str
    title: str
    begins: tuple[str, ...]


UNEXPLAINED = "unexplained"

GROUPS = (
    Group(
        "controls",
        "shock, controls and relations",
        ("supply.shock.", "supply.controls.", "supply.production.class_control", "diplomacy."),
    ),
    Group(
        "corridors",
        "sourcing, corridors and seizures",
        ("supply.precursors.", "supply.routing.", "supply.seizures.", "supply.asia."),
    ),
    Group(
        "market",
        "the market's other drivers",
        (
            "people.market.",
            "supply.pills.",
            "supply.competition.",
            "supply.adulterants.",
            "supply.market.",
        ),
    ),
    Group("naloxone", "naloxone and response", ("people.response.", "people.naloxone.")),
    Group(
        "treatment",
        "treatment: prescribers, places, wanting",
        ("people.capacity.", "people.offer.", "people.uptake.", "people.treatment."),
    ),
    Group("prescribing", "prescribing of opioids", ("people.prescribing.", "people.street.")),
    Group("housing", "housing and jail", ("people.housing.", "people.reentry.")),
    Group("ways", "ways of use", ("people.ways.",)),
    Group(
        "people",
        "population, stimulants, naming of drugs",
        ("people.population.", "people.stimulants.", "people.counts."),
    ),
    Group(UNEXPLAINED, "unexplained", (RISK, SUPPLY)),
)
"""In the order in which they are told."""


def group_of(path: str) -> Group:
    """The group of an input whose history can be held.

    Raises:
        KeyError: it is in none.
    """
    for group in GROUPS:
        if path.startswith(group.begins):
            return group
    raise KeyError(path)


def grouped(paths: Iterable[str]) -> dict[str, list[str]]:
    """Paths by the name of their group, groups in their order; those without any are left out."""
    found: dict[str, list[str]] = {group.name: [] for group in GROUPS}
    for path in paths:
        found[group_of(path).name].append(path)
    return {name: those for name, those in found.items() if those}

"""Switches of mechanisms: what goes by which, and what a mechanism takes the place of when on."""

from collections.abc import Mapping
from types import MappingProxyType

SWITCH = ".included"
"""How the path ends of what switches a mechanism on."""

ALSO: Mapping[str, str] = MappingProxyType(
    {"people.uptake": "people.offer", "people.retention": "people.offer"}
)
"""Stems that go by the switch of another."""

REPLACED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people.offer.included": (
            "people.capacity.patients_per_provider",
            "people.capacity.provider_decay",
            "people.capacity.methadone_",
            "people.capacity.naltrexone_",
            "people.treatment.duration",
        ),
        "people.naloxone.included": ("people.response.kit_efficiency",),
        "supply.controls.included": (
            "supply.precursors.capacity",
            "supply.precursors.effectiveness",
            "supply.production.destruction",
        ),
    }
)
"""How paths begin that a mechanism takes the place of, by its switch."""


def switch_of(path: str) -> str:
    """The switch that a parameter goes by, whether there is one or not."""
    stem = path.rpartition(".")[0]
    return ALSO.get(stem, stem) + SWITCH


def replaced_by(path: str) -> str | None:
    """The switch of the mechanism that takes a parameter's place when it is on, if any does."""
    for switch, begins in REPLACED.items():
        if path.startswith(begins):
            return switch
    return None

"""The labelled axes of the system: what the rows of an array stand for.

An axis is named in a parameter's YAML (`axis: medication`), in the type of a field
(`Float[Array, " medication"]`) and in brackets in a path
(`people.treatment.duration[methadone]`), always by the same words.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

NETWORK = Path(__file__).parent.parent / "supply" / "network.yaml"


@cache
def network() -> dict[str, dict[str, Any]]:
    """Rows of the supply's axes with their labels and where they lead from (network.yaml)."""
    loaded: dict[str, dict[str, Any]] = yaml.load(
        NETWORK.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded


AXES: dict[str, tuple[str, ...]] = {
    "group": ("rx", "rx_heroin", "heroin"),
    "medication": ("buprenorphine", "methadone", "naltrexone"),
    "stage": ("first", "second"),
    "use": ("rx", "heroin"),
    "country": ("china", "india", "mexico"),
    **{axis: tuple(labels) for axis, labels in network().items()},
}
"""group: opioid use disorder from prescription opioids without past-year heroin use, the same with
past-year heroin use, and heroin use disorder. stage: of a second-order delay. use: of prescription
opioids, and of heroin or what is sold in its place. country: with which the United States work
together against the trade. origin, site, route: see supply/network.yaml."""


def rows(dimensions: str) -> list[str]:
    """Suffixes of the scalars of an array with these dimensions, in C order.

    `""` gives `[""]`, `" medication"` gives `["[buprenorphine]", ...]`, and two axes give
    `"[rx,buprenorphine]"`, ...
    """
    labels: list[tuple[str, ...]] = [()]
    for axis in dimensions.split():
        labels = [(*before, label) for before in labels for label in AXES[axis]]
    return [f"[{','.join(row)}]" if row else "" for row in labels]

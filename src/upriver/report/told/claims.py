"""What the model says beside each claim of the article, as `upriver claims` has it.

Sixteen runs from 1999 on, two seconds, which every page would take again.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from upriver.experiments.claims import Figure, examine


def make(progress: Callable[[str], Callable[[int, int], None]]) -> dict[str, Any]:
    """Figures by the claim's name, to the last digit."""
    progress("claims")
    return {
        "command": "upriver claims",
        "figures": {
            one.claim.name: asdict(one.modelled) for one in examine() if one.modelled is not None
        },
    }


def figures(found: Mapping[str, Any]) -> dict[str, Figure]:
    """Figures as `examine` takes them, from what was told."""
    return {name: Figure(**one) for name, one in found["figures"].items()}

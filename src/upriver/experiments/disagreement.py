"""Where rival explanations disagree on whether a policy averts deaths."""

import numpy as np

from upriver.policy.chosen import fitted
from upriver.system.world import World

from .summary import Doubles

FEWEST = 5
"""Draws of an explanation from which its median is told."""


def disagreement(title: str, averted: Doubles, world: str) -> str:
    """A sentence where medians by explanation differ in sign; else empty.

    Args:
        title: of the scenario; averted: deaths that it averts, by draw, shape (draws,).
    """
    if not World.named(world).is_fitted:
        return ""
    names = np.array(fitted().rival[: len(averted)])
    medians = {
        str(name): float(np.median(averted[names == name]))
        for name in dict.fromkeys(names.tolist())
        if np.sum(names == name) >= FEWEST
    }
    if not medians or min(medians.values()) >= 0 or max(medians.values()) <= 0:
        return ""
    told = ", ".join(f"{name} {_rounded(value)}" for name, value in sorted(medians.items()))
    return (
        f"Explanations of the past disagree on whether '{title}' averts deaths; medians by "
        f"explanation: {told}."
    )


def _rounded(value: float) -> str:
    """Two digits, with the sign."""
    digits = 1 - int(np.floor(np.log10(abs(value)))) if value else 0
    return f"{round(value, digits):+,.0f}".replace("-", "−")

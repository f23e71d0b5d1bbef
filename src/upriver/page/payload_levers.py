"""What the page carries of a lever: all that its card shows, and where it moves anything."""

from dataclasses import asdict
from typing import Any

import numpy as np

from upriver.core.errors import InputError
from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import step_of
from upriver.experiments.compare import FROM
from upriver.policy.apply import changed_world
from upriver.policy.changes import Change, pull
from upriver.policy.effect import factors
from upriver.policy.levers import Lever
from upriver.policy.scenario import Scenario
from upriver.system.world import DEFAULT, PUBLISHED, World, is_asleep

from .payload_codes import packed_factors

UNSHOWN = ("start", "years", "moves", "effect")
"""Of a lever, what no card shows as it is."""


def lever_card(lever: Lever, base: Table) -> dict[str, Any]:
    """A lever with all that its card shows."""
    found = {name: value for name, value in asdict(lever).items() if name not in UNSHOWN}
    today = 0.0
    if lever.operation == "replace":
        today = float(np.median(base.wide(lever.acts_on[0])[:, int(step_of(FROM))]))
    known = parameters()
    card = {
        **found,
        "effect": lever.effect and {"value": lever.effect.value, "source": lever.effect.source},
        "told": lever.effect and lever.effect.told,
        "factors": _factors_of(lever),
        "from": lever.start,
        "over": lever.years,
        "today": today,
        "acts_in": [name for name in (DEFAULT, PUBLISHED) if _acts_in(lever, name)],
        "parameters": [
            {"path": path, "unit": known[path].unit, "meaning": known[path].meaning}
            for path in lever.acts_on
        ],
    }
    return {name: value for name, value in card.items() if value is not None}


def factors_of(change: Change) -> list[float] | None:
    """Factors on the amount of a change, one a draw of the page; None where none is drawn."""
    if change.spread is None:
        return None
    return [float(one) for one in factors(change.acts_on, change.spread)]


def _factors_of(lever: Lever) -> str | list[float] | None:
    change = pull(lever, lever.most)
    if change.spread is None:
        return None
    return packed_factors(factors(change.acts_on, change.spread))


def _acts_in(lever: Lever, system: str) -> bool:
    """Whether a lever moves anything in a system: it has what the lever acts on, and goes by it."""
    world = World.named(system)
    try:
        changed_world(Scenario(title="", changes=(pull(lever, lever.most),)), world)
    except InputError:
        return False
    return not all(is_asleep(path, world) for path in lever.acts_on)

"""The slope of the density in the unknowns: from predictions back through a run to what it is of.

What a prediction owes to outputs is the likelihood's, what outputs owe to inputs the engine's
(`engine/slopes.py`), and what an input owes to an unknown stands here: of a constant the slope of
the function by which it follows a standard normal number, of a disturbance the knots.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.engine import slopes

from .block import Doubles
from .unknowns import COUNTED, MOST_MISSED, Unknowns

SMALL = 1e-5
"""Step of a difference quotient of a function of one number, in its standard deviations."""


def owed(
    unknowns: Unknowns, z: Doubles, table: Table, weights: Mapping[str, Doubles], lost: Doubles
) -> Doubles:
    """What a slope in outputs at each step is in the unknowns, shape (draws, unknowns).

    Spreads and persistences of disturbances have none: they move with the course held.

    Args:
        z: shape (draws, unknowns). table: that they stand for. weights: slopes by output, shape
            (draws, steps). lost: the slope in the share of people who are missed, shape (draws,).
    """
    wanders = [one.path for one in unknowns.wanders]
    constants = dict.fromkeys([*unknowns.constants, *unknowns.people, *COUNTED])
    of = slopes.load().of(table.columns, weights, constant=[*constants], by_step=wanders)
    found = _of_constants(unknowns, z, of.constant, lost)
    for one, place in zip(unknowns.wanders, unknowns.of_wanders, strict=True):
        within = parameters()[one.path].within
        found[:, place] += one.owed(z[:, place], of.by_step[one.path], within)
    return found


def _of_constants(
    unknowns: Unknowns, z: Doubles, each: Mapping[str, Doubles], lost: Doubles
) -> Doubles:
    """What slopes in constants, and in the share of people who are missed, are in unknowns."""
    found = np.zeros_like(z)
    more, columns = 1 / (1 - unknowns.missed(z)), unknowns.columns(z)
    raised = {
        path: np.where(columns[path][:, 0] < parameters()[path].within[1], more, 0.0)
        for path in COUNTED
    }
    first, last = len(unknowns.constants), len(unknowns.constants) + len(unknowns.people)
    standard = unknowns.correlated(z)
    for path, into in unknowns.mixing.items():
        steep = _steepness(partial(unknowns.does, path), standard[path])
        found[:, :first] += (each[path] * steep * raised.get(path, 1.0))[:, None] * into
    people = _steepness(
        lambda x: np.concatenate([*unknowns.of_people(x).values()], axis=1), z[:, first:last]
    )
    for i, path in enumerate(unknowns.people):
        found[:, first + i] = each[path] * people[:, i] * raised.get(path, 1.0)
    for path in COUNTED:
        lost = lost + each[path] * columns[path][:, 0] * raised[path]
    bell = np.exp(-0.5 * z[:, -1] ** 2) / np.sqrt(2 * np.pi)
    found[:, -1] = MOST_MISSED * bell * lost
    return found


def _steepness(function: Callable[[Doubles], Doubles], at: Doubles) -> Doubles:
    """Slope of a function that acts on each number by itself."""
    return np.asarray((function(at + SMALL) - function(at - SMALL)) / (2 * SMALL))

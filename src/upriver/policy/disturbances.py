"""Disturbances: what moves risk and supply slowly and has no name, as columns built from knots.

A disturbance is a factor, 1 where nothing is unexplained. Its logarithm wanders about 0: from knot
to knot it keeps part of where it was and takes something new. Between knots the factor goes in a
straight line. A fit learns the knots; where none are given, both factors stay 1.
"""

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError
from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS

RISK = "people.overdose.disturbance"
SUPPLY = "supply.production.disturbance"

Knots = NDArray[np.float64]
"""What is new at each knot, standard normal in a prior, shape (draws, knots)."""

Each = float | NDArray[np.float64]
"""One number for all draws, or one a draw."""


def disturbance(new: Knots, *, spread: Each, persistence_years: Each) -> Column:
    """A factor by step, shape (draws, STEPS + 1).

    Args:
        new: what is new at each knot, shape (draws, knots); knots are evenly spaced over the run.
        spread: standard deviation of the factor's logarithm in the long run, for all draws or by
            draw, shape (draws,).
        persistence_years: time in which a disturbance fades to 1/e, likewise.

    Raises:
        InputError: fewer than two knots, or a spread or persistence that is not positive.
    """
    if new.ndim != 2 or new.shape[1] < 2:
        raise InputError("a disturbance needs at least two knots", found=str(np.shape(new)))
    if not (np.all(np.asarray(spread) > 0) and np.all(np.asarray(persistence_years) > 0)):
        raise InputError("spread and persistence of a disturbance must be above 0")
    count = new.shape[1]
    apart = (LAST_YEAR - FIRST_YEAR) / (count - 1)
    kept = np.exp(-apart / np.asarray(persistence_years))
    fresh = np.sqrt(1 - kept**2) * spread
    logs = np.empty(new.shape)
    logs[:, 0] = spread * new[:, 0]
    for i in range(1, count):
        logs[:, i] = kept * logs[:, i - 1] + fresh * new[:, i]
    return course(np.exp(logs))


def course(knots: Knots) -> Column:
    """A factor by step from its values at evenly spaced knots, shape (draws, STEPS + 1).

    The page computes it in the same order, to the bit.

    Args:
        knots: shape (draws, knots).
    """
    steps, count = np.arange(STEPS + 1), knots.shape[1]
    apart = STEPS / (count - 1)
    below = np.minimum((steps / apart).astype(int), count - 2)
    share = (steps - below * apart) / apart
    found: Column = knots[:, below] * (1 - share) + knots[:, below + 1] * share
    return found


def undisturbed(table: Table) -> Table:
    """A table in which neither risk nor supply is disturbed."""
    return table.replace({RISK: constant(1.0), SUPPLY: constant(1.0)})


def disturbed(table: Table, *, risk: Column | None = None, supply: Column | None = None) -> Table:
    """A table in which risk, supply or both are disturbed, held within the bounds of the two."""
    given = {RISK: risk, SUPPLY: supply}
    return table.replace(
        {
            path: np.clip(column, *parameters()[path].within)
            for path, column in given.items()
            if column is not None
        }
    )

"""The table of plausible draws before any fit: what waits for a fit is on, and two disturbances.

Constants come from their plausible intervals, people's from the published posterior. Risk and
supply are disturbed as a fit would allow it; spread and persistence of that are assumptions.
"""

import numpy as np
from numpy.typing import NDArray

from upriver.core.table import Column, Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.policy import plausible
from upriver.policy.disturbances import disturbance, disturbed
from upriver.policy.draws import posterior
from upriver.system.tabulate import tabulate
from upriver.system.world import BEFORE, World, worlds

RISK_SPREAD, SUPPLY_SPREAD = 0.12, 0.2
"""Standard deviations of the logarithms of the disturbances of risk and of supply: assumptions."""

PERSISTENCE_YEARS = 3.0
KNOTS = 2 * (LAST_YEAR - FIRST_YEAR) + 1


SKIPPED = 10_000
"""Rows of random numbers that are passed over at once."""


def prior_table(
    draws: int, *, as_run: bool = False, first: int = 0
) -> tuple[Table, dict[str, NDArray[np.float64]]]:
    """The table of so many draws of the whole system, and the constants that were drawn.

    Args:
        draws: how many; beyond the published posterior's 1,000 its rows come again.
        as_run: leave off what waits for a fit, and nothing disturbed.
        first: number of the first draw; a draw is the same whichever are beside it.
    """
    world = World.named(BEFORE)
    drawn = plausible.columns(world, draws, first=first)
    table = _with_posterior(tabulate(world), draws, first).replace(drawn)
    if as_run:
        return table, drawn
    waiting = worlds()[world.name]["waiting"]
    table = table.replace({path: np.array([[float(on)]]) for path, on in waiting.items()})
    risk = _wander(draws, 1, RISK_SPREAD, first)
    supply = _wander(draws, 2, SUPPLY_SPREAD, first)
    return disturbed(table, risk=risk, supply=supply), drawn


def _wander(draws: int, which: int, spread: float, first: int) -> Column:
    """Draws of a disturbance; one is the same however many are asked for."""
    generator = np.random.default_rng([plausible.SEED, which])
    for skipped in range(0, first, SKIPPED):
        generator.standard_normal((min(SKIPPED, first - skipped), KNOTS))
    new = generator.standard_normal((draws, KNOTS))
    return disturbance(new, spread=spread, persistence_years=PERSISTENCE_YEARS)


def _with_posterior(table: Table, draws: int, first: int) -> Table:
    """The table with the published posterior, its rows again and again."""
    names, values = posterior()
    rows = np.arange(first, first + draws) % len(values)
    return table.replace({name: values[rows, i : i + 1] for i, name in enumerate(names)})

"""Ten quantities that a fit is judged by, of every draw: deaths, averted, the shock, supply.

Draws are joined by what is new in the disturbances after the record, so that years ahead are as
open as they are in a forecast.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from upriver.core.table import Table
from upriver.core.time import STEPS, STEPS_PER_YEAR, quarters, step_of
from upriver.engine.run import load
from upriver.engine.tools import bend, ramp
from upriver.policy.fitted import Draws
from upriver.system.tabulate import tabulate
from upriver.system.world import World

from .block import Doubles

DEATHS = "cumulative.people.overdose.deaths"
SOLD = "cumulative.supply.market.sold"
SHARE = "supply.fentanyl_share"

YEARS = (2021, 2023, 2025, 2031)
"""Of deaths by opioid overdose."""

DOUBLED = {
    "averted by naloxone": "people.response.kits",
    "averted by treatment": "people.treatment.seeking_rate",
}
"""What is doubled within a year from 2026 on; deaths of 2026 to 2031 are averted."""

FROM, TO = 2026, 2032
SHOCK = {"shock begins": "supply.shock.start", "shock's depth": "supply.shock.precursors"}


def quantities(draws: Draws, years: Iterable[int] = YEARS) -> dict[str, Doubles]:
    """Quantities by name, shape (draws,); a shock's only where a draw has one [year, 1].

    Args:
        years: whose deaths are among them.
    """
    table = table_of(draws)
    columns = draws.columns()
    values = _run(table, (DEATHS, SOLD, SHARE))
    found = {f"deaths {year}": _within(values[:, 0], year, year + 1) for year in years}
    before = _within(values[:, 0], FROM, TO)
    for name, path in DOUBLED.items():
        after = _run(_doubled(table, path), (DEATHS,))
        found[name] = before - _within(after[:, 0], FROM, TO)
    found |= {name: columns[path][:, 0] for name, path in SHOCK.items() if path in columns}
    found["sold 2021"] = _within(values[:, 1], 2021, 2022)
    found["share 2023"] = values[:, 2, _at(2023) : _at(2024)].mean(axis=1)
    return found


def table_of(draws: Draws, columns: Mapping[str, Doubles] | None = None) -> Table:
    """The table that draws stand for, with other columns put in."""
    return tabulate(World.whole()).replace({**draws.columns(), **(columns or {})})


def _doubled(table: Table, path: str) -> Table:
    """The table with a driver twice as large, from a year on."""
    along = ramp(STEPS + 1, step_of(FROM), STEPS_PER_YEAR)
    return table.replace({path: np.atleast_2d(bend(table.columns[path], "scale", 1.0, along))})


def _run(table: Table, outputs: tuple[str, ...]) -> Doubles:
    return load().run(table.columns, outputs=outputs, instants=quarters())


def _within(counter: Doubles, start: int, end: int) -> Doubles:
    return np.asarray(counter[:, _at(end)] - counter[:, _at(start)])


def _at(year: int) -> int:
    """Place of a year's start among the quarters."""
    return int(np.searchsorted(quarters(), step_of(year)))

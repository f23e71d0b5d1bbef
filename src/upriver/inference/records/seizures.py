"""What the border seized, by corridor and fiscal year, gross weight.

Seizures jump by more than counts would: a few loads make a year. So the error is on the logarithm,
and large. The record does not part mail from coast and air: the three are one row. The northern
border has no route in the model, and is left out (0.8 % of the weight in its largest year).
"""

import numpy as np

from upriver.core.units import factor
from upriver.evidence.figures import series
from upriver.inference.block import Block, Doubles, independent
from upriver.system.observation import matrix

GROSS = "cumulative.supply.seizures.gross"
MAIL = "mail, coast, air"

CORRIDORS = {
    "ports": (("US:southwest/OFO",), ("ports",)),
    "between ports": (("US:southwest/USBP",), ("between",)),
    MAIL: (("US:interior/OFO", "US:interior/USBP"), ("mail", "coastal")),
}
"""Places of the record and routes of the model, by corridor."""

FISCAL = np.arange(2019.0, 2026.0)
SCALE = 0.3
MONTHS = 12


def blocks() -> tuple[Block, ...]:
    """A block a corridor."""
    return tuple(_corridor(name, *parts) for name, parts in CORRIDORS.items())


def _corridor(name: str, places: tuple[str, ...], routes: tuple[str, ...]) -> Block:
    starts, ends = FISCAL - 0.25, FISCAL + 0.75
    return Block(
        name=f"seized, {name}",
        series=("seized_fentanyl",),
        values=np.sum([_by_year(place) for place in places], axis=0),
        ends=ends,
        output=tuple(f"{GROSS}[{route}]" for route in routes),
        weights=matrix(starts, ends) * factor("kg", "lb"),
        scale=SCALE,
        correlation=independent(len(FISCAL)),
    )


def _by_year(place: str) -> Doubles:
    """Weight of each fiscal year [lb], shape (7,)."""
    record = series("seized_fentanyl", place)
    year = np.floor(record.starts + 0.25 + 1e-6)
    found = [record.values[year == y] for y in FISCAL]
    assert all(len(months) == MONTHS and np.isfinite(months).all() for months in found)
    return np.array([months.sum() for months in found])

"""A place's world: the country's draw, with the place's people in the market that the country has.

All equations and all constants of biology and habit are those of the country's draw. What counts
people, kits or those who give treatment is the place's own part; what people meet on the market is
what the country's people met in the country's run of the same draw, given as columns. So a lever at
the border moves the country's run, and by it every place; a lever of care acts in the place.

Nothing goes back: a place does not move the country's market.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.core.time import STEPS
from upriver.core.units import dimensions
from upriver.engine.run import load

MARKET = "people.market."
MET = {
    "fentanyl_share": "people.met.fentanyl_share",
    "strength": "people.met.strength",
    "coverage": "people.met.coverage",
    "adulterants": "people.met.adulterants",
    "price": "supply.price",
}
"""What people meet on the market: inputs of a place's run, and the outputs of the country's that
they are. What illicit opioids cost follows from fentanyl's price and its share in the place."""

COUNTED_IN = ("person", "provider", "kit", "Rx", "MME")
"""Base units of which twice as many people need, or have, twice as much."""

SWITCHES = {f"{MARKET}from_supply": 0.0, f"{MARKET}given": 1.0}
"""A place makes no market of its own."""


def degree(path: str) -> int:
    """By which power of the number of people an input of the people part grows: 1, 0 or -1.

    It follows from the unit alone: people a year and kits are more in a larger place, kits a person
    are not. So a constant that is added later is scaled as its unit says.
    """
    powers = dimensions(parameters()[path].unit)
    return sum(powers.get(base, 0) for base in COUNTED_IN)


@cache
def extensive() -> dict[str, int]:
    """Inputs of the people part that are larger, or smaller, in a larger place: path and power."""
    found = {path: degree(path) for path in parameters() if path.startswith("people.")}
    return {path: power for path, power in found.items() if power}


@dataclass(frozen=True, eq=False)
class Country:
    """Runs of the country that places live in, one a draw.

    table: of the country. met: what its people met, by name, shape (draws, STEPS + 1). told: other
    outputs at every instant, by name, same shape.
    """

    table: Table
    met: Mapping[str, Column]
    told: Mapping[str, Column]

    @classmethod
    def of(cls, table: Table, outputs: Sequence[str] = (), threads: int | None = None) -> "Country":
        """Run the country.

        Args:
            table: its columns, a row a draw.
            outputs: that places are compared with.
            threads: of the engine; as many as it takes by itself if None.
        """
        values = load().run(
            table.columns,
            outputs=[*MET.values(), *outputs],
            instants=np.arange(STEPS + 1),
            threads=threads,
        )
        columns = dict(zip((*MET, *outputs), np.moveaxis(values, 1, 0), strict=True))
        return cls(
            table,
            {name: np.ascontiguousarray(columns[name]) for name in MET},
            {name: np.ascontiguousarray(columns[name]) for name in outputs},
        )

    def draws(self, which: np.ndarray) -> "Country":
        """Some of the draws, by number; one may be there several times."""
        return Country(
            Table({path: _rows(column, which) for path, column in self.table.columns.items()}),
            {name: _rows(column, which) for name, column in self.met.items()},
            {name: _rows(column, which) for name, column in self.told.items()},
        )


def placed(country: Country, part: Column) -> Table:
    """The country's table for people of a place in the country's market.

    Args:
        part: of the country's people who live there, shape (1 or draws, 1 or STEPS + 1) [1]. People
            at the start, and what is a number of people, follow it; so does what a place has of
            kits and of those who give treatment, until something is known of them.
    """
    columns = country.table.columns
    first = part[:, :1]
    changes: dict[str, Column] = {path: constant(value) for path, value in SWITCHES.items()}
    changes |= {f"{MARKET}{name}": column for name, column in country.met.items()}
    for path, power in extensive().items():
        of = first if path.startswith("people.initial.") else part
        changes[path] = columns[path] * (of if power > 0 else 1 / of)
    return country.table.replace(changes)


def _rows(column: Column, which: np.ndarray) -> Column:
    return column[which] if column.shape[0] > 1 else column

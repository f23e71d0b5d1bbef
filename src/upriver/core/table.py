"""What an engine eats: for every parameter a number or a column by step, per draw if it varies."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .time import STEPS

Column = NDArray[np.float64]
"""Shape (draws or 1, instants or 1): 1 means the same for all draws, or constant in time."""


@dataclass(frozen=True)
class Table:
    """Columns by parameter path."""

    columns: Mapping[str, Column]

    @property
    def draws(self) -> int:
        """Number of draws."""
        return max((column.shape[0] for column in self.columns.values()), default=1)

    def replace(self, changes: Mapping[str, Column]) -> "Table":
        """A table with some columns changed."""
        return Table({**self.columns, **changes})

    def draw(self, number: int) -> "Table":
        """The table of one draw."""
        return Table(
            {
                path: column[number : number + 1] if column.shape[0] > 1 else column
                for path, column in self.columns.items()
            }
        )

    def first(self, number: int) -> "Table":
        """The table of the first draws, at most so many."""
        return Table({path: column[:number] for path, column in self.columns.items()})

    def wide(self, path: str) -> Column:
        """A column with every instant written out, shape (draws or 1, STEPS + 1)."""
        column = self.columns[path]
        return np.broadcast_to(column, (column.shape[0], STEPS + 1))

    def digest(self) -> str:
        """SHA-256 over names and numbers; the same table gives the same text."""
        total = hashlib.sha256()
        for path in sorted(self.columns):
            column = np.ascontiguousarray(self.columns[path], dtype="<f8")
            total.update(f"{path}{column.shape}".encode())
            total.update(column.tobytes())
        return total.hexdigest()


def constant(value: float) -> Column:
    """A column of one number, shape (1, 1)."""
    return np.array([[value]], dtype=np.float64)

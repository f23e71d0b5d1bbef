"""A past that several runs share, so that each integrates the future alone.

A run that differs from another from a step on has the same state at it, to the bit. Whether it does
is not told by its scenario but seen in its table: no column differs before.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from upriver.core.table import Table
from upriver.core.time import quarters
from upriver.engine.run import load

from .summary import Doubles


@dataclass(frozen=True, eq=False)
class Spliced:
    """Values of a run whose past is another's, which is kept once for all that share it.

    whole: values of the other, shape (draws, outputs, quarters). ahead: its own, from quarter
    `first` on, shape (draws, outputs, quarters - first). It is read as an array of that shape.
    """

    whole: Doubles
    ahead: Doubles
    first: int

    def __len__(self) -> int:
        """Draws."""
        return len(self.ahead)

    def __getitem__(self, key: Any) -> Doubles:
        """As of an array; of one output, no more than that is put together."""
        if isinstance(key, tuple) and len(key) > 1 and isinstance(key[1], int):
            draws, output, *quarter = key
            parts = (self.whole[draws, output, : self.first], self.ahead[draws, output])
            found: Doubles = np.concatenate(parts, axis=-1)
            return np.asarray(found[..., quarter[0]]) if quarter else found
        return np.asarray(self.copy()[key])

    def copy(self) -> Doubles:
        """All of it as an array."""
        return np.concatenate([self.whole[:, :, : self.first], self.ahead], axis=2)


@dataclass(frozen=True, eq=False)
class Past:
    """What a run was before a step.

    table: what it was run with. outputs: what it kept. values: of the whole run, shape (draws,
    outputs, quarters). state: at `step`, shape (draws, state).
    """

    table: Table
    outputs: tuple[str, ...]
    values: Doubles
    step: int
    state: Doubles

    def fits(self, table: Table, outputs: tuple[str, ...]) -> bool:
        """Whether a table has the same columns before the step, and the same is kept."""
        if outputs != self.outputs or table.draws != self.table.draws:
            return False
        return all(
            self._same(column, self.table.columns[path]) for path, column in table.columns.items()
        )

    def run_on(self, table: Table) -> Spliced:
        """Values of the whole run of a table that fits."""
        instants = quarters()
        ahead = instants[instants >= self.step]
        found = load().run(
            table.columns,
            outputs=self.outputs,
            instants=ahead,
            first_step=self.step,
            state=self.state,
        )
        return Spliced(self.values, found, len(instants) - len(ahead))

    def _same(self, one: Doubles, other: Doubles) -> bool:
        if one is other:
            return True
        before, after = (c[:, : self.step] if c.shape[1] > 1 else c for c in (one, other))
        return bool((before == after).all())


def past(table: Table, outputs: tuple[str, ...], values: Doubles, step: int) -> Past:
    """The past of a run that was made.

    Args:
        values: of the run by quarter. step: from 1 on.
    """
    _, state = load().run(
        table.columns, outputs=outputs[:1], instants=[step], last_step=step, return_state=True
    )
    return Past(table, outputs, values, step, state)

"""What a run reads: one column for each input, checked, and laid out for the engine.

A column has shape (d, s): d is 1 (the same for every draw) or the number of draws; s is 1
(constant) or the instants of the run, from step 0 on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import EngineError, did_you_mean, show

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns of a run, from its first step.

    draws: how many, 1 if no column varies. shared: all columns that do not vary by draw, end to
    end. varying: the others, each (draws, s). block: for each input, 0 (shared) or its place in
    `varying` from 1. offset: bytes into the block. step_strides, draw_strides: in doubles, 0 where
    constant.
    """

    draws: int
    shared: Doubles
    varying: tuple[Doubles, ...]
    block: Integers
    offset: Integers
    step_strides: NDArray[np.int32]
    draw_strides: NDArray[np.int32]

    def arrays(self, part: slice) -> list[Doubles]:
        """The blocks for some draws."""
        return [self.shared, *(column[part] for column in self.varying)]

    def pointers(self, blocks: Sequence[int]) -> NDArray[np.uint32]:
        """Where each input begins, if the blocks begin there."""
        where: Integers = np.asarray(blocks, dtype=np.int64)[self.block] + self.offset
        return where.astype(np.uint32)

    def bytes_a_draw(self) -> int:
        """Memory that each draw adds."""
        return sum(8 * column.shape[1] for column in self.varying)


def columns_of(
    given: Mapping[str, np.ndarray], names: Sequence[str], first_step: int, last_step: int
) -> Columns:
    """Checked columns in the order of the names.

    Raises:
        EngineError: a name is missing or unknown, a shape does not fit, or a number in the run is
            not finite.
    """
    _check_names(given, names)
    arrays = [np.asarray(given[name], dtype=np.float64) for name in names]
    for name, array in zip(names, arrays, strict=True):
        if array.ndim != 2 or not array.size or 1 < array.shape[1] <= last_step:
            raise EngineError(
                f"Input {show(name)} has shape {array.shape}; wanted (draws or 1, 1 or at least "
                f"{last_step + 1} steps)."
            )
    window = [a[:, first_step : last_step + 1] if a.shape[1] > 1 else a for a in arrays]
    draws = max((a.shape[0] for a in window), default=1)
    shared: list[Doubles] = []
    varying: list[Doubles] = []
    block, offset, filled = [], [], 0
    for name, array in zip(names, window, strict=True):
        if array.shape[0] not in (1, draws):
            raise EngineError(
                f"Input {show(name)} has {array.shape[0]} draws; another has {draws}."
            )
        if array.shape[0] == 1:
            shared.append(array[0])
            block.append(0)
            offset.append(8 * filled)
            filled += array.shape[1]
        else:
            varying.append(array)
            block.append(len(varying))
            offset.append(0)
    together = np.concatenate(shared) if shared else np.empty(0)
    if not (np.isfinite(together).all() and all(np.isfinite(v).all() for v in varying)):
        _refuse_first_not_finite(names, window, first_step)
    return Columns(
        draws,
        together,
        tuple(varying),
        np.array(block, dtype=np.int64),
        np.array(offset, dtype=np.int64),
        np.array([int(a.shape[1] > 1) for a in arrays], dtype=np.int32),
        np.array([a.shape[1] if a.shape[0] > 1 else 0 for a in window], dtype=np.int32),
    )


def _check_names(given: Mapping[str, np.ndarray], names: Sequence[str]) -> None:
    wanted = set(names)
    for name in given:
        if name not in wanted:
            hint = did_you_mean(name, names) or f"There are {len(names)}."
            raise EngineError(f"Input {show(name)} does not exist. {hint}")
    missing = [name for name in names if name not in given]
    if missing:
        others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise EngineError(f"Input {show(missing[0])}{others} has no column.")


def _refuse_first_not_finite(names: Sequence[str], window: Sequence[Doubles], first: int) -> None:
    for name, array in zip(names, window, strict=True):
        wrong = np.argwhere(~np.isfinite(array))
        if len(wrong):
            draw, step = (int(i) for i in wrong[0])
            where = f"draw {draw}" + (f", step {step + first}" if array.shape[1] > 1 else "")
            raise EngineError(f"Input {show(name)} is {array[draw, step]} in {where}.")

"""Slopes of runs: what a weighted sum of outputs owes to each input, at the cost of a few runs.

    slopes = load()
    owed = slopes.of(columns, {"people.deaths": weights}, constant=["people.uptake.trend"])

Difference quotients take a run for each input; a run forward and once backward gives them all.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import wasmtime
from numpy.typing import NDArray

from upriver.core.errors import EngineError, StaleEngineError

from . import stopping
from .digest import REBUILD, checkout, slopes_digest
from .inputs import columns_of
from .run import Engine, batch_of, places, shipped
from .run import load as load_engine
from .sandbox import Sandbox, module

Doubles = NDArray[np.float64]

THREADS = min(2, os.cpu_count() or 1)
DRAWS_A_BATCH = 50
"""Weights by step are many: these are some 5 MB."""

EXPORT = "slopes"


@dataclass(frozen=True, eq=False)
class Owed:
    """Slopes in inputs.

    constant: by input, summed over all instants, shape (draws,). by_step: by input, of its value at
    each instant, shape (draws, last_step + 1).
    """

    constant: dict[str, Doubles]
    by_step: dict[str, Doubles]


@dataclass(frozen=True, eq=False)
class Slopes:
    """The equations compiled with their slopes."""

    engine: Engine
    code: wasmtime.Module
    _idle: list[Sandbox] = field(default_factory=list, repr=False)

    def of(
        self,
        columns: Mapping[str, np.ndarray],
        weights: Mapping[str, Doubles],
        *,
        constant: Sequence[str],
        by_step: Sequence[str] = (),
    ) -> Owed:
        """Slopes of the sum of weights times outputs, over instants from the start.

        Args:
            columns: as `Engine.run` takes them.
            weights: by output or state, shape (draws, last_step + 1).
            constant: inputs whose slopes are wanted.
            by_step: inputs whose slopes are wanted at each instant.

        Raises:
            EngineError: a name does not exist, shapes differ, or a number is not finite.
        """
        weighted = {name: np.asarray(one, dtype=np.float64) for name, one in weights.items()}
        shapes = {one.shape for one in weighted.values()}
        if len(shapes) != 1 or len(next(iter(shapes))) != 2:
            raise EngineError(f"Weights are of one shape (draws, steps), found {sorted(shapes)}.")
        ((n, steps),) = shapes
        given = columns_of(columns, self.engine.inputs, 0, steps - 1)
        if given.draws not in (1, n):
            raise EngineError(f"Weights have {n} draws, the columns have {given.draws}.")
        which = places(weighted, _numbered((*self.engine.outputs, *self.engine.state)), "Output")
        wanted = [*by_step, *constant]
        into = places(wanted, _numbered(self.engine.inputs), "Input")
        total = np.empty((n, len(wanted)))
        each = np.empty((n, len(by_step), steps))

        def batch(part: slice) -> None:
            stopping.look()
            m = part.stop - part.start
            try:
                box = self._idle.pop()
            except IndexError:
                box = Sandbox(self.code, (EXPORT,))
            blocks = given.arrays(part)
            strides = [given.step_strides, given.draw_strides]
            stacked = np.stack([one[part] for one in weighted.values()], axis=1)
            room = [4 * len(given.step_strides), total[part].nbytes, each[part].nbytes]
            placed = box.place([*blocks, *strides, which, stacked, into, *room])
            by_time, by_draw, outs, heavy, ins, pointers, to, to_each = placed[len(blocks) :]
            box.fill(pointers, given.pointers(placed[: len(blocks)]))
            box.call(
                EXPORT, m, steps - 1, pointers, by_time, by_draw, len(which), outs, heavy,
                len(wanted), ins, len(by_step), to, to_each,
            )  # fmt: skip
            total[part] = box.read(to, total[part].shape)
            each[part] = box.read(to_each, each[part].shape)
            self._idle.append(box)

        size = batch_of(n, DRAWS_A_BATCH, THREADS)
        parts = [slice(at, min(at + size, n)) for at in range(0, n, size)]
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(batch, parts))
        return Owed(
            {name: total[:, len(by_step) + i] for i, name in enumerate(constant)},
            {name: each[:, i] for i, name in enumerate(by_step)},
        )


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


@cache
def load() -> Slopes:
    """The slopes that ship with the package; loaded once a process.

    Raises:
        EngineError: they are missing or damaged. StaleEngineError: they are of another engine.
    """
    engine = load_engine()
    wasm, manifest = shipped("slopes", "slopes")
    if manifest["engine_sha256"] != engine.manifest["wasm_sha256"]:
        raise StaleEngineError(f"The compiled slopes are of other equations. Run `{REBUILD}`.")
    root = checkout()
    if root is not None and manifest.get("slopes_digest") != slopes_digest(root):
        raise StaleEngineError(f"The compiled slopes are older than their source. Run `{REBUILD}`.")
    if hashlib.sha256(wasm).hexdigest() != manifest["wasm_sha256"]:
        raise EngineError("The compiled slopes are damaged: their digest differs. Reinstall.")
    return Slopes(engine, module(wasm))

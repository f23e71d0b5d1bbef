"""Runs the compiled equations over draws; numpy and wasmtime only.

    engine = load()
    deaths = engine.run(columns, outputs=["people.deaths"], instants=range(0, 529, 16))

Draws go through the engine in batches, so that its memory stays small, on up to two threads. The
order of draws and the numbers do not depend on either.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, overload

import numpy as np
import wasmtime
from numpy.typing import NDArray

from upriver.core.errors import EngineError, did_you_mean, show

from . import stopping
from .digest import REBUILD, check_fresh
from .inputs import Columns, columns_of
from .sandbox import Sandbox, module

Doubles = NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with draws done and draws in all."""

STEPS_A_BATCH = 64 * 528
"""About 30 ms: an interrupt is answered between batches."""

BYTES_A_BATCH = 16_000_000
"""Of columns and results in the engine's memory."""

FEW = 64
"""Draws below which a second thread does not pay."""


@dataclass(frozen=True, eq=False)
class Engine:
    """A compiled program. `inputs`, `state`, `outputs`: names in the program's order."""

    manifest: Mapping[str, Any]
    code: wasmtime.Module
    inputs: tuple[str, ...]
    state: tuple[str, ...]
    outputs: tuple[str, ...]
    _idle: list[Sandbox] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, wasm: bytes, manifest: Mapping[str, Any]) -> "Engine":
        """From what `build.build` gives.

        Raises:
            EngineError: bytes and manifest do not belong together.
        """
        if manifest.get("schema") != 1:
            raise EngineError("The engine's manifest is of another version of Upriver. Reinstall.")
        if hashlib.sha256(wasm).hexdigest() != manifest["wasm_sha256"]:
            raise EngineError(
                "The compiled equations are damaged: their digest differs. Reinstall."
            )
        inputs, state, outputs = (tuple(manifest[k]) for k in ("inputs", "state", "outputs"))
        return cls(manifest, module(wasm), inputs, state, outputs)

    @contextmanager
    def sandbox(self) -> Iterator[Sandbox]:
        """A running copy for one thread; kept for the next if nothing goes wrong."""
        try:
            box = self._idle.pop()
        except IndexError:
            box = Sandbox(self.code)
        yield box
        self._idle.append(box)

    @overload
    def run(
        self,
        columns: Mapping[str, np.ndarray],
        *,
        outputs: Sequence[str],
        instants: Sequence[int] | np.ndarray,
        first_step: int = 0,
        last_step: int = 528,
        state: np.ndarray | None = None,
        return_state: Literal[False] = False,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Doubles: ...
    @overload
    def run(
        self,
        columns: Mapping[str, np.ndarray],
        *,
        outputs: Sequence[str],
        instants: Sequence[int] | np.ndarray,
        first_step: int = 0,
        last_step: int = 528,
        state: np.ndarray | None = None,
        return_state: Literal[True],
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> tuple[Doubles, Doubles]: ...
    def run(
        self,
        columns: Mapping[str, np.ndarray],
        *,
        outputs: Sequence[str],
        instants: Sequence[int] | np.ndarray,
        first_step: int = 0,
        last_step: int = 528,
        state: np.ndarray | None = None,
        return_state: bool = False,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Doubles | tuple[Doubles, Doubles]:
        """Chosen outputs of every draw at chosen instants.

        Args:
            columns: for each input, shape (d, s): d 1 (for all draws) or D; s 1 (constant) or the
                instants from step 0 to at least `last_step`.
            outputs: names of outputs or of state, in the order wanted.
            instants: steps from `first_step` to `last_step`, ascending.
            first_step: where the run starts.
            last_step: where it ends; an instant there has outputs too.
            state: shape (D, n_x), (1, n_x) or (n_x,): the state at `first_step`; by default the
                program's own start.
            return_state: also give the state at `last_step`; a run from there continues to the bit.
            threads: by default two from 64 draws on, if the machine has them.
            progress: called after each batch.

        Returns:
            Shape (D, output, instant); with `return_state` also shape (D, n_x).

        Raises:
            EngineError: a name that is missing or unknown, a shape that does not fit, a number that
                is not finite, instants outside the run.
        """
        steps = _instants(instants, first_step, last_step)
        chosen = self._index(outputs)
        given = columns_of(columns, self.inputs, first_step, last_step)
        starts = None if state is None else self._starts(state)
        n = max(given.draws, 1 if starts is None else len(starts))
        if given.draws not in (1, n) or (starts is not None and len(starts) not in (1, n)):
            raise EngineError(f"The state has {n} draws, the columns have {given.draws}.")
        result = np.empty((n, len(chosen), len(steps)))
        ends = np.empty((n, len(self.state)) if return_state else (0, 0))
        length = last_step - first_step

        def batch(part: slice) -> int:
            with self.sandbox() as box:
                begin = (
                    None if starts is None else np.broadcast_to(starts, (n, starts.shape[1]))[part]
                )
                _run(box, given, part, length, begin, chosen, steps - first_step, result, ends)
            return int(part.stop - part.start)

        bytes_a_draw = 8 * len(chosen) * len(steps) + given.bytes_a_draw()
        threads = min(2, os.cpu_count() or 1) if threads is None and n >= FEW else threads or 1
        most = min(STEPS_A_BATCH // (length + 1), BYTES_A_BATCH // bytes_a_draw)
        size = batch_of(n, max(1, most), threads)
        parts = [slice(at, min(at + size, n)) for at in range(0, n, size)]
        done = 0
        for finished in _each(batch, parts, threads):
            done += finished
            stopping.look()
            if progress is not None:
                progress(done, n)
        return (result, ends) if return_state else result

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: i for i, name in enumerate((*self.outputs, *self.state))}

    def _index(self, names: Sequence[str]) -> NDArray[np.int32]:
        """Places of outputs, then of state, in the order of the names."""
        if isinstance(names, str) or not len(names):
            raise EngineError("Outputs are a list of names, at least one.")
        return places(names, self._place, "Output")

    def _starts(self, state: np.ndarray) -> Doubles:
        starts = np.atleast_2d(np.asarray(state, dtype=np.float64))
        if starts.ndim != 2 or starts.shape[1] != len(self.state) or not len(starts):
            raise EngineError(
                f"The state has shape {np.shape(state)}, wanted (draws, {len(self.state)})."
            )
        return starts


def places(names: Iterable[str], place: Mapping[str, int], what: str) -> NDArray[np.int32]:
    """Where names stand.

    Raises:
        EngineError: there is no such name.
    """
    wanted = list(names)
    for name in wanted:
        if name not in place:
            hint = did_you_mean(name, place) or f"There are {len(place)}."
            raise EngineError(f"{what} {show(name)} does not exist. {hint}")
    return np.array([place[name] for name in wanted], dtype=np.int32)


def shipped(name: str, what: str) -> tuple[bytes, dict[str, Any]]:
    """A compiled program that ships with the package, and its manifest.

    Args:
        name: of its files. what: it holds, for the error.

    Raises:
        EngineError: a file is missing, or the manifest is none.
    """
    folder = Path(__file__).resolve().parents[1] / "data"
    try:
        wasm = (folder / f"{name}.wasm").read_bytes()
        return wasm, json.loads((folder / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        raise EngineError(
            f"The compiled {what} are missing. Reinstall; in a checkout, run `{REBUILD}`."
        ) from None


@cache
def load() -> Engine:
    """The engine that ships with the package; loaded once a process.

    Raises:
        EngineError: it is missing or damaged. StaleEngineError: in a checkout, older than the
            equations.
    """
    wasm, manifest = shipped("engine", "equations")
    check_fresh(manifest)
    return Engine.of(wasm, manifest)


def batch_of(n: int, most: int, threads: int) -> int:
    """Draws of a batch: as many batches for each thread, and pairs, which run at once."""
    each = -(-n // (most * threads))
    size = -(-n // (each * threads))
    return min(most, size + size % 2)


def _instants(instants: Sequence[int] | np.ndarray, first: int, last: int) -> NDArray[np.int32]:
    steps = np.asarray(instants)
    if not 0 <= first <= last:
        raise EngineError(f"A run goes from a step to a later one, found {first} to {last}.")
    if steps.ndim != 1 or not steps.size or steps.dtype.kind not in "iu":
        raise EngineError("Instants are a list of whole steps, at least one.")
    if np.any(np.diff(steps) <= 0) or steps[0] < first or steps[-1] > last:
        raise EngineError(f"Instants must ascend within the run, steps {first} to {last}.")
    return steps.astype(np.int32)


def _run(
    box: Sandbox,
    given: Columns,
    part: slice,
    length: int,
    starts: Doubles | None,
    chosen: NDArray[np.int32],
    steps: NDArray[np.int32],
    result: Doubles,
    ends: Doubles,
) -> None:
    """One batch of draws, into its part of the results; steps count from the first."""
    n = part.stop - part.start
    blocks = given.arrays(part)
    strides = [given.step_strides, given.draw_strides]
    begin = np.empty(0) if starts is None else starts
    space = [4 * len(strides[0]), ends[part].nbytes, result[part].nbytes]
    placed = box.place([*blocks, *strides, begin, chosen, steps, *space])
    by_step, by_draw, x, which, when, pointers, x_end, out = placed[len(blocks) :]
    box.fill(pointers, given.pointers(placed[: len(blocks)]))
    x, x_end = (x if starts is not None else 0), (x_end if ends.size else 0)
    box.call(
        "run", n, 0, length, pointers, by_step, by_draw, x, x_end,
        len(chosen), which, len(steps), when, out,
    )  # fmt: skip
    result[part] = box.read(out, result[part].shape)
    if ends.size:
        ends[part] = box.read(x_end, ends[part].shape)


def _each(batch: Callable[[slice], int], parts: Sequence[slice], threads: int) -> Iterator[int]:
    """Runs the batches; on any failure, also an interrupt, those not begun are dropped."""
    if threads <= 1 or len(parts) <= 1:
        yield from map(batch, parts)
        return
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(batch, part) for part in parts]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise

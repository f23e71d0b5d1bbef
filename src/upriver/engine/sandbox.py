"""One running copy of the engine and its memory, under wasmtime.

A `Sandbox` serves one thread at a time. `module` is shared by all; its machine code is kept in
wasmtime's own cache in the user's cache folder, where that can be written.

wasmtime reserves 4 GB of addresses for each copy, so that the processor itself catches an access
out of bounds. Where a process may not reserve so much, as under `ulimit -v` on many clusters, each
access is checked instead: the same numbers, about a sixth more time in the equations.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import wasmtime

from upriver.core.errors import EngineError

from . import addresses

EXPORTS = (
    "alloc",
    "reset",
    "run",
    "bend",
    "ramp",
    "pulse",
    "calendar_sums",
    "quantiles",
    "split",
)
"""What the engine offers, to Python and to the page."""

ALIGNED = 16
"""Bytes to which arrays are aligned."""

ROOM_TO_GROW = 32 * 1024 * 1024
"""Bytes of addresses beyond its memory that a copy reserves where addresses are few."""

FAILURES = {
    1: "a number is out of its range",
    2: "steps do not ascend within the run",
    3: "its memory is exhausted",
}


def module(wasm: bytes) -> wasmtime.Module:
    """The engine compiled for this machine; quick if it was compiled here before.

    Raises:
        EngineError: these bytes are not WebAssembly, lack a function, or import something.
    """
    try:
        made = wasmtime.Module(_machine(), wasm)
    except wasmtime.WasmtimeError as error:
        raise EngineError(f"The engine cannot be loaded: {_first_line(error)}") from None
    offered = {export.name for export in made.exports}
    if made.imports or not {*EXPORTS, "memory"} <= offered:
        raise EngineError("The engine's file is not an engine of this version of Upriver.")
    return made


@cache
def _machine() -> wasmtime.Engine:
    if addresses.limit() is None:
        usual = _made(small=False)
        if _reserves(usual):
            return usual
    return _made(small=True)


def _made(small: bool) -> wasmtime.Engine:
    """An engine that keeps its machine code, where that can be written."""
    config = _settings(small)
    try:
        config.cache = True
        return wasmtime.Engine(config)
    except (wasmtime.WasmtimeError, OSError):
        return wasmtime.Engine(_settings(small))


def _settings(small: bool) -> wasmtime.Config:
    config = wasmtime.Config()
    if small:
        config.memory_reservation = 0
        config.memory_guard_size = 0
        config.memory_reservation_for_growth = ROOM_TO_GROW
        # Each thread of the compiler takes addresses too, and there is one for each core.
        config.parallel_compilation = False
    return config


def _reserves(engine: wasmtime.Engine) -> bool:
    """Whether the usual addresses can be had for two copies, one for each thread of a run."""
    store = wasmtime.Store(engine)
    kind = wasmtime.MemoryType(wasmtime.Limits(1, None))
    try:
        for _ in range(2):
            wasmtime.Memory(store, kind)
    except wasmtime.WasmtimeError:
        return False
    return True


class Sandbox:
    """A running copy: place arrays in its memory, call it, read arrays back.

    Args:
        more: functions that it offers besides.

    Raises:
        EngineError: there is no memory for another copy.
    """

    def __init__(self, code: wasmtime.Module, more: Sequence[str] = ()) -> None:
        self._store = wasmtime.Store(_machine())
        try:
            offered = wasmtime.Instance(self._store, code, []).exports(self._store)
        except wasmtime.WasmtimeError:
            raise EngineError(addresses.TOO_FEW) from None
        self._functions: dict[str, Any] = {name: offered[name] for name in (*EXPORTS, *more)}
        self._memory: Any = offered["memory"]
        if (start := offered.get("_initialize")) is not None:
            start(self._store)  # type: ignore[operator]

    def call(self, name: str, *arguments: float) -> None:
        """Call an exported function.

        Raises:
            EngineError: it says that it failed, or it stopped.
        """
        if failed := self._call(name, *arguments):
            raise EngineError(f"The engine's '{name}' refuses: {FAILURES.get(failed, failed)}.")

    def place(self, arrays: Sequence[np.ndarray | int]) -> tuple[int, ...]:
        """Copy arrays into the memory; gives their pointers.

        Args:
            arrays: float64 or int32; an integer is an array of so many bytes, left as it is.
                What was placed before is forgotten.

        Raises:
            EngineError: more than the engine's memory (4 GB) can hold.
        """
        sizes = [a if isinstance(a, int) else a.nbytes for a in arrays]
        starts = [0]
        for size in sizes:
            starts.append(starts[-1] + -(-size // ALIGNED) * ALIGNED)
        self._call("reset")
        base = self._call("alloc", starts[-1]) if starts[-1] < 2**32 else 0
        base %= 2**32
        if base == 0:
            raise EngineError(f"The engine cannot hold {starts[-1] / 1e6:,.0f} MB at once.")
        for array, start in zip(arrays, starts, strict=False):
            if not isinstance(array, int):
                self.fill(base + start, array)
        return tuple(base + start for start in starts[:-1])

    def fill(self, pointer: int, array: np.ndarray) -> None:
        """Copy an array to where there is room for it."""
        there = self._bytes()[pointer : pointer + array.nbytes]
        there.view(array.dtype).reshape(array.shape)[...] = array

    def read(self, pointer: int, shape: tuple[int, ...]) -> np.ndarray:
        """Doubles in the memory: a view that holds until the next call."""
        size = 8 * int(np.prod(shape, dtype=np.int64))
        return self._bytes()[pointer : pointer + size].view(np.float64).reshape(shape)

    def _bytes(self) -> np.ndarray:
        return np.frombuffer(self._memory.get_buffer_ptr(self._store), dtype=np.uint8)

    def _call(self, name: str, *arguments: float) -> int:
        numbers = [_signed(a) if isinstance(a, int) else a for a in arguments]
        try:
            return int(self._functions[name](self._store, *numbers) or 0)
        except (wasmtime.Trap, wasmtime.WasmtimeError) as error:
            raise EngineError(f"The engine stopped in '{name}': {_first_line(error)}") from None


def _signed(number: int) -> int:
    """A pointer or size of 32 bits as the signed number that wasmtime takes."""
    return number - 2**32 if number >= 2**31 else number


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__

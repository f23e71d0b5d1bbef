"""What Python and the page share besides the equations: bending, calendar sums, summaries.

Each calls the engine, so a number on the page is the command line's. `engine` is what `run.load`
gives; it may be left out.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upriver.core.errors import EngineError

from .run import Engine, load

Doubles = NDArray[np.float64]

Operation = Literal["scale", "close", "add", "replace"]
OPERATIONS: tuple[Operation, ...] = ("scale", "close", "add", "replace")


def bend(
    column: ArrayLike,
    op: Operation,
    change: ArrayLike,
    ramp: ArrayLike,
    *,
    engine: Engine | None = None,
) -> Doubles:
    """A column moved along a ramp; where the ramp is 0 it is unchanged, to the bit.

    Args:
        column: shape (), (s,) or (d, s): values [any unit], s 1 or the ramp's length.
        op: `scale`: v (1 + change r); `close`: a share moved toward 1 by `change` of what is
            missing (toward 0 by `-change` of what is there if change < 0); `add`: v + change r;
            `replace`: toward `change`, exactly so where the ramp is 1.
        change: shape (), (1,) or (d,): for all draws, or one a draw.
        ramp: shape (n,) or (d, n): from 0 to 1 at each instant.
        engine: by default the one of the package.

    Returns:
        Shape (n,) if column, change and ramp are the same for all draws and the column has fewer
        than two dimensions; otherwise (d, n).

    Raises:
        EngineError: unknown operation, or shapes that do not fit.
    """
    if op not in OPERATIONS:
        raise EngineError(f"Operation '{op}' does not exist. Allowed: {', '.join(OPERATIONS)}.")
    values, along = _doubles(column), _doubles(ramp)
    changes = np.atleast_1d(_doubles(change))
    flat = values.ndim < 2 and along.ndim < 2 and changes.size == 1
    try:
        rows = max(np.atleast_2d(values).shape[0], np.atleast_2d(along).shape[0], changes.size)
        wide = np.broadcast_to(np.atleast_2d(values), (rows, along.shape[-1]))
        changes = np.broadcast_to(changes, (rows,))
        along = np.broadcast_to(np.atleast_2d(along), wide.shape)
    except (ValueError, IndexError):
        shapes = f"{values.shape}, change {np.shape(change)}, ramp {np.shape(ramp)}"
        raise EngineError(f"Shapes do not fit: column {shapes}.") from None
    with _engine(engine).sandbox() as box:
        where, by, r = box.place([wide, changes, along])
        n = wide.shape[1]
        box.call("bend", where, rows, n, OPERATIONS.index(op), by, 1, r, n)
        bent = box.read(where, wide.shape).copy()
    return bent[0] if flat else bent


def ramp(n: int, start: float, duration: float, *, engine: Engine | None = None) -> Doubles:
    """Shape (n,): 0 until `start`, rising to 1 over `duration`, both in steps; 0: at once."""
    return _along("ramp", n, start, duration, engine)


def pulse(n: int, start: float, duration: float, *, engine: Engine | None = None) -> Doubles:
    """Shape (n,): 1 from `start` until before `start + duration`, in steps; 0 elsewhere."""
    return _along("pulse", n, start, duration, engine)


def calendar_sums(
    counter: ArrayLike,
    first_step: float,
    starts: ArrayLike,
    ends: ArrayLike,
    *,
    engine: Engine | None = None,
) -> Doubles:
    """What cumulative counters gained in each period, linear within a step [counter's unit].

    Args:
        counter: shape (..., n), at n consecutive steps.
        first_step: the step of the counter's first value.
        starts: of the periods, shape (p,), in steps, fractions allowed.
        ends: of the periods, the same.
        engine: by default the one of the package.

    Returns:
        Shape (..., p); NaN for a period that reaches outside the counter.
    """
    values, begin, end = _doubles(counter), _doubles(starts).ravel(), _doubles(ends).ravel()
    if values.ndim < 1 or begin.size != end.size:
        raise EngineError("Calendar sums need a counter by step, and as many starts as ends.")
    n, periods = values.shape[-1], begin.size
    series = values.size // n if n else 0
    with _engine(engine).sandbox() as box:
        c, s, e, out = box.place([values, begin, end, 8 * series * periods])
        box.call("calendar_sums", c, series, n, float(first_step), s, e, periods, out)
        return box.read(out, (*values.shape[:-1], periods)).copy()


def quantiles(values: ArrayLike, probs: ArrayLike, *, engine: Engine | None = None) -> Doubles:
    """Quantiles over draws, linear between them, as `numpy.quantile(values, probs, axis=0)`.

    Args:
        values: shape (d, ...).
        probs: shape (p,), in [0, 1].
        engine: by default the one of the package.

    Returns:
        Shape (p, ...); NaN where a draw is NaN.

    Raises:
        EngineError: no draws, or a probability outside [0, 1].
    """
    draws, p = _doubles(values), _doubles(probs).ravel()
    if draws.ndim < 1:
        raise EngineError("Quantiles need values by draw.")
    d, columns = _rows(draws)
    with _engine(engine).sandbox() as box:
        v, q, out = box.place([draws, p, 8 * p.size * columns])
        box.call("quantiles", v, d, columns, q, p.size, out)
        return box.read(out, (p.size, *draws.shape[1:])).copy()


def split(
    values: ArrayLike, labels: ArrayLike, n_regimes: int, *, engine: Engine | None = None
) -> Doubles:
    """Mean over the draws of each regime.

    Args:
        values: shape (d, ...).
        labels: shape (d,), integers; a draw with one outside 0..n_regimes-1 belongs to none.
        n_regimes: how many there are.
        engine: by default the one of the package.

    Returns:
        Shape (n_regimes, ...); NaN where a regime has no draw.
    """
    draws, belongs = _doubles(values), np.asarray(labels, dtype=np.int32)
    if draws.ndim < 1 or belongs.shape != draws.shape[:1] or n_regimes < 1:
        raise EngineError("Splitting needs values by draw, one label a draw, and a regime.")
    d, columns = _rows(draws)
    with _engine(engine).sandbox() as box:
        v, g, out = box.place([draws, belongs, 8 * n_regimes * columns])
        box.call("split", v, d, columns, g, n_regimes, out)
        return box.read(out, (n_regimes, *draws.shape[1:])).copy()


def _rows(draws: Doubles) -> tuple[int, int]:
    """Draws, and numbers in each."""
    return draws.shape[0], int(np.prod(draws.shape[1:], dtype=np.int64))


def _along(name: str, n: int, start: float, duration: float, engine: Engine | None) -> Doubles:
    if n < 1 or not duration >= 0:
        raise EngineError(f"A {name} needs at least one step, and a duration of 0 or more.")
    with _engine(engine).sandbox() as box:
        (out,) = box.place([8 * n])
        box.call(name, out, n, float(start), float(duration))
        return box.read(out, (n,)).copy()


def _doubles(values: ArrayLike) -> Doubles:
    return np.ascontiguousarray(values, dtype=np.float64).reshape(np.shape(values))


def _engine(engine: Engine | None) -> Engine:
    return load() if engine is None else engine

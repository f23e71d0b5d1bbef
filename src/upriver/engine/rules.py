"""The closed list: what each primitive of JAX means, as scalar operations.

A rule for one scalar at a time gets (graph, parameters, terms) and gives a term; a rule for whole
arrays gets (graph, parameters, arrays) and gives an array, or a list of arrays. Sums go from left
to right, from zero, and no operation is reordered.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from .graph import OPERATIONS, Graph, Term

Terms = np.ndarray
"""An array of `Term`s, dtype object."""


class NotInListError(Exception):
    """A primitive, or a use of it, that the closed list does not have."""


def each(function: Callable[..., Term], *arrays: np.ndarray) -> Terms:
    """A function of scalars over arrays of one shape, or scalars."""
    with np.errstate(all="ignore"):
        return np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)


def kind_of(dtype: Any) -> str:
    """`f`, `i` or `b`."""
    kinds = {"float64": "f", "int64": "i", "int32": "i", "bool": "b"}
    if str(dtype) not in kinds:
        raise NotInListError(f"the engine has no {dtype}, only double, int and bool")
    return kinds[str(dtype)]


# ---- rules for one scalar at a time: (graph, parameters, terms) -> term ----


def _plain(op: str) -> Callable[..., Term]:
    return lambda graph, parameters, *terms: graph.apply(op, *terms)


def _power(graph: Graph, _: Any, base: Term, exponent: Term) -> Term:
    return graph.apply("pow", base, _convert(graph, {"new_dtype": np.dtype(float)}, exponent))


def _integer_power(graph: Graph, parameters: Any, base: Term) -> Term:
    """By repeated squares, in the order in which JAX multiplies."""
    exponent = abs(parameters["y"])
    result: Term | None = None
    while exponent:
        if exponent & 1:
            result = base if result is None else graph.apply("mul", result, base)
        exponent >>= 1
        if exponent:
            base = graph.apply("mul", base, base)
    one = graph.constant(1, base.kind)
    if result is None:
        return one
    return graph.apply("div", one, result) if parameters["y"] < 0 else result


def _select(graph: Graph, _: Any, which: Term, *cases: Term) -> Term:
    if which.kind == "b":
        return graph.apply("choose", which, cases[1], cases[0])
    chosen = cases[-1]
    for i in reversed(range(len(cases) - 1)):
        before = graph.apply("lt", which, graph.constant(i + 1, "i"))
        chosen = graph.apply("choose", before, cases[i], chosen)
    return chosen


def _clamp(graph: Graph, _: Any, low: Term, value: Term, high: Term) -> Term:
    return graph.apply("min", graph.apply("max", low, value), high)


def _logistic(graph: Graph, _: Any, value: Term) -> Term:
    one = graph.constant(1, "f")
    falling = graph.apply("exp", graph.apply("neg", value))
    return graph.apply("div", one, graph.apply("add", one, falling))


def _convert(graph: Graph, parameters: Any, term: Term) -> Term:
    wanted = kind_of(parameters["new_dtype"])
    if wanted == term.kind:
        return term
    return graph.apply({"f": "to_f", "b": "to_b", "i": f"to_i_from_{term.kind}"}[wanted], term)


ELEMENTWISE: dict[str, Callable[..., Term]] = {
    op: _plain(op) for op in OPERATIONS if not op.startswith(("to_", "choose", "max_", "min_"))
}
ELEMENTWISE |= {
    "pow": _power,
    "integer_pow": _integer_power,
    "square": lambda graph, _, a: graph.apply("mul", a, a),
    "select_n": _select,
    "clamp": _clamp,
    "logistic": _logistic,
    "convert_element_type": _convert,
    "stop_gradient": lambda graph, _, a: a,
    "copy": lambda graph, _, a: a,
    "copy_p": lambda graph, _, a: a,
}


# ---- rules for whole arrays: (graph, parameters, arrays) -> array or list of arrays ----


def _fold(graph: Graph, op: str, terms: Sequence[Term], start: Sequence[Term] = ()) -> Term:
    """One operation over terms, from left to right."""
    return reduce(lambda a, b: graph.apply(op, a, b), [*start, *terms])


def _reduce(op: str, start: float | bool, kind: str) -> Callable[..., Terms]:
    def rule(graph: Graph, parameters: Any, array: Terms) -> Terms:
        axes = tuple(int(a) for a in parameters["axes"])
        kept = tuple(a for a in range(array.ndim) if a not in axes)
        rows = array.transpose(*kept, *axes).reshape(*(array.shape[a] for a in kept), -1)
        result = np.empty(rows.shape[:-1], dtype=object)
        for place in np.ndindex(result.shape):
            terms = list(rows[place])
            kind_here = terms[0].kind if terms else kind
            begin = [graph.constant(start, kind_here)] if op == "add" or not terms else []
            result[place] = _fold(graph, op, terms, begin)
        return result

    return rule


def _cumulative_sum(graph: Graph, parameters: Any, array: Terms) -> Terms:
    rows = np.moveaxis(array, parameters["axis"], -1).copy()
    for place in np.ndindex(rows.shape[:-1]):
        total = graph.constant(0, rows[place][0].kind)
        order = range(rows.shape[-1])
        for i in reversed(order) if parameters["reverse"] else order:
            total = graph.apply("add", total, rows[place][i])
            rows[place][i] = total
    return np.moveaxis(rows, -1, parameters["axis"])


def _dot(graph: Graph, parameters: Any, left: Terms, right: Terms) -> Terms:
    (over_l, over_r), (batch_l, batch_r) = parameters["dimension_numbers"]
    free_l = [a for a in range(left.ndim) if a not in (*over_l, *batch_l)]
    free_r = [a for a in range(right.ndim) if a not in (*over_r, *batch_r)]
    batch = [left.shape[a] for a in batch_l]
    shape = (*batch, *(left.shape[a] for a in free_l), *(right.shape[a] for a in free_r))
    n = int(np.prod(batch, dtype=int))
    terms = int(np.prod([left.shape[a] for a in over_l], dtype=int))
    a = left.transpose(*batch_l, *free_l, *over_l).reshape(n, -1, terms)
    b = right.transpose(*batch_r, *free_r, *over_r).reshape(n, -1, terms)
    result = np.empty((n, a.shape[1], b.shape[1]), dtype=object)
    zero = graph.constant(0, "f")
    for i, j, k in np.ndindex(result.shape):
        products = [graph.apply("mul", p, q) for p, q in zip(a[i, j], b[i, k], strict=True)]
        result[i, j, k] = _fold(graph, "add", products, [zero])
    return result.reshape(shape)


def _broadcast(_: Graph, parameters: Any, array: Terms, *sizes: Terms) -> Terms:
    shape, places = parameters["shape"], parameters["broadcast_dimensions"]
    aligned = [1] * len(shape)
    for place, length in zip(places, array.shape, strict=True):
        aligned[place] = length
    return np.broadcast_to(array.reshape(aligned), shape)


def _iota(graph: Graph, parameters: Any) -> Terms:
    shape, along = parameters["shape"], parameters["dimension"]
    kind = kind_of(parameters["dtype"])
    return each(lambda i: graph.constant(i, kind), np.indices(shape)[along].astype(object))


def _slice(_: Graph, parameters: Any, array: Terms) -> Terms:
    strides = parameters["strides"] or (1,) * array.ndim
    ranges = zip(parameters["start_indices"], parameters["limit_indices"], strides, strict=True)
    return array[tuple(slice(*r) for r in ranges)]


def _dynamic_slice(_: Graph, parameters: Any, array: Terms, *starts: Terms) -> Terms:
    at = [int(known(s).item()) for s in starts]
    sizes = parameters["slice_sizes"]
    last = [n - size for n, size in zip(array.shape, sizes, strict=True)]
    begin = [max(0, min(a, end)) for a, end in zip(at, last, strict=True)]
    return array[tuple(slice(b, b + size) for b, size in zip(begin, sizes, strict=True))]


def known(indices: Terms) -> np.ndarray:
    """Indices as numbers, if they do not depend on inputs or state."""
    if any(i.value is None for i in indices.flat):
        raise NotInListError("an index depends on inputs or state; the engine needs fixed indices")
    return np.array([i.value for i in indices.flat], dtype=np.int32).reshape(indices.shape)


WHOLE: dict[str, Callable[..., Any]] = {
    "reduce_sum": _reduce("add", 0.0, "f"),
    "reduce_prod": _reduce("mul", 1.0, "f"),
    "reduce_max": _reduce("max", -np.inf, "f"),
    "reduce_min": _reduce("min", np.inf, "f"),
    "reduce_and": _reduce("and", True, "b"),
    "reduce_or": _reduce("or", False, "b"),
    "cumsum": _cumulative_sum,
    "dot_general": _dot,
    "broadcast_in_dim": _broadcast,
    "reshape": lambda _, p, a: a.reshape(p["new_sizes"]),
    "squeeze": lambda _, p, a: np.squeeze(a, axis=tuple(p["dimensions"])),
    "expand_dims": lambda _, p, a: np.expand_dims(a, tuple(p["dimensions"])),
    "transpose": lambda _, p, a: a.transpose(p["permutation"]),
    "rev": lambda _, p, a: np.flip(a, axis=tuple(p["dimensions"])),
    "concatenate": lambda _, p, *a: np.concatenate(a, axis=p["dimension"]),
    "stack": lambda _, p, *a: np.stack(a, axis=p["axis"]),
    "split": lambda _, p, a: np.split(a, np.cumsum(p["sizes"])[:-1], axis=p["axis"]),
    "slice": _slice,
    "dynamic_slice": _dynamic_slice,
    "iota": _iota,
}

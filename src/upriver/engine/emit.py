"""From a JAX program to C: the jaxpr of `initial` and of one step, scalar by scalar.

Arrays are small, so an array is a numpy array of `Term`s here and only scalars reach C. Whatever
only moves numbers about (reshape, slice, concatenate, ...) costs nothing. Anything outside the
closed list is an error that names the equation and its line.

Sums go from left to right, from zero; no operation is reordered.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import PurePath
from typing import Any, Protocol

import jax
import numpy as np
from jax._src import source_info_util
from jax.extend.core import Literal

from upriver.core.errors import EngineError

from .graph import OPERATIONS, Graph, Term, WrongKindError, statements, written

Terms = np.ndarray
"""An array of `Term`s, dtype object."""


class Program(Protocol):
    """The compiled part; `system.step.Program` is one."""

    @property
    def inputs(self) -> tuple[str, ...]: ...
    @property
    def state(self) -> tuple[str, ...]: ...
    @property
    def outputs(self) -> tuple[str, ...]: ...
    @property
    def initial(self) -> Callable[..., Any]: ...
    @property
    def step(self) -> Callable[..., Any]: ...


class NotInListError(Exception):
    """A primitive, or a use of it, that the closed list does not have."""


def emit(program: Program) -> str:
    """The program in C: `up_initial`, `up_step` and their sizes.

    `up_step` writes no state that equals the state before it: the caller has it already.

    Raises:
        EngineError: a primitive is not in the closed list, numbers are not doubles, or a function
            gives another number of values than it has names.
    """
    n_u, n_x, n_y = len(program.inputs), len(program.state), len(program.outputs)
    sizes = f"enum {{ UP_INPUTS = {n_u}, UP_STATE = {n_x}, UP_OUTPUTS = {n_y} }};"
    reads = {"u": n_u}
    initial = _function("up_initial", program.initial, reads, {"x": n_x})
    step = _function("up_step", program.step, {"x": n_x} | reads, {"xn": n_x, "y": n_y})
    return "\n\n".join([sizes, initial, step]) + "\n"


def _function(
    name: str, function: Callable[..., Any], reads: Mapping[str, int], writes: Mapping[str, int]
) -> str:
    """One C function from one JAX function of vectors."""
    with jax.enable_x64(True):
        closed = jax.make_jaxpr(function)(*(np.zeros(n) for n in reads.values()))
        graph = Graph()
        arguments = [
            np.array([graph.load(f"{array}[{i}]") for i in range(n)], dtype=object)
            for array, n in reads.items()
        ]
        results = _walk(closed, arguments, graph)
    shapes = [r.shape for r in results]
    if shapes != [(n,) for n in writes.values()]:
        raise EngineError(f"{name} gives arrays of shapes {shapes}, names are {dict(writes)}.")
    stores = []
    for array, terms in zip(writes, results, strict=True):
        stores += [
            (f"    {array}[{i}] = ", term)
            for i, term in enumerate(terms)
            if not (array == "xn" and term.text == f"x[{i}]")
        ]
    if any(term.kind != "f" for _, term in stores):
        raise EngineError(f"{name} gives numbers that are not doubles.")
    parameters = [f"const double *restrict {a}" for a in reads]
    parameters += [f"double *restrict {a}" for a in writes]
    body = statements(graph.terms, [term for _, term in stores])
    body += [f"{where}{written(term)};" for where, term in stores]
    head = f"static __attribute__((noinline)) void {name}({', '.join(parameters)}) {{"
    return "\n".join([head, *body, "}"])


def _walk(closed: Any, arguments: Sequence[Terms], graph: Graph) -> list[Terms]:
    """The results of a (closed) jaxpr for these arguments, calls taken in line."""
    jaxpr = getattr(closed, "jaxpr", closed)
    values: dict[Any, Terms] = dict(zip(jaxpr.invars, arguments, strict=True))
    for variable, constant in zip(jaxpr.constvars, getattr(closed, "consts", ()), strict=True):
        values[variable] = _constants(constant, graph)

    def read(atom: Any) -> Terms:
        return _constants(atom.val, graph) if isinstance(atom, Literal) else values[atom]

    for equation in jaxpr.eqns:
        try:
            results = _equation(equation, [read(a) for a in equation.invars], graph)
        except (NotInListError, WrongKindError) as problem:
            raise EngineError(f"{_where(equation)}: {problem}.") from None
        for variable, result in zip(equation.outvars, results, strict=True):
            values[variable] = result
    return [read(a) for a in jaxpr.outvars]


def _equation(equation: Any, arguments: list[Terms], graph: Graph) -> list[Terms]:
    """The results of one equation of a jaxpr."""
    name, parameters = equation.primitive.name, equation.params
    if name in CALLS:
        inner = next(parameters[p] for p in ("jaxpr", "call_jaxpr", "fun_jaxpr") if p in parameters)
        return _walk(inner, arguments, graph)
    for variable in equation.outvars:
        _kind(variable.aval.dtype)
    if name in ELEMENTWISE:
        rule = ELEMENTWISE[name]
        return [_each(lambda *terms: rule(graph, parameters, *terms), *arguments)]
    if name in WHOLE:
        result = WHOLE[name](graph, parameters, *arguments)
        return result if isinstance(result, list) else [result]
    raise NotInListError(f"the engine has no rule for the primitive '{name}'")


def _where(equation: Any) -> str:
    """File, line and function of the equation's source, as far as JAX knows them."""
    frame = source_info_util.user_frame(equation.source_info.traceback)
    if frame is None:
        return "an equation of unknown source"
    file = "/".join(PurePath(frame.file_name).parts[-2:])
    return f"{file}, line {frame.start_line}, in {frame.function_name}"


def _kind(dtype: Any) -> str:
    """`f`, `i` or `b`."""
    kinds = {"float64": "f", "int64": "i", "int32": "i", "bool": "b"}
    if str(dtype) not in kinds:
        raise NotInListError(f"the engine has no {dtype}, only double, int and bool")
    return kinds[str(dtype)]


def _constants(value: Any, graph: Graph) -> Terms:
    array = np.asarray(value)
    kind = "f" if array.dtype.kind == "f" else _kind(array.dtype)
    return _each(lambda v: graph.constant(v, kind), array.astype(object))


def _each(function: Callable[..., Term], *arrays: np.ndarray) -> Terms:
    """A function of scalars over arrays of one shape, or scalars."""
    with np.errstate(all="ignore"):
        return np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)


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
    wanted = _kind(parameters["new_dtype"])
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
    kind = _kind(parameters["dtype"])
    return _each(lambda i: graph.constant(i, kind), np.indices(shape)[along].astype(object))


def _slice(_: Graph, parameters: Any, array: Terms) -> Terms:
    strides = parameters["strides"] or (1,) * array.ndim
    ranges = zip(parameters["start_indices"], parameters["limit_indices"], strides, strict=True)
    return array[tuple(slice(*r) for r in ranges)]


def _dynamic_slice(_: Graph, parameters: Any, array: Terms, *starts: Terms) -> Terms:
    at = [int(_known(s).item()) for s in starts]
    sizes = parameters["slice_sizes"]
    last = [n - size for n, size in zip(array.shape, sizes, strict=True)]
    begin = [max(0, min(a, end)) for a, end in zip(at, last, strict=True)]
    return array[tuple(slice(b, b + size) for b, size in zip(begin, sizes, strict=True))]


def _moved(name: str) -> Callable[..., Terms]:
    """Gather and scatter with known indices: JAX itself moves the places of the numbers."""
    primitive = {"gather": jax.lax.gather_p, "scatter": jax.lax.scatter_p}[name]

    def rule(_: Graph, parameters: Any, array: Terms, indices: Terms, *updates: Terms) -> Terms:
        pool = np.concatenate([array.ravel(), *(u.ravel() for u in updates)])
        places = np.arange(array.size).reshape(array.shape)
        more = [array.size + np.arange(u.size).reshape(u.shape) for u in updates]
        result = np.asarray(primitive.bind(places, _known(indices), *more, **parameters))
        if result.size and (result.min() < 0 or result.max() >= pool.size):
            raise NotInListError(f"'{name}' reaches outside its array")
        return pool[result]

    return rule


def _known(indices: Terms) -> np.ndarray:
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
    "gather": _moved("gather"),
    "scatter": _moved("scatter"),
    "iota": _iota,
}

CALLS = frozenset(
    "jit pjit closed_call core_call custom_jvp_call custom_vjp_call custom_vjp_call_jaxpr remat "
    "remat2 checkpoint".split()
)

"""From a JAX program to C: the jaxpr of `initial` and of one step, scalar by scalar.

A scalar in C is a pair: the same number of two draws, which the engine computes at once.

Arrays are small, so an array is a numpy array of `Term`s here and only scalars reach C. Whatever
only moves numbers about (reshape, slice, concatenate, ...) costs nothing. Anything outside the
closed list is an error that names the equation and its line.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Protocol

import jax
import numpy as np
from jax._src import source_info_util
from jax.extend.core import Literal

from upriver.core.errors import EngineError, show

from .graph import Graph, Term, WrongKindError, statements, written
from .rules import ELEMENTWISE, WHOLE, NotInListError, Terms, each, kind_of, known


class Program(Protocol):
    """The compiled part; `system.step.Program` is one."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the scalars of u."""
        ...

    @property
    def state(self) -> tuple[str, ...]:
        """Names of the scalars of x."""
        ...

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the scalars of y."""
        ...

    @property
    def initial(self) -> Callable[..., Any]:
        """From u (n_u,) to x (n_x,)."""
        ...

    @property
    def step(self) -> Callable[..., Any]:
        """From x (n_x,) and u (n_u,) to the next x (n_x,), and y (n_y,) of this instant."""
        ...

    @property
    def neutral(self) -> Mapping[str, float]:
        """Inputs and the values at which part of the step falls away; may be empty."""
        ...


def emit(program: Program) -> str:
    """The program in C: `up_initial`, `up_step`, `up_advance` and their sizes.

    `up_step` writes no state that equals the state before it: the caller has it already.
    `up_advance` is the same step without its outputs, for instants that nobody asks about.

    If the program names neutral inputs, both come a second time, as `up_step_neutral` and
    `up_advance_neutral`, for draws that have the neutral values: these are numbers there, so what
    they decide is decided, and what nobody needs then is left out. The results are the same.

    Raises:
        EngineError: a primitive is not in the closed list, numbers are not doubles, a function
            gives another number of values than it has names, or a neutral input does not exist.
    """
    neutral = _neutral(program)
    n_u, n_x, n_y = len(program.inputs), len(program.state), len(program.outputs)
    sizes = f"enum {{ UP_INPUTS = {n_u}, UP_STATE = {n_x}, UP_OUTPUTS = {n_y} }};"
    graph, stores = _traced("up_initial", program.initial, {"u": n_u}, {"x": n_x})
    initial = _function("up_initial", ["u"], ["x"], graph, stores)
    steps = _steps(program)
    if neutral:
        steps += [*_steps(program, neutral, "_neutral"), _table(neutral)]
    return "\n\n".join([sizes, initial, *steps]) + "\n"


def _neutral(program: Program) -> dict[int, float]:
    """Places of the neutral inputs, and their values."""
    place = {name: i for i, name in enumerate(program.inputs)}
    for name, value in program.neutral.items():
        if name not in place:
            raise EngineError(f"Neutral input {show(name)} does not exist.")
        if not math.isfinite(value):
            raise EngineError(f"Neutral input {show(name)} is {value}, not a number to hold.")
    return {place[name]: float(value) for name, value in program.neutral.items()}


def _table(neutral: Mapping[int, float]) -> str:
    """The neutral inputs in C: `UP_NEUTRAL` of them, which, and their values."""
    which = ", ".join(str(i) for i in neutral)
    values = ", ".join(repr(value) for value in neutral.values())
    lines = [
        f"#define UP_NEUTRAL {len(neutral)}",
        f"static const int up_neutral_input[] = {{{which}}};",
        f"static const double up_neutral_value[] = {{{values}}};",
    ]
    return "\n".join(lines)


def _steps(
    program: Program, held: Mapping[int, float] = MappingProxyType({}), suffix: str = ""
) -> list[str]:
    """The step in C with its outputs and without, some inputs held at values known beforehand."""
    reads = {"x": len(program.state), "u": len(program.inputs)}
    writes = {"xn": len(program.state), "y": len(program.outputs)}
    fixed = {f"u[{i}]": value for i, value in held.items()}
    name = "up_step" + suffix
    graph, stores = _traced(name, program.step, reads, writes, fixed)
    stores = {to: term for to, term in stores.items() if term.text != to.replace("xn[", "x[")}
    state = {to: term for to, term in stores.items() if to.startswith("xn[")}
    return [
        _function(name, ["x", "u"], ["xn", "y"], graph, stores),
        _function("up_advance" + suffix, ["x", "u"], ["xn"], graph, state),
    ]


def _traced(
    name: str,
    function: Callable[..., Any],
    reads: Mapping[str, int],
    writes: Mapping[str, int],
    fixed: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Graph, dict[str, Term]]:
    """The scalars of a JAX function of vectors, and which of them goes where in C.

    Args:
        fixed: numbers that are known beforehand, by the C expression that would read them.
    """
    graph = Graph()

    def scalar(text: str) -> Term:
        return graph.constant(fixed[text], "f") if text in fixed else graph.load(text)

    with jax.enable_x64(True):
        closed = jax.make_jaxpr(function)(*(np.zeros(n) for n in reads.values()))
        arguments = [
            np.array([scalar(f"{array}[{i}]") for i in range(n)], dtype=object)
            for array, n in reads.items()
        ]
        results = _walk(closed, arguments, graph)
    shapes = [r.shape for r in results]
    if shapes != [(n,) for n in writes.values()]:
        raise EngineError(f"{name} gives arrays of shapes {shapes}, names are {dict(writes)}.")
    stores = {
        f"{array}[{i}]": term
        for array, terms in zip(writes, results, strict=True)
        for i, term in enumerate(terms)
    }
    if any(term.kind != "f" for term in stores.values()):
        raise EngineError(f"{name} gives numbers that are not doubles.")
    return graph, stores


def _function(
    name: str,
    reads: Sequence[str],
    writes: Sequence[str],
    graph: Graph,
    stores: Mapping[str, Term],
) -> str:
    """A C function that computes terms and stores them."""
    parameters = [f"const up_pair *restrict {a}" for a in reads]
    parameters += [f"up_pair *restrict {a}" for a in writes]
    body = statements(graph.terms, list(stores.values()))
    body += [f"    {to} = {written(term)};" for to, term in stores.items()]
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
        kind_of(variable.aval.dtype)
    if name in ELEMENTWISE:
        rule = ELEMENTWISE[name]
        return [each(lambda *terms: rule(graph, parameters, *terms), *arguments)]
    if name in ARRAYS:
        result = ARRAYS[name](graph, parameters, *arguments)
        return result if isinstance(result, list) else [result]
    raise NotInListError(f"the engine has no rule for the primitive '{name}'")


def _where(equation: Any) -> str:
    """File, line and function of the equation's source, as far as JAX knows them."""
    frame = source_info_util.user_frame(equation.source_info.traceback)
    if frame is None:
        return "an equation of unknown source"
    file = "/".join(PurePath(frame.file_name).parts[-2:])
    return f"{file}, line {frame.start_line}, in {frame.function_name}"


def _constants(value: Any, graph: Graph) -> Terms:
    array = np.asarray(value)
    kind = "f" if array.dtype.kind == "f" else kind_of(array.dtype)
    return each(lambda v: graph.constant(v, kind), array.astype(object))


def _moved(name: str) -> Callable[..., Terms]:
    """Gather and scatter with known indices: JAX itself moves the places of the numbers."""
    primitive = {"gather": jax.lax.gather_p, "scatter": jax.lax.scatter_p}[name]

    def rule(_: Graph, parameters: Any, array: Terms, indices: Terms, *updates: Terms) -> Terms:
        pool = np.concatenate([array.ravel(), *(u.ravel() for u in updates)])
        places = np.arange(array.size).reshape(array.shape)
        more = [array.size + np.arange(u.size).reshape(u.shape) for u in updates]
        result = np.asarray(primitive.bind(places, known(indices), *more, **parameters))
        if result.size and (result.min() < 0 or result.max() >= pool.size):
            raise NotInListError(f"'{name}' reaches outside its array")
        moved: Terms = pool[result]
        return moved

    return rule


ARRAYS = WHOLE | {"gather": _moved("gather"), "scatter": _moved("scatter")}

CALLS = {
    "jit",
    "pjit",
    "closed_call",
    "core_call",
    "custom_jvp_call",
    "custom_vjp_call",
    "custom_vjp_call_jaxpr",
    "remat",
    "remat2",
    "checkpoint",
}
"""Taken in line."""

"""Each primitive of the closed list gives what JAX gives; all else is refused by name and line.

All cases are outputs of one program, compiled once: case `name` is a function of two vectors.
"""

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from upriver.core.errors import EngineError
from upriver.engine.build import build
from upriver.engine.emit import ARRAYS, emit
from upriver.engine.rules import ELEMENTWISE
from upriver.engine.run import Engine

from .conftest import Program

N = 6
"""Numbers in each of the vectors a and b."""


def _table(a: Any) -> Any:
    return a.reshape(2, 3)


@jax.custom_jvp
def _custom(a: Any) -> Any:
    return a * 2.0


_custom.defjvp(lambda primals, tangents: (_custom(*primals), tangents[0]))

CASES: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a, b: -a,
    "max": jnp.maximum,
    "min": jnp.minimum,
    "abs": lambda a, b: jnp.abs(a),
    "sqrt": lambda a, b: jnp.sqrt(a),
    "floor": lambda a, b: jnp.floor(a),
    "ceil": lambda a, b: jnp.ceil(a),
    "sign": lambda a, b: jnp.sign(a),
    "exp": lambda a, b: jnp.exp(a),
    "log": lambda a, b: jnp.log(a),
    "log1p": lambda a, b: jnp.log1p(a),
    "expm1": lambda a, b: jnp.expm1(a),
    "tanh": lambda a, b: jnp.tanh(a),
    "erf": lambda a, b: lax.erf(a),
    "erfc": lambda a, b: lax.erfc(a),
    "logistic": lambda a, b: jax.nn.sigmoid(a),
    "pow": lambda a, b: lax.pow(a, b),
    "pow of an integer": lambda a, b: lax.pow(a, jnp.arange(6)),
    "integer_pow": lambda a, b: jnp.stack([a[0] ** 3, a[1] ** 7, a[2] ** -2, a[3] ** 0, a[4] ** 4]),
    "square": lambda a, b: jnp.square(a),
    "is_finite": lambda a, b: jnp.isfinite(a),
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "and": lambda a, b: (a > 0) & (b > 0),
    "or": lambda a, b: (a > 0) | (b > 0),
    "not": lambda a, b: ~(a > 0),
    "select_n": lambda a, b: jnp.where(a > b, a, b),
    "select_n of one truth": lambda a, b: lax.select_n(a[0] > 0, a, b),
    "select_n of three": lambda a, b: lax.select_n(jnp.array([0, 1, 2, 2, 1, 0]), a, b, a * b),
    "clamp": lambda a, b: lax.clamp(-1.0, a, 2.0),
    "clamp by numbers": lambda a, b: lax.clamp(b, a, b + 1),
    "convert_element_type": lambda a, b: (a > 0) + jnp.clip(b, -5, 5).astype(int) * 2,
    "stop_gradient": lambda a, b: lax.stop_gradient(a),
    "copy": lambda a, b: jnp.copy(a),
    "copy_p": lambda a, b: lax.copy_p.bind(a),
    "reduce_sum": lambda a, b: jnp.concatenate([_table(a).sum(0), _table(a).sum(1), a.sum()[None]]),
    "reduce_prod": lambda a, b: jnp.append(jnp.prod(a), jnp.prod(_table(a), 1)),
    "reduce_max": lambda a, b: jnp.append(jnp.max(a), jnp.max(_table(a), 0)),
    "reduce_min": lambda a, b: jnp.append(jnp.min(a), jnp.min(_table(a), 1)),
    "reduce_and": lambda a, b: jnp.all(_table(a) > 0, axis=0),
    "reduce_or": lambda a, b: jnp.any(_table(a) > 0, axis=1),
    "cumsum": lambda a, b: jnp.append(jnp.cumsum(a), lax.cumsum(_table(b), 1, reverse=True)),
    "dot_general": lambda a, b: jnp.append(_table(a) @ _table(b).T, a @ b),
    "dot_general in a batch": lambda a, b: jnp.einsum("bi,bi->b", _table(a), _table(b)),
    "broadcast_in_dim": lambda a, b: a[:3, None] * jnp.ones(2) + b[None, :2],
    "reshape": lambda a, b: a.reshape(3, 2).reshape(-1),
    "squeeze": lambda a, b: jnp.squeeze(a[None, :, None]),
    "expand_dims": lambda a, b: jnp.expand_dims(a, 1),
    "transpose": lambda a, b: _table(a).T,
    "rev": lambda a, b: a[::-1],
    "concatenate": lambda a, b: jnp.concatenate([b, a]),
    "stack": lambda a, b: jnp.stack([a[:2], b[:2]], axis=1),
    "split": lambda a, b: jnp.concatenate(jnp.split(a, [1, 3])[::-1]),
    "slice": lambda a, b: jnp.append(a[1:5:2], _table(b)[1, 1:]),
    "dynamic_slice": lambda a, b: lax.dynamic_slice(a, (5,), (3,)),
    "gather": lambda a, b: jnp.append(a[jnp.array([4, 0, -1])], _table(b)[jnp.array([1, 0]), 1]),
    "scatter": lambda a, b: a.at[jnp.array([1, 4])].set(b[:2]),
    "iota": lambda a, b: a + lax.iota(jnp.float64, 6) + lax.broadcasted_iota(int, (2, 6), 1)[1],
    "calls": lambda a, b: jax.jit(_custom)(a) + jax.checkpoint(jnp.tanh)(b),
    "constants": lambda a, b: a + jnp.array([0.1, -0.0, np.inf, -np.inf, np.nan, 1e-310]),
    "known beforehand": lambda a, b: (
        jnp.array([0.1, 0.0, -0.0, np.nan]) / jnp.array([3.0, 0.0, 1.0, 1.0]) * (2 > 1)
    ),
    "nothing to do": lambda a, b: -(-(a * 1.0 + (-0.0) - 0.0) / 1.0),
}

NAN, INF = np.nan, np.inf
SPECIAL = [0.0, -0.0, 1.0, -1.0, INF, -INF, NAN, 0.5, -2.5, 3.0, 1e-300, 700.0]
PAIRS = np.array([(a, b) for a in SPECIAL for b in SPECIAL])
ORDINARY = np.random.default_rng(2).normal(scale=3, size=(60, 2))
ROWS = np.concatenate([PAIRS, ORDINARY]).reshape(-1, N, 2)
POINTS = np.concatenate([ROWS[..., 0], ROWS[..., 1]], axis=1)
"""Shape (points, 2 N): special numbers in all pairs, then ordinary ones."""


def _double(case: str) -> Callable[[Any], Any]:
    return lambda u: jnp.ravel(CASES[case](u[:N], u[N:])).astype(jnp.float64)


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each case, what the engine and what JAX give at all points."""
    with jax.enable_x64(True):
        theirs = {c: np.asarray(jax.jit(jax.vmap(_double(c)))(POINTS)) for c in CASES}
    names = [f"{c}[{i}]" for c in CASES for i in range(theirs[c].shape[1])]

    # The numbers come in through the state: inputs must be finite.
    def step(x: Any, u: Any) -> tuple[Any, Any]:
        return x, jnp.concatenate([_double(c)(x) for c in CASES])

    state = tuple(f"x{i}" for i in range(2 * N))
    program = Program(("unused",), state, tuple(names), lambda u: jnp.zeros(2 * N) + u, step)
    engine = Engine.of(*build(program))
    ours = engine.run(
        {"unused": np.zeros((1, 1))}, outputs=names, instants=[0], last_step=0, state=POINTS
    )[..., 0]
    places = np.cumsum([0] + [theirs[c].shape[1] for c in CASES])
    return {
        c: (ours[:, i:j], theirs[c]) for c, i, j in zip(CASES, places, places[1:], strict=False)
    }


NO_SIGN_OF_ZERO = {"reduce_sum", "dot_general", "dot_general in a batch", "cumsum"}
"""Sums start from zero here; JAX starts some of them from the first number."""


@pytest.mark.parametrize("case", CASES)
def test_the_engine_gives_what_jax_gives(results, case):
    ours, theirs = results[case]
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=1e-14, atol=1e-305)
    if case not in NO_SIGN_OF_ZERO:
        zero = (ours == 0) & (theirs == 0)
        np.testing.assert_array_equal(np.signbit(ours[zero]), np.signbit(theirs[zero]))


def test_every_rule_has_a_case():
    assert {*ELEMENTWISE, *ARRAYS} <= set(CASES)


def _program(step: Callable[..., Any]) -> Program:
    return Program(("u",), ("x",), ("y",), lambda u: u, step)


def _sine(x: Any, u: Any) -> Any:
    return x, jnp.sin(x)


def test_a_primitive_outside_the_list_is_refused_by_name_file_and_line():
    line = inspect.getsourcelines(_sine)[1] + 1
    with pytest.raises(EngineError) as error:
        emit(_program(_sine))
    assert f"engine/test_emit.py, line {line}, in _sine" in str(error.value)
    assert "'sin'" in str(error.value)


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (lambda x, u: (x, x.astype(jnp.float32).astype(float)), "no float32"),
        (lambda x, u: (x, x[(u[0] > 0).astype(int)][None]), "fixed indices"),
        (lambda x, u: (x, lax.scan(lambda c, _: (c + 1, None), x, length=3)[0]), "'scan'"),
        (lambda x, u: (x, jnp.zeros(2)), "shapes"),
        (lambda x, u: (x, x > 0), "not doubles"),
        (lambda x, u: (x, jnp.ones(3).astype(int)[:1] // x.astype(int)), "int"),
    ],
)
def test_what_the_engine_cannot_do_is_refused(step, says):
    with pytest.raises(EngineError, match=says):
        emit(_program(step))


def test_the_same_operation_is_written_once_and_dead_code_is_not():
    def step(x: Any, u: Any) -> Any:
        unused = jnp.exp(u) * 7.0
        return x, jnp.exp(x) * jnp.exp(x) + 0.0 * (unused is None)

    body = emit(_program(step)).partition("up_step")[2]
    assert body.count("up_exp(") == 1
    assert "7.0" not in body


def test_a_state_that_stays_is_not_written():
    body = emit(_program(lambda x, u: (x, x + u))).partition("up_step")[2]
    assert "xn[0]" not in body


@pytest.mark.parametrize("doubles", [True, False])
def test_jax_precision_stays_as_it_was(doubles):
    with jax.enable_x64(doubles):
        text = emit(_program(lambda x, u: (x, x / 3.0)))
        assert jax.config.jax_enable_x64 is doubles
    assert "/ UP_PAIR(3.0)" in text

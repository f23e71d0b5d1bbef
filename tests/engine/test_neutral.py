"""Claims about the step without the parts that neutral inputs switch off.

It is faster and the same to the bit, and runs only where both draws of a pair have these inputs.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from upriver.core.errors import EngineError
from upriver.engine.build import build
from upriver.engine.compiler import compiled
from upriver.engine.emit import emit
from upriver.engine.run import Engine

from .conftest import SIR, Program
from .test_emit import CASES, POINTS, N

LAST = 12


def _step(x: Any, u: Any) -> tuple[Any, Any]:
    """A stock that leaks; what is `included` adds to it, tells of it, and is remembered."""
    included, risk, rate = u
    stock, memory = x
    on = included != 0
    leaking = stock * jnp.where(risk != 1, jnp.exp(-risk), rate)
    adding = jnp.where(on, jnp.tanh(memory) + included, 0.0)
    later = jnp.where(on, memory + stock / 8, memory)
    told = jnp.stack([leaking, adding, jnp.where(on, memory, 7.0)])
    return jnp.stack([stock + (jnp.where(on, adding, 0.0) - leaking) / 16, later]), told


LEAK = Program(
    inputs=("included", "risk", "rate"),
    state=("stock", "memory"),
    outputs=("leaking", "adding", "remembered"),
    initial=lambda u: jnp.stack([u[2] * 100, jnp.float64(0.25)]),
    step=_step,
    neutral={"included": 0.0, "risk": 1.0},
)
NAMES = (*LEAK.outputs, *LEAK.state)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(*build(LEAK))


@pytest.fixture(scope="module")
def marked() -> Engine:
    """An engine whose step for neutral draws says so: it tells 8 where it should tell 7."""
    before, name, after = emit(LEAK).partition("void up_step_neutral(")
    assert after.count("y[2] = UP_PAIR(7.0)") == 1
    wasm = compiled(before + name + after.replace("UP_PAIR(7.0)", "UP_PAIR(8.0)"))
    manifest = build(LEAK)[1] | {"wasm_sha256": hashlib.sha256(wasm).hexdigest()}
    return Engine.of(wasm, manifest)


def _run(engine: Engine, columns: Mapping[str, Any], **more: Any) -> Any:
    shaped = {name: np.atleast_2d(np.asarray(c, float)) for name, c in columns.items()}
    more = {"outputs": NAMES, "instants": range(LAST + 1), "last_step": LAST} | more
    return engine.run(shaped, **more)


def _by_draw(*values: float) -> list[list[float]]:
    return [[value] for value in values]


def _body(text: str, function: str) -> str:
    return text.partition(f"void {function}(")[2].partition("\n}")[0]


ALONE = {"included": 0, "risk": 1, "rate": 0.3}


def test_a_draw_is_the_same_alone_and_beside_one_that_is_not_neutral(engine):
    alone = _run(engine, ALONE)[0]
    for included, risk in [((0, 1), 1), ((1, 0), 1), (0, (1, 3)), ((0, 2), (1, 0.5))]:
        beside = {"included": included, "risk": risk, "rate": 0.3}
        beside = {k: _by_draw(*v) if isinstance(v, tuple) else v for k, v in beside.items()}
        pair = _run(engine, beside)
        mine = 1 if included == (1, 0) else 0
        assert pair[mine].tobytes() == alone.tobytes()
        assert pair[1 - mine].tobytes() != alone.tobytes()


def test_which_step_runs_changes_no_number_of_a_run_in_pieces(engine):
    whole, end = _run(engine, ALONE, return_state=True)
    path = ALONE | {"included": np.zeros(LAST + 1)}
    general, other = _run(engine, path, return_state=True)
    assert whole.tobytes() == general.tobytes()
    assert end.tobytes() == other.tobytes()
    _, middle = _run(engine, path, instants=[5], last_step=5, return_state=True)
    rest = _run(engine, ALONE, first_step=5, instants=range(5, LAST + 1), state=middle)
    assert rest.tobytes() == np.ascontiguousarray(whole[:, :, 5:]).tobytes()


@pytest.mark.parametrize("last", [0, 1, 2, 3])
def test_a_state_that_only_the_full_step_changes_stays_right_in_a_neutral_run(engine, last):
    """Whichever of its two buffers the run ends in, and whoever ran before."""
    for _ in range(2):
        _run(engine, {"included": 1, "risk": 3, "rate": 0.9})
        told, end = _run(engine, ALONE, instants=[last], last_step=last, return_state=True)
        assert end[0, 1] == told[0, NAMES.index("memory"), 0] == 0.25
        started = _run(engine, ALONE, instants=[last], last_step=last, state=np.array([5.0, 0.75]))
        assert started[0, NAMES.index("memory"), 0] == 0.75


def test_an_output_that_is_one_number_is_told(engine):
    _run(engine, {"included": 1, "risk": 1, "rate": 0.3})
    told = _run(engine, ALONE)[0]
    assert (told[NAMES.index("adding")] == 0).all()
    assert (told[NAMES.index("remembered")] == 7).all()


@pytest.mark.parametrize(
    ("columns", "without"),
    [
        (ALONE, [True]),
        (ALONE | {"rate": _by_draw(0.1, 0.2, 0.3)}, [True] * 3),
        (ALONE | {"rate": np.linspace(0.1, 0.2, LAST + 1)}, [True]),
        (ALONE | {"included": _by_draw(0, 0, 0)}, [True] * 3),
        (ALONE | {"included": _by_draw(0, 0, 1, 0, 0)}, [True, True, False, False, True]),
        (ALONE | {"risk": _by_draw(1, 3, 1)}, [False, False, True]),
        (ALONE | {"risk": 1 + 1e-15}, [False]),
        (ALONE | {"included": -0.0}, [False]),
        (ALONE | {"included": np.zeros(LAST + 1)}, [False]),
    ],
)
def test_parts_are_left_out_where_both_draws_of_a_pair_stay_neutral(marked, columns, without):
    told = _run(marked, columns)[:, NAMES.index("remembered"), :]
    assert (told == 8).all(axis=1).tolist() == without


def test_what_nobody_needs_is_left_out():
    text = emit(LEAK)
    for function in ("up_step", "up_advance"):
        full, without = _body(text, function), _body(text, function + "_neutral")
        for part in ("up_exp(", "up_tanh(", "xn[1]", "u[0]", "u[1]"):
            assert part in full
            assert part not in without


def test_a_program_without_neutral_inputs_has_one_step():
    assert "neutral" not in emit(SIR).lower()
    assert build(SIR)[1]["neutral"] == {}


def test_the_manifest_names_neutral_inputs_and_values():
    assert build(LEAK)[1]["neutral"] == {"included": 0.0, "risk": 1.0}


@pytest.mark.parametrize(
    ("neutral", "says"),
    [({"include": 0.0}, "'include' does not exist"), ({"risk": np.nan}, "'risk' is nan")],
)
def test_neutral_inputs_exist_and_are_numbers(neutral, says):
    with pytest.raises(EngineError, match=says):
        emit(Program(LEAK.inputs, LEAK.state, LEAK.outputs, LEAK.initial, LEAK.step, neutral))


HELD = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 0.0, -0.0, 1.0, 1e-300, 700.0]
"""Held inputs a and b: all pairs of a place, of what folding must not get wrong."""

EDGES: dict[str, Callable[[Any, Any], Any]] = {
    "whole numbers": lambda a, b: (a * 1e300).astype(int).astype(float),
    "one truth known": lambda a, b: jnp.where((a > 0) | ((b > 0) & (a != 1)), a, b),
    "not not": lambda a, b: jnp.where(~~(b > a), a, b),
    "a bound": lambda a, b: jnp.maximum(jnp.minimum(a, b), -0.0),
    "powers": lambda a, b: jnp.concatenate([a**b, b**a, jnp.exp(b * jnp.log(jnp.abs(a)))]),
    "zero times": lambda a, b: a * (b - b) + (a - a) * b,
}


@pytest.mark.parametrize("place", range(2))
def test_what_is_known_beforehand_is_what_the_engine_computes(place):
    """Each operation on held inputs, on one of them and a state, and the other way round."""
    held = np.roll(HELD, 5 * place)

    def step(x: Any, u: Any) -> tuple[Any, Any]:
        pairs = [(u[:N], u[N:]), (x[:N], u[:N]), (u[N:], x[N:])]
        told = [jnp.ravel(case(a, b)).astype(float) for case in cases.values() for a, b in pairs]
        return x, jnp.concatenate(told)

    cases = CASES | EDGES
    inputs = tuple(f"u{i}" for i in range(2 * N))
    state = tuple(f"x{i}" for i in range(2 * N))
    count = len(step(jnp.ones(2 * N), jnp.ones(2 * N))[1])
    outputs = tuple(f"y{i}" for i in range(count))
    neutral = dict(zip(inputs, held, strict=True))
    engine = Engine.of(*build(Program(inputs, state, outputs, lambda u: u, step, neutral)))
    more = {"outputs": outputs, "instants": [0], "last_step": 0, "state": POINTS}
    without = _run(engine, neutral, **more)
    full = _run(engine, {name: [value, value] for name, value in neutral.items()}, **more)
    np.testing.assert_array_equal(np.isnan(without), np.isnan(full))
    number = ~np.isnan(full)
    assert without[number].tobytes() == full[number].tobytes()

"""Slopes of runs are those of JAX, for each operation and over a whole run."""

import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from upriver.core.errors import EngineError, StaleEngineError
from upriver.engine import backward, run, slopes
from upriver.engine.compiler import compiled
from upriver.engine.graph import Graph, WrongKindError
from upriver.engine.reverse import FLAT, RULES
from upriver.engine.reverse import slopes as slopes_of
from upriver.engine.run import load as load_engine
from upriver.engine.sandbox import module
from upriver.engine.slopes import Slopes

from .conftest import BASE, STEPS, Program
from .test_emit import CASES as VALUES

SAME = (
    "add", "sub", "mul", "div", "neg", "max", "min", "sqrt", "exp", "log", "log1p", "expm1", "tanh",
    "erf", "erfc", "pow",
)  # fmt: skip
"""As their values are tried; of two numbers here."""

CASES = {name: VALUES[name] for name in SAME} | {
    "abs": lambda a, b: jnp.abs(a - 1.0),
    "choose": lambda a, b: jnp.where(a > b, a * b, b),
    "floor": lambda a, b: jnp.floor(3 * a) + jnp.ceil(b) + jnp.sign(a - b),
    "to_f": lambda a, b: (a > b).astype(float) * a,
    "power of nothing": lambda a, b: lax.pow(a - a, b + 1.0),
}


def _outputs(x, u):
    return jnp.stack([case(u[0], u[1]) for case in CASES.values()])


EACH = Program(
    inputs=("a", "b"),
    state=("still",),
    outputs=tuple(CASES),
    initial=lambda u: u[:1] * u[1],
    step=lambda x, u: (x, _outputs(x, u)),
)


def of(program, engine):
    return Slopes(engine, module(compiled(backward.source(program))))


@pytest.fixture(scope="module")
def sir_slopes(sir, engine):
    return of(sir, engine)


def test_each_operation_has_the_slope_that_jax_gives():
    from upriver.engine.build import build
    from upriver.engine.run import Engine

    made = of(EACH, Engine.of(*build(EACH)))
    generator = np.random.default_rng(3)
    a, b = generator.uniform(0.2, 2.0, (2, 30, 1))
    for name in CASES:
        weights = {name: np.array([[1.0], [0.5]] * 15)}
        found = made.of({"a": a, "b": b}, weights, constant=["a", "b"]).constant
        with jax.enable_x64(True):
            slope = jax.vmap(jax.grad(lambda u, case=CASES[name]: case(u[0], u[1])))
            expected = np.asarray(slope(jnp.concatenate([a, b], axis=1)))
        for i, path in enumerate("ab"):
            wanted = weights[name][:, 0] * expected[:, i]
            assert found[path] == pytest.approx(wanted, rel=1e-12, abs=1e-12), name


def test_every_rule_is_tried():
    tried = {"max", "min", *CASES}
    assert set(RULES) <= tried
    assert {one.partition("_from")[0] for one in FLAT} <= {*tried, "ceil", "sign"}


def test_the_start_and_the_state_have_slopes(sir_slopes, sir):
    """Of all inputs, over all steps, by step too; as JAX has them."""
    generator = np.random.default_rng(5)
    n = 53  # more than a batch, and odd
    columns = {name: value * generator.uniform(0.8, 1.2, (n, 1)) for name, value in BASE.items()}
    columns["contact"] = columns["contact"] * generator.uniform(0.9, 1.1, (n, STEPS + 1))
    names = ("deaths", "falling[old]", "well[young]", "hazard_at_start")
    weights = {name: generator.standard_normal((n, STEPS + 1)) for name in names}
    found = sir_slopes.of(columns, weights, constant=[*sir.inputs], by_step=["contact"])
    place = {name: i for i, name in enumerate((*sir.outputs, *sir.state))}

    def total(given, weighted):
        wide = jnp.stack([jnp.broadcast_to(one, STEPS + 1) for one in given])
        x = sir.initial(wide[:, 0])
        seen = []
        for k in range(STEPS + 1):
            now = x
            x, y = sir.step(x, wide[:, k])
            seen.append(jnp.concatenate([y, now]))
        chosen = jnp.stack(seen, axis=1)[jnp.array([place[name] for name in names])]
        return jnp.sum(chosen * weighted)

    with jax.enable_x64(True):
        slope = jax.jit(jax.grad(total))
        for d in (0, 1, 52):
            given = [jnp.asarray(columns[name][d]) for name in sir.inputs]
            expected = slope(given, jnp.stack([weights[name][d] for name in names]))
            for name, one in zip(sir.inputs, expected, strict=True):
                assert found.constant[name][d] == pytest.approx(float(one.sum()), rel=1e-9)
            assert found.by_step["contact"][d] == pytest.approx(np.asarray(expected[0]), rel=1e-8)


def test_an_operation_without_a_slope_is_refused():
    graph = Graph()
    x = graph.load("x")
    unknown = graph.apply("floor", x)
    object.__setattr__(unknown, "op", "gamma")
    with pytest.raises(WrongKindError, match="gamma has no slope"):
        slopes_of(graph, [(unknown, graph.constant(1.0, "f"))], [x])


def test_slopes_of_other_equations_are_refused(tmp_path, monkeypatch):
    load_engine()
    shipped = Path(run.__file__).parents[1] / "data"
    inner = tmp_path / "upriver" / "engine"
    inner.mkdir(parents=True)
    data = tmp_path / "upriver" / "data"
    data.mkdir()
    monkeypatch.setattr(run, "__file__", str(inner / "run.py"))
    fresh = slopes.load.__wrapped__
    with pytest.raises(EngineError, match="are missing"):
        fresh()
    (data / "slopes.wasm").write_bytes((shipped / "slopes.wasm").read_bytes())
    manifest = json.loads((shipped / "slopes.json").read_text())
    assert manifest["engine_sha256"] == load_engine().manifest["wasm_sha256"]
    (data / "slopes.json").write_text(json.dumps(manifest | {"engine_sha256": "0"}))
    with pytest.raises(StaleEngineError, match="other equations"):
        fresh()
    (data / "slopes.json").write_text(json.dumps(manifest | {"slopes_digest": "0"}))
    with pytest.raises(StaleEngineError, match="older than their source"):
        fresh()
    (data / "slopes.json").write_text(json.dumps(manifest | {"wasm_sha256": "0"}))
    with pytest.raises(EngineError, match="damaged"):
        fresh()


def test_weights_and_columns_of_other_numbers_of_draws_are_refused(sir_slopes):
    columns = {name: np.full((3, 1), value) for name, value in BASE.items()}
    with pytest.raises(EngineError, match="Weights have 2 draws, the columns have 3"):
        sir_slopes.of(columns, {"deaths": np.ones((2, 5))}, constant=["hazard"])


def test_bad_weights_and_names_are_refused_and_whole_numbers_are_numbers(sir_slopes):
    columns = {name: np.full((3, 1), value) for name, value in BASE.items()}
    weights = np.array([[1, 2, 0, 3, 1]] * 3)
    whole = sir_slopes.of(columns, {"deaths": weights}, constant=["hazard"])
    exact = sir_slopes.of(columns, {"deaths": weights.astype(float)}, constant=["hazard"])
    assert (whole.constant["hazard"] == exact.constant["hazard"]).all()
    for wrong in ({}, {"deaths": np.ones(5)}, {"deaths": weights, "ill[old]": weights[:, 1:]}):
        with pytest.raises(EngineError, match="Weights are of one shape"):
            sir_slopes.of(columns, wrong, constant=["hazard"])
    with pytest.raises(EngineError, match=r"Output 'death' does not exist. Did you mean 'deaths'"):
        sir_slopes.of(columns, {"death": weights}, constant=["hazard"])
    with pytest.raises(EngineError, match=r"Input 'hazrd' does not exist. Did you mean 'hazard'"):
        sir_slopes.of(columns, {"deaths": weights}, constant=["hazrd"])


@pytest.mark.parametrize("draws", [1, 60, 61, 130])
def test_batches_are_as_many_for_each_thread(draws):
    """Pairs run at once, so that a batch holds an even number; what it holds changes no slope."""
    size = run.batch_of(draws, slopes.DRAWS_A_BATCH, 2)
    assert size <= slopes.DRAWS_A_BATCH
    batches = -(-draws // size)
    assert draws == 1 or batches % 2 == 0
    assert size % 2 == 0

"""One small program, compiled once a session: people fall ill and recover, in two groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from upriver.engine.build import build
from upriver.engine.run import Engine

STEPS = 40
GROUPS = ("young", "old")


@dataclass(frozen=True)
class Program:
    """As `system.step.Program`."""

    inputs: tuple[str, ...]
    state: tuple[str, ...]
    outputs: tuple[str, ...]
    initial: Callable[..., Any]
    step: Callable[..., Any]
    neutral: Mapping[str, float] = field(default_factory=dict)


def _rows(name: str) -> tuple[str, ...]:
    return tuple(f"{name}[{group}]" for group in GROUPS)


def _initial(u):
    ill = u[2:4]
    well = jnp.array([900.0, 400.0]) - ill
    return jnp.concatenate([well, ill, jnp.zeros(2), jnp.zeros(1), u[4:5]])


def _step(x, u):
    contact, recovery, hazard = u[0], u[1], u[4]
    well, ill, recovered, counter = x[0:2], x[2:4], x[4:6], x[6]
    mixing = jnp.array([[1.0, 0.3], [0.3, 0.5]])
    force = contact * (mixing @ ill) / jnp.sum(x[:6])
    falling = well * (1 - jnp.exp(-force))
    recovering = ill * recovery * jnp.where(ill > 1.0, 1.0, jnp.sqrt(jnp.maximum(ill, 0.0)))
    dying = jnp.minimum(hazard * ill, ill)
    later = [well - falling / 4, ill + (falling - recovering - dying) / 4]
    later += [recovered + recovering / 4, (counter + jnp.sum(dying) / 4)[None], x[7:8]]
    return jnp.concatenate(later), jnp.concatenate([falling, recovering, jnp.sum(dying)[None]])


SIR = Program(
    inputs=("contact", "recovery", *_rows("ill_at_start"), "hazard"),
    state=(*_rows("well"), *_rows("ill"), *_rows("recovered"), "deaths_counter", "hazard_at_start"),
    outputs=(*_rows("falling"), *_rows("recovering"), "deaths"),
    initial=_initial,
    step=_step,
)

BASE = {
    "contact": 1.9,
    "recovery": 0.6,
    "ill_at_start[young]": 9.0,
    "ill_at_start[old]": 3.0,
    "hazard": 0.02,
}


@pytest.fixture(scope="session")
def sir() -> Program:
    return SIR


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.of(*build(SIR))


@pytest.fixture
def columns() -> dict[str, np.ndarray]:
    return {name: np.full((1, 1), value) for name, value in BASE.items()}


@pytest.fixture(scope="session")
def varied() -> dict[str, np.ndarray]:
    """150 draws; constant, a path, by draw, and a path by draw."""
    rng = np.random.default_rng(1)
    columns = {name: np.full((1, 1), value) for name, value in BASE.items()}
    columns["contact"] = rng.uniform(1, 3, (150, STEPS + 1))
    columns["recovery"] = np.linspace(0.4, 0.8, STEPS + 1)[None]
    columns["hazard"] = rng.uniform(0.01, 0.1, (150, 1))
    return columns


@pytest.fixture(scope="session")
def by_jax() -> Callable[..., np.ndarray]:
    """All outputs, then all states, of one draw at every step by a plain loop: [name, step]."""

    def loop(program: Program, columns: dict[str, np.ndarray], draw: int) -> np.ndarray:
        with jax.enable_x64(True):
            step = jax.jit(program.step)

            def inputs(k: int) -> np.ndarray:
                chosen = [columns[name] for name in program.inputs]
                rows = [c[draw if len(c) > 1 else 0] for c in chosen]
                return np.array([r[k if len(r) > 1 else 0] for r in rows])

            x, told = np.asarray(program.initial(inputs(0))), []
            for k in range(STEPS + 1):
                later, y = step(x, inputs(k))
                told.append(np.concatenate([y, x]))
                x = np.asarray(later)
        return np.array(told).T

    return loop


ROOT = Path(__file__).parents[2]

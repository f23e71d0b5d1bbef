"""One run by JAX beside one by the compiled engine, by turns: a process of its own.

    python -m upriver.engine.by_jax 9

prints the time of JAX over the engine's, a number a round, as JSON. JAX is a development dependency
and takes seconds to import and to compile, which do not count; no command imports it, and `upriver
verify --speed` starts this where JAX is installed.
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np

from upriver.core.pairs import Call, ratios
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.system.counters import counter
from upriver.system.step import program
from upriver.system.tabulate import tabulate
from upriver.system.world import PUBLISHED, World

DEATHS = "people.overdose.deaths"


def pair() -> tuple[Call, Call]:
    """The published model to the deaths of all its years, one run: by JAX, and by the engine."""
    model, engine = program(), load()
    columns = tabulate(World.named(PUBLISHED)).columns
    wide = [np.broadcast_to(columns[name], (1, STEPS + 1))[0, :STEPS] for name in model.inputs]
    inputs = jnp.array(np.stack(wide, axis=1))
    at = model.state.index(counter(DEATHS))

    def step(state: jax.Array, given: jax.Array) -> tuple[jax.Array, None]:
        return model.step(state, given)[0], None

    def deaths(given: jax.Array) -> jax.Array:
        return jax.lax.scan(step, model.initial(given[0]), given)[0][at]

    compiled = jax.jit(deaths).lower(inputs).compile()
    kept = [counter(DEATHS)]

    def by_engine() -> float:
        return float(engine.run(columns, outputs=kept, instants=[STEPS])[0, 0, 0])

    def by_jax() -> float:
        return float(compiled(inputs))

    if not np.isclose(by_jax(), by_engine(), rtol=1e-10):
        raise SystemExit("JAX and the compiled engine do not agree.")
    return by_jax, by_engine


def main(rounds: int) -> None:
    """Print the ratios."""
    with jax.enable_x64(True), jax.default_device(jax.devices("cpu")[0]):
        print(json.dumps(list(ratios(*pair(), rounds, warm=3))))


if __name__ == "__main__":
    main(int(sys.argv[1]))

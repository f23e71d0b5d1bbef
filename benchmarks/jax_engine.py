"""The equations by JAX, compiled, double precision: one run, and a gradient by all parameters.

python benchmarks/jax_engine.py
python benchmarks/jax_engine.py whole    the same of the whole system
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from measure import machine, row, seconds

from upriver.core.time import STEPS
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter
from upriver.system.step import program

DEATHS = counter("people.overdose.deaths")
"""The state counts deaths, so that a run to their total need keep no outputs."""

KINKS = ("supply.shock.clock", "supply.shock.start", "supply.shock.years", "supply.shock.onset")
"""Dates that fall on an instant in the base run, where there are two slopes, one to each side."""


def main() -> None:
    """Measure and print a table with the goal beside each figure."""
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_platforms", "cpu")
    print(f"{machine()}; JAX {jax.__version__}")
    world = (sys.argv[1:] or ["reference"])[0]
    model, base = program(), table(Scenario(title="base run", world=world))
    names = model.inputs
    varies = np.array([base.columns[name].shape[1] > 1 for name in names])
    columns = jnp.array(np.stack([base.wide(name)[0, :STEPS] for name in names], axis=1))
    deaths_at = model.state.index(DEATHS)

    @jax.checkpoint
    def step(x: jax.Array, u: jax.Array) -> tuple[jax.Array, None]:
        """One step without outputs; what a gradient needs of it is computed again, not kept."""
        return model.step(x, u)[0], None

    def deaths(scale: jax.Array) -> jax.Array:
        """Deaths of the whole period, every parameter times its scale."""
        inputs = columns * scale
        return jax.lax.scan(step, model.initial(inputs[0]), inputs)[0][deaths_at]

    def outputs(inputs: jax.Array) -> jax.Array:
        """All outputs at all instants."""
        return jax.lax.scan(model.step, model.initial(inputs[0]), inputs)[1]

    ones = jnp.ones(len(names))
    run, run_s = compiled(outputs, columns)
    total, total_s = compiled(deaths, ones)
    gradient, gradient_s = compiled(jax.grad(deaths), ones)
    print(row("compile one run", f"{run_s:.1f} s"))
    print(row("compile one run to its total deaths", f"{total_s:.1f} s"))
    print(row("compile its gradient", f"{gradient_s:.1f} s"))
    one = seconds(lambda: run(columns).block_until_ready(), 50, warm=3)
    alone = seconds(lambda: total(ones).block_until_ready(), 50, warm=3)
    back = seconds(lambda: gradient(ones).block_until_ready(), 30, warm=3)
    print(row("one run, all outputs", f"{one.wall * 1e3:.2f} ms", "<= 8 ms", one.wall <= 8e-3))
    print(row("  CPU time", f"{one.cpu * 1e3:.2f} ms"))
    print(row("one run, total deaths", f"{alone.wall * 1e3:.2f} ms", "<= 8 ms", alone.wall <= 8e-3))
    print(row("  CPU time", f"{alone.cpu * 1e3:.2f} ms"))
    what = f"gradient by {len(names)} ({varies.sum()} of them paths)"
    print(row(what, f"{back.wall * 1e3:.2f} ms"))
    print(row("  CPU time", f"{back.cpu * 1e3:.2f} ms"))
    ratio = back.wall / alone.wall
    print(row("  in runs to total deaths", f"{ratio:.1f}", "<= 10", ratio <= 10))
    print(row("  the same, of CPU time", f"{back.cpu / alone.cpu:.1f}"))
    smooth = np.array([not name.startswith(KINKS) for name in names])
    worst = check(total, gradient, smooth)
    print(row("  largest distance from differences", f"{worst:.0e}", "<= 1e-5", worst <= 1e-5))


def compiled(function, argument):
    """A function compiled for this argument, and the seconds it took."""
    start = time.perf_counter()
    made = jax.jit(function).lower(argument).compile()
    return made, time.perf_counter() - start


def check(total, gradient, smooth: np.ndarray, step: float = 1e-5) -> float:
    """Largest distance of the gradient from central differences, of its largest entry.

    Args:
        smooth: inputs to check; dates of the shock that fall on an instant have two slopes.
    """
    size = len(smooth)
    exact = np.asarray(gradient(jnp.ones(size)))
    near = np.empty(size)
    for i in range(size):
        moved = np.ones(size)
        moved[i] += step
        up = float(total(jnp.array(moved)))
        moved[i] -= 2 * step
        near[i] = (up - float(total(jnp.array(moved)))) / (2 * step)
    largest = np.max(np.abs(exact[smooth]))
    return float(np.max(np.abs(near - exact)[smooth]) / largest)


if __name__ == "__main__":
    main()

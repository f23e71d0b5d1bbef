"""The shapes in the types are true: every equation is traced with them checked."""

import subprocess
import sys

CHECKED = """
import jax
from jaxtyping import install_import_hook

with install_import_hook(["upriver.people", "upriver.system.step"], "beartype.beartype"):
    from upriver.system.step import program
jax.config.update("jax_enable_x64", True)
p = program()
inputs = jax.numpy.ones(len(p.inputs))
state = jax.eval_shape(p.initial, inputs)
assert state.shape == (len(p.state),)
later, outputs = jax.eval_shape(p.step, state, inputs)
assert later.shape == state.shape
assert outputs.shape == (len(p.outputs),)
"""


def test_every_equation_gives_and_takes_the_shapes_that_it_declares() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECKED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]

"""Processes that are timed: what a person waits for begins with the start of Python."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from upriver.core.errors import UpriverError

LIBRARIES = "import numpy, typer, wasmtime, yaml"


def upriver(*arguments: str) -> None:
    """A command, as from a shell, in an empty folder.

    Raises:
        UpriverError: it failed.
    """
    _done(["-m", "upriver", *arguments], f"upriver {' '.join(arguments)}")


def libraries() -> None:
    """A Python that loads what a run needs, and nothing of ours."""
    _done(["-c", LIBRARIES], "python")


def by_jax(rounds: int) -> Sequence[float]:
    """Ratios of one run by JAX to one by the engine; compiling does not count.

    Raises:
        UpriverError: it failed.
    """
    found: list[float] = json.loads(_done(["-m", "upriver.engine.by_jax", f"{rounds}"], "JAX"))
    return found


def _done(arguments: Sequence[str], name: str) -> str:
    """What a Python of the same kind as this one prints."""
    paths = [
        Path(one).resolve() for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise UpriverError(f"`{name}` failed while it was timed: {last}")
    return done.stdout

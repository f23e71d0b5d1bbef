"""Makes the engine again: `python -m upriver.engine.build` (development dependencies needed).

Writes `data/engine.wasm` and its manifest `data/engine.json`, and the same for its slopes. The same
source gives the same bytes, so a rebuild without a change leaves no difference to commit.
"""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from upriver import __version__
from upriver.core.files import write_atomic
from upriver.core.time import FIRST_YEAR, STEPS_PER_YEAR

from . import backward
from .compiler import compiled
from .digest import checkout, equations_digest, raw_digests, versions
from .emit import Program, emit
from .sandbox import EXPORTS

DATA = Path(__file__).resolve().parents[1] / "data"
LARGEST = 200_000
"""Bytes of an engine that a page can carry."""


def build(program: Program, *, root: Path | None = None) -> tuple[bytes, dict[str, Any]]:
    """The engine of a program, and its manifest.

    Args:
        program: names of inputs, state and outputs, and the two functions in JAX.
        root: of the checkout whose sources the manifest records; by default this one.

    Returns:
        WebAssembly, and a mapping that JSON can hold: `inputs`, `state`, `outputs` (names in
        order), `neutral` (values of inputs at which part of the step is left out), `first_year`,
        `steps_per_year`, `exports`, `version` of Upriver, `made_with` versions,
        `wasm_sha256`; in a checkout also `equations_digest`, `sources`, `locked`.

    Raises:
        EngineError: see `emit` and `compiled`.
    """
    wasm = compiled(emit(program))
    manifest: dict[str, Any] = {
        "schema": 1,
        "version": __version__,
        "first_year": FIRST_YEAR,
        "steps_per_year": STEPS_PER_YEAR,
        "inputs": list(program.inputs),
        "state": list(program.state),
        "outputs": list(program.outputs),
        "neutral": dict(program.neutral),
        "exports": list(EXPORTS),
        "made_with": {package: _version(package) for package in ("jax", "ziglang")},
        "wasm_sha256": hashlib.sha256(wasm).hexdigest(),
        "wasm_bytes": len(wasm),
    }
    root = checkout() if root is None else root
    if root is not None:
        manifest["equations_digest"] = equations_digest(root)
        manifest["locked"] = versions(root)
        manifest["sources"] = raw_digests(root)
    return wasm, manifest


def write(program: Program, folder: Path = DATA) -> dict[str, Any]:
    """Build and write `engine.wasm` and `engine.json` into a folder; gives the manifest.

    Raises:
        EngineError: see `build`. WriteError: the folder cannot be written.
    """
    wasm, manifest = build(program)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / "engine.wasm", wasm)
    write_atomic(folder / "engine.json", json.dumps(manifest, indent=1) + "\n")
    return manifest


def main(arguments: Sequence[str] = ()) -> None:
    """Build the reference program into the package, or into a folder that is named."""
    from upriver.system.step import program

    folder = Path(arguments[0]) if arguments else DATA
    manifest = write(program(), folder)
    backward.write(program(), folder, manifest["wasm_sha256"])
    size = manifest["wasm_bytes"]
    counts = ", ".join(f"{len(manifest[k])} {k}" for k in ("inputs", "state", "outputs"))
    print(f"engine.wasm: {size:,} bytes, {counts}, sha256 {manifest['wasm_sha256'][:12]}")
    if size > LARGEST:
        print(f"That is more than the {LARGEST:,} bytes that a page should carry.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])

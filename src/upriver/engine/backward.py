"""Makes the engine's slopes: the equations, and what a run's outputs owe to each of its inputs.

    python -m upriver.engine.build     # writes `data/slopes.wasm` beside the engine

It is a program of its own, since the page and the commands have no use for it: a fit has. The same
source gives the same bytes.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from upriver.core.files import write_atomic

from . import emit
from .compiler import compiled
from .digest import checkout, slopes_digest
from .graph import Graph, Term
from .reverse import slopes

DRIVER = Path(__file__).with_name("backward.c")
NAME = "slopes"


def write(program: emit.Program, folder: Path, engine: str) -> dict[str, Any]:
    """Build and write `slopes.wasm` and `slopes.json` into a folder; gives the manifest.

    Args:
        engine: SHA-256 of the engine of the same program.

    Raises:
        EngineError: see `emit` and `compiled`. WriteError: the folder cannot be written.
    """
    wasm = compiled(source(program))
    manifest: dict[str, Any] = {
        "schema": 1,
        "engine_sha256": engine,
        "wasm_sha256": hashlib.sha256(wasm).hexdigest(),
        "wasm_bytes": len(wasm),
    }
    if (root := checkout()) is not None:
        manifest["slopes_digest"] = slopes_digest(root)
    write_atomic(folder / f"{NAME}.wasm", wasm)
    write_atomic(folder / f"{NAME}.json", json.dumps(manifest, indent=1) + "\n")
    return manifest


def source(program: emit.Program) -> str:
    """The program in C, with the slopes of its start and of a step."""
    n_u, n_x, n_y = len(program.inputs), len(program.state), len(program.outputs)
    start = _back("up_back_initial", program.initial, {"u": n_u}, {"x": n_x})
    step = _back("up_back", program.step, {"x": n_x, "u": n_u}, {"xn": n_x, "y": n_y})
    driver = DRIVER.read_text(encoding="utf-8")
    return "\n\n".join([emit.emit(program), start, step, driver])


def _back(
    name: str, function: Callable[..., Any], reads: dict[str, int], writes: dict[str, int]
) -> str:
    """A C function of a function's arguments and weights of its results, to slopes of arguments.

    In C weights are `later` (of the state) and `wy` (of outputs, then of the state as it was);
    slopes are `sx` and `su`.
    """
    # The digest of the equations holds the tokens of `emit`: its helpers become public when next
    # an equation changes.
    graph, stores = emit._traced(name, function, reads, writes)
    state, n_y = next(iter(writes)), writes.get("y", 0)
    weighted = [
        (stores[f"{state}[{i}]"], graph.load(f"later[{i}]")) for i in range(writes[state])
    ] + [(stores[f"y[{i}]"], graph.load(f"wy[{i}]")) for i in range(n_y)]
    arguments = {
        array: [graph.load(f"{array}[{i}]") for i in range(n)] for array, n in reads.items()
    }
    if "x" in reads:
        weighted += [(term, graph.load(f"wy[{n_y + i}]")) for i, term in enumerate(arguments["x"])]
    return emit._function(
        name,
        [*reads, "later", *(["wy"] if "x" in reads else [])],
        [f"s{array}" for array in reads],
        graph,
        _stored(graph, weighted, arguments),
    )


def _stored(
    graph: Graph, weighted: list[tuple[Term, Term]], arguments: dict[str, list[Term]]
) -> dict[str, Term]:
    """Slopes, by the C expression that holds them."""
    every = [term for terms in arguments.values() for term in terms]
    found = iter(slopes(graph, weighted, every))
    return {
        f"s{array}[{i}]": next(found)
        for array, terms in arguments.items()
        for i in range(len(terms))
    }

"""The equations compiled: from the JAX program to WebAssembly, and the runner that users start.

Equations are written once, in JAX. What a user starts never imports JAX: it runs the compiled
engine, which ships as `data/engine.wasm` with its manifest `data/engine.json`.

Import the module that you need (nothing is imported here, so that a command starts quickly):

- `run`       loads the engine and runs it over draws: `run.load().run(columns, outputs=...)`
- `tools`     what Python and the page share: `bend`, `ramp`, `pulse`, `calendar_sums`, ...
- `slopes`    what outputs owe to inputs: `slopes.load().of(columns, weights, ...)`
- `sandbox`   one running copy of the engine and its memory
- `digest`    whether the engine is as old as the equations' source (in a checkout)

and for maintainers, with the development dependencies:

- `build`     `python -m upriver.engine.build` makes the engine again
- `backward`  makes the slopes too, from `reverse` (slopes of scalar operations)
- `emit`      from a JAX program to C (the only one that needs JAX)
- `rules`     the closed list: what each primitive of JAX means
- `graph`     scalar operations, each once, and how they are written in C
- `compiler`  from C to WebAssembly
- `runtime.c` everything in the engine that is not an equation
"""

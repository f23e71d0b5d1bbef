"""From C to WebAssembly, so that the same source gives the same bytes.

Zig's C compiler comes as the Python package `ziglang`, with its own C library, so it works offline
and does not depend on the machine. The engine's mathematics comes from that library, statically.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from upriver.core.errors import EngineError

RUNTIME = Path(__file__).with_name("runtime.c")

FLAGS = (
    "--target=wasm32-wasi",
    "-mexec-model=reactor",
    "-std=c11",
    "-O2",
    "-msimd128",
    "-ffp-contract=off",
    "-fno-fast-math",
    "-fno-math-errno",
    "-fno-builtin",
    "-fno-sanitize=undefined",
    "-Wall",
    "-Wno-unused-function",
    "-Werror",
    "-Wl,--strip-all",
    "-Wl,-z,stack-size=65536",
)
"""No operation is reordered, contracted or computed at compile time by the compiling machine."""


def compiled(program: str, *, seconds: float = 600) -> bytes:
    """The engine's bytes.

    Args:
        program: the equations in C, as `emit.emit` writes them.
        seconds: to wait at most; the first time Zig also builds its C library (a minute).

    Raises:
        EngineError: the compiler is missing, refuses the source, or takes too long.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "program.h").write_text(program, encoding="utf-8")
        (folder / "engine.c").write_bytes(RUNTIME.read_bytes())
        command = [sys.executable, "-m", "ziglang", "cc", *FLAGS, "-o", "engine.wasm", "engine.c"]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"The C compiler took more than {seconds:g} s.") from None
        if done.returncode != 0:
            lines = [s for s in done.stderr.splitlines() if "error" in s] or [done.stderr[-200:]]
            raise EngineError(f"The C compiler failed: {lines[0]}")
        return (folder / "engine.wasm").read_bytes()

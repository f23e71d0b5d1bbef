"""Versions and digests of what runs."""

import json
from pathlib import Path

from upriver import __version__

DATA = Path(__file__).parent.parent / "data"


def versions() -> str:
    """Versions of Upriver and its engine, one a line."""
    manifest = json.loads((DATA / "engine.json").read_text(encoding="utf-8"))
    return (
        f"upriver {__version__}\n"
        f"equations {manifest['equations_digest'][:16]}\n"
        f"engine {manifest['wasm_sha256'][:16]} ({manifest['wasm_bytes']:,} bytes)\n"
        f"reference SOURCE X8"
    )

"""Versions and digests of what runs."""

import hashlib
import json
import platform
from pathlib import Path

from upriver import __version__
from upriver.core.errors import EngineError

DATA = Path(__file__).parent.parent / "data"


def versions() -> str:
    """Versions of Upriver and its engine, one a line.

    Raises:
        EngineError: the package's own data are missing or damaged.
    """
    try:
        manifest = json.loads((DATA / "engine.json").read_bytes())
        draws = hashlib.sha256((DATA / "draws_source_x8.npz").read_bytes()).hexdigest()
        lines = (
            f"upriver {__version__}",
            f"equations {manifest['equations_digest'][:16]}",
            f"engine {manifest['wasm_sha256'][:16]} ({manifest['wasm_bytes']:,} bytes)",
            f"draws {draws[:16]}",
            "reference SOURCE X8",
            f"python {platform.python_version()}",
        )
    except (OSError, ValueError, KeyError):
        raise EngineError("The package's data are missing or damaged. Reinstall.") from None
    return "\n".join(lines)

"""Subjects that are told: made, kept as JSON with a stamp, read."""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from upriver.core.files import write_atomic

FOLDER = Path(__file__).parents[2] / "data" / "told"
NAMES: tuple[str, ...] = ("ranking", "why", "answers", "cost", "forecast", "claims", "states")
"""Subjects, each a module of this room with `make`."""

Progress = Callable[[str], Callable[[int, int], None]]


def make(name: str, progress: Progress | None = None) -> dict[str, Any]:
    """A subject made anew, with what it is of as `stamp`.

    Args:
        progress: called with what is done, gives what is called with how much is done of how much.
    """
    from upriver.report.answers.page import stamp  # slow to import, and not needed to read

    module = import_module(f"{__package__}.{name}")
    found: dict[str, Any] = module.make(progress or (lambda _: lambda _done, _total: None))
    return {"stamp": stamp(), **found}


def save(name: str, found: dict[str, Any]) -> Path:
    """Keep a subject, where it ships."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{name}.json"
    write_atomic(file, json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
    return file


@cache
def told(name: str) -> dict[str, Any]:
    """A subject as it ships."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found

"""What commands share: options, progress, writing files."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import InputError, WriteError
from upriver.core.files import write_atomic
from upriver.policy.apply import DEFAULT_DRAWS

Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Hold a parameter at a value, for example people.response.witnessed=0.8. "
        "May be given several times.",
    ),
]
Draws = Annotated[
    int, typer.Option("--draws", min=1, max=1000, help="Draws of the published posterior.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON instead.")]
Folder = Annotated[
    Path, typer.Option("--folder", "-o", help="Folder for the files that are written.")
]
NoFiles = Annotated[bool, typer.Option("--no-files", help="Print only; write no files.")]
DEFAULT = DEFAULT_DRAWS
SLOW_SECONDS = 0.7


def settings(given: list[str] | None) -> dict[str, float]:
    """`--set` options as a mapping; a parameter named twice is an error."""
    from upriver.policy.scenario import setting

    found: dict[str, float] = {}
    for text in given or []:
        path, value = setting(text)
        if path in found:
            raise InputError(f"{path} is set twice", file="--set")
        found[path] = value
    return found


def width() -> int:
    """Columns of the terminal, at most 120."""
    return min(120, shutil.get_terminal_size((100, 24)).columns)


def progress(what: str) -> Callable[[int, int], None]:
    """A line on standard error that counts, once a job has taken longer than a blink."""
    begin = time.monotonic()

    def tell(done: int, total: int) -> None:
        if not sys.stderr.isatty() or time.monotonic() - begin < SLOW_SECONDS:
            return
        end = "\r\x1b[K" if done >= total else ""
        sys.stderr.write(f"\r{what}: {done} of {total}{end}")
        sys.stderr.flush()

    return tell


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be written, before any work is done.

    Raises:
        WriteError: it does not exist, is a file, or is not writable.
    """
    if not folder.is_dir():
        raise WriteError(f"cannot write to {folder}: it is not a folder that exists.")
    if not os.access(folder, os.W_OK):
        raise WriteError(f"cannot write to {folder}: permission denied.")


def write_report(folder: Path, html: str) -> Path:
    """Write the report; gives its path."""
    path = folder / "report.html"
    write_atomic(path, html)
    return path


def say(text: str) -> None:
    """A note on standard error, so that standard output holds the result alone."""
    typer.echo(text, err=True)

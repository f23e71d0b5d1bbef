"""Writing that survives a full disk, a broken one and a kill.

What is written is on the disk before its file gets its name, and a new name is on the disk before
the next step. All goes through `os`, one small call at a time, so that a test can break each.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from upriver.core.errors import WriteError, one_line
from upriver.core.files import reason


class Writer:
    """A file that grows; `finish` puts it on the disk."""

    def __init__(self, path: Path, *, append: bool = False) -> None:
        self.path = path
        mode = os.O_APPEND if append else os.O_TRUNC
        binary = getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | mode | binary, 0o644)

    def write(self, data: bytes) -> None:
        """Write all of `data`."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def finish(self) -> None:
        """All that was written is on the disk."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Give the file back."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


@contextmanager
def writing(path: Path, *, append: bool = False) -> Iterator[Writer]:
    """A `Writer`, closed at the end whatever happens."""
    writer = Writer(path, append=append)
    try:
        yield writer
    finally:
        writer.close()


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole, under its own name: for a folder that nobody looks into yet."""
    with writing(path) as writer:
        writer.write(data)
        writer.finish()


def move(source: Path, target: Path) -> None:
    """Give a file or folder a new name in its folder, and put the name on the disk."""
    os.rename(source, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk; where a system cannot promise that, it does not."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def read_json(path: Path) -> dict[str, Any] | None:
    """A JSON object, or None where there is none that can be read."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def json_bytes(data: dict[str, Any]) -> bytes:
    """A JSON object as we write it."""
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn what the system says of a file into our one line; `what` is what cannot be done.

    Raises:
        WriteError: for any OSError within the block.
    """
    try:
        yield
    except OSError as error:
        raise WriteError(f"{one_line(what, 160)}: {reason(error)}.") from error

"""Files that are there whole or not at all, also when the power goes: written, synced, renamed."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from upriver.core.errors import WriteError, one_line
from upriver.core.files import reason


def put(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it; what is left of a failure is removed."""
    binary = getattr(os, "O_BINARY", 0)  # of Windows alone
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | binary, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def move(source: Path, target: Path) -> None:
    """Give a file its name, in one step, in a folder that is made if it is not there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def settle(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(data: bytes) -> str:
    """Digest of bytes."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str | None:
    """Digest of a file; None where there is none or it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def not_written(folder: Path, error: OSError) -> WriteError:
    """What the system said of a folder that could not be written to, in a line."""
    named = one_line(str(folder), 120, keep_end=True)
    return WriteError(f"cannot write to {named}: {reason(error)}.")

"""What is said while something takes long: a line that counts, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SLOW_SECONDS = 0.7


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


@contextmanager
def goes_on(output: Path) -> Iterator[None]:
    """Say of what is stopped that it goes on, if something of it is kept beside its file."""
    try:
        yield
    except KeyboardInterrupt:
        if any(output.parent.glob(f"{output.stem}*.part*")):
            kept = f"What is done is kept beside {output}: the same command goes on from there."
            sys.stderr.write(f"\n{kept}\n")
        raise


def progress_by_part() -> Callable[[str, int, int], None]:
    """The same for a job of several parts, each under its own name."""
    told: dict[str, Callable[[int, int], None]] = {}

    def tell(what: str, done: int, total: int) -> None:
        told.setdefault(what, progress(what))(done, total)

    return tell

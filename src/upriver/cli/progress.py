"""What is said while something takes long: a line that counts, on standard error."""

import sys
import time
from collections.abc import Callable

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


def progress_by_part() -> Callable[[str, int, int], None]:
    """The same for a job of several parts, each under its own name."""
    told: dict[str, Callable[[int, int], None]] = {}

    def tell(what: str, done: int, total: int) -> None:
        told.setdefault(what, progress(what))(done, total)

    return tell

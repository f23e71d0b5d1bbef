"""Lets whoever runs the engine in a thread stop it: a check that is made after every batch.

Ctrl-C stops a command; a thread hears of none. `while_allowed(check)` holds for the whole process,
threads that an experiment starts among it, so one job runs at a time under it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_check: Callable[[], None] | None = None


@contextmanager
def while_allowed(check: Callable[[], None]) -> Iterator[None]:
    """Call `check` after every batch of draws until the block ends; what it raises ends the run."""
    global _check
    before, _check = _check, check
    try:
        yield
    finally:
        _check = before


def look() -> None:
    """Raise whatever stops the work; nothing where nobody asked to be heard."""
    if _check is not None:
        _check()

"""Standard output and error that may be closed, full or cut short.

A command goes on when nobody reads what it prints: the files that it writes are worth as much as
its table. What could not be printed goes nowhere, the first reason is kept, and `lost` gives it at
the end. A reader that goes away (`| head -1`) has what it wanted, and is no failure.
"""

import errno
import io
import os
import select
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_replaced: list[IO[str]] = []
"""The streams that Python opened, kept so that it does not close them."""


class Kept(io.FileIO):
    """Bytes out to a file's number, or nowhere once they cannot go out.

    `reason`: the number of the first error that lost something; None if all went out.
    """

    def __init__(self, number: int, closed: bool = False) -> None:
        super().__init__(number, "wb", closefd=False)
        self.reason: int | None = None
        self._closed = closed

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write what the system takes at once; gives how many bytes."""
        size = memoryview(data).nbytes
        if self._closed and self.reason is None:
            self.reason = errno.EBADF
        if self.reason is not None:
            return size
        try:
            # A pipe may be set not to wait by whoever made it; Python then writes None.
            while (written := super().write(data)) is None:
                select.select([], [self], [])
        except OSError as error:
            self.reason = error.errno or errno.EIO
            return size
        return int(written)


def prepare() -> None:
    """Make both streams ones that never fail; letters that they cannot show become `?`."""
    for number in range(3):
        _open_if_closed(number)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _text(Kept(number, closed=True), "utf-8", False))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
            raw = getattr(stream.buffer, "raw", stream.buffer)
            if isinstance(raw, io.FileIO) and not isinstance(raw, Kept):
                _replaced.append(stream)
                stream.flush()
                by_line = stream.line_buffering or raw is stream.buffer  # the latter: `python -u`
                setattr(sys, name, _text(Kept(stream.fileno()), stream.encoding, by_line))


def lost() -> str | None:
    """Why standard output did not take all, in words; None if it did, or its reader went away."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    reason = raw.reason if isinstance(raw, Kept) else None
    if reason in (None, errno.EPIPE):
        return None
    if reason == errno.EBADF:
        return "standard output is closed"
    said = os.strerror(reason)
    return said[:1].lower() + said[1:]


def _open_if_closed(number: int) -> None:
    """Give a closed number to nothing, lest the next file that is opened receive the output."""
    try:
        os.fstat(number)
    except OSError:
        nothing = os.open(os.devnull, os.O_RDWR)
        if nothing != number:
            os.dup2(nothing, number)
            os.close(nothing)


def _text(raw: Kept, encoding: str, by_line: bool) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors="replace", line_buffering=by_line
    )

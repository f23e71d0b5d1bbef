"""Speaks the protocol over standard input and output, and over nothing else.

The SDK frames and checks messages; this file says which tools there are and hands each call to the
desk. What goes wrong becomes one line for whoever asked, and never a trace.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from upriver import __version__
from upriver.core.errors import InputError, UpriverError, one_line

from . import limits
from .desk import Desk
from .tools import TOOLS, work

INSTRUCTIONS = (
    "Upriver is an open simulator of the US opioid epidemic, 1999 to 2032: what a policy did, what "
    "it would do, and how sure one can be. Give each number with its interval, its world and the "
    "grade of evidence that stands beside it, say first how much is unexplained, and pass on what "
    "an answer cannot tell (`cannot_tell`). Start with list_things; `compare` answers what a "
    "policy averts, `explain` why deaths changed, `record` what was recorded."
)

HINTS: dict[str, Any] = {
    "read_only_hint": True,
    "destructive_hint": False,
    "idempotent_hint": True,
    "open_world_hint": False,
}
PATIENCE = 5.0
"""Seconds after an interrupt in which the process ends by itself."""

OUTPUT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "made": {
            "type": "object",
            "description": "version, equations, world, draws, scenarios with their digests",
        },
        "cannot_tell": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["made", "cannot_tell"],
}

QUICK = 0.5
"""Seconds between two notes on progress."""

PIECE = 64 * 1024
"""Bytes read at once."""


def folders_of(given: Sequence[Path]) -> tuple[Path, ...]:
    """Folders that may be read, each checked once, at the start.

    Raises:
        InputError: one is no folder that can be read.
    """
    found = []
    for folder in given:
        try:
            folder = folder.expanduser().resolve()
            next(iter(folder.iterdir()), None)
        except (OSError, RuntimeError, ValueError):
            raise InputError(
                "is no folder that can be read", file="--scenario-folder", found=str(folder)
            ) from None
        found.append(folder)
    return tuple(found)


def server(folders: Sequence[Path] = (), desk: Desk | None = None) -> Any:
    """A server of the SDK with our tools, for any transport.

    Args:
        folders: whose scenario files may be read. desk: where calls are worked on.
    """
    from mcp import types
    from mcp.server.lowlevel import Server

    at = desk or Desk()

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=tool.schema(),
                    output_schema=OUTPUT,
                    annotations=types.ToolAnnotations(**HINTS),
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(context: Any, params: Any) -> Any:
        notes = _Notes(context)
        try:
            text, data = await at.do(
                lambda told: _answered(params.name, params.arguments or {}, folders, told),
                notes.tell,
            )
        except UpriverError as error:
            return _refused(types, _line(error))
        except Exception as error:
            said = one_line(f"{type(error).__name__}: {error}", 160)
            return _refused(types, f"this should not happen: {said}. Please report it.")
        finally:
            notes.close()
        content: Any = [types.TextContent(type="text", text=text)]
        return types.CallToolResult(content=content, structured_content=data)

    return Server(
        "upriver",
        version=__version__,
        title="Upriver",
        description="A simulator of the US opioid epidemic and the policies that act on it.",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve(folders: Sequence[Path] = ()) -> None:
    """Serve whoever is at the other end of standard input and output, until they close it."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    ended = threading.Event()
    try:
        asyncio.run(ending(_serve(folders), ended))
    finally:
        ended.set()


async def ending(work: Coroutine[Any, Any, None], ended: threading.Event) -> None:
    """Work whose interrupt ends the process, even where a task or a thread of a library does not.

    Nothing that this server does is written, so nothing is left half-written.

    Args:
        ended: set once the loop has ended; who ends it says so.
    """
    usual = signal.getsignal(signal.SIGINT)

    def end() -> None:
        if not ended.is_set():
            os.write(2, b"upriver: interrupted; no file is left half-written.\n")
        os._exit(130)

    def interrupted(number: int, frame: FrameType | None) -> None:
        last = threading.Timer(PATIENCE, end)
        last.daemon = True
        last.start()
        if callable(usual):
            usual(number, frame)

    if threading.current_thread() is threading.main_thread() and usual is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupted)
    await work


async def _serve(folders: Sequence[Path]) -> None:
    from mcp.server.stdio import stdio_server

    task = asyncio.current_task()
    assert task is not None
    desk = Desk()
    ours = server(folders, desk)
    warm = asyncio.ensure_future(desk.do(_warm))
    try:
        async with stdio_server(stdin=_Lines()) as (read, write):  # type: ignore[arg-type]
            await ours.run(read, write, ours.create_initialization_options())
    except* BrokenPipeError:
        pass
    except* Exception:  # an interrupt, while a line that came is handed on, breaks what hands it on
        if not task.cancelling():
            raise
    finally:
        warm.cancel()
        desk.close()
    if task.cancelling():
        raise asyncio.CancelledError


def _answered(
    name: str, arguments: dict[str, Any], folders: Sequence[Path], told: Any
) -> tuple[str, dict[str, Any]]:
    """In the thread: the text of an answer and its data."""
    said = work(name, arguments, folders, told)
    return said.text, said.structured()


def _warm(_told: Any) -> None:
    """Load the engine and the draws while the client still says hello."""
    from upriver.engine.run import load
    from upriver.policy.chosen import fitted

    load()
    fitted()


def _line(error: UpriverError) -> str:
    from .said import error_line

    return error_line(error)


def _refused(types: Any, line: str) -> Any:
    content = [types.TextContent(type="text", text=line)]
    return types.CallToolResult(content=content, is_error=True)


class _Notes:
    """Notes on progress to a client that wants them, a few a second."""

    def __init__(self, context: Any) -> None:
        self.session, self.last, self.open = context.session, 0.0, True
        self.tasks: set[asyncio.Task[None]] = set()

    def tell(self, done: int, whole: int) -> None:
        """Send a note, unless one was just sent."""
        now = asyncio.get_running_loop().time()
        if not self.open or now - self.last < QUICK:
            return
        self.last = now
        task = asyncio.ensure_future(self._send(done, whole))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _send(self, done: int, whole: int) -> None:
        try:
            await self.session.report_progress(float(done), float(whole))
        except Exception:  # a note that cannot be sent is no reason to stop the work
            self.open = False

    def close(self) -> None:
        """No more notes: the answer comes."""
        self.open = False


class _Lines:
    """Lines of standard input, each as long as a request may be; a longer one is left out.

    They are read by a thread that does not keep the process alive, and one at a time: what is not
    yet taken stays in the pipe.
    """

    def __init__(self) -> None:
        self.lines: asyncio.Queue[str | None] = asyncio.Queue()
        self.room = threading.Semaphore(1)
        self.loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, daemon=True, name="upriver-input").start()

    async def __aiter__(self) -> AsyncIterator[str]:
        """Lines until the other end is closed."""
        while (line := await self.lines.get()) is not None:
            self.room.release()
            yield line

    def _read(self) -> None:
        # Not through sys.stdin: at the end of the process Python would wait for its lock.
        held, skips = bytearray(), False
        with suppress(OSError):
            while piece := os.read(0, PIECE):
                held += piece
                while (end := held.find(b"\n")) >= 0:
                    line, skipped, skips = bytes(held[:end]), skips, False
                    del held[: end + 1]
                    if not skipped and len(line) <= limits.LARGEST_REQUEST:
                        self._put(line.decode("utf-8", "replace"))
                if skips or len(held) > limits.LARGEST_REQUEST:
                    skips = True
                    held.clear()
        if held:
            self._put(held.decode("utf-8", "replace"))
        self._put(None)

    def _put(self, line: str | None) -> None:
        self.room.acquire()
        with suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(self.lines.put_nowait, line)

"""Asking the server: by the SDK's client in memory, or a process by lines of JSON."""

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, NamedTuple

from mcp import Client

from upriver.agents.server import server
from upriver.cli.main import main

SERVE = (sys.executable, "-m", "upriver", "mcp")
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "a test", "version": "1"},
}


class Told(NamedTuple):
    """What came back: a text, the data, and whether it is an error."""

    text: str
    data: Any
    failed: bool


Ask = Callable[..., Told]


def in_memory(folders: Sequence[Path] = ()) -> Ask:
    """Asks for one tool; the client checks what comes against the tool's schema."""

    def ask(tool: str, arguments: Mapping[str, Any] | None = None, /, **more: Any) -> Told:
        return all_of([(tool, {**(arguments or {}), **more})], folders)[0]

    return ask


def all_of(
    calls: Sequence[tuple[str, Any]], folders: Sequence[Path] = (), at_once: bool = False
) -> list[Told]:
    """Asks for several in one session, one after the other or all at once."""

    async def run() -> list[Told]:
        async with Client(server(folders)) as client:

            async def one(tool: str, arguments: Any) -> Told:
                found = await client.call_tool(tool, arguments)
                (content,) = found.content
                return Told(content.text, found.structured_content, bool(found.is_error))

            asked = [one(tool, arguments) for tool, arguments in calls]
            if at_once:
                return list(await asyncio.gather(*asked))
            return [await each for each in asked]

    return asyncio.run(run())


def by_command(*arguments: str) -> Any:
    """What a command prints as JSON, in this process."""
    printed = io.StringIO()
    with redirect_stdout(printed), suppress(SystemExit):
        main(list(arguments))
    return json.loads(printed.getvalue())


class Process:
    """A server in a process of its own, spoken to by lines."""

    def __init__(self, *arguments: str, command: Sequence[str] = SERVE) -> None:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.number = 0
        assert self.ask("initialize", **HELLO)["result"]["serverInfo"]["name"] == "upriver"
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message: object) -> None:
        """A message, or a line as it is."""
        line = message if isinstance(message, bytes) else json.dumps(message).encode()
        stdin = self.process.stdin
        assert stdin is not None
        stdin.write(line + b"\n")
        stdin.flush()

    def read(self) -> Any:
        """The next message; whatever is on standard output is one."""
        stdout = self.process.stdout
        assert stdout is not None
        return json.loads(stdout.readline())

    def begin(self, method: str, **params: Any) -> int:
        """Ask, and do not wait."""
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        return self.number

    def ask(self, method: str, **params: Any) -> Any:
        """Ask, and wait for the answer to just that."""
        number = self.begin(method, **params)
        while (found := self.read()).get("id") != number:
            pass
        return found

    def tool(self, tool: str, /, **arguments: Any) -> Any:
        """Ask for a tool; gives its result."""
        return self.ask("tools/call", name=tool, arguments=arguments)["result"]

    def end(self) -> tuple[int, str]:
        """Close its input; gives its exit code and what it said on standard error."""
        _, said = self.process.communicate(timeout=120)
        return self.process.returncode, said.decode()

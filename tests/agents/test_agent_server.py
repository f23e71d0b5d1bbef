"""The server as a process: two clients at once, no file, no socket, lines of the protocol alone."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from asking import Process

import upriver
from upriver.agents import limits
from upriver.agents.tools import TOOLS
from upriver.cli import mcp as command
from upriver.core.errors import InputError

PACKAGE = Path(upriver.__file__).parent
WATCHED = """
import atexit, os, sys

seen = []
OUT = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.",
       "os.remove", "os.rename", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.exec",
       "os.posix_spawn", "os.system", "os.fork", "shutil.", "os.chmod")

def hook(event, given):
    if event == "open" and not isinstance(given[0], int):
        writes = given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        seen.append(f"{'write' if writes else 'read'} {given[0]}")
    elif event.startswith(OUT):
        seen.append(f"{event} {given!r}")

sys.addaudithook(hook)
atexit.register(lambda: os.write(2, "\\n".join(seen).encode()))
from upriver.cli.main import main
main(["mcp", *sys.argv[1:]])
"""
"""The command, which tells at its end what it opened."""


def test_two_clients_at_once_have_each_their_own_answers() -> None:
    one, other = Process(), Process()
    found: dict[str, Any] = {}

    def ask(name: str, client: Process, **arguments: Any) -> None:
        found[name] = [client.tool("run", **arguments) for _ in range(3)]

    believing = {"believe": ["explanation = controls"], "draws": 60}
    threads = [
        Thread(target=ask, args=("one", one), kwargs={"draws": 60}),
        Thread(target=ask, args=("other", other), kwargs=believing),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    for name in ("one", "other"):
        first, *rest = (one["structuredContent"] for one in found[name])
        assert all(again == first for again in rest)
    plain, believed = (found[name][0]["structuredContent"] for name in ("one", "other"))
    assert plain["headline"] != believed["headline"]
    assert "fit" not in plain["made"]
    assert one.tool("run", draws=60)["structuredContent"] == plain
    assert [client.end() for client in (one, other)] == [(0, ""), (0, "")]


def test_calls_of_one_client_that_come_together_are_all_answered() -> None:
    client = Process()
    wanted = [
        client.begin("tools/call", name="run", arguments={"draws": 4 + i % 2}) for i in range(6)
    ]
    found: dict[int, Any] = {}
    while len(found) < len(wanted):
        message = client.read()
        found[message["id"]] = message["result"]["structuredContent"]
    for i, number in enumerate(wanted):
        assert found[number]["made"]["draws"] == 4 + i % 2
        assert found[number] == found[wanted[i % 2]]
    assert client.end() == (0, "")


def test_no_file_is_written_no_socket_is_opened_and_nothing_else_is_read(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    mine = tmp_path / "given" / "mine.yaml"
    mine.write_text("schema: 2\ntitle: Mine\nbased_on: base\n")
    secret = tmp_path / "secret.yaml"
    secret.write_text("schema: 2\ntitle: Secret\n")
    client = Process("--scenario-folder", str(mine.parent), command=(sys.executable, "-c", WATCHED))
    calls: list[tuple[str, dict[str, Any]]] = [
        ("list_things", {"kind": "scenarios"}),
        ("describe", {"kind": "levers", "name": "naloxone_kits"}),
        ("run", {"scenario": "mine", "draws": 2}),
        ("run", {"place": "OH", "draws": 2}),
        ("compare", {"scenarios": ["base", "naloxone_doubled"], "draws": 2}),
        ("explain", {"from": 2022, "to": 2023, "draws": 1}),
        ("record", {"name": "deaths_any_opioid"}),
        ("claims", {"name": "C01"}),
        ("answers", {"question": 1}),
        ("answers", {"question": 6, "draws": 10}),
        ("rank", {}),
        ("forecast", {}),
    ]
    for name, arguments in calls:
        assert not client.tool(name, **arguments)["isError"], name
    for path in (str(secret), "../secret.yaml", "/etc/passwd", f"file://{secret}"):
        assert client.tool("run", scenario=path)["isError"]
        assert client.tool("record", name=path)["isError"]
        based = {"schema": 2, "title": "x", "based_on": path}
        assert client.tool("run", scenario=based)["isError"]
    code, told = client.end()
    assert code == 0
    opened = told.splitlines()
    reads = [line.removeprefix("read ") for line in opened if line.startswith("read ")]
    assert str(mine) in reads
    assert not [line for line in opened if not line.startswith("read ")]
    lock = str(PACKAGE.parents[1] / "uv.lock")  # of a checkout: whether the engine is as old
    ours = (str(PACKAGE), lock, str(mine), sys.prefix, sys.base_prefix, "/proc/", "/sys/", "/dev/")
    libraries = ("/usr/lib", "/usr/share", "/lib", "/etc/localtime", "/etc/ld.so")
    strange = [path for path in reads if not path.startswith((*ours, *libraries))]
    assert [path for path in strange if Path(path).is_absolute()] == []
    assert {str(secret), "/etc/passwd"}.isdisjoint(reads)


BROKEN = (
    b"",
    b"nonsense",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "1.0", "id": 1, "method": "tools/list"}',
    b'{"jsonrpc": "2.0", "id": {}, "method": "tools/list"}',
    b'{"jsonrpc": "2.0", "method": "tools/call", "params": {"name": "run"}}',
    b'{"jsonrpc": "2.0", "id": 900, "result": {}}',
    b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 12345}}',
    b"[" * 100_000,
)


def test_lines_that_are_no_messages_are_survived() -> None:
    client = Process()
    for line in BROKEN:
        client.send(line)
    assert client.tool("list_things", kind="questions")["structuredContent"]["of"] == 6
    for params in ({}, {"name": 5}, {"name": "run", "arguments": []}):
        assert "error" in client.ask("tools/call", **params)
    assert client.ask("no/such/method")["error"]["code"] == -32601
    assert client.end() == (0, "")


def test_a_line_that_is_too_long_is_left_out() -> None:
    client = Process()
    long = json.dumps({"jsonrpc": "2.0", "id": 7, "method": "tools/list",
                       "params": {"x": "a" * limits.LARGEST_REQUEST}})  # fmt: skip
    client.send(long.encode())
    found = client.ask("tools/list")
    assert found["id"] != 7
    assert len(found["result"]["tools"]) == len(TOOLS)
    assert client.end() == (0, "")


def test_a_client_that_leaves_in_the_middle_ends_the_server() -> None:
    client = Process()
    client.begin("tools/call", name="explain", arguments={"draws": 200})
    code, said = client.end()
    assert code == 0
    assert "Traceback" not in said


def test_a_client_that_reads_no_more_ends_the_server() -> None:
    client = Process()
    assert client.process.stdout is not None
    client.process.stdout.close()
    client.begin("tools/call", name="list_things", arguments={"kind": "levers"})
    code, said = client.end()
    assert code in (0, 1)
    assert "Traceback" not in said


def test_an_interrupt_is_one_line() -> None:
    client = Process()
    client.process.send_signal(signal.SIGINT)
    client.process.wait(60)
    code, said = client.end()
    assert code == 130
    assert said == "upriver: interrupted; no file is left half-written.\n"


SWALLOWED = """
import asyncio, threading
from upriver.agents import server

async def deaf():
    print("begun", flush=True)
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            pass

server.PATIENCE = 0.5
asyncio.run(server.ending(deaf(), threading.Event()))
"""


def test_an_interrupt_that_a_task_swallows_ends_the_process_all_the_same() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SWALLOWED], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == b"upriver: interrupted; no file is left half-written.\n"


def test_notes_on_progress_come_to_a_client_that_wants_them() -> None:
    client = Process()
    number = client.begin("tools/call", name="compare", _meta={"progressToken": "here"},
                          arguments={"scenarios": ["base"] * 8, "draws": 200})  # fmt: skip
    notes = []
    while (message := client.read()).get("id") != number:
        notes.append(message["params"])
    assert notes
    assert all(note["progressToken"] == "here" for note in notes)
    assert all(0 < note["progress"] <= note["total"] for note in notes)
    assert client.end() == (0, "")


def test_without_the_sdk_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'upriver\[mcp\]'"):
        command.command()

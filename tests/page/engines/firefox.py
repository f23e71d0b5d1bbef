"""Firefox, without a window, over WebDriver BiDi, which it speaks with nothing in between."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from drive import FEW, HEIGHT, WIDTH, press
from websockets.sync.client import ClientConnection, connect

COMMAND = "firefox-esr"
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PATIENCE = 60.0
"""Seconds for an answer of the browser."""


class Firefox:
    """An `drive.Engine`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.count = 0
        self.events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": WIDTH, "height": HEIGHT}
        self.ask("browsingContext.setViewport", context=self.context, viewport=size)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its result; events that come before it are kept."""
        self.count += 1
        number = self.count
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            found = json.loads(self.socket.recv(PATIENCE))
            if found["type"] == "event":
                self.events.append(found)
            elif found["id"] == number:
                if found["type"] == "error":
                    raise RuntimeError(f"{method}: {found['error']}: {found['message']}")
                return dict(found["result"])

    def open(self, file: Path, fragment: str = "") -> None:
        # A page that differs by its fragment alone would not be opened again.
        self.ask(
            "browsingContext.navigate", context=self.context, url="about:blank", wait="complete"
        )
        self.events.clear()
        address = f"{file.resolve().as_uri()}{FEW}#{fragment}"
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="interactive")

    def evaluate(self, expression: str) -> Any:
        text = f"(async () => JSON.stringify(await ({expression})))()"
        target = {"context": self.context}
        found = self.ask("script.evaluate", expression=text, target=target, awaitPromise=True)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"].get("value", "null"))

    def press(self, key: str) -> None:
        self.ask("input.performActions", context=self.context, actions=press(key))

    def heard(self) -> list[str]:
        self.evaluate("new Promise(done => setTimeout(done, 30))")
        return [text for event in self.events if (text := said(event))]


def said(event: dict[str, Any]) -> str:
    """An event in words; nothing for the page itself, data: and blob:, which are no requests."""
    about = event["params"]
    if event["method"] == "log.entryAdded":
        return f"{about['level']}: {about['text']}"
    url = about["request"]["url"]
    if url.startswith(("data:", "blob:")) or (about["navigation"] and url.startswith("file:")):
        return ""
    return f"request: {url}"


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Firefox with an empty profile in a folder."""
    (folder / "home").mkdir()
    (folder / "profile").mkdir()
    command = [COMMAND, "--headless", "--no-remote", "--profile", str(folder / "profile")]
    log = folder / "firefox.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"], stdout=out, stderr=out
        )
    try:
        with connect(
            listening(log) + "/session", max_size=None, compression=None, proxy=None
        ) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(20)


def listening(log: Path) -> str:
    """Where the browser listens, as soon as it says so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := LISTENS.search(log.read_text()):
            return found[1]
        time.sleep(0.02)
    raise TimeoutError(log.read_text())

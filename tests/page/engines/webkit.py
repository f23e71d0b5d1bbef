"""WebKit, as GNOME's browsers have it, over WebDriver, on a screen that nobody sees.

This WebDriver tells neither what a page says nor what it asks for. So a page is opened as a copy
with one script more, in front of the policy, which does not bind what comes before it; and what it
would ask of the network goes to a proxy of ours, which only notes it. What the browser itself has
to say goes to its output, but only without WebDriver: `complaints` gives that.
"""

import os
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from drive import FEW, HEIGHT, WIDTH, press

DRIVER = "WebKitWebDriver"
PATIENCE = 90.0
"""Seconds for an answer of the browser."""

POLICY = '<meta http-equiv="Content-Security-Policy"'
LISTEN = """<script>(() => {
  const heard = [];
  Object.defineProperty(window, 'heardByTests', { value: heard });
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'assert', 'table', 'dir']) {
    const usual = console[name];
    console[name] = (...all) => {
      if (name !== 'assert' || !all[0]) heard.push(`${name}: ${all.join(' ')}`);
      return usual.apply(console, all);
    };
  }
  addEventListener('error', event => heard.push(event.message
    ? `error: ${event.message}` : `did not load: ${event.target.src ?? event.target.href}`), true);
  addEventListener('unhandledrejection', event => heard.push(`rejected: ${event.reason}`));
  addEventListener('securitypolicyviolation', event => heard.push(
    `policy: ${event.violatedDirective} forbids ${event.blockedURI || 'inline'} ${event.sample}`));
})()</script>
"""

HEARD = """[...window.heardByTests, ...performance.getEntriesByType('resource')
  .map(one => one.name).filter(url => !/^(data|blob):/.test(url)).map(url => `request: ${url}`)]"""


class WebKit:
    """An `drive.Engine`."""

    def __init__(self, driver: httpx.Client, proxy: "Proxy", folder: Path) -> None:
        self.driver, self.proxy, self.folder = driver, proxy, folder
        where = f"127.0.0.1:{proxy.server_address[1]}"
        through = {"proxyType": "manual", "httpProxy": where, "sslProxy": where}
        # The usual wait for a page to be loaded stays: without it the driver loses what is asked of
        # a page that is just about to be replaced, and never answers.
        asked = {"alwaysMatch": {"proxy": through}}
        self.session = ""
        self.session = "/session/" + self.ask("/session", {"capabilities": asked})["sessionId"]
        self.ask("/timeouts", {"script": 1000 * PATIENCE})
        bars = 0
        for _ in range(2):
            size = {"width": WIDTH, "height": HEIGHT + bars}
            self.ask("/window/rect", {"x": 0, "y": 0, **size})
            bars = HEIGHT - int(self.evaluate("innerHeight"))
        self.copies: dict[Path, Path] = {}

    def ask(self, what: str, body: dict[str, Any]) -> Any:
        """Send a command and wait for its result."""
        found = self.driver.post(self.session + what, json=body).json()["value"]
        if isinstance(found, dict) and "error" in found:
            raise RuntimeError(f"{what}: {found['error']}: {found['message']}")
        return found

    def open(self, file: Path, fragment: str = "") -> None:
        self.ask("/url", {"url": "about:blank"})
        self.proxy.noted.clear()
        copy = self.copies.get(file) or overheard(file, self.folder / f"{len(self.copies)}.html")
        self.copies[file] = copy
        self.ask("/url", {"url": f"{copy.as_uri()}{FEW}#{fragment}"})

    def evaluate(self, expression: str) -> Any:
        return self.ask("/execute/sync", {"script": f"return ({expression})", "args": []})

    def press(self, key: str) -> None:
        self.ask("/actions", {"actions": press(key)})

    def heard(self) -> list[str]:
        self.evaluate("new Promise(done => setTimeout(done, 30))")
        return [*self.evaluate(HEARD), *self.proxy.noted]


def overheard(file: Path, copy: Path) -> Path:
    """A copy of a page whose first script notes what it hears."""
    head, policy, rest = file.read_text(encoding="utf-8").partition(POLICY)
    assert policy
    assert POLICY not in rest
    copy.write_text(head + LISTEN + policy + rest, encoding="utf-8")
    return copy


class Noting(socketserver.StreamRequestHandler):
    """Notes what is asked for, and has nothing."""

    server: "Proxy"

    def handle(self) -> None:
        line = self.rfile.readline().decode(errors="replace").strip()
        self.server.noted.append(f"request: {line}")
        self.wfile.write(b"HTTP/1.1 502 Nothing\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Proxy(socketserver.ThreadingTCPServer):
    """A proxy that only notes, on a port of this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Noting)
        self.noted: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """WebKit with nothing kept from before."""
    with ExitStack() as stack:
        display = stack.enter_context(screen())
        proxy = stack.enter_context(Proxy())
        stack.callback(proxy.shutdown)
        port = free_port()
        process = subprocess.Popen(
            [DRIVER, f"--port={port}"],
            env=surroundings(folder, display),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(end, process)
        address = f"http://127.0.0.1:{port}"
        driver = stack.enter_context(
            httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False)
        )
        answers(driver)
        engine = WebKit(driver, proxy, folder)
        stack.callback(driver.delete, engine.session)
        yield engine


def complaints(
    program: Path, file: Path, folder: Path, enough: str = "", seconds: float = 4.0
) -> list[str]:
    """What the browser itself says of a page, in the first seconds or until it has said enough."""
    log = folder / "complaints.log"
    option = "--enable-write-console-messages-to-stdout=true"
    with screen() as display, log.open("w") as out:
        process = subprocess.Popen(
            [program, option, file.resolve().as_uri()],
            env=surroundings(folder, display),
            stdout=out,
            stderr=out,
        )
        last = time.monotonic() + (PATIENCE if enough else seconds)
        while time.monotonic() < last and not (enough and enough in log.read_text()):
            time.sleep(0.05)
        end(process)
    return [line for line in log.read_text().splitlines() if "CONSOLE" in line]


@contextmanager
def screen() -> Iterator[str]:
    """A screen in memory, as large as the window with its bars."""
    size = f"{WIDTH}x{HEIGHT + 200}x24"
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield ":" + process.stdout.readline().strip()
    finally:
        end(process)


def surroundings(folder: Path, display: str) -> dict[str, str]:
    """Variables of the browser: a screen, a home of its own, and nothing besides."""
    rooms = {f"XDG_{name}_HOME": str(folder) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder)}
    return {**kept, **rooms, "DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def answers(driver: httpx.Client) -> None:
    """Wait until the driver answers."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            driver.get("/status")
            return
        except httpx.TransportError:
            if time.monotonic() > last:
                raise
            time.sleep(0.02)


def end(process: "subprocess.Popen[Any]") -> None:
    """End a process of ours."""
    process.terminate()
    process.wait(20)

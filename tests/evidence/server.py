"""A publisher on this machine that can be as difficult as real ones: for tests alone."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    """What was asked: path, query, headers in lower case, which request it is, from 0."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    number: int


@dataclass
class Answer:
    """What is sent. cut: bytes after which the connection breaks. stall: seconds of silence before
    the body. length: a false Content-Length. ranges: take a Range, with this ETag. none: send no
    length, and close at the end.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/csv"
    cut: int | None = None
    stall: float = 0.0
    length: int | None = None
    ranges: str | None = None
    none: bool = False


Script = Callable[[Request], Answer] | Sequence[Answer]


class Site:
    """A running publisher: its address, and all that it was asked."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Request] = []
        self.address = ""

    def answer(self, request: Request) -> Answer:
        if callable(self.script):
            return self.script(request)
        return self.script[min(request.number, len(self.script) - 1)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that went away is what these tests want."""


@contextmanager
def site(script: Script) -> Iterator[Site]:
    """A publisher that answers by a function, or with a list whose last answer repeats."""
    found = Site(script)
    server = _Server(("127.0.0.1", 0), _handler(found))
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _handler(found: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: Any) -> None:
            return

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {key.lower(): value for key, value in self.headers.items()}
            query = dict(parse_qsl(parts.query))
            request = Request(parts.path, query, headers, len(found.asked))
            found.asked.append(request)
            try:
                self._send(found.answer(request), request)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, answer: Answer, request: Request) -> None:
            body, status, extra = answer.body, answer.status, dict(answer.headers)
            if answer.ranges is not None:
                extra["ETag"] = answer.ranges
                asked = request.headers.get("range", "")
                if asked and request.headers.get("if-range") == answer.ranges:
                    start = int(asked.removeprefix("bytes=").rstrip("-"))
                    extra["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                    status, body = 206, body[start:]
            self.send_response(status)
            self.send_header("Content-Type", answer.kind)
            for key, value in extra.items():
                self.send_header(key, value)
            if answer.none:
                self.send_header("Connection", "close")
            else:
                length = len(body) if answer.length is None else answer.length
                self.send_header("Content-Length", str(length))
            self.end_headers()
            if answer.stall:
                self.wfile.flush()
                time.sleep(answer.stall)
            self.wfile.write(body if answer.cut is None else body[: answer.cut])
            self.wfile.flush()
            if answer.cut is not None or answer.none or answer.length is not None:
                self.close_connection = True

    return Handler

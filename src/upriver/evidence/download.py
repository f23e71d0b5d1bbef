"""Downloads that were asked for: patient with a slow publisher, strict with what is sent.

A request is tried again after a time-out, a broken connection and the answers 408, 425, 429 and
5xx, after a wait that doubles, with chance in it, or as long as `Retry-After` says. A file that
broke off goes on where it stopped, if the publisher says that it is still the same file.
"""

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeAlias

from upriver.core.errors import DownloadError, one_line

from . import disk
from .cache import Stage

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Told of every piece: the file's name, bytes so far, bytes in all where they are known."""

AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
MOVED = frozenset((301, 302, 303, 307, 308))
LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class Rules:
    """How patient.

    tries: of a file. first_wait, longest_wait: between tries, also if `Retry-After` says more [s].
    connect, read: time-outs of a connection and of each piece [s]. longest: for one file [s].
    redirects: followed. largest: bytes of a file. local: whether this machine may be asked without
    https, for tests.
    """

    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    connect: float = 10.0
    read: float = 30.0
    longest: float = 1800.0
    redirects: int = 5
    largest: int = 200 * 1024 * 1024
    local: bool = False


class _AgainError(Exception):
    """Worth another try, after so many seconds if the publisher said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Client:
    """Fetches files into a stage. Close it, or use it in a `with`.

    Args:
        rules: how patient.
        sleep, clock, chance: waiting, the time [s], a number from 0 to 1; for tests.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        import httpx

        self.rules = rules or Rules()
        self.sleep, self.clock, self.chance = sleep, clock, chance
        timeout = httpx.Timeout(self.rules.read, connect=self.rules.connect)
        public = not self.rules.local
        self._http = httpx.Client(timeout=timeout, trust_env=public, verify=public)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(
        self,
        stage: Stage,
        name: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        page: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """Download one file to `name` in the stage; with `page`, a web page is what we expect.

        Raises:
            DownloadError: it does not come, or is not what it should be.
            OSError: it cannot be written (the stage says so in one line).
        """
        import httpx

        address = str(httpx.URL(url, params=dict(params) if params else None))
        part = stage.folder / f"{name}.part"
        began = self.clock()
        for attempt in range(1, self.rules.tries + 1):
            try:
                with self._answer(address, part, dict(headers or {})) as answer:
                    _check_kind(answer, page, address)
                    self._save(answer, part, name, address, began, progress)
                break
            except (httpx.TransportError, _AgainError) as error:
                why = str(error) if isinstance(error, _AgainError) else _why(error, self.rules)
                if attempt == self.rules.tries:
                    said = f"{_host(address)}: {why}, in the last of {attempt} tries"
                    raise DownloadError(f"{said}. Try again later.") from error
                self.sleep(self._wait(attempt, getattr(error, "after", None)))
            except httpx.DecodingError as error:
                raise DownloadError(f"{_host(address)}: sent what cannot be unpacked.") from error
        target = stage.add(name, url)
        disk.move(part, target)
        disk.remove(_meta(part))
        return target

    def _wait(self, attempt: int, after: float | None) -> float:
        if after is not None:
            return min(max(after, 0.0), self.rules.longest_wait)
        wait = self.rules.first_wait * 2.0 ** (attempt - 1)
        return min(wait, self.rules.longest_wait) * (0.5 + 0.5 * self.chance())

    @contextmanager
    def _answer(self, url: str, part: Path, headers: dict[str, str]) -> Iterator[Any]:
        """The answer with the content, behind all redirects."""
        import httpx

        asked = (
            {"User-Agent": "upriver", "Accept-Encoding": "identity"} | headers | _range(part, url)
        )
        here = httpx.URL(url)
        for _ in range(self.rules.redirects + 1):
            self._check_address(here)
            with self._http.stream("GET", here, headers=asked) as answer:
                if answer.status_code not in MOVED:
                    self._check_status(answer)
                    yield answer
                    return
                there = here.join(answer.headers.get("location", ""))
            if there.host != here.host:
                asked = {key: asked[key] for key in asked if key not in headers}
            here = there
        said = f"{_host(url)}: sends us round in more than {self.rules.redirects} redirects."
        raise DownloadError(said)

    def _check_address(self, url: Any) -> None:
        local = self.rules.local and url.host in LOCAL
        if url.scheme != "https" and not (url.scheme == "http" and local):
            raise DownloadError(f"'{one_line(str(url), 120)}' is not an https address.")

    def _check_status(self, answer: Any) -> None:
        status = answer.status_code
        if status in AGAIN:
            after = _after(answer.headers.get("retry-after"), self.clock())
            raise _AgainError(f"answers {status} {answer.reason_phrase}".strip(), after)
        if status not in (200, 206, 416):
            said = f"answers {status} {answer.reason_phrase}".strip()
            hint = " Has its address changed?" if status in (404, 410) else ""
            raise DownloadError(f"{_host(str(answer.url))}: {said}.{hint}")

    def _save(
        self, answer: Any, part: Path, name: str, url: str, began: float, progress: Progress | None
    ) -> None:
        """Write what comes behind what is there, or from the start."""
        done, total = self._start(answer, part, url)
        if total is not None and total > self.rules.largest:
            raise self._too_large(url, part)
        packed = answer.headers.get("content-encoding", "identity") != "identity"
        with disk.writing(part, append=done > 0) as writer:
            if done == 0:
                disk.write_file(_meta(part), disk.json_bytes(_identity(answer, url, packed)))
            try:
                for piece in answer.iter_bytes():
                    writer.write(piece)
                    done += len(piece)
                    if progress is not None:
                        progress(name, done, None if packed else total)
                    if done > self.rules.largest:
                        raise self._too_large(url, part)
                    if self.clock() - began > self.rules.longest:
                        said = f"is not done after {self.rules.longest:g} s"
                        raise DownloadError(f"{_host(url)}: {said}.")
            finally:
                writer.finish()
        if total is not None and not packed and done != total:
            raise _AgainError(f"sent {done:,} of {total:,} bytes")
        if done == 0:
            raise DownloadError(f"{_host(url)}: sent nothing.")

    def _start(self, answer: Any, part: Path, url: str) -> tuple[int, int | None]:
        """Bytes that stay, and bytes in all; a piece that does not fit begins again."""
        if answer.status_code == 200:
            length = answer.headers.get("content-length")
            return 0, int(length) if length and length.isdigit() else None
        have = _size(part)
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("content-range", ""))
        known = _identity(answer, url, False)["validator"]
        meta = disk.read_json(_meta(part)) or {}
        same = not known or known == meta.get("validator")
        if answer.status_code == 416 or not found or int(found[1]) != have or not same:
            disk.remove(part)
            disk.remove(_meta(part))
            raise _AgainError("sent another piece than we asked for", after=0.0)
        return have, None if found[2] == "*" else int(found[2])

    def _too_large(self, url: str, part: Path) -> DownloadError:
        disk.remove(part)
        disk.remove(_meta(part))
        return DownloadError(f"{_host(url)}: sends more than {self.rules.largest:,} bytes.")


def _check_kind(answer: Any, page: bool, url: str) -> None:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") and not page:
        raise DownloadError(f"{_host(url)}: sends a web page where a file should be.")


def _meta(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _identity(answer: Any, url: str, packed: bool) -> dict[str, Any]:
    """What tells later whether a file is still the same: a strong ETag, else its date."""
    tag = answer.headers.get("etag", "")
    strong = tag if tag.startswith('"') else answer.headers.get("last-modified", "")
    return {"url": url, "validator": "" if packed else strong}


def _range(part: Path, url: str) -> dict[str, str]:
    """Headers that ask for the rest of a file, if we have its beginning and can say of which."""
    meta = disk.read_json(_meta(part)) or {}
    have = _size(part)
    if have == 0 or meta.get("url") != url or not meta.get("validator"):
        return {}
    return {"Range": f"bytes={have}-", "If-Range": str(meta["validator"])}


def _after(text: str | None, now: float) -> float | None:
    """Seconds that `Retry-After` asks for, a number or a date; None if it says nothing we know."""
    if text is None:
        return None
    if re.fullmatch(r"\s*\d{1,9}\s*", text):
        return float(text)
    try:
        return parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None


def _host(url: str) -> str:
    import httpx

    return one_line(httpx.URL(url).host, 60)


def _why(error: Exception, rules: Rules) -> str:
    kind = type(error).__name__
    if kind == "ConnectTimeout":
        return f"does not answer within {rules.connect:g} s"
    if "Timeout" in kind:
        return f"sent nothing for {rules.read:g} s"
    if kind in ("RemoteProtocolError", "ReadError"):
        return "broke off"
    return f"cannot be reached ({one_line(str(error), 100)})" if str(error) else "cannot be reached"

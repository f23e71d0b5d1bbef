"""Fetches that are broken on purpose, each in a process of its own; run by test_faults.py.

    python faults.py exhaustive FOLDER     every write, fsync, rename, ... of a fetch, in each way
    python faults.py kills FOLDER COUNT    killed after a random time, over and over in one cache

Prints one JSON object: how many were tried, and what went wrong.
"""

import errno
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from made import socrata, vsrr
from server import Site, site

from upriver.core.errors import DownloadError, WriteError
from upriver.evidence.cache import Cache
from upriver.evidence.download import Client, Rules
from upriver.evidence.sources import cdc_vsrr

CALLS = ("write", "fsync", "rename", "open", "unlink")
WAYS = ("no space", "broken disk", "half, then no space", "kill", "kill after", "kill half-way")
RULES = Rules(tries=1, local=True)

Problems = list[str]


def fetch(root: Path, found: Site) -> None:
    with Client(RULES) as client:
        cdc_vsrr.fetch(Cache(root), client=client, url=f"{found.address}/vsrr.csv", page=60)


def begin(root: Path, base: int) -> None:
    """A cache with one vintage."""
    with Cache(root).stage("cdc_vsrr", now=lambda: datetime(2024, 6, 1, tzinfo=UTC)) as stage:
        stage.add("vsrr.csv", "https://data.cdc.gov").write_text(vsrr(base=base))
        stage.keep(cdc_vsrr.read)


def state(root: Path, allowed: dict[str, str]) -> str:
    """Which of the allowed contents the newest vintage holds whole, or what is wrong."""
    cache = Cache(root)
    newest = cache.newest("cdc_vsrr")
    if newest is None:
        return "wrong: no vintage"
    if not all(one.is_intact() for one in cache.vintages("cdc_vsrr")):
        return "wrong: a vintage is not whole"
    text = newest.paths[0].read_text()
    return next((name for name, one in allowed.items() if one == text), "wrong: another content")


def in_child(work: Callable[[], None]) -> int:
    """Run work in a fork; its exit code: 0 done, 3 said in one line, 4 anything else, -9 killed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 4
    try:
        work()
        code = 0
    except (WriteError, DownloadError) as error:
        code = 3 if "\n" not in str(error) else 5
    except BaseException as error:
        os.write = REAL["write"]
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(code)


REAL = {name: getattr(os, name) for name in CALLS}


def broken(at: int, way: str, work: Callable[[], None]) -> Callable[[], None]:
    """Work in which call number `at` fails in a way."""

    def run() -> None:
        count = iter(range(1_000_000))
        for name in CALLS:
            setattr(os, name, _failing(name, REAL[name], count, at, way))
        work()

    return run


def _failing(name: str, real: Callable, count, at: int, way: str) -> Callable:
    def call(*args, **kwargs):
        if next(count) != at:
            return real(*args, **kwargs)
        half = name == "write" and "half" in way
        if half:
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        if way == "kill after":
            real(*args, **kwargs)
        if way.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.EIO if way == "broken disk" else errno.ENOSPC, "no luck")

    return call


def counted(root: Path, found: Site) -> list[str]:
    """The calls of a fetch in order."""
    calls: list[str] = []

    def counting(name: str) -> Callable:
        def call(*args, **kwargs):
            calls.append(name)
            return REAL[name](*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, counting(name))
    try:
        fetch(root, found)
    finally:
        for name, real in REAL.items():
            setattr(os, name, real)
    return calls


def exhaustive(folder: Path) -> dict[str, object]:
    old, new = vsrr(base=50), vsrr(base=100)
    problems: Problems = []
    seen: dict[str, int] = {"old": 0, "new": 0}
    tried = 0
    begin(folder / "first", 50)
    with site(socrata(new)) as found:
        shutil.copytree(folder / "first", folder / "counted")
        calls = counted(folder / "counted", found)
        for at, name in enumerate(calls):
            for way in WAYS:
                if "half" in way and name != "write":
                    continue
                tried += 1
                case = f"call {at} ({name}), {way}"
                root = folder / f"{tried}"
                shutil.copytree(folder / "first", root)
                code = in_child(broken(at, way, partial(fetch, root, found)))
                if code != (-9 if way.startswith("kill") else 3):
                    problems.append(f"{case}: exit {code}")
                held = state(root, {"old": old, "new": new})
                seen[held] = seen.get(held, 0) + 1
                if held.startswith("wrong"):
                    problems.append(f"{case}: {held}")
                if tried % 3 == 0:
                    again = in_child(partial(fetch, root, found))
                    if again != 0 or state(root, {"new": new}) != "new":
                        problems.append(f"{case}: the next fetch does not get it")
                shutil.rmtree(root)
    kinds = {name: calls.count(name) for name in CALLS}
    problems += _unsynced(calls)
    return {"tried": tried, "calls": kinds, "seen": seen, "problems": problems}


def _unsynced(calls: list[str]) -> Problems:
    """Names given to what is not on the disk yet, and names that are not put there."""
    found = []
    written = named = False
    for at, name in enumerate(calls):
        written = name == "write" or (written and name != "fsync")
        if name == "rename" and (written or named):
            found.append(f"call {at}: a name before its content or the name before it is synced")
        named = name == "rename" or (named and name != "fsync")
    return found + (["the last name is not synced"] if named else [])


def kills(folder: Path, times: int) -> dict[str, object]:
    """Kill fetches at random times; 25 in one cache, where what broke off lies about."""
    chance = random.Random(7)
    problems: Problems = []
    seen: dict[str, int] = {"old": 0, "new": 0}
    texts = {"now": vsrr(base=1000)}
    with site(lambda request: socrata(texts["now"])(request)) as found:
        fetch(folder / "warm", found)
        longest = 1.3 * min(_seconds(partial(fetch, folder / f"try{n}", found)) for n in range(3))
        for number in range(times):
            root = folder / f"cache{number // 25}"
            if number % 25 == 0:
                old = vsrr(base=1000)
                begin(root, 1000)
            texts["now"] = vsrr(base=2000 + number)
            child = os.fork()
            if not child:
                with suppress(BaseException):
                    fetch(root, found)
                os._exit(0)
            time.sleep(chance.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            held = state(root, {"old": old, "new": texts["now"]})
            seen[held] = seen.get(held, 0) + 1
            if held.startswith("wrong"):
                problems.append(f"kill {number}: {held}")
            if held == "new":
                old = texts["now"]
            if number % 25 == 24 and in_child(partial(fetch, root, found)) != 0:
                problems.append(f"kill {number}: the next fetch fails")
            if number % 25 == 24 and state(root, {"new": texts["now"]}) != "new":
                problems.append(f"kill {number}: the next fetch does not get the newest")
    return {"tried": times, "seen": seen, "problems": problems}


def _seconds(work: Callable[[], None]) -> float:
    began = time.monotonic()
    in_child(work)
    return time.monotonic() - began


if __name__ == "__main__":
    place = Path(sys.argv[2])
    done = exhaustive(place) if sys.argv[1] == "exhaustive" else kills(place, int(sys.argv[3]))
    print(json.dumps(done))

"""Python, addresses, threads, space, letters, and which `upriver` a shell finds."""

import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from upriver.engine import addresses

from .finding import Fact, Finding, Found

OLDEST = (3, 11)
NEWEST = (3, 13)
"""Versions of Python that are tested, from and to."""

LEAST_FREE = 20_000_000
"""Bytes of space that a report and its results want, and some to spare."""


def python() -> Found:
    """Whether this Python is one that is tested."""
    version = (sys.version_info[0], sys.version_info[1])
    found = f"{platform.python_version()}, {sys.executable}"
    yield Fact("installed", "Python", found)
    wanted = f"{_dotted(OLDEST)} to {_dotted(NEWEST)}"
    if version < OLDEST:
        yield Finding(
            "python",
            f"Python {_dotted(version)} is too old: Upriver needs {_dotted(OLDEST)} or newer.",
            f"python{_dotted(NEWEST)} -m venv .venv, and install Upriver there",
        )
    elif version > NEWEST:
        yield Finding(
            "python",
            f"Python {_dotted(version)} is newer than those that Upriver is tested with, {wanted}.",
            f"if something fails: python{_dotted(NEWEST)} -m venv .venv, and install Upriver there",
            wrong=False,
        )


def memory() -> Found:
    """Whether the process may have the addresses that a run needs."""
    most = addresses.limit()
    yield Fact("machine", "addresses", "no limit" if most is None else f"{most / 1e9:.1f} GB")
    if most is not None and most < addresses.LEAST:
        yield Finding(
            "memory",
            f"This process may have {most / 1e6:,.0f} MB of addresses; a run needs about 800.",
            "ulimit -v unlimited, or ask for more where jobs are submitted",
        )


def threads() -> Found:
    """How many cores there are for this process; a run takes two."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield Fact("machine", "cores", f"{cores or 1}; a run uses two at most")


def space() -> Found:
    """Whether files can be written to the folder where one is."""
    try:
        here = Path.cwd()
    except OSError:
        yield Finding("space", "The folder that you are in is gone.", "cd")
        return
    yield Fact("machine", "folder", str(here))
    try:
        free = shutil.disk_usage(here).free
        with tempfile.TemporaryFile(dir=here):
            pass
    except OSError as error:
        yield Finding(
            "space",
            f"No file can be written to {here}: {error.strerror or error}.",
            "go to a folder of yours, name one by `--folder`, or use `--no-files`",
            wrong=False,
        )
        return
    if free < LEAST_FREE:
        yield Finding(
            "space",
            f"There are {free / 1e6:,.0f} MB of space left in {here}; a report and its results "
            f"want {LEAST_FREE / 1e6:.0f}.",
            "make room, name another folder by `--folder`, or use `--no-files`",
        )


def letters() -> Found:
    """Whether the terminal shows the letters that tables use."""
    import locale

    streams = {getattr(stream, "encoding", None) or "none" for stream in (sys.stdout, sys.stderr)}
    columns = shutil.get_terminal_size((100, 24)).columns
    kind = f"{columns} columns" if sys.stdout.isatty() else "none: output goes to a file or a pipe"
    yield Fact("machine", "terminal", f"{kind}; letters {', '.join(sorted(streams))}")
    yield Fact("machine", "locale", locale.setlocale(locale.LC_CTYPE) or "C")
    if any(not name.casefold().replace("_", "-").startswith("utf-8") for name in streams):
        yield Finding(
            "letters",
            f"This terminal's letters are {', '.join(sorted(streams))}: signs such as a minus or "
            "the bars of a course are shown as question marks.",
            "export PYTHONUTF8=1, or export LC_ALL=C.UTF-8",
            wrong=False,
        )


def command() -> Found:
    """Whether the `upriver` that a shell finds is this one."""
    there = shutil.which("upriver")
    home = Path(sys.executable).parent
    if there is None:
        yield Fact("machine", "upriver", "not on the PATH; `python -m upriver` is the same")
        return
    yield Fact("machine", "upriver", there)
    if Path(there).parent != home and Path(there).resolve().parent != home:
        yield Finding(
            "command",
            f"The `upriver` that your shell finds, {there}, is not of this Python.",
            f". {home / 'activate'}"
            if (home / "activate").is_file()
            else f"{sys.executable} -m upriver",
            wrong=False,
        )


def _dotted(version: "tuple[int, int]") -> str:
    return ".".join(map(str, version))

"""Clocks for the benchmarks: wall and CPU time, the best of several repeats, and the machine."""

import os
import platform
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Time:
    """Seconds of a call: medians over repeats by the wall's clock and the CPU's, and the least.

    CPU time counts all threads of this process; a busy machine adds to the wall's clock first.
    """

    wall: float
    cpu: float
    least: float


def seconds(call: Callable[[], object], repeats: int, warm: int = 1) -> Time:
    """Time of a call, after `warm` calls that do not count."""
    for _ in range(warm):
        call()
    wall, cpu = [], []
    for _ in range(repeats):
        start, busy = time.perf_counter(), time.process_time()
        call()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - busy)
    return Time(statistics.median(wall), statistics.median(cpu), min(wall))


def machine() -> str:
    """One line: processor, cores, load, Python."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{processor()}, {os.cpu_count()} cores, load {load:.1f}; "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def processor() -> str:
    """The processor's name, as far as the system tells."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(x.partition(":")[2].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def row(what: str, figure: str, goal: str = "", met: bool | None = None) -> str:
    """A line of a table: what, figure, goal, and whether it is met."""
    verdict = "" if met is None else "met" if met else "MISSED"
    return f"{what:<44}{figure:>18}   {goal:<16}{verdict}".rstrip()


def installed() -> str:
    """The command `upriver` beside this Python; ends the benchmark where it is not installed."""
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which("upriver", path=here)
    if found is None:
        sys.exit("The command `upriver` is not installed beside this Python.")
    return found

"""The command line, whole processes, as a person waits for them.

    python benchmarks/startup.py

A new process each time, the folder of its files new and empty. The first calls do not count: they
fill the caches of the system, of Python and of the engine.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from measure import installed, machine, row

WARM = 2
REPEATS = 7
LAST_OF_TABLE = "Median and 95 % interval"
"""Begins the line under the table."""


@dataclass(frozen=True)
class Waited:
    """Seconds from the start: to the line under the table, to the end; and of CPU time."""

    table: float
    end: float
    cpu: float


def main() -> None:
    """Measure each command and print a table with the goal beside each figure."""
    found = installed()
    print(machine())
    for arguments, to_table, to_end in (
        (["--help"], None, 0.4),
        (["--version"], None, 0.4),
        (["run", "--no-files"], 1.0, None),
        (["run"], 1.0, 5.0),
    ):
        calls = [
            once([found, *arguments], table=to_table is not None) for _ in range(WARM + REPEATS)
        ]
        name = " ".join(["upriver", *arguments])
        print(row(f"{name}, first call", f"{calls[0].end:.2f} s"))
        if to_table is not None:
            show(f"{name}, to the table", [c.table for c in calls[WARM:]], to_table)
        show(f"{name}, to the end", [c.end for c in calls[WARM:]], to_end)
        cpu = statistics.median(c.cpu for c in calls[WARM:])
        print(row("  CPU time", f"{cpu:.2f} s"))


def show(what: str, times: list[float], goal: float | None) -> None:
    """A line: the median and the fastest of the calls from the third on."""
    median = statistics.median(times)
    figure = f"{median:.2f} s ({min(times):.2f})"
    print(
        row(
            what,
            figure,
            "" if goal is None else f"<= {goal} s",
            None if goal is None else median <= goal,
        )
    )


def once(command: list[str], table: bool) -> Waited:
    """One process; its lines are read as they come."""
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        seen = None
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if table and seen is None and line.startswith(LAST_OF_TABLE):
                    seen = time.perf_counter() - start
        end = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode or (table and seen is None):
        sys.exit(f"`{' '.join(command)}` failed, or printed no table.")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Waited(seen if seen is not None else end, end, used)


if __name__ == "__main__":
    main()

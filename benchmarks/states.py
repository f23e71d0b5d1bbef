"""All states in one scenario: whole processes, and how much of the time is the engine's own.

    python benchmarks/states.py

A new process each time; the first call does not count. Memory is the most that a process held. The
engine's own time is that of the same runs, tables ready, one after the other.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from measure import installed, machine, row

REPEATS = 3
SECONDS, GIGABYTES, ALONE = 8.0, 1.0, 0.8
COMMANDS: tuple[tuple[tuple[str, ...], float | None], ...] = (
    (("states",), SECONDS),
    (("states", "--sums"), None),
    (("states", "naloxone_doubled", "--against", "base", "--averted", "2027-2031"), None),
    (("run", "--place", "OH"), ALONE),
)
OWN = """
import time, resource
from upriver.engine.run import load
from upriver.experiments.placed import country_run, place_draws
from upriver.experiments.states.run import _table
from upriver.policy.scenario import read_scenario
import numpy as np

engine, country = load(), country_run(read_scenario("base"), 200)
at = np.array([400, 416])
spent = 0.0
for own in place_draws().values():
    columns = _table(own.first(200), country).columns
    start = time.process_time()
    engine.run(columns, outputs=["cumulative.people.overdose.deaths"], instants=at, last_step=416,
               threads=1)
    spent += time.process_time() - start
print(spent)
"""
"""Processor time of the runs that `upriver states` needs, to the end of 2024."""


@dataclass(frozen=True)
class Taken:
    """Of one process: seconds by the wall's clock and the processor's."""

    wall: float
    cpu: float


def main() -> None:
    """Measure each command and print a table with the goal beside each figure."""
    found = installed()
    print(machine())
    own = float(subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True).stdout)
    print(row("the engine's own, 51 states, 200 draws", f"{own:.2f} s of a processor"))
    for arguments, goal in COMMANDS:
        calls = [once([found, *arguments]) for _ in range(1 + REPEATS)][1:]
        wall = statistics.median(one.wall for one in calls)
        cpu = statistics.median(one.cpu for one in calls)
        met = None if goal is None else wall <= goal
        asked = "" if goal is None else f"<= {goal:g} s"
        print(row(" ".join(arguments)[:44], f"{wall:.2f} s", asked, met))
        ratio = f"; {cpu / own:.2f} of the engine's own" if arguments == ("states",) else ""
        print(row("  of processors", f"{cpu:.2f} s{ratio}"))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(row("most memory of any", f"{most:.2f} GB", f"<= {GIGABYTES:g} GB", most <= GIGABYTES))


def once(command: list[str]) -> Taken:
    """One process."""
    with tempfile.TemporaryDirectory() as folder:
        start, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        after = os.times()
        used = after.children_user + after.children_system
        used -= before.children_user + before.children_system
        return Taken(time.perf_counter() - start, used)


if __name__ == "__main__":
    main()

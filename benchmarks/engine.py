"""The compiled engine: one run, runs a second, two threads, memory, and cost by number of draws.

python benchmarks/engine.py
"""

import json
import subprocess
import sys
import time
from functools import cache
from statistics import median
from unittest.mock import patch

import numpy as np
from measure import Time, machine, row, seconds

from upriver.core.time import quarters
from upriver.engine.run import Engine, load
from upriver.engine.sandbox import Sandbox
from upriver.experiments.reported import OUTPUTS
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario

QUARTERS = quarters()
BASE = Scenario(title="published base run", world="reference")
NAMED = 40
SHIPPED = 1000
MANY = 10_000
SIZES = (250, 500, 1000, 2000)
ROUNDS = 15


def main() -> None:
    """Measure all and print a table with the goal beside each figure."""
    print(machine())
    engine = load()
    one = seconds(lambda: run(engine, 0), 300, warm=20)
    alone, both = side_by_side(engine)
    print(row("one run", f"{one.wall * 1e3:.3f} ms", "<= 0.6 ms", one.wall <= 0.6e-3))
    print(row("  the same, CPU time", f"{one.cpu * 1e3:.3f} ms"))
    print(row("  the same, the fastest", f"{one.least * 1e3:.3f} ms"))
    print(row("  of it, in the compiled equations", f"{inside(engine, 0) * 1e3:.3f} ms"))
    print(row("  two runs at once, in the equations", f"{inside(engine, 2) * 1e3:.3f} ms"))
    rate, rate_both = SHIPPED / alone.wall, SHIPPED / both.wall
    print(row("runs a second, one thread", f"{rate:,.0f}", ">= 2,500", rate >= 2500))
    print(row("  the same, of CPU time", f"{SHIPPED / alone.cpu:,.0f}"))
    print(row("  the same, the fastest", f"{SHIPPED / alone.least:,.0f}"))
    print(row("runs a second, two threads", f"{rate_both:,.0f}"))
    print(row("  the same, the fastest", f"{SHIPPED / both.least:,.0f}"))
    ratio, fastest = alone.wall / both.wall, alone.least / both.least
    print(row("  ratio to one", f"{ratio:.2f}", ">= 1.7", ratio >= 1.7))
    print(row("  ratio, the fastest of each", f"{fastest:.2f}"))
    print(row("  CPU time of two over one", f"{both.cpu / alone.cpu:.2f}", "1: no waste"))
    linear(engine)
    memory()


def run(engine: Engine, draws: int, threads: int = 1) -> np.ndarray:
    """The base run, over so many draws, as results files hold it; 0: calibrated values alone."""
    return engine.run(columns(draws), outputs=outputs(engine), instants=QUARTERS, threads=threads)


def inside(engine: Engine, draws: int, repeats: int = 300) -> float:
    """CPU seconds in the compiled code itself, without checking and copying of the columns."""
    spent, call = [], Sandbox.call

    def timed(box: Sandbox, name: str, *arguments: float) -> None:
        start = time.thread_time()
        call(box, name, *arguments)
        spent.append(time.thread_time() - start)

    with patch.object(Sandbox, "call", timed):
        for _ in range(repeats):
            run(engine, draws)
    return median(spent)


@cache
def columns(draws: int) -> dict[str, np.ndarray]:
    """Inputs for so many draws; past those that ship, the same again."""
    times = max(1, draws // SHIPPED)
    return {
        path: np.tile(column, (times, 1)) if column.shape[0] > 1 else column
        for path, column in table(BASE, min(draws, SHIPPED)).columns.items()
    }


@cache
def outputs(engine: Engine) -> tuple[str, ...]:
    """40 outputs: what a run keeps by default, then others in the program's order."""
    more = (name for name in engine.outputs if name not in OUTPUTS)
    return (*OUTPUTS, *more)[:NAMED]


def side_by_side(engine: Engine) -> tuple[Time, Time]:
    """1,000 draws on one thread and on two, by turns, so that both meet the same machine."""
    rounds = [
        [seconds(lambda n=n: run(engine, SHIPPED, n), 1, warm=0) for n in (1, 2)]
        for _ in range(ROUNDS + 1)
    ][1:]
    first, second = zip(*rounds, strict=True)
    return summary(first), summary(second)


def summary(times: tuple[Time, ...]) -> Time:
    """Medians, and the least, of single calls."""
    wall, cpu = [t.wall for t in times], [t.cpu for t in times]
    return Time(float(np.median(wall)), float(np.median(cpu)), min(wall))


def linear(engine: Engine) -> None:
    """Time by number of draws, and how far from a straight line through them.

    The least of several repeats: a busy machine only ever adds.
    """
    rounds = [
        [seconds(lambda n=n: run(engine, n), 1, warm=0) for n in SIZES] for _ in range(ROUNDS // 2)
    ]
    wall, cpu = (
        [min(getattr(t, of) for t in at) for at in zip(*rounds, strict=True)]
        for of in ("wall", "cpu")
    )
    for size, w, c in zip(SIZES, wall, cpu, strict=True):
        print(row(f"{size:,} draws, one thread", f"{w * 1e3:.0f} ms", f"CPU {c * 1e3:.0f} ms"))
    slope, start = np.polyfit(SIZES, cpu, 1)
    off = np.max(np.abs(cpu - (start + slope * np.array(SIZES))) / cpu)
    fit = f"{start * 1e3:.0f} + {slope * 1e3:.3f} ms"
    print(row("  CPU time: start + a draw", fit, "a straight line"))
    print(row("  largest distance from that line", f"{off:.1%}", "<= 20 %", bool(off <= 0.2)))


def memory() -> None:
    """10,000 draws of 40 outputs in a process of their own."""
    made = subprocess.run(
        [sys.executable, __file__, "--many"], check=True, capture_output=True, text=True
    )
    found = json.loads(made.stdout)
    size = found["peak"] / 1e9
    print(row(f"{MANY:,} draws x {NAMED} x 133, two threads", f"{found['wall']:.2f} s"))
    print(row("  the same, CPU time", f"{found['cpu']:.2f} s"))
    print(row("  peak memory of the process", f"{size:.2f} GB", "< 1 GB", size < 1))
    print(row("  of that, the results", f"{found['results'] / 1e9:.2f} GB"))


def many() -> None:
    """In the process of its own: run, and say how long and how much."""
    import resource

    engine, found = load(), {}
    columns(MANY)

    def call() -> None:
        found["results"] = run(engine, MANY, threads=2).nbytes

    taken = seconds(call, 1, warm=0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"wall": taken.wall, "cpu": taken.cpu, "peak": peak * unit, **found}))


if __name__ == "__main__":
    many() if "--many" in sys.argv else main()

"""A sweep on two workers against the engine's own time for as many runs, in the same session.

    python benchmarks/sweep.py                      # 6 scenarios x 51 places x 200 draws
    python benchmarks/sweep.py --scenarios 200      # two million runs: some ten minutes

Scenarios are a grid over the strengths of two handles. The engine's own time is that of the same
runs of places, from 1999 to 2031, tables ready, one after the other on one thread: of two scenarios
in every fourth place, times what the sweep has more. Both are times of processors, which a busy
machine stretches least; the sweep's counts all of its processes, from the command to its end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from measure import installed, machine, row

DRAWS, PLACES, SAMPLE = 200, 51, 4
RATIO, GIGABYTES, SECONDS = 1.15, 1.0, 1.0

OPEN = """
import sys, time, xarray
start, busy = time.perf_counter(), time.process_time()
found = xarray.open_zarr(sys.argv[1], chunks=None)
opened, busy = time.perf_counter() - start, time.process_time() - busy
values = found["deaths"].isel(scenario=0, point=-1).sel(place="OH", year=2031).values
print(opened, time.perf_counter() - start, busy)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenarios", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print(machine())
    runs = asked.scenarios * PLACES * DRAWS
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yaml"
        plan.write_text(planned(asked.scenarios))
        before = own()
        most, wall, cpu = swept(plan, asked.workers)
        after = own()
        opened = subprocess.run(
            [sys.executable, "-c", OPEN, str(plan.with_suffix(".zarr"))],
            check=True, capture_output=True, text=True,
        ).stdout.split()  # fmt: skip
        size = sum(f.stat().st_size for f in plan.with_suffix(".zarr").rglob("*") if f.is_file())
    engine = (before + after) / 2 * runs
    ratio, ideal = cpu / engine, engine / asked.workers
    print(row("runs of places", f"{runs:,}"))
    print(row("engine's own, a run", f"{1e3 * before:.3f} ms before, {1e3 * after:.3f} after"))
    print(row("engine's own, for as many runs", f"{engine:.1f} s"))
    print(row("sweep, of processors", f"{cpu:.1f} s"))
    print(row("sweep, wall", f"{wall:.1f} s"))
    print(row("ratio, of processors", f"{ratio:.2f}", f"<= {RATIO}", ratio <= RATIO))
    print(row("ratio, wall to own time / workers", f"{wall / ideal:.2f}"))
    print(row("most memory of a worker", f"{most / 1e9:.2f} GB", f"< {GIGABYTES} GB", most < 1e9))
    fast = float(opened[0]) <= SECONDS
    print(row("results opened lazily", f"{float(opened[0]):.2f} s", f"<= {SECONDS} s", fast))
    print(row("  of a processor", f"{float(opened[2]):.2f} s"))
    print(row("  and one state read, wall", f"{float(opened[1]):.2f} s"))
    print(row("results on the disk", f"{size / 1e6:.0f} MB"))


def planned(scenarios: int) -> str:
    """A plan of so many scenarios: a grid over two handles, as square as it can be."""
    first = max(n for n in range(1, int(scenarios**0.5) + 1) if scenarios % n == 0)
    kits, beds = (
        np.round(np.linspace(0.05, 1, n), 6).tolist() for n in (first, scenarios // first)
    )
    return (
        f"schema: 1\ntitle: Benchmark\nplaces: all\ndraws: {DRAWS}\n"
        f"parameters:\n  naloxone_kits: {kits}\n  relapse: {[-one / 2 for one in beds]}\n"
    )


def own() -> float:
    """Seconds of a processor for a run of a place of all years, the engine's part alone."""
    from upriver.engine.run import load
    from upriver.experiments.placed import country_run, place_draws, table_in
    from upriver.policy.scenario import read_scenario

    engine, spent, runs = load(), 0.0, 0
    at = np.arange(0, 529, 16)
    for name in ("base", "naloxone_doubled"):
        country = country_run(read_scenario(name), DRAWS)
        for one in list(place_draws().values())[::SAMPLE]:
            columns = table_in(country, one).columns
            start = time.process_time()
            engine.run(
                columns, outputs=["cumulative.people.overdose.deaths"], instants=at, threads=1
            )
            spent += time.process_time() - start
            runs += DRAWS
    return spent / runs


def swept(plan: Path, workers: int) -> tuple[float, float, float]:
    """Most bytes of a worker, seconds by the wall's clock, and of processors."""
    import psutil

    command = [installed(), "sweep", plan.name, "--workers", str(workers)]
    start, before, most = time.perf_counter(), os.times(), 0.0
    process = subprocess.Popen(command, cwd=plan.parent)
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.2):
            try:
                for one in psutil.Process(process.pid).children(recursive=True):
                    most = max(most, one.memory_info().rss)
            except psutil.Error:
                continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    if code:
        sys.exit("The sweep failed.")
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return most, time.perf_counter() - start, used


if __name__ == "__main__":
    main()

"""What a sweep of every county would cost, from measured parts: prints the tables of docs/scale.md.

    python benchmarks/scale.py             the tables, from the parts in docs/tools/scale.yaml
    python benchmarks/scale.py --measure   the parts again on this machine, beside those

Parts are in processor time where they can be, the least of several repeats, so that other work
beside adds little; files are by the wall's clock.
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from measure import machine, row

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "docs"))
from tools import scale

REPEATS = 5
DRAWS = 100
READY = """
from upriver.engine.run import load
from upriver.experiments.placed import place_draws
from upriver.experiments.states.run import run_together
load(), place_draws()
"""
HELD = """
import resource
from upriver.experiments.placed import country_run, place_draws, table_in
from upriver.policy.scenario import read_scenario
country = country_run(read_scenario("base"), {draws})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
FILES = 'import sys; print(sum(bool(getattr(m, "__file__", "")) for m in sys.modules.values()))'


def main(arguments: list[str]) -> None:
    """Print the tables, or measure the parts."""
    if arguments == ["--measure"]:
        print(machine())
        for name, found in measured().items():
            part = scale.parts()[name]
            print(row(part["what"][:44], f"{found:.3g} {part['unit']}", f"kept: {part['value']:g}"))
        return
    for name, made in scale.BLOCKS.items():
        print(f"{name}\n\n{made()}")


def measured() -> dict[str, float]:
    """Parts that can be measured here, by name, in their units."""
    return {**_runs(), **_process(), **_disk(), **_task()}


def _runs() -> dict[str, float]:
    """Milliseconds of a draw, megabytes of a country's draw, and what compression leaves."""
    from upriver.core.time import STEPS, step_of
    from upriver.engine.run import load
    from upriver.experiments.placed import country_run, place_draws, table_in
    from upriver.policy.scenario import read_scenario

    engine, base = load(), read_scenario("base")
    own = place_draws()["OH"].first(DRAWS)
    country = country_run(base, DRAWS)
    columns = table_in(country, own).columns
    kept = ["cumulative.people.overdose.deaths"]
    years = np.arange(0, STEPS + 1, 16)
    split = int(step_of(2026))
    _, state = engine.run(
        columns, outputs=kept, instants=[split], last_step=split, return_state=True
    )

    def whole() -> np.ndarray:
        return engine.run(columns, outputs=kept, instants=years, threads=1)

    def ahead() -> np.ndarray:
        late = years[years >= split]
        return engine.run(
            columns, outputs=kept, instants=late, first_step=split, state=state, threads=1
        )

    return {
        "run": _least(whole) / DRAWS * 1e3,
        "ahead": _least(ahead) / DRAWS * 1e3,
        "country": _least(lambda: country_run(base, DRAWS)) / DRAWS * 1e3,
        "columns": _least(lambda: table_in(country, own)) / DRAWS * 1e3,
        "held": (_peak(1000) - _peak(200)) / 800 / 1e3,
        "packed": _packed(np.diff(whole()[:, 0], axis=1)),
    }


def _peak(draws: int) -> float:
    """Kilobytes that a process held at most, which ran the country and a place in it."""
    asked = HELD.format(draws=draws)
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _packed(deaths: np.ndarray) -> float:
    """Bytes of deaths by draw and year that Zarr's own compression leaves, as a share."""
    import zarr

    held: dict[str, object] = {}
    array = zarr.create_array(
        zarr.storage.MemoryStore(held), shape=deaths.shape, chunks=deaths.shape, dtype="f8"
    )
    array[:] = deaths
    written = sum(len(data.to_bytes()) for name, data in held.items() if name.startswith("c/"))
    return written / deaths.nbytes


def _process() -> dict[str, float]:
    """Seconds until a process could run its first chunk, files that it opens, and its memory."""
    import resource

    def begin() -> None:
        subprocess.run([sys.executable, "-c", READY], check=True)

    before = _children()
    begin()
    used = [_children() - before]
    for _ in range(REPEATS):
        before = _children()
        begin()
        used.append(_children() - before)
    told = subprocess.run(
        [sys.executable, "-c", READY + FILES], check=True, capture_output=True, text=True
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"start": min(used), "files": float(told.stdout), "memory": peak / 1e6}


def _children() -> float:
    now = os.times()
    return now.children_user + now.children_system


def _disk() -> dict[str, float]:
    """Milliseconds to write a file of a chunk's size, and to have it on the disk."""
    data, taken = os.urandom(1_000_000), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(20):
            start = time.perf_counter()
            with open(Path(folder) / f"{number}", "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return {"write": float(np.median(taken)) * 1e3}


def _task() -> dict[str, float]:
    """Milliseconds of a processor for a task of Dask: scheduler and client, nothing done in it."""
    import dask
    from distributed import Client, LocalCluster

    dask.config.set({"distributed.admin.system-monitor.gil.enabled": False})
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        client.gather(client.map(_nothing, range(100), pure=False))
        start = time.process_time()
        client.gather(client.map(_nothing, range(2000), pure=False))
        return {"task": (time.process_time() - start) / 2000 * 1e3}


def _nothing(number: int) -> int:
    return number


def _least(call: Callable[[], object]) -> float:
    """Least processor seconds of several calls."""
    call()
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main(sys.argv[1:])

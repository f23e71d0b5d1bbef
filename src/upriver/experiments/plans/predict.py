"""What a sweep will take, before it runs: runs, bytes at most, and time, from a few runs here."""

import time
from dataclasses import dataclass

import numpy as np

from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.system.world import World
from upriver.work import Job

from .job import work_of
from .plan import Plan

TRIED = 32
"""Draws of the trial."""

BESIDE = 1.1
"""Time of a chunk against the engine's own in it, measured by `benchmarks/sweep.py`, rounded up."""


@dataclass(frozen=True)
class Prediction:
    """What a sweep takes.

    runs: of single draws. chunks: of work. size: bytes of results before they are compressed.
    seconds: of one processor, as this machine is now.
    """

    runs: int
    chunks: int
    size: int
    seconds: float


def predict(plan: Plan, job: Job) -> Prediction:
    """What a sweep will take. Runs a scenario for a few draws."""
    scenario = next(iter(plan.scenarios.values()))
    columns = table(scenario, TRIED, World.named("whole")).columns
    engine = load()

    def trial() -> float:
        begin = time.process_time()
        engine.run(columns, outputs=engine.outputs[:1], instants=np.array([528]), threads=1)
        return time.process_time() - begin

    one = min(trial() for _ in range(3)) / TRIED
    size = sum(8 * int(np.prod([job.dims[dim] for dim in v.dims])) for v in job.variables)
    return Prediction(plan.runs, len(job.chunks), size, one * BESIDE * _whole_runs(plan, job))


def _whole_runs(plan: Plan, job: Job) -> float:
    """Work of all chunks in whole runs."""
    total = 0.0
    for chunk in job.chunks:
        at = {dim: stop - start for dim, (start, stop) in chunk["at"].items()}
        total += work_of(plan, at["scenario"] * at["point"], at["place"])
    return total

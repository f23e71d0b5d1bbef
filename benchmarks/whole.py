"""The whole system beside the published model: what supply and diplomacy cost, and the step.

python benchmarks/whole.py
"""

from pathlib import Path

import numpy as np
from measure import Time, machine, row, seconds

import upriver
from upriver.core.table import Table
from upriver.core.time import STEPS, STEPS_PER_YEAR
from upriver.engine.run import Engine, load
from upriver.policy.apply import DEFAULT_DRAWS, table
from upriver.policy.scenario import Scenario

DEATHS = "cumulative.people.overdose.deaths"
ROUNDS = 15
FROM = 2026
LARGEST = 200_000
DATA = Path(upriver.__file__).parent / "data"


def main() -> None:
    """Measure all and print a table with the goal beside each figure."""
    print(machine())
    engine = load()
    people, whole = (table(Scenario(title="base", world=w), DEFAULT_DRAWS) for w in WORLDS)
    one, other = by_turns(engine, people, whole)
    ratio = other.least / one.least
    draws = f"{DEFAULT_DRAWS} draws, 1999 to 2032, one thread"
    print(row(f"published model, {draws}", f"{one.wall * 1e3:.1f} ms"))
    print(row(f"whole system, {draws}", f"{other.wall * 1e3:.1f} ms"))
    print(
        row("  in steps of the people, the fastest of each", f"{ratio:.2f}", "<= 2.5", ratio <= 2.5)
    )
    late = seconds(later(engine, whole), ROUNDS, warm=2)
    goal = late.wall <= 40e-3
    print(row(f"whole system, from {FROM}", f"{late.wall * 1e3:.1f} ms", "<= 40 ms", goal))
    size = len((DATA / "engine.wasm").read_bytes())
    print(row("size of the engine", f"{size:,} bytes", f"<= {LARGEST:,}", size <= LARGEST))


WORLDS = ("reference", "whole")


def by_turns(engine: Engine, one: Table, other: Table) -> tuple[Time, Time]:
    """Two worlds by turns, so that both meet the same machine."""
    calls = [lambda t=t: course(engine, t) for t in (one, other)]
    taken = [[seconds(call, 1, warm=i == 0) for call in calls] for i in range(ROUNDS)]
    medians = []
    for which in range(2):
        times = [pair[which] for pair in taken]
        medians.append(
            Time(
                float(np.median([t.wall for t in times])),
                float(np.median([t.cpu for t in times])),
                min(t.least for t in times),
            )
        )
    return medians[0], medians[1]


def course(engine: Engine, one: Table) -> np.ndarray:
    """Deaths by quarter over all draws, on one thread."""
    instants = np.arange(0, STEPS + 1, 4)
    return engine.run(one.columns, outputs=[DEATHS], instants=instants, threads=1)


def later(engine: Engine, one: Table):
    """A call that runs from a later year on, from the states that all draws have there."""
    first = (FROM - 1999) * STEPS_PER_YEAR
    instants = np.arange(first, STEPS + 1, 4)
    _, state = engine.run(
        one.columns, outputs=[DEATHS], instants=[first], last_step=first, return_state=True
    )
    return lambda: engine.run(
        one.columns, outputs=[DEATHS], instants=instants, first_step=first, state=state, threads=1
    )


if __name__ == "__main__":
    main()

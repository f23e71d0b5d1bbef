"""Each claim of speed as a ratio of two times that are measured here and now, by turns.

    found = measure()
    [one.name for one in found if not one.met]

Seconds are of a machine and of what else runs on it; a ratio of two calls that take turns is of the
program. So a reviewer judges ratios on any machine, and `docs/performance.md` keeps the seconds.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from upriver.core.pairs import Call, Clock, ratios, typical
from upriver.core.time import FIRST_YEAR, STEPS, STEPS_PER_YEAR, quarters
from upriver.engine.run import load
from upriver.policy.apply import DEFAULT_DRAWS, table
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter
from upriver.system.world import DEFAULT, PUBLISHED

from .children import by_jax, libraries, upriver
from .compare import compare
from .simulate import simulate

Progress = Callable[[int, int], None]
"""Called with claims measured and claims in all."""

DEATHS = counter("people.overdose.deaths")
FROM = 2026
MANY = 1000
STATES = 51
FEW = 50
"""Draws of states: as many states, in a third of the time."""

TOGETHER = ("base", "naloxone_doubled", "treatment_doubled", "border_doubled", "everything_doubled")


class NotHere(Exception):  # noqa: N818 -- no fault: something that this machine does not have
    """Why a claim cannot be measured here."""


@dataclass(frozen=True)
class Claim:
    """What is claimed: a ratio of two times.

    name: short. said: what over what. bar: the ratio that is asked; at_most: or less, else or more.
    rounds: pairs. pair: makes the two calls, or gives the ratios where a process measures itself.
    """

    name: str
    said: str
    bar: float
    at_most: bool
    rounds: int
    pair: Callable[[int], tuple[Call, Call] | Sequence[float]]


@dataclass(frozen=True)
class Measured:
    """A claim and what came of it. ratio: None where `why` says why it cannot be measured here."""

    claim: Claim
    ratio: float | None
    why: str = ""

    @property
    def met(self) -> bool:
        """Whether the ratio is what was asked; nothing is missed where nothing was measured."""
        if self.ratio is None:
            return True
        return self.ratio <= self.claim.bar if self.claim.at_most else self.ratio >= self.claim.bar


def measure(
    claims: "Sequence[Claim] | None" = None,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
) -> list[Measured]:
    """Measure claims one after the other.

    Args:
        claims: by default all. clock: gives seconds.
    """
    chosen = CLAIMS if claims is None else claims
    found = []
    for done, claim in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen))
        found.append(_measured(claim, clock))
    if progress is not None:
        progress(len(chosen), len(chosen))
    return found


def _measured(claim: Claim, clock: Clock) -> Measured:
    try:
        made = claim.pair(claim.rounds)
    except NotHere as why:
        return Measured(claim, None, str(why))
    if isinstance(made, tuple):
        one, other = made
        made = list(ratios(one, other, claim.rounds, clock))
    return Measured(claim, typical(made))


def command_over_libraries(_: int) -> tuple[Call, Call]:
    """A whole `upriver run`, over a Python that only loads the libraries that it needs."""
    return lambda: upriver("run", "--no-files"), libraries


def one_thread_over_two(_: int) -> tuple[Call, Call]:
    """1,000 draws of the published model on one thread, over the same on two."""
    if _cores() < 2:
        raise NotHere("this machine has one core")
    return _runs(PUBLISHED, MANY), _runs(PUBLISHED, MANY, threads=2)


def whole_over_people(_: int) -> tuple[Call, Call]:
    """200 draws of the whole system over 200 of the published model, on one thread."""
    return _runs(DEFAULT, DEFAULT_DRAWS), _runs(PUBLISHED, DEFAULT_DRAWS)


def many_over_few(_: int) -> tuple[Call, Call]:
    """1,000 draws over 200 of the whole system, on one thread."""
    return _runs(DEFAULT, MANY), _runs(DEFAULT, DEFAULT_DRAWS)


def all_years_over_those_ahead(_: int) -> tuple[Call, Call]:
    """200 draws from 1999 over 200 from the states of 2026, on one thread."""
    engine, columns = load(), table(_base(DEFAULT), DEFAULT_DRAWS).columns
    first = (FROM - FIRST_YEAR) * STEPS_PER_YEAR
    state = engine.run(
        columns, outputs=[DEATHS], instants=np.array([first]), last_step=first, return_state=True
    )[1]

    def ahead() -> np.ndarray:
        at = np.arange(first, STEPS + 1, 4)
        return engine.run(
            columns, outputs=[DEATHS], instants=at, first_step=first, state=state, threads=1
        )

    return _runs(DEFAULT, DEFAULT_DRAWS), ahead


def five_over_five_alone(_: int) -> tuple[Call, Call]:
    """Five scenarios in one comparison over the same five, a run each."""
    return (
        lambda: compare(*TOGETHER),
        lambda: [simulate(scenario) for scenario in TOGETHER],
    )


def states_over_a_state(_: int) -> tuple[Call, Call]:
    """`upriver states`, over `upriver run --place OH`; whole processes of 50 draws."""
    few = ("--draws", f"{FEW}")
    return (
        lambda: upriver("states", *few),
        lambda: upriver("run", "--place", "OH", "--no-files", *few),
    )


def jax_over_engine(rounds: int) -> Sequence[float]:
    """One run of the published model by JAX, compiled, over one by the engine."""
    if find_spec("jax") is None or find_spec("equinox") is None:
        raise NotHere("JAX is not installed (it comes with the extra 'dev')")
    return by_jax(rounds)


def _runs(world: str, draws: int, threads: int = 1) -> Call:
    """A call that runs the base scenario's deaths by quarter."""
    engine, columns = load(), table(_base(world), draws).columns
    return lambda: engine.run(columns, outputs=[DEATHS], instants=quarters(), threads=threads)


def _base(world: str) -> Scenario:
    return Scenario(title="base", world=world)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


CLAIMS = (
    Claim(
        "a run answers soon after Python has its libraries",
        "`upriver run --no-files`, the whole process with 200 draws, over a Python that only loads "
        "numpy, wasmtime, typer and YAML",
        6.0,
        True,
        3,
        command_over_libraries,
    ),
    Claim(
        "a second core is used",
        "1,000 draws of the published model on one thread, over the same on two",
        1.7,
        False,
        7,
        one_thread_over_two,
    ),
    Claim(
        "supply and diplomacy cost no more than people twice over",
        "200 draws of the whole system, over 200 of the published model",
        2.5,
        True,
        7,
        whole_over_people,
    ),
    Claim(
        "time grows with draws in a straight line",
        "1,000 draws of the whole system, over 200 (a straight line: 5)",
        5.5,
        True,
        3,
        many_over_few,
    ),
    Claim(
        "a lever of the future runs the future alone",
        f"200 draws from 1999, over 200 from the states of {FROM}",
        4.0,
        False,
        7,
        all_years_over_those_ahead,
    ),
    Claim(
        "scenarios share their past",
        "five scenarios in one comparison, over five runs (nothing shared: 1)",
        0.75,
        True,
        5,
        five_over_five_alone,
    ),
    Claim(
        "all states cost a fraction of a run each",
        f"`upriver states`, over `upriver run --place OH`, both of {FEW} draws (one after the "
        f"other: {STATES})",
        10.0,
        True,
        2,
        states_over_a_state,
    ),
    Claim(
        "the compiled engine is faster than JAX",
        "one run of the published model by JAX, compiled, over one by the engine",
        2.0,
        False,
        41,
        jax_over_engine,
    ),
)
"""All of them; the bars are those of docs/performance.md, and the moves of the page are not here:
they want a browser (benchmarks/page.py)."""

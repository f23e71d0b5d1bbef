"""A run against the record: each recorded series beside what the model has for the same thing.

The run is brought to the record's own calendar, from its values at every step: a flow is summed
over each period, a level is taken at an instant (a record by year stands at its start, as the
published model took it), and what the model is given is compared where it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import STEPS
from upriver.core.units import factor
from upriver.engine.run import load
from upriver.engine.tools import quantiles
from upriver.evidence.figures import COUNTRY, of_place, series
from upriver.evidence.record import Record
from upriver.evidence.series import Beside, all_words
from upriver.policy.apply import DEFAULT_DRAWS, table
from upriver.policy.scenario import read_scenario
from upriver.system.counters import COUNTED, counter
from upriver.system.observation import covered, levels, observed
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT, MADE, PUBLISHED, World

from .simulate import INTERVAL

Doubles = NDArray[np.float64]

NOT_RECORDED = ("projected", "modelled", "partial", "missing", "suppressed")


@dataclass(frozen=True, eq=False)
class Against:
    """One record beside a run, over the periods that both have.

    kind: `sums`, `level` or `driver`, as compared. recorded: in the record's unit, shape (n,).
    median, low, high: modelled, 95 % interval over draws; without width for a driver.
    """

    record: Record
    kind: str
    name: str
    labels: tuple[str, ...]
    recorded: Doubles
    median: Doubles
    low: Doubles
    high: Doubles

    @property
    def inside(self) -> int | None:
        """Periods in which the record lies in the interval; None for what the model is given."""
        if self.kind == "driver":
            return None
        return int(np.sum((self.low <= self.recorded) & (self.recorded <= self.high)))

    @property
    def differences(self) -> Doubles:
        """Modelled against recorded, as a share of what is recorded; NaN where that is zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.median / self.recorded - 1
        return np.where(self.recorded == 0, np.nan, found)

    @property
    def typical(self) -> float:
        """Median size of the difference, as a share."""
        known = np.abs(self.differences[np.isfinite(self.differences)])
        return float(np.median(known)) if known.size else float("nan")

    @property
    def last(self) -> float:
        """Difference in the newest period, as a share."""
        return float(self.differences[-1])


def against(
    names: Sequence[str] | None = None,
    scenario: str = "base",
    *,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
) -> list[Against]:
    """Recorded series of the country that have a counterpart in the model, beside a run.

    Args:
        names: of series; by default all that have a counterpart.
        scenario: what is run; it should be history as it was.
        draws, world: as in `simulate`.
    """
    chosen = read_scenario(scenario)
    run_in = World.named(world or chosen.world or DEFAULT)
    pairs = {
        name: _in_world(words.beside, run_in)
        for name, words in all_words().items()
        if words.beside is not None
    }
    wanted = [series(name) for name in (pairs if names is None else names) if name in pairs]
    records = [record for record in wanted if record.place == COUNTRY]
    kinds = [(record, _kind(record, pairs[record.name])) for record in records]
    columns = table(chosen, draws, run_in)
    run = _every_step(columns, [(kind, pairs[record.name].name) for record, kind in kinds])
    found = (_beside(r, kind, pairs[r.name].name, run, columns) for r, kind in kinds)
    return [one for one in found if one is not None]


@cache
def projection_begins() -> float:
    """The first calendar year that no record covers whole, of all that a run is compared with.

    What is given to the model, its drivers, is not compared. Every chart and text that says where
    a projection begins says this year.
    """
    besides = {name: words.beside for name, words in all_words().items()}
    compared = [name for name, one in besides.items() if one and one.kind != "driver"]
    return float(np.floor(max(_end(one) for one in map(of_place, compared) if one)))


def _end(record: Record) -> float:
    """Calendar year in which the newest value ends that a run is compared with."""
    known = np.isfinite(record.values) & ~np.isin(record.statuses, NOT_RECORDED)
    return float(np.max(record.ends[known], initial=-np.inf))


def _in_world(beside: Beside, world: World) -> Beside:
    """What stands beside a record in a world: what supply makes is not given there."""
    made = MADE if world.name != PUBLISHED else {}
    return Beside("level", made[beside.name]) if beside.name in made else beside


def _every_step(columns: Table, wanted: Sequence[tuple[str, str]]) -> dict[str, Doubles]:
    """Outputs and counters at every instant of a run, by name, shape (draws, STEPS + 1)."""
    names = [counter(name) if kind == "sums" else name for kind, name in wanted if kind != "driver"]
    outputs = tuple(dict.fromkeys(names))
    if not outputs:
        return {}
    values = load().run(columns.columns, outputs=outputs, instants=np.arange(STEPS + 1))
    return {name: values[:, i] for i, name in enumerate(outputs)}


def _beside(
    record: Record, kind: str, name: str, run: dict[str, Doubles], columns: Table
) -> Against | None:
    """One record beside a run; None if they have no period in common."""
    known = np.isfinite(record.values) & ~np.isin(record.statuses, NOT_RECORDED)
    kept = np.flatnonzero(known & covered(record))
    if not kept.size:
        return None
    if kind == "sums":
        draws = observed(run[counter(name)], record, unit_of(counter(name)))[:, kept]
    else:
        given = kind == "driver"
        course = columns.wide(name)[:1] if given else run[name]
        unit = parameters()[name].unit if given else unit_of(name)
        draws = course @ levels(record.starts[kept]).T * factor(unit, record.unit)
    low, median, high = quantiles(draws, INTERVAL)
    return Against(
        record=record,
        kind=kind,
        name=name,
        labels=tuple(record.labels[i] for i in kept),
        recorded=record.values[kept],
        median=median,
        low=low,
        high=high,
    )


def _kind(record: Record, what: Beside) -> str:
    """How to compare: a flow that is recorded over a period is a sum, wherever it is counted."""
    flow = what.name in COUNTED and "/year" in record.unit
    return "sums" if flow and what.kind == "level" else what.kind

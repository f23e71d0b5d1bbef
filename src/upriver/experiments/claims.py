"""The founding article's claims: what the record says of each, and the model where it can.

The run is the base projection, of the published model, or of the whole system where only that knows
of the thing. A figure is computed draw by draw, so that a share, a change or
an effect has its own interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from upriver.engine.tools import quantiles
from upriver.evidence.claims import Claim, Modelled, Recorded, Test, claims, recorded
from upriver.evidence.series import all_words
from upriver.policy.scenario import parse_scenario
from upriver.system.counters import COUNTED, counter
from upriver.system.outputs import unit_of

from .simulate import INTERVAL, Doubles, Run, simulate

PERCENT = "percent"

AGREE = 0.9
"""Share of draws from which the model says yes, and above which, the other way, it says no."""
HEAD = "schema: 2\ntitle: a claim\n"


@dataclass(frozen=True)
class Figure:
    """A figure of the run: median and 95 % interval over draws, unit, and the year it is of.

    draws: how many. scenario: title of the run, or of the two that an effect parts. table: digests
    of their tables.
    """

    median: float
    low: float
    high: float
    unit: str
    period: str
    draws: int
    scenario: str
    table: str


@dataclass(frozen=True)
class Verdict:
    """In how many draws a figure is as its claim lets one expect, of how many."""

    held: int
    draws: int

    @property
    def says(self) -> str:
        """`yes`, `no`, or `open` where draws disagree."""
        share = self.held / self.draws
        return "yes" if share >= AGREE else "no" if share <= 1 - AGREE + 1e-9 else "open"


@dataclass(frozen=True)
class Examined:
    """A claim with what stands beside it.

    verdict: what the run says of it, where it was put to a test.
    difference: modelled against recorded, where both are of the same thing: in percentage points if
        they are in percent, otherwise a share of what is recorded.
    """

    claim: Claim
    recorded: Recorded | None
    modelled: Figure | None
    verdict: Verdict | None
    difference: float | None

    @property
    def in_points(self) -> bool:
        """Whether the difference is one of percentages."""
        return self.modelled is not None and self.modelled.unit == PERCENT

    def told(self) -> dict[str, Any]:
        """All of it, for programs."""
        c, verdict = self.claim, self.verdict
        return {
            "name": c.name,
            "claim": c.claim,
            "kind": c.kind,
            "status": c.status,
            "quantity": c.quantity,
            "stated": None if c.stated is None else asdict(c.stated),
            "series": None if c.record is None else c.record.series,
            "recorded": None if self.recorded is None else self.recorded._asdict(),
            "no_record": c.no_record,
            "modelled": None if self.modelled is None else asdict(self.modelled),
            "world": None if c.modelled is None else c.modelled.world,
            "test": None if c.test is None else asdict(c.test),
            "verdict": None if verdict is None else {"says": verdict.says, **asdict(verdict)},
            "difference": self.difference,
            "remark": c.remark,
        }


def examine(
    names: Sequence[str] | None = None,
    run: Run | None = None,
    figures: Mapping[str, Figure] | None = None,
) -> list[Examined]:
    """Claims with what stands beside each.

    Args:
        names: of claims; by default all.
        run: one of the published model that kept what the claims name; by default the base
            projection, if it is needed. What the whole system says is run besides.
        figures: what the runs said, by claim, where that is known: nothing is run then, and no
            verdict given.
    """
    chosen = [one for name, one in claims().items() if names is None or name in names]
    if figures is not None:
        return [_beside(one, figures.get(one.name), None) for one in chosen]
    asked = [one.modelled for one in chosen if one.modelled is not None]
    runs: dict[Key, Run] = {} if run is None else {("reference", None): run}
    for key in dict.fromkeys(key for what in asked for key in _runs_of(what)):
        if key not in runs:
            runs[key] = _run(key, [what for what in asked if key in _runs_of(what)])
    return [_examined(one, runs) for one in chosen]


Key = tuple[str, str | None]
"""A run: its world, and the text of its scenario, None for the base projection."""


def _runs_of(what: Modelled) -> list[Key]:
    """The runs that a figure needs."""
    base: Key = (what.world, None)
    return [base] if what.scenario is None else [base, (what.world, what.scenario)]


def _run(key: Key, asked: Sequence[Modelled]) -> Run:
    world, text = key
    scenario = "base" if text is None else parse_scenario(f"{HEAD}{text}", "claims.yaml")
    return simulate(scenario, world=world, outputs=_outputs(asked))


def _examined(one: Claim, runs: Mapping[Key, Run]) -> Examined:
    if one.modelled is None:
        return _beside(one, None, None)
    values = _draws(one.modelled, [runs[key] for key in _runs_of(one.modelled)])
    verdict = None if one.test is None else _verdict(one.test, values)
    return _beside(one, _figure(one.modelled, runs, values), verdict)


def _beside(one: Claim, modelled: Figure | None, verdict: Verdict | None) -> Examined:
    """A claim with its figure and what is recorded."""
    found, difference = recorded(one), None
    if found is not None and modelled is not None and _same(one):
        if modelled.unit == PERCENT:
            difference = modelled.median - found.value
        else:
            difference = modelled.median / found.value - 1 if found.value else None
    return Examined(one, found, modelled, verdict, difference)


def _verdict(test: Test, values: Doubles) -> Verdict:
    held = values > test.than if test.expects == "more" else values < test.than
    return Verdict(int(np.sum(held)), len(values))


def _same(one: Claim) -> bool:
    """Whether the series and the output are the same thing, as the series' words say."""
    if one.record is None or one.modelled is None:
        return False
    beside = all_words()[one.record.series].beside
    return beside is not None and (beside.name,) == one.modelled.names


def _figure(what: Modelled, runs: Mapping[Key, Run], values: Doubles) -> Figure:
    made = [runs[key] for key in _runs_of(what)]
    low, median, high = (float(v[0]) for v in quantiles(values[:, None], INTERVAL))
    unit = PERCENT if what.kind in ("share", "change", "effect") else unit_of(named(what.name)[0])
    period = f"{what.year}" if what.since is None else f"{what.since} to {what.year}"
    period += "" if what.condition is None else f" if {what.condition}"
    titles = [what.condition or "as the claim asks", made[0].scenario.title]
    return Figure(
        *(median, low, high, unit, period),
        draws=made[0].draws,
        scenario=" against ".join(titles[-len(made) :]),
        table=", ".join(str(run.provenance["table_digest"]) for run in made),
    )


def _draws(what: Modelled, runs: Sequence[Run]) -> Doubles:
    """The figure, a value a draw."""
    now = _sum(what.names, runs[0], what.year)
    if what.over is not None:
        return 100 * now / _sum((what.over,), runs[0], what.year)
    if what.since is not None:
        return 100 * (now / _sum(what.names, runs[0], what.since) - 1)
    if what.scenario is not None:
        return 100 * (_sum(what.names, runs[1], what.year) / now - 1)
    return now


def _sum(names: Sequence[str], run: Run, year: int) -> Doubles:
    """Flows over a calendar year, or levels at its start, added up, a value a draw."""
    found = [_one(run, name, year) for given in names for name in named(given)]
    total: Doubles = np.sum(found, axis=0)
    return total


def _one(run: Run, name: str, year: int) -> Doubles:
    if name in COUNTED:
        return run.periods(name, np.array([float(year)]), np.array([year + 1.0]))[:, 0]
    level = run.level(name)
    at: int = int(np.flatnonzero(np.isclose(level.times, year))[0])
    return level.draws[:, at]


def named(given: str) -> tuple[str, ...]:
    """Flows that a name of a claim stands for: `[*]` is every row."""
    start, star, _ = given.partition("[*]")
    return tuple(n for n in COUNTED if n.startswith(f"{start}[")) if star else (given,)


def _outputs(asked: Sequence[Modelled]) -> tuple[str, ...]:
    """What a run must keep."""
    given = [name for what in asked for name in (*what.names, what.over) if name]
    names = [name for one in given for name in named(one)]
    return tuple(dict.fromkeys(counter(n) if n in COUNTED else n for n in names))

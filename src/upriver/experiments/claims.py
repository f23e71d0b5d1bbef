"""The founding article's claims: what the record says of each, and the model where it can.

The run is the base projection; a figure of it is computed draw by draw, so that a share or a change
has its own interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from upriver.engine.tools import quantiles
from upriver.evidence.claims import Claim, Modelled, Recorded, claims, recorded
from upriver.evidence.series import all_words
from upriver.system.counters import COUNTED, counter
from upriver.system.outputs import unit_of

from .simulate import INTERVAL, Doubles, Run, simulate

PERCENT = "percent"


@dataclass(frozen=True)
class Figure:
    """A figure of the run: median and 95 % interval over draws, unit, and the year it is of."""

    median: float
    low: float
    high: float
    unit: str
    period: str


@dataclass(frozen=True)
class Examined:
    """A claim with what stands beside it.

    difference: modelled against recorded, where both are of the same thing: in percentage points if
        they are in percent, otherwise a share of what is recorded.
    """

    claim: Claim
    recorded: Recorded | None
    modelled: Figure | None
    difference: float | None

    @property
    def in_points(self) -> bool:
        """Whether the difference is one of percentages."""
        return self.modelled is not None and self.modelled.unit == PERCENT


def examine(names: Sequence[str] | None = None, run: Run | None = None) -> list[Examined]:
    """Claims with what stands beside each.

    Args:
        names: of claims; by default all.
        run: one that kept what the claims name; by default the base projection, if it is needed.
    """
    chosen = [one for name, one in claims().items() if names is None or name in names]
    asked = [one.modelled for one in chosen if one.modelled is not None]
    if asked and run is None:
        run = simulate(outputs=_outputs(asked))
    return [_examined(one, run) for one in chosen]


def _examined(one: Claim, run: Run | None) -> Examined:
    found = recorded(one)
    modelled = None if one.modelled is None or run is None else _figure(one.modelled, run)
    difference = None
    if found is not None and modelled is not None and _same(one):
        if modelled.unit == PERCENT:
            difference = modelled.median - found.value
        else:
            difference = modelled.median / found.value - 1 if found.value else None
    return Examined(one, found, modelled, difference)


def _same(one: Claim) -> bool:
    """Whether the series and the output are the same thing, as the series' words say."""
    if one.record is None or one.modelled is None:
        return False
    beside = all_words()[one.record.series].beside
    return beside is not None and beside.name == one.modelled.name


def _figure(what: Modelled, run: Run) -> Figure:
    values = _KINDS[what.kind](what, run)
    low, median, high = (float(v[0]) for v in quantiles(values[:, None], INTERVAL))
    percent = what.kind in ("share", "change")
    unit = PERCENT if percent else unit_of(what.name)
    period = f"{what.year}" if what.since is None else f"{what.since} to {what.year}"
    return Figure(median, low, high, unit, period)


def _sums(what: Modelled, run: Run) -> Doubles:
    return _year(run, what.name, what.year)


def _share(what: Modelled, run: Run) -> Doubles:
    assert what.over is not None
    return 100 * _year(run, what.name, what.year) / _year(run, what.over, what.year)


def _change(what: Modelled, run: Run) -> Doubles:
    assert what.since is not None
    return 100 * (_year(run, what.name, what.year) / _year(run, what.name, what.since) - 1)


def _level(what: Modelled, run: Run) -> Doubles:
    level = run.level(what.name)
    at: int = int(np.flatnonzero(np.isclose(level.times, what.year))[0])
    return level.draws[:, at]


def _year(run: Run, flow: str, year: int) -> Doubles:
    """A flow over a calendar year, a value a draw."""
    return run.periods(flow, np.array([float(year)]), np.array([year + 1.0]))[:, 0]


def _outputs(asked: Sequence[Modelled]) -> tuple[str, ...]:
    """What a run must keep."""
    names = [name for what in asked for name in (what.name, what.over) if name]
    return tuple(dict.fromkeys(counter(n) if n in COUNTED else n for n in names))


_KINDS: dict[str, Callable[[Modelled, Run], Doubles]] = {
    "sums": _sums,
    "share": _share,
    "change": _change,
    "level": _level,
}

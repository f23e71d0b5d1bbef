"""Which single lever saves most: each alone, over the same draws, with what it costs.

A lever that changes a rate by whatever means and one that a service could pull tomorrow stand in
one list, so each carries its grade and whether its effect is drawn from evidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import unknown_name
from upriver.engine.tools import quantiles
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.policy.changes import pull
from upriver.policy.lever import LEVELS, STAGES, Lever
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario
from upriver.system.world import DEFAULT, World, is_asleep

from .costs.prices import Priced
from .costs.value import cost
from .costs.view import outlay
from .summary import Doubles, Interval, interval
from .verdict import LEAST

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = LEVELS[-1]
HALF = (0.25, 0.75)


@dataclass(frozen=True)
class Ranked:
    """A lever pulled alone from 2026 on.

    averted: deaths from 2026 to 2031 [people]. inner: half of the draws lie in it [people].
    helps: share of draws in which it averts any [1].
    spent: what it takes to treat, to give and to run it [USD of 2021], or None where that is not
    known. per_death: health sector's net cost for a death averted. drawn: whether the effect is
    drawn from an interval of its own.
    """

    lever: Lever
    averted: Interval
    inner: tuple[float, float]
    helps: float
    spent: Interval | None
    per_death: Priced | None
    drawn: bool


@dataclass(frozen=True)
class Ranking:
    """Levers at one level, most lives first. asleep: those that move nothing in the world."""

    level: str
    draws: int
    rows: tuple[Ranked, ...]
    asleep: tuple[str, ...]

    def plot(self) -> "Figure":
        """Bars with intervals."""
        from .bars import bars

        return bars(self)


def rank(
    level: str = MOST,
    stages: Sequence[str] = (),
    draws: int = DEFAULT_DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Ranking:
    """Each lever alone at a level, in the whole system, from the most deaths averted to the fewest.

    Args:
        level: `some`, `more` or `most`. stages: of the system; all of them where none is named.

    Raises:
        UnknownName: no such level or stage.
    """
    awake, asleep = levers_of(level, stages)
    found = cost("base", *(alone(v, level) for v in awake), draws=draws, progress=progress)
    rows = []
    for v, run in zip(awake, found.runs[1:], strict=True):
        averted = found.averted(run)
        whole = found.complete(run)
        rows.append(
            ranked(
                v,
                averted=interval(averted),
                inner=half(averted),
                helps=float(np.mean(averted >= LEAST)),
                spent=interval(outlay(found, run)) if whole else None,
                per_death=found.per_death(run) if whole else None,
            )
        )
    rows.sort(key=lambda one: one.averted.median, reverse=True)
    return Ranking(level, draws, tuple(rows), tuple(asleep))


def levers_of(level: str, stages: Sequence[str]) -> tuple[list[Lever], list[str]]:
    """Levers of stages that move something in the whole system, and names of those that do not.

    Raises:
        UnknownName: no such level or stage.
    """
    if level not in LEVELS[1:]:
        raise unknown_name("level", level, LEVELS[1:], where=("--level", None))
    for stage in stages:
        if stage not in STAGES:
            raise unknown_name("stage", stage, STAGES, where=("--stage", None))
    world = World.named(DEFAULT)
    chosen = [v for v in levers().values() if not stages or v.stage in stages]
    asleep = [v.name for v in chosen if all(is_asleep(path, world) for path in v.acts_on)]
    return [v for v in chosen if v.name not in asleep], asleep


def ranked(
    v: Lever,
    averted: Interval,
    inner: tuple[float, float],
    helps: float,
    spent: Interval | None = None,
    per_death: Priced | None = None,
) -> Ranked:
    """A lever with what it does; see `Ranked`."""
    drawn = v.effect is not None and v.effect.interval is not None
    return Ranked(v, averted, inner, helps, spent, per_death, drawn)


def half(averted: Doubles) -> tuple[float, float]:
    """The interval that the middle half of the draws lie in."""
    low, high = quantiles(averted[:, None], HALF)[:, 0]
    return float(low), float(high)


def alone(v: Lever, level: str) -> Scenario:
    """A scenario that pulls one lever to a level."""
    amount = v.levels[level]
    return Scenario(title=v.name, changes=() if amount is None else (pull(v, amount),))

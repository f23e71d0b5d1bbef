"""What would you have to believe for one scenario to beat another? Bounds that turn the answer.

Over all draws one of the two averts more deaths more often. For each unknown the draws are ordered
by it, and the widest part above or below a bound is sought in which the other is ahead beyond what
chance among so many bounds would bring. What an unknown has to be is a belief; what the record says
of it stands beside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike

import numpy as np

from upriver.core.errors import InputError
from upriver.core.time import LAST_YEAR
from upriver.policy.beliefs import EXPLANATION, LEAST
from upriver.policy.chosen import fitted
from upriver.policy.fitted import MISSED
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter
from upriver.system.world import DEFAULT

from .arguments import scenario_of
from .compare import compare
from .ground import DEATHS, common_world
from .summary import Doubles, Interval, interval
from .verdict import LEAST as FEWEST

ALL_DRAWS = 1000
HALF = 0.5
FIVE = 5
"""Unknowns that are told where no bound turns the answer."""

SURE = 3.5
"""Standard errors by which a share has to pass half: hundreds of bounds are tried."""


@dataclass(frozen=True)
class Hinge:
    """A belief that turns the answer.

    belief: as `--believe` takes it. draws: in which it holds. ahead: share of them in which the
    other scenario is ahead. assumed: whether the record left the unknown where it was.
    """

    belief: str
    draws: int
    ahead: float
    assumed: bool


@dataclass(frozen=True)
class Hinges:
    """What turns an answer, the belief that leaves most draws first.

    one, other: titles; `one` is what should beat `other`. ahead: share of all draws in which it
    does. more: deaths that it averts more than the other. moves: unknowns that the difference
    follows most, with rank correlations, where nothing turns it.
    """

    one: str
    other: str
    draws: int
    ahead: float
    more: Interval
    hinges: tuple[Hinge, ...]
    moves: tuple[tuple[str, float], ...]


def hinges(
    one: str | PathLike[str] | Scenario,
    other: str | PathLike[str] | Scenario,
    draws: int = ALL_DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Hinges:
    """What one would have to believe for a scenario to avert more deaths than another.

    Args:
        one: what should beat `other`.
        draws: of the fit; more say more.

    Raises:
        InputError: they run in a world that is not fitted, or with too few draws.
    """
    if draws < 2 * LEAST:
        raise InputError(
            "are too few to part", file="--draws", found=str(draws), allowed=f"{2 * LEAST} or more"
        )
    read = [scenario_of(scenario) for scenario in (other, one)]
    if (world := common_world(read)) != DEFAULT:
        raise InputError("have no unknowns to believe in", file="scenarios", found=world)
    counted = (counter(DEATHS),)
    comparison = compare(other, one, draws=draws, outputs=counted, progress=progress)
    first, second = comparison.runs
    start, end = np.array([comparison.since]), np.array([float(LAST_YEAR)])
    more = (first.periods(DEATHS, start, end) - second.periods(DEATHS, start, end))[:, 0]
    known = fitted()
    values = {
        path: column[: len(more)] for path, column in known.constants.items() if path != MISSED
    }
    rivals = np.array(known.rival[: len(more)])
    found = []
    if np.mean(more >= FEWEST) <= HALF:
        for path, column in values.items():
            assumed = path in known.told and known.told[path].assumed
            found += [Hinge(*row, assumed) for row in _bounds(path, column, more)]
        for name in dict.fromkeys(rivals.tolist()):
            held = rivals == name
            if held.sum() >= LEAST and _ahead(more[held]):
                share = float(np.mean(more[held] >= FEWEST))
                found.append(Hinge(f"{EXPLANATION} = {name}", int(held.sum()), share, True))
    found.sort(key=lambda hinge: (-hinge.draws, hinge.belief))
    return Hinges(
        one=second.scenario.title,
        other=first.scenario.title,
        draws=len(more),
        ahead=float(np.mean(more >= FEWEST)),
        more=interval(more),
        hinges=tuple(found),
        moves=_moves(values, more),
    )


def _ahead(more: Doubles) -> bool:
    """Whether a share of draws passes half by more than chance."""
    share = float(np.mean(more >= FEWEST))
    return bool(share - HALF > SURE * HALF / np.sqrt(len(more)))


def _bounds(path: str, column: Doubles, more: Doubles) -> list[tuple[str, int, float]]:
    """The widest part above a bound, and below one, in which the scenario is ahead."""
    if np.ptp(column) == 0:
        return []
    found = []
    for sign, order in ((">", np.argsort(-column)), ("<", np.argsort(column))):
        wins = np.cumsum(more[order] >= FEWEST)
        counts = np.arange(1, len(more) + 1)
        clear = wins / counts - HALF > SURE * HALF / np.sqrt(counts)
        last = np.flatnonzero(clear & (counts >= LEAST) & (counts < len(more)))
        if last.size:
            count = int(last[-1]) + 1
            edge = float(f"{(column[order[count - 1]] + column[order[count]]) / 2:.3g}")
            held = column > edge if sign == ">" else column < edge
            if held.sum() >= LEAST and _ahead(more[held]):
                share = float(np.mean(more[held] >= FEWEST))
                found.append((f"{path} {sign} {edge:.3g}", int(held.sum()), share))
    return found


def _moves(values: dict[str, Doubles], more: Doubles) -> tuple[tuple[str, float], ...]:
    """Unknowns whose order the difference follows most."""
    from scipy.stats import rankdata

    ranked = rankdata(more)
    found = [
        (path, float(np.corrcoef(rankdata(column), ranked)[0, 1]))
        for path, column in values.items()
        if np.ptp(column) > 0
    ]
    found = [row for row in found if np.isfinite(row[1])]
    return tuple(sorted(found, key=lambda row: -abs(row[1]))[:FIVE])

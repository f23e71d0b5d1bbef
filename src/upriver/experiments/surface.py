"""What levers do together, as a surface: each alone at every level, and how pairs overlap.

    deaths averted = sum over levers of what each averts alone
                     - sum over pairs of how much less they avert together

An overlap is measured where both are at their most and shrinks with what each averts at its level.
What three levers share is left out, which a full run of the mix that is chosen shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from upriver.policy.changes import pull
from upriver.policy.lever import LEVELS, Lever
from upriver.policy.scenario import Scenario

from .costs.value import Valued, cost
from .costs.view import outlay
from .summary import Doubles

PULLED = LEVELS[1:]


@dataclass(frozen=True, eq=False)
class Surface:
    """What levers avert and take.

    levers: in order. averted, spent: of each alone at each level, shape (levers, levels, draws)
    [people], [USD of 2021]. overlap: what pairs avert less together than apart, each at its most,
    shape (levers, levers, draws), symmetric, 0 on the diagonal.
    """

    levers: tuple[Lever, ...]
    averted: Doubles
    spent: Doubles
    overlap: Doubles

    def together(self, places: Sequence[tuple[int, int]]) -> Doubles:
        """Deaths averted by levers at levels, shape (draws,).

        Args:
            places: of each lever that is pulled, and its level.
        """
        found = np.array(sum((self.averted[i, k] for i, k in places), np.zeros(self.draws)))
        for (i, k), (j, m) in combinations(places, 2):
            found -= self.pair(i, k, j, m)
        return found

    def pair(self, i: int, k: int, j: int, m: int) -> Doubles:
        """What two levers at levels avert less together than apart, shape (draws,)."""
        return np.asarray(self.overlap[i, j] * self.part(i, k) * self.part(j, m))

    def part(self, i: int, level: int) -> float:
        """What a lever averts at a level in the mean, against its most."""
        most = float(self.averted[i, -1].mean())
        return float(self.averted[i, level].mean()) / most if most else 0.0

    @property
    def draws(self) -> int:
        """Draws."""
        return int(self.averted.shape[2])


def priced_levers(found: Sequence[Lever], draws: int = 4) -> tuple[list[Lever], list[Lever]]:
    """Levers whose cost is known, and the rest."""
    tried = cost("base", *(mix([(v, "most")]) for v in found), draws=draws)
    known = [tried.complete(run) for run in tried.runs[1:]]
    return (
        [v for v, whole in zip(found, known, strict=True) if whole],
        [v for v, whole in zip(found, known, strict=True) if not whole],
    )


def surface(
    found: Sequence[Lever],
    draws: int,
    prices: dict[str, float],
    progress: Callable[[int, int], None] | None = None,
) -> Surface:
    """Run each lever at each level, and each pair at its most.

    Args:
        found: two levers or more.
        prices: what a lever takes at its most from 2026 to 2031 [USD of 2021], by name, where it
            is given and not counted.
    """
    alone = [[(v, level)] for v in found for level in PULLED]
    pairs = [[(one, "most"), (other, "most")] for one, other in combinations(found, 2)]
    told = cost("base", *map(mix, [*alone, *pairs]), draws=draws, progress=progress)
    averted = np.array([told.averted(run) for run in told.runs[1:]])
    count, levels = len(found), len(PULLED)
    singles = averted[: count * levels].reshape(count, levels, -1)
    spent = np.array([outlay(told, run) for run in told.runs[1 : 1 + count * levels]])
    spent = spent.reshape(count, levels, -1)
    for i, v in enumerate(found):
        if v.name in prices:
            spent[i] += prices[v.name] * np.array([_share(v, level) for level in PULLED])[:, None]
    overlap = np.zeros((count, count, averted.shape[1]))
    for (i, j), both in zip(combinations(range(count), 2), averted[count * levels :], strict=True):
        overlap[i, j] = overlap[j, i] = singles[i, -1] + singles[j, -1] - both
    return Surface(tuple(found), singles, spent, overlap)


def run_in_full(pulled: Sequence[tuple[Lever, str]], draws: int) -> tuple[Valued, Doubles, Doubles]:
    """A mix run as it is: the comparison, deaths averted and USD spent, shape (draws,)."""
    told = cost("base", mix(pulled), draws=draws)
    return told, told.averted(told.runs[1]), outlay(told, told.runs[1])


def mix(pulled: Sequence[tuple[Lever, str]]) -> Scenario:
    """A scenario that pulls levers to levels."""
    changes = []
    for v, level in pulled:
        amount = v.levels[level]
        if amount is not None:
            changes.append(pull(v, amount))
    title = ", ".join(f"{v.name} {level}" for v, level in pulled)
    return Scenario(title=title[:190] or "nothing", changes=tuple(changes))


def _share(v: Lever, level: str) -> float:
    """An amount against the most."""
    return (v.levels[level] or 0.0) / v.most

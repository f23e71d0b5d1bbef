"""The mix of levers for a budget: the one that averts most, and the one that does least badly.

Levels are chosen on the response surface by integer programming (HiGHS, through SciPy). The first
mix has the highest mean of deaths averted over draws; the second the highest mean over the worst
tenth of draws, its expected shortfall. Each is then run in full, so that what the surface leaves
out is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

import numpy as np

from upriver.core.errors import InputError, OutOfBounds, unknown_name
from upriver.policy.lever import Lever
from upriver.policy.levers import levers
from upriver.system.world import DEFAULT, World, is_asleep

from .summary import Doubles, Interval, interval
from .surface import PULLED, Surface, priced_levers, run_in_full, surface

WORST = 0.1
"""Share of draws that the cautious mix looks at."""

SECONDS = 20
"""Longest search for one mix; the best that was found is told, and how far from the bound."""

GAP = 1e-3
"""Share of deaths averted by which a mix may fall short of the best."""


@dataclass(frozen=True)
class Mix:
    """Levers at levels.

    pulled: levers, each with its level. averted: deaths from 2026 to 2031 in a full run [people];
    worst: their mean in the worst tenth of draws. spent: in a full run [USD of 2021]. expected: the
    mean that the surface has; apart: sum of what each averts alone, mean.
    """

    pulled: tuple[tuple[Lever, str], ...]
    averted: Interval
    mean: float
    worst: float
    spent: float
    expected: float
    apart: float


@dataclass(frozen=True)
class Portfolio:
    """Mixes for a budget [USD of 2021]: the highest mean, and the best in the worst tenth.

    left_out: levers whose cost is not known. overlaps: pairs that share most, with what they avert
    less together than apart, mean [people]. surface: what both were chosen on.
    """

    budget: float
    draws: int
    most: Mix
    cautious: Mix
    left_out: tuple[str, ...]
    overlaps: tuple[tuple[str, str, float], ...]
    surface: Surface = field(repr=False, compare=False)

    def best_in(self, draws: Sequence[int]) -> tuple[tuple[Lever, str], ...]:
        """The mix that averts most on average in some of the draws, as the surface has it."""
        these = list(draws)
        part = replace(
            self.surface,
            averted=self.surface.averted[..., these],
            spent=self.surface.spent[..., these],
            overlap=self.surface.overlap[..., these],
        )
        return tuple((part.levers[i], PULLED[k]) for i, k in choose(part, self.budget, None))


def portfolio(
    budget: float,
    draws: int = 100,
    prices: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Portfolio:
    """The mixes for a budget over 2026 to 2031.

    Args:
        budget: USD of 2021, discounted to 2026, for treatment, kits and measures beyond today's.
        prices: what a lever takes at its most [USD of 2021], by name; it then counts beside those
            whose cost is known.

    Raises:
        OutOfBounds: a budget or a price that is not above 0. UnknownName: no such lever.
    """
    given = dict(prices or {})
    _check(budget, given)
    world = World.named(DEFAULT)
    awake = [v for v in levers().values() if not all(is_asleep(path, world) for path in v.acts_on)]
    known, rest = priced_levers(awake)
    chosen = [*known, *(v for v in rest if v.name in given)]
    found = surface(chosen, draws, given, progress)
    most = _mix(found, budget, given, None)
    cautious = _mix(found, budget, given, WORST)
    return Portfolio(
        budget=budget,
        draws=draws,
        most=most,
        cautious=cautious,
        left_out=tuple(v.name for v in rest if v.name not in given),
        overlaps=_overlaps(found, (most, cautious)),
        surface=found,
    )


def _check(budget: float, prices: Mapping[str, float]) -> None:
    for name, value in (("--budget", budget), *((f"--price {n}", v) for n, v in prices.items())):
        if not (np.isfinite(value) and value > 0):
            raise OutOfBounds("should be above 0", file=name, found=f"{value:g}")
    for name in prices:
        if name not in levers():
            raise unknown_name("lever", name, levers(), where=("--price", None))


def _mix(found: Surface, budget: float, prices: Mapping[str, float], worst: float | None) -> Mix:
    places = choose(found, budget, worst)
    pulled = tuple((found.levers[i], PULLED[k]) for i, k in places)
    _, averted, spent = run_in_full(pulled, found.draws)
    extra = sum(prices.get(v.name, 0.0) * (v.levels[level] or 0.0) / v.most for v, level in pulled)
    return Mix(
        pulled=pulled,
        averted=interval(averted),
        mean=float(averted.mean()),
        worst=shortfall(averted),
        spent=float(spent.mean()) + extra,
        expected=float(found.together(places).mean()),
        apart=float(sum(found.averted[i, k].mean() for i, k in places)),
    )


def shortfall(averted: Doubles) -> float:
    """Mean of the worst tenth of draws."""
    count = max(1, int(np.ceil(WORST * len(averted))))
    return float(np.sort(averted)[:count].mean())


def choose(found: Surface, budget: float, worst: float | None) -> list[tuple[int, int]]:
    """Levers and levels that the surface has best within a budget.

    Args:
        worst: share of draws whose mean is made high; None for all of them.

    Raises:
        InputError: the search found nothing.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    singles = list(product(range(len(found.levers)), range(len(PULLED))))
    pairs = [
        (a, b) for a, b in combinations(range(len(singles)), 2) if singles[a][0] != singles[b][0]
    ]
    lost = np.array([found.pair(*singles[a], *singles[b]) for a, b in pairs])
    gains = np.array([found.averted[i, k] for i, k in singles])
    effects = np.concatenate([gains, -lost]) if len(pairs) else gains
    chosen, count, draws = len(singles), len(singles) + len(pairs), found.draws
    tail = 0 if worst is None else 1 + draws
    total = count + tail
    rows: list[tuple[dict[int, float], float, float]] = [
        ({n: float(found.spent[i, k].mean()) for n, (i, k) in enumerate(singles)}, -np.inf, budget)
    ]
    for i in range(len(found.levers)):
        rows.append(({n: 1.0 for n, (j, _) in enumerate(singles) if j == i}, -np.inf, 1.0))
    for p, (a, b) in enumerate(pairs, chosen):
        rows.append(({p: 1.0, a: -1.0, b: -1.0}, -1.0, np.inf))
        rows.append(({p: 1.0, a: -1.0}, -np.inf, 0.0))
        rows.append(({p: 1.0, b: -1.0}, -np.inf, 0.0))
    if worst is None:
        objective = np.concatenate([-effects.mean(axis=1)])
    else:
        # Shortfall: threshold less the mean of what draws fall below it, over the worst share.
        objective = np.zeros(total)
        objective[count] = -1.0
        objective[count + 1 :] = 1 / (worst * draws)
        for d in range(draws):
            row = {n: float(effects[n, d]) for n in range(count) if effects[n, d]}
            rows.append(({**row, count: -1.0, count + 1 + d: 1.0}, 0.0, np.inf))
    entries = [(r, n, v) for r, (row, _, _) in enumerate(rows) for n, v in row.items()]
    at, column, value = zip(*entries, strict=True)
    matrix = csr_matrix((value, (at, column)), shape=(len(rows), total))
    low = np.concatenate([np.zeros(count), [-np.inf] * min(tail, 1), np.zeros(max(0, tail - 1))])
    high = np.concatenate([np.ones(count), np.full(tail, np.inf)])
    whole = np.concatenate([np.ones(chosen), np.zeros(total - chosen)])
    answer = milp(
        objective,
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [up for *_, up in rows]),
        bounds=Bounds(low, high),
        integrality=whole,
        options={"time_limit": SECONDS, "mip_rel_gap": GAP},
    )
    if answer.x is None:
        raise InputError("no mix was found within the budget", file="--budget", found=f"{budget:g}")
    return [singles[n] for n in range(chosen) if answer.x[n] > 0.5]


def _overlaps(found: Surface, mixes: Sequence[Mix]) -> tuple[tuple[str, str, float], ...]:
    """Pairs within the mixes that share most, each at its most."""
    used = {v.name for one in mixes for v, _ in one.pulled}
    pairs = [
        (found.levers[i].name, found.levers[j].name, float(found.overlap[i, j].mean()))
        for i, j in combinations(range(len(found.levers)), 2)
        if {found.levers[i].name, found.levers[j].name} <= used
    ]
    return tuple(sorted(pairs, key=lambda one: -abs(one[2]))[:6])

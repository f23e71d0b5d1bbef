"""The mix of levers for a budget: the one that averts most, and the one that does least badly.

Levels are chosen on the response surface by integer programming (HiGHS, through SciPy). The first
mix has the highest mean of deaths averted over draws; the second the highest mean over the worst
tenth of draws, its expected shortfall. Each is then run in full, so that what the surface leaves
out is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from upriver.core.errors import InputError, OutOfBounds, unknown_name
from upriver.core.parameters import parameters
from upriver.policy.lever import Lever
from upriver.policy.levers import levers
from upriver.system.world import DEFAULT, World, is_asleep

from .choice import choose
from .summary import Doubles, Interval, interval
from .surface import PULLED, Surface, priced_levers, run_in_full, surface

GUESS = "assumption"
"""Source of a history that nobody recorded."""

WORST = 0.1
"""Share of draws that the cautious mix looks at."""


@dataclass(frozen=True)
class Mix:
    """Levers at levels.

    pulled: levers, each with its level. averted: deaths from 2026 to 2031 in a full run [people];
    worst: their mean in the worst tenth of draws. spent: in a full run [USD of 2021]. expected: the
    mean that the surface has; apart: sum of what each averts alone, mean. in_part: levers of which
    no more than the treatment that follows is counted. gap: see `Choice`.
    """

    pulled: tuple[tuple[Lever, str], ...]
    averted: Interval
    mean: float
    worst: float
    spent: float
    expected: float
    apart: float
    in_part: tuple[str, ...]
    gap: float


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
        return tuple((part.levers[i], PULLED[k]) for i, k in choose(part, self.budget, None).places)


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
    rest += [v for v in known if guessed(v)]
    known = [v for v in known if not guessed(v)]
    _check_priced(given, {v.name for v in rest})
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


def _check_priced(prices: Mapping[str, float], open_to: set[str]) -> None:
    """Refuse a price of a lever that has one, or that moves nothing."""
    for name in prices:
        if name not in open_to:
            raise InputError(
                f"lever '{name}' moves nothing in this world, or its cost is counted already",
                file="--price",
                found=name,
            )


def guessed(v: Lever) -> bool:
    """Whether a lever scales a history whose amount is a guess: so is what more of it costs."""
    known = parameters()
    return any(known[path].is_path and known[path].source == GUESS for path in v.acts_on)


def _mix(found: Surface, budget: float, prices: Mapping[str, float], worst: float | None) -> Mix:
    choice = choose(found, budget, worst)
    places = choice.places
    pulled = tuple((found.levers[i], PULLED[k]) for i, k in places)
    told, averted, spent = run_in_full(pulled, found.draws)
    extra = sum(prices.get(v.name, 0.0) * (v.levels[level] or 0.0) / v.most for v, level in pulled)
    return Mix(
        pulled=pulled,
        averted=interval(averted),
        mean=float(averted.mean()),
        worst=shortfall(averted),
        spent=float(spent.mean()) + extra,
        expected=float(found.together(places).mean()),
        apart=float(sum(found.averted[i, k].mean() for i, k in places)),
        in_part=tuple(one.label for one in told.own(told.runs[1]) if one.in_part),
        gap=choice.gap,
    )


def shortfall(averted: Doubles) -> float:
    """Mean of the worst tenth of draws."""
    count = max(1, int(np.ceil(WORST * len(averted))))
    return float(np.sort(averted)[:count].mean())


def _overlaps(found: Surface, mixes: Sequence[Mix]) -> tuple[tuple[str, str, float], ...]:
    """Pairs within the mixes that share most, each at its most."""
    used = {v.name for one in mixes for v, _ in one.pulled}
    pairs = [
        (found.levers[i].name, found.levers[j].name, float(found.overlap[i, j].mean()))
        for i, j in combinations(range(len(found.levers)), 2)
        if {found.levers[i].name, found.levers[j].name} <= used
    ]
    return tuple(sorted(pairs, key=lambda one: -abs(one[2]))[:6])

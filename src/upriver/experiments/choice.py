"""The best mix on a response surface, by integer programming (HiGHS, through SciPy).

A lever is at one level or at none; a pair's overlap counts where both are pulled. The highest mean
over draws is a linear objective. The highest mean over the worst draws is one too, with a threshold
and what each draw falls below it (Rockafellar and Uryasev's form of expected shortfall).
"""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from upriver.core.errors import InputError

from .surface import PULLED, Surface

SECONDS = 20
"""Longest search; the best that was found is told, and how far from the bound it may be."""

GAP = 1e-3
"""Share of deaths averted by which a mix may fall short of the best."""

CUT_OFF = 1
"""What the solver says of a search that ran out of time."""

HALF = 0.5


@dataclass(frozen=True)
class Choice:
    """Levers and their levels, by place in a surface.

    gap: share by which the mix may fall short of the best, where the search was cut off; else 0.
    """

    places: tuple[tuple[int, int], ...]
    gap: float


def choose(found: Surface, budget: float, worst: float | None) -> Choice:
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
    places = tuple(singles[n] for n in range(chosen) if answer.x[n] > HALF)
    return Choice(places, float(answer.mip_gap) if answer.status == CUT_OFF else 0.0)

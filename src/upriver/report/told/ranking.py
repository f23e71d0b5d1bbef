"""Which lever saves most: each alone at each of its levels, as `upriver rank` has it."""

from collections.abc import Callable
from typing import Any

from upriver.core.time import LAST_YEAR
from upriver.experiments.ground import FROM
from upriver.experiments.ranking import Ranked, rank
from upriver.policy.lever import LEVELS, Lever
from upriver.policy.levers import levers
from upriver.system.world import DEFAULT

DRAWS = 200
FIGURES = 6
"""Figures kept of a number: more than draws can say, so that what is shown is rounded once."""


def make(progress: Callable[[str], Callable[[int, int], None]]) -> dict[str, Any]:
    """Every lever that ships, by level, from the most deaths averted to the fewest.

    averted: median, 95 % interval (low, high) and the middle half of draws (inner_low,
    inner_high). helps: share of draws in which at least one death is averted. by: the lever's
    amount. asleep: it moves nothing in this world, so what stands there is nought.
    """
    return {
        "command": f"upriver rank --level LEVEL --draws {DRAWS}",
        "world": DEFAULT,
        "draws": DRAWS,
        "years": [int(FROM), LAST_YEAR - 1],
        "levels": {level: _level(level, progress(f"levers at {level}")) for level in LEVELS[1:]},
    }


def _level(level: str, tell: Callable[[int, int], None]) -> list[dict[str, Any]]:
    found = rank(level, draws=DRAWS, progress=tell)
    rows = [_row(one, level) for one in found.rows]
    rows += [_asleep(levers()[name], level) for name in found.asleep]
    return sorted(rows, key=lambda row: row["averted"]["median"], reverse=True)


def _row(one: Ranked, level: str) -> dict[str, Any]:
    low, high = one.inner
    numbers = {**one.averted._asdict(), "inner_low": low, "inner_high": high}
    return {
        **_of(one.lever, level),
        "averted": {name: figures(value) for name, value in numbers.items()},
        "helps": one.helps,
        "drawn": one.drawn,
    }


def _asleep(lever: Lever, level: str) -> dict[str, Any]:
    nought = dict.fromkeys(("median", "low", "high", "inner_low", "inner_high"), 0.0)
    return {**_of(lever, level), "averted": nought, "helps": 0.0, "drawn": False, "asleep": True}


def _of(lever: Lever, level: str) -> dict[str, Any]:
    return {"lever": lever.name, "by": lever.levels[level], "grade": lever.evidence.grade}


def figures(value: float) -> float:
    """A number to as many figures as are kept; never a nought with a sign."""
    return float(f"{value:.{FIGURES}g}") + 0.0

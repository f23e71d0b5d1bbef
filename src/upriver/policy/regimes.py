"""Regimes to come of work between the United States and China: a Markov chain, drawn as columns.

Relations are suspended, limited or active. How long each lasts and what follows is learnt from the
few spells on record: a rate of leaving with a gamma posterior, and chances of what comes next with
a Dirichlet, both from Jeffreys' priors. Five ends of spells say little, and that is what is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upriver.core.catalogue import entry
from upriver.core.files import load_yaml
from upriver.core.table import Column, Table
from upriver.core.time import LAST_YEAR, years

from .draws import MOST_DRAWS
from .plausible import TAIL

FILE = Path(__file__).parent / "regimes.yaml"
PATH = "diplomacy.relations.level[china]"
REGIMES = ("suspended", "limited", "active")
SEED = 2028
JEFFREYS = 0.5
"""Ends of spells that a prior knows, for each way to end."""

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Spells:
    """What is on record of regimes.

    ends: how often each was left for each, shape (3, 3). years: time spent in each [year]. now: the
    present one. until: calendar year to which the record is seen. levels: value, and least and most
    of 90 %, of relations in each.
    """

    ends: NDArray[np.int64]
    years: Doubles
    now: int
    until: float
    levels: tuple[tuple[float, float, float], ...]


@cache
def spells() -> Spells:
    """The spells on record.

    Raises:
        InputError: the file of the package is broken.
    """
    whole = entry(load_yaml(FILE), (), required=("spells", "seen_until", "levels"))
    document, until = whole.document, whole.number("seen_until")
    count = len(document.at(("spells",)))
    fields = ("regime", "from", "event", "source")
    rows = [entry(document, ("spells", i), required=fields) for i in range(count)]
    named = [REGIMES.index(row.choice("regime", REGIMES, "regime")) for row in rows]
    starts = [row.number("from") for row in rows]
    ends, spent = np.zeros((3, 3), dtype=np.int64), np.zeros(3)
    for i, (regime, start) in enumerate(zip(named, starts, strict=True)):
        spent[regime] += (starts[i + 1] if i + 1 < count else until) - start
        if i + 1 < count:
            ends[regime, named[i + 1]] += 1
    held = whole.entry("levels", required=REGIMES)
    each = [held.entry(name, required=("value", "plausible")) for name in REGIMES]
    levels = tuple((one.number("value"), *one.document.at(one.field("plausible"))) for one in each)
    return Spells(ends, spent, named[-1], until, levels)


@cache
def drawn() -> Column:
    """Regimes by step, as places in `REGIMES`, -1 where the record says it.

    Shape (MOST_DRAWS, STEPS + 1).
    """
    known, when = spells(), years()
    found = np.full((MOST_DRAWS, len(when)), -1.0)
    for draw in range(MOST_DRAWS):
        generator = np.random.default_rng([SEED, draw])
        leaving = generator.gamma(known.ends.sum(axis=1) + JEFFREYS, 1 / known.years)
        chances = np.zeros((3, 3))
        for i in range(3):
            others = [j for j in range(3) if j != i]
            chances[i, others] = generator.dirichlet(known.ends[i, others] + JEFFREYS)
        at, regime = known.until, known.now
        while at < LAST_YEAR:
            found[draw, when > at] = regime
            at += generator.exponential(1 / leaving[regime])
            regime = int(generator.choice(3, p=chances[regime]))
    found.flags.writeable = False
    return found


def relations(draws: NDArray[np.int_]) -> Column:
    """Relations with China by step in each draw where no record says it, NaN before.

    Args:
        draws: which, by number.
    """
    draws = draws % MOST_DRAWS
    generator = np.random.default_rng([SEED, MOST_DRAWS])
    away = generator.standard_normal((MOST_DRAWS, len(REGIMES)))[draws] / TAIL
    regimes = drawn()[draws]
    found = np.full(regimes.shape, np.nan)
    for i, (value, low, high) in enumerate(spells().levels):
        level = value + np.where(away[:, i] < 0, value - low, high - value) * away[:, i]
        found = np.where(regimes == i, np.clip(level, 0, 1)[:, None], found)
    return found


def under(table: Table, draws: NDArray[np.int_], keep: Mapping[str, float]) -> Table:
    """A table whose relations with China go on as regimes are drawn; central values stay.

    Args:
        draws: those of the table, by number; none is central values alone. keep: parameters that
            are set.
    """
    if not draws.size or PATH in keep:
        return table
    ahead = relations(draws)
    return table.replace({PATH: np.where(np.isnan(ahead), table.wide(PATH), ahead)})

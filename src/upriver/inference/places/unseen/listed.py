"""Which states are asked, by rules that were fixed before any answer was seen.

A rule reads the record alone: deaths of residents with synthetic opioids (T40.4) by month to the
end of 2024, in which a count below ten is withheld.
"""

from collections.abc import Sequence

import numpy as np

from upriver.evidence.places import STATES
from upriver.places.asked import place

Doubles = np.ndarray

MONTHS = 12
FIRST, LAST = 2016, 2024
"""Years of months that are compared."""

FROM = 2020
"""Year from which on a state has at least `MANY` deaths each year, or no month withheld."""

MANY = 100
FOLDS = 10
SEED = 17

FELL_2018 = ("OH", "FL", "PA", "KY", "MI")
"""States in which carfentanil was found in 2016 and 2017, and deaths dipped in 2018."""


def months_of(code: str) -> tuple[Doubles, Doubles]:
    """Fewest and most deaths with synthetic opioids in each month from `FIRST` to `LAST` [people].

    Shapes (108,).
    """
    record = place(code).deaths
    kept = (record.starts >= FIRST - 1e-9) & (record.starts < LAST + 1 - 1e-9)
    assert kept.sum() == (LAST - FIRST + 1) * MONTHS, code
    return record.low[kept], record.high[kept]


def with_deaths() -> tuple[str, ...]:
    """States with at least `MANY` deaths in each year from `FROM`, what is withheld taken as 0."""
    return tuple(
        code for code in STATES if _yearly(months_of(code)[0])[FROM - FIRST :].min() >= MANY
    )


def whole() -> tuple[str, ...]:
    """States of which no month from `FROM` is withheld."""
    since = (FROM - FIRST) * MONTHS
    found = []
    for code in STATES:
        low, high = months_of(code)
        if np.array_equal(low[since:], high[since:]):
            found.append(code)
    return tuple(found)


def folds(codes: Sequence[str], number: int = FOLDS) -> tuple[tuple[str, ...], ...]:
    """States dealt at random into so many folds."""
    dealt = np.random.default_rng(SEED).permutation(list(codes))
    return tuple(tuple(str(code) for code in dealt[i::number]) for i in range(number))


def _yearly(months: Doubles) -> Doubles:
    return np.asarray(months.reshape(-1, MONTHS).sum(axis=1))

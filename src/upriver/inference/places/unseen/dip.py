"""The dip of 2018: does the strength of doses make it, and where carfentanil was found?

Deaths of 2018 over those of 2017, as recorded; as a state's world has them; without the state's own
slowly varying factor, which can follow any record; and besides with doses as strong as they were in
the middle of 2017. The model has no carfentanil: what reaches a state is the country's strength.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from upriver.core.table import Table
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.inference.places.record import SYNTHETIC
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.part import part_of
from upriver.policy.places.world import Country
from upriver.system.observation import matrix

from .listed import FELL_2018, FIRST, MONTHS, months_of

Doubles = np.ndarray

STRENGTH = "people.market.strength"
YEARS = (2017, 2018)
HELD = 2017.5


@dataclass(frozen=True)
class Dip:
    """Logarithms of deaths in 2018 over those in 2017 [1]; medians of draws but what is recorded.

    world: as the state's world has it. plain: without its slowly varying factor. held: besides,
    with the strength of doses that of the middle of 2017. found: whether carfentanil was found.
    """

    code: str
    found: bool
    recorded: float
    world: float
    plain: float
    held: float

    @property
    def by_strength(self) -> float:
        """What the strength of doses adds [1]."""
        return self.plain - self.held


def dips(draws: Mapping[str, PlaceDraws], country: Country) -> list[Dip]:
    """Of all states that have draws, but for those whose months of these years are withheld."""
    found = []
    for code, own in draws.items():
        low, high = months_of(code)
        span = slice((YEARS[0] - FIRST) * MONTHS, (YEARS[1] + 1 - FIRST) * MONTHS)
        if not np.array_equal(low[span], high[span]):
            continue
        years = low[span].reshape(2, MONTHS).sum(axis=1)
        base = part_of(code).table(country)
        flat = replace(own, knots=np.ones_like(own.knots))
        plain = base.replace(flat.columns(base))
        strength = plain.columns[STRENGTH].copy()
        at = int(step_of(HELD))
        strength[:, at:] = strength[:, at : at + 1]
        found.append(
            Dip(
                code,
                code in FELL_2018,
                float(np.log(years[1] / years[0])),
                _change(base.replace(own.columns(base))),
                _change(plain),
                _change(plain.replace({STRENGTH: strength})),
            )
        )
    return found


def _change(table: Table) -> float:
    """Median over draws of the logarithm of 2018 over 2017."""
    weights = matrix(np.array(YEARS, dtype=float), np.array(YEARS, dtype=float) + 1)
    instants = np.flatnonzero(np.any(weights != 0, axis=0))
    values = load().run(
        table.columns, outputs=(SYNTHETIC,), instants=instants, last_step=int(instants[-1])
    )
    years = values[:, 0] @ weights[:, instants].T
    return float(np.median(np.log(years[:, 1] / years[:, 0])))

"""Plausible draws held against the record, draw by draw: near it in a year, above it, below it."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from upriver.core.time import FIRST_YEAR
from upriver.core.units import factor
from upriver.evidence.figures import series
from upriver.system.outputs import unit_of

Doubles = NDArray[np.float64]
Truths = NDArray[np.bool_]
Signs = NDArray[np.int8]

A_YEAR = 4
MONTHS = 12
DEATHS = "cumulative.people.overdose.deaths"
SEIZED = "cumulative.supply.seizures.gross_total"
SHARE, PURITY = "supply.fentanyl_share", "supply.offer.purity"
OUTPUTS = (DEATHS, SEIZED, SHARE, PURITY)
"""What a run keeps, by quarter."""

NEAR = {"deaths": 1.5, "seized weight": 3.0, "purity": 2.0}
"""Factor within which a year counts as met."""

POINTS = 0.15
"""Difference of shares within which a year counts as met."""

ABSURD = 4.0
"""Deaths of a year that are more than so many times the recorded ones, or less than that part."""

FIRST_FENTANYL = 2013

RECORDS = ("deaths", "share of fentanyl", "purity", "seized weight")
"""In the order in which they are told."""


@dataclass(frozen=True)
class Held:
    """Draws held against the record.

    deaths: by year, shape (draws, years). near: share of years of each record that a draw meets,
    shape (draws, records) [1]. side: 1 where a draw is above a record in every year, -1 below it, 0
    where it crosses it. absurd: deaths beyond `ABSURD` in some year since 2013, or broken.
    broken: a number is none; shape (draws,).
    """

    deaths: Doubles
    near: Doubles
    side: Signs
    absurd: Truths
    broken: Truths


def held(values: Doubles) -> Held:
    """Runs held against the record.

    Args:
        values: of `OUTPUTS` by quarter, shape (draws, outputs, quarters).
    """
    deaths, seized, share, purity = (values[:, i] for i in range(len(OUTPUTS)))
    yearly = np.diff(deaths[:, ::A_YEAR], axis=1)
    found = {
        "deaths": _ratio("deaths", yearly),
        "share of fentanyl": _share(_mean(share)),
        "purity": _ratio("purity", _mean(purity)),
        "seized weight": _ratio("seized weight", _fiscal(seized)),
    }
    ok = np.isfinite(values).all(axis=(1, 2))
    return Held(
        deaths=yearly,
        near=np.stack([found[name][0] for name in RECORDS], axis=1),
        side=np.stack([found[name][1] for name in RECORDS], axis=1),
        absurd=_absurd(yearly) | ~ok,
        broken=np.asarray(~ok),
    )


def bar_of(record: str) -> str:
    """How near a year has to be, in words."""
    if record in NEAR:
        return f"within a factor of {NEAR[record]:g}"
    return f"within {100 * POINTS:.0f} points"


@cache
def recorded(record: str) -> dict[int, float]:
    """A record by year: the mean of what is recorded within it, or the sum over a fiscal year."""
    fiscal = record == "seized weight"
    names = {
        "deaths": "deaths_any_opioid",
        "share of fentanyl": "nflis_share_opioid",
        "purity": "fentanyl_powder_purity",
        "seized weight": "seized_fentanyl",
    }
    kept = series(names[record])
    years = np.floor(kept.starts + (0.25 if fiscal else 0.0) + 1e-6).astype(int)
    found: dict[int, float] = {}
    for year in np.unique(years):
        inside = kept.values[years == year]
        if np.isfinite(inside).all() and (not fiscal or len(inside) == MONTHS):
            found[int(year)] = float(inside.sum() if fiscal else inside.mean())
    if record == "share of fentanyl":
        return {year: value for year, value in found.items() if year >= FIRST_FENTANYL}
    return found


def _mean(level: Doubles) -> Doubles:
    """A level over each calendar year, by the trapezoidal rule, shape (draws, years)."""
    weights = np.array([0.5, 1, 1, 1, 0.5]) / A_YEAR
    first = np.arange(0, level.shape[1] - 1, A_YEAR)
    return level[:, first[:, None] + np.arange(A_YEAR + 1)] @ weights


def _fiscal(counted: Doubles) -> Doubles:
    """Weight gained in the twelve months to each October [lb], shape (draws, years); first NaN."""
    gains = np.diff(counted[:, A_YEAR - 1 :: A_YEAR], axis=1) * factor(unit_of(SEIZED), "lb")
    return np.concatenate([np.full((len(counted), 1), np.nan), gains], axis=1)


def _ratio(record: str, modelled: Doubles) -> tuple[Doubles, Signs]:
    """A record against draws, by how many times one is the other."""
    known = recorded(record)
    years = np.array(sorted(known))
    away = np.log(modelled[:, years - FIRST_YEAR] / np.array([known[y] for y in years]))
    return sides(away, np.abs(away) <= np.log(NEAR[record]))


def _share(modelled: Doubles) -> tuple[Doubles, Signs]:
    """The share of fentanyl against laboratory samples."""
    known = recorded("share of fentanyl")
    years = np.array(sorted(known))
    away = modelled[:, years - FIRST_YEAR] - np.array([known[y] for y in years])
    return sides(away, np.abs(away) <= POINTS)


def sides(away: Doubles, near: Truths) -> tuple[Doubles, Signs]:
    """Share of years that are near, and whether all are above or below, shape (draws,) each.

    Args:
        away: above 0 where a draw is above the record, shape (draws, years). near: of each.
    """
    above, below = (away > 0).all(axis=1), (away < 0).all(axis=1)
    return near.mean(axis=1), np.asarray(above.astype(np.int8) - below.astype(np.int8))


def _absurd(yearly: Doubles) -> Truths:
    """Draws whose deaths are far from anything that could have been."""
    known = {y: v for y, v in recorded("deaths").items() if y >= FIRST_FENTANYL}
    years = np.array(sorted(known))
    away = np.log(yearly[:, years - FIRST_YEAR] / np.array([known[y] for y in years]))
    return np.asarray((np.abs(away) > np.log(ABSURD)).any(axis=1))

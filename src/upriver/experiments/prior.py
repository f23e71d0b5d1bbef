"""Before any fit: what plausible values say, and which of them make nonsense.

Every constant that no data have told yet is drawn from its plausible interval, beside the
published posterior, with all parts on that wait for a fit, and each draw is held against the
record. Draws that are far from anything that could have been are nonsense; constants whose values
differ between them and the others are named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters
from upriver.core.units import factor
from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.system.outputs import unit_of
from upriver.system.world import BEFORE, World, worlds

from .prior_table import prior_table
from .shortages import part_of, runs_of, shortages

Doubles = NDArray[np.float64]
Truths = NDArray[np.bool_]

DRAWS = 20_000
A_YEAR = 4
MONTHS = 12
DEATHS = "cumulative.people.overdose.deaths"
SEIZED = "cumulative.supply.seizures.gross_total"
SHARE, PURITY = "supply.fentanyl_share", "supply.offer.purity"

NEAR = {"deaths": 1.5, "seized weight": 3.0, "purity": 2.0}
"""Factor within which a year counts as met."""

POINTS = 0.15
"""Difference of shares within which a year counts as met."""

ABSURD = 4.0
"""Deaths of a year that are more than so many times the recorded ones, or less than that part."""

FIRST_FENTANYL = 2013
TELLING = 0.1
"""A constant is named if its distribution differs by more than this (Kolmogorov-Smirnov)."""

BY_CHANCE = 0.01
"""And by more than all constants together would by chance, at this level."""


@dataclass(frozen=True)
class Crossing:
    """One record against all draws.

    meets: share of draws that are near the record in every year; typical: share of years that a
    draw meets, in the median. above, below: share of draws that lie above or below the record in
    every year, and so do not cross it.
    """

    what: str
    years: tuple[int, int]
    bar: str
    meets: float
    typical: float
    above: float
    below: float

    @property
    def crosses(self) -> float:
        """Share of draws that are above the record in some year and below it in another."""
        return 1 - self.above - self.below


@dataclass(frozen=True)
class Telling:
    """A constant whose values differ between draws that make nonsense and the others.

    distance: largest difference of the two cumulative distributions [1]; nonsense, others: medians.
    """

    path: str
    unit: str
    distance: float
    nonsense: float
    others: float


@dataclass(frozen=True)
class Prior:
    """What plausible values say before any fit.

    meets_all: share of draws that meet every record in every year. broken: draws with a number that
    is none. absurd: share of draws with deaths beyond `ABSURD` in some year since 2013.
    deaths: 2.5, 50 and 97.5 % of deaths by year, shape (3, years). shortages: share of the first
    draws (`shortages.MOST_DRAWS`) in which a cause makes doses weaker, by cause. as_run:
    whether what waits for a fit was off; waiting: its switches. provenance: what made them:
    version, digests of equations and table, world.
    """

    draws: int
    constants: int
    crossings: tuple[Crossing, ...]
    meets_all: float
    broken: int
    absurd: float
    telling: tuple[Telling, ...]
    years: tuple[int, ...]
    deaths: Doubles
    shortages: Mapping[str, float]
    as_run: bool
    waiting: tuple[str, ...]
    provenance: Mapping[str, str | int]


def prior(
    draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
    *,
    as_run: bool = False,
) -> Prior:
    """Run plausible draws of the whole system against the record.

    Args:
        draws: how many; beyond the published posterior's 1,000 its rows come again.
        progress: called with draws done and draws in all.
        as_run: leave off what waits for a fit, and nothing disturbed.
    """
    world = World.named(BEFORE)
    engine = load()
    table, drawn = prior_table(draws, as_run=as_run)
    in_all = draws + runs_of(draws)
    values = engine.run(
        table.columns,
        outputs=(DEATHS, SEIZED, SHARE, PURITY),
        instants=quarters(),
        progress=part_of(progress, 0, in_all),
    )
    deaths, seized, share, purity = (values[:, i] for i in range(4))
    yearly = np.diff(deaths[:, ::A_YEAR], axis=1)
    found = [
        _ratio("deaths", _recorded("deaths_any_opioid"), yearly),
        _share(_mean(share)),
        _ratio("purity", _recorded("fentanyl_powder_purity"), _mean(purity)),
        _ratio("seized weight", _recorded("seized_fentanyl", fiscal=True), _fiscal(seized)),
    ]
    ok = np.isfinite(values).all(axis=(1, 2))
    absurd = _absurd(yearly) | ~ok
    return Prior(
        draws=draws,
        constants=len(drawn),
        crossings=tuple(crossing for crossing, _ in found),
        meets_all=float(np.mean(np.all([met for _, met in found], axis=0))),
        broken=int(np.sum(~ok)),
        absurd=float(np.mean(absurd)),
        telling=_telling({path: column[:, 0] for path, column in drawn.items()}, absurd, world),
        years=tuple(range(FIRST_YEAR, LAST_YEAR)),
        deaths=np.quantile(yearly, [0.025, 0.5, 0.975], axis=0),
        shortages=shortages(table, part_of(progress, draws, in_all)),
        as_run=as_run,
        waiting=tuple(worlds()[world.name]["waiting"]),
        provenance={
            "upriver_version": __version__,
            "equations_digest": engine.manifest.get("equations_digest")
            or engine.manifest["wasm_sha256"],
            "table_digest": table.digest(),
            "world": world.name,
        },
    )


def _mean(level: Doubles) -> Doubles:
    """A level over each calendar year, by the trapezoidal rule, shape (draws, years)."""
    weights = np.array([0.5, 1, 1, 1, 0.5]) / A_YEAR
    first = np.arange(0, level.shape[1] - 1, A_YEAR)
    return level[:, first[:, None] + np.arange(A_YEAR + 1)] @ weights


def _fiscal(counted: Doubles) -> Doubles:
    """Weight gained in the twelve months to each October [lb], shape (draws, years); first NaN."""
    gains = np.diff(counted[:, A_YEAR - 1 :: A_YEAR], axis=1) * factor(unit_of(SEIZED), "lb")
    return np.concatenate([np.full((len(counted), 1), np.nan), gains], axis=1)


def _recorded(name: str, fiscal: bool = False) -> dict[int, float]:
    """A record by year: the mean of what is recorded within it, or the sum over a fiscal year."""
    record = series(name)
    years = np.floor(record.starts + (0.25 if fiscal else 0.0) + 1e-6).astype(int)
    found: dict[int, float] = {}
    for year in np.unique(years):
        inside = record.values[years == year]
        if np.isfinite(inside).all() and (not fiscal or len(inside) == MONTHS):
            found[int(year)] = float(inside.sum() if fiscal else inside.mean())
    return found


def _ratio(what: str, recorded: dict[int, float], modelled: Doubles) -> tuple[Crossing, Truths]:
    """A record against draws, by how many times one is the other."""
    years = np.array(sorted(recorded))
    away = np.log(modelled[:, years - FIRST_YEAR] / np.array([recorded[y] for y in years]))
    near = np.abs(away) <= np.log(NEAR[what])
    return _crossing(what, years, f"within a factor of {NEAR[what]:g}", away, near)


def _share(modelled: Doubles) -> tuple[Crossing, Truths]:
    """The share of fentanyl against laboratory samples."""
    recorded = {y: v for y, v in _recorded("nflis_share_opioid").items() if y >= FIRST_FENTANYL}
    years = np.array(sorted(recorded))
    away = modelled[:, years - FIRST_YEAR] - np.array([recorded[y] for y in years])
    bar = f"within {100 * POINTS:.0f} points"
    return _crossing("share of fentanyl", years, bar, away, np.abs(away) <= POINTS)


def _crossing(
    what: str, years: NDArray[np.int_], bar: str, away: Doubles, near: Truths
) -> tuple[Crossing, Truths]:
    met: Truths = np.asarray(near.all(axis=1))
    found = Crossing(
        what=what,
        years=(int(years[0]), int(years[-1])),
        bar=bar,
        meets=float(met.mean()),
        typical=float(np.median(near.mean(axis=1))),
        above=float(np.mean((away > 0).all(axis=1))),
        below=float(np.mean((away < 0).all(axis=1))),
    )
    return found, met


def _absurd(yearly: Doubles) -> Truths:
    """Draws whose deaths are far from anything that could have been."""
    recorded = {y: v for y, v in _recorded("deaths_any_opioid").items() if y >= FIRST_FENTANYL}
    years = np.array(sorted(recorded))
    away = np.log(yearly[:, years - FIRST_YEAR] / np.array([recorded[y] for y in years]))
    return np.asarray((np.abs(away) > np.log(ABSURD)).any(axis=1))


def _telling(drawn: dict[str, Doubles], nonsense: Truths, world: World) -> tuple[Telling, ...]:
    """Constants whose values differ between nonsense and the rest, the most telling first."""
    if nonsense.all() or not nonsense.any():
        return ()
    found = [
        Telling(
            path=path,
            unit=world.parameters[path].unit,
            distance=_distance(values[nonsense], values[~nonsense]),
            nonsense=float(np.median(values[nonsense])),
            others=float(np.median(values[~nonsense])),
        )
        for path, values in drawn.items()
    ]
    least = max(TELLING, _by_chance(int(nonsense.sum()), int((~nonsense).sum()), len(drawn)))
    return tuple(sorted((t for t in found if t.distance > least), key=lambda t: -t.distance))


def _by_chance(one: int, other: int, tests: int) -> float:
    """Distance of samples of these sizes that is rarely exceeded in any of so many tests [1]."""
    level = BY_CHANCE / tests
    return float(np.sqrt(-np.log(level / 2) / 2 * (one + other) / (one * other)))


def _distance(one: Doubles, other: Doubles) -> float:
    """Largest difference of two empirical distributions (Kolmogorov-Smirnov) [1]."""
    points = np.sort(np.concatenate([one, other]))
    ranks = [np.searchsorted(np.sort(x), points, side="right") / len(x) for x in (one, other)]
    return float(np.max(np.abs(ranks[0] - ranks[1])))

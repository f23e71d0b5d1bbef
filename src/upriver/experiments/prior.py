"""Before any fit: what plausible values say, and which of them make nonsense.

Every constant that no data have told yet is drawn from its plausible interval, beside the
published posterior, with all parts on that wait for a fit, and each draw is held against the
record. Draws that are far from anything that could have been are nonsense; constants whose values
differ between them and the others are named.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from upriver import __version__
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters
from upriver.engine.run import load
from upriver.policy import plausible
from upriver.system.world import BEFORE, World, worlds

from .prior_record import ABSURD as ABSURD
from .prior_record import FIRST_FENTANYL as FIRST_FENTANYL
from .prior_record import OUTPUTS, RECORDS, Doubles, Held, Signs, Truths, bar_of, held, recorded
from .prior_table import prior_table
from .shortages import part_of, runs_of, shortages

Progress = Callable[[int, int], None]

DRAWS = 20_000
TELLING = 0.1
"""A constant is named if its distribution differs by more than this (Kolmogorov-Smirnov)."""

BY_CHANCE = 0.01
"""And by more than all constants together would by chance, at this level."""

QUANTILES = (0.025, 0.5, 0.975)


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
    progress: Progress | None = None,
    *,
    as_run: bool = False,
) -> Prior:
    """Run plausible draws of the whole system against the record.

    Args:
        draws: how many; beyond the published posterior's 1,000 its rows come again.
        progress: called with draws done and draws in all.
        as_run: leave off what waits for a fit, and nothing disturbed.
    """
    table, _ = prior_table(draws, as_run=as_run)
    in_all = draws + runs_of(draws)
    values = load().run(
        table.columns,
        outputs=OUTPUTS,
        instants=quarters(),
        progress=part_of(progress, 0, in_all),
    )
    found = held(values)
    return told(
        found,
        np.quantile(found.deaths, QUANTILES, axis=0),
        shortages(table, part_of(progress, draws, in_all)),
        table.digest(),
        as_run=as_run,
    )


def told(
    found: Held,
    deaths: Doubles,
    short: Mapping[str, float],
    digest: str,
    *,
    as_run: bool,
    progress: Progress | None = None,
) -> Prior:
    """What draws that were held against the record say.

    Args:
        found: of all draws from the first on; its deaths are not looked at. deaths: 2.5, 50 and
            97.5 % by year, shape (3, years). short: share of draws by cause of a shortage. digest:
            of what was run. as_run: as of `prior`. progress: called with constants that were looked
            at and all of them.
    """
    world = World.named(BEFORE)
    draws = len(found.absurd)
    paths = plausible.drawn(world)
    columns = ((path, plausible.plausible(world.parameters[path], draws)) for path in paths)
    return Prior(
        draws=draws,
        constants=len(paths),
        crossings=tuple(
            crossing(name, found.near[:, i], found.side[:, i]) for i, name in enumerate(RECORDS)
        ),
        meets_all=float(np.mean((found.near == 1).all(axis=1))),
        broken=int(np.sum(found.broken)),
        absurd=float(np.mean(found.absurd)),
        telling=telling(_counted(columns, len(paths), progress), found.absurd, world, len(paths)),
        years=tuple(range(FIRST_YEAR, LAST_YEAR)),
        deaths=deaths,
        shortages=short,
        as_run=as_run,
        waiting=tuple(worlds()[world.name]["waiting"]),
        provenance={
            "upriver_version": __version__,
            "equations_digest": load().manifest.get("equations_digest")
            or load().manifest["wasm_sha256"],
            "table_digest": digest,
            "world": world.name,
        },
    )


def crossing(record: str, near: Doubles, side: Signs) -> Crossing:
    """A record against all draws.

    Args:
        near: share of years that a draw meets; side: whether it stays above or below, as of `Held`.
    """
    years = sorted(recorded(record))
    return Crossing(
        what=record,
        years=(years[0], years[-1]),
        bar=bar_of(record),
        meets=float(np.mean(near == 1)),
        typical=float(np.median(near)),
        above=float(np.mean(side > 0)),
        below=float(np.mean(side < 0)),
    )


def _counted(
    columns: Iterable[tuple[str, Doubles]], in_all: int, progress: Progress | None
) -> Iterable[tuple[str, Doubles]]:
    for done, one in enumerate(columns, 1):
        yield one
        if progress is not None:
            progress(done, in_all)


def telling(
    drawn: Iterable[tuple[str, Doubles]], nonsense: Truths, world: World, tests: int
) -> tuple[Telling, ...]:
    """Constants whose values differ between nonsense and the rest, the most telling first.

    Args:
        drawn: constants by path, shape (draws,), one after the other. tests: how many.
    """
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
        for path, values in drawn
    ]
    least = max(TELLING, _by_chance(int(nonsense.sum()), int((~nonsense).sum()), tests))
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

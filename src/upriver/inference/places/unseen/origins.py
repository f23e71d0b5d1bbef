"""States fitted to what was on record at an origin, in the country as it was known there.

Means and widths of places are learnt from all states' records to then; histories of a place stay
where they were. What a fit says of the months ahead is kept as sums of twelve months.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from upriver.core.files import atomic_path
from upriver.core.time import step_of
from upriver.evidence.places import STATES
from upriver.inference.forecasts.levels import AHEAD, LEVELS, MONTHS
from upriver.inference.places import counted
from upriver.inference.places.fit import Effort, fit
from upriver.inference.places.model import PlaceModel
from upriver.inference.places.pooling import Pooling
from upriver.inference.places.record import seen_of
from upriver.inference.places.seen import Seen
from upriver.inference.places.together import central_draw, pooled
from upriver.inference.places.unknowns import LocalUnknowns
from upriver.policy.fitted import KNOTS
from upriver.policy.places.world import Country

from .folds import months_at

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]

LAG = 4
ORIGINS = tuple(year * MONTHS + month for year in (2021, 2022, 2023) for month in (5, 11))
"""June and December, 2021 to 2023; the record ends `LAG` months before each."""

LAST = 2024 * MONTHS + 11
"""The last month on record of all."""

DRAWS = 100
PASSES = 2
EFFORT = Effort(climb=20, warm=60, keep=30, learning=30, looks=4)
"""Shorter than a fit to keep: there are some 200 of them."""


def known_at(code: str, cut: float) -> Seen:
    """What was on record of a state at a date, with histories that stay where they were then."""
    seen = seen_of(code).until(cut)
    last = int(np.floor(step_of(cut) + 1e-9))
    held = {}
    for path, column in seen.relative.items():
        held[path] = column.copy()
        held[path][:, last:] = column[:, last : last + 1]
    return replace(seen, relative=held)


def pooling_at(
    cut: float, whole: Country, before: Pooling | None, progress: Progress | None = None
) -> Pooling:
    """Means and widths of all states by their records to a date."""
    central = whole.draws(np.array([central_draw(whole)]))
    places = [known_at(code, cut) for code in STATES]
    return pooled(places, central, before, passes=PASSES, progress=progress)


def ahead_of(
    code: str, month: int, pooling: Pooling, whole: Country, file: Path, seed: int = 1
) -> Doubles:
    """Quantiles of sums of twelve months to so many months ahead, shape (AHEAD, levels) [people].

    Args:
        month: the last on record, from year 0. file: that holds them once they are made.
    """
    if file.exists():
        with np.load(file) as held:
            return np.asarray(held["quantiles"])
    seen = known_at(code, (month + 1) / MONTHS)
    unknowns = LocalUnknowns(seen, pooling)
    model = PlaceModel(unknowns, whole)
    generator = np.random.default_rng([seed, 73, month, *code.encode()])
    named = [one.name for one in seen.counts]
    if any(pooling.widths.values()):
        z = fit(model, central_draw(whole), seed, EFFORT).z
    else:
        z = np.zeros((model.draws, unknowns.size))
    new = generator.standard_normal((model.draws, KNOTS - 1 - unknowns.wander.last))
    starts = (month + 1 - MONTHS + np.arange(MONTHS + AHEAD)) / MONTHS
    means = months_at(model, z, new, starts)
    spread = unknowns.apart(z)[:, named.index("T40.4, months")]
    months = counted.drawn(means, spread, generator)
    months[:, :MONTHS] = _recorded(code, starts[:MONTHS])
    total = np.cumsum(months, axis=1)
    sums = total[:, MONTHS:] - total[:, :-MONTHS]
    quantiles: Doubles = np.quantile(sums, LEVELS, axis=0).T
    with atomic_path(file) as beside:
        np.savez(beside, quantiles=quantiles, effort=repr(asdict(EFFORT)))
    return quantiles


def _recorded(code: str, starts: Doubles) -> Doubles:
    """Deaths of months that are on record; of one that is withheld the middle of what it can be."""
    (count,) = (one for one in seen_of(code).counts if one.name == "T40.4, months")
    at = np.searchsorted(count.starts, np.asarray(starts) - 1e-6)
    return np.where(count.withheld[at], count.most / 2, count.values[at])


def forecasts_at(
    codes: Sequence[str],
    origin: int,
    whole: Country,
    pooling: Pooling,
    folder: Path,
    progress: Progress | None = None,
) -> dict[str, Doubles]:
    """Of states at an origin, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for i, code in enumerate(codes):
        file = folder / f"{code}.npz"
        found[code] = ahead_of(code, origin - LAG, pooling, whole, file)
        if progress is not None:
            progress(f"origin {origin // MONTHS}-{origin % MONTHS + 1:02}", i + 1, len(codes))
    return found

"""Hindcasts by year of origin: each year from a fit of its own, so that years may be shared out.

In one pass the draws of an origin come from those of the month before, and nothing can be parted.
Here the first origin of each year is fitted to anew, which costs as much again; what is said at an
origin is of the same posterior by other draws.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .hindcast import Hindcasts, Pass, Progress, Span, hindcasts
from .levels import MONTHS


def spans(plan: Pass) -> dict[str, Span]:
    """First and last origin of each year, by its name."""
    years = np.arange(plan.first, plan.last + 1) // MONTHS
    return {
        str(year): (plan.first + int(at[0]), plan.first + int(at[-1]))
        for year in np.unique(years)
        if (at := np.flatnonzero(years == year)).size
    }


def of_years(
    years: Sequence[str],
    file: Path,
    plan: Pass,
    seed: int = 1,
    progress: Progress | None = None,
) -> dict[str, Hindcasts]:
    """Origins of some years; the state of each stands beside a file, and what is done is read.

    Args:
        years: of `spans`. file: NAME.npz; states are NAME.YEAR.part.npz.
    """
    found = {}
    for year in years:
        told = None if progress is None else _of(progress, year)
        found[year] = hindcasts(plan, seed, told, part_of(file, year), spans(plan)[year])
    return found


def joined(parts: Sequence[Hindcasts]) -> Hindcasts:
    """Origins of all years as one, from years in order."""
    return Hindcasts(
        parts[0].first,
        [one for part in parts for one in part.months],
        [one for part in parts for one in part.scale],
        [one for part in parts for one in part.effective],
    )


def part_of(file: Path, year: str) -> Path:
    """Where the state of a year is kept."""
    return file.with_suffix(f".{year}.part.npz")


def is_done(file: Path, year: str, plan: Pass) -> bool:
    """Whether all origins of a year are there."""
    first, last = spans(plan)[year]
    try:
        with np.load(part_of(file, year)) as held:
            return len(held["effective"]) == last - first + 1
    except (OSError, ValueError, KeyError, EOFError):
        return False


def remove_parts(file: Path, plan: Pass) -> None:
    """Remove the states that were left beside a file."""
    for year in spans(plan):
        for one in (part_of(file, year), part_of(file, year).with_suffix(".start.npz")):
            one.unlink(missing_ok=True)


def _of(progress: Progress, year: str) -> Progress:
    return lambda what, done, n: progress(f"{year}, {what}", done, n)

"""What is recorded of a place, as its fit sees it; numbers alone, whatever file they came from.

Counts are of people over periods; some are withheld, which says that they are small. Ratios hold a
level of the place against the country's, per head, so that what surveys miss everywhere, or what
pharmacies do not report, is left out of both.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from upriver.core.table import Column
from upriver.core.time import FIRST_YEAR, years

Doubles = NDArray[np.float64]

MOST_WITHHELD = 9
"""A count that a publisher of deaths withholds is of 0 to 9."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Deaths of one kind over periods.

    name: short, for tables. output: counter of a run. starts, ends: calendar years, shape (n,).
    values: people, of any number where withheld, shape (n,). withheld: which are counts of 0 to
    `most` and no more is known, shape (n,). apart: standard deviation of the errors' logarithm, as
    thought before, beyond what chance does to a count [1].
    """

    name: str
    output: str
    starts: Doubles
    ends: Doubles
    values: Doubles
    withheld: NDArray[np.bool_]
    apart: float
    most: int = MOST_WITHHELD

    def only(self, kept: NDArray[np.bool_]) -> "Counts":
        """Some of the periods."""
        return replace(
            self,
            starts=self.starts[kept],
            ends=self.ends[kept],
            values=self.values[kept],
            withheld=self.withheld[kept],
        )


@dataclass(frozen=True, eq=False)
class Ratios:
    """A level per head, against the country's of the same draw.

    output: of a run. starts, ends: of the periods whose means are compared, shape (n,). values: the
    place's number per head over the country's, shape (n,) [1]. apart: standard deviation of the
    logarithm's errors, shape (n,). shared: that of an error that all of them share [1].
    """

    name: str
    output: str
    starts: Doubles
    ends: Doubles
    values: Doubles
    apart: Doubles
    shared: float = 0.0

    def only(self, kept: NDArray[np.bool_]) -> "Ratios":
        """Some of the periods."""
        return replace(
            self,
            starts=self.starts[kept],
            ends=self.ends[kept],
            values=self.values[kept],
            apart=self.apart[kept],
        )


@dataclass(frozen=True, eq=False)
class Seen:
    """A place and what is recorded of it.

    place: its code. division: that it belongs to, for pooling. part: of the country's people who
    live there, shape (1, STEPS + 1) [1]. relative: how much more of an input a person there has
    than in the country, by path, shape (1, STEPS + 1) [1]; what is not named is as in the country.
    covariates: what may tell of it before any death is seen, by name; what is not known is not
    there.
    """

    place: str
    division: str
    part: Column
    relative: Mapping[str, Column] = field(default_factory=dict)
    covariates: Mapping[str, float] = field(default_factory=dict)
    counts: tuple[Counts, ...] = ()
    ratios: tuple[Ratios, ...] = ()

    def until(self, date: float) -> "Seen":
        """Without periods that end after a date."""
        counts = [one.only(one.ends <= date + 1e-9) for one in self.counts]
        ratios = [one.only(one.ends <= date + 1e-9) for one in self.ratios]
        return replace(
            self,
            counts=tuple(one for one in counts if one.ends.size),
            ratios=tuple(one for one in ratios if one.ends.size),
        )

    @property
    def end(self) -> float:
        """When the last period ends."""
        ends = [float(one.ends.max()) for one in self.series]
        return max(ends, default=float(FIRST_YEAR))

    @property
    def series(self) -> tuple["Counts | Ratios", ...]:
        """Counts, then ratios: the order of what is predicted."""
        return (*self.counts, *self.ratios)

    def digest(self) -> str:
        """SHA-256 over all that it says."""
        named = [(path, column) for path, column in sorted(self.relative.items())]
        said = (self.place, self.division, sorted(self.covariates.items()))
        total = hashlib.sha256(repr((said, [path for path, _ in named])).encode())
        arrays = [self.part, *(column for _, column in named)]
        for count in self.counts:
            total.update(repr((count.name, count.output, count.apart, count.most)).encode())
            arrays += [count.starts, count.ends, np.where(count.withheld, -1.0, count.values)]
        for ratio in self.ratios:
            total.update(repr((ratio.name, ratio.output, ratio.shared)).encode())
            arrays += [ratio.starts, ratio.ends, ratio.values, ratio.apart]
        for one in arrays:
            total.update(np.ascontiguousarray(one, dtype="<f8").tobytes())
        return total.hexdigest()


def by_year(first: float, values: Sequence[float], *, mid: bool = True) -> Column:
    """A column from one number a year, straight between them and held at the ends.

    Args:
        first: the first year. values: one a year. mid: whether each is of the middle of its year.
    """
    when = first + np.arange(len(values)) + (0.5 if mid else 0.0)
    found: Column = np.interp(years(), when, np.asarray(values, dtype=np.float64))[None, :]
    return found

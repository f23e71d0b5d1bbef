"""What draws say of a quantity: a median and a 95 % interval, by time.

deaths = simulate("base").deaths
deaths[2021]                            # median, low and high of one year
for year, median, low, high in deaths:  # every year
    ...
deaths.to_pandas()                      # the same as a DataFrame
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.core.errors import SchemaProblem, TimeProblem, show
from upriver.engine.tools import quantiles

if TYPE_CHECKING:
    import pandas as pd

Doubles = NDArray[np.float64]

INTERVAL = (0.025, 0.5, 0.975)

MOST_LINES = 40
"""Lines that a summary prints; one with more instants prints those at the start of a year."""


class Interval(NamedTuple):
    """A median with its 95 % interval."""

    median: float
    low: float
    high: float


class Row(NamedTuple):
    """One time of a summary."""

    time: float
    median: float
    low: float
    high: float


def to_figures(value: float, count: int = 2) -> float:
    """A number of people or dollars to so many figures, and no part of one."""
    return round(float(f"{value:.{count}g}"), 0)


def figures(value: float, count: int = 2) -> str:
    """A number of people or dollars to so many figures, for no more is known of it: `−9,400`."""
    rounded = float(f"{value:.{count}g}")
    text = f"{abs(rounded):,.0f}"
    return f"−{text}" if rounded < 0 and text != "0" else text


def interval(draws: Doubles) -> Interval:
    """Median and 95 % interval of draws, shape (draws,)."""
    low, median, high = quantiles(draws[:, None], INTERVAL)[:, 0]
    return Interval(float(median), float(low), float(high))


@dataclass(frozen=True)
class Summary:
    """A quantity over time: median and 95 % interval over draws.

    times: calendar years, of instants or of the year that a sum covers, shape (n,).
    median, low, high: shape (n,). draws: shape (draws, n). of: what was run, and the digest of its
    table: `world`, `scenario`, `table_digest`.
    """

    name: str
    unit: str
    times: Doubles
    median: Doubles
    low: Doubles
    high: Doubles
    draws: Doubles
    of: Mapping[str, str] = field(default_factory=dict)

    def at(self, time: float) -> Interval:
        """Median, low and high at a time.

        Raises:
            SchemaProblem: the time is no number.
            TimeProblem: the summary has no value there.
        """
        found = np.flatnonzero(np.isclose(self.times, _number(time), rtol=0, atol=1e-6))
        if not len(found):
            step = self.times[1] - self.times[0] if len(self.times) > 1 else 1
            raise TimeProblem(
                f"{self.name} has no value there",
                found=f"{time:g}",
                allowed=f"{self.times[0]:g} to {self.times[-1]:g} in steps of {step:g}",
            )
        i = int(found[0])
        return Interval(float(self.median[i]), float(self.low[i]), float(self.high[i]))

    @overload
    def __getitem__(self, time: float) -> Interval: ...
    @overload
    def __getitem__(self, time: slice) -> "Summary": ...
    def __getitem__(self, time: "float | slice") -> "Interval | Summary":
        """`deaths[2021]`: one time, as `at`; `deaths[2020:2023]`: from 2020 to 2023, both in it.

        Raises:
            SchemaProblem: a time is no number, or the slice has a step.
            TimeProblem: nothing is there.
        """
        if not isinstance(time, slice):
            return self.at(time)
        if time.step is not None:
            raise SchemaProblem("a slice of years takes no step", found=show(time.step))
        first = self.times[0] if time.start is None else _number(time.start)
        last = self.times[-1] if time.stop is None else _number(time.stop)
        kept = (first <= self.times) & (self.times <= last)
        if not kept.any():
            raise TimeProblem(
                f"{self.name} has no value there",
                found=f"{first:g} to {last:g}",
                allowed=f"{self.times[0]:g} to {self.times[-1]:g}",
            )
        parts = {n: getattr(self, n)[kept] for n in ("times", "median", "low", "high")}
        return replace(self, **parts, draws=self.draws[:, kept])

    def __iter__(self) -> Iterator[Row]:
        """Time, median, low and high, a row for each time."""
        return map(Row._make, zip(*self._columns().values(), strict=True))

    def __len__(self) -> int:
        """Number of times."""
        return len(self.times)

    def to_pandas(self) -> "pd.DataFrame":
        """A DataFrame with columns `median`, `low`, `high`, by `time`; `attrs` has the unit."""
        import pandas as pd

        frame = pd.DataFrame(self._columns()).set_index("time")
        frame.attrs = {
            "name": self.name,
            "unit": self.unit,
            "draws": len(self.draws),
            "source": f"upriver {__version__}",
            **self.of,
        }
        return frame

    def _columns(self) -> dict[str, list[float]]:
        return {
            n.removesuffix("s"): getattr(self, n).tolist() for n in ("times", *Interval._fields)
        }

    def _repr_html_(self) -> str:
        """The same as a card, for a notebook."""
        from .cards import of_summary

        return of_summary(self)

    def __repr__(self) -> str:
        """A line a year."""
        said = f"median (95 % interval of {len(self.draws)} draws)"
        if len(self.draws) == 1:
            said = "one run"
        rows = [row for row in self if len(self) <= MOST_LINES or row.time == int(row.time)]
        if self.of:
            said += f", world {self.of['world']}: {self.of['scenario']}"
        lines = [f"{self.name} [{self.unit}], {said}"]
        lines += [
            f"  {row.time:g}  {short(row.median)}"
            + (f"  ({short(row.low)} to {short(row.high)})" if len(self.draws) > 1 else "")
            for row in rows
        ]
        if len(rows) < len(self):
            lines.append(f"  ({len(rows)} of {len(self)} instants, the starts of years)")
        return "\n".join(lines)


def summary(
    name: str, unit: str, times: Doubles, draws: Doubles, made: Mapping[str, str | int]
) -> Summary:
    """The summary of draws, shape (draws, n), at `times`, shape (n,); made: a run's provenance."""
    low, median, high = quantiles(draws, INTERVAL)
    of = {key: str(made[key]) for key in ("world", "scenario", "table_digest")}
    return Summary(name, unit, times, median, low, high, draws, of)


def short(value: float) -> str:
    """A number for a line of text: whole, or four figures if it is smaller than one."""
    return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.0f}"


def _number(time: object) -> float:
    """A time that someone gave, if it is a number; `True` is none."""
    if isinstance(time, bool | np.bool_) or not isinstance(time, int | float | np.number):
        raise SchemaProblem(
            "a time should be a calendar year as a number",
            found=show(time),
            hint="For example .deaths[2021]; the middle of 2021 is 2021.5.",
        )
    return float(time)

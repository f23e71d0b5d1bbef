"""What a comparison says of each scenario in a sentence: in how many draws, how many, from when.

A scenario is held against the first one draw by draw. Beside the whole, the same is said of the
draws with fewest and with most people with a disorder: many figures hang on that count, and those
draws are fits to the record as good as the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .ground import DEATHS
from .simulate import Run
from .summary import Doubles, Interval, figures, interval

AGREE = 0.9
"""Share of draws that agree on the sign from the year in which two courses part."""

PEOPLE = "people.heads.oud"
COUNTED = 2019.0
"""Year in which people with a disorder are counted: published figures are of it."""

END = 0.25
"""Share of draws that are called those with fewest or most people."""

LEAST = 0.5
"""Deaths that round to one: fewer are none."""


@dataclass(frozen=True)
class End:
    """Draws at one end of the number of people with a disorder.

    people: their median number; averted: what a scenario averts in them.
    """

    people: float
    averted: Interval


@dataclass(frozen=True)
class Verdict:
    """What a scenario does against the first one.

    draws: how many there are. helps, harms: in how many fewer, or more, people die. averted: deaths
    [people]. parts: first year from which on a share `AGREE` of draws have the sum's sign in each
    year, or None. few, many: draws with fewest and most people with a disorder; None where
    draws are too few to part.
    """

    title: str
    draws: int
    helps: int
    harms: int
    averted: Interval
    parts: int | None
    few: End | None
    many: End | None

    def sentence(self, since: float) -> str:
        """The answer in words."""
        span = f"{since:g} to {LAST_YEAR - 1}"
        if self.helps + self.harms == 0:
            return f"'{self.title}' moves no deaths from {span} in any of {self.draws:,} draws."
        middle, low, high = self.averted
        ways = [(self.helps, "averts deaths"), (self.harms, "costs lives")]
        if self.helps < self.harms:
            ways.reverse()
            middle, low, high = -middle, -high, -low
        (counted, verb), (other, instead) = ways
        told = (
            f"Of {self.draws:,} draws, '{self.title}' {verb} in {counted:,}"
            + (f" and {instead} in {other:,}" if other else "")
            + f"; best guess {figures(middle)} {'averted' if verb[0] == 'a' else 'more'} from "
            f"{span} ({figures(low)} to {figures(high)})"
        )
        if self.parts is not None:
            told += f"; the two part in {self.parts}"
        return told + "."


def verdict(base: Run, run: Run, since: float) -> Verdict:
    """What a run says against another, with the same draws.

    Args:
        since: year from which deaths are summed, to the end of 2031.
    """
    years = np.arange(np.floor(since), LAST_YEAR, dtype=np.float64)
    yearly = base.periods(DEATHS, years, years + 1) - run.periods(DEATHS, years, years + 1)
    start, end = np.array([since]), np.array([float(LAST_YEAR)])
    averted = (base.periods(DEATHS, start, end) - run.periods(DEATHS, start, end))[:, 0]
    few, many = _ends(base, averted)
    return Verdict(
        title=run.scenario.title,
        draws=len(averted),
        helps=int(np.sum(averted >= LEAST)),
        harms=int(np.sum(averted <= -LEAST)),
        averted=interval(averted),
        parts=_parts(yearly, years, float(np.median(averted))),
        few=few,
        many=many,
    )


def beats(runs: Sequence[Run], since: float) -> Doubles:
    """Share of draws in which fewer people die in one run than in another, shape (runs, runs)."""
    start, end = np.array([since]), np.array([float(LAST_YEAR)])
    deaths = np.array([run.periods(DEATHS, start, end)[:, 0] for run in runs])
    fewer: Doubles = np.mean(deaths[:, None] <= deaths[None] - LEAST, axis=2)
    return fewer


def by_people(one: Verdict) -> str:
    """A sentence on the draws with fewest and most people with a disorder; empty without them."""
    if one.few is None or one.many is None:
        return ""
    ends = (
        f"{figures(end.averted.median)} ({figures(end.averted.low)} to "
        f"{figures(end.averted.high)}) where {_heads(end.people)}"
        for end in (one.few, one.many)
    )
    return f"{one.title} averts {' and '.join(ends)} had a disorder in {COUNTED:g}."


def _heads(people: float) -> str:
    """A number of people, in millions where it is one."""
    return f"{people / 1e6:.1f} million" if people >= 1e6 else figures(people)


def _parts(yearly: Doubles, years: Doubles, middle: float) -> int | None:
    """First year from which on enough draws agree with the sum's sign."""
    sign = np.sign(middle)
    agree = np.mean(sign * yearly > 0, axis=0) >= AGREE
    if not sign or not agree[-1]:
        return None
    return int(years[len(agree) - int(np.argmin(np.append(agree[::-1], False)))])


def _ends(base: Run, averted: Doubles) -> tuple[End | None, End | None]:
    """Draws with fewest and with most people with a disorder."""
    if PEOPLE not in base.outputs or len(averted) < 4 / END:
        return None, None
    per_year = (len(base.times) - 1) / (LAST_YEAR - FIRST_YEAR)
    instant = round((COUNTED - FIRST_YEAR) * per_year)
    people = base.values[:, base.outputs.index(PEOPLE), instant]
    order = np.argsort(people, kind="stable")
    count = int(END * len(order))
    few, many = (
        End(float(np.median(people[those])), interval(averted[those]))
        for those in (order[:count], order[-count:])
    )
    return few, many

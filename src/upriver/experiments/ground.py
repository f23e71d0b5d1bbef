"""On what ground scenarios are compared: their world, the year from which deaths are summed.

Runs that differ in drivers or history differ before that year too, and in more than a policy: a
comparison says so before its numbers.
"""

import math
from collections.abc import Sequence

import numpy as np

from upriver.core.errors import SchemaProblem
from upriver.core.time import FIRST_YEAR
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter
from upriver.system.world import DEFAULT

from .simulate import Run
from .summary import figures, interval

FROM = 2026.0
"""Year from which deaths are summed, unless a change begins before."""

LEAST = 0.5
"""Deaths that round to one: fewer do not part two runs."""

DEATHS = "people.overdose.deaths"


def common_world(scenarios: Sequence[Scenario]) -> str:
    """The world that scenarios are compared in.

    Raises:
        SchemaProblem: they are written for different ones.
    """
    named = sorted({scenario.world for scenario in scenarios if scenario.world is not None})
    if len(named) > 1:
        raise SchemaProblem(
            "scenarios of different worlds cannot be compared",
            found=", ".join(f"'{s.title}' ({s.world})" for s in scenarios if s.world is not None),
        )
    return named[0] if named else DEFAULT


def first_year(runs: Sequence[Run]) -> float:
    """Year from which a comparison counts: the first change, or 2026 where history differs."""
    starts = [run.scenario.starts for run in runs]
    found = [start for start in starts if start is not None]
    return min([FROM, *found])


def other_ground(base: Run, run: Run) -> str:
    """A sentence where two runs differ in drivers or history, so no policy alone parts them."""
    one, other = base.scenario, run.scenario
    parts = [
        said
        for said, differs in (
            ("other projections of drivers", dict(one.projections) != dict(other.projections)),
            ("other conditions", one.conditions != other.conditions),
            ("other regimes", one.regimes != other.regimes),
            ("other parameters held", dict(one.settings) != dict(other.settings)),
            ("another history of acts", set(one.without_acts) != set(other.without_acts)),
        )
        if differs
    ]
    if not parts:
        return ""
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    return (
        f"'{other.title}' has {listed} than '{one.title}': what parts their deaths is not the "
        "effect of a policy alone."
    )


def before_sums(base: Run, run: Run, since: float) -> str:
    """A sentence where deaths part two runs before the year from which they are summed."""
    counted = counter(DEATHS)
    places = [one.outputs.index(counted) for one in (base, run)]
    apart = base.values[:, places[0]] - run.values[:, places[1]]
    until = base.times <= since
    parted = (np.abs(apart) >= LEAST).any(axis=0) & until
    if not parted.any():
        return ""
    first = math.floor(base.times[max(int(np.argmax(parted)) - 1, 0)])
    starts, ends = np.array([float(FIRST_YEAR)]), np.array([since])
    sums = [one.periods(DEATHS, starts, ends)[:, 0] for one in (base, run)]
    averted = interval(sums[0] - sums[1])
    numbers = f"{figures(averted.median)} deaths"
    if not base.central:
        numbers += f" ({figures(averted.low)} to {figures(averted.high)})"
    last = f"{since - 1:.0f}" if since == int(since) else f"{since:g}"
    return (
        f"'{run.scenario.title}' parts from '{base.scenario.title}' in {first}: what it averts "
        f"{f'from {first} to {last}' if last != str(first) else f'in {first}'}, {numbers}, is not "
        f"in the sums, which begin in {since:g}."
    )

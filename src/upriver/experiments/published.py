"""Against the published policies: totals on four projections, six projections, the ensemble.

Totals and values are of central values, and published with six significant figures. Percentiles
were published over all 4,999 draws of the posterior, of which 1,000 ship: they are compared by how
many of ours lie below, which a random subset should miss by chance alone.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from upriver.core.time import quarters, step_of
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.on import on
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.world import PUBLISHED, World

from .verify import REFERENCE, Doubles

Progress = Callable[[int, int], None]
Rows = list[dict[str, str]]

NONE = "published/baseline"
"""The policy that changes nothing; a change is against it."""

LEVELS, CHANGES, PROJECTIONS, PERCENTILES = "levels", "changes", "projections", "percentiles"

ALLOWED = {LEVELS: 1e-5, CHANGES: 1e-5, PROJECTIONS: 1e-5, PERCENTILES: 4.0}
"""Largest error that is met: of the value published; of a change, of the value without a policy,
since both ends are rounded at the sixth figure; of a percentile, in standard errors of a subset's
share."""

TITLES = {
    LEVELS: "totals under a policy, on four projections",
    CHANGES: "what a policy changes in them",
    PROJECTIONS: "values of six projections",
    PERCENTILES: "percentiles of the ensemble",
}


@dataclass(frozen=True)
class Check:
    """One published number beside ours.

    kind: one of `TITLES`. name: which number, in words. error: as `ALLOWED` counts it.
    """

    kind: str
    name: str
    published: float
    ours: float
    error: float

    @property
    def met(self) -> bool:
        """Whether the error is within what is allowed."""
        return bool(self.error <= ALLOWED[self.kind])


def checks(progress: Progress | None = None) -> list[Check]:
    """All published numbers beside ours.

    Args:
        progress: called with runs done and runs in all.
    """
    totals, values = rows("policies.csv"), rows("projections.csv")
    pairs = list(dict.fromkeys((row["projection"], row["policy"]) for row in totals))
    alone = list(dict.fromkeys(row["projection"] for row in values))
    count, done = len(pairs) + len(alone) + 1, 0
    found: list[Check] = []

    def tell() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, count)

    without: dict[tuple[str, str], tuple[float, float]] = {}
    for projection, policy in sorted(pairs, key=lambda pair: pair[1] != NONE):
        those = [r for r in totals if (r["projection"], r["policy"]) == (projection, policy)]
        found += _policy(projection, policy, those, without)
        tell()
    for projection in alone:
        found += _projection(projection, [r for r in values if r["projection"] == projection])
        tell()
    found += _percentiles(rows("percentiles.csv"))
    tell()
    return found


def rows(name: str) -> Rows:
    """Rows of a table of published figures that ships."""
    file: Path = REFERENCE / name
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@cache
def _read(name: str) -> Scenario:
    return read_scenario(name)


def _policy(
    projection: str, policy: str, those: Rows, without: dict[tuple[str, str], tuple[float, float]]
) -> list[Check]:
    """Totals under a policy, and what it changes; `without` keeps those of no policy."""
    scenario = on(_read(policy), _read(projection))
    outputs = [row["output"] for row in those]
    ours = _run(table(scenario, 0, World.named(PUBLISHED)).columns, outputs)[0]
    found = []
    for row, course in zip(those, ours, strict=True):
        published = float(row["value"])
        total = float(course[_at(row["to"])] - course[_at(row["from"])])
        name = f"{row['output']} under {policy} on {projection}"
        found.append(Check(LEVELS, name, published, total, abs(total / published - 1)))
        if policy == NONE:
            without[projection, row["output"]] = published, total
            continue
        was, is_now = without[projection, row["output"]]
        told, made = published - was, total - is_now
        found.append(Check(CHANGES, name, told, made, abs(made - told) / was))
    return found


def _projection(projection: str, those: Rows) -> list[Check]:
    """Values of a projection at the start of years."""
    outputs = list(dict.fromkeys(row["output"] for row in those))
    columns = table(_read(projection), 0, World.named(PUBLISHED)).columns
    courses = dict(zip(outputs, _run(columns, outputs)[0], strict=True))
    found = []
    for row in those:
        published, ours = float(row["value"]), float(courses[row["output"]][_at(row["year"])])
        error = abs(ours - published) / abs(published) if published else abs(ours)
        name = f"{row['output']} in {row['year']}, {projection}"
        found.append(Check(PROJECTIONS, name, published, ours, error))
    return found


def _percentiles(those: Rows) -> list[Check]:
    """Percentiles of the ensemble, by the share of our draws below."""
    outputs = list(dict.fromkeys(row["output"] for row in those))
    columns = table(read_scenario("published"), MOST_DRAWS, World.named(PUBLISHED)).columns
    values = dict(zip(outputs, np.moveaxis(_run(columns, outputs), 1, 0), strict=True))
    found = []
    for row in those:
        draws = values[row["output"]][:, _at(row["year"])]
        if row["from"]:
            draws = draws - values[row["output"]][:, _at(row["from"])]
        share, published = float(row["percentile"]) / 100, float(row["value"])
        below, up_to = float(np.mean(draws < published)), float(np.mean(draws <= published))
        error = max(below - share, share - up_to, 0.0)
        since = f" since {row['from']}" if row["from"] else ""
        found.append(
            Check(
                PERCENTILES,
                f"percentile {row['percentile']} of {row['output']}{since} in {row['year']}",
                published,
                float(np.quantile(draws, share)),
                error / float(np.sqrt(share * (1 - share) / len(draws))),
            )
        )
    return found


def _run(columns: Mapping[str, Doubles], outputs: list[str]) -> Doubles:
    """Outputs by quarter, shape (draws, outputs, quarters)."""
    return load().run(columns, outputs=outputs, instants=quarters())


def _at(year: str) -> int:
    """Place of a year among the quarters."""
    return int(np.flatnonzero(quarters() == step_of(float(year)))[0])

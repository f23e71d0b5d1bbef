"""Runs of the engine at central values, and charts of them, for the page of signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.changes import Change
from upriver.policy.scenario import Scenario

from .drawing import chart

Doubles = NDArray[np.float64]

DEATHS = "people.overdose.deaths"
LOSSES = "cumulative.people.overdose.deaths"


@dataclass(frozen=True)
class Run:
    """What is set, and what is changed: path, operation, amount, start, years."""

    settings: Mapping[str, float] = field(default_factory=dict)
    changes: tuple[tuple[tuple[str, ...], str, float, float, float], ...] = ()


USUAL = Run()


@cache
def _course(name: str, settings: tuple[tuple[str, float], ...], changes: tuple) -> Doubles:  # type: ignore[type-arg]
    scenario = Scenario(
        title="sign",
        world="prior",
        settings=dict(settings),
        changes=tuple(
            Change(paths, how, by, start, years, f"sign {i}")
            for i, (paths, how, by, start, years) in enumerate(changes)
        ),
    )
    columns = table(scenario).columns
    instants = np.arange(0, 529, 4)
    values: Doubles = load().run(columns, outputs=[name], instants=instants)[0, 0]
    return values


def over(run: Run, name: str, first: int, last: int) -> Doubles:
    """A level by quarter, or a counter's gain by quarter, between two years."""
    course = _course(name, tuple(run.settings.items()), run.changes)
    if name.startswith("cumulative."):
        course = np.append(np.diff(course), np.nan)
    return course[4 * (first - 1999) : 4 * (last - 1999)]


def drawn(title: str, unit: str, name: str, runs: Mapping[str, Run], span: tuple[int, int]) -> str:
    """One output under several runs."""
    lines = {label: over(run, name, *span) for label, run in runs.items()}
    return chart(title, unit, _years(span), lines)


def beside(title: str, unit: str, names: Mapping[str, str], run: Run, span: tuple[int, int]) -> str:
    """Several outputs of one run."""
    lines = {label: over(run, name, *span) for label, name in names.items()}
    return chart(title, unit, _years(span), lines)


def against(
    title: str, names: Mapping[str, str], run: Run, usual: Run, span: tuple[int, int]
) -> str:
    """Several outputs of one run, each relative to the usual run."""
    lines = {
        label: over(run, name, *span) / over(usual, name, *span) for label, name in names.items()
    }
    return chart(title, "usual = 1", _years(span), lines)


def _years(span: tuple[int, int]) -> Doubles:
    return np.arange(4 * (span[1] - span[0])) / 4 + span[0]

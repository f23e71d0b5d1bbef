"""What all answers say alike: numbers with intervals, counts of draws, what carries an effect."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from upriver.core.time import LAST_YEAR
from upriver.experiments.compare import Comparison
from upriver.experiments.disagreement import FEWEST
from upriver.experiments.ground import DEATHS
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles, Interval, figures, interval
from upriver.experiments.verdict import AGREE
from upriver.policy.chosen import fitted
from upriver.policy.lever import Lever
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario

from .answer import Table

FROM, TO = 2026, LAST_YEAR - 1
"""Calendar years that deaths ahead are summed over."""

NONE = "–"

SEEN = 3.5
"""Standard errors of a correlation of 0: of a hundred, one is beyond them by chance in 1 of 20."""
SEEN_ALONE = 2.0
"""The same where one alone is looked at."""

NULL = ("null result", "did not demonstrably")
"""Words by which a lever's card says that a study found no effect on what the lever is for."""


def between(found: Interval) -> str:
    """A median with its 95 % interval, to two figures."""
    return f"{figures(found.median)} ({figures(found.low)} to {figures(found.high)})"


def percent(found: Interval) -> str:
    """The same in percent, to one decimal."""
    middle, low, high = (f"{round(value, 1) + 0.0:.1f}".replace("-", "−") for value in found)
    return f"{middle} % ({low} to {high})"


def signed(strength: float) -> str:
    """A correlation with its sign."""
    return f"{strength:+.2f}".replace("-", "−")


def deaths(run: Run, first: float, last: float) -> Doubles:
    """Opioid overdose deaths from the start of a year to that of another, shape (draws,)."""
    return run.periods(DEATHS, np.array([float(first)]), np.array([float(last)]))[:, 0]


def averted(found: Comparison, run: Run) -> Doubles:
    """Deaths that a run averts against the first, to the end of 2031, shape (draws,)."""
    return deaths(found.runs[0], found.since, LAST_YEAR) - deaths(run, found.since, LAST_YEAR)


def title(run: Run) -> str:
    """Of a run, without what it was put on."""
    return run.scenario.title.partition(", on '")[0]


def verdicts(found: Comparison, about: str) -> Table:
    """What each scenario averts, in how many draws, from when on."""
    rows = []
    for run, one in zip(found.runs[1:], found.verdicts, strict=True):
        rows.append(
            (
                title(run),
                between(found.averted(run)),
                percent(found.averted_percent(run)),
                f"{one.helps} of {one.draws}",
                f"{one.harms} of {one.draws}",
                NONE if one.parts is None else str(one.parts),
            )
        )
    head = ("Scenario", "Deaths averted", "Of all", "Averts in", "Costs lives in", "Apart since")
    if any(one.parts is None for one in found.verdicts):
        about = (
            f"{about.removesuffix(':')}. In the last column {NONE} says that draws do not agree on "
            f"the sign of the year's difference to the end: in {TO} fewer than {100 * AGREE:.0f} % "
            "of them have that of the whole."
        )
    return Table(about, head, tuple(rows))


def counted(found: Comparison) -> dict[str, dict[str, Any]]:
    """What each scenario averts and in how many draws, for programs, by title."""
    return {
        title(run): {
            "averted": found.averted(run)._asdict(),
            "averts_in": one.helps,
            "costs_lives_in": one.harms,
            "draws": one.draws,
        }
        for run, one in zip(found.runs[1:], found.verdicts, strict=True)
    }


def rivals(draws: int) -> tuple[str, ...]:
    """Explanations that have enough of the first draws for a median, in order."""
    names = fitted().rival[:draws]
    return tuple(name for name in sorted(set(names)) if names.count(name) >= FEWEST)


def medians(values: Doubles) -> dict[str, float]:
    """Median of draws by explanation."""
    names = np.array(fitted().rival[: len(values)])
    return {name: float(np.median(values[names == name])) for name in rivals(len(values))}


def by_explanation(rows: Iterable[tuple[str, Doubles]], about: str) -> Table:
    """Medians by explanation of the past, a row for each of some quantities."""
    given = list(rows)
    names = rivals(len(given[0][1]))
    told = [
        (name, *(figures(value) for value in medians(values).values())) for name, values in given
    ]
    return Table(about, ("", *names), tuple(told))


def spread(rows: Iterable[tuple[str, Doubles]], of: str = "") -> str:
    """A sentence where explanations disagree on a sign; empty where none do.

    Args:
        rows: quantities by what they are called. of: what they are of, as ` for ...`.
    """
    apart = []
    for name, values in rows:
        found = medians(values).values()
        if found and min(found) <= -0.5 and max(found) >= 0.5:
            apart.append(name)
    if not apart:
        return ""
    return f"Explanations of the past disagree on a sign{of}: of {'; '.join(apart)}."


def tertiles(values: Doubles, by: Doubles) -> list[tuple[float, Interval]]:
    """Of a constant's lowest, middle and highest third of draws its median, and of values."""
    order = np.argsort(by, kind="stable")
    return [
        (float(np.median(by[third])), interval(values[third])) for third in np.array_split(order, 3)
    ]


def seen(draws: int, errors: float = SEEN) -> float:
    """The rank correlation below which one, or the largest of a hundred, may well be chance."""
    return float(errors / np.sqrt(draws))


def correlation(values: Doubles, by: Doubles) -> float:
    """Rank correlation of values with a constant over draws."""
    return float(np.corrcoef(_ranks(by), _ranks(values))[0, 1])


def moved_most(values: Doubles, by: dict[str, Doubles]) -> tuple[str, float] | None:
    """The constant with which values go most by rank, and the rank correlation.

    None where even that is below `seen`.
    """
    found = {path: correlation(values, one) for path, one in by.items()}
    path = max(found, key=lambda name: (abs(found[name]), name))
    return (path, found[path]) if abs(found[path]) >= seen(len(values)) else None


def _ranks(values: Doubles) -> Doubles:
    return np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(np.float64)


def moving(scenario: Scenario) -> list[Lever]:
    """Levers that move what a scenario's changes move."""
    paths = {path for change in scenario.changes for path in change.acts_on}
    return [one for one in levers().values() if paths & set(one.acts_on)]


def evidence(found: Sequence[Lever], about: str) -> Table:
    """Of levers: grade of evidence, what was studied, and what carries the size of the effect."""
    rows = [(one.title, graded(one), one.evidence.design, carried(one)) for one in found]
    return Table(about, ("Lever", "Grade", "What was studied", "The effect hangs on"), tuple(rows))


def graded(one: Lever) -> str:
    """The grade of a lever's evidence, and beside it whether a part of that is a null result."""
    known = one.evidence
    told = f"{known.effect} {known.note or ''}".casefold()
    null = known.grade != "none" and any(words in told for words in NULL)
    return f"{known.grade}, in part a null result" if null else known.grade


def carried(one: Lever) -> str:
    """What the size of a lever's effect hangs on: an interval, or constants of the fit."""
    effect = one.effect
    if effect is None:
        return "the amount alone"
    if effect.interval is not None:
        low, high = effect.interval
        source = "an assumption" if effect.source == "assumption" else f"{effect.source}"
        said = f"what it does to those reached, {effect.value:g} ({low:g} to {high:g}): {source}"
        return said.replace("-", "−")
    told = fitted().told
    known = [path for path in effect.carried_by if path in told]
    still = sum(told[path].assumed for path in known)
    if not known:
        return "histories that are given"
    constants = "1 constant" if len(known) == 1 else f"{len(known)} constants"
    return f"{constants} of the fit, {still} an assumption still"


def assumed(found: Sequence[Lever]) -> str:
    """A sentence on levers whose effect an assumption alone carries, or no study; else empty."""
    told = fitted().told
    names, ungraded = [], []
    for one in found:
        if one.evidence.grade == "none":
            ungraded.append(f"'{one.title}'")
        if one.effect is None:
            continue
        known = [path for path in one.effect.carried_by if path in told]
        drawn = one.effect.interval is not None and one.effect.source == "assumption"
        if drawn or (known and all(told[path].assumed for path in known)):
            names.append(f"'{one.title}'")
    said = []
    if names:
        said.append(f"Assumptions alone carry the size of {', '.join(names)}.")
    if ungraded:
        said.append(f"No causal evidence speaks for {', '.join(ungraded)}.")
    return " ".join(said)


def agreed(found: Comparison) -> str:
    """A sentence on scenarios on whose sign every draw agrees; empty where there is none."""
    names = [
        f"'{title(run)}'"
        for run, one in zip(found.runs[1:], found.verdicts, strict=True)
        if one.draws in (one.helps, one.harms)
    ]
    if not names:
        return ""
    return (
        f"All draws agree on the sign of {', '.join(names)}: the equations give that sign, "
        "whatever the draw, and it is no finding of a study."
    )


@cache
def missing_said(name: str) -> str:
    """What the catalogue of gaps says of one."""
    from upriver.evidence.missing import missing

    gap = missing()[name]
    return f"{gap.what}: {gap.why}"

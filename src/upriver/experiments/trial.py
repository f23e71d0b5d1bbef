"""One check of the fit: what a study found, what draws say of it, and a verdict by a fixed rule.

A verdict says something only if it can be the other one. So each check can be made again with its
mechanism changed: a control with the mechanism off, a null with one that would break it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from upriver.core.time import LAST_YEAR, step_of
from upriver.engine.run import load
from upriver.evidence.effects import effect
from upriver.policy.apply import table
from upriver.policy.scenario import parse_scenario
from upriver.system.observation import means
from upriver.system.world import DEFAULT

Doubles = NDArray[np.float64]
Change = Mapping[str, object]
Band = tuple[float, float]
Ends = tuple[float, float, float]

DRAWS = 400
PERCENTILES = (2.5, 50.0, 97.5)
MOST = 0.95
"""Of draws in which a sign has to be as it should."""

Rule = Literal["median", "interval", "overlap", "sign"]

RULES: dict[Rule, str] = {
    "median": "the median lies within",
    "interval": "95 % of draws lie within",
    "overlap": "the 95 % interval overlaps, and is no wider than,",
    "sign": "at least 95 % of draws are above",
}
"""When a check is met, by what is compared."""


@dataclass(frozen=True)
class Trial:
    """A check.

    asked: what is compared, in which unit. rule: when it is met. allowed: the band it is held
    against; of a sign, what it has to be above. found: 2.5, 50 and 97.5 % of draws. changed: how
    the mechanism is changed for the second look; other, other_met: what it says then, None where
    there is none. sources: keys of references. note: how much a verdict can say.
    """

    name: str
    asked: str
    unit: str
    rule: Rule
    allowed: Band
    found: Ends
    met: bool
    sources: tuple[str, ...]
    changed: str = ""
    other: Ends | None = None
    other_met: bool | None = None
    note: str = ""

    @property
    def can_fail(self) -> bool:
        """Whether it fails when its mechanism is changed; so where there is no second look."""
        return self.other_met is not True

    @property
    def holds(self) -> bool:
        """Whether it is met, and can fail."""
        return self.met and self.can_fail

    @property
    def fails_by_width(self) -> bool:
        """Whether the second look lies as it should, and fails only since it is too wide."""
        if self.rule != "overlap" or self.other is None or self.other_met:
            return False
        return self.other[0] <= self.allowed[1] and self.allowed[0] <= self.other[-1]


@dataclass(frozen=True)
class Given:
    """An input of the fit beside the record that it was made from: shown, and no check.

    asked: what it is, in which unit. recorded: the value on record; found: 2.5, 50 and 97.5 % of
    draws. sources: keys of references.
    """

    name: str
    asked: str
    unit: str
    recorded: float
    found: Ends
    sources: tuple[str, ...]


def given(
    name: str, asked: str, recorded: float, values: Doubles, *, unit: str, sources: Sequence[str]
) -> Given:
    """An input as draws have it.

    Args:
        values: shape (draws,), in `unit`.
    """
    return Given(name, asked, unit, recorded, _ends(values), tuple(sources))


def trial(
    name: str,
    asked: str,
    rule: Rule,
    allowed: Band,
    values: Doubles,
    *,
    sources: Sequence[str],
    unit: str = "1",
    changed: str = "",
    other: Doubles | None = None,
    note: str = "",
) -> Trial:
    """A check of values, one a draw, and of the same with the mechanism changed.

    Args:
        values, other: shape (draws,), in `unit`.
    """
    return Trial(
        name=name,
        asked=asked,
        unit=unit,
        rule=rule,
        allowed=allowed,
        found=_ends(values),
        met=is_met(values, rule, allowed),
        sources=tuple(sources),
        changed=changed,
        other=None if other is None else _ends(other),
        other_met=None if other is None else is_met(other, rule, allowed),
        note=note,
    )


def is_met(values: Doubles, rule: Rule, allowed: Band) -> bool:
    """Whether values, shape (draws,), meet a rule."""
    (low, high), (least, middle, most) = allowed, _ends(values)
    if rule == "median":
        return low <= middle <= high
    if rule == "interval":
        return low <= least and most <= high
    if rule == "overlap":
        return least <= high and low <= most and most - least <= high - low
    return bool(np.mean(values > low) >= MOST)


@dataclass(frozen=True, eq=False)
class Ran:
    """Runs of the fitted draws.

    values: shape (draws, outputs, instants); columns: what was run, by path.
    """

    outputs: tuple[str, ...]
    values: Doubles
    columns: Mapping[str, Doubles]

    def mean(self, output: str, start: float, end: float) -> Doubles:
        """Mean of an output over a period of calendar years, shape (draws,)."""
        weights = means(np.array([start]), np.array([end]))[0, : self.values.shape[2]]
        return np.asarray(self.values[:, self.outputs.index(output)] @ weights)

    def constant(self, path: str) -> Doubles:
        """A constant as it was run, shape (draws,)."""
        return np.broadcast_to(self.columns[path][:, 0], len(self.values))

    def at(self, path: str, year: float) -> Doubles:
        """A driver at an instant, shape (draws,)."""
        column = self.columns[path]
        step = min(int(step_of(year)), column.shape[1] - 1)
        return np.broadcast_to(column[:, step], len(self.values))


def ran(
    outputs: Sequence[str],
    draws: int,
    *,
    changes: Sequence[Change] = (),
    held: Mapping[str, float] | None = None,
    without: Sequence[str] = (),
    until: float = LAST_YEAR,
) -> Ran:
    """Run the fitted draws of the whole world to a year.

    Args:
        changes: with the fields of a scenario's. held: parameters held at a value.
        without: acts taken out of history.
    """
    fields: dict[str, object] = {"schema": 2, "title": "A check", "world": DEFAULT}
    if changes:
        fields["changes"] = list(changes)
    if held:
        fields["set"] = dict(held)
    if without:
        fields["without_acts"] = list(without)
    columns = table(parse_scenario(fields), draws).columns
    last = int(step_of(until))
    values = load().run(
        columns, outputs=list(outputs), instants=np.arange(last + 1), last_step=last
    )
    return Ran(tuple(outputs), values, columns)


def averted(with_it: Ran, without: Ran, output: str, start: float, end: float) -> Doubles:
    """What a measure averts of a flow over a period, of what would be without it [%]."""
    least = with_it.mean(output, start, end) / without.mean(output, start, end)
    return np.asarray(100 * (1 - least))


def added(with_it: Ran, without: Ran, output: str, start: float, end: float) -> Doubles:
    """What something adds to an output over a period, of what would be without it [%]."""
    return -averted(with_it, without, output, start, end)


def published(name: str) -> tuple[float, Band]:
    """Value and 95 % interval of an effect that has both, by its name."""
    found = effect(name)
    if found.value is None or found.low is None or found.high is None:
        raise ValueError(f"{name} has no interval")
    return found.value, (found.low, found.high)


def _ends(values: Doubles) -> Ends:
    low, middle, high = np.percentile(values, PERCENTILES).tolist()
    return low, middle, high

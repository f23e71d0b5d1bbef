"""Natural experiments: what happened elsewhere, or for its own reason, beside what the fit says.

Neither is fitted to. China's class control of 1 May 2019 cut what came by mail: the record of mail
seizures, and a published claim of a quarter fewer deaths for three to five months, are held against
runs with the act and without. Canada drinks from the same source as the United States, so that a
shock to precursors should be seen in its deaths, with one level of its own.
"""

from dataclasses import dataclass

import numpy as np

from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.policy.apply import table
from upriver.policy.chosen import fitted
from upriver.policy.scenario import read_scenario
from upriver.system.observation import matrix

from .block import Doubles
from .check import INTERVAL
from .quantities import table_of
from .records.deaths import SYNTHETIC
from .records.seizures import MAIL, blocks

WITHOUT = "no_class_control"
DRAWS = 200

CLAIMED = 0.75
"""Of deaths that would have been, for three to five months: as was published."""

SPANS = {
    "May to September 2019": (2019 + 4 / 12, 2019 + 9 / 12),
    "October 2019 to April 2020": (2019 + 9 / 12, 2020 + 4 / 12),
}
FISCAL = (2019, 2020, 2021)

SHOCKS = ("supply.shock.precursors", "supply.shock.production")
FIRST_QUARTER = 2021.0
"""From which Canada is looked at: after the pandemic's first year, before the turn."""


@dataclass(frozen=True)
class Seized:
    """Fentanyl seized in mail, on the coast and in the air in a fiscal year [lb, gross].

    recorded; then 5, 50 and 95 % of runs with the class control, and without.
    """

    year: int
    recorded: float
    acted: tuple[float, ...]
    without: tuple[float, ...]


@dataclass(frozen=True)
class ClassControl:
    """The class control: what was seized, and deaths with it over deaths without it [1].

    deaths: 5, 50 and 95 % by span. claimed: share of draws as low as the published claim in the
    first span [1].
    """

    seized: tuple[Seized, ...]
    deaths: dict[str, tuple[float, ...]]
    claimed: float


def class_control(draws: int = DRAWS) -> ClassControl:
    """Runs with China's class control of May 2019, and without, over some draws of the fit."""
    (block,) = [one for one in blocks() if one.name == f"seized, {MAIL}"]
    outputs = (SYNTHETIC, *block.output)
    both = []
    for name in ("base", WITHOUT):
        columns = table(read_scenario(name), draws).columns
        both.append(load().run(columns, outputs=outputs, instants=np.arange(STEPS + 1)))
    acted, without = both
    weighed = [one[:, 1:].sum(axis=1) @ block.weights.T for one in both]
    seized = tuple(
        Seized(year, float(block.values[i]), _ends(weighed[0][:, i]), _ends(weighed[1][:, i]))
        for i, year in enumerate(FISCAL)
    )
    spans = matrix(*np.array(list(SPANS.values())).T)
    ratio = (acted[:, 0] @ spans.T) / (without[:, 0] @ spans.T)
    deaths = {name: _ends(ratio[:, i]) for i, name in enumerate(SPANS)}
    return ClassControl(seized, deaths, float(np.mean(ratio[:, 0] <= CLAIMED)))


@dataclass(frozen=True, eq=False)
class Canada:
    """Deaths from opioid toxicity in Canada by quarter, and a shock that was learnt elsewhere.

    quarters: labels; recorded [people]; shocked: 5, 50 and 95 % of one level times what the shock
    leaves of US deaths, shape (3, quarters) [people]. typical errors, of logarithms: with a level
    alone; with the shock; with the whole course of US deaths. slope: 5, 50 and 95 % of how much
    Canada's logarithm moves with the shock's [1].
    """

    quarters: tuple[str, ...]
    recorded: Doubles
    shocked: Doubles
    level_alone: float
    with_shock: float
    with_course: float
    slope: tuple[float, ...]


def canada() -> Canada:
    """Canada's quarters beside the shock that draws which have one learnt from US records."""
    record = series("deaths_opioids_quarter", "Canada")
    kept = record.starts >= FIRST_QUARTER - 1e-9
    weights = matrix(record.starts[kept], record.ends[kept])
    draws = fitted()
    shocked = np.sum([draws.constants[path] for path in SHOCKS], axis=0) > 0
    draws = draws.rows(np.flatnonzero(shocked))
    counted = []
    for still in (False, True):
        off = {path: np.zeros((draws.draws, 1)) for path in SHOCKS} if still else {}
        ran = table_of(draws, off).columns
        run = load().run(ran, outputs=[SYNTHETIC], instants=np.arange(STEPS + 1))
        counted.append(np.log(run[:, 0] @ weights.T))
    logs = np.log(record.values[kept])
    effect = counted[0] - counted[1]
    levelled = effect + (logs - effect).mean(axis=1, keepdims=True)
    course = counted[0] + (logs - counted[0]).mean(axis=1, keepdims=True)
    away = effect - effect.mean(axis=1, keepdims=True)
    slope = (away @ (logs - logs.mean())) / np.maximum(np.sum(away**2, axis=1), 1e-9)
    return Canada(
        quarters=tuple(label for label, one in zip(record.labels, kept, strict=True) if one),
        recorded=record.values[kept],
        shocked=np.exp(np.percentile(levelled, INTERVAL, axis=0)),
        level_alone=float(logs.std()),
        with_shock=_typical(logs - np.median(levelled, axis=0)),
        with_course=_typical(logs - np.median(course, axis=0)),
        slope=_ends(slope),
    )


def _ends(values: Doubles) -> tuple[float, ...]:
    return tuple(np.percentile(values, INTERVAL).tolist())


def _typical(errors: Doubles) -> float:
    return float(np.sqrt(np.mean(errors**2)))

"""Scenarios in money and in health: what each costs, what it gains, and at what price.

    found = up.cost("base", "more_kits.yaml")
    found.per_qaly(found.runs[1])      # a price with its interval, or words where there is none
    found.acceptable(100_000)          # how often each is best at 100,000 USD per QALY

The first scenario is what the others are held against. Costs are in USD of 2021, discounted with
QALYs to 2026.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import OutOfBounds, show, unknown_name
from upriver.experiments.compare import Comparison, compare
from upriver.experiments.reported import OUTPUTS
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.policy.scenario import Scenario

from .bill import COMPONENTS, NEEDED, VIEWS, Bill, bill, ledger, with_needed
from .measures import Measure, measures
from .prices import Priced, Step, best, frontier, priced
from .tariff import drawn

if TYPE_CHECKING:
    import pandas as pd

DISCOUNT = 0.03
"""A year [1], for costs and for QALYs."""

THRESHOLDS = (50_000.0, 100_000.0)
"""USD per QALY at which net benefit is told."""

PER_DEATH = 1e6
"""USD, a scale on which deaths averted and costs are seen together."""


@dataclass(frozen=True, eq=False)
class Valued:
    """A comparison in money and in health.

    bills: of each run, in the order of the comparison.
    measures: what parts each run from the first, with its own cost where that is known.
    discount: a year [1].
    """

    comparison: Comparison
    bills: tuple[Bill, ...]
    measures: tuple[tuple[Measure, ...], ...]
    discount: float

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs; the first is what the others are held against."""
        return self.comparison.runs

    def bill(self, run: Run) -> Bill:
        """The bill of one of the runs."""
        return self.bills[self._place(run)]

    def cost(self, run: Run, view: str = "health") -> Doubles:
        """What a run costs more than the first [USD of 2021], shape (draws,)."""
        _check(view)
        return self.bill(run).cost(view) - self.bills[0].cost(view)

    def components(self, run: Run, view: str = "society") -> dict[str, Doubles]:
        """What a run costs more than the first, by component; they add up to `cost`."""
        _check(view)
        own, first = self.bill(run).costs, self.bills[0].costs
        return {name: own[name] - first[name] for name in VIEWS[view]}

    def gained(self, run: Run) -> Doubles:
        """QALYs gained against the first run, shape (draws,)."""
        return self.bill(run).gained - self.bills[0].gained

    def averted(self, run: Run) -> Doubles:
        """Overdose deaths averted against the first run, not discounted, shape (draws,)."""
        return self.bills[0].deaths - self.bill(run).deaths

    def per_death(self, run: Run, view: str = "health") -> Priced:
        """Cost per overdose death averted [USD], a ratio of means; words where there is none."""
        return priced(self.cost(run, view), self.averted(run), PER_DEATH)

    def per_qaly(self, run: Run, view: str = "health") -> Priced:
        """Cost per QALY gained [USD], a ratio of means; words where there is none."""
        return priced(self.cost(run, view), self.gained(run))

    def net_benefit(self, run: Run, threshold: float, view: str = "health") -> Doubles:
        """QALYs gained at a price each, less what they cost [USD], shape (draws,)."""
        return threshold * self.gained(run) - self.cost(run, view)

    def acceptable(self, threshold: float, view: str = "health") -> dict[str, float]:
        """Share of draws in which each scenario has the highest net benefit, by title."""
        shares = best([self.net_benefit(run, threshold, view) for run in self.runs])
        return {run.scenario.title: share for run, share in zip(self.runs, shares, strict=True)}

    def frontier(self, view: str = "health") -> list[Step]:
        """Scenarios that no other, and no two others together, better; by rising cost."""
        return frontier(
            {
                run.scenario.title: (
                    float(self.cost(run, view).mean()),
                    float(self.gained(run).mean()),
                )
                for run in self.runs
            }
        )

    def complete(self, run: Run) -> bool:
        """Whether all that parts a run from the first has its own cost counted."""
        return all(measure.counted for measure in self.measures[self._place(run)])

    def own(self, run: Run) -> tuple[Measure, ...]:
        """What parts a run from the first, each with its own cost or without one."""
        return self.measures[self._place(run)]

    def to_pandas(self) -> "pd.DataFrame":
        """A row a scenario and draw: deaths averted, QALYs gained, extra cost by component."""
        import pandas as pd

        frames = [
            pd.DataFrame(
                {
                    "scenario": run.scenario.title,
                    "draw": np.arange(len(run.values)),
                    "averted": self.averted(run),
                    "qalys": self.gained(run),
                    **{view: self.cost(run, view) for view in VIEWS},
                    **self.components(run),
                }
            )
            for run in self.runs
        ]
        return pd.concat(frames, ignore_index=True)

    def __repr__(self) -> str:
        """A line a scenario."""
        lines = [f"Costs in USD of 2021 against '{self.runs[0].scenario.title}', means"]
        for run in self.runs[1:]:
            costs = ", ".join(f"{view} {self.cost(run, view).mean():,.0f}" for view in VIEWS)
            whole = "" if self.complete(run) else ", without the measure's own cost"
            lines.append(
                f"  {run.scenario.title}: {self.averted(run).mean():,.0f} deaths averted, "
                f"{self.gained(run).mean():,.0f} QALYs, cost {costs}{whole}"
            )
        return "\n".join(lines)

    def _place(self, run: Run) -> int:
        titles = [one.scenario.title for one in self.runs]
        if run.scenario.title not in titles:
            raise unknown_name("scenario", run.scenario.title, titles)
        return titles.index(run.scenario.title)


def _check(view: str) -> None:
    if view not in VIEWS:
        raise unknown_name("view", view, VIEWS)


def valued(
    comparison: Comparison,
    *,
    discount: float = DISCOUNT,
    held: Mapping[str, float] | None = None,
) -> Valued:
    """A comparison in money and in health, with the same draws of unit costs for all its runs.

    Args:
        comparison: of any runs; one that did not keep what is needed is run again.
        discount: a year [1], for costs and QALYs.
        held: unit costs [USD of 2021] and weights that have one value, by name of costs.yaml.

    Raises:
        OutOfBounds: a discount that cannot be. UnknownName: no such unit cost.
    """
    if not 0 <= discount < 1:
        raise OutOfBounds(
            "should be a share", file="discount", found=show(discount), allowed="0 to 1"
        )
    runs = [with_needed(run) for run in comparison.runs]
    counts = [ledger(run, comparison.since, discount) for run in runs]
    units = drawn(comparison.runs[0].draws, held)
    bills, told = [], []
    for run, counted in zip(runs, counts, strict=True):
        own = measures(run, runs[0], comparison.since, discount)
        found = bill(counted, units)
        extra = sum(measure.cost for measure in own if measure.cost is not None)
        found = replace(found, costs={**found.costs, "measures": found.costs["measures"] + extra})
        bills.append(found)
        told.append(own)
    return Valued(comparison, tuple(bills), tuple(told), discount)


def cost(
    *scenarios: str | PathLike[str] | Scenario,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
    on: str | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    discount: float = DISCOUNT,
    held: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Valued:
    """Run several scenarios with the same draws, and say what they cost and gain.

    Args:
        scenarios: two or more; the first is what the others are held against.
        draws: common to all; 0 runs central values alone.
        world: of all, as in `compare`.
        on: a projection that every one of them is put on.
        settings: parameters held at a value.
        discount: a year [1], for costs and QALYs.
        held: unit costs [USD of 2021] and weights that have one value, by name of costs.yaml.
        progress: called with draws done and draws in all.

    Raises:
        InputError: one of them is not right.
    """
    comparison = compare(
        *scenarios,
        draws=draws,
        world=world,
        on=on,
        settings=settings,
        outputs=tuple(dict.fromkeys((*OUTPUTS, *NEEDED))),
        progress=progress,
    )
    return valued(comparison, discount=discount, held=held)


__all__ = ["COMPONENTS", "VIEWS", "Valued", "cost", "valued"]

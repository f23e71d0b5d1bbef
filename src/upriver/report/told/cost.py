"""What levers cost and gain: those with a known cost, each alone at its most, and mixes of them.

Deaths averted, QALYs and costs are means, as `upriver cost` has them: a price is a ratio of means.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from upriver.core.time import LAST_YEAR
from upriver.experiments.costs.prices import Priced, best, frontier
from upriver.experiments.costs.value import THRESHOLDS, VIEWS, Valued, cost
from upriver.experiments.portfolio import guessed, portfolio
from upriver.experiments.ranking import MOST, alone
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles, interval
from upriver.experiments.surface import mix, priced_levers
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario
from upriver.system.world import DEFAULT, World, is_asleep

from .ranking import figures

DRAWS = 200
SEARCHED = 100
"""Draws of the search for a mix, as `upriver portfolio` takes."""

BUDGETS = (1e9, 2e9, 5e9, 10e9)
"""USD of 2021, from 2026 to the end of 2031."""

Progress = Callable[[str], Callable[[int, int], None]]


def make(progress: Progress) -> dict[str, Any]:
    """Options with what each costs and gains, the frontier, and who has no cost that is known.

    An option is a lever alone at its most, or the mix that averts most for a budget. in_part: no
    more is counted than the treatment that follows. guessed: it scales a history whose amount is
    an assumption, and so is its cost. worth: share of draws in which an
    option is worth what it costs, against nothing done, where a QALY is worth so many USD; best:
    share in which it is the best of all options at once. frontier: options that no other, and no
    two together, better, in deaths averted; by rising cost, from what is as today.
    """
    world = World.named(DEFAULT)
    awake = [v for v in levers().values() if not all(is_asleep(p, world) for p in v.acts_on)]
    priced, _ = priced_levers(awake)
    scenarios = {v.name: alone(v, MOST) for v in priced}
    pulled = {v.name: {v.name: MOST} for v in priced}
    for budget in BUDGETS:
        name = f"mix_{budget / 1e9:g}bn"
        found = portfolio(budget, SEARCHED, progress=progress(f"a mix for {budget / 1e9:g} bn"))
        scenarios[name] = replace(mix(found.most.pulled), title=name)
        pulled[name] = {v.name: level for v, level in found.most.pulled}
    told = cost("base", *scenarios.values(), draws=DRAWS, progress=progress("costs"))
    runs = dict(zip(scenarios, told.runs[1:], strict=True))
    return {
        "command": f"upriver cost base SCENARIO.yaml --draws {DRAWS}",
        "search": f"upriver portfolio --budget 5bn --draws {SEARCHED}",
        "world": DEFAULT,
        "draws": DRAWS,
        "years": [int(told.comparison.since), LAST_YEAR - 1],
        "dollars": 2021,
        "discount": told.discount,
        "thresholds": list(THRESHOLDS),
        "level": MOST,
        "options": [_option(told, name, run, pulled[name]) for name, run in runs.items()],
        "frontier": {view: _frontier(told, scenarios, view) for view in VIEWS},
        "without_cost": sorted(set(levers()) - {v.name for v in priced}),
    }


def _option(told: Valued, name: str, run: Run, pulled: Mapping[str, str]) -> dict[str, Any]:
    own = told.own(run)
    budget = name.removeprefix("mix_").removesuffix("bn")
    return {
        "name": name,
        "budget": None if name in levers() else 1e9 * float(budget),
        "pulled": dict(pulled),
        "guessed": any(guessed(levers()[one]) for one in pulled),
        "in_part": any(one.in_part for one in own),
        "how": {one.label: one.how for one in own},
        "averted": _ends(told.averted(run)),
        "qalys": _ends(told.gained(run)),
        "views": {view: _view(told, run, view) for view in VIEWS},
    }


def _view(told: Valued, run: Run, view: str) -> dict[str, Any]:
    title = run.scenario.title
    return {
        "cost": _ends(told.cost(run, view)),
        "per_death": _price(told.per_death(run, view)),
        "per_qaly": _price(told.per_qaly(run, view)),
        "worth": [_worth(told.net_benefit(run, at, view)) for at in THRESHOLDS],
        "best": [told.acceptable(at, view)[title] for at in THRESHOLDS],
    }


def _worth(benefit: Doubles) -> float:
    """Share of draws in which it is better than nothing done, as with two scenarios alone."""
    return best([np.zeros_like(benefit), benefit])[1]


def _frontier(told: Valued, scenarios: Mapping[str, Scenario], view: str) -> list[dict[str, Any]]:
    """Steps by deaths averted; `as_today` is the base."""
    names = ["as_today", *scenarios]
    means = {
        name: (float(told.cost(run, view).mean()), float(told.averted(run).mean()))
        for name, run in zip(names, told.runs, strict=True)
    }
    return [
        {
            "name": step.title,
            "cost": figures(step.cost),
            "averted": figures(step.gained),
            "price": None if step.price is None else figures(step.price),
        }
        for step in frontier(means)
    ]


def _ends(draws: Doubles) -> dict[str, float]:
    _, low, high = interval(draws)
    return {name: figures(v) for name, v in (("mean", draws.mean()), ("low", low), ("high", high))}


def _price(found: Priced) -> dict[str, dict[str, Any]]:
    return {
        name: {"kind": one.kind, "value": None if one.value is None else figures(one.value)}
        for name, one in found._asdict().items()
    }

"""Question 5: the mix that saves most for a budget, and whether it holds."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from upriver.experiments.baselines import BASELINES, on_baselines
from upriver.experiments.compare import Comparison
from upriver.experiments.portfolio import WORST, Mix, Portfolio, portfolio, shortfall
from upriver.experiments.summary import figures, interval
from upriver.experiments.surface import mix
from upriver.experiments.verdict import by_people
from upriver.policy.chosen import fitted
from upriver.policy.lever import Lever

from .answer import Answer, Table
from .words import agreed, assumed, averted, between, by_explanation, evidence, rivals

QUESTION = (
    "Which mix saves most for a budget, and does it hold under every plausible state of the world?"
)
Best = dict[str, tuple[tuple[Lever, str], ...]]

BUDGET = 5e9
"""USD of 2021, 2026 to 2031, beyond what is spent today."""


def answer(
    draws: int, budget: float = BUDGET, progress: Callable[[int, int], None] | None = None
) -> Answer:
    """Search the mix, run it on three baselines, and search it again in each explanation."""
    found = portfolio(budget, draws, progress=progress)
    mixes = {"averts most on average": found.most}
    if found.cautious.pulled != found.most.pulled:
        mixes["does least badly at worst"] = found.cautious
    named = [replace(mix(one.pulled), title=f"The mix that {name}") for name, one in mixes.items()]
    on = on_baselines(["base", *named], draws)
    base = on["base"]
    best = _best(found)
    return Answer(
        number=5,
        question=QUESTION,
        first=(),
        short=(
            *(_short(budget, name, one, found.draws) for name, one in mixes.items()),
            _holds(on),
        ),
        parts=(
            _levers(found, best),
            _states(on),
            by_explanation(
                zip(mixes, (averted(base, run) for run in base.runs[1:]), strict=True),
                "Median averted by explanation of the past:",
            ),
            evidence([v for v, _ in found.most.pulled], "Levers of the mix that averts most:"),
        ),
        sure=(
            *(text.replace(", on 'Base projection'", "") for text in map(by_people, base.verdicts)
              if text),
            *filter(None, [agreed(base), assumed([v for v, _ in found.most.pulled])]),
            "The search is on a surface of single levers and pairs; the figures are of full runs. "
            f"The worst tenth is that of {found.draws} draws.",
            "Costs are treatment, kits and the measure itself where a published figure is known; "
            "what it takes to bring people into treatment is often not, so that a mix that leans "
            "on it looks cheap.",
        ),
        cannot=(
            f"Whether a lever without a known cost would do better: {len(found.left_out)} of them "
            f"are in no mix ({', '.join(found.left_out)}). `upriver portfolio --price LEVER=USD` "
            "gives one.",
            "Who gains and who is harmed: deaths count alike, and no state or group is in it.",
        ),
        made=(f"upriver portfolio --budget {budget / 1e9:g}bn --draws {draws}",),
        figures={
            "budget_usd_2021": budget,
            "draws": found.draws,
            "mixes": {
                name: {
                    "levers": {v.name: level for v, level in one.pulled},
                    "averted": one.averted._asdict(),
                    "mean": one.mean,
                    "worst_tenth": one.worst,
                    "spent_usd_2021": one.spent,
                }
                for name, one in mixes.items()
            },
            "baselines": {
                name: [one.averted(run)._asdict() for run in one.runs[1:]]
                for name, one in on.items()
            },
            "best_by_explanation": {
                name: {v.name: level for v, level in pulled} for name, pulled in best.items()
            },
        },
    )  # fmt: skip


def _short(budget: float, name: str, one: Mix, draws: int) -> str:
    if not one.pulled:
        return f"For {budget / 1e9:g} bn USD, the mix that {name} is to pull no lever."
    pulled = ", ".join(f"{v.name} ({level})" for v, level in one.pulled)
    return (
        f"For {budget / 1e9:g} bn USD of 2021 to the end of 2031, the mix that {name} is {pulled}. "
        f"In {draws} draws it averts {figures(one.mean)} deaths on average, "
        f"{figures(one.averted.low)} to {figures(one.averted.high)} in 95 % of them, and "
        f"{figures(one.worst)} in the worst tenth; it takes {one.spent / 1e9:.2g} bn USD."
    )


def _holds(on: dict[str, Comparison]) -> str:
    """In how many draws the mix averts deaths, on each baseline."""
    told = "; ".join(
        f"{one.verdicts[0].helps} of {one.verdicts[0].draws} {BASELINES[name]}"
        for name, one in on.items()
    )
    return f"Draws in which the first mix averts deaths: {told}."


def _best(found: Portfolio) -> Best:
    """The mix that would be chosen if one explanation were known to be right."""
    names = np.array(fitted().rival[: found.draws])
    return {
        name: found.best_in(np.flatnonzero(names == name).tolist()) for name in rivals(found.draws)
    }


def _levers(found: Portfolio, best: Best) -> Table:
    """Levers of the mixes, and in how many explanations each would be pulled."""
    pulled = {v.name: level for v, level in found.most.pulled}
    cautious = {v.name: level for v, level in found.cautious.pulled}
    apart = {name: {v.name: level for v, level in mix} for name, mix in best.items()}
    names = [
        v.name
        for v in found.surface.levers
        if v.name in pulled or v.name in cautious or any(v.name in one for one in apart.values())
    ]
    rows = [
        (
            name,
            pulled.get(name, "–"),
            cautious.get(name, "–"),
            f"{sum(name in one for one in apart.values())} of {len(apart)}",
            f"{sum(one.get(name) == pulled.get(name) for one in apart.values())} of {len(apart)}",
        )
        for name in names
    ]
    return Table(
        "Levels of the mix that averts most and of the one that does least badly at worst; and how "
        "many explanations of the past, each taken to be right, would pull the lever, and how many "
        "to the level of the first column:",
        ("Lever", "Averts most", "Least bad at worst", "Pulled in", "Same level in"),
        tuple(rows),
    )


def _states(on: dict[str, Comparison]) -> Table:
    rows = []
    for name, one in on.items():
        for run in one.runs[1:]:
            values = averted(one, run)
            rows.append(
                (
                    BASELINES[name],
                    run.scenario.title.partition(", on '")[0],
                    between(interval(values)),
                    figures(shortfall(values)),
                    f"{int(np.sum(values >= 0.5))} of {len(values)}",
                )
            )
    return Table(
        f"Deaths averted on three baselines, and their mean in the worst {100 * WORST:.0f} % of "
        "draws:",
        ("Baseline", "Mix", "Deaths averted", "At worst", "Averts in"),
        tuple(rows),
    )

"""What the measures of a scenario themselves cost, where that is published and can be counted.

A measure has a cost of its own only where the unit of that cost is something the run counts:

    more kits          counted with the kits; a lever's price of a kit is not added to it
    USD/person/year    counted with treatment, where the lever acts on treatment
    USD/patient        times the people newly in treatment who get it: the share that the lever
                       reaches, or, of a lever without a reach, those beyond the first scenario's

Everything else has no cost that is known, and is said to have none: a silence is not a zero.
"""

from collections.abc import Mapping
from typing import NamedTuple

from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles
from upriver.policy.changes import Change
from upriver.policy.lever import Lever
from upriver.policy.levers import lever
from upriver.policy.scenario import Scenario

from .bill import ENTERING, MEDICATIONS, entering
from .tariff import spread, tariff

KITS = ("people.response.kits", "people.naloxone.over_the_counter")
TREATMENT = (
    "people.capacity.",
    "people.demand.",
    "people.offer.",
    "people.retention.",
    "people.treatment.",
    "people.uptake.",
)
UNKNOWN = "no cost known"


class Measure(NamedTuple):
    """One of a scenario's changes: what it is called, whether its cost is counted, and how.

    cost: USD of 2021, shape (draws,), beyond what other components count. in_part: whether no more
    than the treatment that follows is counted.
    """

    label: str
    counted: bool
    how: str
    cost: Doubles | None = None
    in_part: bool = False


def measures(run: Run, base: Run, since: float, discount: float) -> tuple[Measure, ...]:
    """What parts a run from the first one, each with its own cost.

    Args:
        run: of the scenario, with the outputs that a bill needs.
        base: of what it is held against, with the same.
        since: calendar year from which costs are counted.
        discount: a year [1].
    """
    found = [
        _measure(change, run, base, since, discount)
        for change in run.scenario.changes
        if change not in base.scenario.changes
    ]
    return (*found, *_others(run.scenario, base.scenario))


def _measure(change: Change, run: Run, base: Run, since: float, discount: float) -> Measure:
    of = lever(change.lever) if change.lever else None
    label = of.title if of else change.label
    if all(path in KITS for path in change.acts_on):
        return Measure(label, True, "counted with the kits")
    if of is None or of.cost is None:
        return Measure(label, False, UNKNOWN)
    on_treatment = all(path.startswith(TREATMENT) for path in change.acts_on)
    if of.cost.unit == "USD/person/year" and on_treatment:
        how = "counted with treatment, without what brings it about"
        return Measure(label, True, how, in_part=True)
    factor = tariff().factor(of.cost.year)
    if of.cost.unit == "USD/patient" and on_treatment and factor is not None:
        each = factor * spread(f"measure.{of.name}", of.cost.value, run.draws)
        how = f"{factor * of.cost.value:,.0f} USD of 2021 a person newly in treatment"
        return Measure(label, True, how, each * _patients(of, change, run, base, since, discount))
    return Measure(label, False, f"{UNKNOWN} that the run can count ({of.cost.unit})")


def _patients(
    of: Lever, change: Change, run: Run, base: Run, since: float, discount: float
) -> Doubles:
    """People newly in treatment who get a measure, discounted, shape (draws,).

    Where the lever's amount is a reach, that share of all; else those beyond the first scenario's.
    """
    flows, ramp = _entering(change), (change.start, change.years)
    if of.effect is not None and of.effect.spread is not None:
        reach = of.from_parameters(change.amount)
        return reach * entering(run, flows, ramp, since, discount)
    at_once = (since, 0.0)
    return entering(run, flows, at_once, since, discount) - entering(
        base, flows, at_once, since, discount
    )


def _entering(change: Change) -> tuple[str, ...]:
    """Flows into treatment with the medications that a change names, or with all."""
    named = [
        flow
        for flow, medication in zip(ENTERING, MEDICATIONS, strict=True)
        if any(medication in path for path in change.acts_on)
    ]
    return tuple(named) or ENTERING


def _others(scenario: Scenario, base: Scenario) -> list[Measure]:
    """What parts two scenarios and is no change: drivers, settings, history."""
    differs: Mapping[str, bool] = {
        "other projections of drivers": dict(scenario.projections) != dict(base.projections),
        "other parameters held": dict(scenario.settings) != dict(base.settings),
        "the conditions of another year": scenario.conditions != base.conditions,
        "other regimes to come": scenario.regimes != base.regimes,
        "another history of acts": set(scenario.without_acts) != set(base.without_acts),
        "what the first scenario changes": bool(set(base.changes) - set(scenario.changes)),
    }
    return [Measure(label, False, UNKNOWN) for label, found in differs.items() if found]

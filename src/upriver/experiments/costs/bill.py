"""The bill of a run: what it counts, multiplied with unit costs and weights.

Person-years are levels by quarter, integrated by the trapezoid; events are differences of counters.
Both are discounted to 2026. Whoever is in no state of the model is taken to live as a person
without opioid use; quality-adjusted life years are therefore counted as what is lost against that:

    lost = people in a state x (weight without use - weight of the state), over the run
         + people who have died x weight without use, over the rest of the run
         + people who have died x what lay ahead of them at its end

So nobody who never starts, or who stops, counts as a life that is missing. Deaths are those from
overdose, and from other causes those beyond what as many people without opioid use would have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from upriver.core.time import LAST_YEAR, quarters
from upriver.engine.run import load
from upriver.experiments.ground import FROM
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles
from upriver.system.counters import counter

GROUPS = ("rx", "rx_heroin", "heroin")
MEDICATIONS = ("buprenorphine", "methadone", "naltrexone")
USES = ("misuse", "heroin_use")
DEATHS = "people.overdose.deaths"
NONFATAL = "people.overdose.nonfatal"

STATES = (
    *USES,
    *(f"{state}[{group}]" for state in ("untreated", "remission", "stable") for group in GROUPS),
    *(f"treated[{group},{medication}]" for group in GROUPS for medication in MEDICATIONS),
)
"""Stocks of people; each has deaths from other causes of the same name."""

ENTERING = tuple(f"people.treatment.entering_total[{name}]" for name in MEDICATIONS)

NEEDED = (
    *(f"people.stocks.{state}" for state in STATES),
    *(f"people.mortality.{state}" for state in STATES),
    "people.naloxone.given",
    counter(DEATHS),
    counter(NONFATAL),
    *map(counter, ENTERING),
)
"""Outputs of the engine that a bill is made of."""

COMPONENTS = {
    "treatment_buprenorphine": "treatment with buprenorphine",
    "treatment_methadone": "treatment with methadone",
    "treatment_naltrexone": "treatment with naltrexone",
    "care_untreated": "other care, disorder untreated",
    "care_treated": "other care, in treatment",
    "usual_care": "usual care of people who live on",
    "overdose_nonfatal": "overdoses survived",
    "overdose_fatal": "fatal overdoses",
    "kits": "naloxone kits given out",
    "kits_counter": "naloxone kits bought",
    "measures": "the measures themselves",
    "justice_untreated": "criminal justice, untreated",
    "justice_treated": "criminal justice, in treatment",
    "justice_remission": "criminal justice, in remission",
    "productivity": "production lost, net of consumption",
}
"""Components of cost, and what they are called."""

SOCIAL = ("justice_untreated", "justice_treated", "justice_remission", "productivity")
"""Components that the societal view adds to that of the health sector."""

VIEWS = {
    "health": tuple(name for name in COMPONENTS if name not in SOCIAL),
    "society": tuple(COMPONENTS),
}
"""Components of each view."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """What a run counts from a year to the end of 2031, discounted; each shape (draws,).

    years: person-years by state, and `lost`, those that people who died do not live in the run
    events: `nonfatal`, `fatal`, `other` (deaths beyond usual mortality), `kits`, `kits_counter`,
        and people newly in treatment by medication
    ahead: people who died, discounted from the end of the run
    deaths: from overdose, not discounted
    """

    years: Mapping[str, Doubles]
    events: Mapping[str, Doubles]
    ahead: Doubles
    deaths: Doubles


@dataclass(frozen=True, eq=False)
class Bill:
    """Costs by component [USD of 2021] and QALYs by part, each shape (draws,).

    qalys: `living`, `dying` (within the run) and `ahead` (after it), all of them losses, below zero
    deaths: from overdose
    """

    costs: Mapping[str, Doubles]
    qalys: Mapping[str, Doubles]
    deaths: Doubles

    def cost(self, view: str) -> Doubles:
        """Cost in a view, `health` or `society` [USD of 2021]."""
        return np.asarray(sum(self.costs[name] for name in VIEWS[view]))

    @property
    def gained(self) -> Doubles:
        """All QALYs; a loss is below zero."""
        return np.asarray(sum(self.qalys.values()))


def with_needed(run: Run) -> Run:
    """The run with the outputs that a bill needs; run again where it did not keep them."""
    if set(NEEDED) <= set(run.outputs):
        return run
    values = load().run(run.table.columns, outputs=NEEDED, instants=quarters())
    return replace(run, outputs=NEEDED, values=values)


def ledger(run: Run, since: float, discount: float) -> Ledger:
    """What a run counts, discounted to 2026.

    Args:
        run: one that has the outputs `NEEDED`.
        since: calendar year from which it is counted.
        discount: a year [1]; 0.03 is 3 %.
    """
    course = _Course(run, since, discount)
    stocks = {state: course.level(f"people.stocks.{state}") for state in STATES}
    died = np.asarray(sum(course.level(f"people.mortality.{state}") for state in STATES))
    usual = course.parameter("people.mortality.without_use") * np.asarray(sum(stocks.values()))
    excess = died - usual
    deaths = course.level(counter(DEATHS))
    deaths = deaths - deaths[:, :1]
    dead = deaths + course.grown(excess)
    counter_kits = course.parameter("people.naloxone.included") * course.parameter(
        "people.naloxone.over_the_counter"
    )
    kits = course.level("people.naloxone.given")
    return Ledger(
        years={
            **{state: course.over(level) for state, level in stocks.items()},
            "lost": course.over(dead),
        },
        events={
            "fatal": course.events(DEATHS),
            "nonfatal": course.events(NONFATAL),
            "other": course.over(excess),
            "kits": course.over(kits),
            "kits_counter": course.over(counter_kits),
            **{name: course.events(name) for name in ENTERING},
        },
        ahead=dead[:, -1] * course.factor[-1],
        deaths=deaths[:, -1],
    )


def entering(
    run: Run, flows: Sequence[str], ramp: tuple[float, float], since: float, discount: float
) -> Doubles:
    """People newly in treatment while a measure grows, discounted to 2026, shape (draws,).

    Args:
        run: one that has the outputs `NEEDED`.
        flows: of `ENTERING`.
        ramp: calendar year in which the measure starts, and years over which it grows to all.
        since: calendar year from which they are counted.
        discount: a year [1].
    """
    course = _Course(run, since, discount)
    start, years = ramp
    grown = np.clip((course.middles - start) / max(years, 1e-9), 0, 1)
    return np.asarray(sum(course.events(flow, grown) for flow in flows))


def bill(of: Ledger, units: Mapping[str, Doubles]) -> Bill:
    """The bill of what a run counts.

    Args:
        of: counts.
        units: unit costs [USD of 2021] and weights by name, shape (draws,); see `tariff.drawn`.
    """
    years, events = of.years, of.events
    untreated = [years[f"untreated[{group}]"] for group in GROUPS]
    treated = [[years[f"treated[{g},{m}]"] for m in MEDICATIONS] for g in GROUPS]
    remission = [years[f"remission[{g}]"] + years[f"stable[{g}]"] for g in GROUPS]
    by_group = [np.asarray(sum(row)) for row in treated]
    by_medication = [np.asarray(sum(row[i] for row in treated)) for i in range(len(MEDICATIONS))]
    net = units["productivity"] - units["consumption"]
    costs = {
        **{
            f"treatment_{name}": units[f"treatment_{name}"] * spent
            for name, spent in zip(MEDICATIONS, by_medication, strict=True)
        },
        "care_untreated": units["care_untreated"] * sum(untreated),
        "care_treated": units["care_treated"] * sum(by_group),
        "usual_care": -units["usual_care"] * years["lost"],
        "overdose_nonfatal": units["overdose_nonfatal"] * events["nonfatal"],
        "overdose_fatal": units["overdose_fatal"] * events["fatal"],
        "kits": (units["kit"] + units["kit_distribution"]) * events["kits"],
        "kits_counter": units["kit_counter"] * events["kits_counter"],
        "measures": np.zeros_like(of.deaths),
        **{
            f"justice_{state}": units[f"justice_{state}_rx"] * (people[0] + people[1])
            + units[f"justice_{state}_heroin"] * people[2]
            for state, people in (
                ("untreated", untreated),
                ("treated", by_group),
                ("remission", remission),
            )
        },
        "productivity": net * (events["fatal"] + events["other"]),
    }
    full = units["without_use"]
    people = {
        **{use: years[use] for use in USES},
        **{f"untreated_{g}": spent for g, spent in zip(GROUPS, untreated, strict=True)},
        "treated": np.asarray(sum(by_group)),
        "remission": np.asarray(sum(remission)),
    }
    living = -sum((full - units[name]) * spent for name, spent in people.items())
    qalys = {
        "living": np.asarray(living),
        "dying": -full * years["lost"],
        "ahead": -units["ahead"] * of.ahead,
    }
    assert set(costs) == set(COMPONENTS)
    return Bill(
        {name: np.asarray(costs[name], dtype=np.float64) for name in COMPONENTS}, qalys, of.deaths
    )


class _Course:
    """A run from a year on: instants by quarter, the first of them that year itself."""

    def __init__(self, run: Run, since: float, discount: float) -> None:
        self.run = run
        before = run.times <= since
        self._at = min(int(before.sum()) - 1, len(run.times) - 2)
        self._part = float(
            (since - run.times[self._at]) / (run.times[self._at + 1] - run.times[self._at])
        )
        self.times = np.concatenate([[since], run.times[self._at + 1 :]])
        assert self.times[-1] == LAST_YEAR
        self.middles = (self.times[1:] + self.times[:-1]) / 2
        self._rate = discount
        self.factor = self._factor(self.times)

    def _factor(self, times: Doubles) -> Doubles:
        return np.asarray((1 + self._rate) ** (FROM - times))

    def level(self, output: str) -> Doubles:
        """A quantity at the instants, shape (draws, instants)."""
        return self._cut(self.run.values[:, self.run.outputs.index(output)])

    def parameter(self, path: str) -> Doubles:
        """A parameter at the instants, shape (draws or 1, instants)."""
        return self._cut(self.run.table.wide(path)[:, quarters()])

    def over(self, level: Doubles) -> Doubles:
        """A level integrated and discounted, shape (draws,); for a flow, its discounted sum."""
        found = np.trapezoid(level * self.factor, self.times, axis=1)
        return np.broadcast_to(found, (len(self.run.values),))

    def grown(self, flow: Doubles) -> Doubles:
        """A flow summed up to each instant, not discounted, shape (draws, instants)."""
        steps = (flow[:, 1:] + flow[:, :-1]) / 2 * np.diff(self.times)
        return np.concatenate([np.zeros((len(steps), 1)), np.cumsum(steps, axis=1)], axis=1)

    def events(self, flow: str, part: Doubles | float = 1.0) -> Doubles:
        """A counted flow, or a part of it, discounted from mid-quarter, shape (draws,)."""
        counted = np.diff(self.level(counter(flow)), axis=1)
        return np.asarray((counted * self._factor(self.middles) * part).sum(axis=1))

    def _cut(self, values: Doubles) -> Doubles:
        first = (1 - self._part) * values[:, self._at] + self._part * values[:, self._at + 1]
        return np.concatenate([first[:, None], values[:, self._at + 1 :]], axis=1)

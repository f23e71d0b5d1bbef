"""The page of the model book that shows each sign: what a change must do, as a figure.

Every line is a run of the engine at central values. The same signs are tested, most of them for
random parameters, in tests/supply, tests/people and tests/diplomacy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from upriver.core.axes import AXES
from upriver.core.parameters import parameters
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.changes import Change
from upriver.policy.scenario import Scenario

from .drawing import chart, row

Doubles = NDArray[np.float64]

DEATHS = "people.overdose.deaths"
LOSSES = "cumulative.people.overdose.deaths"
COUNTRIES = AXES["country"]


@dataclass(frozen=True)
class Run:
    """What is set, and what is changed: path, operation, amount, start, years."""

    settings: Mapping[str, float] = field(default_factory=dict)
    changes: tuple[tuple[tuple[str, ...], str, float, float, float], ...] = ()


def _all(path: str, rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{path}[{one}]" for one in rows)


USUAL = Run()
DEAR = {
    path: 10 * (parameters()[path].value or 0.0)
    for path in _all("supply.precursors.cost", AXES["origin"])
}
PASSED = "supply.market.pass_through"
RELATIONS = _all("diplomacy.relations.level", COUNTRIES)
COLLAPSE = ((RELATIONS, "replace", 0.05, 2026.0, 0.5),)
BLIND = dict.fromkeys(_all("diplomacy.effort.linkage", COUNTRIES), 0.0)
STRICT = ((("diplomacy.effort.commitment[china]",), "replace", 1.0, 2019.0, 1.0),)
PORTS = ((("supply.seizures.scale[ports]",), "scale", 2.0, 2015.0, 1.0),)
HALVED = ((("supply.precursors.logistics",), "pulse", -0.5, 2021.0, 1.0),)
SAFER = ((("supply.market.content",), "pulse", -0.5, 2014.0, 5.0),)
KITS = ((("people.response.kits",), "scale", 1.0, 2016.0, 1.0),)
NO_SHOCK = {"supply.shock.precursors": 0.0}


@cache
def _course(name: str, settings: tuple[tuple[str, float], ...], changes: tuple) -> Doubles:  # type: ignore[type-arg]
    scenario = Scenario(
        title="sign",
        world="whole",
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


def _over(run: Run, name: str, first: int, last: int) -> Doubles:
    """A level by quarter, or a counter's gain by quarter, between two years."""
    course = _course(name, tuple(run.settings.items()), run.changes)
    if name.startswith("cumulative."):
        course = np.append(np.diff(course), np.nan)
    return course[4 * (first - 1999) : 4 * (last - 1999)]


def _chart(title: str, unit: str, name: str, runs: Mapping[str, Run], span: tuple[int, int]) -> str:
    """One output under several runs."""
    lines = {label: _over(run, name, *span) for label, run in runs.items()}
    return chart(title, unit, _years(span), lines)


def _against(
    title: str, names: Mapping[str, str], run: Run, usual: Run, span: tuple[int, int]
) -> str:
    """Several outputs of one run, each relative to the usual run."""
    lines = {
        label: _over(run, name, *span) / _over(usual, name, *span) for label, name in names.items()
    }
    return chart(title, "usual = 1", _years(span), lines)


def _years(span: tuple[int, int]) -> Doubles:
    return np.arange(4 * (span[1] - span[0])) / 4 + span[0]


def _switched_on() -> list[str]:
    """Mechanisms that are off in every world, each switched on alone."""
    ways = Run({"people.ways.included": 1.0})
    home = {"people.housing.included": 1.0}
    others = {"supply.adulterants.included": 1.0}
    after = Run({**others, "supply.adulterants.seen": 0.0, "supply.adulterants.response": 0.5})
    episode = Run({**others, "supply.adulterants.response": 0.0})
    local = {"people.market.local": 1.0, "people.market.lag_years": 3.0}
    risk, made = "people.overdose.disturbance", "supply.production.disturbance"
    swelling = ((risk,), "pulse", 0.2, 2012.0, 4.0)
    slack = ((made,), "pulse", -0.4, 2021.0, 2.0)
    return [
        "## Switched on alone: what is off until a fit has spoken\n",
        "More people smoke instead of injecting: a smaller risk. Three times as many people "
        "without a home: a higher one, of which supportive housing for all takes back part.\n",
        row(
            [
                _against("Deaths, ways of use", {"deaths": DEATHS}, ways, USUAL, (2000, 2032)),
                _chart(
                    "Deaths",
                    "people/year",
                    DEATHS,
                    {
                        "as counted": Run(home),
                        "three times as many": Run({**home, "people.housing.homeless": 1.8e6}),
                        "and all housed": Run(
                            {
                                **home,
                                "people.housing.homeless": 1.8e6,
                                "people.housing.housed": 1.0,
                            }
                        ),
                    },
                    (2007, 2032),
                ),
            ]
        ),
        "Stronger substances, once as an episode that laboratories saw (carfentanil, 2016 to "
        "2018), once in the place of fentanyl that is short, which comes late.\n",
        row(
            [
                _against("Deaths, the episode", {"deaths": DEATHS}, episode, USUAL, (2013, 2026)),
                _chart(
                    "In fentanyl's place",
                    "1",
                    "people.met.adulterants",
                    {"share of doses": after},
                    (2018, 2032),
                ),
            ]
        ),
        "Twice the kits of naloxone from 2016 on: as published, and where kits must be carried and "
        "used, so that more of them do less.\n",
        row(
            [
                _chart(
                    title,
                    "1",
                    "people.response.naloxone_heroin",
                    {"as it was": Run(on), "twice the kits": Run(on, KITS)},
                    (2012, 2032),
                )
                for title, on in (
                    ("Chance that a witness has it, published", {}),
                    ("Kept, carried and used", {"people.naloxone.included": 1.0}),
                )
            ]
        ),
        "A local market three years behind the country's; a passing rise of risk, and a passing "
        "loss of capacity, without a cause.\n",
        row(
            [
                _chart(
                    "Fentanyl's share",
                    "1",
                    "people.met.fentanyl_share",
                    {"country": USUAL, "behind it": Run(local)},
                    (2012, 2032),
                ),
                _against(
                    "Deaths, disturbed",
                    {"deaths": DEATHS},
                    Run(changes=(swelling, slack)),
                    USUAL,
                    (2010, 2028),
                ),
            ]
        ),
    ]


def page() -> str:
    """The page, as Markdown with figures in it."""
    tenfold = [
        _over(Run({**DEAR, PASSED: end}), LOSSES, 2020, 2031).sum()
        / _over(Run({PASSED: end}), LOSSES, 2020, 2031).sum()
        - 1
        for end in (0.0, 1.0)
    ]
    unequal = Run({"people.tiers.relative_risk": 3.0})
    parts = [
        "# Signs\n",
        "What each part of supply and diplomacy must do, and what it does at central values, which "
        "are provisional. Two more are tested and not drawn: mass balance of every commodity, and "
        "that nothing is ever negative.\n",
        "## More seizure on a route makes it dearer and less used\n",
        "Three times the chance of seizure at southwest ports of entry, from 2015 on.\n",
        row(
            [
                _chart(
                    "Cost of a kilogram by the ports",
                    "USD/kg",
                    "supply.routing.cost[ports]",
                    {"as it was": USUAL, "more seizure": Run(changes=PORTS)},
                    (2012, 2026),
                ),
                _chart(
                    "Share of orders by the ports",
                    "1",
                    "supply.routing[ports]",
                    {"as it was": USUAL, "more seizure": Run(changes=PORTS)},
                    (2012, 2026),
                ),
            ]
        ),
        "## A control that others do not follow shifts origin\n",
        "China's government commits itself fully from 2019 on; India's and others' do not.\n",
        row(
            [
                _chart(
                    "Share of precursors from China",
                    "1",
                    "supply.sourcing[china]",
                    {"as it was": USUAL, "China strict": Run(changes=STRICT)},
                    (2012, 2032),
                ),
                _chart(
                    "Share of precursors from India",
                    "1",
                    "supply.sourcing[india]",
                    {"as it was": USUAL, "China strict": Run(changes=STRICT)},
                    (2012, 2032),
                ),
            ]
        ),
        "## Dearer fentanyl never raises its share\n",
        row(
            [
                _chart(
                    "Fentanyl's share of doses",
                    "1",
                    "supply.fentanyl_share",
                    {
                        "2.5 USD a dose": USUAL,
                        "5 USD": Run({"supply.competition.fentanyl_dose": 5.0}),
                        "10 USD": Run({"supply.competition.fentanyl_dose": 10.0}),
                    },
                    (2012, 2032),
                ),
            ]
        ),
        "## Fewer people at high risk, fewer deaths at equal supply\n",
        "Under the rival hypothesis that some have three times the risk of others, people at high "
        "risk die first: as their share falls, so does the mean risk, whatever the supply.\n",
        row(
            [
                _chart(
                    "Share at high risk",
                    "1",
                    "people.beyond.tiers.share[heroin]",
                    {"of people with an untreated heroin use disorder": unequal},
                    (2000, 2032),
                ),
                _chart(
                    "Mean risk",
                    "start = 1",
                    "people.beyond.tiers.risk[heroin]",
                    {"of all of them": unequal},
                    (2000, 2032),
                ),
            ]
        ),
        "## Without linkage, effort is blind to relations\n",
        "Relations of China, India and Mexico with the United States collapse in 2026.\n",
        row(
            [
                _chart(
                    "Effort of China, linked",
                    "1",
                    "diplomacy.effort[china]",
                    {"as it was": USUAL, "collapse": Run(changes=COLLAPSE)},
                    (2015, 2032),
                ),
                _chart(
                    "Effort of China, decoupled",
                    "1",
                    "diplomacy.effort[china]",
                    {"as it was": Run(BLIND), "collapse": Run(BLIND, COLLAPSE)},
                    (2015, 2032),
                ),
            ]
        ),
        "## A precursor ten times as dear moves almost nothing\n",
        f"Deaths from 2020 to 2030 change by {100 * tenfold[0]:.1f} % where costs are added to "
        f"prices, and by {100 * tenfold[1]:.0f} % where prices rise in proportion "
        "(pass-through 0 and 1; the provisional value is 0.2).\n",
        row(
            [
                _chart(
                    "Deaths, costs added",
                    "people/year",
                    DEATHS,
                    {
                        "as it was": Run({PASSED: 0.0}),
                        "ten times as dear": Run({**DEAR, PASSED: 0.0}),
                    },
                    (2012, 2032),
                ),
                _chart(
                    "Deaths, prices in proportion",
                    "people/year",
                    DEATHS,
                    {
                        "as it was": Run({PASSED: 1.0}),
                        "ten times as dear": Run({**DEAR, PASSED: 1.0}),
                    },
                    (2012, 2032),
                ),
            ]
        ),
        "## Half the precursors for a year: purity and deaths first, price later\n",
        "All recover. In 2021; without the shortage from 2023 on, so that nothing else happens.\n",
        row(
            [
                _against(
                    "Purity, deaths, price of a dose",
                    {"purity": "supply.offer.purity", "deaths": DEATHS, "price": "supply.price"},
                    Run(NO_SHOCK, HALVED),
                    Run(NO_SHOCK),
                    (2020, 2032),
                ),
            ]
        ),
        "## A safer supply for five years, then the old one\n",
        "From 2014 to 2018 a dose holds half of what it held. People get used to it, so that the "
        "old supply kills more than it would have, for a while. That the safer years save so "
        "little is a matter of provisional values: tolerance follows but for 15 %, and what is "
        "not sold fills the market.\n",
        row(
            [
                _against("Deaths", {"deaths": DEATHS}, Run(changes=SAFER), USUAL, (2012, 2028)),
            ]
        ),
        *_switched_on(),
    ]
    return "\n".join(parts)

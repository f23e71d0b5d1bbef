"""The page of the model book that shows each sign: what a change must do, as a figure.

Every line is a run of the engine at central values. The same signs are tested, most of them for
random parameters, in tests/supply, tests/people and tests/diplomacy.
"""

from upriver.core.axes import AXES
from upriver.core.parameters import parameters

from .drawing import row
from .sign_runs import DEATHS, LOSSES, USUAL, Run, against, drawn, over
from .signs_off import switched_on

COUNTRIES = AXES["country"]


def _all(path: str, rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{path}[{one}]" for one in rows)


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
NO_SHOCK = {"supply.shock.precursors": 0.0}


def page() -> str:
    """The page, as Markdown with figures in it."""
    tenfold = [
        over(Run({**DEAR, PASSED: end}), LOSSES, 2020, 2031).sum()
        / over(Run({PASSED: end}), LOSSES, 2020, 2031).sum()
        - 1
        for end in (0.0, 1.0)
    ]
    unequal = Run({"people.tiers.relative_risk": 3.0})
    parts = [
        "# Signs\n",
        "What each part of supply and diplomacy must do, and what it does at plausible values "
        "before the fit. Two more are tested and not drawn: mass balance of every commodity, and "
        "that nothing is ever negative.\n",
        "## More seizure on a route makes it dearer and less used\n",
        "Three times the chance of seizure at southwest ports of entry, from 2015 on.\n",
        row(
            [
                drawn(
                    "Cost of a kilogram by the ports",
                    "USD/kg",
                    "supply.routing.cost[ports]",
                    {"as it was": USUAL, "more seizure": Run(changes=PORTS)},
                    (2012, 2026),
                ),
                drawn(
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
                drawn(
                    "Share of precursors from China",
                    "1",
                    "supply.sourcing[china]",
                    {"as it was": USUAL, "China strict": Run(changes=STRICT)},
                    (2012, 2032),
                ),
                drawn(
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
                drawn(
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
                drawn(
                    "Share at high risk",
                    "1",
                    "people.beyond.tiers.share[heroin]",
                    {"of people with an untreated heroin use disorder": unequal},
                    (2000, 2032),
                ),
                drawn(
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
                drawn(
                    "Effort of China, linked",
                    "1",
                    "diplomacy.effort[china]",
                    {"as it was": USUAL, "collapse": Run(changes=COLLAPSE)},
                    (2015, 2032),
                ),
                drawn(
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
        "(pass-through 0 and 1; the value here is 0.2).\n",
        row(
            [
                drawn(
                    "Deaths, costs added",
                    "people/year",
                    DEATHS,
                    {
                        "as it was": Run({PASSED: 0.0}),
                        "ten times as dear": Run({**DEAR, PASSED: 0.0}),
                    },
                    (2012, 2032),
                ),
                drawn(
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
                against(
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
        "little is a matter of these values: tolerance follows but for 15 %, and what is "
        "not sold fills the market.\n",
        row(
            [
                against("Deaths", {"deaths": DEATHS}, Run(changes=SAFER), USUAL, (2012, 2028)),
            ]
        ),
        *switched_on(),
    ]
    return "\n".join(parts)

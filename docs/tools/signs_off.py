"""The part of the page of signs that shows what is off in every world, each switched on alone."""

from .drawing import row
from .sign_runs import DEATHS, USUAL, Run, against, beside, drawn

KITS = ((("people.response.kits",), "scale", 1.0, 2016.0, 1.0),)
STRICT = {
    "diplomacy.effort.commitment[china]": 1.0,
    "diplomacy.effort.linkage[china]": 0.0,
    "supply.controls.certainty[china]": 0.9,
    "supply.controls.named[china]": 0.9,
    "supply.controls.around_share": 0.1,
}
COUNTS = {
    "all": DEATHS,
    "with synthetic opioids": "people.counts.synthetic",
    "without": "people.counts.without_synthetic",
    "with unnamed": "people.counts.with_unnamed",
}
PRESCRIBERS = ((("people.capacity.buprenorphine_providers",), "scale", 1.0, 2016.0, 1.0),)


def _sellers(slack: float) -> dict[str, float]:
    """Controls that are counted, sellers in China with so much to spare, and no shock."""
    return {
        "supply.controls.included": 1.0,
        "supply.controls.slack[china]": slack,
        "supply.shock.precursors": 0.0,
    }


def switched_on() -> list[str]:
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
        "## Switched on alone: what is off before the fit\n",
        "More people smoke instead of injecting: a smaller risk. Three times as many people "
        "without a home: a higher one, of which supportive housing for all takes back part.\n",
        row(
            [
                against("Deaths, ways of use", {"deaths": DEATHS}, ways, USUAL, (2000, 2032)),
                drawn(
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
                against("Deaths, the episode", {"deaths": DEATHS}, episode, USUAL, (2013, 2026)),
                drawn(
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
                drawn(
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
        "Treatment as published, where places limit, and by offer, uptake and retention, where "
        "more prescribers do nothing once they are within reach, and more people who want "
        "treatment fill the places again.\n",
        row(
            [
                drawn(
                    title,
                    "people",
                    "people.heads.in_treatment[buprenorphine]",
                    {
                        "as it was": Run(on),
                        "twice the prescribers": Run(on, PRESCRIBERS),
                        "twice the wanting": Run({**on, "people.treatment.seeking_rate": 0.986}),
                    },
                    (2003, 2032),
                )
                for title, on in (
                    ("On buprenorphine, published", {}),
                    ("By offer, uptake and retention", {"people.offer.included": 1.0}),
                )
            ]
        ),
        "A strict control of precursors in China: it binds where sellers have little to spare, and "
        "hardly where they could send six times what they are asked for.\n",
        row(
            [
                drawn(
                    title,
                    "kg/year",
                    "supply.precursors.arriving",
                    {"as it was": Run(on), "strict": Run({**on, **STRICT})},
                    (2012, 2032),
                )
                for title, on in (
                    (f"Precursors that arrive, sellers can send {slack:g} times", _sellers(slack))
                    for slack in (1.2, 6.0)
                )
            ]
        ),
        "A local market three years behind the country's; a passing rise of risk, and a passing "
        "loss of capacity, without a cause.\n",
        row(
            [
                drawn(
                    "Fentanyl's share",
                    "1",
                    "people.met.fentanyl_share",
                    {"country": USUAL, "behind it": Run(local)},
                    (2012, 2032),
                ),
                against(
                    "Deaths, disturbed",
                    {"deaths": DEATHS},
                    Run(changes=(swelling, slack)),
                    USUAL,
                    (2010, 2028),
                ),
            ]
        ),
        "Deaths as they are published, of the usual run: those with synthetic opioids and those "
        "without are all of them; with a share of those for which no drug was named they are more, "
        "by less as more are named.\n",
        row([beside("Deaths by what is published", "people/year", COUNTS, USUAL, (1999, 2032))]),
    ]

"""Null hindcasts: what was done and moved nothing, or too little to be seen, as the fit has it.

Inputs are as recorded, outcomes are not given: prescribers without a waiver and not patients,
naloxone sold over the counter and not naloxone used, what the HEALing package changed in services
and not deaths. What a measure did is asked again with a mechanism by which capacity alone would
save lives.
"""

from collections.abc import Callable

from upriver.core.axes import AXES
from upriver.evidence.figures import series

from .trial import (
    DRAWS,
    Change,
    Doubles,
    Given,
    Ran,
    Trial,
    added,
    averted,
    given,
    published,
    ran,
    trial,
)

DEATHS = "people.overdose.deaths"
PATIENTS = "people.heads.in_treatment[buprenorphine]"
PRESCRIBERS = "people.offer.providers[buprenorphine]"
WAIVERED = "people.capacity.buprenorphine_providers"
NO_WAIVER = "people.offer.without_waiver"
SOLD = "people.naloxone.over_the_counter"

NEAR = 0.03
"""How far patients may be from the recorded course, as a share."""
UNSEEN = 1.0
"""Of deaths, so many averted are too few for a record of one year to show: an assumption [%]."""
A_MONTH = 1 / 12
ENDED = 2023.0

UNITS = 136_239.0
"""Units of naloxone sold over the counter from September 2023 to September 2024 (stein2025)."""
PHARMACIES = 7_063 / 396
"""What pharmacies gave out in 2023 against what was sold over the counter (stein2025)."""
ON_SALE = 2023 + 8 / 12
FIRST_YEAR_SOLD = (2023.75, 2024.75)

PACKAGE = (2021.5, 2022.5)
"""The year in which the HEALing Communities were compared (freeman2025, brown2025)."""

SHORT_OF_PLACES = {
    "people.offer.people_each[buprenorphine]": 15.0,
    "people.offer.fewer_each[buprenorphine]": 1e7,
    "people.uptake.accepting[buprenorphine]": 1.0,
    "people.treatment.seeking_rate": 1.0,
}
"""As if places were what is short, so that each further prescriber treats as many as the first."""
ALL_USED = {"people.naloxone.reach_counter": 1.0}
"""As if all that is sold came to where overdoses are."""
KITS_ALONE = {
    "people.naloxone.reach": 1.0,
    "people.naloxone.lasting_years": 0.25,
    "people.naloxone.kits_per_holder": 0.2,
    "people.naloxone.carrying": 1.0,
    "people.naloxone.using": 1.0,
    "people.response.witnessed": 1.0,
    "people.response.calling": 0.0,
}
"""As if kits alone decided who lives: each overdose seen, each kit near it used, no help called."""


def nulls(draws: int = DRAWS, progress: Callable[[int, int], None] | None = None) -> list[Trial]:
    """All of them.

    Args:
        draws: of the fit, the first so many.
        progress: called with hindcasts done and hindcasts in all.
    """
    tell = progress or (lambda done, total: None)
    found: list[Trial] = []
    for number, make in enumerate((waiver, over_the_counter, package), 1):
        found += make(draws)
        tell(number, 3)
    return found


def inputs(draws: int = DRAWS) -> list[Given]:
    """What the null hindcasts are given: prescribers before and after the waiver's end."""
    run = ran([PRESCRIBERS], draws, until=2024 + A_MONTH)
    return [
        given(
            f"prescribers in December {year}",
            f"prescribers of buprenorphine in December {year}",
            _recorded("buprenorphine_prescribers", year, 12),
            run.mean(PRESCRIBERS, *_month(year, 12)),
            unit="people",
            sources=("chua2024",),
        )
        for year in (2022, 2023)
    ]


def waiver(draws: int) -> list[Trial]:
    """The waiver's end in January 2023: more prescribers, and no more patients.

    Without it prescribers stay at those of December 2022.
    """
    first, held = _month(2022, 12), _recorded("buprenorphine_prescribers", 2022, 12)
    last = _month(2023, 12)
    acted, without = _waiver(draws, None, held)
    short, short_without = _waiver(draws, SHORT_OF_PLACES, held)
    flat = [_recorded("buprenorphine_patients_in_month", 2022, month) for month in (1, 12)]
    course = (1 - NEAR) * min(flat), (1 + NEAR) * max(flat)
    moved = 100 * (acted.mean(PATIENTS, *last) / acted.mean(PATIENTS, *first) - 1)
    sources = ("chua2024",)
    return [
        trial(
            "patients after the waiver",
            "patients on buprenorphine in December 2023 beside the flat course of 2022",
            "median",
            course,
            acted.mean(PATIENTS, *last),
            unit="people",
            sources=sources,
        ),
        trial(
            "course of patients",
            "change of patients on buprenorphine from December 2022 to December 2023",
            "median",
            (-100 * NEAR, 100 * NEAR),
            moved,
            unit="%",
            sources=sources,
        ),
        trial(
            "what the waiver's end did",
            "patients on buprenorphine in December 2023, more for the waiver's end",
            "interval",
            (-100 * NEAR, 100 * NEAR),
            added(acted, without, PATIENTS, *last),
            unit="%",
            sources=("chua2024", "guy2025"),
            changed="were places what is short",
            other=added(short, short_without, PATIENTS, *last),
        ),
    ]


def over_the_counter(draws: int) -> list[Trial]:
    """Naloxone on sale without prescription since September 2023: units sold, little else.

    Sales are as recorded, not as the world has them; few of the units come to where overdoses are.
    """
    sold = _sold(draws, UNITS, None)
    never = _sold(draws, 0.0, None)
    lots, none = _sold(draws, PHARMACIES * UNITS, ALL_USED), _sold(draws, 0.0, ALL_USED)
    return [
        trial(
            "naloxone over the counter",
            "deaths averted from October 2023 to September 2024 by the units sold",
            "interval",
            (-UNSEEN, UNSEEN),
            averted(sold, never, DEATHS, *FIRST_YEAR_SOLD),
            unit="%",
            sources=("stein2025",),
            changed="had as many been sold as pharmacies gave out, all of them to be used",
            other=averted(lots, none, DEATHS, *FIRST_YEAR_SOLD),
        )
    ]


def package(draws: int) -> list[Trial]:
    """The HEALing package: more naloxone, and hardly anything else, in the year of comparison.

    What was randomised and measured in services is drawn from its interval; safer prescribing is
    left out, since no figure of it was read.
    """
    _, allowed = published("healing_deaths")
    return [
        trial(
            "HEALing Communities",
            "deaths with the package over deaths without, July 2021 to June 2022",
            "overlap",
            allowed,
            _package(draws, None),
            sources=("samet2024", "freeman2025", "brown2025", "stopka2024"),
            changed="did kits alone decide who lives",
            other=_package(draws, KITS_ALONE),
        )
    ]


def _waiver(draws: int, mechanism: dict[str, float] | None, held: float) -> tuple[Ran, Ran]:
    """With the waiver's end, and with prescribers held at a number."""
    outputs, until = (PATIENTS, PRESCRIBERS), 2024 + A_MONTH
    acted = ran(outputs, draws, held=mechanism, until=until)
    share = acted.at("people.offer.prescribing_share", ENDED)[0]
    stopped: list[Change] = [
        {"acts_on": NO_WAIVER, "to": 0, "from": ENDED, "over": 0},
        {"acts_on": WAIVERED, "to": held / share, "from": ENDED, "over": 0},
    ]
    return acted, ran(outputs, draws, changes=stopped, held=mechanism, until=until)


def _sold(draws: int, units: float, mechanism: dict[str, float] | None) -> Ran:
    """So many units a year sold over the counter, since they are on sale."""
    change = {"acts_on": SOLD, "to": units, "from": ON_SALE, "over": 0}
    return ran([DEATHS], draws, changes=[change], held=mechanism, until=FIRST_YEAR_SOLD[1])


def _package(draws: int, mechanism: dict[str, float] | None) -> Doubles:
    """Deaths with the package over deaths without [1]."""
    medications = AXES["medication"]
    changes = [
        _scaled(["people.response.kits"], "healing_naloxone"),
        _scaled([f"people.uptake.accepting[{name}]" for name in medications], "healing_medication"),
        _scaled(
            [f"people.retention.at_six_months[{name}]" for name in medications],
            "healing_retention",
        ),
    ]
    without = ran([DEATHS], draws, held=mechanism, until=PACKAGE[1])
    acted = ran([DEATHS], draws, held=mechanism, changes=changes, until=PACKAGE[1])
    return acted.mean(DEATHS, *PACKAGE) / without.mean(DEATHS, *PACKAGE)


def _scaled(paths: list[str], name: str) -> Change:
    """Parameters times a published ratio, drawn from its interval, from the package on."""
    value, (low, high) = published(name)
    return {
        "acts_on": paths,
        "operation": "scale",
        "by": value - 1,
        "between": [low - 1, high - 1],
        "from": PACKAGE[0],
        "over": 0,
    }


def _month(year: int, month: int) -> tuple[float, float]:
    start = year + (month - 1) * A_MONTH
    return start, start + A_MONTH


def _recorded(name: str, year: int, month: int) -> float:
    """A recorded value of a month."""
    record = series(name)
    return float(record.values[record.labels.index(f"{year}-{month:02d}")])

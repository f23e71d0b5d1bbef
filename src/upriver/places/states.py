"""The 50 states and DC as places, from the figures that ship."""

from dataclasses import replace
from functools import cache

import numpy as np

from upriver.evidence.figures import of_place, series
from upriver.evidence.places import NEW_YORK_CITY, STATES
from upriver.evidence.record import Record

from .dates import since
from .divisions import DIVISION_OF, REGION_OF
from .fentanyl import first_year
from .months import Months, filled
from .place import Place

FIRST_MONTH, LAST_MONTH = "1999-01", "2024-12"
"""Months that the publisher was asked for, and that are complete."""

PROVISIONAL = "2024-01"
"""The first month that was provisional when it was read."""

MOST_WITHHELD = 9
MONTHLY = "deaths_synthetic_in_month"
BY_YEAR = ("all_drugs", "any_opioid", "synthetic", "heroin", "natural")
TO_DECEMBER = BY_YEAR[:4]


@cache
def state(code: str) -> Place:
    """A state by its two letters.

    Raises:
        InputError: a file of the package is broken; the line says where.
    """
    shares = series("nflis_share_opioid", code)
    return Place(
        code=code,
        name=STATES[code],
        own=False,
        state=code,
        division=DIVISION_OF[code],
        region=REGION_OF[DIVISION_OF[code]],
        population=series("residents", code),
        deaths=monthly(code),
        deaths_by_year={name: series(f"deaths_{name}_by_state", code) for name in BY_YEAR},
        deaths_to_december={name: december(name, code) for name in TO_DECEMBER},
        prescribing=series("opioid_dispensing_rate", code),
        buprenorphine=series("buprenorphine_dispensing_rate", code),
        naloxone=series("naloxone_dispensing_rate", code),
        disorder=series("oud_share_nsduh", code),
        methadone=series("methadone_programmes_share", code),
        jail=series("jail_population", code),
        homeless=series("homeless", code),
        fentanyl_share=shares,
        fentanyl=first_year(shares, series("nflis_samples_fentanyl", code)),
        medicaid_expansion=since("medicaid_expansion", code),
        naloxone_law=since("naloxone_law", code),
        good_samaritan_law=since("good_samaritan_law", code),
    )


def monthly(code: str) -> Months:
    """Deaths with synthetic opioids by month; a month without a row is withheld, 0 to 9.

    Source: CDC WONDER, final to 2023, provisional in 2024.
    """
    record = of_place(MONTHLY, code)
    known = {} if record is None else dict(zip(record.labels, record.values.tolist(), strict=True))
    return filled(
        code,
        known,
        FIRST_MONTH,
        LAST_MONTH,
        most=MOST_WITHHELD,
        source="wonder_state_months" if record is None else record.sources[0],
        vintage=_vintage,
    )


def _vintage(month: str) -> str:
    """As the figures have it of the months that are published."""
    return "final" if month < PROVISIONAL else "to 2025-03"


def december(drug: str, code: str) -> Record:
    """Deaths in the 12 months to December; of New York with its city, which stands apart.

    2025 of New York is without the city, of which that file holds nothing: it is missing.
    """
    name = f"deaths_{drug}_december"
    record = series(name, code)
    if code != "NY":
        return record
    city = series(name, NEW_YORK_CITY)
    beside = np.array([city.at(label) or np.nan for label in record.labels])
    values = record.values + beside
    gone = np.isnan(values)
    return replace(
        record,
        values=values,
        statuses=tuple("missing" if one else "computed" for one in gone),
        notes=tuple(
            "New York City is not in the file" if one else "with New York City" for one in gone
        ),
    )

"""CDC WONDER, counts of deaths with synthetic opioids (T40.4) by month and state of residence.

A month of a state with fewer than ten deaths is withheld: it has no row. The country's months, 2018
to 2023, are sums of what is published, 0.4 to 2.3 % short of the country.

Louisiana and Pennsylvania have no row in the provisional counts over 12 months (`vsrr.py`). Their
months are added up here, where all twelve are published: final counts to 2023, provisional ones of
2024. Both kinds of sum of the other states are alike: half of them differ by less than 2 % in 2024.

Left out: other states (`wonder_states.py` has their months); months of 2025, which the publisher
calls partial; columns of population and rates, which are not given by month.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.calendars import month_label
from upriver.evidence.places import STATES

EARLIER = "Multiple_Cause_of_Death_1999_2020_MANUAL_DOWNLOAD.csv"
FILE = "Multiple_Cause_of_Death_2018_2023_Single_Race_MANUAL_DOWNLOAD.csv"
LATER = "Provisional_Mortality_Statistics_2018_through_Last_Week_MANUAL_DOWNLOAD.csv"
YEARS = range(2018, 2024)
SUMS = {2019: 35_725, 2020: 56_083, 2021: 70_292, 2022: 73_518, 2023: 72_425}
"""Of published months, by year: what the file held when it was read first."""

BEGINS = {EARLIER: 1999, FILE: 2018, LATER: 2024}
"""Years from which on months are taken from each file, the newest that is final."""

ALONE = ("LA", "PA")
SPAN = [(year, month) for year in range(2015, 2026) for month in range(1, 13)] + [(2026, 1)]
"""Months of the record over 12 months."""
LAST = (2024, 12)
YEAR = 12


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = read(raw, FILE)
    deaths = found["Deaths"].astype(int).groupby(found["Month Code"]).sum()
    months = [f"{year}/{month:02d}" for year in YEARS for month in range(1, 13)]
    require(sorted(deaths.index) == months, FILE, "a month is missing")
    for year, total in SUMS.items():
        held = int(deaths[deaths.index.str.startswith(str(year))].sum())
        require(held == total, FILE, f"{year} adds up to {held}, not {total}")
    return {
        "deaths_months.csv": table(
            "Deaths with a synthetic opioid other than methadone (T40.4) in a month, final counts, "
            "country.\nSums of the months of states that are published; those with fewer than ten "
            "deaths are withheld, 0.4 to 2.3 % of a year.",
            ("period", "value"),
            ((month_label(*map(int, m.split("/"))), int(deaths[m])) for m in months),
            series="deaths_synthetic_in_month",
            place="US",
            calendar="month",
            unit="people",
            source="wonder_months",
            vintage="final",
            status="partial",
        ),
        "wonder_states.csv": table(
            "Deaths with a synthetic opioid other than methadone (T40.4) in 12 months ending with "
            "the month, of residents of two states\nthat the provisional counts "
            "(vsrr_reported.csv) do not have: twelve monthly counts added up, where none is "
            "withheld.\nOther states' counts are of deaths in the state; half of both kinds differ "
            "by less than 2 % in 2024.\nVintage final: final counts; to 2025-03: with provisional "
            "counts of 2024. Months of 2025 were partial, and are left out.",
            ("place", "period", "value", "vintage", "status", "note"),
            _sums(raw),
            series="deaths_synthetic_12m",
            calendar="12 months ending",
            unit="people",
            source="wonder_states",
        ),
    }


def read(raw: Path, name: str) -> pd.DataFrame:
    """Rows of a file, a state's month each; `Month Code` is `2021/04`."""
    found = pd.read_csv(raw / "deaths_wonder_state_month" / name, dtype=str, keep_default_na=False)
    found = found.rename(columns={"Residence State": "State"})
    columns(found.columns, ("Month Code", "State", "Multiple Cause of death Code", "Deaths"), name)
    found = found[found["Month Code"] != ""]
    require(set(found["Multiple Cause of death Code"]) == {"T40.4"}, name, "drugs but T40.4")
    require(not found.duplicated(["Month Code", "State"]).any(), name, "a state's month twice")
    return found


def _sums(raw: Path) -> list[tuple[object, ...]]:
    """Rows of the states whose months are added up."""
    months: dict[str, dict[tuple[int, int], int]] = {place: {} for place in ALONE}
    places = {STATES[place]: place for place in ALONE}
    for name, begins in BEGINS.items():
        found = read(raw, name)
        found = found[found["State"].isin(places)]
        for state, code, deaths in zip(
            found["State"], found["Month Code"], found["Deaths"], strict=True
        ):
            year, month = map(int, code.split("/"))
            if year >= begins:
                months[places[state]][year, month] = int(deaths)
    return [_sum(place, when, months[place]) for place in ALONE for when in SPAN]


def _sum(
    place: str, when: tuple[int, int], months: dict[tuple[int, int], int]
) -> tuple[object, ...]:
    """The row of the 12 months that end with a month."""
    label, vintage = month_label(*when), "final" if when[0] < BEGINS[LATER] else "to 2025-03"
    if when > LAST:
        return (place, label, "", vintage, "missing", "not in the file")
    last = when[0] * YEAR + when[1] - 1
    parts = [months.get((at // YEAR, at % YEAR + 1)) for at in range(last - YEAR + 1, last + 1)]
    known = [part for part in parts if part is not None]
    if len(known) < YEAR:
        return (place, label, "", vintage, "suppressed", "a month has fewer than 10")
    return (place, label, sum(known), vintage, "computed", "twelve months of residents added up")

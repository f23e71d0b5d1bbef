"""Vera Institute of Justice, Incarceration Trends: people in jail by state, from BJS and states.

Stocks alone: the file's admissions are half of what the Bureau of Justice Statistics counts. Six
states have one system of jails and prisons; what stands for them is a part of it, to 2022.

From 2020 on the file lacks jails in many states (Iowa and Arkansas have 40 % of 2019 in 2022, which
no jail closed explains, and Ohio an eighth of 2023 in 2024): 2020 to 2022 are partial.

Left out: years before 1999 and after 2022; sex and race; prisons; admissions.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

FILE = "incarceration_vera_state/incarceration_trends_state.csv"
YEARS = range(1999, 2023)
"""Years in which every state has a value."""

PARTIAL = 2020
"""The first year in which jails are missing."""

COUNTED = {2019: 742_396}
LACKS = "some jails are missing"
UNIFIED = ("AK", "CT", "DE", "HI", "RI", "VT")


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = pd.read_csv(raw / FILE, low_memory=False)
    columns(found.columns, ("year", "state_abbr", "total_jail_pop", "is_unified_state"), FILE)
    unified = found[found["is_unified_state"].astype(str).str.lower() == "true"]
    require(tuple(sorted(set(unified["state_abbr"]))) == UNIFIED, FILE, "other unified states")
    found = found[found["year"].isin(YEARS)].set_index(["state_abbr", "year"])["total_jail_pop"]
    require(found.index.is_unique, FILE, "a row stands twice")
    states = sorted({place for place, _ in found.index})
    require(len(states) == 51, FILE, f"{len(states)} places")
    rows: list[tuple[object, ...]] = []
    for year in YEARS:
        held = [found[place, year] for place in states]
        require(all(one == one for one in held), FILE, f"{year}: a state is missing")
        total = round(sum(held))
        require(COUNTED.get(year, total) == total, FILE, f"{year}: {total} people")
        whole = year < PARTIAL
        status, note = ("computed", "") if whole else ("partial", LACKS)
        rows.append(("US", year, total, status, note))
    for place in states:
        rows += [_row(place, year, float(found[place, year])) for year in YEARS]
    return {
        "jails.csv": table(
            "People held in local jails on an average day of the year, by state; US is the sum of "
            "states.\n"
            "Partial: Alaska, Connecticut, Delaware, Hawaii, Rhode Island and Vermont have one "
            "system of jails and prisons, and what stands here is a part of it (another part in "
            "Alaska from 2020 on). 2020 to 2022: jails of many states are missing, so no level.\n"
            "Stocks alone: this source's admissions are not used, and it has no releases.",
            ("place", "period", "value", "status", "note"),
            rows,
            series="jail_population",
            calendar="year",
            unit="people",
            source="vera_trends",
            vintage="2026-04",
        )
    }


def _row(place: str, year: int, people: float) -> tuple[object, ...]:
    """A row of a state; it says why it is partial, if it is."""
    note = "one system with prisons" if place in UNIFIED else LACKS if year >= PARTIAL else ""
    return (place, year, round(people), "partial" if note else "reported", note)

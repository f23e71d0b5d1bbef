"""SAMHSA directories, digitised by GeoDa: each state's share of the country's methadone programmes.

Shares alone: the counts are 12 to 19 % short of what SAMHSA counted. Two codes that were misread
(0H, QH) are Ohio. A state without a row in a year is missing: it may have had none, or its page was
not read.

Left out: the counts; years before 2000; places but states and DC; codes that are no place.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.places import STATES

FILE = "methadone_providers_state_year/methadone_providers_state_year.csv"
MISREAD = {"0H": "OH", "QH": "OH"}
COUNTED = {2003: 934, 2009: 1_009}
"""Rows of the file when it was read first; SAMHSA counted 1,067 and 1,243 programmes."""

FIRST = 2000


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = pd.read_csv(raw / FILE, keep_default_na=False)
    columns(found.columns, ("year", "state", "providers"), FILE)
    for year, total in COUNTED.items():
        held = int(found[found["year"] == year]["providers"].sum())
        require(held == total, FILE, f"{year}: {held}, not {total}")
    found = found[found["year"] >= FIRST]
    found = found.assign(state=found["state"].replace(MISREAD))
    found = found[found["state"].isin(STATES)]
    counts = found.groupby(["year", "state"])["providers"].sum()
    rows = []
    for place in STATES:
        for year in sorted(set(found["year"])):
            known = counts[year]
            if place in known.index:
                share = round(float(known[place] / known.sum()), 5)
                rows.append((place, year, share, "computed", "low trust"))
            else:
                rows.append((place, year, None, "missing", "no programme in the file"))
    return {
        "methadone_states.csv": table(
            "Each state's share of the country's methadone programmes, by year of SAMHSA's "
            "directory, which GeoDa digitised.\n"
            "Low trust, and shares alone: the counts are 12 to 19 % short of SAMHSA's own. "
            "Missing: no programme of that state in the file, which may have had none.",
            ("place", "period", "value", "status", "note"),
            rows,
            series="methadone_programmes_share",
            calendar="year",
            unit="1",
            source="samhsa_directories",
            vintage="2021",
        )
    }

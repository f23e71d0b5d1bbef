"""US Census Bureau: residents by state at the middle of the year, since 2010.

Vintages are mixed: 2023 is about 0.5 % above what later vintages say. Left out: years before 2010.
"""

from pathlib import Path

import pandas as pd
from table import require, table

FIRST, NEWEST = 2010, 2025


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "population" / "historical_state_population_by_year.csv"
    found = pd.read_csv(file, header=None, names=["state", "year", "people"])
    found = found[found["year"] >= FIRST]
    by_year = found.groupby("year")["people"]
    require(list(by_year.groups) == list(range(FIRST, NEWEST + 1)), file.name, "other years")
    require(bool((by_year.size() == 51).all()), file.name, "not 50 states and DC in every year")
    require(not found.duplicated(["state", "year"]).any(), file.name, "a row stands twice")
    rows = [("US", y, int(number), "computed", _note(y)) for y, number in by_year.sum().items()]
    rows += [
        (state, y, int(number), "estimated", _note(y))
        for state, y, number in found.sort_values(["state", "year"]).itertuples(index=False)
    ]
    return {
        "population_states.csv": table(
            "Residents in July of the year, by state; US is the sum of states and DC.\n"
            "Vintages of the estimates are mixed: 2023 is about 0.5 % above what later ones say.",
            ("place", "period", "value", "status", "note"),
            rows,
            series="residents",
            calendar="year",
            unit="people",
            source="census_states",
            vintage="mixed",
        )
    }


def _note(year: int) -> str:
    return "about 0.5 % too high" if year == 2023 else ""

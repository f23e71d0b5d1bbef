"""US Census Bureau: residents by state at the middle of the year, since 1999.

Vintages are mixed: 2023 is about 0.5 % above what later vintages say. The file's 1999 is an
estimate from before the census of 2000, 2.4 % too low; in its place stands the one that was made
after it, as Kiang et al. (2019) used it. Left out: years before 1999.
"""

from pathlib import Path

import kiang
import pandas as pd
from table import require, table

FIRST, NEWEST = 1999, 2025
FILE = "population/historical_state_population_by_year.csv"
NOTES = {
    1999: "after the census of 2000, as Kiang et al. (2019) have it",
    2023: "about 0.5 % too high",
}


def residents(raw: Path) -> pd.Series:
    """Residents by place and year."""
    found = pd.read_csv(raw / FILE, header=None, names=["place", "year", "people"])
    found = found[found["year"] >= FIRST]
    require(set(found["year"]) == set(range(FIRST, NEWEST + 1)), FILE, "other years")
    sizes = found.groupby("year").size()
    require(bool((sizes == 51).all()), FILE, "not 50 states and DC in every year")
    people = found.set_index(["place", "year"])["people"].sort_index()
    require(people.index.is_unique, FILE, "a row stands twice")
    of = kiang.read(raw).set_index(["abbrev", "year"])["pop"]
    for place in sorted(set(found["place"])):
        require(of[place, FIRST + 1] == people[place, FIRST + 1], FILE, f"{place} differs in 2000")
        people[place, FIRST] = int(of[place, FIRST])
    return people


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    people = residents(raw)
    whole = people.groupby("year").sum()
    rows = [("US", y, int(number), "computed", NOTES.get(y, "")) for y, number in whole.items()]
    rows += [
        (place, y, int(number), "estimated", NOTES.get(y, ""))
        for (place, y), number in people.items()
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

"""NCHS microdata, counted by Kiang et al. (2019): overdose deaths by state, 1999 to 2016.

Residents of the 50 states and DC. A cell with fewer than ten deaths is suppressed.

Left out: the row of the country (`deaths.csv` has final counts, 0.1 % above these), deaths by
firearms and cars, sex, age and race; population, but for 1999 (`population.py`).
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

FILE = "deaths_kiang_state_year_1999_2016/total_deaths_state_year_1999_2016.csv"
YEARS = range(1999, 2017)
SERIES = {
    "deaths_all_drugs_by_state": "drug_death",
    "deaths_any_opioid_by_state": "opioid_death",
    "deaths_synthetic_by_state": "other_synth_present",
    "deaths_heroin_by_state": "heroin_present",
    "deaths_natural_by_state": "other_natural_present",
}
TOTALS = {"opioid_death": (42_245, 42_245), "other_synth_present": (19_385, 19_410)}
"""2016: of the published cells of the states, and of the country's row."""

MOST_WITHHELD = 9


def read(raw: Path) -> pd.DataFrame:
    """Rows of all places and years, with columns `abbrev`, `year`, `pop` and those of `SERIES`."""
    found = pd.read_csv(raw / FILE)
    columns(found.columns, ("abbrev", "year", "race", "pop", *SERIES.values()), FILE)
    require(set(found["race"]) == {"total"}, FILE, "rows of a race")
    require(len(found) == 52 * len(YEARS), FILE, "not 50 states, DC and the country in every year")
    require(not found.duplicated(["abbrev", "year"]).any(), FILE, "a row stands twice")
    require(set(found["year"]) == set(YEARS), FILE, "other years")
    return found


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = read(raw)
    states = found[found["abbrev"] != "US"].sort_values(["abbrev", "year"])
    country = found[found["abbrev"] == "US"].set_index("year")
    rows: list[tuple[object, ...]] = []
    for name, column in SERIES.items():
        known, withheld = states.groupby("year")[column].agg(["sum", "size", "count"]), None
        withheld = known["size"] - known["count"]
        gap = country[column] - known["sum"]
        require(
            bool(((gap >= 0) & (gap <= MOST_WITHHELD * withheld)).all()),
            FILE,
            f"{column}: states do not add up to the country",
        )
        if column in TOTALS:
            held = (int(known["sum"][2016]), int(country[column][2016]))
            require(held == TOTALS[column], FILE, f"{column}: {held} in 2016")
        for place, year, value in states[["abbrev", "year", column]].itertuples(index=False):
            gone = value != value
            rows.append((name, place, year, value, "suppressed" if gone else "reported"))
    return {
        "deaths_states.csv": table(
            "Deaths from overdose by state of residence and year, 1999 to 2016, by drug: any, any "
            "opioid, synthetic opioids other than methadone (T40.4), heroin (T40.1), natural and "
            "semisynthetic opioids (T40.2).\n"
            "Counted by Kiang et al. (2019) from the death certificates; a death can involve "
            "several drugs. Suppressed: fewer than 10.\n"
            "States add up to 42,245 deaths with any opioid in 2016; the country's final count is "
            "42,249.",
            ("series", "place", "period", "value", "status"),
            rows,
            calendar="year",
            unit="people/year",
            source="kiang2019",
            vintage="2019",
        )
    }

"""CDC WONDER, final counts of deaths with synthetic opioids (T40.4) by month, 2018 to 2023.

The file holds states by month. The country's months are their sums: a month of a state with fewer
than ten deaths is withheld, so each sum is of what is published, 0.4 to 2.3 % short of the country.

Left out: the states; columns of population and rates, which are not given by month.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.calendars import month_label

FILE = "Multiple_Cause_of_Death_2018_2023_Single_Race_MANUAL_DOWNLOAD.csv"
YEARS = range(2018, 2024)
SUMS = {2019: 35_725, 2020: 56_083, 2021: 70_292, 2022: 73_518, 2023: 72_425}
"""Of published months, by year: what the file held when it was read first."""


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = pd.read_csv(raw / "deaths_wonder_state_month" / FILE, dtype=str, keep_default_na=False)
    wanted = ("Month Code", "State", "Multiple Cause of death Code", "Deaths")
    columns(found.columns, wanted, FILE)
    found = found[found["Month Code"] != ""]
    require(set(found["Multiple Cause of death Code"]) == {"T40.4"}, FILE, "drugs but T40.4")
    require(not found.duplicated(["Month Code", "State"]).any(), FILE, "a state's month twice")
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
        )
    }

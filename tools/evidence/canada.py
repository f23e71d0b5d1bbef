"""Public Health Agency of Canada: deaths from opioid toxicity for 100,000 people, by province.

Left out: women and men apart; Nunavut where no rate was published.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

PROVINCES = {
    "Alberta": "AB",
    "British Columbia": "BC",
    "Manitoba": "MB",
    "New Brunswick": "NB",
    "Newfoundland and Labrador": "NL",
    "Northwest Territories": "NT",
    "Nova Scotia": "NS",
    "Nunavut": "NU",
    "Ontario": "ON",
    "Prince Edward Island": "PE",
    "Quebec": "QC",
    "Saskatchewan": "SK",
    "Yukon": "YT",
}
PARTIAL = 2025


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "canada" / "canada_opioid_death_rate_by_year.csv"
    found = pd.read_csv(file, keep_default_na=False)
    columns(found.columns, ("Year", "Geography", "Sex", "Value"), file.name)
    country = (found["Geography"] == "") & (found["Sex"] == "")
    found = found[country | (found["Sex"] == "Total")]
    unknown = set(found["Geography"]) - {"", *PROVINCES}
    require(not unknown, file.name, f"places that are new: {sorted(unknown)}")
    require(not found.duplicated(["Year", "Geography"]).any(), file.name, "a row stands twice")
    require(int(found["Year"].max()) == PARTIAL, file.name, "another newest year: is it whole?")
    rows = [
        (
            f"CA-{PROVINCES[place]}" if place else "Canada",
            year,
            float(value),
            *(("partial", "perhaps not the whole year") if year == PARTIAL else ("reported", "")),
        )
        for year, place, value in zip(
            found["Year"], found["Geography"], found["Value"], strict=True
        )
    ]
    rows.sort(key=lambda row: (row[0] != "Canada", row[0], row[1]))
    return {
        "canada.csv": table(
            "Deaths from opioid toxicity for 100,000 people in a year, in Canada and its provinces "
            "(CA-BC is British Columbia).\nSmall provinces have few deaths, and rates that jump. "
            "2025 may not be the whole year.",
            ("place", "period", "value", "status", "note"),
            rows,
            series="death_rate_opioids",
            calendar="year",
            unit="1/100k/year",
            source="phac",
            vintage="2025",
        )
    }

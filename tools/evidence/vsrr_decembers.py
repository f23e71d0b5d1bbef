"""CDC/NCHS, provisional overdose deaths (VSRR) in the 12 months that end with December, by place.

Two files: all indicators to December 2024, and four to December 2025, of a later vintage. Where
both hold a value they agree but for four (2024), and the first is taken.

Left out: other indicators; counts of all deaths; places' completeness. Which values are withheld
for few deaths and which for certificates that name no drug, the files do not say.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.places import STATES, state_code

FILE = "deaths_vsrr_state_year_all_indicators/vsrr_overdose_yearly.csv"
LATER = "deaths_vsrr_state_year_2025/opioid_real_data.csv"
SERIES = {
    "deaths_all_drugs_december": ("Number of Drug Overdose Deaths", "overdose_deaths_total"),
    "deaths_any_opioid_december": ("Opioids (T40.0-T40.4,T40.6)", None),
    "deaths_synthetic_december": (
        "Synthetic opioids, excl. methadone (T40.4)",
        "synthetic_opioid_deaths",
    ),
    "deaths_heroin_december": ("Heroin (T40.1)", "heroin_deaths"),
}
YEARS = range(2015, 2025)
NEWEST = 2025
PLACES = 54
PLACED = frozenset((*STATES, "PR"))
"""Places of the later file."""

ABSENT = ("LA", "PA")
"""States that the first file has for all drugs alone; the later has Pennsylvania from 2024 on."""

DIFFERING = 4
WITHHELD = "not shown"


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = pd.read_csv(raw / FILE)
    columns(found.columns, ("Year", "State Name", "Indicator", "Total Deaths"), FILE)
    found["place"] = found["State Name"].map(state_code)
    require(bool(found["place"].notna().all()), FILE, "a place that is no state")
    later = pd.read_csv(raw / LATER, keep_default_na=False, na_values=["NA"])
    wanted = [column for _, column in SERIES.values() if column]
    columns(later.columns, ("state", "year", *wanted), LATER)
    later = later.set_index(["state", "year"])
    require(later.index.is_unique and len(later) == 52 * (len(YEARS) + 1), LATER, "other rows")

    rows: list[tuple[object, ...]] = []
    differing = 0
    for name, (indicator, column) in SERIES.items():
        one = found[found["Indicator"] == indicator].set_index(["place", "Year"])["Total Deaths"]
        require(one.index.is_unique, FILE, f"{indicator}: a row stands twice")
        other = later[column].dropna() if column else one.iloc[:0]
        both = other.reindex(one.index)
        differing += int(((both != one) & both.notna()).sum())
        absent = PLACES - len({place for place, _ in one.index})
        require(absent in (0, len(ABSENT)), FILE, f"{indicator}: {absent} places are missing")
        places = {place for place, _ in one.index} | set(ABSENT)
        for place in sorted(places, key=lambda name: (name != "US", name)):
            for year in (*YEARS, NEWEST) if column and place in PLACED else YEARS:
                first = year == NEWEST or (absent > 0 and place in ABSENT)
                value, vintage = (other, "2026-08") if first else (one, "2025-12")
                rows.append(_row(name, place, year, value.get((place, year)), vintage))
    require(differing == DIFFERING, LATER, f"{differing} values differ from those before")
    return {
        "vsrr_decembers.csv": table(
            "Deaths from overdose in the 12 months that end with December, provisional, as "
            "counted: of any drug, with any opioid, with synthetic opioids other than methadone "
            "(T40.4), with heroin (T40.1).\n"
            "Places: US (to 2024); two letters of a state; DC; PR; YC (New York City), which NY is "
            "without and which 2025 does not have.\n"
            "2025 is of a later vintage (2026-08) than the years before (2025-12), and has no "
            "count of any opioid.\n"
            "Missing, 'not shown': too few certificates name a drug, or fewer than 10; the files "
            "do not say which.\n"
            "Every month of T40.4, of one vintage, is in vsrr_reported.csv; these agree with it "
            "to December 2024, but for one death.",
            ("series", "place", "period", "value", "vintage", "status", "note"),
            rows,
            calendar="12 months ending",
            unit="people",
            source="cdc_vsrr_december",
        )
    }


def _row(name: str, place: str, year: int, value: float | None, vintage: str) -> tuple[object, ...]:
    gone = value is None or value != value
    status, note = ("missing", WITHHELD) if gone else ("reported", "")
    return (name, place, f"{year}-12", None if gone else float(value), vintage, status, note)

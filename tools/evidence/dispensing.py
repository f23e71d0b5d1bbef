"""CDC from IQVIA Xponent: opioids, buprenorphine and naloxone dispensed by pharmacies, by state.

Published per 100 people and rounded to 0.1; written here per person. Opioids are of two vintages,
2006 to 2018 and 2019 to 2023, and do not compare across the break. The country's buprenorphine and
naloxone are the states' rates weighted by residents.

Left out: counties; the rates in words; the country's row, which two years of opioids have.
"""

from pathlib import Path

import pandas as pd
import population
from table import columns, require, table

STATES = 51
OPIOIDS = {
    "prescribing_cdc_state_year/State_Opioid_Dispensing_Rates_2006_2018.csv": range(2006, 2019),
    "prescribing_cdc_state_year/State Opioid Dispensing Rates.csv": range(2019, 2024),
}
OTHERS = {
    "buprenorphine_dispensing_rate": (
        "treatment_bup_dispensing_state_year/cdc_state_buprenorphine_dispensing_2019_2023.csv",
        "buprenorphine_dispensing_rate",
        "cdc_buprenorphine_states",
    ),
    "naloxone_dispensing_rate": (
        "naloxone_dispensing_state_year/cdc_state_naloxone_dispensing_2019_2023.csv",
        "naloxone_dispensing_rate",
        "cdc_naloxone_states",
    ),
}
YEARS = range(2019, 2024)
BREAK = 2019
EACH = 100


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    people = population.residents(raw)
    return {"dispensing_states.csv": _text([*_opioids(raw), *_others(raw, people)])}


def _text(rows: list[tuple[object, ...]]) -> str:
    return table(
        "Prescriptions that retail pharmacies dispensed in a year for each person, by state: "
        "opioids, buprenorphine (for the treatment of opioid use disorder), naloxone.\n"
        "Prescriptions and not people. Published per 100 people, rounded to 0.1: here to 0.001 a "
        "person, which is coarse for naloxone (many states have 0.001 to 0.004).\n"
        "Opioids: another vintage from 2019 on, so that 2018 and 2019 do not compare. Naloxone "
        "given out by programmes or sold over the counter is not in it.",
        ("series", "place", "period", "value", "source", "vintage", "status", "note"),
        rows,
        calendar="year",
        unit="Rx/person",
    )


def _opioids(raw: Path) -> list[tuple[object, ...]]:
    rows = []
    for file, years in OPIOIDS.items():
        found = _rates(raw, file, "opioid_dispensing_rate", years)
        for (place, year), rate in found.items():
            note = "does not compare with 2018" if year == BREAK else ""
            vintage = str(years[-1])
            source = "cdc_dispensing_states"
            rows.append(
                ("opioid_dispensing_rate", place, year, rate, source, vintage, "rounded", note)
            )
    return sorted(rows, key=lambda row: (row[1], row[2]))


def _others(raw: Path, people: pd.Series) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, (file, column, source) in OTHERS.items():
        found = _rates(raw, file, column, YEARS)
        for year in YEARS:
            rates = found.xs(year, level="year")
            weights = people.xs(year, level="year")[rates.index]
            whole = round(float((rates * weights).sum() / weights.sum()), 5)
            note = "states weighted by residents"
            rows.append((name, "US", year, whole, source, "2023", "computed", note))
        rows += [
            (name, place, year, rate, source, "2023", "rounded", "")
            for (place, year), rate in found.items()
        ]
    return rows


def _rates(raw: Path, file: str, column: str, years: range) -> pd.Series:
    """Prescriptions a person, by place and year."""
    found = pd.read_csv(raw / file, encoding="utf-8-sig")
    columns(found.columns, ("YEAR", "STATE_ABBREV", column), file)
    found = found[found["STATE_ABBREV"] != "US"]
    require(set(found["YEAR"]) == set(years), file, "other years")
    require(len(found) == STATES * len(years), file, "not 50 states and DC in every year")
    rates = found.set_index(["STATE_ABBREV", "YEAR"])[column].astype(float).sort_index()
    require(rates.index.is_unique, file, "a row stands twice")
    rates.index.names = ["place", "year"]
    return (rates / EACH).round(5)

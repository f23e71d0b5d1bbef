"""CDC/NCHS, provisional drug overdose death counts (VSRR), dataset xkb8-kh2a: 12 months ending.

`vsrr_t404_*.csv` has one indicator, synthetic opioids (T40.4), for every month and jurisdiction;
`vsrr_all_*.csv` is an older vintage of all twelve, to September 2018.

Left out: of the older file, states, predicted values, T40.4 (the newer file has it) and indicators
that are sums of others; of both, the columns on completeness. A third file beside the first,
`fentanyl_deaths_state_month.csv`, holds the same deaths with nothing in place of what is missing.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.calendars import month_label
from upriver.evidence.places import MONTHS

T404 = "Synthetic opioids, excl. methadone (T40.4)"
ABSENT = ("LA", "PA")
"""States without a row in the newer file; what stands for them as reported is of `wonder.py`."""

INDICATORS = {
    "Number of Drug Overdose Deaths": "deaths_all_drugs_12m",
    "Opioids (T40.0-T40.4,T40.6)": "deaths_any_opioid_12m",
    "Heroin (T40.1)": "deaths_heroin_12m",
    "Natural & semi-synthetic opioids (T40.2)": "deaths_natural_12m",
    "Methadone (T40.3)": "deaths_methadone_12m",
    "Cocaine (T40.5)": "deaths_cocaine_12m",
    "Psychostimulants with abuse potential (T43.6)": "deaths_psychostimulants_12m",
}
FOOTNOTES = {
    "Numbers may differ from published reports using final data. See Technical Notes.": "",
    "Underreported due to incomplete data.": "incomplete",
}
WITHHELD = {
    "Data not shown due to low data quality.": ("missing", "low data quality"),
    "Data suppressed (<10).": ("suppressed", "fewer than 10"),
}
PLACES = """
Places: US; two letters of a state; DC; PR (Puerto Rico); YC (New York City), which NY is without.
Louisiana and Pennsylvania have no row in the file that was read; {}
Status missing, 'low data quality': too few death certificates named a drug.
"""
IN_MONTHS = "wonder_states.csv has them."


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    newer = _read(raw / "vsrr" / "vsrr_t404_state_month_2015_2026.csv")
    newer.columns = [name.lower() for name in newer.columns]
    older = _read(raw / "vsrr_all" / "vsrr_all_indicators_2015-01_2018-09.csv")
    older.columns = [name.lower().replace(" ", "_") for name in older.columns]
    vintage = f"to {_label(newer).max()}"
    return {
        "vsrr_reported.csv": _t404(newer, "data_value", vintage),
        "vsrr_predicted.csv": _t404(newer, "predicted_value", vintage),
        "vsrr_2015_2018.csv": _drugs(older),
    }


def _read(file: Path) -> pd.DataFrame:
    found = pd.read_csv(file, dtype=str, keep_default_na=False)
    lower = [name.lower().replace(" ", "_") for name in found.columns]
    wanted = ("state", "year", "month", "period", "indicator", "data_value", "predicted_value")
    columns(lower, (*wanted, "footnote"), file.name)
    found["file"] = file.name
    return found


def _label(found: pd.DataFrame) -> pd.Series:
    return pd.Series(
        [
            month_label(int(year), MONTHS.index(month) + 1)
            for year, month in zip(found["year"], found["month"], strict=True)
        ],
        index=found.index,
    )


def _t404(found: pd.DataFrame, column: str, vintage: str) -> str:
    name = found["file"].iloc[0]
    require(set(found["indicator"]) == {T404}, name, "indicators other than T40.4")
    require(set(found["period"]) == {"12 month-ending"}, name, "a period of another length")
    labels = _label(found)
    require(not pd.DataFrame({"s": found["state"], "l": labels}).duplicated().any(), name, "twice")
    states = sorted(set(found["state"]))
    require(len(states) == 52 and not set(ABSENT) & set(states), name, f"places: {states}")
    months = sorted(set(labels))
    require(len(found) == len(states) * len(months), name, "a month is missing")

    status = "reported" if column == "data_value" else "predicted"
    rows: list[tuple[object, ...]] = []
    for state, label, text, footnote in zip(
        found["state"], labels, found[column], found["footnote"], strict=True
    ):
        rows.append((state, label, *_value(text, footnote, status, name)))
    if status == "predicted":
        rows += [
            (state, label, "", "missing", "not in the file") for state in ABSENT for label in months
        ]
    rows.sort(key=lambda row: (row[0] != "US", row[0], row[1]))
    word = "as counted" if status == "reported" else "with what CDC expects to be reported yet"
    absent = IN_MONTHS if status == "reported" else "US holds them."
    return table(
        "Deaths with a synthetic opioid other than methadone (T40.4) in 12 months ending with the "
        f"month, provisional, {word}.{PLACES.format(absent)}",
        ("place", "period", "value", "status", "note"),
        rows,
        series="deaths_synthetic_12m" + ("" if status == "reported" else "_predicted"),
        calendar="12 months ending",
        unit="people",
        source="cdc_vsrr",
        vintage=vintage,
    )


def _value(text: str, footnote: str, status: str, file: str) -> tuple[str, str, str]:
    """Value, status and note of a row; a row without a value says why."""
    withheld = [answer for says, answer in WITHHELD.items() if says in footnote]
    if not text:
        require(len(withheld) == 1, file, f"no value, and the footnote says '{footnote}'")
        return ("", *withheld[0])
    for says in WITHHELD:
        footnote = footnote.replace(says, "")
    require(footnote.strip() in FOOTNOTES, file, f"footnote '{footnote}' is new")
    number = float(text)
    require(number == int(number) >= 0, file, f"'{text}' is no count")
    return str(int(number)), status, FOOTNOTES[footnote.strip()]


def _drugs(found: pd.DataFrame) -> str:
    name = found["file"].iloc[0]
    national = found[(found["state"] == "US") & found["indicator"].isin(INDICATORS)]
    labels = _label(national)
    require(len(national) == len(INDICATORS) * labels.nunique(), name, "a month is missing")
    rows = [
        (INDICATORS[indicator], label, *_value(value, footnote, "reported", name))
        for indicator, label, value, footnote in zip(
            national["indicator"],
            labels,
            national["data_value"],
            national["footnote"],
            strict=True,
        )
    ]
    rows.sort(key=lambda row: (list(INDICATORS.values()).index(row[0]), row[1]))
    return table(
        "Overdose deaths by drug in 12 months ending with the month, provisional, as counted.\n"
        "A death can involve several drugs. Final counts of calendar years differ a little: any "
        "opioid in 2017, 47,885 here and 47,600 final.",
        ("series", "period", "value", "status", "note"),
        rows,
        place="US",
        calendar="12 months ending",
        unit="people",
        source="cdc_vsrr",
        vintage=f"to {labels.max()}",
    )

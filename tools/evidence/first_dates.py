"""When each state first had a naloxone law, a Good Samaritan law and Medicaid expansion.

Naloxone: PDAPS, the day from which the first provision held, to January 2022. OPTIC gives the start
of the month after it, for it codes whole months; where it says another year or month, the note says
so. Good Samaritan laws: OPTIC as of 2021 (in OEPS), which agrees with its edition of 2018 wherever
both have a date. Medicaid: KFF, August 2025; its table says 2024 for California, where adults were
taken in from 1 January 2014.

Left out: what a law holds beyond the first; monitoring programmes (`laws.py`).
"""

from datetime import date, timedelta
from pathlib import Path

import laws
import pandas as pd
from table import columns, require, table

from upriver.evidence.places import FIPS, STATES, state_code

PDAPS = "state_laws_pdaps/pdaps_naloxone_2001_2022.csv"
OEPS = "state_laws_and_incarceration_oeps/state-2021.csv"
KFF = "medicaid_expansion_dates/kff_aca_expansion_2025_08.csv"
MONTH = timedelta(days=31)
ADOPTED = 41
CALIFORNIA = (date(2024, 1, 1), date(2014, 1, 1))
"""As the table reads, and as it was."""

NOTES = {
    ("naloxone_law", "CA"): "a pilot in some counties; the whole state from 2014",
    ("medicaid_expansion", "CA"): "the table reads 2024-01-01, which is a slip",
}
Row = tuple[str, str, date | None, str, str, str, str]


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    rows = [*_medicaid(raw), *_naloxone(raw), *_samaritan(raw)]
    rows.sort(key=lambda row: (row[0], row[1]))
    return {
        "dates.csv": table(
            "When each state first had what changes care: Medicaid expansion, a law that widens "
            "access to naloxone, a law that shields those who call for help (Good Samaritan).\n"
            "Without a date: not by the day that the note names. Sources chosen: PDAPS before "
            "OPTIC for naloxone (the day, where OPTIC has the start of a month); OPTIC as of 2021 "
            "for Good Samaritan laws; KFF for Medicaid.",
            ("what", "place", "date", "status", "source", "vintage", "note"),
            rows,
        )
    }


def _medicaid(raw: Path) -> list[Row]:
    lines = (raw / KFF).read_text(encoding="utf-8-sig").splitlines()
    rows: list[Row] = []
    for line in lines:
        cells = [cell.strip('"') for cell in line.split('","')]
        place = state_code(cells[0]) if len(cells) >= 3 else None
        if place not in STATES:
            continue
        adopted = cells[1] == "Adopted"
        require(adopted or cells[2] == "N/A", KFF, f"{place}: '{cells[1]}', '{cells[2]}'")
        when, status = (_day(cells[2]), "reported") if adopted else (None, "reported")
        note = "" if adopted else "not adopted by 2025-08"
        if place == "CA":
            require(when == CALIFORNIA[0], KFF, "California is no longer a slip")
            when, status = CALIFORNIA[1], "stated"
        what = "medicaid_expansion"
        note = NOTES.get((what, place), note)
        rows.append((what, place, when, status, "kff_expansion", "2025-08", note))
    require(len(rows) == len(STATES), KFF, f"{len(rows)} states")
    require(sum(row[2] is not None for row in rows) == ADOPTED, KFF, "not 41 that adopted it")
    return rows


def _naloxone(raw: Path) -> list[Row]:
    found = pd.read_csv(raw / PDAPS, dtype=str, keep_default_na=False)
    columns(found.columns, ("Jurisdictions", "Effective Date", "naaddressoaayn"), PDAPS)
    held = found[found["naaddressoaayn"] == "1"]
    first: dict[str, date] = {}
    for state, text in zip(held["Jurisdictions"], held["Effective Date"], strict=True):
        place = str(state_code(state))
        first[place] = min(first.get(place, date.max), _day(text))
    require(set(first) == set(STATES), PDAPS, "not every state has a law")
    others = _optic(raw)
    rows: list[Row] = []
    for place, when in first.items():
        note = NOTES.get(("naloxone_law", place), "")
        other = others.get(place)
        if other is None or abs(other - when) > MONTH:
            note = note or f"OPTIC: {other or 'no date'}"
        rows.append(("naloxone_law", place, when, "reported", "pdaps_naloxone", "2022-01", note))
    return rows


def _optic(raw: Path) -> dict[str, date]:
    """The first naloxone law by OPTIC, 2017."""
    lines = laws.tables(raw)["laws.csv"].splitlines()
    cells = [line.split(",") for line in lines if "any law that widens access to naloxone" in line]
    return {place: date.fromisoformat(when) for when, place, *_ in cells}


def _samaritan(raw: Path) -> list[Row]:
    found = pd.read_csv(raw / OEPS, dtype=str, keep_default_na=False)
    columns(found.columns, ("FIPS", "AnyGslDt"), OEPS)
    by_number = {number: place for place, number in FIPS.items()}
    before = {
        line.split(",")[1]: date.fromisoformat(line.split(",")[0])
        for line in laws.tables(raw)["laws.csv"].splitlines()
        if "any Good Samaritan law" in line
    }
    rows: list[Row] = []
    for number, text in zip(found["FIPS"], found["AnyGslDt"], strict=True):
        place = by_number[int(number)]
        when = _day(text) if text else None
        require(before.get(place, when) == when, OEPS, f"{place}: {when}, and once {before}")
        note = "" if when else "none by 2021"
        source = "optic_samaritan_2021"
        rows.append(("good_samaritan_law", place, when, "reported", source, "2021", note))
    require({row[1] for row in rows} == set(STATES), OEPS, "not 50 states and DC")
    return rows


def _day(text: str) -> date:
    """A day that is written month/day/year."""
    month, day, year = (int(float(part)) for part in text.split("/"))
    return date(year, month, day)

"""HUD, Point-in-Time counts: people who are homeless in one night of January, by state.

Left out: territories in years without a count; continuums of care; whether people were sheltered;
age, sex, race, veterans, families.
"""

from pathlib import Path

from python_calamine import CalamineWorkbook
from table import require, table

YEARS = range(2007, 2024)
PARTIAL = 2021
PLACES = 56
"""States, DC, American Samoa, Guam, Northern Marianas, Puerto Rico, Virgin Islands."""

UNCOUNTED = {"AS", "MP"}
"""Where some years had no count; there is no row for these."""


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "homeless_pit" / "PIT-Counts.xlsb"
    book = CalamineWorkbook.from_path(str(file))
    rows = []
    for year in YEARS:
        for place, number in _counts(book, year, file.name).items():
            status = "partial" if year == PARTIAL else "reported"
            note = "not all people outdoors were counted" if year == PARTIAL else ""
            rows.append((place, year, number, status, note))
    rows.sort(key=lambda row: (row[0] != "US", row[0], row[1]))
    return {
        "homelessness.csv": table(
            "People who are homeless, in shelters or not, counted in one night of the last ten "
            "days of January; it stands at the start of the year.\n"
            "US holds American Samoa (AS), Guam (GU), the Northern Marianas (MP), Puerto Rico and "
            "the Virgin Islands (VI). 2021 is no level: many places counted nobody outdoors.",
            ("place", "period", "value", "status", "note"),
            rows,
            series="homeless",
            calendar="instant",
            unit="people",
            source="hud_pit",
            vintage="2023",
        )
    }


def _counts(book: CalamineWorkbook, year: int, file: str) -> dict[str, int]:
    require(str(year) in book.sheet_names, file, f"sheet {year} is missing")
    header, *rows = book.get_sheet_by_name(str(year)).to_python()
    require(header[0] == "State", file, f"sheet {year}: the first column is '{header[0]}'")
    require("Overall Homeless" in header, file, f"sheet {year}: no column 'Overall Homeless'")
    column = header.index("Overall Homeless")
    places = {str(row[0]): row[column] for row in rows if len(str(row[0])) == 2}
    total = [row[column] for row in rows if row[0] == "Total"]
    require(len(places) == PLACES, file, f"sheet {year}: {len(places)} places")
    require(len(total) == 1, file, f"sheet {year}: no row 'Total', or several")
    found = {place: number for place, number in places.items() if str(number).strip()}
    require(set(places) - set(found) <= UNCOUNTED, file, f"sheet {year}: a state has no count")
    counts = {}
    for place, number in {"US": total[0], **found}.items():
        whole = int(float(str(number)))
        require(whole == float(str(number)) >= 0, file, f"sheet {year}: {place} has {number}")
        counts[place] = whole
    states = sum(number for place, number in counts.items() if place != "US")
    require(states == counts["US"], file, f"sheet {year}: states add up to {states}")
    return counts

"""Mexico's army and navy: fentanyl seized, by way of a compilation of the press.

Left out: everything else in the file. Its rows of the United States are wrong (seizures of FY2023,
26,700 lb, where CBP has 27,023), and treatment and shares by corridor are not what is needed here.
"""

import json
from pathlib import Path

from table import require, table

SERIES = "mexico_national_fentanyl_seizures_kg"
NOTES = {2013: "far above the years after it; not explained"}


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "mexico_seizures" / "time_series.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    require(SERIES in whole, file.name, f"'{SERIES}' is missing")
    found = {int(row["year"]): row["kg"] for row in whole[SERIES]["data"]}
    require(list(found) == list(range(2013, 2025)), file.name, "years are not 2013 to 2024")
    return {
        "mexico.csv": table(
            "Fentanyl seized by the army and navy of Mexico, in a year; gross weight. To be used "
            "with caution: a compilation of the press, without the tables behind it.",
            ("period", "value", "note"),
            ((year, kg, NOTES.get(year, "")) for year, kg in found.items()),
            series="seized_fentanyl_mexico",
            place="MX",
            calendar="year",
            unit="kg",
            source="insight_mexico",
            vintage="2025",
            status="secondary",
        )
    }

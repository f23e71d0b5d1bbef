"""DEA, National Drug Threat Assessment 2025: purity of powder and mg per pill by month.

The charts were digitised by hand by Vangelov et al. (2026), point by point. Shape is good, level is
not quite: months of fiscal year 2023 average 22.5 % where DEA states 19.5 %, and months of 2022
average 2.19 mg a pill where DEA states 2.4. low and high span both readings: the point as read, and
the point moved by that ratio. The error of single points was not published.

Three labels of pills stand twice (September 2020, March and September 2021); the second of each is
the month after it, which is missing otherwise. They say so in a note.

Left out: nothing.
"""

from pathlib import Path

from table import require, table

from upriver.evidence.calendars import month_label

MONTHS = [month_label(y, m) for y in range(2019, 2025) for m in range(1, 13)][:70]
"""January 2019 to October 2024."""

TWICE = ("2020-09", "2021-03", "2021-09")
STATED_PURITY, STATED_MG = 0.195, 2.4
SHARED: dict[str, object] = {"place": "US", "calendar": "month", "vintage": "2026"}


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    folder = raw / "purity_dea"
    purity = _read(folder / "USA_fentanyl_powder_average_purity_time_series.csv")
    pills = _read(folder / "USA_fentanyl_pills_average_purity_time_series.csv")
    percent = [purity[month] for month in MONTHS if "2022-10" <= month <= "2023-09"]
    mg = [pills[month] for month in MONTHS if month.startswith("2022")]
    read_purity, read_mg = sum(percent) / 1200, sum(mg) / 12
    require(abs(read_purity - 0.225) < 5e-4, "powder", f"mean of FY2023 is {read_purity:.4f}")
    require(abs(read_mg - 2.19) < 5e-3, "pills", f"mean of 2022 is {read_mg:.3f}")
    exhibits = {
        kind: _read(folder / f"USA_fentanyl_{kind}_num_of_exhibits.csv")
        for kind in ("powder", "pills")
    }
    moved, raised = STATED_PURITY / read_purity, STATED_MG / read_mg
    return {
        "purity_powder.csv": table(
            "Mean purity of fentanyl powder that DEA laboratories tested, by month of seizure, "
            "read off a chart.\nhigh: as read; low: lowered so that FY2023 has the mean that DEA "
            "states, 19.5 % (read: 22.5 %). A mean of exhibits, not of kilograms.",
            ("period", "value", "low", "high"),
            (
                (m, round(v / 100, 5), round(v / 100 * moved, 5), round(v / 100, 5))
                for m, v in purity.items()
            ),
            series="fentanyl_powder_purity",
            unit="1",
            source="ndta_digitised",
            status="digitised",
            **SHARED,
        ),
        "purity_pills.csv": table(
            "Mean fentanyl in a pill that DEA laboratories tested, by month of seizure, read off a "
            "chart.\nlow: as read; high: raised so that 2022 has the mean that DEA states, 2.4 mg "
            "(read: 2.19).",
            ("period", "value", "low", "high", "note"),
            (
                (m, v, v, round(v * raised, 3), "label mended" if _before(m) in TWICE else "")
                for m, v in pills.items()
            ),
            series="fentanyl_pill_dose",
            unit="mg/pill",
            source="ndta_digitised",
            status="digitised",
            **SHARED,
        ),
        "purity_exhibits.csv": table(
            "Exhibits of fentanyl that DEA laboratories tested, by month of seizure, read off a "
            "chart.",
            ("series", "period", "value"),
            (
                (name, month, int(number))
                for kind, name in (
                    ("powder", "fentanyl_powder_exhibits"),
                    ("pills", "fentanyl_pill_exhibits"),
                )
                for month, number in exhibits[kind].items()
            ),
            unit="sample",
            source="ndta_digitised",
            status="digitised",
            **SHARED,
        ),
    }


def _read(file: Path) -> dict[str, float]:
    """Values by month, in order; of a label that stands twice the second is the next month."""
    found: dict[str, float] = {}
    mended = []
    for line in file.read_text(encoding="utf-8").split():
        label, value = line.split(",")
        month = month_label(*(int(part) for part in label.split("/")))
        if month in found:
            require(month in TWICE, file.name, f"{month} stands twice")
            mended.append(month)
            month = MONTHS[MONTHS.index(month) + 1]
        require(month not in found, file.name, f"{month} stands twice")
        found[month] = float(value)
    require(sorted(found) == MONTHS, file.name, "a month is missing")
    require(mended in ([], list(TWICE)), file.name, f"mended: {mended}")
    return {month: found[month] for month in MONTHS}


def _before(month: str) -> str:
    at = MONTHS.index(month)
    return MONTHS[at - 1] if at else ""

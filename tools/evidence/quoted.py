"""Figures said in texts: China's drug reports, HIDTA, DEA, UNODC, CDC; from the page in each row.

Of each row the file says who published the figure and what page it was read from; the page is the
source here. A page of the publisher, or of its state, gives `stated`; any other `secondary`. The
changes that China states are series of their own: they do not agree with its levels.

Left out: nothing. A change that a note states is a row of its own; of changes on 2019 and 2023 of
methamphetamine in Asia only the note is kept.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from table import columns, require, table

NUMBER = 46
STATUS = {"official": "stated", "publisher": "stated"}
SERIES = {
    "nncc_cases": ("china_cases", "CN", "case", 1),
    "nncc_arrests": ("china_arrests", "CN", "people", 1),
    "nncc_seized_t": ("china_seized", "CN", "tonne", 1),
    "hidta_pills": ("pills_seized_hidta", "US", "pill", 1),
    "hidta_pill_share": ("pill_share_hidta", "US", "1", 100),
    "dea_powder_purity": ("fentanyl_powder_purity_stated", "US", "1", 100),
    "dea_pill_mg": ("fentanyl_pill_dose_stated", "US", "mg/pill", 1),
    "dea_pills_ge_2mg": ("pills_2mg_stated", "US", "1", 100),
    "dea_pills_seized": ("pills_seized_dea", "US", "pill", 1),
    "dea_fentanyl_seized": ("seized_fentanyl_dea", "US", "lb", 1),
    "unodc_myanmar_poppy_ha": ("poppy_myanmar", "MM", "hectare", 1),
    "unodc_myanmar_opium_t": ("opium_myanmar", "MM", "tonne", 1),
    "unodc_ese_asia_meth_t": ("seized_methamphetamine_asia", "Asia", "tonne", 1),
    "cdc_t404_deaths": ("deaths_synthetic_stated", "US", "people", 1),
    "cdc_all_drug_deaths": ("deaths_all_drugs_stated", "US", "people", 1),
}
"""Our series, place, unit, and what the published number is divided by."""

EDITIONS = {
    "dea_powder_purity": "fentanyl_powder_purity_edition",
    "dea_pill_mg": "fentanyl_pill_dose_edition",
}
"""Figures of an edition of the National Drug Threat Assessment, which says no period."""

PAGES = {
    "en.cncnews.cn/news/v_show/79745": ("nncc2019", 2020),
    "newyork.china-consulate.gov.cn/eng/xw/202209/t20220901_10759286.htm": ("nncc2021", 2022),
    "www.china-embassy.org/eng/zggs/202306/t20230627_11104248.htm": ("nncc2022", 2023),
    "us.china-embassy.gov.cn/eng/zggs/202406/t20240620_11438701.htm": ("nncc2023", 2024),
    "www.cppsup.net/news/show.aspx?id=10483": ("nncc2024", 2025),
    "nida.nih.gov/research-topics/fentanyl/fentanyl-infographic": ("hidta2022", 2022),
    "ndews.org/2024/08/19/over-115-million-pills-containing-illicit-fentanyl-seized-by-law-"
    "enforcement-in-2023/": ("hidta2024", 2024),
    "filtermag.org/dea-2025-national-drug-threat-assessment/": ("filter2025", 2025),
    "www.dailyfly.com/2025/12/03/dea-says-fentanyl-purity-dropping-amid-pressure-campaign": (
        "dailyfly2025",
        2025,
    ),
    "rockymountainvoice.com/?p=78246": ("rmv2024", 2024),
    "headlineusa.com/dea-report-finds-fentanyl-purity-falling-but-no-less-dangerous": (
        "headlineusa2025",
        2025,
    ),
    "foxsscientifictechnews.blogspot.com/2019/01/myanmar-opium-cultivation-continues-to.html": (
        "unodc_myanmar2018",
        2019,
    ),
    "addictionjournal.org/posts/opium-cultivation-down-in-myanmar": ("unodc_myanmar2019", 2020),
    "read-me.org/more-global-crime/tag/opium+cultivation": ("unodc_myanmar2024", 2024),
    "forextv.com/top-news/myanmar-becomes-worlds-biggest-producer-of-opium-overtaking-"
    "afghanistan/": ("unodc_myanmar2023", 2023),
    "e.vnexpress.net/news/news/vietnam-sees-6-fold-increase-in-number-of-synthetic-drug-users-un-"
    "report-4292514.html": ("unodc_asia2021", 2021),
    "www.devdiscourse.com/article/headlines/2054928-asias-synthetic-drug-trade-booms-with-record-"
    "meth-seizures": ("unodc_asia2022", 2022),
    "mynewswave.com/methamphetamine-trafficking-surges-from-golden-triangle-regiontraffic_"
    "sourcerss": ("unodc_asia2025", 2025),
    "whitehouse.gov releases 2026-07-13 (raw/cooperation_events)": ("whitehouse2026", 2026),
}
"""Key and year of the page that a figure was read from."""

FIELDS = ("series", "period", "value", "page", "page_kind", "note")
Row = tuple[str, str, str, str, float, str, str, int, str, str]


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "quoted" / "quoted_figures.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    columns(found[0], FIELDS, file.name)
    require(len(found) == NUMBER, file.name, f"{len(found)} figures, not {NUMBER}")
    rows = [made for row in found for made in _rows(row, file.name)]
    names = [series for series, *_ in SERIES.values()]
    order = {name: i for i, name in enumerate([*names, *EDITIONS.values()])}
    rows.sort(key=lambda row: (order.get(row[0].removesuffix("_change"), 99), row[0], row[3]))
    return {
        "quoted.csv": table(
            "Figures said in a text, without a table behind them. The source is the page that was "
            "read; stated: a page of the publisher or of its state, secondary: any other.\n"
            "China (CN): levels as stated, and changes on the year before as stated, apart: "
            "they do not agree.\n"
            "Of a series that ends in _edition, the year is that of the National Drug Threat "
            "Assessment; what period it describes was not stated.",
            (
                "series",
                "place",
                "calendar",
                "period",
                "value",
                "unit",
                "source",
                "vintage",
                "status",
                "note",
            ),
            rows,
        )
    }


def _rows(row: dict[str, str], file: str) -> Iterator[Row]:
    require(row["series"] in SERIES, file, f"series '{row['series']}' is new")
    require(row["page"] in PAGES, file, f"page '{row['page']}' is new")
    name, place, unit, divisor = SERIES[row["series"]]
    calendar, label, note = _period(row)
    if row["period"].startswith("NDTA"):
        name = EDITIONS[row["series"]]
    value = round(float(row["value"]) / divisor, 6)
    source, vintage = PAGES[row["page"]]
    status = STATUS.get(row["page_kind"], "secondary")
    change = re.fullmatch(r"stated change ([+-][\d.]+)%", row["note"])
    rest = "" if change else row["note"]
    if "provisional" in row["unit"]:
        rest = "provisional"
    note = "; ".join(part for part in (note, rest) if part)
    yield name, place, calendar, label, value, unit, source, vintage, status, note
    if change:
        share = round(float(change[1]) / 100, 4)
        implied = value / (1 + share)
        before = f"implies {implied:,.{1 if implied < 1000 else 0}f} in {int(label) - 1}"
        yield f"{name}_change", place, calendar, label, share, "1", source, vintage, status, before


def _period(row: dict[str, str]) -> tuple[str, str, str]:
    """Calendar, label and what there is to say of it."""
    text = row["period"]
    if text == "2025 to 1 Dec":
        return "year", "2025", "to 1 December"
    if text.startswith("FY"):
        return "fiscal year", text, ""
    if text.startswith("NDTA"):
        return "year", text.removeprefix("NDTA"), ""
    require(re.fullmatch(r"20\d\d", text) is not None, "quoted_figures.csv", f"period '{text}'")
    return "year", text, ""

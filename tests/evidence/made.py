"""Small files as publishers would send them, made here."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence

from server import Answer, Request

from upriver.evidence.places import MONTHS, NEW_YORK_CITY, STATES
from upriver.evidence.sources.cbp import DRUGS
from upriver.evidence.sources.cbp_offices import (
    AIR_AND_MARINE,
    AT_TIMES,
    COMPONENTS,
    REGIONS,
    STEADY,
)

VSRR_HEADER = (
    "state,year,month,period,indicator,data_value,percent_complete,percent_pending_investigation,"
    "state_name,footnote,footnote_symbol,predicted_value"
)
TOTAL = "Number of Drug Overdose Deaths"
SYNTHETIC = '"Synthetic opioids, excl. methadone (T40.4)"'


def vsrr_rows(months: int = 2, base: int = 100) -> list[str]:
    """Rows of every jurisdiction for the first months of 2024, deaths of all drugs."""
    return [
        f"{place},2024,{month},12 month-ending,{TOTAL},{base + at},100,0.1,{place},,**,"
        f"{base + at + 3}"
        for place in ("US", *STATES, NEW_YORK_CITY)
        for at, month in enumerate(MONTHS[:months])
    ]


def vsrr(months: int = 2, base: int = 100) -> str:
    return "\n".join([VSRR_HEADER, *vsrr_rows(months, base)]) + "\n"


def socrata(text: str, change: Callable[[Request, str], str | Answer] | None = None):
    """A script that counts and pages the rows of a CSV; `change` may alter what a page says."""
    header, *rows = text.splitlines()

    def answer(request: Request) -> Answer:
        if "$select" in request.query:
            return Answer(f'"rows"\n"{len(rows)}"\n'.encode())
        start, most = int(request.query["$offset"]), int(request.query["$limit"])
        page = "\n".join([header, *rows[start : start + most]]) + "\n"
        changed = change(request, page) if change else page
        return changed if isinstance(changed, Answer) else Answer(changed.encode())

    return answer


CBP_HEADER = (
    "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,"
    "Count of Event,Sum Qty (lbs)"
)


def cbp(*rows: str) -> str:
    return "\n".join([CBP_HEADER, *rows]) + "\n"


def cbp_row(
    fy: str = "2024",
    month: str = "OCT",
    pounds: str = "10.5",
    drug: str = "Fentanyl",
    area: str = "LAREDO FIELD OFFICE",
    component: str = "Office of Field Operations",
    region: str = "Southwest Border",
    land: str = "Land Only",
) -> str:
    return f"{fy},{month},{component},{region},{land},{area},{drug},2,{pounds}"


def cbp_offices(air: bool = False) -> list[tuple[str, str, str, str]]:
    """Every office of the publisher: component, region, land filter and name."""
    components = {short: long for long, short in COMPONENTS.items()}
    regions = {short: long for long, short in REGIONS.items()}
    found = []
    for short, component in components.items():
        ending = {"OFO": " FIELD OFFICE", "USBP": " SECTOR", "AMO": " AND MARINE BRANCH"}[short]
        for region, words in regions.items():
            for name in (*STEADY[short][region], *AT_TIMES[short][region]):
                lands = ["Other"] if region == "interior" else ["Land Only"]
                if short == "OFO" and region != "interior":
                    lands.append("Other")
                found += [(component, words, land, name + ending) for land in lands]
    return [office for office in found if (office[0] == AIR_AND_MARINE) == air]


def cbp_whole(
    months: Sequence[str] = ("OCT", "NOV", "DEC"),
    drugs: Sequence[str] = tuple(DRUGS),
    air: bool = False,
    fy: str = "2024",
) -> str:
    """A file in which every office reports 1 pound of each drug in each month."""
    rows = [
        cbp_row(fy, month, "1", drug, area, component, region, land)
        for component, region, land, area in cbp_offices(air)
        for month in months
        for drug in drugs
    ]
    text = cbp(*rows)
    return text.replace("Area of Responsibility", "Branch") if air else text


NFLIS_HEADER = (
    "LABTYPE,RPTAGGR,YYYY,PERIOD,DRUG_REPORTS,QUERY_RUN_DATE,SUBSTANCE_ID,SUBSTANCE_DESCRIPTION,"
    "BASE_ID,BASE_DESCRIPTION,DRUG_CATEGORY_CODE,DRUG_CATEGORY_DESCRIPTION,STATE,STATE_LONG_NAME,"
    "STATE_FIPS"
)
HALVES = ("SA1 (JAN - JUN)", "SA2 (JUL - DEC)")
SUBSTANCES = {
    "1504": "Fentanyl",
    "1505": "Fentanyl",
    "2408": "Fentanyl",
    "3340": "Acetyl fentanyl",
    "2401": "Carfentanil",
    "3341": "4-ANPP",
}


def nflis_row(
    state: str = "OH",
    period: str = HALVES[0],
    year: str = "2022",
    substance: str = "1504",
    reports: str = "1",
    laboratories: str = "Local/Municipal,State,Federal,Private",
    ran: str = "2025-08-10 18:30:22",
) -> str:
    base = SUBSTANCES[substance]
    return (
        f'"{laboratories}",DrugReport  ,{year},{period},{reports},{ran},{substance},{base.upper()},'
        f"{substance},{base},33,Fentanyl and Fentanyl-related,{state},{state},1"
    )


def nflis(*rows: str) -> str:
    return "\n".join([NFLIS_HEADER, *rows]) + "\n"


def nflis_rows(yearly: bool = False, places: Sequence[str] = (*STATES, "PR")) -> list[str]:
    """One report of each of six substances in each state, by half-year of 2022 or by year."""
    return [
        nflis_row(place, period, substance=substance)
        for place in places
        for period in (("2022",) if yearly else HALVES)
        for substance in SUBSTANCES
    ]


def wonder(rows: str, ucd: str | None = None, *extra: str, header: str | None = None) -> str:
    """An export of CDC WONDER by year; `ucd` is its line on underlying causes."""
    every = (
        "UCD - Drug/Alcohol Induced Causes: Drug poisonings (overdose) Unintentional (X40-X44); "
        "Drug poisonings (overdose) Suicide (X60-X64); Drug poisonings (overdose) Homicide (X85); "
        "Drug poisonings (overdose) Undetermined (Y10-Y14)"
    )
    notes = [
        "---",
        "Dataset: Multiple Cause of Death, 1999-2020",
        "Query Parameters:",
        *extra,
        *([every] if ucd is None else [ucd] if ucd else []),
        "Group By: Year",
        "Show Totals: Disabled",
        "---",
        "Query Date: Jun 22, 2022 8:24:09 PM",
        "---",
    ]
    head = header or '"Notes"\t"Year"\t"Year Code"\tDeaths\tPopulation\tCrude Rate'
    return "\r\n".join([head, rows.strip("\n"), *(f'"{line}"' for line in notes)]) + "\r\n"


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


PHAC_HEADER = (
    "Substance,Source,Specific_Measure,Region,PRUID,Time_Period,Year_Quarter,Aggregator,"
    "Disaggregator,Unit,Value"
)


def phac(*values: str) -> str:
    rows = [
        f"Opioids,Deaths,Overall numbers,Canada,1,By year,{2016 + at},,,Number,{value}"
        for at, value in enumerate(values)
    ]
    return "\n".join([PHAC_HEADER, *rows]) + "\n"


def xlsx(
    sheets: dict[str, list[list[object]]], merged: dict[str, list[str]] | None = None
) -> bytes:
    """A workbook with inline text, written by hand."""
    out = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _types(len(names)))
        book.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>'
            for at, name in enumerate(names, 1)
        )
        book.writestr(
            "xl/workbook.xml", f"<workbook {_SPACES}><sheets>{listed}</sheets></workbook>"
        )
        targets = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
        book.writestr("xl/_rels/workbook.xml.rels", _relations(targets))
        for at, name in enumerate(names, 1):
            ranges = (merged or {}).get(name, [])
            book.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(sheets[name], ranges))
    return out.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'


def _types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}.worksheet+xml"/>'
        for at in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f"{sheets}</Types>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(rows: list[list[object]], merged: list[str]) -> str:
    out = io.StringIO()
    out.write(f"<worksheet {_SPACES}><sheetData>")
    for number, cells in enumerate(rows, 1):
        out.write(f'<row r="{number}">')
        for at, cell in enumerate(cells):
            where = f"{_letters(at)}{number}"
            if isinstance(cell, int | float):
                out.write(f'<c r="{where}"><v>{cell}</v></c>')
            elif cell is not None:
                text = str(cell).replace("&", "&amp;").replace("<", "&lt;")
                out.write(f'<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>')
        out.write("</row>")
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    out.write(f"</sheetData>{f'<mergeCells>{ranges}</mergeCells>' if ranges else ''}</worksheet>")
    return out.getvalue()


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)


def pit(year: int = 2023, **changes: object) -> list[list[object]]:
    """A sheet of HUD's workbook; `changes` replaces the count of a state."""
    counts: dict[str, object] = dict.fromkeys(STATES, 10) | changes
    rows: list[list[object]] = [
        ["State", "Number of CoCs", "Overall Homeless", "Unsheltered Homeless"],
        *[[place, 1, count, 4] for place, count in counts.items()],
    ]
    total = sum(count for count in counts.values() if isinstance(count, int))
    return [*rows, ["Total", 51, total, 4 * len(counts)], ["*a note below", "", "", ""]]


def table(text: str, delimiter: str) -> str:
    """CSV with another delimiter."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()

"""The exports that are mutated, second part: Canada, trade, workbooks, charts."""

from exports import of_period
from made import PHAC_HEADER, phac, pit
from mutants import (
    Export,
    Table,
    footnotes,
    harmless_sheet,
    harmless_text,
    in_json,
    in_sheets,
    splits_and_filters,
)

from upriver.evidence.places import STATES
from upriver.evidence.sources.comtrade import SPLITS as TRADE_SPLITS
from upriver.evidence.sources.phac import PROVINCES


def phac_harms() -> Export:
    """Canada's own row, by year, and one province."""
    rows = phac("2832", "3928").splitlines()[1:]
    rows += [row.replace("Canada,1", "Ontario,35").replace("2832", "867") for row in rows[:1]]
    text = "\n".join([PHAC_HEADER, *rows]) + "\n"
    whole = {
        ("deaths_opioids", "Canada", "2016"): 2832.0,
        ("deaths_opioids", "Canada", "2017"): 3928,
    }
    export, table = Export("phac", "SubstanceHarmsData.csv", text, whole), Table.of(text)
    export.harm("without Canada", table.without(Region="Canada"))
    for place in (*list(PROVINCES)[:4], "Territories", "Winnipeg, Manitoba"):
        export.harm(f"{place}, not Canada", table.changed("Region", "Canada", place))
    for measure in ("Sex", "Age group", "Manner of death", "Type of opioids", "Intent"):
        changed = table.changed("Specific_Measure", "Overall numbers", measure)
        export.harm(measure, changed)
    for cell in ("Female", "Male", "Accidental", "Fentanyl", "20 to 29 years"):
        export.harm(f"of {cell}", table.changed("Disaggregator", "", cell))
    for months in ("Jan to Mar", "Jan to Jun", "Jan to Sep", "Apr to Dec"):
        label = f"2017 ({months})"
        export.harm(label, table.changed("Year_Quarter", "2017", label), of_period("2017"))
    for label in ("2017 Q1", "2017/18", "2017-18", "FY2017", "2017 (provisional)"):
        export.harm(label, table.changed("Year_Quarter", "2017", label), of_period("2017"))
    export.harm("by quarter", table.changed("Time_Period", "By year", "By quarter"))
    export.harm("stimulants", table.changed("Substance", "Opioids", "Stimulants"))
    export.harm("stays in hospital", table.changed("Source", "Deaths", "Hospitalizations"))
    for code in ("-1", "-2", "Suppr.", "n/a"):
        export.harm(f"the code {code}", table.changed("Value", "3928", code), of_period("2017"))
    older = Table.of(table.plus("Type_Event", "Total apparent opioid toxicity deaths", 3))
    for event in ("Accidental apparent opioid toxicity deaths", "Intentional"):
        whole_event = "Total apparent opioid toxicity deaths"
        export.harm(event, older.changed("Type_Event", whole_event, event))
    splits_and_filters(export, table)
    harmless_text(export, table, ("PRUID", "Aggregator", "Disaggregator"))
    footnotes(export, table)
    export.spare("an older edition", older.text())
    export.spare("a new substance", text + rows[0].replace("Opioids", "Nitazenes") + "\n")
    export.spare("a new unit", text + rows[0].replace("Number", "Days") + "\n")
    return export


def phac_indicator() -> Export:
    """The indicator's file: rates of both sexes, and of each."""
    rows = [("2022", "", "", "", "18.6"), ("2023", "", "", "", "20.1")]
    rows += [(year, "", sex, "", "9.9") for year in ("2022", "2023") for sex in ("Female", "Male")]
    header = ["Year", "Geography", "Sex", "GeoCode", "Value"]
    table = Table(header, [list(row) for row in rows])
    rates = {"2022": 18.6, "2023": 20.1}
    whole = {("death_rate_opioids", "Canada", year): rate for year, rate in rates.items()}
    export = Export("phac", "indicator.csv", table.text(), whole)
    for sex in ("Female", "Male"):
        export.harm(f"{sex} alone", table.only(Sex=sex))
        export.harm(f"{sex} for both", table.changed("Sex", "", sex))
    export.harm("without the column Sex", table.less("Sex"))
    for place in ("Ontario", "Vancouver", "Canada (selected)"):
        export.harm(place, table.changed("Geography", "", place))
    for label in ("2023/24", "FY2023", "2023 (Jan to Jun)", "2023 Q1"):
        export.harm(label, table.changed("Year", "2023", label), of_period("2023"))
    harmless_text(export, table, ("GeoCode",))
    export.harmless[:] = [one for one in export.harmless if one[0] != "a column Sex of all"]
    return export


TRADE = {
    "typeCode": "C",
    "freqCode": "A",
    "period": "2023",
    "reporterCode": 156,
    "partnerCode": 0,
    "partner2Code": 0,
    "customsCode": "C00",
    "motCode": 0,
    "mosCode": "0",
    "flowCode": "X",
    "cmdCode": "293336",
    "primaryValue": 12.5,
    "netWgt": None,
}


def comtrade() -> Export:
    """Exports of China to the world, and to one partner."""
    rows: list[dict[str, object]] = [TRADE, TRADE | {"partnerCode": 842, "primaryValue": 5.0}]
    whole = {("trade_exports_293336", "156", "2023"): 12.5}
    export = Export("comtrade", "2023.json", in_json(rows), whole)
    export.harm("without the world", in_json(rows[1:]))
    other = {"typeCode": "S", "freqCode": "M", "customsCode": "C01"}
    for name in TRADE_SPLITS:
        export.harm(f"split by {name}", in_json([TRADE | {name: other.get(name, 2100)}]))
        part = TRADE | {name: other.get(name, 842)}
        export.harm(f"parts by {name}", in_json([part, part | {"primaryValue": 7.5}]))
    for partner in (842, 484, 899):
        export.harm(f"partner {partner}", in_json([TRADE | {"partnerCode": partner}]))
    for period in ("202301", "2023Q1", "2022/23", "FY2023", "23"):
        export.harm(f"the period {period}", in_json([TRADE | {"period": period}]))
    for flow in ("RX", "RM", "DX", "M"):
        export.harm(f"the flow {flow}", in_json([TRADE | {"flowCode": flow}]))
    export.harm("more rows than came", in_json(rows, count=3))
    export.harm("full", in_json([*rows, *[rows[1]] * 498]))
    export.harm("the former interface", '{"dataset": [{"yr": 2023, "TradeValue": 12}]}')
    export.harm("a broken answer", in_json(rows)[:-9])
    export.harm("a huge number", in_json(rows).replace("12.5", "9" * 400))
    export.spare("rows shuffled", in_json(rows[::-1]))
    export.spare("fields the other way round", in_json([dict(list(TRADE.items())[::-1])]))
    export.spare("a new field", in_json([row | {"isReported": True} for row in rows]))
    export.spare("a mark of its encoding", "\ufeff" + in_json(rows))
    export.spare("line ends of Windows", in_json(rows).replace(", ", ",\r\n"))
    slim = [{k: v for k, v in row.items() if k not in ("netWgt", "mosCode")} for row in rows]
    export.spare("without the weight", in_json(slim))
    return export


def hud_pit() -> Export:
    """The publisher's own total in two years."""
    rows = pit()
    sheets = {"2022": pit(OH=20), "2023": rows}
    whole = {("homeless", "US", "2022"): 520.0, ("homeless", "US", "2023"): 510.0}
    export = Export("hud_pit", "pit.xlsx", in_sheets(sheets), whole)
    of_2023 = of_period("2023")

    def changed(name: str, other: list[list[object]]) -> None:
        export.harm(name, in_sheets(sheets | {"2023": other}), of_2023)

    for state in STATES:
        rest = [row for row in rows if row[0] != state]
        changed(f"without {state}", rest)
        if state in ("CA", "DC", "OH", "WY"):
            total = [["Total", 50, 500, 200] if row[0] == "Total" else row for row in rest]
            changed(f"without {state}, added up again", total)
    changed("without the total", [row for row in rows if row[0] != "Total"])
    for total in (0, 255, 509, 9_999):
        wrong = [["Total", 51, total, 204] if row[0] == "Total" else row for row in rows]
        changed(f"a total of {total}", wrong)
    for title in ("Overall Homeless - Veterans", "Overall Homeless, 2022", "Homeless"):
        changed(f"a column {title}", [["State", "Number of CoCs", title, "Unsheltered"], *rows[1:]])
    for title, cell in (("County", "Adams"), ("Gender", "Female"), ("Age", "Under 18")):
        changed(f"a column {title}", [[*rows[0], title], *[[*row, cell] for row in rows[1:]]])
    parts = [
        "State",
        "CoCs",
        "Overall Homeless",
        "Sheltered Total Homeless",
        "Unsheltered Homeless",
    ]
    changed("parts do not add up", [parts, *[[r[0], 1, r[2], 1, r[3]] for r in rows[1:]]])
    for name in ("FY2023", "2023 Q1", "Jan 2023", "2022-2023"):
        export.harm(f"a sheet {name}", in_sheets({"2022": sheets["2022"], name: rows}), of_2023)
    changed("empty", [])
    changed("coalitions, not states", [["CoC", *rows[0][1:]], *rows[1:]])
    export.spare("an empty sheet", in_sheets(sheets | {"2021": []}))
    export.spare("a sheet of notes", in_sheets(sheets | {"Notes": [["x", 1]]}))
    export.spare("a sheet in front", in_sheets({"Read me": [["x", 1]]} | sheets))
    export.spare("a broken sheet", in_sheets(sheets | {"2020": rows[:20]}))
    export.spare("a title", in_sheets(sheets | {"2023": [["Counts by state"], *rows]}))
    export.spare(
        "a strange row", in_sheets(sheets | {"2023": [*rows[:3], ["x", 1, 1, 1], *rows[3:]]})
    )
    export.spare(
        "states shuffled", in_sheets(sheets | {"2023": [rows[0], *rows[-3:0:-1], *rows[-2:]]})
    )
    turned = [[*row, *[""] * (4 - len(row))][::-1] for row in rows]
    export.spare("columns turned", in_sheets(sheets | {"2023": turned}))
    years = [[f"{c}, 2023" if at > 1 else c for at, c in enumerate(rows[0])], *rows[1:]]
    export.spare("years in titles", in_sheets(sheets | {"2023": years}))
    veterans = [[*rows[0], "Overall Homeless - Age 18 to 24"], *[[*row, 1] for row in rows[1:]]]
    export.spare("a column of one age", in_sheets(sheets | {"2023": veterans}))
    return export


UNODC_HEADER: list[object] = [
    *("Region", "SubRegion", "Country", "DrugGroup", "DrugSubGroup", "DrugName"),
    *("Reference year", "Kilograms", "msCode"),
]


def unodc() -> Export:
    """Fentanyl of Mexico in two years; a drug may stand in two rows."""
    place: list[object] = ["Americas", "North America", "Mexico", "Opioids", "x", "Fentanyl"]
    rows = [
        UNODC_HEADER,
        [*place, 2021, 2.5, "MEX"],
        [*place, 2022, 3.5, "MEX"],
        [*place, 2022, 1.5, "MEX"],
    ]
    whole = {("fentanyl_seized", "MEX", "2021"): 2.5, ("fentanyl_seized", "MEX", "2022"): 5.0}
    export = Export("unodc", "seizures.xlsx", in_sheets({"Export": rows}), whole)
    of_2022 = of_period("2022")

    def changed(name: str, at: int, cell: object, harms=of_2022) -> None:
        other = [[*row[:at], cell, *row[at + 1 :]] if row is rows[3] else row for row in rows]
        export.harm(name, in_sheets({"Export": other}), harms)

    for cell in ("", "n.d.", "withheld", -1):
        changed(f"the quantity {cell}", 7, cell)
    for year in ("2022/23", "FY2022", "", "2022 Q1", "Jan-Jun 2022"):
        changed(f"the year {year}", 6, year)
    changed("a country of two letters", 8, "MX")
    for title in ("Litres", "Units", "Kilograms (net)"):
        header = [title if cell == "Kilograms" else cell for cell in UNODC_HEADER]
        export.harm(title, in_sheets({"Export": [header, *rows[1:]]}))
    for title, cell in (("County", "Sinaloa"), ("Sex", "Female"), ("Quarter", "Q1")):
        wide = [[*row, title if row is rows[0] else cell] for row in rows]
        export.harm(f"a column {title}", in_sheets({"Export": wide}))
    for line in ("Filter: DrugSubGroup is x", "Only seizures at ports", "Excluding small seizures"):
        export.harm(f"above: {line}", in_sheets({"Export": [[line], *rows]}))
        export.harm(f"below: {line}", in_sheets({"Export": [*rows, [line]]}))
    harmless_sheet(export, "Export", rows)
    for title in ("Region", "SubRegion", "Country", "DrugGroup", "DrugSubGroup"):
        at = UNODC_HEADER.index(title)
        less = [[*row[:at], *row[at + 1 :]] for row in rows]
        export.spare(f"without {title}", in_sheets({"Export": less}))
    odd = [*place[:5], "Sage", "?", "n.d.", "MEX"]
    export.spare("a broken row of another drug", in_sheets({"Export": [*rows, odd]}))
    export.spare("a note", in_sheets({"Export": [*rows, ["* as reported by governments"]]}))
    text = [[str(cell) for cell in row] for row in rows]
    export.spare("numbers as text", in_sheets({"Export": text}))
    return export


def dea_purity() -> Export:
    """A value of each month of one year."""
    months = [f"2019-{month:02d}" for month in range(1, 13)]
    values = {label: 1.5 + at / 10 for at, label in enumerate(months)}
    rows = [[label.replace("-", "/"), f"{value:.2f}"] for label, value in values.items()]
    whole = {("fentanyl_pill_dose", "US", at): value for at, value in values.items()}
    text = "".join(",".join(row) + "\n" for row in rows)
    export = Export("dea_purity", "pills_purity.csv", text, whole)

    def joined(some: list[list[str]]) -> str:
        return "".join(",".join(row) + "\n" for row in some)

    for step in (2, 3, 4):
        export.harm(f"every {step} months", joined(rows[::step]))
    quarters = [[f"2019/Q{at + 1}", row[1]] for at, row in enumerate(rows[:4])]
    export.harm("quarters", joined(quarters))
    export.harm("years", joined([[f"{2019 + at}", row[1]] for at, row in enumerate(rows[:4])]))
    export.harm("fiscal years", joined([[f"FY{2019 + at}", "2"] for at in range(4)]))
    export.harm("day by day", joined([[f"{row[0]}/01", row[1]] for row in rows]))
    for at, label in enumerate(months):
        export.harm(f"without {label}", joined([*rows[:at], *rows[at + 1 :]]), of_period(label))
    export.harm("by state", joined([[*row, "OH"] for row in rows]))
    export.harm("a month twice", joined([*rows, rows[3]]))
    export.spare("a mark of its encoding", "\ufeff" + text)
    export.spare("line ends of Windows", text.replace("\n", "\r\n"))
    export.spare("blank lines", text.replace("\n", "\n\n"))
    export.spare("spaces", text.replace(",", " , "))
    export.spare("rows the other way round", joined(rows[::-1]))
    return export

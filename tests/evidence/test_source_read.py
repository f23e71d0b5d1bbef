"""A file that is not as its publisher's format says is refused in one line that says where."""

import json

import pytest
from made import (
    cbp,
    cbp_row,
    nflis,
    nflis_row,
    phac,
    pit,
    vsrr,
    wonder,
    xlsx,
    zipped,
)

from upriver.core.errors import InputError
from upriver.evidence.sources import (
    cbp as cbp_source,
)
from upriver.evidence.sources import (
    cdc_vsrr,
    cdc_wonder,
    comtrade,
    dea_purity,
    hud_pit,
    unodc,
)
from upriver.evidence.sources import (
    nflis as nflis_source,
)
from upriver.evidence.sources import (
    phac as phac_source,
)


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def written(name, content):
        mode = "w" if isinstance(content, str) else "wb"
        with open(
            name, mode, **({"newline": "", "encoding": "utf-8"} if mode == "w" else {})
        ) as file:
            file.write(content)
        return name

    return written


def problem(read, *paths, **options):
    with pytest.raises(InputError) as caught:
        read(*paths, **options)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(paths[-1])
    return line


# CDC WONDER

YEARS = '\t"2020"\t"2020"\t91799\t329484123\t27.9\n\t"2021"\t"2021"\t106699\t331893745\t32.1'
ICD = (
    "UCD - ICD-10 Codes: X40 (Accidental poisoning); X41; X42; X43; X44; X60; X61; X62; X63; X64; "
    "X85 (Assault by drugs); Y10; Y11; Y12; Y13; Y14 (Poisoning, undetermined intent)"
)
T404 = "MCD - ICD-10 Codes: T40.4 (Other synthetic narcotics)"


@pytest.mark.parametrize("ucd", [None, ICD])
def test_an_export_with_the_overdose_filter_is_read(write, ucd):
    records = cdc_wonder.read(write("w.txt", wonder(YEARS, ucd))).parsed()
    assert records["deaths_all_drugs", "US"].at("2021") == 106_699
    assert records["deaths_all_drugs", "US"].vintages == ("2022-06-22",) * 2


def test_a_filter_that_goes_on_in_the_next_line_is_read(write):
    text = wonder(YEARS, ICD).replace("; X60;", ';"\r\n"X60;')
    assert cdc_wonder.read(write("w.txt", text)).parsed()


def test_the_drug_codes_name_the_series(write):
    records = cdc_wonder.read(write("w.txt", wonder(YEARS, ICD, T404))).parsed()
    assert list(records) == [("deaths_synthetic", "US")]


def test_states_suppressed_cells_and_totals_are_read(write):
    rows = (
        '\t"Alabama"\t"01"\t"2020"\t"2020"\tSuppressed\t4\tUnreliable\n'
        '\t"Alaska"\t"02"\t"2020 "\t"2020"\t450\t4\t9.1\n'
        '"Total"\t"Alaska"\t"02"\t""\t""\t450\t4\t9.1'
    )
    head = '"Notes"\t"State"\t"State Code"\t"Year"\t"Year Code"\tDeaths\tPopulation\tCrude Rate'
    reading = cdc_wonder.read(write("w.txt", wonder(rows, header=head)))
    records = reading.parsed()
    assert records["deaths_all_drugs", "AL"].statuses == ("suppressed",)
    assert records["deaths_all_drugs", "AK"].at("2020") == 450


def test_months_are_records_of_their_own(write):
    rows = '\t"Jan., 2021 (provisional)"\t"2021/01"\t8000\tNot Applicable\tNot Applicable'
    head = '"Notes"\t"Month"\t"Month Code"\tDeaths\tPopulation\tCrude Rate'
    record = cdc_wonder.read(write("w.txt", wonder(rows, header=head))).parsed()
    found = record["deaths_all_drugs_by_month", "US"]
    assert found.labels == ("2021-01",)
    assert found.notes == ("provisional",)


def test_an_export_with_commas_is_read(write):
    text = wonder(YEARS).replace("\t", ",")
    assert cdc_wonder.read(write("w.csv", text)).parsed()


WONDER = {
    "no filter": (wonder(YEARS, ""), "without the overdose filter, found no underlying cause"),
    "drug codes alone": (wonder(YEARS, "", T404), "without the overdose filter"),
    "every drug-induced cause": (
        wonder(YEARS, "UCD - Drug/Alcohol Induced Causes: Drug-induced causes"),
        "without the overdose filter",
    ),
    "accidents alone": (wonder(YEARS, "UCD - ICD-10 Codes: X40-X44 (a)"), "found X40, X41, X42"),
    "alcohol too": (wonder(YEARS, ICD.replace("X85", "X65; X85")), "X64, X65, X85"),
    "no notes": (wonder(YEARS).split('"---"')[0], "has no notes below its table"),
    "no date": (wonder(YEARS).replace("Query Date", "Date"), "has no 'Query Date'"),
    "women alone": (
        wonder(YEARS, None, "Gender: Female"),
        "is not of all people, found 'gender: Female'",
    ),
    "one age": (wonder(YEARS, None, "Ten-Year Age Groups: 25-34 years"), "is not of all people"),
    "two boxes of drugs": (
        wonder(YEARS, None, T404, "MCD - ICD-10 Codes: AND", T404.replace("T40.4", "T40.5")),
        "drugs that we have no name for",
    ),
    "some states": (wonder(YEARS, None, "States: Ohio (39)"), "is of some states"),
    "by county": (
        wonder(YEARS, header='"Notes"\t"County"\t"County Code"\tDeaths\tPopulation\tCrude Rate'),
        "is grouped by 'County', which we do not add up",
    ),
    "by nothing": (
        wonder("\t91799\t1\t2", header='"Notes"\tDeaths\tPopulation\tCrude Rate'),
        "is not grouped by Year or Month",
    ),
    "a year twice": (
        wonder(YEARS.replace("2021", "2020")),
        "'2020' is there twice, first in line 2",
    ),
    "broken counts": (
        wonder(YEARS.replace("91799", "x").replace("106699", "y")),
        "line 2: column 'deaths'",
    ),
    "another file": ("State,Deaths\nOhio,5\n", "it has no column 'Notes'"),
}


@pytest.mark.parametrize("name", WONDER)
def test_an_export_that_counts_something_else_is_refused(write, name):
    text, says = WONDER[name]
    assert says in problem(cdc_wonder.read, write("w.txt", text))


# CBP


SOUTHWEST = ("seized_fentanyl", "US:southwest/OFO")


def test_of_files_that_overlap_the_newest_wins_whatever_their_order(write):
    old = write("old.csv", cbp(cbp_row(pounds="10"), cbp_row(month="NOV", pounds="5")))
    rows = (cbp_row(month="NOV", pounds="7"), cbp_row(month="DEC", pounds="1"))
    new = write("new.csv", cbp(*rows))
    for files in ((old, new), (new, old)):
        record = cbp_source.read(*files).parsed()[SOUTHWEST]
        assert record.labels == ("2023-10", "2023-11", "2023-12")
        assert record.values.tolist() == [10, 7, 1]


def test_a_row_that_a_revision_takes_back_is_gone(write):
    old = write("old.csv", cbp(cbp_row(), cbp_row(area="TUCSON FIELD OFFICE", pounds="90")))
    new = write("new.csv", cbp(cbp_row(), cbp_row(month="NOV")))
    assert cbp_source.read(old, new).parsed()[SOUTHWEST].at("2023-10") == 10.5


def test_a_month_with_other_drugs_of_an_office_is_a_zero(write):
    path = write("a.csv", cbp(cbp_row(), cbp_row(month="NOV", drug="Heroin")))
    assert cbp_source.read(path).parsed()[SOUTHWEST].values.tolist() == [10.5, 0]


def test_the_year_to_date_is_a_fiscal_year(write):
    path = write("a.csv", cbp(cbp_row("2026 (FYTD)", "OCT")))
    assert cbp_source.read(path).parsed()[SOUTHWEST].labels == ("2025-10",)


def test_a_new_drug_does_not_lose_the_others(write):
    reading = cbp_source.read(write("a.csv", cbp(cbp_row(), cbp_row(drug="Xylazine"))))
    assert reading.parsed()[SOUTHWEST].at("2023-10") == 10.5
    said = "Line 3 was left out: column 'drug_type' is not known, found 'Xylazine'."
    assert said in reading.remarks


CBP = {
    "a year of words": (
        cbp(cbp_row("FY24")),
        "line 2: column 'fy' is no fiscal year, found 'FY24'",
    ),
    "a month of words": (cbp(cbp_row(month="October")), "line 2: column 'month_abbv' is not known"),
    "new drugs alone": (cbp(cbp_row(drug="Xylazine")), "line 2: column 'drug_type' is not known"),
    "a new component": (cbp(cbp_row(component="HSI")), "line 2: column 'component' is not known"),
    "no number": (cbp(cbp_row(pounds="ten")), "line 2: column 'sum_qty_lbs' should be a number"),
    "less than nothing": (
        cbp(cbp_row(pounds="-4")),
        "line 2: column 'sum_qty_lbs' is out of bounds",
    ),
    "too much": (cbp(cbp_row(pounds="1e9")), "0 to 10 million"),
    "a row twice": (cbp(cbp_row(), cbp_row()), "line 3: '2024, OCT"),
    "kilograms": (cbp(cbp_row()).replace("(lbs)", "(kg)"), "column 'sum_qty_lbs' is missing"),
    "no rows": (cbp(), "has a header and no rows"),
    "a component among others": (
        cbp(cbp_row(), cbp_row(component="Air and Marine Operations")),
        "holds Air and Marine Operations beside others",
    ),
}


@pytest.mark.parametrize("name", CBP)
def test_a_seizure_file_that_changed_is_refused(write, name):
    text, says = CBP[name]
    assert says in problem(cbp_source.read, write("a.csv", text))


# NFLIS


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("DRUG_REPORTS", "REPORTS", "column 'drug_reports' is missing"),
        ("SA1 (JAN - JUN)", "Q1", "line 2: column 'period' is not known, found 'Q1'"),
        ("SA1 (JAN - JUN)", "2021", "line 2: column 'period' is not known, found '2021'"),
        (",1,2025", ",12.5,2025", "line 2: column 'drug_reports' should be a whole number"),
        (",OH,", ",QQ,", "line 2: column 'state' is not known"),
        ("2025-08-10 18:30:22", "March", "line 2: column 'query_run_date' is no date"),
        (",2022,", ",22,", "1998 to 2100"),
        ("DrugReport  ", "Cases", "line 2: column 'rptaggr' is not known"),
        (nflis_row() + "\n", (nflis_row() + "\n") * 2, "line 3: '2022, SA1 (JAN - JUN), OH, 1504"),
    ],
)
def test_a_laboratory_export_that_changed_is_refused(write, old, new, says):
    text = nflis(nflis_row())
    assert old in text
    assert says in problem(nflis_source.read, write("n.csv", text.replace(old, new)))


# HUD


def test_titles_merged_over_the_header_are_passed_over(write):
    rows = [["PIT counts by state", None, None, None], *pit()]
    path = write("p.xlsx", xlsx({"2023": rows, "NOTES": [["x"]]}, {"2023": ["A1:D1"]}))
    assert hud_pit.read(path).parsed()["homeless", "US"].at("2023") == 510


def test_a_year_behind_the_title_is_taken_off(write):
    rows = pit()
    rows[0] = ["State", "Number of CoCs", "Overall Homeless, 2023", "Unsheltered Homeless, 2023"]
    assert hud_pit.read(write("p.xlsx", xlsx({"2023": rows}))).parsed()["homeless", "OH"]


def without(place):
    return [row for row in pit() if row[0] != place]


HUD = {
    "no sheet of a year": ({"Data": pit()}, "has no sheet for a year"),
    "no header": ({"2023": pit()[1:]}, "has no header row that begins with 'State'"),
    "a column renamed": (
        {"2023": [["State", "CoCs", "All Homeless", "Unsheltered"], *pit()[1:]]},
        "sheet '2023', row 1: column 'Overall Homeless' is missing",
    ),
    "a state missing": ({"2023": without("OH")}, "sheet '2023': OH is missing"),
    "no total": ({"2023": without("Total")}, "sheet '2023': Total is missing"),
    "a state twice": (
        {"2023": [*pit()[:-2], ["OH", 1, 10, 4], *pit()[-2:]]},
        "'OH' is there twice",
    ),
    "words in a cell": (
        {"2023": pit(OH="many")},
        "column 'Overall Homeless' should be a count of people",
    ),
    "half a person": ({"2023": pit(OH=10.5)}, "should be a count of people"),
    "less than nobody": ({"2023": pit(OH=-3)}, "should be a count of people"),
    "unknown places": ({"2023": [pit()[0], ["Ohio", 1, 1, 1]]}, "'Ohio' is no state"),
    "a total that is none": (
        {"2023": [row if row[0] != "Total" else ["Total", 1, 9_999, 4] for row in pit()]},
        "states add up to 510, and the total is 9,999",
    ),
}


def test_a_strange_row_and_an_empty_sheet_do_not_lose_the_others(write):
    sheets = {
        "2021": [],
        "2022": without("OH"),
        "2023": [pit()[0], ["Ohio", 1, 1, 1], *pit()[1:]],
    }
    reading = hud_pit.read(write("p.xlsx", xlsx(sheets)))
    assert reading.parsed()["homeless", "US"].labels == ("2023",)
    assert reading.parsed()["homeless", "US"].at("2023") == 510
    assert "Left out: sheet '2021' is empty." in reading.remarks
    assert "Left out: sheet '2022': OH is missing." in reading.remarks
    assert any("row 2 was left out: 'Ohio' is no state" in said for said in reading.remarks)


@pytest.mark.parametrize("name", HUD)
def test_a_count_that_changed_is_refused(write, name):
    sheets, says = HUD[name]
    assert says in problem(hud_pit.read, write("p.xlsx", xlsx(sheets)))


# DEA


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2019/01,1.8\n2019/13,1.9\n", "line 2: column 'month' is no month, found '2019/13'"),
        ("2019/01,1.8\n2019/02,x\n", "line 2: column 'value' is not as it should be, found 'x'"),
        ("2019/01,1.8\n2019/02,19.5\n", "Allowed: a number, 0 to 10"),
        ("2019/01,1.8\n2019/02\n", "line 2: should have 2 cells"),
        ("2019/01,1\n2019/01,2\n2019/02,3\n", "line 2: '2019-01' is there twice, first in line 1"),
        ("2019/01,1\n2019/01,2\n2019/01,3\n", "line 3: '2019-01' is there twice"),
        ("month,value\n2019/01,1\n", "line 1: column 'month' is no month"),
    ],
)
def test_a_chart_that_is_not_right_is_refused(write, text, says):
    assert says in problem(dea_purity.read, write("pills_purity.csv", text))


def test_a_chart_says_which_it_is(write):
    assert "does not say in its name" in problem(dea_purity.read, write("chart.csv", "2019/01,1\n"))
    reading = dea_purity.read("chart.csv", series="fentanyl_pill_dose")
    assert reading.parsed()["fentanyl_pill_dose", "US"].at("2019-01") == 1


# PHAC


def test_the_archive_and_the_table_alone_are_read_alike(write):
    text = phac("2832", "Suppr.", "n/a", "4253")
    plain = phac_source.read(write("a.csv", text)).parsed()
    packed = phac_source.read(write("a.zip", zipped(**{"SubstanceHarmsData.csv": text}))).parsed()
    assert plain.keys() == packed.keys()
    record = plain["deaths_opioids", "Canada"]
    assert record.statuses == ("reported", "suppressed", "missing", "reported")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (phac("x"), "line 2: column 'value' should be a number, found 'x'"),
        (phac("1").replace("Year_Quarter", "Year"), "column 'year_quarter' is missing"),
        (phac("1").replace(",2016,", ",2016 to 2017,"), "line 2: column 'label' is no year"),
        (phac("1").replace("Opioids,Deaths", "Opioids,Hospitalizations"), "holds no opioid deaths"),
        (
            phac("1", "2").replace(",2017,", ",2016,"),
            "line 3: 'Canada, Number, 2016' is there twice",
        ),
        (zipped(README="x"), "holds no SubstanceHarmsData.csv"),
        (zipped(**{"SubstanceHarmsData.csv": "a" * 10_000_000}), "more than 100 times its size"),
        (b"PK\x03\x04 and no more", "is a broken archive"),
    ],
)
def test_a_canadian_file_that_changed_is_refused(write, content, says):
    assert says in problem(phac_source.read, write("a.zip", content))


# UNODC

UNODC_HEADER = [
    "Region",
    "SubRegion",
    "Country",
    "DrugGroup",
    "DrugSubGroup",
    "DrugName",
    "Reference year",
    "Kilograms",
    "msCode",
]


def seizure(drug="Fentanyl", year=2022, kilograms=3.5, code="MEX"):
    return ["Americas", "North America", "Mexico", "Opioids", "x", drug, year, kilograms, code]


def test_seizures_of_a_drug_in_several_rows_are_summed(write):
    rows = [
        ["Drug seizures"],
        UNODC_HEADER,
        seizure(),
        seizure(kilograms=1.5),
        seizure(kilograms=""),
    ]
    reading = unodc.read(write("u.xlsx", xlsx({"Export": rows})))
    record = reading.parsed()["fentanyl_seized", "MEX"]
    assert record.at("2022") == 5
    assert record.statuses == ("partial",)
    assert reading.remarks == ("1 rows have no quantity.",)


def test_a_quantity_that_cannot_be_read_makes_its_sum_partial_and_no_other(write):
    rows = [
        ["Drug seizures"],
        UNODC_HEADER,
        seizure(),
        seizure(kilograms="n.d."),
        seizure(year=2021),
    ]
    reading = unodc.read(write("u.xlsx", xlsx({"Export": rows})))
    record = reading.parsed()["fentanyl_seized", "MEX"]
    assert record.statuses == ("reported", "partial")
    assert "Line 4: column 'kilograms' should be a number, found 'n.d.'." in reading.remarks


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (seizure(year="2022a"), "line 3: column 'reference year' should be a year"),
        (seizure(kilograms="many"), "line 3: column 'kilograms' should be a number, found 'many'"),
        (seizure(kilograms=-1), "line 3: column 'kilograms' is not as it should be"),
        (seizure(code="Mex"), "a code of three letters"),
        (seizure(drug=""), "line 3: column 'drug' is not as it should be"),
    ],
)
def test_a_seizure_workbook_with_a_broken_row_is_refused(write, row, says):
    rows = [["Drug seizures"], UNODC_HEADER, row]
    assert says in problem(unodc.read, write("u.xlsx", xlsx({"Export": rows})))


def test_a_seizure_workbook_that_changed_is_refused(write):
    header = [cell.replace("DrugName", "Drug") for cell in UNODC_HEADER]
    rows = [["Drug seizures"], header, seizure()]
    line = problem(unodc.read, write("u.xlsx", xlsx({"Export": rows})))
    assert "column 'drugname' is missing" in line
    assert "Perhaps it is now called 'drug'" in line
    assert "has no header row" in problem(unodc.read, write("u.xlsx", xlsx({"Export": [["x", 1]]})))


# Comtrade

TRADE = {
    "period": "2023",
    "reporterCode": 156,
    "partnerCode": 842,
    "flowCode": "X",
    "cmdCode": "293336",
    "primaryValue": 12.5,
    "netWgt": None,
}


def test_trade_with_a_partner_has_its_number_in_its_name(write):
    path = write("2023.json", json.dumps({"data": [TRADE]}))
    assert comtrade.read(path).parsed()["trade_exports_293336_to_842", "156"].at("2023") == 12.5


def test_no_trade_is_no_error(write):
    reading = comtrade.read(write("2023.json", '{"count": 0, "data": [], "error": ""}'))
    assert len(reading.records) == 0
    assert reading.remarks == ("No trade was reported under what was asked for.",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "is not JSON"),
        (
            '{"statusCode": 429, "message": "slow down"}',
            "field 'data' is missing, found 'slow down'",
        ),
        ("[1]", "field 'data' is missing"),
        (json.dumps({"data": [TRADE | {"primaryValue": "x"}]}), "line 1: field 'primaryValue'"),
        (json.dumps({"data": [TRADE | {"period": "202301"}]}), "Allowed: a year"),
        (json.dumps({"data": [TRADE | {"flowCode": "RX"}]}), "Allowed: M or X"),
        (
            json.dumps({"data": [TRADE | {"motCode": 2100}]}),
            "field 'motCode' splits the row further",
        ),
        (json.dumps({"data": [TRADE, TRADE]}), "is there twice"),
        (json.dumps({"data": [TRADE] * 500}), "may be cut off"),
        (json.dumps({"data": [3]}), "line 1: should be an object"),
        (
            json.dumps({"data": [{k: v for k, v in TRADE.items() if k != "cmdCode"}]}),
            "'cmdCode' is missing",
        ),
    ],
)
def test_an_answer_on_trade_that_changed_is_refused(write, text, says):
    assert says in problem(comtrade.read, write("2023.json", text))


# All


@pytest.mark.parametrize(
    "read", [cdc_vsrr.read, cbp_source.read, nflis_source.read, cdc_wonder.read, phac_source.read]
)
def test_a_missing_and_an_empty_file_are_one_line(write, read):
    assert "does not exist" in problem(read, "nothing.csv")
    assert "is empty" in problem(read, write("empty.csv", "\n\n"))


def test_utf16_with_its_mark_and_line_ends_of_windows_are_read(write):
    assert len(cdc_vsrr.read(write("a.csv", vsrr().encode("utf-16"))).frame) == 106
    assert len(cdc_vsrr.read(write("b.csv", "\ufeff" + vsrr().replace("\n", "\r\n"))).frame) == 106

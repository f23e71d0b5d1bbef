"""Files that circulate and are of a part, or look odd: what each source makes of them.

Each case is tried on a small file of our own, and on the one beside the repository if it is there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from exports_more import TRADE
from made import cbp, cbp_row, nflis, nflis_row, wonder

from upriver.core.errors import InputError
from upriver.evidence.readings import Reading
from upriver.evidence.sources import SOURCES

Values = dict[tuple[str, str, str], tuple[float, str]]


def values(reading: Reading) -> Values:
    """Values and statuses by series, place and period; and they can be read back."""
    assert all(remark.endswith(".") for remark in reading.remarks)
    found = {}
    for (series, place), record in reading.parsed().items():
        for at, label in enumerate(record.labels):
            found[series, place, label] = (float(record.values[at]), record.statuses[at])
    return found


@dataclass(frozen=True)
class Case:
    """source, and a file of ours; expected: values with statuses, or words of the one line.

    remark: words of a remark. places: all that have records, if it matters.
    """

    source: str
    content: str
    expected: dict[tuple[str, str, str], tuple[float, str]] | tuple[str, ...]
    remark: str = ""
    places: frozenset[str] = frozenset()


def northern() -> str:
    where = {"area": "DETROIT FIELD OFFICE", "region": "Northern Border"}
    heroin = cbp_row("2022", "APR", "0.4", "Heroin", **where)
    return cbp(cbp_row("2022", "MAR", "2.4", **where), heroin)


def federal() -> str:
    halves = (("SA1 (JAN - JUN)", "10"), ("SA2 (JUL - DEC)", "12"))
    return nflis(*(nflis_row(period=p, reports=n, laboratories="Federal") for p, n in halves))


def year(*cells: str, rates: str = "") -> str:
    """One year of WONDER; `rates`: titles of columns of rates, their cells."""
    header = '"Notes"\t"Year"\t"Year Code"\tDeaths' + rates
    return wonder("\t".join(["", *cells]), header=header)


DEATHS = ("deaths_all_drugs", "US")
OF_2019 = {(*DEATHS, "2019"): (70_630.0, "reported")}
RATES = "\tPopulation\tCrude Rate\tCrude Rate Lower 95% Confidence Interval"
VSRR = (
    "State,State Name,Year,Month,Period,Indicator,Data Value\n"
    'AK,Alaska,2015,January,12 month-ending,Number of Drug Overdose Deaths,"126"\n'
    'AK,Alaska,2017,January,12 month-ending,Number of Drug Overdose Deaths,"1,126"\n'
)
TYPE = "Total apparent opioid toxicity deaths"
PHAC = (
    "Substance,Source,Specific_Measure,Type_Event,Region,Time_Period,Year_Quarter,Unit,Value\n"
    f"Opioids,Deaths,Overall numbers,{TYPE},Canada,By year,2021,Number,7993\n"
    f"Opioids,Deaths,Overall numbers,{TYPE},Manitoba,By year,2021,Number,260\n"
    f"Opioids,Deaths,Overall numbers,{TYPE},Manitoba,By year,2022 (Jan to Jun),Number,-2\n"
    f"Opioids,Deaths,Overall numbers,{TYPE},Nunavut,By year,2021,Number,-1\n"
)
NAN = float("nan")

CASES = {
    "cbp_northern_only.csv": Case(
        "cbp",
        northern(),
        {
            ("seized_fentanyl", "US:northern/OFO", "2022-03"): (2.4, "partial"),
            ("seized_heroin", "US:northern/OFO", "2022-04"): (0.4, "partial"),
            ("seized_fentanyl", "US:northern/OFO", "2022-04"): (0.0, "partial"),
        },
        "No total of the country: the file has nothing of Office of Field Operations in Southwest "
        "Border, Coastal/Interior; U.S. Border Patrol in Southwest Border, Northern Border, C",
        frozenset({"US:northern/OFO"}),
    ),
    "nflis_federal_labs_only.csv": Case(
        "nflis",
        federal(),
        {("nflis_reports_fentanyl_federal_laboratories", "OH", "2022"): (22.0, "reported")},
        "Of federal laboratories alone, without local, private, state: kept apart",
        frozenset({"OH"}),
    ),
    "nflis_yearly.csv": Case(
        "nflis",
        nflis(nflis_row(period="2022", reports="220")),
        {("nflis_reports_fentanyl", "OH", "2022"): (220.0, "reported")},
        "No total of the country: the file has nothing of AK, AL",
        frozenset({"OH"}),
    ),
    "wonder_partial.txt": Case(
        "cdc_wonder",
        year('"2022 (provisional and partial)"', '"2022"', "30000").replace("2022 8", "2023 8"),
        {(*DEATHS, "2022"): (30_000.0, "partial")},
        "Of a part of the time, no level beside others: 20",
    ),
    "wonder_with_ci.txt": Case(
        "cdc_wonder",
        year('"2019"', '"2019"', "70630", "328239523", "21.5", "21.4", rates=RATES),
        OF_2019,
    ),
    "wonder_standard_population.txt": Case(
        "cdc_wonder",
        wonder(
            '\t"2019"\t"2019"\t70630\t328239523\t21.5',
            None,
            "Standard Population: 2000 U.S. Std. Population",
            "Calculate Rates Per: 100,000",
        ),
        OF_2019,
    ),
    "wonder_residence_state.txt": Case(
        "cdc_wonder",
        wonder(
            '\t"Ohio"\t"39"\t"2021"\t"2021"\t4915',
            header="Notes\tResidence State\tResidence State Code\tYear\tYear Code\tDeaths",
        ).replace("By: Year", "By: Residence State; Year"),
        {("deaths_all_drugs", "OH", "2021"): (4915.0, "reported")},
        "Not in the file: AK, AL",
        frozenset({"OH"}),
    ),
    "wonder_year_filter.txt": Case(
        "cdc_wonder",
        wonder('\t"2019"\t"2019"\t70630\t328239523\t21.5', None, "Year/Month: 2019; 2020"),
        OF_2019,
    ),
    "wonder_unintentional_only.txt": Case(
        "cdc_wonder",
        wonder('\t"2019"\t"2019"\t70630\t328239523\t21.5', "UCD - ICD-10 Codes: X40-X44"),
        (
            "is of some intents alone, without suicide (X60-X64), homicide (X85), undetermined",
            "Allowed: underlying causes",
        ),
    ),
    "vsrr_vintage_of_january_2018.csv": Case(
        "cdc_vsrr",
        VSRR,
        {
            ("deaths_all_drugs_12m", "AK", "2015-01"): (126.0, "reported"),
            ("deaths_all_drugs_12m", "AK", "2017-01"): (1126.0, "reported"),
        },
        "Not in the file: AL, AR",
        frozenset({"AK"}),
    ),
    "phac_codes_below_zero.csv": Case(
        "phac",
        PHAC,
        {
            ("deaths_opioids", "Canada", "2021"): (7993.0, "reported"),
            ("deaths_opioids", "CA-MB", "2021"): (260.0, "reported"),
            ("deaths_opioids", "CA-MB", "2022"): (NAN, "missing"),
            ("deaths_opioids", "CA-NU", "2021"): (NAN, "suppressed"),
        },
        "2022 (Jan to Jun) is no whole year.",
    ),
    "comtrade_huge_number.json": Case(
        "comtrade",
        json.dumps({"data": [TRADE]}).replace("12.5", "1" + "0" * 400),
        ("line 1: field 'primaryValue' is out of bounds", "Allowed: 0 to"),
    ),
    "comtrade_legacy.json": Case(
        "comtrade",
        '{"validation": {}, "dataset": [{"yr": 2016, "rgDesc": "Export", "TradeValue": 5000}]}',
        ("is in the format of the former interface", "comtradeapi.un.org", "fetch comtrade"),
    ),
}
RENAMED = {"wonder_partial.txt": ("2022", "2025"), "wonder_residence_state.txt": ("2021", "2022")}
"""Where our own file has another year, so that it differs from the one that circulates."""


def check(case: Case, path: str, renamed: Callable[[str], str] = str) -> None:
    """What a case says, of a file."""
    if isinstance(case.expected, tuple):
        with pytest.raises(InputError) as caught:
            SOURCES[case.source].read(path)
        line = str(caught.value)
        assert "\n" not in line
        assert all(words in line for words in case.expected)
        return
    reading = SOURCES[case.source].read(path)
    found = values(reading)
    for (series, place, label), (value, status) in case.expected.items():
        had = found[series, place, renamed(label)]
        assert had == (pytest.approx(value, nan_ok=True), status)
    assert not case.places or {place for _, place, _ in found} == case.places
    assert case.remark in " ".join(reading.remarks)


@pytest.mark.parametrize("name", CASES)
def test_a_file_of_ours_is_read_as_what_it_is(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)  # a long path would cut the end of a message
    (tmp_path / name).write_text(CASES[name].content, encoding="utf-8")
    check(CASES[name], name)


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_circulates_is_read_as_what_it_is(shared, name):
    old, new = RENAMED.get(name, ("", ""))
    path = shared / "cases" / "field" / name
    check(CASES[name], str(path), lambda label: label.replace(old, new) if old else label)


# The rule of totals, in other words.


def test_a_file_of_one_drug_has_a_partial_sum_where_an_office_had_none_of_it(tmp_path):
    """It cannot say whether the office had nothing or was not asked for."""
    from made import cbp_whole

    text = "\n".join(
        line
        for line in cbp_whole(drugs=("Fentanyl",)).splitlines()
        if not ("U.S. Border Patrol,Northern" in line and ",NOV," in line)
    )
    path = tmp_path / "fentanyl.csv"
    path.write_text(text, encoding="utf-8")
    reading = SOURCES["cbp"].read(path)
    found = values(reading)
    country = {label: found["seized_fentanyl", "US", label][1] for label in ("2023-10", "2023-11")}
    assert country == {"2023-10": "reported", "2023-11": "partial"}
    assert found["seized_fentanyl", "US:northern/USBP", "2023-11"][1] == "missing"
    said = "The sum of the country is partial in 2023-11 (without US:northern/USBP)."
    assert said in reading.remarks


def test_a_note_and_a_broken_row_are_said_with_their_lines(tmp_path):
    path = tmp_path / "vsrr.csv"
    row = "OH,Ohio,2017,January,12 month-ending,Number of Drug Overdose Deaths,"
    path.write_text(f"{VSRR}{row}many\n* Data are provisional.\n", encoding="utf-8")
    reading = SOURCES["cdc_vsrr"].read(path)
    assert set(values(reading)) == set(CASES["vsrr_vintage_of_january_2018.csv"].expected)
    said = " ".join(reading.remarks)
    assert "Line 4 was left out: column 'data_value' should be a number, found 'many'." in said
    assert "Line 5 was left out: is a note, '* Data are provisional.'." in said


def test_the_rest_of_new_york_says_that_it_is_without_the_city(tmp_path):
    path = tmp_path / "vsrr.csv"
    path.write_text(VSRR.replace("AK,Alaska", "NY,New York"), encoding="utf-8")
    record = SOURCES["cdc_vsrr"].read(path).parsed()["deaths_all_drugs_12m", "NY"]
    assert set(record.notes) == {"without New York City"}

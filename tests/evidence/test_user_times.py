"""Times in a user's file: what fits in two ways is asked for, and a part is never the whole."""

import pytest
from own_csv import came

MONTHS = {("month", "2020-11"), ("month", "2020-12")}
YEARS = {("year", "2020"), ("year", "2021")}
US_FISCAL = {("fiscal year", "FY2020"), ("fiscal year", "FY2021")}
FROM_JULY = {("12 months ending", "2020-06"), ("12 months ending", "2021-06")}
QUARTERS = {("quarter", f"2020-Q{number}") for number in (1, 2, 3, 4)}
HALVES = {("half-year", "2020-H1"), ("half-year", "2020-H2")}
STARTS = ("2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01")
ENDS = ("2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31")


def dated(*dates: str, column: str = "date") -> str:
    return f"{column},deaths\n" + "".join(f"{date},{at + 5}\n" for at, date in enumerate(dates))


# What is read: the text, its options, and calendar and period of what comes out.

READ = {
    "days that end a month": (dated("2020-11-30", "2020-12-31"), {}, MONTHS),
    "days that begin a month": (dated("2020-11-01", "2020-12-01"), {}, MONTHS),
    "days that begin a month, with a time": (
        dated("11/01/2020 12:00:00 AM", "12/01/2020 12:00:00 AM"),
        {"dates": "month first"},
        MONTHS,
    ),
    "year and month in six digits": (dated("202011", "202012"), {}, MONTHS),
    "a month without others": (
        dated("2020-01", "2020-02", "2020-04"),
        {},
        {("month", m) for m in ("2020-01", "2020-02", "2020-04")},
    ),
    "days of months, as an option says": (
        dated("2020-11-15", "2020-12-15"),
        {"calendar": "month"},
        MONTHS,
    ),
    "days, as an option says": (
        dated("2020-11-15", "2020-12-01"),
        {"calendar": "instant"},
        {("instant", "2020-11-15"), ("instant", "2020-12-01")},
    ),
    "calendar years": (dated("CY2020", "CY 2021"), {}, YEARS),
    "years that begin": (dated("2020-01-01", "2021-01-01"), {"calendar": "year"}, YEARS),
    "years that end": (dated("2020-12-31", "2021-12-31"), {"calendar": "year"}, YEARS),
    "fiscal years of the country": (
        dated("2020", "2021", column="Fiscal Year"),
        {"fiscal_year": "us"},
        US_FISCAL,
    ),
    "fiscal years in short": (dated("FY20", "FY21"), {"fiscal_year": "US"}, US_FISCAL),
    "federal fiscal years": (dated("FFY2020", "FFY2021"), {}, US_FISCAL),
    "fiscal years from October": (
        dated("SFY2020", "SFY2021"),
        {"fiscal_year": "october"},
        US_FISCAL,
    ),
    "fiscal years from July": (dated("SFY2020", "SFY2021"), {"fiscal_year": "july"}, FROM_JULY),
    "fiscal years from January": (dated("FY2020", "FY2021"), {"fiscal_year": "jan"}, YEARS),
    "fiscal years of two": (dated("2019-20", "2020-21"), {"fiscal_year": "july"}, FROM_JULY),
    "fiscal years of two in full": (
        dated("2019/2020", "2020/2021"),
        {"fiscal_year": "us"},
        US_FISCAL,
    ),
    "years that an option calls fiscal": (
        dated("2020", "2021", column="year"),
        {"fiscal_year": "us"},
        US_FISCAL,
    ),
    "2011-12 as months": (
        dated("2010-11", "2011-12"),
        {"dates": "months"},
        {("month", "2010-11"), ("month", "2011-12")},
    ),
    "2010-11 among months": (
        dated("2010-11", "2010-12"),
        {},
        {("month", "2010-11"), ("month", "2010-12")},
    ),
    "months of fiscal years": (
        "fiscal_year,month,deaths\n2021,Nov,5\n2021,Dec,6\n",
        {"fiscal_year": "us"},
        MONTHS,
    ),
    "years by their first days in a column of years": (
        dated("2020-01-01", "2021-01-01", column="Year"),
        {},
        YEARS,
    ),
    "quarters by their last days in a column of quarters": (
        dated(*ENDS, column="quarter ending"),
        {"date": "quarter ending"},
        QUARTERS,
    ),
    "calendar years, as an option says": (
        "Deaths by no fiscal year\n" + dated("2020", "2021"),
        {"calendar": "year"},
        YEARS,
    ),
    "quarters": (dated("2020-Q1", "2020 Q2", "Q3 2020", "4Q20"), {}, QUARTERS),
    "quarters in a column of their own": (
        "year,quarter,deaths\n2020,1,5\n2020,Q2,6\n2020,3,7\n2020,4,8\n",
        {},
        QUARTERS,
    ),
    "quarters that begin": (dated(*STARTS), {"calendar": "quarter"}, QUARTERS),
    "quarters that end": (dated(*ENDS), {"calendar": "quarter"}, QUARTERS),
    "quarters by their months": (
        dated("Jan-Mar 2020", "Apr-Jun 2020", "Jul-Sep 2020", "Oct-Dec 2020"),
        {},
        QUARTERS,
    ),
    "single months, as an option says": (
        dated("2020-01-01", "2020-04-01"),
        {"calendar": "month"},
        {("month", "2020-01"), ("month", "2020-04")},
    ),
    "half-years by their months": (dated("January to June 2020", "Jul.-Dec. 2020"), {}, HALVES),
    "half-years that begin": (dated("2020-01", "2020-07"), {"calendar": "half-year"}, HALVES),
    "decimal years": (
        dated("2020.0", "2020.5"),
        {"dates": "decimal years"},
        {("instant", "2020"), ("instant", "2020.5")},
    ),
    "decimal years of half-years": (
        dated("2020.0", "2020.5"),
        {"dates": "decimal years", "calendar": "half-year"},
        HALVES,
    ),
    "decimal years in the middle of years": (
        dated("2020.5", "2021.5"),
        {"dates": "decimal years", "calendar": "year"},
        YEARS,
    ),
    "decimals that are months": (dated("2020.11", "2020.12"), {"dates": "months"}, MONTHS),
    "12 months ending, in a column": (
        "year,month,period,deaths\n2020,11,12 month-ending,5\n2020,12,12 month-ending,6\n",
        {},
        {("12 months ending", "2020-11"), ("12 months ending", "2020-12")},
    ),
    "the year again beside the month": (
        "month,year_of_death,deaths\n2020-11,2020,5\n2020-12,2020,6\n",
        {},
        MONTHS,
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_date_is_what_its_column_and_the_step_say(name, tmp_path):
    text, options, periods = READ[name]
    found = came(tmp_path, text, **options)
    assert not found.refused
    assert found.periods == periods


# What is refused: the text, its options, and what the line says.

REFUSED = {
    "a fiscal year": (dated("2020", column="fiscal_year"), {}, ("--fiscal-year us", "july")),
    "a fiscal year by its column in short": (dated("2020", column="FY"), {}, ("--fiscal-year us",)),
    "a fiscal year in a cell": (dated("FY2020", "FY2021"), {}, ("--fiscal-year us",)),
    "a state's fiscal year": (dated("SFY2020"), {}, ("--fiscal-year us", "july")),
    "a state's fiscal year as the country's": (
        dated("SFY2020"),
        {"fiscal_year": "us"},
        ("a state's fiscal year", "july"),
    ),
    "a title of fiscal years": (
        "Deaths by fiscal year,\n" + dated("2020", "2021"),
        {},
        ("may be a fiscal year", "calendar=year"),
    ),
    "a note of fiscal years": (
        "year,deaths,notes\n2020,5,SFY\n2021,6,\n",
        {},
        ("may be a fiscal year",),
    ),
    "a week by its name": (
        dated("2020-01-31", "2020-02-29", column="week ending"),
        {"date": "week ending"},
        ("do not add up",),
    ),
    "two years": (dated("2020-21", "2021-22"), {}, ("is a fiscal year",)),
    "two years or months": (
        dated("2010-11", "2011-12"),
        {},
        ("a month or two years", "dates=months"),
    ),
    "calendar and fiscal years": (
        dated("FY2020", "CY2021"),
        {"fiscal_year": "us"},
        ("calendar year",),
    ),
    "fiscal months": (dated("2020-11"), {"fiscal_year": "us"}, ("fiscal_year is for years",)),
    "months of a fiscal year": (
        "fiscal_year,month,deaths\n2021,Nov,5\n",
        {},
        ("with a month beside it", "--fiscal-year us"),
    ),
    "quarters of a fiscal year": (
        "fiscal_year,quarter,deaths\n2021,1,5\n",
        {"fiscal_year": "us"},
        ("with a quarter beside it",),
    ),
    "a month in which no year begins": (dated("2020"), {"fiscal_year": "mai"}, ("us, january",)),
    "a decimal year": (
        dated("2020.1", "2020.5"),
        {},
        ("0.1 of the way through 2020 or January", "dates='decimal years' or dates=months"),
    ),
    "a half": (dated("2020.0", "2020.5"), {}, ("line 3", "0.5 of the way through 2020 or May")),
    "a decimal that is no month": (dated("2020.25"), {}, ("0.25 of the way", "'decimal years'")),
    "a month cut short": (
        dated("2020.1", "2020.2"),
        {"dates": "months"},
        ("January or, cut short, October",),
    ),
    "three-month steps": (dated(*STARTS), {}, ("steps of 3 months", "calendar=quarter")),
    "three-month steps of ends": (dated(*ENDS), {}, ("steps of 3 months", "calendar=quarter")),
    "three-month steps of months": (
        dated("2020-01", "2020-04", "2020-07"),
        {},
        ("steps of 3 months", "calendar=quarter or calendar=month"),
    ),
    "three-month steps in two columns": (
        "year,month,deaths\n2020,1,5\n2020,4,6\n2020,7,7\n",
        {},
        ("steps of 3 months",),
    ),
    "half-year steps": (dated("2020-01-01", "2020-07-01"), {}, ("calendar=half-year",)),
    "yearly steps": (dated("2020-01-01", "2021-01-01"), {}, ("calendar=year",)),
    "yearly steps of December": (dated("2020-12", "2021-12"), {}, ("calendar='12 months ending'",)),
    "a single day": (dated("2020-01-01"), {}, ("is a single day", "calendar=year")),
    "quarters that are none": (
        dated("2020-01-01", "2020-03-01"),
        {"calendar": "quarter"},
        ("is not a period of the calendar 'quarter'",),
    ),
    "steps of seven days": (dated("2020-01-05", "2020-01-12"), {}, ("seven days", "by the month")),
    "weeks": (dated("2020-W01", "2020-W02"), {}, ("seven days",)),
    "weeks in a column": (
        "year,week,deaths\n2020,1,5\n2020,2,6\n",
        {},
        ("'week'", "rows of weeks"),
    ),
    "days": (
        dated("01/29/2012 12:00:00 AM", "02/14/2012 12:00:00 AM"),
        {},
        ("holds days", "list of events"),
    ),
    "a mark": (dated("2024", "2025*"), {}, ("line 3", "what the mark means")),
    "a part in a column of its own": (
        "year,months,deaths\n2020,Jan-Jun,5\n2021,Jan-Dec,6\n",
        {},
        ("'months'", "part of a period"),
    ),
    "months in a list": (dated('"Jan., Feb. 2020"'), {}, ("is no date",)),
    "a calendar that is none": (dated("2020"), {"calendar": "yaer"}, ("'calendar'", "quarter")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_date_that_can_be_read_in_two_ways_is_asked_for(name, tmp_path):
    text, options, words = REFUSED[name]
    found = came(tmp_path, text, **options)
    assert not found.rows
    assert len(found.refused) <= 300 + len(str(tmp_path))
    for word in words:
        assert word in found.refused, found.refused


PARTIAL = {
    "in brackets": dated("2024", "2025 (provisional and partial)"),
    "in square brackets": dated("2024", "2025 [partial]"),
    "to date": dated("2024", "2025 YTD"),
    "to date in front": dated("2024", "YTD 2025"),
    "to date in words": dated("2024", "2025 year to date"),
    "through a month": dated("2024", "2025 (through June)"),
    "to date by its month": dated("2024", "June 2025 YTD"),
    "some months": dated("2024", "Jan-Jun 2025"),
    "some months in brackets": dated("2024", "2025 (Jan to May)"),
    "some months with a long dash": dated("2024", "January\u2013June 2025"),
    "a note": "date,deaths,notes\n2024,5,\n2025,6,data through June\n",
    "a status": "date,deaths,status\n2024,5,final\n2025,6,Partial\n",
    "a footer": dated("2024", "2025") + "Note: 2025 is incomplete,\n",
    "a title": "Deaths; 2025 is year to date,\n" + dated("2024", "2025"),
}


@pytest.mark.parametrize("name", PARTIAL)
def test_a_part_of_a_year_is_partial_and_said_to_be(name, tmp_path):
    found = came(tmp_path, PARTIAL[name])
    statuses = {period: status for *_, period, _, status in found.rows}
    assert statuses == {"2024": "reported", "2025": "partial"}
    assert "Of a part of the period alone: 2025." in found.reading.remarks


@pytest.mark.parametrize("words", ["provisional", "preliminary", "revised", "final"])
def test_provisional_is_not_partial_and_stays_a_note(words, tmp_path):
    found = came(tmp_path, dated("2024", f"2025 ({words})"))
    assert {status for *_, status in found.rows} == {"reported"}
    assert found.reading.records["note"].tolist() == ["", f"2025 ({words})"]


def test_a_projection_is_called_one(tmp_path):
    found = came(tmp_path, dated("2024", "2030 (projected)"))
    assert [status for *_, status in found.rows] == ["reported", "projected"]


def test_how_fiscal_years_are_kept_is_told(tmp_path):
    found = came(tmp_path, dated("FY2020", "FY2021"), fiscal_year="july")
    assert "kept as the 12 months that end with June" in " ".join(found.reading.remarks)
    assert found.reading.records["note"].tolist() == ["fiscal year 2020", "fiscal year 2021"]


def test_source_vintage_and_status_come_from_their_columns(tmp_path):
    text = "year,deaths,source,vintage,status\n2020,5,wonder,final,reported\n2021,,vsrr,2026,\n"
    rows = came(tmp_path, text).reading.records
    assert rows["source"].tolist() == ["wonder", "vsrr"]
    assert rows["vintage"].tolist() == ["final", "2026"]
    assert rows["status"].tolist() == ["reported", "missing"]


def test_an_index_of_pandas_is_passed_over_and_told(tmp_path):
    found = came(tmp_path, ",year,deaths\n0,2020,4\n1,2021,6\n")
    assert found.periods == YEARS
    assert "counts the rows: passed over" in " ".join(found.reading.remarks)
    other = came(tmp_path, ",year,deaths\nOhio,2020,4\nTexas,2021,6\n")
    assert "column 1 has no name" in other.refused

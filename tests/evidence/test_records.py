"""Records and calendars: what a label covers, and broken files refused with line and reason."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.errors import SchemaProblem
from upriver.evidence.calendars import (
    CALENDARS,
    fiscal_month,
    fiscal_year,
    month_label,
    month_of,
    period,
)
from upriver.evidence.rows import parse_records

HEADER = "series,place,period,value,note"
TOP = "# all: calendar=year, unit=people, source=wonder, vintage=final, status=reported"
months = st.tuples(st.integers(1999, 2031), st.integers(1, 12))


def parse(*rows: str, top: str = TOP, header: str = HEADER):
    return parse_records([top, header, *rows], "mine.csv")


# Calendars


@given(months)
def test_a_month_is_a_twelfth_of_a_year_and_months_follow_each_other(month):
    start, end = period("month", month_label(*month))
    assert end - start == pytest.approx(1 / 12)
    assert int(start + 1e-9) == month[0]
    after = (month[0] + month[1] // 12, month[1] % 12 + 1)
    assert period("month", month_label(*after))[0] == pytest.approx(end)


@given(months)
def test_twelve_months_end_with_their_month(month):
    label = month_label(*month)
    start, end = period("12 months ending", label)
    assert end == period("month", label)[1]
    assert end - start == pytest.approx(1)


@given(months)
def test_a_month_of_a_fiscal_year_lies_in_it(month):
    fiscal_year, number = month
    start, end = period("month", month_label(*fiscal_month(fiscal_year, number)))
    first, last = period("fiscal year", f"FY{fiscal_year}")
    assert first - 1e-9 <= start < end <= last + 1e-9


@given(st.integers(1999, 2031))
def test_two_halves_are_a_year_and_a_fiscal_year_starts_in_october(year):
    first, second = (period("half-year", f"{year}-H{half}") for half in (1, 2))
    assert (first[0], second[1]) == period("year", str(year))
    assert first[1] == second[0]
    assert period("fiscal year", f"FY{year}")[0] == period("month", f"{year - 1}-10")[0]


@given(months)
def test_a_month_is_read_as_it_is_written(month):
    assert month_of(month_label(*month)) == month


def test_an_instant_is_a_year_a_part_of_it_or_a_day():
    assert period("instant", "2021") == (2021, 2021)
    assert period("instant", "2021.5") == (2021.5, 2021.5)
    assert period("instant", "2021-01-01") == (2021, 2021)
    leap = period("instant", "2024-12-31")[0]
    assert leap == pytest.approx(2024 + 365 / 366)


@pytest.mark.parametrize(
    ("calendar", "label"),
    [
        ("year", "21"),
        ("year", "FY2021"),
        ("year", "2021-01"),
        ("year", " 2021"),
        ("month", "2021-13"),
        ("month", "2021-00"),
        ("month", "2021-4"),
        ("month", "April 2021"),
        ("12 months ending", "2021"),
        ("half-year", "2021-H3"),
        ("half-year", "2021H1"),
        ("fiscal year", "2021"),
        ("fiscal year", "fy2021"),
        ("instant", "2021-02-30"),
        ("instant", "soon"),
    ],
)
def test_a_label_of_another_calendar_is_refused(calendar, label):
    with pytest.raises(ValueError, match=r".+"):
        period(calendar, label)


# Records


def test_what_stands_once_on_top_holds_for_every_row_and_rows_are_put_in_order():
    found = parse("deaths,US,2021,3,", "deaths,US,2020,2,first")["deaths", "US"]
    assert found.labels == ("2020", "2021")
    assert found.values.tolist() == [2, 3]
    assert found.notes == ("first", "")
    assert found.sources == ("wonder", "wonder")
    assert found.at("2021") == found.at(2021) == 3
    assert found.at("2019") is None
    assert (found.data_to, found.newest) == (2021, "2021")


def test_places_and_series_are_records_of_their_own():
    found = parse("a,US,2020,1,", "a,OH,2020,2,", "b,US,2020,3,")
    assert set(found) == {("a", "US"), ("a", "OH"), ("b", "US")}


def test_a_rolling_sum_is_drawn_at_its_end_and_a_year_in_its_middle():
    top = TOP.replace("calendar=year", "calendar=12 months ending")
    assert parse("a,US,2020-06,1,", top=top)["a", "US"].middles == pytest.approx(2020.5)
    assert parse("a,US,2020,1,")["a", "US"].middles == pytest.approx(2020.5)


def test_what_has_no_value_says_why_and_the_newest_is_never_one_of_these():
    top = TOP.replace(", status=reported", "")
    rows = ["a,US,2020,1,reported", "a,US,2021,,suppressed", "a,US,2022,5,projected"]
    header = "series,place,period,value,status"
    found = parse(*rows, top=top, header=header)["a", "US"]
    assert np.isnan(found.values[1])
    assert found.at(2021) is None
    assert found.newest == "2020"
    nothing = parse("a,US,2021,,missing", top=top, header=header)["a", "US"]
    assert nothing.newest == ""
    assert np.isnan(nothing.data_to)


def test_a_quarter_is_three_months():
    start, end = period("quarter", "2021-Q4")
    assert (start, end) == (period("month", "2021-10")[0], period("month", "2021-12")[1])


@pytest.mark.parametrize("first", range(1, 13))
def test_a_fiscal_year_is_the_year_from_its_first_month_and_ends_in_the_year_that_it_is_called(
    first,
):
    start, end = period(*fiscal_year(2021, first))
    began = period("month", month_label(2021 if first == 1 else 2020, first))[0]
    assert (start, end) == pytest.approx((began, began + 1))


@pytest.mark.parametrize("calendar", CALENDARS)
def test_every_calendar_is_read(calendar):
    labels = {"year": "2021", "instant": "2021.5", "half-year": "2021-H1", "fiscal year": "FY2021"}
    labels["quarter"] = "2021-Q1"
    top = TOP.replace("calendar=year", f"calendar={calendar}")
    label = labels.get(calendar, "2021-04")
    assert parse(f"a,US,{label},1,", top=top)["a", "US"].calendar == calendar


BAD = {
    "no columns": ([TOP], "no line that names its columns"),
    "no file": ([], "no line that names its columns"),
    "unknown column": (
        [TOP, HEADER.replace("note", "notes"), "a,US,2020,1,"],
        "Did you mean 'note'",
    ),
    "column missing": ([TOP, "series,place,value", "a,US,1"], "column 'period' is missing"),
    "column twice": (
        [TOP, HEADER.replace("note", "value"), "a,US,2020,1,1"],
        "'value' is there twice",
    ),
    "column also on top": (
        [TOP, HEADER.replace("note", "unit"), "a,US,2020,1,kg"],
        "'unit' is there twice",
    ),
    "no equals sign": (["# all: calendar", HEADER], "must be column=value"),
    "unknown on top": ([TOP + ", vintge=1", HEADER, "a,US,2020,1,"], "Did you mean 'vintage'"),
    "too few cells": ([TOP, HEADER, "a,US,2020"], "line 3: has 3 cells, not 5"),
    "too many cells": ([TOP, HEADER, "a,US,2020,1,,"], "line 3: has 6 cells, not 5"),
    "no series": ([TOP, HEADER, ",US,2020,1,"], "series is empty"),
    "no place": ([TOP, HEADER, "a, ,2020,1,"], "place is empty"),
    "no source": ([TOP.replace("wonder", ""), HEADER, "a,US,2020,1,"], "source is empty"),
    "period of another calendar": ([TOP, HEADER, "a,US,2020-01,1,"], "calendar 'year', as 2021 is"),
    "period twice": (
        [TOP, HEADER, "a,US,2020,1,", "a,US,2020,2,"],
        "2020 is there twice, first in line 3",
    ),
    "no value": ([TOP, HEADER, "a,US,2020,,"], "has no value, and does not say why"),
    "word for a value": ([TOP, HEADER, "a,US,2020,many,"], "value 'many' is not a number"),
    "separators": ([TOP, HEADER, 'a,US,2020,"1,000",'], "value '1,000' is not a number"),
    "underscore": ([TOP, HEADER, "a,US,2020,1_000,"], "value '1_000' is not a number"),
    "formula": ([TOP, HEADER, "a,US,2020,=1+1,"], "value '=1+1' is not a number"),
    "nan": ([TOP, HEADER, "a,US,2020,nan,"], "value 'nan' is not a number"),
    "infinite": ([TOP, HEADER, "a,US,2020,inf,"], "value 'inf' is not a number"),
    "value that is missing": (
        [TOP.replace("reported", "missing"), HEADER, "a,US,2020,1,"],
        "has a value, and is missing",
    ),
    "unknown status": (
        [TOP.replace("reported", "reportd"), HEADER, "a,US,2020,1,"],
        "Did you mean 'reported'",
    ),
    "unknown status, nothing near": (
        [TOP.replace("reported", "zzz"), HEADER, "a,US,2020,1,"],
        "status 'zzz' is not known. Known: ",
    ),
    "unknown calendar": (
        [TOP.replace("calendar=year", "calendar=years"), HEADER, "a,US,2020,1,"],
        "Did you mean 'year'",
    ),
    "unknown unit": (
        [TOP.replace("people", "furlongs"), HEADER, "a,US,2020,1,"],
        "unit 'furlongs' is not known",
    ),
    "two units": (
        [
            TOP.replace(", unit=people", ""),
            "series,place,period,value,unit",
            "a,US,2020,1,kg",
            "a,US,2021,1,lb",
        ],
        "more than one unit: kg, lb",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_broken_file_is_refused_in_one_line_that_says_why(case):
    lines, says = BAD[case]
    with pytest.raises(SchemaProblem) as raised:
        parse_records(lines, "mine.csv")
    assert "mine.csv" in str(raised.value)
    assert says in str(raised.value)
    assert "None" not in str(raised.value)
    assert "\n" not in str(raised.value)

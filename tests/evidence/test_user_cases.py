"""The small files of others that once passed for what they are not."""

import pytest
from own_csv import Came, came

YEARS = {("year", "2020"), ("year", "2021")}
LATE = {("month", "2020-11"), ("month", "2020-12")}

# File, options, and places, periods and values; or words of the line that refuses it.

READ = {
    "county_named_as_state": (
        {"county:Adams", "county:Washington", "county:Delaware"},
        {("year", "2021")},
        [11, 205, 93],
    ),
    "one_county": ({"county:Adams County"}, YEARS, [5, 6]),
    "country_named_as_state": ({"GE", "MX"}, {("year", "2021")}, [11, 93]),
    "iso_country_codes": (
        {"US", "Canada", "Germany", "India", "Colombia"},
        {("year", "2021")},
        [93, 7, 93, 3, 11],
    ),
    "one_sex": ({"US:Female"}, YEARS, [5, 6]),
    "yyyymm": ({"US"}, LATE, [4, 6]),
    "month_end": ({"US"}, LATE, [4, 6]),
    "calendar_year_label": ({"US"}, {("year", "2016"), ("year", "2017")}, [3, 4]),
    "pandas_index": ({"US"}, YEARS, [4, 6]),
    "thousand_ambig": ({"US"}, YEARS, [1200, 3400]),
}
REFUSED = {
    "mixed_place": "line 3: OH, 2021 is there twice, first in line 2",
    "fips": "line 3: AL, 2021 is there twice, first in line 2",
    "place_slip": "line 3: column 'state' names no state, found 'Ohoi'. Ohio?",
    "quarter_start_dates": "steps of 3 months",
    "weekly": "steps of seven days",
    "fiscal": "--fiscal-year us",
    "sfy": "--fiscal-year us",
    "fydash": "--fiscal-year us",
    "decimal_years": "0.1 of the way through 2020 or January",
    "socrata_dates": "holds days: a list of events",
    "neg": "is below zero, which a count [people] cannot be",
}


def read(shared, tmp_path, name: str, **options: str) -> Came:
    return came(tmp_path, (shared / "cases" / "field" / f"{name}.csv").read_bytes(), **options)


@pytest.mark.parametrize("name", READ)
def test_a_file_of_others_is_read_as_what_it_is(name, shared, tmp_path):
    places, periods, values = READ[name]
    found = read(shared, tmp_path, name)
    assert not found.refused
    assert (found.places, found.periods) == (places, periods)
    assert [value for *_, value, _ in found.rows] == values


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_others_that_is_not_sure_is_asked_about(name, shared, tmp_path):
    found = read(shared, tmp_path, name)
    assert REFUSED[name] in found.refused
    assert not found.rows


@pytest.mark.parametrize(
    ("name", "options", "periods"),
    [
        (
            "quarter_start_dates",
            {"calendar": "quarter"},
            {("quarter", f"2020-Q{q}") for q in range(1, 5)},
        ),
        ("fiscal", {"fiscal_year": "us"}, {("fiscal year", "FY2020"), ("fiscal year", "FY2021")}),
        ("fydash", {"fiscal_year": "us"}, {("fiscal year", "FY2021"), ("fiscal year", "FY2022")}),
        (
            "sfy",
            {"fiscal_year": "july"},
            {("12 months ending", "2020-06"), ("12 months ending", "2021-06")},
        ),
        (
            "decimal_years",
            {"dates": "decimal years"},
            {("instant", f"2020.{tenth}") for tenth in (1, 2, 5)},
        ),
        (
            "socrata_dates",
            {"calendar": "instant"},
            {("instant", "2012-01-29"), ("instant", "2012-02-14")},
        ),
    ],
)
def test_what_was_asked_is_answered_by_an_option(name, options, periods, shared, tmp_path):
    assert read(shared, tmp_path, name, **options).periods == periods


def test_a_slip_put_right_leaves_the_country_there_twice(shared, tmp_path):
    text = (shared / "cases" / "field" / "place_slip.csv").read_text().replace("Ohoi", "Texas")
    assert "US, 2021 is there twice, first in line 4" in came(tmp_path, text).refused


def test_less_than_nothing_is_read_where_it_can_be(shared, tmp_path):
    assert [row[4] for row in read(shared, tmp_path, "neg", unit="USD").rows] == [-5]

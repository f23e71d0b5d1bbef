"""What the words beside numbers say is heard: a part of the people, a longer span, another measure.

Each text here was read as deaths of everybody in the United States in single months or years.
"""

import pytest

from upriver.core.errors import SourceProblem
from upriver.evidence.sources import user_csv

DATES = {"year": ("2019", "2020", "2021"), "month": ("2020-01", "2020-02", "2020-03")}


def table(value: str, date: str = "Year", *, above: str = "", below: str = "") -> str:
    dates = DATES["month" if "onth" in date else "year"]
    rows = "".join(f"{day},{100 + i}\n" for i, day in enumerate(dates))
    return f"{above}{date},{value}\n{rows}{below}"


@pytest.fixture
def came(tmp_path):
    """Places, calendars and statuses of what was read as deaths of people."""

    def read(text: str, **options: str):
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        rows = user_csv.read(path, **{"series": "deaths", "unit": "people", **options}).records
        return set(rows["place"]), set(rows["calendar"]), list(rows["status"])

    return read


PEOPLE = {
    "Female deaths": "US:female",
    "Deaths (women)": "US:women",
    "deaths_rural": "US:rural",
    "ages_18_plus": "US:ages 18 plus",
    "Deaths, Hispanic": "US:hispanic",
    "Deaths among children": "US:children",
}


@pytest.mark.parametrize("title", PEOPLE)
def test_a_value_that_counts_a_part_of_the_people_is_of_that_part(came, title):
    quoted = f'"{title}"'
    assert came(table(quoted), value=title)[0] == {PEOPLE[title]}
    assert came(table(quoted), value=title, place="OH:kept")[0] == {"OH:kept"}
    assert came(table(quoted), value=title, ignore=title)[0] == {"US"}


@pytest.mark.parametrize("title", ["Deaths, all ages", "Deaths of men and women", "Total deaths"])
def test_words_that_leave_nobody_out_part_nothing(came, title):
    assert came(table(f'"{title}"'), value=title)[0] == {"US"}


@pytest.mark.parametrize("title", ["Ohio deaths", "deaths_ohio", "Deaths in Canada"])
def test_a_value_that_names_a_place_is_asked_about(came, title):
    with pytest.raises(SourceProblem, match="names a place"):
        came(table(title), value=title)
    assert came(table(title), value=title, place="OH")[0] == {"OH"}


TITLES = (
    "Deaths among people in rural areas",
    "Ages 15-64",
    "Non-Hispanic Black people",
    "Deaths excluding suicides",
    "27 jurisdictions",
    "Canada: apparent opioid toxicity deaths",
    "Scotland drug deaths",
)
FOOTERS = (
    "Note: ages 15-64 only",
    "Source: residents of Ohio",
    "Source: Ohio Department of Health",
    "Adults aged 18 and over",
    "Excludes New York City",
    "Note: 27 states reporting",
)


@pytest.mark.parametrize("words", TITLES + FOOTERS)
def test_a_part_named_above_or_below_is_asked_about(came, words):
    beside = {"below" if words in FOOTERS else "above": f"{words}\n"}
    with pytest.raises(SourceProblem, match="names a part") as caught:
        came(table("Deaths", **beside))
    assert words in str(caught.value)
    assert came(table("Deaths", **beside), place="US")[0] == {"US"}


@pytest.mark.parametrize(
    "words", ["Source: CDC WONDER", "Note: 50 states and the District of Columbia", "All ages"]
)
def test_a_line_below_that_names_no_part_is_passed_over(came, words):
    assert came(table("Deaths", below=f"{words}\n"))[0] == {"US"}


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("12-month sum of deaths", "Month"),
        ("Rolling 12-month deaths", "Month"),
        ("Deaths", "12-month ending"),
        ("Deaths", "12 Months Ending Date"),
    ],
)
def test_a_name_that_speaks_of_twelve_months_gives_the_calendar(came, value, date):
    text = table(value, date)
    assert came(text, value=value)[1] == {"12 months ending"}
    assert came(text, value=value, calendar="month")[1] == {"month"}


def test_quarters_of_a_twelve_month_sum_are_no_quarters(came):
    text = "Quarter,12-month deaths\n2020-Q1,100\n2020-Q2,110\n"
    with pytest.raises(SourceProblem, match="12 months ending"):
        came(text, value="12-month deaths")


@pytest.mark.parametrize(
    "title", ["Cumulative deaths", "YTD deaths", "Deaths (3-year average)", "Moving average deaths"]
)
def test_a_running_sum_or_mean_is_asked_about(came, title):
    with pytest.raises(SourceProblem, match="more than the period of its row"):
        came(table(title, "Month"), value=title)


@pytest.mark.parametrize(
    "beside",
    [
        {"above": "Deaths in the 12 months ending each month\n"},
        {"above": "Cumulative deaths since January\n"},
        {"below": "Note: figures are 12-month rolling totals\n"},
    ],
)
def test_a_longer_span_named_beside_the_table_is_asked_about(came, beside):
    with pytest.raises(SourceProblem, match="covers more than its date"):
        came(table("Deaths", "Month", **beside))
    assert came(table("Deaths", "Month", **beside), calendar="month")[1] == {"month"}


@pytest.mark.parametrize(
    "title",
    [
        "Deaths (thousands)",
        "Deaths in 1000s",
        "Deaths per 100000",
        "Deaths percent change",
        "Age-adjusted death rate",
        "Share of deaths",
    ],
)
def test_what_is_no_count_is_not_people(came, title):
    with pytest.raises(SourceProblem, match="is no count"):
        came(table(title), value=title)


@pytest.mark.parametrize("column", ["HHS Region", "Census Region", "Health zone"])
def test_one_region_is_not_the_country(came, column):
    text = f"{column},Year,Deaths\n5,2020,10\n5,2021,11\n"
    assert came(text)[0] == {"US:5"}


def test_months_in_a_status_make_a_part_of_a_year(came):
    text = "Year,Deaths,Status\n2020,5,final\n2021,9,provisional (Jan-Jun)\n2019,9,Jan-Dec\n"
    assert sorted(came(text)[2]) == ["partial", "reported", "reported"]


@pytest.mark.parametrize("flag", ["suppressed", "Suppressed: fewer than 10", "withheld", "masked"])
@pytest.mark.parametrize("column", ["Flag", "Status", "Notes"])
def test_a_zero_that_stands_for_a_withheld_value_is_no_zero(tmp_path, flag, column):
    path = tmp_path / "mine.csv"
    path.write_text(f"Year,Deaths,{column}\n2020,0,{flag}\n2021,9,\n2022,0,\n")
    rows = user_csv.read(path, series="deaths", unit="people").records
    assert list(rows["status"]) == ["suppressed", "reported", "reported"]
    assert list(rows["value"].isna()) == [True, False, False]


def test_a_title_parts_the_people_of_each_state_too(came):
    text = "State,Year,Deaths\nOhio,2020,10\nIowa,2020,3\n"
    assert came(f"Women\n{text}")[0] == {"OH:women", "IA:women"}
    assert came(text, value="Deaths")[0] == {"OH", "IA"}
    assert came(text.replace("Deaths", "Female deaths"), value="Female deaths")[0] == {
        "OH:female",
        "IA:female",
    }


@pytest.mark.parametrize("column", ["RuralCode", "Tier", "Fentanyl", "Schedule"])
def test_a_column_of_one_number_or_of_noughts_and_ones_is_a_code(came, tmp_path, column):
    one = f"Year,{column},Deaths\n2020,1,5\n2021,1,6\n"
    assert came(one, ignore=column)[0] == {"US"}
    path = tmp_path / "code.csv"
    path.write_text(one)
    rows = user_csv.read(path, series="deaths", unit="people").records
    assert set(rows["series"]) == {"deaths (1)"}
    with pytest.raises(SourceProblem, match="parts the rows and is not used"):
        came(f"Year,{column},Deaths\n2020,1,5\n2021,0,6\n")


@pytest.mark.parametrize("column", ["expected_deaths", "projected_deaths", "Modelled deaths"])
def test_what_nobody_counted_is_not_reported(came, column):
    text = f"Year,{column}\n2020,5\n2021,6\n"
    with pytest.raises(SourceProblem, match="counted by nobody"):
        came(text, value=column)
    assert set(came(text, value=column, status="projected")[2]) == {"projected"}


@pytest.mark.parametrize(("column", "place"), [("deaths_f", "US:f"), ("deaths_m", "US:m")])
def test_a_letter_for_women_or_men_parts_the_people(came, column, place):
    assert came(f"Year,{column}\n2020,5\n2021,6\n", value=column)[0] == {place}


def test_letters_of_a_state_in_the_name_of_the_values_are_asked_about(came):
    with pytest.raises(SourceProblem, match="names a place"):
        came("Year,OH_deaths\n2020,5\n", value="OH_deaths")


def test_a_title_of_one_intent_is_asked_about(came):
    with pytest.raises(SourceProblem, match="names a part"):
        came("Unintentional overdose deaths\nYear,Deaths\n2020,5\n")

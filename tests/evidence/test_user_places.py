"""Places in a user's file: a column says what kind it holds, and a part is never the whole."""

import pytest
from own_csv import came

YEAR = "year,deaths\n2020,5\n2021,6\n"


def rows(header: str, *lines: str) -> str:
    return "\n".join((header, *lines)) + "\n"


# What is read: the text, its options, and the places that come out.

READ = {
    "names of states": (rows("state,year,deaths", "Ohio,2020,5", "ohio ,2021,6"), {}, {"OH"}),
    "capitals": (rows("STATE,YEAR,DEATHS", "OHIO,2020,5", "texas,2020,6"), {}, {"OH", "TX"}),
    "letters with points": (rows("state,year,deaths", "D.C.,2020,5"), {}, {"DC"}),
    "numbers of the Census Bureau": (
        rows("state,year,deaths", "01,2020,5", "39,2020,6", "00,2020,11"),
        {},
        {"AL", "OH", "US"},
    ),
    "numbers without a zero": (rows("state,year,deaths", "1,2020,5", "2,2020,6"), {}, {"AL", "AK"}),
    "a total that is no sum of what is there": (
        rows("state,year,deaths", "Ohio,2020,5", "Texas,2020,6", "Total,2020,99"),
        {},
        {"OH", "TX", "US"},
    ),
    "a total that an option names": (
        rows("state,year,deaths", "Ohio,2020,5", "Texas,2020,6", "Total,2020,11"),
        {"place": "US"},
        {"OH", "TX", "US"},
    ),
    "the country by name": (rows("state,year,deaths", "United States,2020,5"), {}, {"US"}),
    "the country by letters": (rows("place,year,deaths", "U.S.,2020,5"), {}, {"US"}),
    "places that are states alone": (
        rows("place,year,deaths", "Georgia,2020,5", "Ohio,2020,6"),
        {},
        {"GA", "OH"},
    ),
    "places that are countries alone": (
        rows("place,year,deaths", "Georgia,2020,5", "Mexico,2020,6"),
        {},
        {"GE", "MX"},
    ),
    "a state as an option says": (
        rows("place,year,deaths", "Georgia,2020,5"),
        {"place_kind": "state"},
        {"GA"},
    ),
    "a country as an option says": (
        rows("place,year,deaths", "Georgia,2020,5"),
        {"place_kind": "country"},
        {"GE"},
    ),
    "countries by two letters that states have too": (
        rows("country,year,value", "CA,2020,1", "DE,2020,2", "IN,2020,3", "CO,2020,4"),
        {},
        {"Canada", "Germany", "India", "Colombia"},
    ),
    "countries by three letters": (
        rows("iso3,year,value", "CAN,2020,1", "MEX,2020,2"),
        {},
        {"Canada", "MX"},
    ),
    "provinces": (
        rows("province,year,value", "BC,2020,1", "Québec,2020,2"),
        {},
        {"CA-BC", "CA-QC"},
    ),
    "counties": (rows("county,year,deaths", "Washington,2020,5"), {}, {"county:Washington"}),
    "counties of a state": (
        rows("state,county,year,deaths", "OH,Adams,2020,5", "Ohio,Delaware,2020,6"),
        {},
        {"OH:Adams", "OH:Delaware"},
    ),
    "counties by number": (rows("state,fips,year,deaths", "OH,39001,2020,5"), {}, {"OH:39001"}),
    "counties of an option's state": (
        rows("county,year,deaths", "Adams,2020,5", "Total,2020,9"),
        {"place": "Ohio"},
        {"OH:Adams", "OH"},
    ),
    "places that are counties, as an option says": (
        rows("place,year,deaths", "Adams,2020,5"),
        {"place_kind": "county"},
        {"county:Adams"},
    ),
    "places as they are": (
        rows("region,year,deaths", "Northeast,2020,5"),
        {"place_kind": "other"},
        {"Northeast"},
    ),
    "states twice, by name and by letters": (
        rows("state,state_name,fips,year,deaths", "OH,Ohio,39,2020,5"),
        {},
        {"OH"},
    ),
    "a region that each state lies in": (
        rows("state,region,year,deaths", "OH,Midwest,2020,5", "TX,South,2020,6"),
        {},
        {"OH", "TX"},
    ),
    "a country around its states": (rows("country,state,year,deaths", "USA,OH,2020,5"), {}, {"OH"}),
    "women": (rows("year,sex,deaths", "2020,Female,5", "2021,Female,6"), {}, {"US:Female"}),
    "women of a county": (
        rows("state,county,year,sex,deaths", "OH,Adams,2020,F,5"),
        {},
        {"OH:Adams/F"},
    ),
    "an age of one value": (rows("year,age,deaths", "2020,25,5", "2021,25,6"), {}, {"US:25"}),
    "everyone, said so": (
        rows("year,sex,age group,race,deaths", "2020,Both sexes,All ages,All races,5"),
        {},
        {"US"},
    ),
    "rows of the total alone": (
        rows("year,sex,deaths", "2020,All,11", "2020,Female,5", "2020,Male,6"),
        {"total": "Sex=All"},
        {"US"},
    ),
    "rows of a part alone": (
        rows("year,sex,deaths", "2020,All,11", "2020,Female,5", "2020,Male,6"),
        {"where": "sex=female"},
        {"US:Female"},
    ),
    "two columns of totals": (
        rows("year,sex,age,deaths", "2020,All,All,11", "2020,All,25,5", "2020,F,All,6"),
        {"total": "sex=All; age=All"},
        {"US"},
    ),
    "a column that parts nothing, as an option says": (
        rows("year,form,deaths", "2020,long,5", "2021,short,6"),
        {"ignore": "form"},
        {"US"},
    ),
    "no column of places": (YEAR, {}, {"US"}),
    "a place that an option names": (YEAR, {"place": "OH"}, {"OH"}),
    "a place that an option names in full": (YEAR, {"place": "Ohio"}, {"OH"}),
    "a place of one's own": (YEAR, {"place": "Adams County"}, {"Adams County"}),
    "other measures beside": (
        rows("year,deaths,population,crude_rate,lower ci", "2020,5,900,0.6,0.1"),
        {"value": "deaths"},
        {"US"},
    ),
    "a number that counts something else": (
        rows("year,deaths,visits", "2020,5,12", "2021,6,14"),
        {},
        {"US"},
    ),
    "rates that cannot be relied on": (
        rows("year,deaths,crude_rate", "2020,5,Unreliable", "2021,26,1.4"),
        {"value": "deaths"},
        {"US"},
    ),
    "notes and links": (
        rows("year,deaths,notes,url,last_updated", "2020,5,a,b,2024-01-01", "2021,6,,c,2024-01-01"),
        {},
        {"US"},
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_place_is_what_its_column_says(name, tmp_path):
    text, options, places = READ[name]
    found = came(tmp_path, text, **options)
    assert not found.refused
    assert found.places == places


# What is refused: the text, its options, and what the line says.

REFUSED = {
    "a state with a slip": (
        rows("state,year,deaths", "Ohio,2020,5", "Ohoi,2021,6"),
        {},
        ("line 3", "names no state", "Ohio?"),
    ),
    "a county among states": (rows("state,year,deaths", "Adams,2020,5"), {}, ("names no state",)),
    "a number of no state": (rows("state,year,deaths", "3,2020,5"), {}, ("names no state", "'3'")),
    "a state among countries": (rows("country,year,deaths", "Ohio,2020,5"), {}, ("no country",)),
    "a country with a slip": (rows("country,year,deaths", "Germny,2020,5"), {}, ("Germany?",)),
    "one state twice": (
        rows("state,year,deaths", "Ohio,2021,5", "OH,2021,6"),
        {},
        ("line 3", "OH, 2021 is there twice, first in line 2"),
    ),
    "one number twice": (
        rows("state,year,deaths", "01,2021,5", "1,2021,6"),
        {},
        ("line 3", "AL, 2021 is there twice, first in line 2"),
    ),
    "the country twice": (
        rows("state,year,deaths", "Ohio,2021,5", "Total,2021,11", "US,2021,11"),
        {},
        ("line 4", "US, 2021 is there twice, first in line 3"),
    ),
    "a state or a country": (
        rows("place,year,deaths", "Georgia,2020,5"),
        {},
        ("state or a country", "place_kind=state or place_kind=country"),
    ),
    "letters of states or of countries": (
        rows("place,year,deaths", "CA,2020,5", "DE,2020,6"),
        {},
        ("state or a country",),
    ),
    "counties below place": (
        rows("place,year,deaths", "Adams,2020,5", "Washington,2020,6"),
        {},
        ("neither all states nor all countries", "place_kind=county"),
    ),
    "a total of counties of nothing": (
        rows("county,year,deaths", "Adams,2020,5", "Total,2020,5"),
        {},
        ("line 3", "holds a total", "place="),
    ),
    "a total of two states": (
        rows("state,year,deaths", "Ohio,2020,5", "Texas,2020,6", "Total,2020,11"),
        {},
        ("line 4", "adds up 2 states, not the country"),
    ),
    "states of another country": (
        rows("country,state,year,deaths", "Australia,WA,2020,5"),
        {},
        ("states of another country",),
    ),
    "two states in a row": (
        rows("state,state_name,year,deaths", "OH,Texas,2020,5"),
        {},
        ("two columns name two states",),
    ),
    "a place beside the column of places": (
        rows("state,year,deaths", "OH,2020,5"),
        {"place": "TX"},
        ("column 'state' says the place, and so does place",),
    ),
    "an option's state or country": (YEAR, {"place": "Georgia"}, ("place=GA or place=GE",)),
    "a kind that is none": (YEAR, {"place_kind": "planet"}, ("'place_kind'", "county")),
    "a total without its value": (YEAR, {"total": "sex"}, ("COLUMN=VALUE",)),
    "a total of no column": (YEAR, {"total": "sxe=All"}, ("column 'sxe' is missing",)),
    "a total that is not there": (
        rows("year,sex,deaths", "2020,All,11"),
        {"total": "sex=Al"},
        ("column 'sex' has no 'Al'", "It has All"),
    ),
    "a column to ignore that is not there": (YEAR, {"ignore": "sex"}, ("'sex' is missing",)),
    "a unit of a place in blank": (
        rows("state,county,year,deaths", "OH,,2020,5"),
        {},
        ("column 'county' is empty",),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_place_that_is_not_sure_is_asked_for(name, tmp_path):
    text, options, words = REFUSED[name]
    found = came(tmp_path, text, **options)
    assert not found.rows
    for word in words:
        assert word in found.refused, found.refused


SPLITS = {
    "sex": ("Female", "Male"),
    "Gender": ("F", "M"),
    "age_group": ("0-17", "18+"),
    "age": ("25", "26"),
    "race": ("White", "Black"),
    "Hispanic Origin": ("yes", "no"),
    "drug": ("fentanyl", "heroin"),
    "intent": ("Unintentional", "Suicide"),
    "manner_of_death": ("A", "B"),
    "lab_type": ("Federal", "State"),
    "Indicator": ("deaths", "visits"),
    "county": ("Adams", "Allen"),
    "facility_name": ("North", "South"),
    "anything": ("some", "more"),
    "week": ("1", "2"),
}


@pytest.mark.parametrize("column", SPLITS)
def test_a_column_that_parts_the_rows_is_used_or_named(column, tmp_path):
    """Whatever the second value stands beside: another year, another state."""
    one, two = SPLITS[column]
    title = column.replace("_", " ")
    for text in (
        rows(f"year,{title},deaths", f"2020,{one},5", f"2021,{two},6"),
        rows(f"state,year,{title},deaths", f"OH,2020,{one},5", f"TX,2020,{two},6"),
        rows(f"year,{title},deaths", f"2020,{one},5", f"2020,{two},6"),
    ):
        found = came(tmp_path, text)
        assert f"'{title}'" in found.refused or not found.places & {"US", "OH", "TX"}


@pytest.mark.parametrize("column", [name for name in SPLITS if name != "week"])
def test_one_value_of_such_a_column_gives_its_name_to_what_is_read(column, tmp_path):
    one, _ = SPLITS[column]
    found = came(tmp_path, rows(f"year,{column},deaths", f"2020,{one},5", f"2021,{one},6"))
    assert not found.refused
    assert all(one in series + place for series, place, *_ in found.rows)
    assert ("overdoses", "US") not in {(series, place) for series, place, *_ in found.rows}


def test_what_is_taken_without_being_said_is_told(tmp_path):
    found = came(tmp_path, "Year,Opioid Deaths\n2020,5\n", series=None, unit=None)
    told = " ".join(found.reading.remarks)
    assert "series is 'opioid_deaths'" in told
    assert "unit is 'people'" in told
    assert "No column says where" in told
    part = came(tmp_path, rows("year,sex,deaths", "2020,Female,5"), place="OH").reading
    assert part.remarks == ("Only Female (sex): the records are of that part of the people.",)


def test_series_and_unit_are_asked_for_at_once(tmp_path):
    line = came(tmp_path, "year,count\n2020,5\n", series=None, unit=None).refused
    assert "nothing says the series and the unit of column 'count'" in line
    assert "--with series=mine --with unit=people" in line


@pytest.mark.parametrize(
    "top", ["# Overdoses in Ohio", "Overdose deaths of women", "Deaths in Adams County by year"]
)
def test_a_title_that_names_a_part_is_asked_about(top, tmp_path):
    found = came(tmp_path, f"{top}\n{YEAR}")
    assert "a line above the header names a part, and no column says where" in found.refused
    assert came(tmp_path, f"{top}\n{YEAR}", place="US:part").places == {"US:part"}


def test_what_stands_on_top_for_all_rows_is_taken(tmp_path):
    found = came(tmp_path, "# all: place=OH, source=me, unit=people\n" + YEAR, unit=None)
    assert found.places == {"OH"}
    assert set(found.reading.records["source"]) == {"me"}


def test_a_number_of_deaths_of_another_kind_parts_nothing(tmp_path):
    text = rows("year,deaths,opioid deaths", "2020,9,5", "2021,9,6")
    found = came(tmp_path, text, value="deaths")
    assert found.places == {"US"}
    assert "Not read: opioid deaths." in found.reading.remarks


def test_a_total_that_is_taken_for_the_country_is_told(tmp_path):
    found = came(tmp_path, rows("place,year,deaths", "Total,2020,5"))
    assert found.places == {"US"}
    assert found.reading.remarks == ("Total is taken for US: --with place=… says otherwise.",)

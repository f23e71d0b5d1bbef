"""A place of one's own: a YAML file and a CSV of deaths; a slip is one line that says where."""

from pathlib import Path

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import InputError, UnknownName
from upriver.evidence.figures import series
from upriver.places.place import RECORDS

COUNTY = """\
schema: 1
title: River County, Ohio
state: OH
population: {2015: 541000, 2020: 540000}
deaths: river.csv
source: An example, no count
"""
DEATHS = """\
# An example.
month,deaths
2021-01,12
2021-03,15
2021-04,
2021-06,10
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a place and its deaths into a folder that UPRIVER_PLACES names."""
    folder = tmp_path / "places of mine"
    folder.mkdir()
    monkeypatch.setenv("UPRIVER_PLACES", str(folder))

    def write(text: str = COUNTY, deaths: str = DEATHS, name: str = "river") -> Path:
        (folder / "river.csv").write_text(deaths, encoding="utf-8")
        file = folder / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_county_stands_beside_the_states_with_its_own_deaths_and_people(own):
    own()
    assert len(up.places()) == 52
    assert "River County, Ohio" in repr(up.places())
    found = up.place("river")
    assert (found.own, found.state, found.division) == (True, "OH", "East North Central")
    assert found.population.at(2020) == 540_000
    assert found.deaths.labels == ("2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06")
    assert found.deaths.censored.tolist() == [False, True, False, True, True, False]
    assert found.deaths.between("2021-01", "2021-06") == (37, 37 + 3 * 9)
    assert found.deaths.source == "An example, no count"


def test_what_a_county_does_not_say_is_its_state_s_and_counts_are_shared_out(own):
    own()
    found, ohio = up.place("river"), up.place("OH")
    assert found.prescribing is ohio.prescribing
    assert found.naloxone_law == ohio.naloxone_law
    assert set(found.jail.statuses) == {"shared"}
    part = found.jail.at(2019) / ohio.jail.at(2019)
    assert part == pytest.approx(540_000 / 11.69e6, rel=0.02)
    assert set(found.borrowed) == set(RECORDS) - {"population", "methadone"}
    assert "of OH  (rounded; cdc_dispensing_states)" in repr(found)
    kits = found.shared("naloxone_kits")
    assert kits.at(2020) < 0.01 * series("naloxone_kits").at(2020)


def test_a_place_outside_the_states_has_the_country_s_rates_and_no_laws(own):
    own(COUNTY.replace("state: OH\n", ""))
    found = up.place("river")
    assert (found.state, found.division, found.region) == (None, "", "")
    assert found.naloxone.place == "US"
    assert found.medicaid_expansion is None
    assert "of US" in repr(found)
    own(COUNTY.replace("state: OH", "division: Pacific"))
    assert (up.place("river").division, up.place("river").region) == ("Pacific", "West")


def test_where_nothing_is_withheld_a_month_without_a_row_has_no_deaths(own):
    own(COUNTY + "withheld_below: 1\n", "month,deaths\n2021-01,3\n2021-03,0\n2021-04,1\n")
    found = up.place("river").deaths
    assert found.values.tolist() == [3, 0, 0, 1]
    assert not found.censored.any()


def test_files_are_read_again_once_they_have_changed(own):
    own()
    assert up.place("river").name == "River County, Ohio"
    own(COUNTY.replace("River County", "The county"), DEATHS.replace("15", "25"))
    assert up.place("river").name == "The county, Ohio"
    assert up.place("river").deaths.values[2] == 25


def test_a_place_that_is_not_there_is_refused_and_the_nearest_suggested(own):
    own()
    with pytest.raises(UnknownName, match="Did you mean 'river'"):
        up.place("rver")


WRONG = {
    "state": ("state: OH", "state: Ohoi", "line 3: state 'Ohoi' does not exist"),
    "state by name": ("state: OH", "state: O", "line 3: state 'O' does not exist"),
    "division": ("state: OH", "division: Pacfic", "Did you mean 'Pacific'"),
    "another division": (
        "state: OH",
        "state: OH\ndivision: Pacific",
        "line 4: division is not that of OH, found 'Pacific'. Allowed: East North Central",
    ),
    "schema": ("schema: 1", "schema: 2", "schema is not known, found 2. Allowed: 1"),
    "unknown field": ("state: OH", "stat: OH", "unknown field 'stat'"),
    "missing field": ("source: An example, no count\n", "", "source is missing"),
    "population": ("{2015: 541000, 2020: 540000}", "many", "population should be a mapping"),
    "no population": ("{2015: 541000, 2020: 540000}", "{}", "should have a year or more"),
    "a year": ("2015:", "15:", "found 15. Allowed: a year, 1990 to 2035"),
    "people": ("541000", "0", "found 0. Allowed: 1 to 4"),
    "a word for people": ("541000", "many", "population.2015 should be a number"),
    "no file": ("river.csv", "rver.csv", "line 5: deaths: 'rver.csv' does not exist"),
    "the nearest file": ("river.csv", "rver.csv", "Did you mean 'river.csv'?"),
    "a folder": ("river.csv", ".", "is a folder"),
    "withheld": ("source:", "withheld_below: 0\nsource:", "withheld_below"),
    "not yaml": ("title: ", "title: [", "not valid YAML"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_slip_in_the_file_is_one_line_that_says_where(own, case):
    before, after, says = WRONG[case]
    own(COUNTY.replace(before, after))
    assert says in refused("river.yaml")


WRONG_ROWS = {
    "column": ("month,deaths", "month,death", "line 2: column 'death' is not known"),
    "nearest column": ("month,deaths", "month,death", "Did you mean 'deaths'?"),
    "column missing": ("month,deaths", "month", "column 'deaths' is missing"),
    "column twice": ("month,deaths", "month,month", "column 'month' is there twice"),
    "month": ("2021-03", "March 2021", "line 4: month is not a month, found 'March 2021'"),
    "month twice": ("2021-03", "2021-01", "line 4: month 2021-01 is there twice, first in line 3"),
    "word": ("2021-03,15", "2021-03,many", "line 4: deaths should be a whole number"),
    "half": ("2021-03,15", "2021-03,1.5", "found '1.5'. Allowed: 0 to 100,000"),
    "below none": ("2021-03,15", "2021-03,-1", "found '-1'"),
    "below ten": ("2021-03,15", "2021-03,5", "found 5. Allowed: 0, or 10 and more"),
    "cells": ("2021-03,15", "2021-03", "line 4: has 1 cells, not 2"),
    "too many": ("2021-03,15", "2021-03,999999", "Allowed: 0 to 100,000"),
}


@pytest.mark.parametrize("case", WRONG_ROWS)
def test_a_slip_in_the_deaths_is_one_line_that_says_where(own, case):
    before, after, says = WRONG_ROWS[case]
    own(deaths=DEATHS.replace(before, after))
    assert says in refused("river.csv")


@pytest.mark.parametrize("deaths", ["", "# nothing\n", "month,deaths\n", "month,deaths\n2021-01,"])
def test_deaths_without_a_count_are_refused(own, deaths):
    own(deaths=deaths)
    assert "river.csv: has no" in refused("river.csv")


@pytest.mark.parametrize("raw", [b"month,deaths\n\xff\xfe\n", b"#" * 300_000])
def test_deaths_that_are_no_text_or_too_large_are_refused(own, raw):
    file = own()
    (file.parent / "river.csv").write_bytes(raw)
    assert "deaths" in refused("river.yaml")


@pytest.mark.parametrize("name", ["OH", "us", "9th", "a b"])
def test_a_name_that_ships_or_that_no_place_can_have_is_refused(own, name):
    own(name=name)
    with pytest.raises(InputError, match=r"name|called"):
        up.places()


@pytest.mark.parametrize(("made", "says"), [(False, "no folder"), (True, "without places")])
def test_a_folder_that_holds_no_place_is_refused(tmp_path, monkeypatch, made, says):
    folder = tmp_path / "places"
    if made:
        folder.mkdir()
    monkeypatch.setenv("UPRIVER_PLACES", str(folder))
    with pytest.raises(InputError, match=says):
        up.place("OH")


def test_every_line_of_a_csv_of_all_months_is_read(own):
    rows = [
        f"{year}-{month:02d},{10 + month}" for year in range(1999, 2025) for month in range(1, 13)
    ]
    own(deaths="\n".join(["month,deaths", *rows]))
    found = up.place("river").deaths
    assert len(found) == 312
    np.testing.assert_array_equal(found.values[:12], np.arange(11, 23))


def refused(file: str) -> str:
    """The message, which is one line and names a file."""
    with pytest.raises(InputError) as raised:
        up.place("river")
    line = str(raised.value)
    assert file in line
    assert "\n" not in line
    assert "None" not in line
    return line

"""A user's own file is read as a person would read it, or one line says what to change."""

import pytest
from made import table, zipped

from upriver.core.errors import InputError
from upriver.evidence.sources import user_csv

HOW = {"series": "overdoses", "unit": "people"}


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def written(content):
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "mine.csv").write_bytes(raw)
        return "mine.csv"

    return written


PLAIN = "date,value\n2021-01,5\n2021-02,6\n"
LATIN = "date,place,value\n2021-01,Québec,5\n2021-02,Québec,6\n"
TIDY = (
    "series,place,calendar,period,value,unit,source,vintage,status,note\n"
    "mine,US,year,2020,5,people/year,wonder,final,reported,\n"
    "mine,US,year,2021,,people/year,wonder,final,missing,not collected\n"
)
MONTHS = ("2021-01", "2021-02")

# What is read: the text, its options, and the periods and values that come out.

READ = {
    "plain": (PLAIN, {}, MONTHS, [5, 6]),
    "a byte order mark": (b"\xef\xbb\xbf" + PLAIN.encode(), {}, MONTHS, [5, 6]),
    "UTF-16 with its mark": (PLAIN.encode("utf-16"), {}, MONTHS, [5, 6]),
    "UTF-16 little-endian without": (PLAIN.encode("utf-16-le"), {}, MONTHS, [5, 6]),
    "UTF-16 big-endian without": (PLAIN.encode("utf-16-be"), {}, MONTHS, [5, 6]),
    "Latin-1": (LATIN.encode("latin-1"), {}, MONTHS, [5, 6]),
    "line ends of Windows": (PLAIN.replace("\n", "\r\n"), {}, MONTHS, [5, 6]),
    "line ends of old Macs": (PLAIN.replace("\n", "\r"), {}, MONTHS, [5, 6]),
    "no line end at the end": (PLAIN.rstrip(), {}, MONTHS, [5, 6]),
    "semicolons": (table(PLAIN, ";"), {}, MONTHS, [5, 6]),
    "tabs": (table(PLAIN, "\t"), {}, MONTHS, [5, 6]),
    "bars": (table(PLAIN, "|"), {}, MONTHS, [5, 6]),
    "sep=; on top": ("sep=;\n" + table(PLAIN, ";"), {}, MONTHS, [5, 6]),
    "blank lines at the end": (PLAIN + "\n\n,\n\n", {}, MONTHS, [5, 6]),
    "blank lines between": (PLAIN.replace("\n", "\n\n"), {}, MONTHS, [5, 6]),
    "empty columns at the end": ("date,value,,\n2021-01,5,,\n2021-02,6,,\n", {}, MONTHS, [5, 6]),
    "a title above": (
        "Overdoses in my county\n\n" + PLAIN,
        {"place": "my county"},
        MONTHS,
        [5, 6],
    ),
    "a merged title above": ("Overdoses by month,\n" + PLAIN, {}, MONTHS, [5, 6]),
    "a footer below": (PLAIN + "Source: county\n", {}, MONTHS, [5, 6]),
    "footers below a blank line": (PLAIN + "\n* provisional,\nNotes: none,\n", {}, MONTHS, [5, 6]),
    "remarks": ("# mine\n" + PLAIN, {}, MONTHS, [5, 6]),
    "spaces around cells": ("date , value\n 2021-01 , 5\n2021-02,6 \n", {}, MONTHS, [5, 6]),
    "quotes": ('"date","value"\n"2021-01","5"\n"2021-02","6"\n', {}, MONTHS, [5, 6]),
    "capitals": ("Date,VALUE\n2021-01,5\n2021-02,6\n", {}, MONTHS, [5, 6]),
    "days": ("date,value\n2021-01-31,5\n2021-02-28,6\n", {}, MONTHS, [5, 6]),
    "days with a time": (
        "date,value\n2021-01-31 00:00:00,5\n2021-02-28T00:00:00Z,6\n",
        {},
        MONTHS,
        [5, 6],
    ),
    "American days": ("date,value\n01/31/2021,5\n02/28/2021,6\n", {}, MONTHS, [5, 6]),
    "European days": ("date,value\n31/01/2021,5\n28/02/2021,6\n", {}, MONTHS, [5, 6]),
    "German days": ("date;value\n01.01.2021;5\n01.02.2021;6\n", {}, MONTHS, [5, 6]),
    "days that an option tells": (
        "date,value\n01/01/2021,5\n02/01/2021,6\n",
        {"dates": "month first"},
        MONTHS,
        [5, 6],
    ),
    "names of months": ("date,value\nJan 2021,5\nFebruary 2021,6\n", {}, MONTHS, [5, 6]),
    "short names of months": ("date,value\nJan-21,5\nFeb-21,6\n", {}, MONTHS, [5, 6]),
    "month and year": ("month,value\n1/2021,5\n02/2021,6\n", {}, MONTHS, [5, 6]),
    "year and month apart": (
        "year,month,value\n2021,January,5\n2021,February,6\n",
        {},
        MONTHS,
        [5, 6],
    ),
    "year and number apart": ("year,month,value\n2021,1,5\n2021,2,6\n", {}, MONTHS, [5, 6]),
    "years": ("year,value\n2020,5\n2021,6\n", {}, ("2020", "2021"), [5, 6]),
    "years with a point": ("year,value\n2020.0,5\n2021.0,6\n", {}, ("2020", "2021"), [5, 6]),
    "fiscal years": (
        "date,value\nFY2020,5\nFY 2021,6\n",
        {"fiscal_year": "us"},
        ("FY2020", "FY2021"),
        [5, 6],
    ),
    "quarters": (
        "date,value\n2021-Q1,5\nQ2 2021,6\n",
        {},
        ("2021-Q1", "2021-Q2"),
        [5, 6],
    ),
    "half-years": ("date,value\n2021-H1,5\n2021 H2,6\n", {}, ("2021-H1", "2021-H2"), [5, 6]),
    "thousands": ('date,value\n2021-01,"1,234,567"\n2021-02,999\n', {}, MONTHS, [1_234_567, 999]),
    "thousands and decimals": (
        'date,value\n2021-01,"1,234.5"\n2021-02,"2,000"\n',
        {},
        MONTHS,
        [1234.5, 2000],
    ),
    "decimal commas": ("date;value\n2021-01;1234,5\n2021-02;0,25\n", {}, MONTHS, [1234.5, 0.25]),
    "German thousands": (
        "date;value\n2021-01;1.234,5\n2021-02;2.000,0\n",
        {},
        MONTHS,
        [1234.5, 2000],
    ),
    "French thousands": (
        "date;value\n2021-01;1\u202f234,5\n2021-02;2 000,0\n",
        {},
        MONTHS,
        [1234.5, 2000],
    ),
    "Swiss thousands": ("date,value\n2021-01,1'234\n2021-02,2'000\n", {}, MONTHS, [1234, 2000]),
    "commas that an option tells": (
        'date,value\n2021-01,"1,234"\n2021-02,"2,000"\n',
        {"decimal": "."},
        MONTHS,
        [1234, 2000],
    ),
    "negative numbers": (
        "date,value\n2021-01,-5\n2021-02,\u22126\n",
        {"unit": "USD"},
        MONTHS,
        [-5, -6],
    ),
    "thousands of people": (
        'date,value\n2021-01,"1,234"\n2021-02,"2,000"\n',
        {},
        MONTHS,
        [1234, 2000],
    ),
    "powers of ten": ("date,value\n2021-01,1e3\n2021-02,2.5E-2\n", {}, MONTHS, [1000, 0.025]),
    "missing values": (
        "date,value\n2021-01,\n2021-02,6\n2021-03,n/a\n",
        {},
        (*MONTHS, "2021-03"),
        [None, 6, None],
    ),
    "suppressed values": ("date,value\n2021-01,<10\n2021-02,6\n", {}, MONTHS, [None, 6]),
    "a column for the unit": (
        "date,value,unit\n2021-01,5,people\n2021-02,6,people\n",
        {},
        MONTHS,
        [5, 6],
    ),
    "columns that an option names": (
        "a,b\n2021-01,5\n2021-02,6\n",
        {"date": "a", "value": "B"},
        MONTHS,
        [5, 6],
    ),
    "12 months ending": (PLAIN, {"calendar": "12 months ending"}, MONTHS, [5, 6]),
    "rows out of order": ("date,value\n2021-02,6\n2021-01,5\n", {}, MONTHS, [5, 6]),
    "a comma in a quoted title": (
        'date,"value",note\n2021-01,5,"a, b"\n2021-02,6,\n',
        {},
        MONTHS,
        [5, 6],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_a_person_would(write, name):
    text, options, labels, values = READ[name]
    how = HOW | options
    if name == "a column for the unit":
        del how["unit"]
    ((key, record),) = user_csv.read(write(text), **how).parsed().items()
    assert key[0] == "overdoses"
    assert record.labels == labels
    assert [record.at(label) for label in labels] == values


# What is refused: the text, its options, and what the line says.

REFUSED = {
    "empty": ("", {}, "is empty"),
    "only blank lines": ("\n\n\n", {}, "is empty"),
    "a header alone": ("date,value\n", {}, "has a header and no rows"),
    "no header": ("2021-01,5\n2021-02,6\n", {}, "has no header, only numbers"),
    "one column": ("value\n5\n6\n", {}, "has no table of two columns"),
    "prose": ("This is a letter.\nIt has no table.\n", {}, "has no table of two columns"),
    "a column twice": ("date,value,Value\n2021-01,5,6\n", {}, "column 'value' is there twice"),
    "a column without a name": (
        "date,,value\n2021-01,1,5\n2021-02,1,6\n",
        {},
        "column 2 has no name",
    ),
    "no column for the date": ("when,value\n2021-01,5\n", {}, "no column is called the date"),
    "no column for the value": ("date,people\n2021-01,5\n", {}, "no column is called the value"),
    "two columns for the value": (
        "date,deaths,rate\n2021-01,5,1\n",
        {},
        "more than one column could be",
    ),
    "a named column that is not there": (PLAIN, {"value": "valeu"}, "column 'valeu' is missing"),
    "a row too short": (
        "date,place,value\n2021-01,US,5\n2021-02,6\n",
        {},
        "line 3: should have 3 cells",
    ),
    "a row too long": (PLAIN + "2021-03,1,234\n", {}, "line 4: should have 2 cells"),
    "a formula": (
        "date,value\n2021-01,5\n2021-02,=B1+1\n",
        {},
        "line 3: column 'value' holds a formula",
    ),
    "a formula in a place": (
        "date,place,value\n2021-01,=A1,5\n",
        {},
        "column 'place' holds a formula",
    ),
    "the error of a formula": (
        "date,value\n2021-01,#REF!\n",
        {},
        "line 2: column 'value' holds a formula",
    ),
    "a number in words": ("date,value\n2021-01,five\n", {}, "line 2: column 'value' is no number"),
    "a number with its unit": ("date,value\n2021-01,5 kg\n", {}, "say the unit once"),
    "a percentage": ("date,value\n2021-01,5%\n", {}, "is no number, found '5%'"),
    "money": ("date,value\n2021-01,$5\n", {}, "is no number, found '$5'"),
    "brackets for less": ("date,value\n2021-01,(5)\n", {}, "is no number, found '(5)'"),
    "infinity": ("date,value\n2021-01,inf\n", {}, "is no number, found 'inf'"),
    "1,234 kilograms alone": (
        'date,value\n2021-01,"1,234"\n',
        {"unit": "kg"},
        "can be read in two ways, found '1,234'",
    ),
    "less than nobody": ("date,value\n2021-01,-5\n", {}, "line 2: column 'value' is below zero"),
    "1.234 and 2,5": (
        "date;value\n2021-01;1.5\n2021-02;2,5\n",
        {},
        "line 3: column 'value' is written otherwise",
    ),
    "03/04/2021 alone": ("date,value\n03/04/2021,5\n", {}, "Say which comes first"),
    "dates of both orders": (
        "date,value\n31/01/2021,5\n01/31/2021,6\n",
        {},
        "line 3: column 'date' is no date",
    ),
    "months and years": (
        "date,value\n2021-01,5\n2022,6\n",
        {},
        "line 3: column 'date' is a date of another kind",
    ),
    "a number of a day": (
        "date,value\n44287,5\n",
        {},
        "looks like a spreadsheet's number of a day",
    ),
    "quarters of a fiscal year": ("date,value\nFY2021 Q1,5\n", {}, "quarters of calendar years"),
    "fiscal years alone": ("date,value\nFY2020,5\n", {}, "--fiscal-year us"),
    "a month that is none": (
        "date,value\n2021-13,5\n",
        {},
        "line 2: column 'date' is no date, found '2021-13'",
    ),
    "a day that is none": ("date,value\n2021-02-30,5\n", {}, "is no date, found '2021-02-30'"),
    "a date in words": ("date,value\nlast year,5\n", {}, "is no date, found 'last year'"),
    "a total": (PLAIN + "Total,11\n", {}, "line 4: column 'date' is a total, not a period"),
    "a blank date": ("date,value\n2021-01,5\n,6\n", {}, "Merged cells leave blanks"),
    "a blank place": (
        "place,date,value\nOhio,2021-01,5\n,2021-02,6\n",
        {},
        "line 3: column 'place' is empty",
    ),
    "a period twice": (PLAIN + "2021-01,7\n", {}, "US, 2021-01 is there twice, first in line 2"),
    "a title that names a part": (
        "Overdoses in my county\n" + PLAIN,
        {},
        "a line above the header names a part",
    ),
    "no unit": (PLAIN, {"unit": None}, "nothing says the unit"),
    "a wrong unit": (PLAIN, {"unit": "peple"}, "Did you mean 'people'?"),
    "kilogrammes": (PLAIN, {"unit": "kilogram"}, "is not on the list of units"),
    "two units": (
        "date,value,unit\n2021-01,5,kg\n2021-02,6,lb\n",
        {"unit": None},
        "should say the same in each row",
    ),
    "no series": (PLAIN, {"series": None}, "nothing says the series"),
    "an option that is none": (PLAIN, {"dellimiter": ";"}, "option 'dellimiter' does not exist"),
    "an order that is none": (PLAIN, {"dates": "year first"}, "day first, month first"),
    "a calendar that does not fit": (
        PLAIN,
        {"calendar": "year"},
        "is not a period of the calendar 'year'",
    ),
    "a quotation mark left open": (
        'date,value\n2021-01,"5\n2021-02,6\n',
        {},
        "a quotation mark is not closed",
    ),
    "text behind a quotation": ('date,value\n2021-01,"5"x\n', {}, "line 2: is not a table"),
    "a NUL byte": (b"date,value\n2021-01,5\x00\n2021-02,6\n", {}, "line 2: holds a NUL byte"),
    "a line of 10 MB": (
        "date,value\n2021-01," + "5" * 10_000_000,
        {},
        "line 2: has a line too long",
    ),
    "a web page": ("<!DOCTYPE html>\n<html></html>", {}, "is a web page or XML"),
    "a workbook": (zipped(a="b"), {}, "is a workbook, not CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 64, {}, "is a workbook, not CSV"),
    "a PDF": (b"%PDF-1.7 \n", {}, "is not text"),
    "bytes at random": (bytes(range(1, 256)) * 9, {}, "no encoding that we know"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_line(write, name):
    text, options, says = REFUSED[name]
    how = {key: value for key, value in (HOW | options).items() if value is not None}
    with pytest.raises(InputError) as caught:
        user_csv.read(write(text), **how)
    line = str(caught.value)
    assert says in line
    assert "\n" not in line
    assert len(line) <= 300


def test_what_was_passed_over_is_told(write):
    reading = user_csv.read(write("Title\n" + PLAIN + "Source: me\n"), place="US", **HOW)
    assert reading.remarks == (
        "Passed over above the header: 'Title'.",
        "Passed over below the table: 'Source: me'.",
    )


TIDY_READ = {
    "plain": TIDY,
    "semicolons": table(TIDY, ";"),
    "UTF-16": TIDY.encode("utf-16"),
    "what is the same on top": (
        "# all: place=US, calendar=year, unit=people/year, source=wonder, vintage=final\n"
        "series,period,value,status\nmine,2020,5,reported\nmine,2021,,missing\n"
    ),
}


@pytest.mark.parametrize("name", TIDY_READ)
def test_our_tidy_form_is_read(write, name):
    record = user_csv.read(write(TIDY_READ[name])).parsed()["mine", "US"]
    assert record.at("2020") == 5
    assert record.statuses == ("reported", "missing")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("status", "state", "column 'state' is not known"),
        (",unit", "", "line 3: should have 9 cells"),
        ("year,2020", "yaer,2020", "line 2: calendar 'yaer' is not known"),
        ("year,2020", "year,20", "line 2: '20' is not a period"),
        (",5,", ",five,", "line 2: value 'five' is not a number"),
        (",5,", ",=5,", "line 2: column 'value' holds a formula"),
        ("reported", "told", "line 2: status 'told' is not known"),
        ("2021,,", "2020,,", "is there twice"),
        ("people/year", "peple/year", "Did you mean 'people/year'?"),
    ],
)
def test_our_tidy_form_is_checked(write, old, new, says):
    with pytest.raises(InputError) as caught:
        user_csv.read(write(TIDY.replace(old, new)))
    assert says in str(caught.value)


def test_formulas_do_not_leave_with_the_records(write):
    text = "date,place,value\n2021-01,+cmd,-5\n"
    out = user_csv.read(write(text), series="a", unit="USD", place_kind="other").to_csv()
    assert ",'+cmd," in out
    assert ",-5," in out


def test_there_are_sixty_cases():
    assert len(READ) + len(REFUSED) >= 60

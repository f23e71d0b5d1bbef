"""Our own form comes back as it left: what ships, what is modelled, and text of every kind."""

import math

import pytest
from own_csv import came

from upriver.evidence.figures import all_records
from upriver.evidence.record import STATUSES, WITHOUT_VALUE, Record
from upriver.evidence.series import all_words
from upriver.evidence.sources import user_csv
from upriver.report.evidence import csv_of_records

HEADER = "series,place,calendar,period,value,low,high,unit,source,vintage,status,note,world,draws"
MADE = (
    "# Deaths, and what is made of them\n"
    '# A remark with "one quotation mark and, a comma\n'
    f"{HEADER}\n"
    "deaths,US,year,1999,8050,,,people/year,wonder,final,reported,,,\n"
    "deaths,US,year,2000,8407,,,people/year,nchs,2024,rounded,by hand,,\n"
    "deaths,US,year,1999,8123.25,7000.5,9001,people/year,upriver 0.1,0a1b2c,estimated,,whole,200\n"
    "deaths,US,year,2000,8500,7100,9100,people/year,upriver 0.1,0a1b2c,estimated,,whole,200\n"
    "deaths,US,year,2000,8600,7200,9200,people/year,upriver 0.1,0a1b2c,estimated,,reference,1\n"
    "sums,OH,12 months ending,2021-04,,,,people,cdc_vsrr,2026-06,suppressed,few,,\n"
    "seized,US:southwest/OFO,fiscal year,FY2021,12.5,,,lb,cbp_drugs,2026,reported,,,\n"
    "level,Canada,instant,2020.25,0.1,,,1,upriver 0.1,0a1b2c,estimated,,whole,200\n"
    "level,MX,instant,2020-06-30,0.3,,,1,upriver 0.1,0a1b2c,estimated,,whole,200\n"
    "reports,US,half-year,2021-H1,7,,,report,nflis,2025,computed,,,\n"
    "visits,US,quarter,2021-Q3,9,,,people,user,as given,partial,,,\n"
    "change,US,month,2021-04,-3,,,people,user,as given,reported,'=not a formula,,\n"
)


def cells(text: str) -> list[str]:
    """Rows as they stand, without comments, in order of their text."""
    return sorted(line for line in text.splitlines() if not line.startswith("#"))


def test_every_column_of_our_form_comes_back(tmp_path):
    file = tmp_path / "made.csv"
    file.write_text(MADE)
    reading = user_csv.read(file)
    assert cells(reading.to_csv()) == cells(MADE)
    assert reading.remarks == ()
    file.write_text(reading.to_csv())
    assert user_csv.read(file).to_csv() == reading.to_csv()


def test_recorded_and_modelled_values_of_a_series_are_records_of_their_own(tmp_path):
    file = tmp_path / "made.csv"
    file.write_text(MADE)
    records = user_csv.read(file).parsed()
    recorded = records["deaths", "US"]
    assert (recorded.values.tolist(), recorded.sources) == ([8050, 8407], ("wonder", "nchs"))
    made = records["deaths [whole]", "US"]
    assert made.values.tolist() == [8123.25, 8500]
    assert made.low.tolist() == [7000.5, 7100]
    assert (made.worlds, made.draws) == (("whole", "whole"), ("200", "200"))
    assert records["deaths [reference]", "US"].draws == ("1",)
    assert records["level", "Canada"].worlds == ("whole",)


def test_a_period_twice_in_one_world_is_refused(tmp_path):
    again = MADE + MADE.splitlines()[-8] + "\n"
    assert (
        "is there twice, first in line 8" in came(tmp_path, again, series=None, unit=None).refused
    )


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_comes_back(status, tmp_path):
    value = "" if status in WITHOUT_VALUE else "5"
    text = f"{HEADER}\na,US,year,2020,{value},,,people,b,c,{status},,whole,200\n"
    file = tmp_path / "made.csv"
    file.write_text(text)
    assert user_csv.read(file).to_csv() == text


def same(one: Record, other: Record) -> bool:
    """Whether two records are equal to the bit."""
    named = (
        "name",
        "place",
        "calendar",
        "unit",
        "labels",
        "sources",
        "vintages",
        "statuses",
        "notes",
    )
    columns = zip(
        (one.values, one.low, one.high), (other.values, other.low, other.high), strict=True
    )
    return all(getattr(one, field) == getattr(other, field) for field in named) and all(
        a == b or (math.isnan(a) and math.isnan(b))
        for mine, its in columns
        for a, b in zip(mine, its, strict=True)
    )


@pytest.mark.parametrize("name", all_words())
def test_every_series_that_ships_comes_back_from_its_csv(name, tmp_path):
    records = [record for (series, _), record in all_records().items() if series == name]
    file = tmp_path / "shown.csv"
    file.write_text(csv_of_records(records, all_words()[name]), encoding="utf-8")
    back = user_csv.read(file).parsed()
    assert len(back) == len(records)
    assert all(same(record, back[record.name, record.place]) for record in records)


def test_options_have_no_place_where_the_file_says_all_and_that_is_told(tmp_path):
    file = tmp_path / "made.csv"
    file.write_text(MADE)
    reading = user_csv.read(file, series="other")
    assert ("deaths", "US") in reading.parsed()
    assert reading.remarks[-1].endswith("Not used: series.")

"""Dates of laws and expansions, and divisions: every state has them, or says why not."""

import csv
from datetime import date

import pytest

from upriver.core.errors import SchemaProblem
from upriver.evidence.places import STATES
from upriver.places import dates
from upriver.places.dates import WHATS, all_dates, since
from upriver.places.divisions import DIVISION_OF, REGION_OF


def test_every_state_has_dates_or_says_until_when_it_had_none():
    found = all_dates()
    assert set(found) == {(what, place) for what in WHATS for place in STATES}
    for one in found.values():
        assert one.date or one.note
    adopted = [place for place in STATES if found["medicaid_expansion", place].date]
    assert len(adopted) == 41
    assert found["medicaid_expansion", "CA"].date == date(2014, 1, 1)
    assert found["medicaid_expansion", "CA"].status == "stated"
    naloxone = {place: found["naloxone_law", place].date for place in STATES}
    assert min(naloxone, key=naloxone.get) == "NM"
    assert naloxone["NM"] == date(2001, 4, 3)
    assert "2016-07-01" in found["naloxone_law", "SD"].note
    without = [place for place in STATES if not found["good_samaritan_law", place].date]
    assert without == ["KS", "TX", "WY"]


def test_divisions_are_nine_in_four_regions_and_hold_every_state_once():
    assert set(DIVISION_OF) == set(STATES)
    assert (len(set(DIVISION_OF.values())), len(set(REGION_OF.values()))) == (9, 4)


def test_divisions_are_those_of_the_raw_files(shared):
    file = shared / "data" / "raw" / "incarceration_vera_state" / "incarceration_trends_state.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            place = row["state_abbr"]
            assert DIVISION_OF[place] == row["division"]
            assert REGION_OF[DIVISION_OF[place]] == row["region"]


def test_a_date_is_a_calendar_year():
    assert since("medicaid_expansion", "OH").at == 2014
    assert since("naloxone_law", "OH").at == pytest.approx(2014 + 69 / 365)
    assert since("medicaid_expansion", "TX").at is None
    assert str(since("medicaid_expansion", "TX")) == "not adopted by 2025-08"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("what,place\n", "line 1: columns must be what, place, date"),
        (",".join(dates.COLUMNS) + "\na,OH,soon,reported,x,y,\n", "line 2: 'soon' is no date"),
    ],
)
def test_a_broken_file_of_dates_is_refused_with_its_line(monkeypatch, tmp_path, text, says):
    file = tmp_path / "dates.csv"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(dates, "FILE", file)
    all_dates.cache_clear()
    with pytest.raises(SchemaProblem, match=says):
        all_dates()
    all_dates.cache_clear()

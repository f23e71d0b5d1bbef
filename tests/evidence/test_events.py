"""Dated acts: state laws, controls, cooperation; broken rows refused with line and reason."""

import pytest

from upriver.core.errors import SchemaProblem
from upriver.evidence.events import COLUMNS, KINDS, all_events, events, parse_events
from upriver.evidence.references import references

ROW = "2024-01-30,CN/US,cooperation,first meeting,whitehouse2024a"


def test_every_act_has_a_date_a_kind_and_a_source_and_comes_in_order():
    found = all_events()
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert {event.kind for event in found} == set(KINDS)
    assert {event.source for event in found} <= set(references())
    assert len(set(found)) == len(found)


def test_cooperation_stopped_in_august_2022_resumed_in_november_2023_and_met_in_january_2024():
    dates = [event.date for event in events("cooperation") if "CN" in event.place]
    assert dates.index("2022-08-05") < dates.index("2023-11-15") < dates.index("2024-01-30")


def test_the_class_control_of_china_holds_from_1_may_2019():
    (event,) = events("class")
    assert (event.date, event.place) == ("2019-05-01", "CN")


def test_state_laws_are_of_states_and_from_2001_to_2018_where_they_are_of_naloxone():
    naloxone = events("naloxone")
    assert len({event.place for event in naloxone}) >= 50
    assert all(len(event.place) == 2 for event in naloxone)
    assert (naloxone[0].date, naloxone[0].place) == ("2001-05-01", "NM")
    assert max(event.date for event in naloxone) < "2019"
    assert {event.kind for event in events(place="OH")} == {
        "naloxone",
        "Good Samaritan",
        "monitoring programme",
    }


def test_no_act_names_a_chemical_beyond_what_everyone_knows():
    for event in all_events():
        assert not any(letter.isdigit() for letter in event.what.replace("13 precursors", ""))


def test_a_day_a_month_and_a_year_are_dates():
    lines = [",".join(COLUMNS), ROW, ROW.replace("-30", ""), ROW.replace("-01-30", "")]
    assert [round(event.at, 4) for event in parse_events(lines, "a.csv")] == [2024.0792, 2024, 2024]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["date,place,kind,what", ROW], "columns must be"),
        ([",".join(COLUMNS), ROW + ",more"], "has 6 cells, not 5"),
        ([",".join(COLUMNS), ROW.replace("first meeting", " ")], "what is empty"),
        ([",".join(COLUMNS), ROW.replace("2024-01-30", "2024-02-30")], "must be a day"),
        ([",".join(COLUMNS), ROW.replace("2024-01-30", "2024.5")], "must be a day"),
        ([",".join(COLUMNS), ROW.replace("2024-01-30", "soon")], "must be a day"),
        (
            [",".join(COLUMNS), ROW.replace("cooperation", "coperation")],
            "Did you mean 'cooperation'",
        ),
        ([",".join(COLUMNS), ROW.replace("whitehouse2024a", "zzz")], "source 'zzz' is not known"),
        ([",".join(COLUMNS), ROW, ROW], "the same act stands in line 2"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(lines, says):
    with pytest.raises(SchemaProblem) as raised:
        parse_events(lines, "a.csv")
    assert "a.csv, line" in str(raised.value)
    assert says in str(raised.value)

"""Places that ship: what is recorded of a state, what is withheld, borrowed or shared out."""

from dataclasses import replace

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import OutOfBounds, UnknownName
from upriver.evidence.figures import series
from upriver.evidence.places import STATES
from upriver.evidence.record import STATUSES
from upriver.evidence.references import references
from upriver.places.fentanyl import first_year
from upriver.places.place import NOT_BY_STATE, RECORDS


def test_there_are_51_places_and_each_has_every_figure_with_source_and_status():
    assert list(up.places()) == list(STATES)
    for code in STATES:
        found = up.place(code)
        assert (found.code, found.name, found.state) == (code, STATES[code], code)
        assert found.division
        assert found.region
        assert found.borrowed == ()
        records = [getattr(found, name) for name in RECORDS]
        records += [*found.deaths_by_year.values(), *found.deaths_to_december.values()]
        for record in records:
            assert record.place == code
            assert set(record.sources) <= set(references())
            assert set(record.statuses) <= set(STATUSES)
        for one in (found.medicaid_expansion, found.naloxone_law, found.good_samaritan_law):
            assert one.source in references()
        assert found.deaths.source in references()


@pytest.mark.parametrize("text", ["OH", "oh", "Ohio", "ohio "])
def test_a_state_is_asked_for_by_its_letters_or_its_name(text):
    assert up.place(text).code == "OH"


@pytest.mark.parametrize(("text", "near"), [("Ohoi", "Ohio"), ("West Virgina", "West Virginia")])
def test_an_unknown_place_is_refused_and_the_nearest_suggested(text, near):
    with pytest.raises(UnknownName, match=f"Did you mean '{near}'"):
        up.place(text)
    with pytest.raises(UnknownName):
        up.places()["US"]


# Deaths by month


def test_months_follow_each_other_and_a_month_without_a_count_is_withheld_and_no_zero():
    for code in ("OH", "WY", "PA"):
        found = up.place(code).deaths
        assert (found.labels[0], found.labels[-1], len(found)) == ("1999-01", "2024-12", 312)
        np.testing.assert_allclose(np.diff(found.starts), 1 / 12)
        assert (np.isnan(found.values) == found.censored).all()
        assert (found.low[found.censored] == 0).all()
        assert (found.high[found.censored] == 9).all()
        assert (found.low[~found.censored] == found.high[~found.censored]).all()
        assert set(found.statuses) == {"reported", "suppressed"}
        assert {v for v, at in zip(found.vintages, found.labels, strict=True) if at < "2024"} == {
            "final"
        }


def test_months_have_the_vintage_of_the_figures_and_a_state_without_a_month_has_one_too():
    for code in ("OH", "WY"):
        found, record = up.place(code).deaths, series("deaths_synthetic_in_month", code)
        said = dict(zip(found.labels, found.vintages, strict=True))
        assert [said[label] for label in record.labels] == list(record.vintages)
    nothing = up.place("SD").deaths
    assert nothing.censored.all()
    assert set(nothing.vintages) == {"final", "to 2025-03"}


def test_the_deaths_of_a_year_that_is_known_lie_between_what_its_months_can_hold():
    outside = {}
    for code in STATES:
        found, yearly = up.place(code).deaths, up.place(code).deaths_by_year["synthetic"]
        for year in range(1999, 2017):
            low, high = found.between(f"{year}-01", f"{year}-12")
            known = yearly.at(year)
            if known is not None and not low <= known <= high:
                outside[code, year] = max(low - known, known - high) / known
    assert len(outside) == 5
    assert max(outside.values()) < 0.02


def test_the_country_lies_between_what_all_months_can_hold():
    for year in range(1999, 2025):
        ends = [up.place(code).deaths.between(f"{year}-01", f"{year}-12") for code in STATES]
        low, high = map(sum, zip(*ends, strict=True))
        assert low <= series("deaths_synthetic").at(year) <= high


def test_months_that_are_not_there_are_refused():
    found = up.place("OH").deaths
    with pytest.raises(OutOfBounds, match="1999-01 to 2024-12"):
        found.between("1998-01", "2000-01")
    with pytest.raises(OutOfBounds, match="before the first"):
        found.between("2020-02", "2020-01")


def test_months_make_a_table():
    frame = up.place("WY").deaths.to_pandas()
    assert list(frame.columns)[:5] == ["start", "value", "censored", "low", "high"]
    assert frame["censored"].sum() > 300


def test_new_york_is_with_its_city_where_both_are_published():
    found = up.place("NY").deaths_to_december["synthetic"]
    assert found.at("2023-12") == 2_656 + 2_464
    assert found.statuses[-1] == "missing"
    assert set(found.statuses) == {"computed", "missing"}


# The first year of fentanyl


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("OH", "2014 (6% of samples)"),
        ("CA", "2017 (6% of samples)"),
        ("ND", "2013 or before (7% of samples, below 5 % again later)"),
        ("AK", "2019 (21% of samples)"),
    ],
)
def test_the_first_year_of_fentanyl_says_its_share_and_whether_it_lasted(code, said):
    assert str(up.place(code).fentanyl) == said


def test_the_first_year_is_that_of_the_country_in_2015_and_never_after_2019():
    shares, samples = series("nflis_share_opioid"), series("nflis_samples_fentanyl")
    assert first_year(shares, samples).year == 2015
    for code in STATES:
        found = up.place(code).fentanyl
        assert found.year is None or 2013 <= found.year <= 2019


def test_a_place_below_the_share_has_no_first_year_and_missing_years_are_named():
    shares = series("nflis_share_opioid", "OH")
    samples = series("nflis_samples_fentanyl", "OH")
    none = first_year(replace(shares, values=0 * shares.values), samples)
    assert (none.year, none.samples, str(none)) == (None, None, "not by 2019")
    holes = shares.values.copy()
    holes[:2] = np.nan
    found = first_year(replace(shares, values=holes), samples)
    assert (found.year, found.or_before, found.missing) == (2015, False, (2013, 2014))


# What no state publishes


@pytest.mark.parametrize("name", NOT_BY_STATE)
def test_what_no_state_publishes_is_the_country_s_by_population_and_says_so(name):
    shares = [up.place(code).shared(name) for code in STATES]
    whole = series(name)
    np.testing.assert_allclose(sum(one.values for one in shares), whole.values, rtol=1e-9)
    for one in shares:
        assert set(one.statuses) <= {"shared", "missing"}
        assert all("US's by population" in note for note in one.notes)
        assert one.sources == whole.sources


@pytest.mark.parametrize("name", ["fentanyl_share", "heroin_price", "oud_share_nsduh"])
def test_what_is_no_count_is_not_shared_out(name):
    with pytest.raises(OutOfBounds, match="is no count"):
        up.place("OH").shared(name)


# Python


def test_places_are_asked_for_by_name_however_the_room_was_imported():
    import upriver.places

    assert up.places()["OH"].code == upriver.places()["OH"].code == "OH"
    assert "OH" in up.places()
    assert len(repr(up.places()).splitlines()) == len(up.places())


def test_a_place_prints_every_figure_with_its_source():
    said = repr(up.place("AK"))
    for words in RECORDS.values():
        assert words in said
    assert "withheld (0 to 9 deaths)" in said
    assert "partial; vera_trends" in said
    assert "2015-09-01" in said

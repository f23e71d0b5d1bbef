"""What ships of the states: control totals, and what is withheld, partial or rounded says so."""

import numpy as np
import pytest

from upriver.evidence.calendars import month_label
from upriver.evidence.figures import DATA, places_of, series
from upriver.evidence.places import STATES
from upriver.evidence.record import WITHOUT_VALUE

MONTHLY = "deaths_synthetic_in_month"


def year_of_months(place, year):
    """Deaths of the published months of a year."""
    found = series(MONTHLY, place)
    return sum(found.at(month_label(year, month)) or 0 for month in range(1, 13))


def held(places, year):
    return sum(year_of_months(place, year) for place in places)


@pytest.mark.parametrize(
    ("year", "months", "country"),
    [
        (2013, 1_333, 3_105),
        (2019, 35_725, 36_359),
        (2020, 56_083, 56_516),
        (2021, 70_292, 70_601),
        (2022, 73_518, 73_838),
        (2023, 72_425, 72_776),
        (2024, 47_320, 47_735),
    ],
)
def test_months_of_the_states_add_up_to_what_is_published_and_fall_short_of_the_country(
    year, months, country
):
    places = [place for place in places_of(MONTHLY) if place != "US"]
    assert held(places, year) == months
    assert series("deaths_synthetic").at(year) == country


def test_months_are_never_below_ten_end_in_2024_and_the_last_year_is_provisional():
    for place in (place for place in places_of(MONTHLY) if place != "US"):
        found = series(MONTHLY, place)
        assert found.values.min() >= 10
        assert found.labels[-1] <= "2024-12"
        for label, vintage in zip(found.labels, found.vintages, strict=True):
            assert vintage == ("to 2025-03" if label >= "2024" else "final")
    assert {"PA", "LA"} <= set(places_of(MONTHLY))


def test_twelve_months_of_louisiana_and_pennsylvania_are_those_that_ship_added_up():
    for place in ("LA", "PA"):
        rolling, months = series("deaths_synthetic_12m", place), series(MONTHLY, place)
        for label in ("2019-12", "2021-12", "2024-12"):
            assert rolling.at(label) == year_of_months(place, int(label[:4]))
        assert len(months.labels) > 90


@pytest.mark.parametrize(
    ("name", "year", "states", "country"),
    [
        ("deaths_any_opioid", 2016, 42_245, 42_249),
        ("deaths_any_opioid", 2010, 21_088, 21_089),
        ("deaths_synthetic", 2016, 19_385, 19_413),
        ("deaths_heroin", 2016, 15_438, 15_469),
    ],
)
def test_deaths_of_the_states_by_year_add_up_but_for_what_is_suppressed(
    name, year, states, country
):
    records = [series(f"{name}_by_state", place) for place in STATES]
    values = [record.at(year) for record in records]
    assert sum(value or 0 for value in values) == states
    assert series(name).at(year) == country
    assert country - states <= 9 * values.count(None) + 5
    for record in records:
        assert record.labels == tuple(map(str, range(1999, 2017)))
        for value, status in zip(record.values, record.statuses, strict=True):
            assert status == ("suppressed" if np.isnan(value) else "reported")
            assert not value < 10


def test_months_of_large_states_are_what_the_certificates_say_in_2016():
    for place in ("OH", "MA", "FL"):
        assert year_of_months(place, 2016) == series("deaths_synthetic_by_state", place).at(2016)


def test_decembers_agree_with_the_months_of_the_same_source():
    name = "deaths_synthetic_december"
    compared = 0
    for place in places_of(name):
        found, rolling = series(name, place), series("deaths_synthetic_12m", place)
        assert found.labels[0] == "2015-12"
        for label, value, vintage in zip(found.labels, found.values, found.vintages, strict=True):
            known = rolling.at(label)
            if known is not None and vintage == "2025-12" and np.isfinite(value):
                assert value == pytest.approx(known, abs=1)
                compared += 1
    assert compared > 380
    assert series(name, "PA").at("2025-12") == 1_639
    assert "PR" in places_of(name)
    assert series("deaths_any_opioid_december").at("2017-12") == pytest.approx(47_885, rel=1e-3)


def test_what_is_withheld_of_a_state_says_that_it_is():
    for name in ("all_drugs", "any_opioid", "synthetic", "heroin"):
        for place in places_of(f"deaths_{name}_december"):
            found = series(f"deaths_{name}_december", place)
            for value, status in zip(found.values, found.statuses, strict=True):
                assert (status in WITHOUT_VALUE) == np.isnan(value)
                assert status in ("reported", "missing")


def weighted(name, year):
    """A rate of the states, weighted by residents, and residents."""
    rates = [series(name, place).at(year) for place in STATES]
    people = [series("residents", place).at(year) for place in STATES]
    return sum(r * p for r, p in zip(rates, people, strict=True)), sum(people)


@pytest.mark.parametrize(
    ("year", "each_hundred"), [(2006, 72.4), (2012, 81.3), (2018, 51.4), (2019, 46.8), (2023, 37.5)]
)
def test_opioid_prescriptions_per_100_people_are_those_of_the_country(year, each_hundred):
    dispensed, people = weighted("opioid_dispensing_rate", year)
    assert 100 * dispensed / people == pytest.approx(each_hundred, abs=0.06)


def test_the_break_of_2019_is_said_in_every_state():
    for place in STATES:
        found = series("opioid_dispensing_rate", place)
        notes = dict(zip(found.labels, found.notes, strict=True))
        assert [label for label, note in notes.items() if note] == ["2019"]
        assert len(set(found.vintages)) == 2


def test_buprenorphine_prescriptions_of_2022_are_16_million():
    dispensed, people = weighted("buprenorphine_dispensing_rate", 2022)
    assert dispensed == pytest.approx(16.03e6, abs=0.005e6)
    assert series("buprenorphine_dispensing_rate").at(2022) == pytest.approx(
        dispensed / people, abs=1e-5
    )
    assert max(STATES, key=lambda s: series("buprenorphine_dispensing_rate", s).at(2022)) == "WV"


def test_rates_that_were_rounded_say_so():
    for name in ("opioid_dispensing_rate", "buprenorphine_dispensing_rate"):
        assert set(series(name, "OH").statuses) == {"rounded"}
    naloxone = series("naloxone_dispensing_rate", "OH")
    assert set(naloxone.statuses) == {"rounded"}
    np.testing.assert_allclose(naloxone.values * 1000, np.round(naloxone.values * 1000), atol=1e-9)


def test_people_of_12_and_over_with_a_disorder_are_5_9_million():
    shares = [series("oud_share_nsduh", place) for place in STATES]
    of_country = series("oud_share_nsduh").at(2023)
    assert of_country == pytest.approx(0.0209, abs=5e-5)
    twelve_and_over = (series("population").at(2022) + series("population").at(2023)) / 2
    assert of_country * twelve_and_over == pytest.approx(5.9e6, abs=0.05e6)
    for share in shares:
        assert share.low[0] < share.values[0] < share.high[0]
        assert share.statuses == ("estimated",)


def test_shares_of_methadone_programmes_add_up_to_1_in_every_year():
    name = "methadone_programmes_share"
    for year in series(name, "OH").labels:
        shares = [series(name, place).at(year) for place in STATES]
        assert sum(share or 0 for share in shares) == pytest.approx(1, abs=3e-4)
    assert set(series(name, "OH").notes) == {"low trust"}


def test_people_in_jail_are_those_of_2019_and_partial_where_they_are():
    states = [series("jail_population", place) for place in STATES]
    assert sum(found.at(2019) for found in states) == pytest.approx(742_396, abs=5)
    for found in states:
        for year, status in zip(found.starts, found.statuses, strict=True):
            one = found.place in ("AK", "CT", "DE", "HI", "RI", "VT")
            assert status == ("partial" if one or year >= 2020 else "reported")


def test_residents_reach_1999_without_a_step_at_the_census_of_2000():
    for place in STATES:
        found = series("residents", place)
        assert found.labels == tuple(map(str, range(1999, 2026)))
        assert found.at(2000) / found.at(1999) == pytest.approx(1, abs=0.06)


def test_all_that_ships_of_the_states_is_below_3_megabytes():
    files = [*DATA.glob("figures/*.csv"), *DATA.glob("events/*.csv"), *DATA.glob("places/*.csv")]
    assert sum(file.stat().st_size for file in files) < 3_000_000

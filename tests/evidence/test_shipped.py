"""What ships from raw files: control totals with their vintage, and what no series may hide."""

import csv

import numpy as np
import pytest

from upriver.evidence.figures import DATA, all_records, places_of, series
from upriver.evidence.record import WITHOUT_VALUE

REPORTED = "deaths_synthetic_12m"
PREDICTED = "deaths_synthetic_12m_predicted"
DRUGS = ("fentanyl", "heroin", "methamphetamine")
STATES = {place for place in places_of("residents") if place != "US"}
MONTHS = 133
"""January 2015 to January 2026."""


def test_all_figures_and_events_are_below_3_megabytes():
    files = [*DATA.glob("figures/**/*"), *DATA.glob("events/**/*")]
    assert sum(file.stat().st_size for file in files if file.is_file()) < 3_000_000


def test_places_are_the_country_fifty_states_and_the_district():
    assert len(STATES) == 51
    assert "DC" in STATES


# Deaths, 12 months ending


@pytest.mark.parametrize(
    ("name", "month", "deaths"),
    [
        (REPORTED, "2023-06", 77_695),
        (REPORTED, "2026-01", 36_825),
        (REPORTED, "2024-12", 48_662),
        (PREDICTED, "2026-01", 37_488),
        (PREDICTED, "2024-12", 48_913),
        ("deaths_any_opioid_12m", "2017-12", 47_885),
    ],
)
def test_provisional_deaths_of_their_vintage(name, month, deaths):
    found = series(name)
    assert set(found.vintages) == {"to 2018-09" if "any_opioid" in name else "to 2026-01"}
    assert found.at(month) == deaths
    assert found.calendar == "12 months ending"


def test_the_country_peaked_in_june_2023_and_its_record_reaches_january_2026():
    found = series(REPORTED)
    assert found.labels[int(np.argmax(found.values))] == "2023-06"
    assert found.newest == "2026-01"
    assert len(found.labels) == MONTHS


def test_20_of_50_states_and_the_district_peaked_by_december_2022_first_ohio_and_west_virginia():
    peaks = {}
    for place in STATES:
        found = series(REPORTED, place)
        if np.isfinite(found.values).any():
            peaks[place] = found.labels[int(np.nanargmax(found.values))]
    assert len(peaks) == 51
    assert sum(peak <= "2022-12" for peak in peaks.values()) == 20
    first = min(peaks.values())
    assert first == "2021-04"
    assert {place for place, peak in peaks.items() if peak == first} == {"OH", "WV"}
    assert peaks["AZ"] == "2025-11"


@pytest.mark.parametrize(
    ("place", "first", "peak", "deaths", "newest"),
    [("LA", "2018-10", "2022-06", 1_215, 642), ("PA", "2015-08", "2022-01", 3_800, 2_066)],
)
def test_louisiana_and_pennsylvania_are_twelve_months_added_up_where_none_is_withheld(
    place, first, peak, deaths, newest
):
    found = series(REPORTED, place)
    known = np.flatnonzero(np.isfinite(found.values))
    assert len(found.labels) == MONTHS
    assert (found.labels[known[0]], found.newest) == (first, "2024-12")
    assert found.labels[int(np.nanargmax(found.values))] == peak
    assert (found.at(peak), found.at("2024-12")) == (deaths, newest)
    assert {found.statuses[i] for i in known} == {"computed"}
    assert list(known) == list(range(known[0], known[-1] + 1))
    assert set(found.sources) == {"wonder_states"}
    assert set(series(PREDICTED, place).statuses) == {"missing"}


def test_what_is_withheld_says_why():
    why = ("low data quality", "fewer than 10", "a month has fewer than 10", "not in the file")
    for place in places_of(REPORTED):
        found = series(REPORTED, place)
        for status, note in zip(found.statuses, found.notes, strict=True):
            assert (status in WITHOUT_VALUE) == (note in why)
    kept = {status for place in STATES for status in series(REPORTED, place).statuses}
    assert kept == {"reported", "computed", "missing", "suppressed"}


def test_predicted_deaths_are_no_fewer_than_reported():
    for place in places_of(REPORTED):
        reported, predicted = series(REPORTED, place), series(PREDICTED, place)
        both = np.isfinite(reported.values) & np.isfinite(predicted.values)
        assert (predicted.values[both] >= reported.values[both]).all()


def test_provisional_and_final_counts_of_a_year_differ_by_less_than_four_percent():
    for drug in ("any_opioid", "heroin", "all_drugs", "natural", "cocaine", "psychostimulants"):
        rolling, final = series(f"deaths_{drug}_12m"), series(f"deaths_{drug}")
        for year in (2015, 2016, 2017):
            known = final.at(year)
            if known is not None:
                assert rolling.at(f"{year}-12") == pytest.approx(known, rel=0.04)


# Seizures


@pytest.mark.parametrize(
    ("fiscal_year", "pounds"),
    [
        ("FY2019", 2_804),
        ("FY2020", 4_791),
        ("FY2021", 11_201),
        ("FY2022", 14_700),
        ("FY2023", 27_023),
        ("FY2024", 21_889),
        ("FY2025", 12_027),
    ],
)
def test_fentanyl_seized_in_a_fiscal_year_to_the_pound(fiscal_year, pounds):
    stated = series("seized_fentanyl_fiscal")
    months = series("seized_fentanyl")
    assert set(stated.vintages) == set(months.vintages) == {"to 2025-12"}
    year = int(fiscal_year[2:])
    labels = [f"{year - (month >= 10)}-{month:02d}" for month in range(1, 13)]
    assert round(stated.at(fiscal_year)) == pounds
    assert round(sum(months.at(label) for label in labels)) == pounds


def test_the_southwest_border_has_94590_of_97834_pounds_which_are_97833_and_a_half():
    border = [series("seized_fentanyl", f"US:southwest/{unit}") for unit in ("OFO", "USBP")]
    assert round(sum(one.values.sum() for one in border)) == 94_590
    assert series("seized_fentanyl").values.sum() == pytest.approx(97_833.48, abs=0.005)


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("kind", ["seized", "seizures"])
def test_regions_and_components_add_up_to_the_country_in_every_month(kind, drug):
    name = f"{kind}_{drug}"
    parts = [series(name, place) for place in places_of(name) if place != "US"]
    assert len(parts) == 6
    whole = series(name)
    assert all(part.labels == whole.labels for part in parts)
    assert whole.labels[0] == "2018-10"
    assert len(whole.labels) == 87
    np.testing.assert_allclose(sum(part.values for part in parts), whole.values, atol=1e-6)


def test_no_weight_is_seized_without_a_seizure():
    for drug in DRUGS:
        for place in places_of(f"seized_{drug}"):
            weight, events = series(f"seized_{drug}", place), series(f"seizures_{drug}", place)
            assert (events.values[weight.values > 0] >= 1).all()


# Laboratories


def test_shares_are_shares_of_the_samples_that_they_say():
    for place in places_of("nflis_share_all"):
        share = series("nflis_share_all", place)
        with_it, of = (series(f"nflis_samples_{name}", place) for name in ("fentanyl", "all"))
        np.testing.assert_allclose(share.values, with_it.values / of.values, atol=6e-6)
    for name in ("all", "opioid", "heroin", "cocaine", "methamphetamine"):
        for place in places_of(f"nflis_share_{name}"):
            values = series(f"nflis_share_{name}", place).values
            assert ((values >= 0) & (values <= 1)).all()


def test_samples_of_the_states_add_up_to_the_country():
    for name in ("all", "fentanyl", "heroin", "cocaine", "methamphetamine"):
        parts = sum(series(f"nflis_samples_{name}", state).values for state in STATES)
        np.testing.assert_array_equal(parts, series(f"nflis_samples_{name}").values)


def test_the_share_with_fentanyl_is_near_that_of_the_published_model():
    ours, theirs = series("nflis_share_opioid"), series("fentanyl_share")
    for year in range(2013, 2021):
        assert ours.at(year) == pytest.approx(theirs.at(year), rel=0.2)


def test_what_is_related_to_fentanyl_is_no_less_than_fentanyl():
    for place in places_of("nflis_reports_fentanyl"):
        fentanyl, related, carfentanil = (
            series(f"nflis_reports_{name}", place).values
            for name in ("fentanyl", "fentanyl_related", "carfentanil")
        )
        assert (related >= fentanyl + carfentanil).all()


def test_digitised_points_span_what_was_read_and_what_is_stated():
    powder = series("fentanyl_powder_purity")
    assert len(powder.labels) == 70
    assert (powder.low <= powder.values).all()
    assert (powder.values <= powder.high).all()
    year = [i for i, label in enumerate(powder.labels) if "2022-10" <= label <= "2023-09"]
    stated = series("fentanyl_powder_purity_stated").at("FY2023")
    assert powder.values[year].mean() == pytest.approx(0.225, abs=5e-4)
    assert powder.low[year].mean() == pytest.approx(stated, abs=1e-4)
    pills = series("fentanyl_pill_dose")
    assert (pills.low <= pills.values).all()
    assert (pills.values <= pills.high).all()
    mended = [
        label for label, note in zip(pills.labels, pills.notes, strict=True) if "mended" in note
    ]
    assert mended == ["2020-10", "2021-04", "2021-10"]
    assert set(powder.statuses) == {"digitised"}
    assert powder.labels == pills.labels == series("fentanyl_pill_exhibits").labels


def test_stated_means_and_pills_of_2_mg_say_that_they_are_secondary():
    pills = series("pills_2mg_stated")
    assert (pills.at("FY2023"), pills.at("FY2025")) == (0.76, 0.29)
    assert set(pills.statuses) == {"secondary"}
    assert series("fentanyl_powder_purity_stated").at("FY2025") == 0.103


# People


def test_people_who_are_homeless_in_2023_and_a_part_count_in_2021():
    found = series("homeless")
    assert found.at(2023) == 653_104
    partial = [
        label for label, s in zip(found.labels, found.statuses, strict=True) if s == "partial"
    ]
    assert partial == ["2021"]
    everywhere = [series("homeless", place).at(2023) for place in places_of("homeless")]
    assert sum(n for n in everywhere if n is not None) == 2 * 653_104


def test_residents_of_the_states_add_up_and_2023_says_that_it_is_high():
    found = series("residents")
    states = sum(series("residents", state).values for state in STATES)
    np.testing.assert_array_equal(found.values, states)
    notes = dict(zip(found.labels, found.notes, strict=True))
    assert [label for label, note in notes.items() if note] == ["1999", "2023"]
    assert "too high" in notes["2023"]
    assert found.at(2020) == pytest.approx(331.5e6, rel=2e-3)


# Abroad


def test_china_states_changes_that_its_own_levels_do_not_give():
    cases, change = series("china_cases", "CN"), series("china_cases_change", "CN")
    assert cases.at(2022) / cases.at(2021) - 1 == pytest.approx(-0.352, abs=1e-3)
    assert change.at(2022) == -0.286
    assert dict(zip(change.labels, change.notes, strict=True))["2021"] == "implies 64,516 in 2020"


def test_figures_said_in_texts_are_46_and_12_stated_changes():
    lines = (DATA / "figures" / "quoted.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    changes = [row for row in rows if row["series"].endswith("_change")]
    assert (len(rows) - len(changes), len(changes)) == (46, 12)
    assert {row["status"] for row in rows} == {"stated", "secondary"}


def test_canada_is_not_california_and_its_newest_year_may_be_a_part():
    assert "CA" not in places_of("death_rate_opioids")
    found = series("death_rate_opioids", "Canada")
    assert found.at(2023) == 20.1
    assert found.statuses[-1] == "partial"
    assert series("death_rate_opioids", "CA-BC").at(2023) == 40.9


def test_every_record_with_an_interval_lies_in_it():
    for found in all_records().values():
        known = np.isfinite(found.low) & np.isfinite(found.values)
        assert (found.low[known] <= found.values[known]).all(), found.name
        known = np.isfinite(found.high) & np.isfinite(found.values)
        assert (found.values[known] <= found.high[known]).all(), found.name

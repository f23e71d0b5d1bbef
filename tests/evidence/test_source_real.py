"""Every source reads what its publisher really sent, where such files lie beside the repository."""

import pytest

from upriver.core.errors import SourceProblem, UnknownName
from upriver.core.units import UNITS
from upriver.evidence.figures import all_records
from upriver.evidence.references import references
from upriver.evidence.sources import (
    SOURCES,
    cbp,
    cdc_vsrr,
    dea_purity,
    hud_pit,
    nflis,
    phac,
    source,
)


@pytest.fixture(scope="module")
def raw(shared):
    return shared / "data" / "raw"


def check(reading):
    """What holds of every reading: known units, a vintage, records that can be read back."""
    assert set(reading.records["unit"]) <= UNITS
    key = SOURCES[reading.source].reference
    assert set(reading.records["source"]) == {key}
    assert key in references()
    assert (reading.records["vintage"].str.len() > 0).all()
    assert all(remark.endswith(".") for remark in reading.remarks)
    return reading.parsed()


def test_synthetic_opioid_deaths_peaked_in_june_2023(raw):
    reading = cdc_vsrr.read(raw / "vsrr" / "vsrr_t404_state_month_2015_2026.csv")
    records = check(reading)
    country = records["deaths_synthetic_12m", "US"]
    assert country.at("2023-06") == country.values.max() == 77_695
    assert country.newest == "2026-01"
    assert country.at("2026-01") == 36_825
    assert records["deaths_synthetic_12m_predicted", "US"].at("2026-01") == 37_488
    assert reading.remarks == ("Not in the file: LA, PA.",)
    statuses = set(records["deaths_synthetic_12m", "WY"].statuses)
    assert {"suppressed", "reported"} <= statuses


def test_all_indicators_of_the_older_download_are_read(raw):
    path = raw / "vsrr_all" / "vsrr_all_indicators_2015-01_2018-09.csv"
    reading = cdc_vsrr.read(path)
    records = check(reading)
    assert records["deaths_any_opioid_12m", "US"].at("2017-12") == 47_885
    assert set(reading.frame["indicator"]) == set(cdc_vsrr.INDICATORS)
    cdc_vsrr._whole(path)


def test_a_part_of_the_data_set_is_read_and_is_not_taken_for_the_whole(raw):
    with pytest.raises(SourceProblem, match="is missing"):
        cdc_vsrr._whole(raw / "vsrr" / "vsrr_t404_state_month_2015_2026.csv")


def test_seizures_add_up_to_the_pound(raw):
    files = (raw / "cbp" / name for name in ("nationwide-drugs-fy19-fy22.csv", NEWER))
    reading = cbp.read(*files)
    records = check(reading)
    fentanyl = reading.frame[reading.frame["drug_type"] == "Fentanyl"]
    sums = fentanyl.groupby("fy")["sum_qty_lbs"].sum().round().astype(int).to_dict()
    assert [sums[year] for year in range(2019, 2026)] == [
        2_804,
        4_791,
        11_201,
        14_700,
        27_023,
        21_889,
        12_027,
    ]
    every = records["seized_fentanyl", "US"].values.sum()
    assert every == pytest.approx(97_834, abs=1)
    parts = {p: r for (n, p), r in records.items() if n == "seized_fentanyl" and p != "US"}
    southwest = sum(r.values.sum() for place, r in parts.items() if "southwest" in place)
    assert southwest == pytest.approx(94_590, abs=1)
    assert sum(r.values.sum() for r in parts.values()) == pytest.approx(every)
    assert (records["seizures_fentanyl", "US"].values % 1 == 0).all()


NEWER = "nationwide-drugs-fy23-fy26-dec.csv"


def test_air_and_marine_seizures_are_records_of_their_own(raw):
    files = (
        raw / "cbp" / f"amo-drug-seizures-{span}.csv" for span in ("fy19-fy22", "fy23-fy26-dec")
    )
    assert all("air_and_marine" in name for name, _ in check(cbp.read(*files)))


def test_laboratory_reports_are_summed_over_substances(raw):
    records = check(nflis.read(raw / "nflis" / "nflis_drug_state_year.csv"))
    assert records["nflis_reports_fentanyl_half_year", "US"].labels[0] == "2017-H1"
    assert records["nflis_reports_fentanyl", "US"].at("2017") == 59_215
    ohio = records["nflis_reports_fentanyl_related", "OH"]
    assert (ohio.values >= records["nflis_reports_fentanyl", "OH"].values).all()


def test_homelessness_is_counted_in_every_state(raw):
    records = check(hud_pit.read(raw / "homeless_pit" / "PIT-Counts.xlsb"))
    assert records["homeless", "US"].at("2023") == 653_104
    assert records["homeless", "US"].labels == tuple(str(year) for year in range(2007, 2024))
    assert records["homeless", "US"].statuses[14] == "partial"
    both = records["homeless_sheltered", "US"].values + records["homeless_unsheltered", "US"].values
    assert both == pytest.approx(records["homeless", "US"].values)


@pytest.mark.parametrize(
    ("file", "series", "moved"),
    [
        ("pills_average_purity_time_series", "fentanyl_pill_dose", 3),
        ("powder_average_purity_time_series", "fentanyl_powder_purity", 0),
        ("pills_num_of_exhibits", "fentanyl_pill_exhibits", 0),
        ("powder_num_of_exhibits", "fentanyl_powder_exhibits", 0),
    ],
)
def test_digitised_charts_are_read_and_doubled_labels_moved(raw, file, series, moved):
    reading = dea_purity.read(raw / "purity_dea" / f"USA_fentanyl_{file}.csv")
    record = check(reading)[series, "US"]
    assert len(record.labels) == len(set(record.labels)) == 70
    assert record.labels[0] == "2019-01"
    assert record.labels[-1] == "2024-10"
    assert sum(bool(note) for note in record.notes) == moved


def test_canadian_rates_are_read_for_the_country_and_its_provinces(raw):
    records = check(phac.read(raw / "canada" / "canada_opioid_death_rate_by_year.csv"))
    assert records["death_rate_opioids", "Canada"].at("2023") == 20.1
    assert records["death_rate_opioids", "CA-BC"].at("2016") == 16.6


def test_every_source_says_what_it_is():
    for name, one in SOURCES.items():
        assert one.name == name
        words = (one.title, one.publisher, one.gives, one.terms, one.files, *one.series)
        assert all(words)
        assert one.fetches != bool(one.by_hand)
        assert one.url.startswith("https://") or name == "user_csv"


def test_an_unknown_source_is_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match="cdc_vsrr"):
        source("cdc_vssr")


SHIPPED = {
    "cdc_vsrr": ("vsrr/vsrr_t404_state_month_2015_2026.csv",),
    "cbp": ("cbp/nationwide-drugs-fy19-fy22.csv", f"cbp/{NEWER}"),
    "nflis": ("nflis/nflis_drug_state_year.csv",),
    "hud_pit": ("homeless_pit/PIT-Counts.xlsb",),
    "phac": ("canada/canada_opioid_death_rate_by_year.csv",),
    "dea_purity": ("purity_dea/USA_fentanyl_powder_average_purity_time_series.csv",),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_what_the_source_reads(raw, name):
    """Where a record ships under a name, a newer file read by its source goes on with it."""
    records = SOURCES[name].read(*(raw / file for file in SHIPPED[name])).parsed()
    shipped = all_records()
    both = [key for key in records if key in shipped]
    assert both
    for key in both:
        ours, theirs = records[key], shipped[key]
        assert (ours.unit, ours.calendar) == (theirs.unit, theirs.calendar)
        known = [(a, b) for a, b in zip(theirs.labels, theirs.values, strict=True) if b == b]
        mine = [ours.at(label) for label, _ in known]
        assert mine == pytest.approx([value for _, value in known], rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "file", "part"),
    [
        ("cbp", "cbp/nationwide-drugs-fy19-fy22.csv", ",Southwest Border,"),
        ("cbp", "cbp/nationwide-drugs-fy19-fy22.csv", ",U.S. Border Patrol,"),
        ("cbp", "cbp/nationwide-drugs-fy19-fy22.csv", ",SAN DIEGO FIELD OFFICE,"),
        ("cbp", "cbp/nationwide-drugs-fy19-fy22.csv", ",Other,"),
        ("nflis", "nflis/nflis_drug_state_year.csv", '"TX"'),
        ("nflis", "nflis/nflis_drug_state_year.csv", '"Carfentanil"'),
    ],
)
def test_a_real_file_without_a_part_gives_no_total(raw, tmp_path, name, file, part):
    lines = (raw / file).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if part not in line]
    assert len(kept) < len(lines)
    path = tmp_path / "part.csv"
    path.write_text("".join(kept), encoding="utf-8")
    rows = SOURCES[name].read(path).records
    country = rows[rows["place"] == "US"]
    if part == '"Carfentanil"':
        country = country[country["series"].str.contains("related")]
    assert not (country["status"] == "reported").any()

"""What ships is what the raw files give, and a raw file that has changed is refused."""

import csv
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from upriver.evidence.figures import all_records, series

MAKE = Path(__file__).parents[2] / "tools" / "evidence" / "make.py"


@pytest.fixture(scope="module")
def raw(shared):
    folder = shared / "data" / "raw"
    if not folder.is_dir():
        pytest.skip("the reference data beside the repository are not there")
    return folder


def make(raw: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(MAKE), str(raw), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_ships_is_what_the_raw_files_give(raw):
    done = make(raw)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (
            "vsrr/vsrr_t404_state_month_2015_2026.csv",
            "data_value",
            "value",
            "'data_value' is missing",
        ),
        (
            "cbp/nationwide-drugs-fy19-fy22.csv",
            "Coastal/Interior",
            "Coast",
            "Region ['Coast'] is new",
        ),
        ("nflis/nflis_drug_state_year.csv", "SA1 (JAN - JUN)", "SA2 (JUL - DEC)", "stands twice"),
        ("policy_events/precursor_controls.csv", "us_2008_npp", "us_2008_x", "other acts"),
        (
            "deaths_wonder_state_month/Multiple_Cause_of_Death_2018_2023_Single_Race_MANUAL_"
            "DOWNLOAD.csv",
            ",T40.4,12,",
            ",T40.4,13,",
            "not ",
        ),
        ("medicaid_expansion_dates/kff_aca_expansion_2025_08.csv", "1/1/2024", "1/1/2014", "slip"),
        ("quoted/quoted_figures.csv", "nncc_cases,2019", "nncc_case,2019", "'nncc_case' is new"),
    ],
)
def test_a_raw_file_that_has_changed_is_refused_in_one_line(
    raw, tmp_path, file, before, after, says
):
    shutil.copytree(raw, tmp_path / "raw")
    changed = tmp_path / "raw" / file
    changed.chmod(0o644)
    text = changed.read_text(encoding="utf-8")
    assert before in text
    changed.write_text(text.replace(before, after), encoding="utf-8")
    done = make(tmp_path / "raw")
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_final_deaths_that_ship_agree_with_the_national_file_of_1999_to_2019(raw):
    names = {
        "Number.Opioid.Any": "deaths_any_opioid",
        "Number.Opioid.Synthetic": "deaths_synthetic",
        "Number.Opioid.Heroin": "deaths_heroin",
    }
    file = raw / "wonder_national" / "corgis_opioids_1999_2017.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 21
    for row in rows:
        for column, name in names.items():
            assert series(name).at(int(row["Year"])) == float(row[column]), (name, row["Year"])


SHIPPED_AS = {
    "homelessness": "homeless",
    "seizures_fentanyl": "seized_fentanyl",
    "seizures_heroin": "seized_heroin",
    "seizures_methamphetamine": "seized_methamphetamine",
}
"""Where a source's module calls a series otherwise than it ships."""


@pytest.mark.parametrize(
    ("module", "files", "values"),
    [
        ("cdc_vsrr", "vsrr/vsrr_t404*.csv", 10_979),
        ("cbp", "cbp/nationwide-drugs-*.csv", 3 * 87),
        ("hud_pit", "homeless_pit/*.xlsb", 900),
        ("dea_purity", "purity_dea/USA_fentanyl_powder_average*.csv", 70),
        ("dea_purity", "purity_dea/USA_fentanyl_pills_average*.csv", 70),
        ("phac", "canada/*.csv", 10),
    ],
)
def test_a_source_read_by_its_own_module_gives_the_values_that_ship(raw, module, files, values):
    read = importlib.import_module(f"upriver.evidence.sources.{module}").read
    compared = 0
    for (name, place), found in read(*sorted(raw.glob(files))).parsed().items():
        shipped = all_records().get((SHIPPED_AS.get(name, name), place))
        if shipped is None or shipped.unit != found.unit:
            continue
        for label, value in zip(found.labels, found.values, strict=True):
            if np.isfinite(value):
                assert shipped.at(label) == pytest.approx(value, abs=2e-4), (name, place, label)
                compared += 1
    assert compared >= values

"""The headline figures are those of tests/baseline.csv, to ten digits.

If a change is meant to move them: add a line under 'Numbers changed' in CHANGELOG.md, then

    pytest tests/experiments/test_drift.py --update-baseline
"""

import csv
from pathlib import Path

import pytest

from upriver.experiments.simulate import simulate
from upriver.policy.scenario import shipped

BASELINE = Path(__file__).parents[1] / "baseline.csv"
HEADER = ["scenario", "figure", "year", "central", "median_of_200_draws"]
YEARS = (1999, 2010, 2017, 2021, 2026, 2031)
LEVELS = ("people.heads.oud", "people.heads.treatment")

ADVICE = (
    "headline figures moved. If this is meant, add a line under 'Numbers changed' in CHANGELOG.md "
    "and run `pytest tests/experiments/test_drift.py --update-baseline`."
)


def headline(scenario: str) -> list[list[str]]:
    """Deaths of some years, people with a disorder and in treatment at their starts."""
    central, drawn = simulate(scenario, draws=0), simulate(scenario, draws=200)
    rows = []
    for year in YEARS:
        for name in ("deaths", *LEVELS):
            pair = [run.deaths if name == "deaths" else run.level(name) for run in (central, drawn)]
            values = [f"{summary.at(year)[0]:.10g}" for summary in pair]
            rows.append([scenario, name, str(year), *values])
    return rows


@pytest.mark.parametrize("scenario", sorted(shipped()))
def test_the_headline_figures_have_not_moved(scenario, request):
    found = headline(scenario)
    if request.config.getoption("update_baseline"):
        kept = [row for row in baseline() if row[0] in shipped() and row[0] != scenario]
        with BASELINE.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([HEADER, *sorted(kept + found)])
    known = {tuple(row[:3]): row[3:] for row in baseline() if row[0] == scenario}
    moved = [
        f"{name} {year}: {old} -> {new}"
        for _, name, year, *values in found
        for old, new in zip(known.get((scenario, name, year), ["none"] * 2), values, strict=True)
        if old == "none" or abs(float(new) - float(old)) > 1e-9 * abs(float(old))
    ]
    assert moved == [], f"{scenario}: {ADVICE}"


def baseline() -> list[list[str]]:
    """Rows of the file, without the header."""
    if not BASELINE.exists():
        return []
    with BASELINE.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]

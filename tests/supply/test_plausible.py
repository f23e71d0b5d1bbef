"""Before any fit: the whole system at its provisional values, beside the record.

The values were tuned by hand to this record, so this is a description and no blind test.
`pytest -s tests/supply/test_plausible.py` prints it.
"""

from functools import cache

import numpy as np

from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.system.observation import levels, observed
from upriver.system.tabulate import tabulate
from upriver.system.world import World

DEATHS = "cumulative.people.overdose.deaths"
GROSS = "cumulative.supply.seizures.gross_total"
SHARE, PURITY = "supply.fentanyl_share", "supply.offer.purity"


@cache
def run() -> dict[str, np.ndarray]:
    names = [DEATHS, GROSS, SHARE, PURITY]
    columns = tabulate(World.whole()).columns
    found = load().run(columns, outputs=names, instants=np.arange(529))[0]
    return dict(zip(names, found, strict=True))


def mean(name: str, years: range) -> np.ndarray:
    """A level over each calendar year."""
    instants = np.array([year + month / 12 for year in years for month in range(12)])
    return (levels(instants) @ run()[name]).reshape(-1, 12).mean(axis=1)


def show(what: str, labels: object, recorded: np.ndarray, modelled: np.ndarray) -> None:
    print(f"\n{what}: recorded, modelled")
    for label, one, other in zip(labels, recorded, modelled, strict=True):
        print(f"  {label}  {one:,.5g}  {other:,.5g}")


def test_deaths_are_within_a_factor_of_one_point_six_in_every_year():
    record = series("deaths_any_opioid")
    modelled = observed(run()[DEATHS], record, "people")
    show("deaths", record.labels, record.values, modelled)
    ratio = modelled / record.values
    assert np.all((ratio > 1 / 1.6) & (ratio < 1.6))


def test_the_share_of_fentanyl_is_within_fifteen_points_of_laboratory_samples():
    record = series("nflis_share_opioid")
    modelled = mean(SHARE, range(2013, 2024))
    show("share", record.labels, record.values, modelled)
    assert np.all(np.abs(modelled - record.values) < 0.15)


def test_seized_weight_is_within_a_factor_of_three_by_fiscal_year():
    record = series("seized_fentanyl")
    modelled = observed(run()[GROSS], record, "kg")
    fiscal = np.floor(record.starts + 0.25 + 1e-6)
    years = [year for year in np.unique(fiscal) if np.sum(fiscal == year) == 12]
    recorded, ours = (
        np.array([values[fiscal == year].sum() for year in years])
        for values in (record.values, modelled)
    )
    show("seized, lb", years, recorded, ours)
    assert np.all((ours / recorded > 1 / 3) & (ours / recorded < 3))


def test_purity_rises_to_2023_and_falls_after():
    record = series("fentanyl_powder_purity")
    years = np.floor(record.starts + 1e-6)
    recorded = np.array([record.values[years == year].mean() for year in range(2019, 2025)])
    modelled = mean(PURITY, range(2019, 2025))
    show("purity", range(2019, 2025), recorded, modelled)
    assert np.argmax(modelled) == np.argmax(recorded) == 4
    assert modelled[5] < 0.8 * modelled[4]
    assert modelled[4] > 2 * modelled[0]
    assert np.corrcoef(recorded, modelled)[0, 1] > 0.7

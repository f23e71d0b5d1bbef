"""Plans: what is wrong in one is named, and a sweep's numbers are those of single runs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import upriver as up
from upriver.core.errors import EngineError, FileProblem, InputError
from upriver.evidence.places import STATES
from upriver.experiments.placed import simulate_place
from upriver.experiments.plans.collect import collect
from upriver.experiments.plans.job import check_versions, job_of
from upriver.experiments.plans.points import Range, points
from upriver.experiments.plans.predict import predict
from upriver.experiments.plans.read import read_plan
from upriver.work import Store, grid, run_here

SMALL = """schema: 1
title: Small
scenarios: [base, border_doubled]
places: [country, OH, WV]
draws: 4
years: [2020, 2031]
keep: [deaths, disorder]
parameters:
  naloxone_kits: [0.25, 1]
  people.response.witnessed: [0.5]
from: 2027
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "plan.yaml"
    file.write_text(text)
    return file


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("swept")
    store = Store.make(folder / "small.zarr", job_of(read_plan(written(folder, SMALL))))
    run_here(store)
    return store


SCENARIO = """schema: 2
title: As a run
based_on: border_doubled
from: 2027
over: 3
set: {people.response.witnessed: 0.5}
changes:
  - {handle: naloxone_kits, by: 1}
"""


def test_numbers_are_those_of_a_run_to_the_bit(swept: Store, tmp_path: Path) -> None:
    file = tmp_path / "as_a_run.yaml"
    file.write_text(SCENARIO)
    country = up.simulate(file, draws=4)
    ohio = simulate_place("OH", file, draws=4).run
    with xr.open_zarr(swept.folder, chunks=None) as found:
        here = found.sel(scenario="border_doubled", point=1, year=slice(2020, 2031))
        for place, run in (("US", country), ("OH", ohio)):
            values = here.sel(place=place)
            assert np.array_equal(values["deaths"], run.deaths[2020:2031].draws)
            level = run.level("people.heads.oud")[2020:2031.0].draws[:, ::4]
            assert np.array_equal(values["disorder"], level)
        assert here.coords["naloxone_kits"] == 1
        assert found["people.response.witnessed"].attrs["units"] == "1"
        assert found["deaths"].attrs["by_year"] == "sum"
        assert found.attrs["plan"] == SMALL


@pytest.mark.parametrize(
    "cut",
    [{"scenario": 1, "point": 1, "place": 1}, {"scenario": 2, "point": 2, "place": 2}],
    ids=["small", "together"],
)
def test_how_a_plan_is_cut_never_matters(swept: Store, tmp_path: Path, cut: dict[str, int]) -> None:
    job = swept.job
    assert cut != job.blocks
    other = replace(job, blocks=cut, chunks=grid(job.dims, cut))
    store = Store.make(tmp_path / "other.zarr", other)
    run_here(store, (2, 2))
    run_here(store, (1, 2))
    found, usual = (xr.open_zarr(one.folder, chunks=None) for one in (store, swept))
    for name in ("deaths", "disorder"):
        assert np.array_equal(found[name], usual[name])


def test_quantiles_kept_are_those_of_the_draws(swept: Store, tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, SMALL + "as: quantiles\n"))
    store = Store.make(tmp_path / "q.zarr", job_of(plan))
    run_here(store)
    ours, draws = collect(store), collect(swept)
    for name in ("deaths", "disorder"):
        assert np.array_equal(ours.values[name], draws.values[name])


def test_what_is_collected_is_tidy_and_says_what_it_is(swept: Store) -> None:
    found = collect(swept)
    table = found.table()
    assert len(table) == 2 * 2 * 3 * 2 * 12
    assert not table.isna().any().any()
    row = table.query(
        "scenario == 'base' and place == 'WV' and quantity == 'deaths' and period == 2031 "
        "and naloxone_kits == 1"
    )
    with xr.open_zarr(swept.folder, chunks=None) as whole:
        draws = whole["deaths"].sel(scenario="base", place="WV", year=2031, point=1)
        assert float(row["value"].iloc[0]) == pytest.approx(float(np.median(draws)), rel=1e-12)
    assert set(table["unit"]) == {"people"}
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert table.groupby("scenario")["scenario_digest"].nunique().eq(1).all()
    assert table["scenario_digest"].nunique() == 2
    assert float(found.dataset()["deaths"].sel(quantile=0.5).isel(point=1).sel(
        scenario="base", place="WV", year=2031
    )) == float(row["value"].iloc[0])  # fmt: skip


def test_a_sweep_that_is_not_whole_is_refused_or_says_so(swept: Store, tmp_path: Path) -> None:
    store = Store.make(tmp_path / "part.zarr", swept.job)
    run_here(store, (1, 2))
    with pytest.raises(FileProblem, match=r"of \d+ chunks are missing; chunk 2/"):
        collect(store)
    part = collect(store, incomplete=True)
    table = part.table()
    assert 0 < len(table) < len(collect(swept).table())
    assert table["source"].str.contains("INCOMPLETE").all()
    assert "INCOMPLETE" in part.dataset().attrs["source"]
    assert not table["value"].isna().any()


def test_another_version_or_other_draws_are_refused(swept: Store) -> None:
    check_versions(swept.job.content)
    for key in ("upriver_version", "equations", "draws_of_the_country", "draws_of_places"):
        with pytest.raises(EngineError, match=f"begun with another {key.replace('_', ' ')}: 0.0.9"):
            check_versions({**swept.job.content, key: "0.0.9"})


def test_a_prediction_counts_runs_and_bytes(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, SMALL))
    job = job_of(plan)
    found = predict(plan, job)
    assert found.runs == 2 * 2 * 3 * 4
    assert found.size == found.runs * 12 * 2 * 8
    assert found.seconds > 0


def test_every_scenario_and_every_place_can_be_asked_for(tmp_path: Path) -> None:
    plan = read_plan(
        written(tmp_path, "schema: 1\ntitle: All\nscenarios: all\nplaces: all\ndraws: 200\n")
    )
    assert plan.places == tuple(STATES)
    assert "base" in plan.scenarios
    assert "published" not in plan.scenarios
    assert plan.runs == len(plan.scenarios) * 51 * 200
    assert job_of(plan).check()


BAD = {
    "titel: x": "unknown field 'titel'. Allowed",
    "schema: 2": "schema is given twice",
    "scenarios: [naloxone_dubled]": "line 3: scenario 'naloxone_dubled' does not exist. Did",
    "scenarios: [base, base]": "scenarios[1] is there twice",
    "scenarios: [published]": "scenarios[0] is written for another world, found reference",
    "scenarios: []": "scenarios should not be empty",
    "places: [OX]": "line 3: place 'OX' does not exist",
    "places: everywhere": "places should be a list",
    "draws: 0": "draws is out of bounds",
    "draws: 900\nplaces: [OH]": "draws of OH are too many, found 900. Allowed: 1 to 200",
    "years: [2031, 2020]": "years should be the first and the last",
    "years: [1990, 2020]": "years[0] is out of bounds, found 1990",
    "keep: [death]": "quantity 'death' does not exist. Allowed: buprenorphine, deaths",
    "as: means": "form 'means' does not exist",
    "parameters: {people.response.witnesed: [0.5]}": "Did you mean 'people.response.witnessed'?",
    "parameters: {people.response.witnessed: [1.5]}": "people.response.witnessed is out of bounds",
    "parameters: {people.response.witnessed: [0.5, 0.5]}": "has a value twice",
    "parameters: {people.response.witnessed: []}": "should not be empty",
    "parameters: {people.response.witnessed: {low: 0.6, high: 0.5}}": "from low to a higher number",
    "parameters: {people.response.witnessed: {low: 0.4, high: 0.5}}": "points is missing",
    "parameters: {naloxone_kits: [0, 1]}\npoints: 4": "points goes with a range",
    "parameters: {naloxone_kits: [0, 1]}\ndesign: sobol": "should be a range for a sobol",
    "parameters: {naloxone_kits: [0, -3]}": "out of bounds",
    "parameters: {naloxone_kits: {low: 0, high: 1}}\ndesign: sobol\npoints: 10": "power of two",
    "parameters: {naloxone_kits: {low: 0, high: 1}}\ndesign: random\npoints: 8": "design 'random'",
    "points: 4": "points goes with 'parameters'",
    "parameters: {naloxone_kits: {low: 0, high: 1}}\npoints: 2000000000": "points is out of bounds",
    "parameters: {naloxone_kits: {low: 0, high: 1}, people.response.witnessed: {low: 0.4, high: "
    "0.5}}\npoints: 50000": "the number of points is out of bounds, found 2,500,000,000",
}


@pytest.mark.parametrize("line", BAD)
def test_what_is_wrong_in_a_plan_is_said_in_a_line(tmp_path: Path, line: str) -> None:
    file = written(tmp_path, f"schema: 1\ntitle: Bad\n{line}\n")
    with pytest.raises(InputError) as caught:
        job_of(read_plan(file))
    said = str(caught.value)
    assert BAD[line] in said
    assert "\n" not in said
    assert "plan.yaml" in said or "draws of OH" in said


def test_a_scenario_that_goes_too_far_at_some_point_is_refused_before_anything_is_run(
    tmp_path: Path,
) -> None:
    (tmp_path / "plus.yaml").write_text(
        "schema: 2\ntitle: Plus\nchanges:\n  - {handle: naloxone_kits, by: 1}\n"
    )
    several = "scenarios: [base, plus.yaml]\nparameters: {naloxone_kits: [0, 1]}\n"
    with pytest.raises(InputError):
        read_plan(written(tmp_path, f"schema: 1\ntitle: Too far\n{several}"))


def test_a_level_is_of_an_instant_and_scenarios_are_told_apart_by_their_whole_text(
    swept: Store, tmp_path: Path
) -> None:
    table = collect(swept).table()
    assert set(table[["quantity", "calendar"]].itertuples(index=False, name=None)) == {
        ("deaths", "year"),
        ("disorder", "instant"),
    }
    assert collect(swept).dataset()["disorder"].attrs["by_year"] == "at the start"
    for name, held in (("low", 0.4), ("high", 0.6)):
        (tmp_path / f"{name}.yaml").write_text(
            f"schema: 2\ntitle: Same\nset: {{people.response.witnessed: {held}}}\n"
        )
    plan = "scenarios: [low.yaml, high.yaml]\ndraws: 1\nyears: [2031, 2031]\n"
    job = job_of(read_plan(written(tmp_path, f"schema: 1\ntitle: Two\n{plan}")))
    store = Store.make(tmp_path / "two.zarr", job)
    run_here(store)
    assert collect(store).table()["scenario_digest"].nunique() == 2


@given(
    low=st.floats(-5, 5),
    width=st.floats(0.1, 5),
    power=st.integers(1, 6),
    seed=st.integers(0, 999),
    design=st.sampled_from(["grid", "latin-hypercube", "sobol"]),
)
def test_points_fill_their_ranges_and_are_the_same_for_a_seed(
    low: float, width: float, power: int, seed: int, design: str
) -> None:
    varied = {"a": Range(low, low + width), "b": Range(0, 1)}
    number = 2**power
    found = points(varied, design, number, seed)
    assert found.shape == (number**2 if design == "grid" else number, 2)
    assert (found >= [low, 0]).all()
    assert (found <= [np.nextafter(low + width, np.inf), 1]).all()
    assert np.array_equal(found, points(varied, design, number, seed))
    if design != "grid":  # one in each of as many slices
        slices = np.floor((found[:, 1]) * number)
        assert sorted(slices) == list(range(number))

"""What a comparison says before its numbers, a run after them; periods that cannot be."""

import numpy as np
import pytest

from upriver.core.errors import TimeProblem
from upriver.core.results import read_netcdf, write_netcdf
from upriver.experiments.compare import compare
from upriver.experiments.simulate import simulate
from upriver.policy.scenario import parse_scenario

HEAD = "schema: 1\ntitle: test\n"
KITS = HEAD + "changes:\n  - {handle: naloxone_kits, by: 0.5, from: 2030, over: 8}\n"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("base", "optimistic"), "other projections of drivers"),
        (("optimistic", "pessimistic"), "other projections of drivers"),
        (("base", "unequal_risk"), "other parameters held"),
        (("base", "no_class_control"), "another history of acts"),
    ],
)
def test_a_comparison_on_other_ground_says_so_first(pair, words):
    found = compare(*pair, draws=0)
    (said,) = found.warnings
    assert words in said
    assert "not the effect of a policy alone" in said
    assert found.remarks[0] == said
    assert repr(found).startswith(said)


def test_policies_on_one_projection_need_no_warning():
    found = compare("published", parse_scenario(KITS), draws=0, on="constant")
    assert found.warnings == ()
    assert [run.scenario.title for run in found.runs] == [
        "Constant drivers",
        "test, on 'Constant drivers'",
    ]
    (said,) = found.remarks
    assert said.startswith("test, on 'Constant drivers': The change of 'naloxone_kits': it grows")


def test_a_setting_of_all_runs_is_no_difference_between_them():
    both = compare(
        "base", parse_scenario(KITS), draws=0, settings={"people.tiers.relative_risk": 3}
    )
    assert both.warnings == ()


def test_remarks_travel_with_the_results(tmp_path):
    run = simulate(parse_scenario(KITS), draws=2)
    assert run.remarks
    write_netcdf(run.dataset(), tmp_path / "results.nc")
    assert read_netcdf(tmp_path / "results.nc").attrs["remarks"] == " ".join(run.remarks)
    assert "remarks" not in simulate("base", draws=0).provenance


def test_what_a_comparison_says_first_travels_with_its_results():
    found = compare("base", "optimistic", draws=0)
    assert found.dataset().attrs["remarks"] == found.remarks[0]
    assert "remarks" not in compare("base", "base", draws=0).dataset().attrs


def test_central_values_are_one_row_and_no_draw():
    run = simulate("published", draws=0)
    assert run.central
    assert run.draws == 0
    assert run.values.shape[0] == 1
    assert "central values alone" in repr(run)
    assert "interval" not in repr(run.deaths)
    assert not simulate("published", draws=1).central


DEATHS = "people.overdose.deaths"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ([2031.0], [2033.0]),
        ([1998.5], [2000.0]),
        ([2030.0], [2029.0]),
        ([2030.0], [2030.0]),
        ([2000.0, 2001.0], [2001.0]),
        ([float("nan")], [2001.0]),
        ([2000.0], [float("inf")]),
    ],
)
def test_a_period_that_cannot_be_is_refused(starts, ends):
    run = simulate("published", draws=0)
    with pytest.raises(TimeProblem, match="period"):
        run.periods(DEATHS, np.array(starts), np.array(ends))


def test_periods_of_the_whole_run_add_up():
    run = simulate("published", draws=0)
    whole = run.periods(DEATHS, [1999.0], [2032.0])
    np.testing.assert_allclose(whole[0, 0], run.deaths.median.sum(), rtol=1e-12)

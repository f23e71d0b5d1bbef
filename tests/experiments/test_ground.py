"""What a comparison says before its numbers, a run after them; periods that cannot be."""

import numpy as np
import pytest

from upriver.core.errors import TimeProblem, UnknownName
from upriver.core.results import read_netcdf, write_netcdf
from upriver.evidence.figures import series
from upriver.experiments.compare import compare
from upriver.experiments.simulate import simulate
from upriver.experiments.summary import figures
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
WITNESSED = "people.response.witnessed"


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


def test_deaths_that_part_runs_before_the_sums_begin_are_said_first():
    found = compare("published", "constant", draws=20)
    assert found.since == 2026.0
    (said,) = found.warnings
    assert "parts from 'Published base projection' in 2019" in said
    base, constant = (run.periods(DEATHS, [1999.0], [2026.0])[:, 0] for run in found.runs)
    assert f"from 2019 to 2025, {figures(np.median(base - constant))} deaths (" in said
    assert "not in the sums, which begin in 2026" in said
    assert repr(found).startswith(said)


@pytest.mark.parametrize(
    ("other", "first"), [("no_class_control", 2019), ("unequal_risk", 1999), ("optimistic", 2019)]
)
def test_the_year_in_which_runs_part_is_named(other, first):
    (said,) = compare("base", other, draws=0).warnings
    assert f"in {first}: what it averts from {first} to 2025" in said


def test_changes_before_2026_beside_a_setting_of_all_are_not_silently_left_out():
    early = KITS.replace("2030", "2010")
    found = compare(
        "base", parse_scenario(early), draws=0, world="prior", settings={WITNESSED: 0.6}
    )
    assert found.since == 2026.0
    (said,) = found.warnings
    assert "in 2010: what it averts from 2010 to 2025" in said
    assert "other" not in said


def test_changes_that_begin_with_the_sums_leave_nothing_out():
    for start in (2010, 2026, 2030):
        early = parse_scenario(KITS.replace("2030", str(start)))
        assert compare("base", early, draws=3).warnings == ()


def test_recorded_deaths_are_drawn_with_their_status():
    record = series("deaths_any_opioid")
    (axes,) = simulate("published", draws=0).plot().axes
    drawn = {line.get_label(): line for line in axes.lines}
    others = {status for status in record.statuses if status != "reported"}
    assert others
    assert {f"recorded, {status}" for status in others} | {"recorded"} < set(drawn)
    points = sum(len(line.get_xdata()) for name, line in drawn.items() if "recorded" in name)
    assert points == len(record.values)
    assert drawn["recorded"].get_markerfacecolor() == "black"
    assert all(drawn[f"recorded, {status}"].get_markerfacecolor() == "none" for status in others)


def test_a_course_that_differs_between_draws_is_its_median():
    run = simulate("base", draws=9)
    for path in ("people.response.kits", "supply.precursors.logistics"):
        np.testing.assert_array_equal(run.driver(path)[1], run.table.wide(path)[0, ::4])
    drawn = next(path for path, column in run.table.columns.items() if column.shape[0] > 1)
    assert (run.driver(drawn)[1] == np.median(run.table.columns[drawn])).all()
    with pytest.raises(UnknownName, match=r"people\.response\.kits"):
        run.driver("people.response.kitz")

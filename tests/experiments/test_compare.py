"""A comparison uses the same draws for all, so that what is averted is due to the change.

Deaths averted are those of the published model, where what helps cannot move supply.
"""

import numpy as np
import pytest

from upriver.core.errors import SchemaProblem
from upriver.core.results import read_netcdf, write_netcdf
from upriver.experiments.compare import compare, interval
from upriver.policy.scenario import Scenario, parse_scenario

HEAD = "schema: 2\ntitle: test\nfrom: 2024\nover: 1\n"


def scenario(*changes: tuple[str, float]) -> Scenario:
    lines = "".join(f"  - {{handle: {handle}, by: {by}}}\n" for handle, by in changes)
    return parse_scenario(f"{HEAD}changes:\n{lines}")


def averted(*changes: tuple[str, float]) -> np.ndarray:
    """Deaths averted against the base, draw by draw."""
    found = compare("base", scenario(*changes), draws=50, world="reference")
    return found._sum(found.runs[0]) - found._sum(found.runs[1])


def test_the_base_against_itself_averts_exactly_nothing_in_every_draw():
    found = compare("base", "base", draws=50)
    assert found.averted(found.runs[1]) == interval(np.zeros(50))
    assert np.array_equal(found.runs[0].values, found.runs[1].values)


def test_a_scenario_without_a_change_averts_exactly_nothing():
    assert (averted(("naloxone_kits", 0.0)) == 0).all()


@pytest.mark.parametrize(
    "change",
    [
        ("naloxone_kits", 1.0),
        ("witnessing", 0.5),
        ("calling_for_help", 0.5),
        ("relapse", -0.5),
        ("developing_rx_oud", -0.5),
        ("initiating_misuse_diverted", -0.5),
        ("fentanyl_overdose_risk", -0.2),
    ],
)
def test_what_can_only_help_averts_deaths_in_every_draw(change):
    assert (averted(change) > 0).all()


def test_more_of_the_same_averts_more():
    assert (averted(("naloxone_kits", 2.0)) > averted(("naloxone_kits", 1.0))).all()


def test_common_draws_make_the_interval_of_the_difference_narrower_than_of_the_deaths():
    found = compare("base", scenario(("naloxone_kits", 1.0)), draws=50)
    deaths, difference = found.deaths(found.runs[0]), found.averted(found.runs[1])
    assert difference.high - difference.low < 0.5 * (deaths.high - deaths.low)


def test_percent_and_number_agree():
    found = compare("base", scenario(("relapse", -0.5)), draws=1)
    run = found.runs[1]
    share = found.averted(run).median / found.deaths(found.runs[0]).median
    np.testing.assert_allclose(found.averted_percent(run).median, 100 * share)


def test_deaths_count_from_the_first_change_or_2026():
    assert compare("base", scenario(("relapse", -0.5)), draws=1).since == 2024
    assert compare("base", "no_fentanyl", draws=1).since == 2026


def test_one_scenario_is_no_comparison():
    with pytest.raises(SchemaProblem, match="two"):
        compare("base")


def test_the_results_of_a_comparison_come_back_from_a_file(tmp_path):
    found = compare("base", "optimistic", draws=3)
    made = found.dataset()
    write_netcdf(made, tmp_path / "results.nc")
    back = read_netcdf(tmp_path / "results.nc")
    assert list(back.scenario.values) == ["Base projection", "Optimistic drivers"]
    name = "people.heads.oud"
    assert np.array_equal(back[name].values[1], found.runs[1].level(name).draws)


def test_scenarios_are_compared_in_the_world_that_any_is_written_for():
    found = compare("base", "optimistic", draws=1)
    assert {run.world for run in found.runs} == {"reference"}
    assert {run.world for run in compare("base", "unequal_risk", draws=1).runs} == {"whole"}
    assert {run.world for run in compare("base", "constant", draws=1).runs} == {"reference"}
    assert {run.world for run in compare("base", "drivers_held", draws=1).runs} == {"whole"}


def test_scenarios_of_different_worlds_are_not_compared():
    with pytest.raises(SchemaProblem, match="different worlds"):
        compare("optimistic", "unequal_risk", draws=1)


def test_with_linkage_a_collapse_of_cooperation_costs_more_lives_than_without():
    linked, decoupled = (
        compare("base", name, draws=0) for name in ("collapse_linked", "full_cooperation")
    )
    assert linked.averted(linked.runs[1]).median < 0 < decoupled.averted(decoupled.runs[1]).median

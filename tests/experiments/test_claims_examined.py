"""The article's claims beside the record and the model: computed draw by draw, in the same unit."""

import numpy as np
import pytest

from upriver.evidence.claims import claims
from upriver.evidence.figures import series
from upriver.experiments.claims import Examined, Verdict, examine, named
from upriver.experiments.simulate import simulate
from upriver.policy.scenario import parse_scenario


@pytest.fixture(scope="module")
def found() -> dict[str, Examined]:
    return {one.claim.name: one for one in examine()}


def test_every_claim_is_examined_and_modelled_where_it_names_an_output(
    found: dict[str, Examined],
) -> None:
    assert list(found) == list(claims())
    for one in found.values():
        assert (one.modelled is None) == (one.claim.modelled is None)
        assert (one.recorded is None) == (one.claim.record is None)
        if one.modelled is not None:
            assert one.modelled.low <= one.modelled.median <= one.modelled.high


def test_over_88_percent_is_87_8_on_record(found: dict[str, Examined]) -> None:
    one = found["C01"]
    assert one.recorded is not None
    assert one.recorded.value == pytest.approx(100 * 70601 / 80411)
    assert round(one.recorded.value, 1) == 87.8
    assert one.claim.remark is not None
    assert "False as worded" in one.claim.remark


def test_a_share_is_that_of_each_draw(found: dict[str, Examined]) -> None:
    run = simulate(world="reference")
    parts = [
        run.periods(flow, np.array([2021.0]), np.array([2022.0]))[:, 0]
        for flow in ("people.overdose.by_synthetic", "people.overdose.deaths")
    ]
    modelled = found["C01"].modelled
    assert modelled is not None
    assert modelled.unit == "percent"
    assert modelled.median == pytest.approx(100 * float(np.median(parts[0] / parts[1])), rel=1e-9)


def test_deaths_are_those_of_the_run(found: dict[str, Examined]) -> None:
    run = simulate(world="reference")
    for name, year in (("C02", 2010), ("C03", 2021)):
        one = found[name]
        assert one.modelled is not None
        wanted = (one.modelled.median, one.modelled.low, one.modelled.high)
        assert wanted == pytest.approx(run.deaths.at(year), rel=1e-12)
        recorded = series("deaths_any_opioid").at(str(year))
        assert recorded is not None
        assert one.difference == pytest.approx(one.modelled.median / recorded - 1)
        assert not one.in_points


def test_percentages_differ_in_points(found: dict[str, Examined]) -> None:
    for name in ("C01", "C09"):
        one = found[name]
        assert one.in_points
        assert one.modelled is not None
        assert one.recorded is not None
        assert one.difference == pytest.approx(one.modelled.median - one.recorded.value)


def test_no_difference_is_taken_between_two_things(found: dict[str, Examined]) -> None:
    one = found["C05"]
    assert one.recorded is not None
    assert one.modelled is not None
    assert one.difference is None


def test_a_claim_without_a_model_needs_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from upriver.experiments import claims as experiment

    monkeypatch.setattr(experiment, "simulate", lambda **_: pytest.fail("a run was started"))
    (one,) = examine(["C04"])
    assert one.recorded is not None


def test_the_southwest_border_is_ports_and_between_them_of_the_whole_system(
    found: dict[str, Examined],
) -> None:
    run = simulate(world="whole")
    years = (np.array([2023.0]), np.array([2024.0]))
    ports, between, whole = (
        run.periods(f"supply.seizures.{name}", *years)[:, 0]
        for name in ("gross[ports]", "gross[between]", "gross_total")
    )
    modelled = found["C11"].modelled
    assert modelled is not None
    expected = 100 * float(np.median((ports + between) / whole))
    assert modelled.median == pytest.approx(expected, rel=1e-9)
    assert found["C11"].difference is None


def test_an_effect_is_a_scenario_against_the_base_draw_by_draw(found: dict[str, Examined]) -> None:
    base = simulate(world="whole")
    changed = simulate(
        parse_scenario("schema: 2\ntitle: x\nwithout_acts: [class_control_2019]\n"), world="whole"
    )
    name, years = "supply.production.produced[mexico]", (np.array([2021.0]), np.array([2022.0]))
    ratio = changed.periods(name, *years) / base.periods(name, *years)
    modelled = found["C15"].modelled
    assert modelled is not None
    assert modelled.median == pytest.approx(100 * (float(np.median(ratio)) - 1), rel=1e-9)
    assert modelled.median < -10
    assert modelled.period == "2021 if the control had never come"


def test_all_rows_of_an_axis_are_meant_by_a_star() -> None:
    assert named("supply.precursors.flow[*]") == tuple(
        f"supply.precursors.flow[{origin}]" for origin in ("china", "india", "other")
    )
    assert named("supply.market.sold") == ("supply.market.sold",)


def test_a_verdict_counts_draws_that_are_as_the_claim_expects(found: dict[str, Examined]) -> None:
    for one in found.values():
        assert (one.verdict is None) == (one.claim.test is None)
    run = simulate(world="whole")
    sent = [
        run.periods(f"supply.pipeline.sent[{route}]", np.array([2018.0]), np.array([2019.0]))[:, 0]
        for route in ("mail", "ports", "between", "coastal")
    ]
    share = 100 * sent[0] / np.sum(sent, axis=0)
    test, verdict = found["C06"].claim.test, found["C06"].verdict
    assert test is not None
    assert verdict is not None
    assert test.expects == "more"
    assert verdict.held == int(np.sum(share > test.than))
    assert verdict.draws == len(share)


@pytest.mark.parametrize(
    ("held", "says"),
    [(200, "yes"), (180, "yes"), (179, "open"), (21, "open"), (20, "no"), (0, "no")],
)
def test_nine_draws_in_ten_make_a_yes_and_one_in_ten_a_no(held: int, says: str) -> None:
    assert Verdict(held, 200).says == says


def test_a_command_can_say_no_to_a_claim_and_does(found: dict[str, Examined]) -> None:
    said = [one.verdict.says for one in found.values() if one.verdict is not None]
    assert {"yes", "no"} <= set(said)

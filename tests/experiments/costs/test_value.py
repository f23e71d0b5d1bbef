"""Scenarios in money and health: common draws, measures with a cost, and measures without."""

from dataclasses import replace

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import UnknownName
from upriver.experiments.costs import measures as own
from upriver.experiments.costs.bill import ENTERING, NEEDED, entering
from upriver.experiments.costs.tariff import tariff
from upriver.experiments.costs.value import THRESHOLDS, cost, valued
from upriver.policy.effect import Effect
from upriver.policy.lever import Cost
from upriver.policy.levers import lever
from upriver.policy.scenario import Scenario, parse_scenario

DRAWS = 12


def pulling(name: str, **more: object) -> Scenario:
    return parse_scenario(
        {"schema": 2, "title": name, "changes": [{"lever": name, "level": "most"}], **more}
    )


@pytest.fixture(scope="module")
def found():
    measures = map(pulling, ("naloxone_kits", "prevent_relapse", "buprenorphine_providers"))
    return cost("base", *measures, draws=DRAWS)


def test_all_scenarios_have_the_same_draws_of_unit_costs(found):
    """The first draws of another comparison, of another scenario, are the same to the cent."""
    again = up.cost("base", pulling("prevent_relapse"), draws=DRAWS)
    one = found.runs[2]
    assert np.array_equal(found.cost(one, "society"), again.cost(again.runs[1], "society"))
    assert np.array_equal(found.gained(one), again.gained(again.runs[1]))


@pytest.mark.parametrize("view", ["health", "society"])
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_somebody_is_best_in_every_draw(found, view, threshold):
    shares = found.acceptable(threshold, view)
    assert set(shares) == {run.scenario.title for run in found.runs}
    assert sum(shares.values()) == pytest.approx(1)


def test_net_benefit_is_health_at_its_price_less_cost(found):
    run = found.runs[1]
    expected = 50_000 * found.gained(run) - found.cost(run)
    assert np.array_equal(found.net_benefit(run, 50_000), expected)
    price = found.per_qaly(run).mean.value
    assert found.net_benefit(run, price).mean() == pytest.approx(0, abs=1)


def test_a_measure_without_a_cost_is_said_to_have_none(found):
    kits, relapse, prescribers = found.runs[1:]
    assert found.complete(found.runs[0])
    assert found.complete(kits)
    assert not found.complete(relapse)
    assert found.own(relapse)[0].how == own.UNKNOWN
    assert "counted with treatment" in found.own(prescribers)[0].how
    assert "without the measure's own cost" in repr(found)


def test_drivers_that_differ_are_no_measure_with_a_cost():
    one = cost("published", "optimistic", draws=0)
    assert not one.complete(one.runs[1])
    assert "other projections" in one.own(one.runs[1])[0].label


@pytest.mark.parametrize("reach", [False, True])
def test_a_cost_per_patient_is_paid_for_those_newly_in_treatment(monkeypatch, reach):
    each = Cost(500.0, "USD/patient", 2017, "claypool2023", None)
    effect = Effect(0.5, (0.2, 0.8), "assumption", (), "") if reach else None
    of = replace(lever("lower_prescriber_barriers"), cost=each, effect=effect)
    monkeypatch.setattr(own, "lever", lambda name: of)
    scenario = pulling("lower_prescriber_barriers")
    one = cost("base", scenario, draws=0, discount=0.0)
    base, run = one.runs
    spent = one.components(run)["measures"][0]
    price = 500 * tariff().factor(2017)
    assert 560 > price > 545
    if reach:
        change = scenario.changes[0]
        many = entering(run, ENTERING, (change.start, change.years), 2026, 0.0)[0]
        assert spent == pytest.approx(price * of.from_parameters(change.amount) * many)
    else:
        many = [entering(r, ENTERING, (2026, 0.0), 2026, 0.0)[0] for r in (base, run)]
        assert spent == pytest.approx(price * (many[1] - many[0]))
    assert one.complete(run)


def test_a_unit_that_the_run_does_not_count_is_no_cost(monkeypatch):
    each = Cost(34_558.0, "USD/prescriber", 2021, "claypool2023", None)
    of = replace(lever("buprenorphine_providers"), cost=each)
    monkeypatch.setattr(own, "lever", lambda name: of)
    one = cost("base", pulling("buprenorphine_providers"), draws=0)
    assert not one.complete(one.runs[1])
    assert "USD/prescriber" in one.own(one.runs[1])[0].how


def test_a_higher_discount_counts_less_of_what_lies_ahead():
    comparison = up.compare("base", pulling("naloxone_kits"), draws=DRAWS)
    none, three = (valued(comparison, discount=rate) for rate in (0.0, 0.03))
    run = comparison.runs[1]
    assert (none.gained(run) > three.gained(run)).all()
    assert np.array_equal(none.averted(run), three.averted(run))
    assert np.allclose(three.averted(run).mean(), comparison_mean(comparison))


def comparison_mean(comparison) -> float:
    ends = np.array([2026.0]), np.array([2032.0])
    sums = [run.periods("people.overdose.deaths", *ends)[:, 0] for run in comparison.runs]
    return float((sums[0] - sums[1]).mean())


def test_a_table_has_a_row_a_scenario_and_draw(found):
    table = found.to_pandas()
    assert len(table) == len(found.runs) * DRAWS
    parts = table[list(found.components(found.runs[1]))].sum(axis=1)
    assert np.allclose(parts, table["society"])


def test_a_run_of_another_comparison_is_refused(found):
    other = up.simulate(pulling("peer_recovery"), draws=2, outputs=NEEDED)
    with pytest.raises(UnknownName):
        found.cost(other)

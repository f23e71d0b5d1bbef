"""A bill is people, years and events at their price: laws, units, and SOURCE's own numbers."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds, UnknownName
from upriver.core.time import LAST_YEAR
from upriver.experiments.compare import Comparison, compare
from upriver.experiments.costs.bill import COMPONENTS, NEEDED, SOCIAL, STATES, VIEWS, bill, ledger
from upriver.experiments.costs.tariff import drawn
from upriver.experiments.costs.value import valued
from upriver.experiments.simulate import Run, simulate
from upriver.policy.scenario import parse_scenario
from upriver.system.counters import counter

KITS = parse_scenario(
    {
        "schema": 2,
        "title": "Twice the kits",
        "changes": [{"lever": "naloxone_kits", "by": 1.0, "from": 2026, "over": 1}],
    }
)
DRAWS = 12


@pytest.fixture(scope="module")
def empty() -> Run:
    """A run in which there is nobody, and nothing happens."""
    run = simulate("base", draws=0, world="reference", outputs=NEEDED)
    return replace(run, values=np.zeros_like(run.values))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare("base", KITS, draws=DRAWS)


def with_level(run: Run, **levels: float) -> Run:
    values = run.values.copy()
    for name, level in levels.items():
        values[:, run.outputs.index(f"people.stocks.{name}")] = level
    # As many die of other causes as do without opioid use, so that nobody dies for it.
    usual = run.table.wide("people.mortality.without_use")[0, 0]
    for name, level in levels.items():
        values[:, run.outputs.index(f"people.mortality.{name}")] = level * usual
    return replace(run, values=values)


def with_events(run: Run, flow: str, at: float, many: float) -> Run:
    values = run.values.copy()
    values[:, run.outputs.index(counter(flow)), :] = np.where(run.times >= at, many, 0.0)
    return replace(run, values=values)


@pytest.mark.parametrize(
    ("state", "published"),
    [
        ("treated[rx,buprenorphine]", {"treatment_buprenorphine": 6650, "care_treated": 6078,
                                       "justice_treated": 566.49}),
        ("treated[heroin,methadone]", {"treatment_methadone": 7294, "care_treated": 6078,
                                       "justice_treated": 1066.89}),
        ("treated[rx_heroin,naltrexone]", {"treatment_naltrexone": 15674, "care_treated": 6078,
                                           "justice_treated": 566.49}),
        ("untreated[heroin]", {"care_untreated": 7598, "justice_untreated": 4209.54}),
        ("untreated[rx]", {"care_untreated": 7598, "justice_untreated": 2616.30}),
        ("remission[heroin]", {"justice_remission": 551.47}),
        ("stable[rx]", {"justice_remission": 342.74}),
        ("misuse", {}),
    ],
)  # fmt: skip
def test_one_person_for_a_year_costs_what_source_says(empty, state, published):
    """Claypool et al. 2023, costs and criminal costs of 2021, where nothing is discounted."""
    one = with_level(empty, **{state: 1.0})
    found = bill(ledger(one, LAST_YEAR - 1, 0.0), drawn(0))
    without = bill(ledger(empty, LAST_YEAR - 1, 0.0), drawn(0))
    for name in COMPONENTS:
        assert found.costs[name] - without.costs[name] == pytest.approx(published.get(name, 0.0))


@pytest.mark.parametrize(
    ("state", "weight"),
    [("misuse", 0.694), ("heroin_use", 0.574), ("untreated[rx]", 0.626),
     ("untreated[rx_heroin]", 0.569), ("untreated[heroin]", 0.512),
     ("treated[heroin,buprenorphine]", 0.766), ("remission[rx]", 0.807), ("stable[heroin]", 0.807)],
)  # fmt: skip
def test_a_year_of_one_person_weighs_what_source_says(empty, state, weight):
    found = bill(ledger(with_level(empty, **{state: 1.0}), LAST_YEAR - 1, 0.0), drawn(0))
    assert found.gained[0] == pytest.approx(weight - drawn(0)["without_use"][0])


def test_one_death_costs_and_loses_what_source_says(empty):
    """A death halfway through the last year: care, net production, half a year, what lay ahead."""
    one = with_events(empty, "people.overdose.deaths", LAST_YEAR - 0.5, 1.0)
    found = bill(ledger(one, LAST_YEAR - 1, 0.0), drawn(0))
    assert found.deaths[0] == 1
    assert found.costs["overdose_fatal"][0] == pytest.approx(3567.74)
    assert found.costs["productivity"][0] == pytest.approx(771_853)
    assert found.qalys["ahead"][0] == pytest.approx(-22.64)
    # The counter is a straight line within its quarter, so the year lost is 0.5 and half of 0.25.
    assert found.qalys["dying"][0] == pytest.approx(-0.87 * 0.625)
    assert found.costs["usual_care"][0] == pytest.approx(-6520 * 0.625)


def test_discounting_takes_three_percent_a_year_from_2026(empty):
    """SOURCE's discounted columns fall by 1.03 a year; ours run through the year, to 2026."""
    one = with_level(empty, **{"treated[rx,buprenorphine]": 1.0})
    units = drawn(0)
    costs = [
        bill(ledger(one, 2026, discount), units).costs["treatment_buprenorphine"][0]
        for discount in (0.0, 0.03)
    ]
    assert costs[0] == pytest.approx(6 * 6650)
    years = np.linspace(0, 6, 25)
    assert costs[1] == pytest.approx(6650 * np.trapezoid(1.03**-years, years))
    last = with_events(empty, "people.overdose.nonfatal", LAST_YEAR, 1.0)
    events = bill(ledger(last, 2026, 0.03), units).costs["overdose_nonfatal"][0]
    assert events == pytest.approx(4376.93 * 1.03**-5.875)


def test_a_year_that_begins_between_quarters_is_counted_whole(empty):
    one = with_level(empty, **{"treated[rx,methadone]": 2.0})
    found = bill(ledger(one, 2030.1, 0.0), drawn(0))
    assert found.costs["treatment_methadone"][0] == pytest.approx(2 * 7294 * (LAST_YEAR - 2030.1))


def test_nothing_changed_costs_nothing_and_gains_nothing():
    found = valued(compare("base", "base", draws=DRAWS))
    for run in found.runs:
        assert not found.cost(run, "society").any()
        assert not found.gained(run).any()
        assert not found.averted(run).any()


def test_components_add_up_to_the_last_cent(comparison):
    found = valued(comparison)
    run = found.runs[1]
    for view, names in VIEWS.items():
        parts = found.components(run, view)
        assert tuple(parts) == names
        assert np.abs(sum(parts.values()) - found.cost(run, view)).max() < 0.01
    social = found.cost(run, "society") - found.cost(run, "health")
    assert np.allclose(social, sum(found.components(run)[name] for name in SOCIAL))


@pytest.mark.parametrize(
    ("name", "component"),
    [("treatment_methadone", "treatment_methadone"), ("care_untreated", "care_untreated"),
     ("overdose_nonfatal", "overdose_nonfatal"), ("usual_care", "usual_care")],
)  # fmt: skip
def test_twice_the_unit_cost_is_twice_the_component(comparison, name, component):
    value = float(drawn(0)[name][0])
    once, twice = (valued(comparison, held={name: value * by}) for by in (1, 2))
    for one, two in zip(once.bills, twice.bills, strict=True):
        assert np.allclose(two.costs[component], 2 * one.costs[component])
        others = [key for key in COMPONENTS if key != component]
        assert all(np.array_equal(one.costs[key], two.costs[key]) for key in others)


def test_health_ahead_is_deaths_times_what_lies_ahead_of_each(empty):
    """What a death averted is worth after the run does not hang on when it came."""
    units = drawn(0)
    runs = [with_events(empty, "people.overdose.deaths", at, 7.0) for at in (2027, 2031)]
    bills = [bill(ledger(run, 2026, 0.03), units) for run in runs]
    for found in bills:
        assert found.qalys["ahead"][0] == pytest.approx(-7 * 22.64 * 1.03**-6)
    assert bills[0].qalys["dying"][0] < bills[1].qalys["dying"][0] < 0


def test_more_kits_cost_their_price_and_way_and_no_more(comparison):
    found = valued(comparison, discount=0.0)
    run = found.runs[1]
    extra = [
        np.trapezoid(one.values[:, one.outputs.index("people.naloxone.given")], one.times, axis=1)
        for one in comparison.runs
    ]
    units = drawn(DRAWS)
    expected = (extra[1] - extra[0]) * (units["kit"] + units["kit_distribution"])
    assert np.allclose(found.components(run)["kits"], expected)
    assert not found.components(run)["measures"].any()
    assert found.complete(run)


def test_a_run_that_did_not_keep_what_is_needed_is_run_again(comparison):
    kept = compare("base", KITS, draws=DRAWS, outputs=NEEDED)
    assert not set(NEEDED) <= set(comparison.runs[0].outputs)
    one, two = valued(comparison), valued(kept)
    assert np.array_equal(one.gained(one.runs[1]), two.gained(two.runs[1]))
    assert np.array_equal(one.cost(one.runs[1]), two.cost(two.runs[1]))


def test_people_in_units_of_two_cost_half_as_many(empty):
    """Costs and QALYs answer to the unit of people in proportion."""
    one = with_level(empty, **dict.fromkeys(STATES, 3.0))
    two = replace(one, values=2 * one.values)
    units = drawn(0)
    first, second = (bill(ledger(run, 2026, 0.03), units) for run in (one, two))
    without = bill(ledger(empty, 2026, 0.03), units)
    fixed = without.costs["kits_counter"]
    assert second.cost("society") - fixed == pytest.approx(2 * (first.cost("society") - fixed))
    assert second.gained == pytest.approx(2 * first.gained)


def test_a_discount_or_a_cost_that_cannot_be_is_refused(comparison):
    with pytest.raises(OutOfBounds):
        valued(comparison, discount=-0.1)
    with pytest.raises(UnknownName, match="usual_care"):
        valued(comparison, held={"usual_car": 1.0})
    with pytest.raises(UnknownName, match="health"):
        valued(comparison).cost(comparison.runs[1], "helth")

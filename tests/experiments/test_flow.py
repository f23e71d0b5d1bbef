"""Kilograms of a year: what is sent is seized or delivered, and a record is no flow."""

import numpy as np
import pytest

from upriver.core.errors import InputError, OutOfBounds
from upriver.evidence.figures import series
from upriver.experiments.compare import Interval
from upriver.experiments.flow import Flow, flow, whole_run
from upriver.experiments.seized import fiscal_years, implied, recorded, recorded_years
from upriver.experiments.simulate import Run, simulate
from upriver.policy.scenario import parse_scenario

POUND = 0.45359237


@pytest.fixture(scope="module")
def run() -> Run:
    return whole_run("base", draws=20)


@pytest.fixture(scope="module")
def year(run: Run) -> Flow:
    return flow(run, 2021)


def amounts(found: Flow) -> list[Interval]:
    corridors = [a for c in found.corridors for a in vars(c).values() if isinstance(a, Interval)]
    return [
        *found.precursors.values(),
        *found.production.values(),
        *corridors,
    ]


def test_every_amount_lies_in_its_interval_and_is_positive(year: Flow) -> None:
    for one in amounts(year):
        assert 0 <= one.low <= one.median <= one.high
    assert any(one.low < one.high for one in amounts(year))


def test_what_one_draw_sends_is_seized_or_delivered() -> None:
    found = flow(whole_run("base", draws=1), 2021)
    for corridor in found.corridors:
        gone = corridor.inland.median + corridor.seized.median + corridor.delivered.median
        assert gone == pytest.approx(corridor.sent.median, rel=1e-9)
    inland = sum(corridor.inland.median for corridor in found.corridors)
    assert inland == pytest.approx(found.inland.median, rel=1e-9)
    made = sum(amount.median for amount in found.production.values())
    assert made == pytest.approx(found.sent.median, rel=1e-9)
    assert sum(c.share.median for c in found.corridors) == pytest.approx(1)


def test_it_is_what_the_run_counted(year: Flow) -> None:
    whole = simulate("base", world="whole", draws=20)
    for corridor in year.corridors:
        counted = whole.sums(f"supply.seizures.delivered[{corridor.name}]").at(2021.0)
        assert corridor.delivered == pytest.approx(counted, rel=1e-12)
    assert year.sold == pytest.approx(whole.sums("supply.market.sold").at(2021.0))


def test_nothing_of_the_mail_is_seized_in_mexico(year: Flow) -> None:
    mail, ports, *_ = year.corridors
    assert (mail.name, ports.name) == ("mail", "ports")
    assert mail.inland.high == pytest.approx(0, abs=1e-9 * mail.sent.median)
    assert ports.inland.low > 0


def test_the_recorded_weight_of_a_year_is_its_months_added_up() -> None:
    record = series("seized_fentanyl")
    months = [i for i, label in enumerate(record.labels) if label.startswith("2021")]
    assert len(months) == 12
    assert recorded("US", 2021) == pytest.approx(POUND * record.values[months].sum())
    assert recorded("US", 2018) is None
    assert recorded_years() == (2019, 2020, 2021, 2022, 2023, 2024, 2025)


def test_recorded_shares_are_those_of_places_and_sum_to_one(year: Flow) -> None:
    shares = [one.recorded for one in year.beside]
    assert sum(share or 0.0 for share in shares) == pytest.approx(1, abs=1e-3)
    ports = series("seized_fentanyl", "US:southwest/OFO")
    weight = sum(v for label, v in zip(ports.labels, ports.values, strict=True) if "2021-" in label)
    assert year.beside[0].recorded_kg == pytest.approx(POUND * weight)
    modelled = [one.sent.median for one in year.beside if one.sent]
    assert sum(modelled) == pytest.approx(1, abs=0.1)  # medians over draws
    assert year.beside[-1].label == "Northern border"
    assert year.beside[-1].sent is None


def test_a_fiscal_year_runs_from_october_to_september(run: Run) -> None:
    found = fiscal_years(run)
    assert [one.label for one in found] == list(series("seized_fentanyl_fiscal").labels)
    one = found[2]
    assert (one.label, round(one.recorded)) == ("FY2021", round(11201.3241 * POUND))
    draws = run.periods("supply.seizures.gross_total", np.array([2020.75]), np.array([2021.75]))
    assert one.modelled.median == pytest.approx(float(np.median(draws)))


def test_the_record_implies_a_range_of_flow_and_not_a_number(run: Run) -> None:
    found = implied(run, 2021)
    assert found is not None
    # The chance is drawn from what is plausible of it, so that the flow is known within a decade.
    assert found.flow.median == pytest.approx(found.pure.median / found.assumed.median, rel=0.2)
    assert 2 < found.flow.high / found.flow.low < 300
    assert found.pure.median < found.recorded / 4
    assert 0 < found.chance.low <= found.chance.high < 1


def test_nothing_is_implied_where_nothing_is_recorded(run: Run) -> None:
    assert implied(run, 2017) is None
    before = flow(run, 2010)
    assert before.implied is None
    assert {one.recorded for one in before.beside} == {None}


@pytest.mark.parametrize("year", [1998, 2032])
def test_a_year_that_no_run_covers_is_refused(run: Run, year: int) -> None:
    with pytest.raises(OutOfBounds, match="1999 to 2031"):
        flow(run, year)


@pytest.mark.parametrize(
    "text",
    [
        "set: {people.market.fentanyl_share: 0.5}",
        "set: {people.market.from_supply: 0}",
        "projections: {people.market.fentanyl_share: {end_value: 0.5}}",
        "from: 2026\nchanges:\n"
        "  - {acts_on: people.market.fentanyl_share, operation: scale, by: -0.1}",
    ],
)
def test_what_belongs_to_the_published_model_is_refused(text: str) -> None:
    scenario = parse_scenario(f"schema: 2\ntitle: A title\n{text}\n")
    with pytest.raises(InputError, match=r"comes out of supply|which world a run is in"):
        whole_run(scenario, draws=1)

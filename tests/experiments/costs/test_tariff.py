"""Unit costs: each with a source, an interval that draws keep, and dollars of one year."""

import numpy as np
import pytest

from upriver.evidence.references import references
from upriver.experiments.costs.tariff import ASSUMPTION, drawn, tariff

UNITS = tariff().units


@pytest.mark.parametrize("name", UNITS)
def test_every_cost_has_an_interval_a_unit_a_year_and_a_source(name):
    unit = UNITS[name]
    assert unit.interval[0] < unit.value < unit.interval[1]
    assert (unit.year is None) == unit.unit.startswith("QALY")
    assert {unit.source, unit.interval_from} <= {ASSUMPTION, *references()}
    assert unit.drawn_with is None or UNITS[unit.drawn_with].drawn_with is None


def test_a_price_year_that_nobody_states_is_an_assumption():
    for name in ("kit", "kit_distribution"):
        assert UNITS[name].year_from == ASSUMPTION
        assert "price year" in UNITS[name].note


def test_costs_are_in_dollars_of_2021_and_those_of_other_years_are_brought_there():
    central = drawn(0)
    for name, unit in tariff().costs.items():
        if unit.year == 2021:
            assert central[name][0] == pytest.approx(unit.value)
    assert central["kit_counter"][0] == pytest.approx(43.74 * 270.970 / 313.689)
    assert tariff().factor(1950) is None


def test_ninety_five_percent_of_draws_lie_in_the_interval_and_half_below_the_value():
    found = drawn(4_000)
    for name, unit in UNITS.items():
        draws = found[name] / tariff().factor(unit.year)
        inside = (unit.interval[0] <= draws) & (draws <= unit.interval[1])
        assert np.mean(inside) == pytest.approx(0.95, abs=0.015)
        assert np.mean(draws < unit.value) == pytest.approx(0.5, abs=0.03)
        assert (draws >= 0).all()


def test_draws_are_the_same_every_time_and_the_first_however_many_there_are():
    one, more = drawn(20), drawn(50)
    for name in UNITS:
        assert np.array_equal(one[name], more[name][:20])


def test_costs_of_one_study_rise_and_fall_together():
    found = drawn(500)
    assert (found["care_untreated"] > found["care_treated"]).all()
    assert (found["justice_untreated_heroin"] > found["justice_untreated_rx"]).all()
    assert abs(np.corrcoef(found["care_untreated"], found["usual_care"])[0, 1]) < 0.15


def test_what_stands_beside_is_what_the_source_sums_up_to():
    beside = tariff().beside
    assert sum(one.value for one in beside.values()) == pytest.approx(1020.666)

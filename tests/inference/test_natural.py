"""What nothing was fitted to is printed as it is, and is what the draws say."""

import numpy as np
import pytest

from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.inference.likelihood import recorded
from upriver.inference.natural import SYNTHETIC, WITHOUT, canada, class_control
from upriver.inference.reference import beside_reference
from upriver.policy.apply import table
from upriver.policy.scenario import read_scenario


@pytest.fixture(scope="module")
def control():
    return class_control()


@pytest.fixture(scope="module")
def quarters():
    return canada()


def test_without_the_act_nothing_differs_before_it():
    at = [int(step_of(2019 + 4 / 12))]
    both = [
        load().run(table(read_scenario(name), 8).columns, outputs=[SYNTHETIC], instants=at)
        for name in ("base", WITHOUT)
    ]
    np.testing.assert_array_equal(*both)


def test_the_act_cuts_what_comes_by_mail_and_no_draw_has_more_deaths_for_it(control):
    record = {one.year: one for one in control.seized}
    assert set(record) == {2019, 2020, 2021}
    assert all(one.acted[1] < one.without[1] for one in control.seized)
    assert all(low < middle < high < 1 for low, middle, high in control.deaths.values())
    assert control.claimed < 0.05


def test_canada_is_not_in_the_likelihood():
    assert "deaths_opioids_quarter" not in recorded().series


def test_canadas_quarters_are_as_published(quarters):
    record = series("deaths_opioids_quarter", "Canada")
    assert record.values[record.starts == 2023.0][0] == 1960
    assert record.values[(record.starts >= 2023) & (record.starts < 2024)].sum() == 7999
    assert quarters.quarters[0] == "2021-Q1"
    assert quarters.recorded[0] == 1837


def test_the_shock_leaves_quarters_before_it_alone_and_a_level_is_all_that_is_free(quarters):
    early = [quarters.quarters.index(f"2021-Q{number}") for number in (1, 2, 3, 4)]
    low, middle, high = quarters.shocked
    assert middle[early] == pytest.approx(np.full(4, middle[0]), rel=1e-3)
    assert np.all(low <= middle)
    assert np.all(middle <= high)
    assert middle[-1] < 0.8 * middle[0]
    assert quarters.with_shock < quarters.level_alone


def test_both_models_are_held_against_the_record_after_2020():
    found = beside_reference()
    assert [one.year for one in found] == [2021, 2022, 2023, 2024, 2025]
    recorded_years = series("deaths_any_opioid")
    for one in found[:4]:
        assert one.recorded == recorded_years.at(float(one.year))
        low, middle, high = one.ours
        assert low < middle < high

"""Of the counterfactuals that ship: each act that moves the whole system has one without it."""

import pytest

from upriver.core.parameters import acts
from upriver.policy.apply import prepare
from upriver.policy.scenario import (
    histories,
    parse_scenario,
    read_scenario,
    shipped,
)


def taken_out() -> set[str]:
    """Acts that a scenario that ships takes out alone."""
    found = [read_scenario(name).without_acts for name in shipped()]
    return {alone[0] for alone in found if len(alone) == 1}


@pytest.mark.parametrize("act", acts())
def test_every_act_that_moves_something_is_taken_out_by_a_scenario(act):
    text = {"schema": 2, "title": act, "world": "whole", "without_acts": [act]}
    moves = not prepare(parse_scenario(text)).remarks
    assert moves == (act in taken_out())


@pytest.mark.parametrize("name", histories())
def test_a_history_without_an_act_changes_no_more(name):
    scenario = read_scenario(name)
    assert scenario.without_acts
    assert not any((scenario.changes, scenario.settings, scenario.projections))

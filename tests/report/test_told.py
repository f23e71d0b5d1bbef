"""What is reckoned once is of the model as it is."""

import pytest

from upriver.experiments.ranking import rank
from upriver.policy.lever import LEVELS
from upriver.policy.levers import levers
from upriver.report.answers.page import stamp
from upriver.report.told.store import NAMES, told


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_is_of_this_model(name):
    made_by = f"python tools/told.py {name}"
    assert told(name)["stamp"] == stamp(), f"stale: {made_by}"


def test_the_ranking_told_is_what_the_command_gives():
    found = told("ranking")
    assert set(found["levels"]) == set(LEVELS[1:])
    given = {one.lever.name: one for one in rank("most", draws=found["draws"]).rows}
    rows = found["levels"]["most"]
    assert {row["lever"] for row in rows} == set(levers())
    medians = [row["averted"]["median"] for row in rows]
    assert medians == sorted(medians, reverse=True)
    for row in rows:
        if row.get("asleep"):
            continue
        one, averted = given[row["lever"]], row["averted"]
        assert averted["low"] <= averted["inner_low"] <= averted["median"]
        assert averted["median"] <= averted["inner_high"] <= averted["high"]
        for name, value in one.averted._asdict().items():
            assert averted[name] == pytest.approx(value, rel=5e-4)
        assert row["helps"] == one.helps
        assert row["by"] == one.lever.most

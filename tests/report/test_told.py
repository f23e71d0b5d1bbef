"""What is reckoned once is of the model as it is."""

import pytest

from upriver.experiments.claims import examine
from upriver.experiments.ranking import rank
from upriver.inference.forecasts.answer import forecast, past
from upriver.policy.lever import LEVELS
from upriver.policy.levers import levers
from upriver.report.answers.page import stamp
from upriver.report.told.claims import figures
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


def test_what_the_model_says_of_a_claim_is_told_to_the_last_digit():
    known = figures(told("claims"))
    given = {one.claim.name: one.modelled for one in examine() if one.modelled}
    assert known == given
    beside = {one.claim.name: one.difference for one in examine(figures=known)}
    assert beside == {one.claim.name: one.difference for one in examine()}


def test_every_lever_is_priced_or_named_as_without_a_cost():
    found = told("cost")
    alone = {one["name"] for one in found["options"] if one["budget"] is None}
    assert alone | set(found["without_cost"]) == set(levers())
    assert not alone & set(found["without_cost"])


def test_a_price_told_is_what_the_ranking_gives():
    found = told("cost")
    given = {one.lever.name: one for one in rank("most", draws=found["draws"]).rows}
    for one in found["options"]:
        if one["budget"] is None:
            price = given[one["name"]].per_death
            assert price is not None
            for end, expected in price._asdict().items():
                said = one["views"]["health"]["per_death"][end]
                assert said["kind"] == expected.kind
                if expected.value is not None:
                    assert said["value"] == pytest.approx(expected.value, rel=5e-4)


def test_the_forecast_told_is_what_the_command_gives():
    found, given = told("forecast"), forecast()
    months = len(found["ends"])
    for name, rows in found["ahead"].items():
        for k, row in zip(range(1, months + 1), rows, strict=True):
            assert row == pytest.approx(given.quantiles(name, k), rel=5e-4)
    assert found["record"] == pytest.approx(given.record.sums, rel=5e-4)
    scores = {
        (one.name, one.lag, one.horizon): one
        for one in past(given.said, given.record)
        if one.kind == "sums"
    }
    for one in found["scores"]:
        expected = scores[one["name"], one["lag"], one["horizon"]]
        for what in ("ratio", "coverage", "apart"):
            assert one[what] == pytest.approx(getattr(expected, what), rel=5e-4)

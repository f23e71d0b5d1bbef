"""What no output follows is told, whatever its path; what moves something is not."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.core.parameters import parameters
from upriver.core.time import quarters
from upriver.engine.run import load
from upriver.policy.apply import prepare, table
from upriver.policy.scenario import Scenario, library, parse_scenario, read_scenario
from upriver.system.world import World

IN_REFERENCE = (
    "people.dose.compensation",
    "people.dose.spread",
    "people.reentry.with_disorder",
    "people.reentry.untreated_then",
    "people.reentry.releases_then",
    "people.stimulants.rate",
    "people.tiers.exchange",
    "people.street.counterfeit_weight",
)
IN_WHOLE = ("people.street.counterfeit_weight", "supply.precursors.effectiveness[other]")


def said(scenario: Scenario, world: str, draws: int = 0) -> str:
    return " ".join(prepare(scenario, draws, World.named(world)).remarks)


def held(path: str, factor: float = 0.9) -> Scenario:
    return Scenario("held", settings={path: factor * float(parameters()[path].value)})


def scaled(path: str) -> Scenario:
    line = {"acts_on": path, "operation": "scale", "by": -0.1, "from": 2020, "over": 1}
    return parse_scenario({"schema": 2, "title": "scaled", "changes": [line]})


@pytest.mark.parametrize("draws", [0, 20])
@pytest.mark.parametrize(
    ("world", "path"),
    [("reference", path) for path in IN_REFERENCE] + [("whole", path) for path in IN_WHOLE],
)
def test_what_a_world_does_not_read_is_told(world, path, draws):
    for scenario in (held(path), scaled(path)):
        told = said(scenario, world, draws)
        assert told.startswith(f"{path}: what the scenario says of it moves nothing")
        assert f"`{world}`" in told


def test_what_the_other_world_reads_is_not_told_there():
    for path in set(IN_REFERENCE) - set(IN_WHOLE) - {"people.tiers.exchange"}:
        assert said(held(path), "whole") == ""


@pytest.mark.parametrize("world", ["reference", "whole"])
def test_whatever_is_not_told_moves_an_output(world):
    """Every constant in turn: told if, and only if, all outputs and stocks are the same."""
    engine = load()
    there = World.named(world)

    def outputs(scenario: Scenario) -> np.ndarray:
        columns = table(scenario, 0, there).columns
        names = (*engine.state, *engine.outputs)
        return engine.run(columns, outputs=names, instants=quarters())[0]

    base = outputs(Scenario("base"))
    largest = np.abs(base).max(axis=1)
    tried = told = 0
    for path, parameter in list(parameters().items())[::4]:
        if not parameter.value or parameter.within[1] < 1.01 * parameter.value:
            continue
        scenario = Scenario("more", settings={path: 1.01 * parameter.value})
        try:
            remarks = said(scenario, world)
        except InputError:  # not part of this world, or made in it
            continue
        moves = (np.abs(outputs(scenario) - base).max(axis=1) > 1e-12 * largest).any()
        assert ("moves nothing" in remarks) == (not moves), path
        tried, told = tried + 1, told + ("moves nothing" in remarks)
    assert tried > 30
    if world == "reference":
        assert told


def test_what_is_neutral_beside_others_is_told_until_they_are_not():
    exchange = "people.tiers.exchange"
    assert "no stock and no sum" in said(held(exchange), "whole")
    both = Scenario(
        "both", settings={exchange: 0.2, "people.tiers.relative_risk": 3.0}, world="whole"
    )
    assert said(both, "whole") == ""


def test_what_is_neutral_at_central_values_may_move_a_draw():
    """Enough providers for all at central values: more of them move deaths in some draws alone."""
    lines = [
        {"acts_on": "people.capacity.buprenorphine_providers", "operation": "scale", "by": 3},
        {"acts_on": "people.capacity.provider_decay", "operation": "scale", "by": -0.05},
    ]
    both = parse_scenario({"schema": 2, "title": "x", "world": "whole", "changes": lines})
    middle = said(both, "whole")
    assert "provider_decay: what the scenario says of it moves people.capacity." in middle
    assert "no stock and no sum in the world `whole`, at central values" in middle
    alone = Scenario("x", changes=both.changes[:1])
    engine = load()
    for draws in (3, 60):
        one, two = (
            engine.run(
                table(scenario, draws, World.whole()).columns, outputs=engine.state, instants=[528]
            )
            for scenario in (both, alone)
        )
        largest = np.abs(one).max(axis=0)
        same = bool((np.abs(one - two).max(axis=0) <= 1e-12 * largest).all())
        assert ("provider_decay: what" in said(both, "whole", draws)) == same


def test_only_the_path_that_moves_nothing_is_named():
    scenario = Scenario(
        "two", settings={"people.response.witnessed": 0.4, "people.dose.spread": 0.5}
    )
    told = said(scenario, "reference")
    assert "people.dose.spread: what" in told
    assert "witnessed" not in told


def test_it_is_told_why_where_a_switch_is_off_or_another_mechanism_is_on():
    slack, stay = "supply.controls.slack[china]", "people.retention.at_six_months[methadone]"
    assert f"{slack} goes by supply.controls.included, which is 0" in said(held(slack), "prior")
    assert f"{stay} goes by people.offer.included, which is 0" in said(held(stay), "prior")
    usual = "people.capacity.methadone_places"
    assert f"{usual} is replaced by another mechanism while people.offer.included is 1" in said(
        scaled(usual), "whole"
    )
    off = replace(scaled(usual), settings={"people.offer.included": 0.0})
    assert "replaced" not in said(off, "whole")


def test_what_stands_in_for_another_is_not_named_where_the_other_moves():
    line = {"handle": "methadone_places", "by": 1, "from": 2010, "over": 0}
    scenario = parse_scenario({"schema": 2, "title": "t", "changes": [line]})
    for world in ("whole", "reference"):
        assert "moves nothing" not in said(scenario, world), world


@pytest.mark.parametrize("path", ["people.offer.included", "people.market.given"])
def test_a_switch_is_on_or_off(path):
    with pytest.raises(InputError, match=r"is a switch, found 0\.5"):
        said(Scenario("half", settings={path: 0.5}), "whole")


def test_an_act_that_leaves_no_trace_is_told():
    told = said(Scenario("x", without_acts=("busan_2025",)), "whole")
    assert told.startswith("To take the act 'busan_2025' out of history moves nothing")
    assert said(Scenario("x", without_acts=("class_control_2019",)), "whole") == ""
    both = said(Scenario("x", without_acts=("busan_2025", "class_control_2019")), "whole")
    assert "busan_2025" in both
    assert "class_control_2019" not in both


def test_an_act_shows_once_what_followed_it_is_gone_too():
    """Busan's level stands for less than a step, until the cut of duties: without both, it does."""
    both = ("busan_2025", "duties_cut_2025")
    one, two = (
        table(Scenario("x", without_acts=acts), 0, World.whole()) for acts in (both[1:], both)
    )
    assert one.digest() != two.digest()
    assert said(Scenario("x", without_acts=both), "whole") == ""


def test_an_act_on_what_is_held_anyway_is_told():
    china = "diplomacy.relations.level[china]"
    scenario = Scenario("x", settings={china: 0.3}, without_acts=("suspension_2022",))
    assert "'suspension_2022' out of history moves nothing" in said(scenario, "whole")


@pytest.mark.parametrize("name", sorted(library()))
def test_no_published_policy_moves_nothing(name):
    assert "moves nothing" not in said(read_scenario(name), "reference")

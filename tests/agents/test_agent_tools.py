"""Each tool gives the numbers of the command of its name, with all that says how sure they are."""

import json
from typing import Any

import jsonschema
import numpy as np
import pytest
from asking import Ask, all_of, by_command

from upriver.agents.said import INSTEAD, finite
from upriver.agents.server import OUTPUT
from upriver.agents.tools import KINDS, STAGES, TOOLS
from upriver.engine.run import load
from upriver.policy.chosen import fitted
from upriver.policy.lever import STAGES as KNOWN
from upriver.policy.levers import levers
from upriver.report.told.store import told
from upriver.system.world import worlds

FEW = {"draws": 4}
NO_FILES = ("--no-files", "--json", "--draws", "4")
TWICE = {
    "schema": 2,
    "title": "Twice the naloxone, mine",
    "changes": [{"handle": "naloxone_kits", "by": 1.0, "from": 2026, "over": 3}],
}
ONE_OF_EACH: list[tuple[str, dict[str, Any]]] = [
    *(("list_things", {"kind": kind}) for kind in KINDS),
    ("describe", {"kind": "levers", "name": "naloxone_kits"}),
    ("describe", {"kind": "scenarios"}),
    ("describe", {"kind": "scenarios", "name": "naloxone_doubled"}),
    ("describe", {"kind": "handles", "name": "naloxone_kits"}),
    ("describe", {"kind": "parameters", "name": "people.naloxone.carrying"}),
    ("describe", {"kind": "series", "name": "deaths_any_opioid"}),
    ("describe", {"kind": "places", "name": "OH"}),
    ("describe", {"kind": "claims", "name": "C01"}),
    ("describe", {"kind": "questions", "name": "2"}),
    ("run", FEW),
    ("run", {"place": "OH", "draws": 4}),
    ("run", {"draws": 0}),
    ("compare", {"scenarios": ["base", TWICE], **FEW}),
    ("explain", {"from": 2022, "to": 2023, "draws": 1}),
    ("record", {"name": "deaths_any_opioid"}),
    ("claims", {"name": "C01"}),
    *(("answers", {"question": number}) for number in range(1, 7)),
    ("rank", {"stage": "services"}),
    ("forecast", {}),
]
RUNS = ("run", "compare", "explain", "answers", "rank", "claims")


@pytest.fixture(scope="module")
def everything() -> list[Any]:
    """What each of those comes to; the client has checked it against the schema of answers."""
    return all_of(ONE_OF_EACH)


def test_every_answer_says_of_what_it_is_and_what_it_cannot_tell(everything: list[Any]) -> None:
    digest = load().manifest["equations_digest"]
    for (tool, arguments), found in zip(ONE_OF_EACH, everything, strict=True):
        assert not found.failed, (tool, arguments, found.text)
        jsonschema.validate(found.data, OUTPUT)
        made = found.data["made"]
        assert made["equations_digest"] == digest
        assert made["upriver_version"]
        assert found.data["cannot_tell"]
        assert found.text
        assert "Traceback" not in found.text
        if tool == "forecast":
            assert made["world"] == "whole"
        elif tool in RUNS:
            assert made["world"] in (*worlds(), ["reference"]), tool
            assert made["draws"] is not None
        else:
            assert {"world", "draws"} <= set(made)


def test_an_answer_of_a_run_has_intervals_units_digests_and_how_much_is_unexplained(
    everything: list[Any],
) -> None:
    for (tool, arguments), found in zip(ONE_OF_EACH, everything, strict=True):
        if tool not in ("run", "compare", "explain"):
            continue
        assert found.data["unexplained"].startswith(("Mostly unexplained", "In part")), arguments
        assert found.data["unexplained"] in found.text
        for scenario in found.data["made"]["scenarios"]:
            assert len(scenario["scenario_digest"]) == 16
            assert len(scenario["table_digest"]) == 64
        if tool == "run" and arguments.get("draws"):
            for row in found.data["series"]:
                assert row["unit"] == "people"
                assert np.all(np.array(row["low"]) <= np.array(row["median"]))
                assert np.all(np.array(row["median"]) <= np.array(row["high"]))
    of_country = everything[ONE_OF_EACH.index(("run", FEW))].data
    sources = {key for row in of_country["headline"]
               for key in row.get("recorded_source", "").split("; ") if key}  # fmt: skip
    assert sources
    assert sources <= set(of_country["sources"])


def test_a_lever_that_is_pulled_has_its_grade_beside_the_numbers(ask: Ask) -> None:
    pulls = {"schema": 2, "title": "Kits", "changes": [{"lever": "naloxone_kits", "level": "most"}]}
    found = ask("compare", scenarios=["base", pulls], **FEW)
    (pulled,) = (one for one in found.data["evidence"] if one["pulled"])
    assert pulled["lever"] == "naloxone_kits"
    assert pulled["grade"].startswith(levers()["naloxone_kits"].evidence.grade)
    assert f"naloxone_kits {pulled['grade']}" in found.text


def test_run_gives_the_numbers_of_the_command(ask: Ask) -> None:
    told_of = by_command("run", "naloxone_doubled", "--set", "people.response.witnessed=0.8",
                         *NO_FILES)  # fmt: skip
    found = ask("run", scenario="naloxone_doubled", set={"people.response.witnessed": 0.8}, **FEW)
    same(told_of, found.data, "title", "unexplained", "caveat", "remarks", "headline")
    (made,) = found.data["made"]["scenarios"]
    assert made["scenario_yaml"] == told_of["provenance"]["scenario_yaml"]
    assert made["table_digest"] == told_of["provenance"]["table_digest"]
    by_name = {row["series"]: row for row in told_of["series"]}
    for row in found.data["series"]:
        assert row == by_name[row["series"]]


def test_run_in_a_state_gives_the_numbers_of_the_command(ask: Ask) -> None:
    told_of = by_command("run", "--place", "OH", *NO_FILES)
    found = ask("run", place="Ohio", **FEW).data
    same(told_of, found, "title", "unexplained", "caveat")
    units = [{key: value for key, value in row.items() if key != "unit"} for row in found["deaths"]]
    assert units == finite(told_of["deaths"])
    assert found["made"]["place"] == "OH"


def test_compare_gives_the_numbers_of_the_command(ask: Ask) -> None:
    names = ["base", "naloxone_doubled", "treatment_doubled"]
    told_of = by_command("compare", *names, "--on", "drivers_held", *NO_FILES)
    found = ask("compare", scenarios=names, on="drivers_held", **FEW).data
    same(told_of, found, "since", "unexplained", "caveat", "remarks", "scenarios",
         "fewer_deaths_in")  # fmt: skip
    for one, other in zip(told_of["verdicts"], found["verdicts"], strict=True):
        same(one, other, *one)


def test_compare_in_a_state_gives_the_numbers_of_the_command(ask: Ask) -> None:
    names = ["base", "naloxone_doubled"]
    told_of = by_command("compare", *names, "--place", "VT", *NO_FILES)
    found = ask("compare", scenarios=names, place="VT", **FEW).data
    same(told_of, found, "since", "unexplained", "caveat", "remarks", "scenarios")
    assert found["made"]["place"] == told_of["place"] == "VT"


def test_a_scenario_in_the_call_runs_as_the_same_in_a_file_of_yaml(ask: Ask) -> None:
    text = json.dumps(TWICE)
    as_mapping, as_text = (
        ask("run", scenario=one, **FEW).data for one in (TWICE, f"schema: 2\n{_yaml(TWICE)}")
    )
    assert as_mapping == as_text
    shipped = ask("run", scenario="naloxone_doubled", **FEW).data
    assert shipped["headline"] == as_mapping["headline"]
    assert text


def _yaml(one: dict[str, Any]) -> str:
    return f"title: {one['title']}\nchanges: {json.dumps(one['changes'])}\n"


def test_explain_gives_the_numbers_of_the_command(ask: Ask) -> None:
    told_of = by_command("explain", "--from", "2022", "--to", "2023", "--draws", "2", "--json")
    found = ask("explain", {"from": 2022, "to": 2023, "draws": 2}).data
    same(told_of["fit"], found, "from", "to", "change", "parts")


def test_record_and_claims_give_what_the_commands_print(ask: Ask) -> None:
    told_of = by_command("evidence", "show", "deaths_synthetic_in_month", "--place", "OH", "--json")
    found = ask("record", name="deaths_synthetic_in_month", place="OH").data
    same(told_of, found, *told_of)
    assert ask("claims", name="c01").data["claims"] == finite(by_command("claims", "C01", "--json"))


def test_an_answer_worked_out_anew_is_the_command_s(ask: Ask) -> None:
    (told_of,) = by_command("answers", "2", "--draws", "10", "--json")
    found = ask("answers", question=2, draws=10).data
    same(told_of, found, "number", "question", "answer", "how_sure", "cannot_tell", "figures")
    assert found["made"]["as_it_ships"] is False


def test_the_ranking_is_the_one_that_ships_with_its_grades(ask: Ask) -> None:
    kept = told("ranking")["levels"]["more"]
    found = ask("rank", level="more").data["levers"]
    assert [row["lever"] for row in found] == [row["lever"] for row in kept]
    assert [row["averted"] for row in found] == [row["averted"] for row in kept]
    assert all(row["grade"].startswith(levers()[row["lever"]].evidence.grade) for row in found)


def test_the_forecast_is_the_command_s(ask: Ask) -> None:
    told_of = by_command("forecast", "--months", "2", "--json")
    found = ask("forecast", months=2).data
    levels = [f"{100 * level:g} %" for level in told_of["levels"]]
    for i, row in enumerate(found["forecast"]):
        assert told_of["ends"][i].startswith(row["twelve_months_to"])
        whole = dict(zip(levels, told_of["forecasts"]["ensemble"]["sums"][i], strict=True))
        for level, value in row["ensemble"].items():
            assert value == pytest.approx(whole[level], rel=1e-5)
    assert found["recorded"] == pytest.approx(told_of["record"]["sums"][-1], rel=1e-5)


def test_a_belief_is_of_one_call_alone(ask: Ask) -> None:
    before = ask("run", **FEW).data
    believed = ask("run", believe=["explanation = controls"], **FEW).data
    assert "explanation = controls" in believed["made"]["fit"]
    assert believed["headline"] != before["headline"]
    told_of = by_command("run", "--believe", "explanation = controls", *NO_FILES)
    assert believed["headline"] == finite(told_of["headline"])
    assert ask("run", believe=["explanation = nothing"], **FEW).failed
    assert ask("run", believe=["explanation = controls"], world="reference", **FEW).failed
    assert ask("run", **FEW).data == before
    assert fitted().own == ""


def test_a_search_finds_what_holds_every_word_and_a_long_list_says_what_it_leaves_out(
    ask: Ask,
) -> None:
    found = ask("list_things", kind="levers", search="naloxone").data
    assert {row["name"] for row in found["levers"]} >= {"naloxone_kits", "release_naloxone"}
    whole = ask("list_things", kind="parameters").data
    assert whole["left_out"] == whole["of"] - len(whole["parameters"]) > 0
    assert ask("list_things", kind="levers", search="no such word").data["levers"] == []


def test_what_the_tools_say_they_take_is_what_there_is() -> None:
    assert set(TOOLS["run"].properties["world"]["enum"]) == set(worlds())
    assert STAGES == KNOWN
    for tool in TOOLS.values():
        jsonschema.Draft202012Validator.check_schema(tool.schema())
        assert tool.description
    assert all(command.startswith("upriver ") for command in INSTEAD)


def same(one: Any, other: Any, *keys: str) -> None:
    """The same under each key, but that a number that is not finite is null."""
    for key in keys:
        assert finite(one[key]) == other[key], key

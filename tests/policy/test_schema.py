"""The JSON Schema for editors names what the checker takes, no more and no less."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import upriver
from upriver.core.errors import InputError
from upriver.core.files import load_yaml, parse_yaml
from upriver.core.parameters import parameters
from upriver.policy.change_file import CHANGE
from upriver.policy.handles import OPERATIONS, handles
from upriver.policy.levers import LEVELS, levers
from upriver.policy.scenario import TOP as TOP_FIELDS
from upriver.policy.scenario import library, parse_scenario, shipped
from upriver.policy.schema import schema

SCHEMA = schema()
SHIPPED_SCHEMA = Path(upriver.__file__).parent / "data" / "scenario.schema.json"
TOP = SCHEMA["properties"]
ONE_CHANGE = TOP["changes"]["items"]["properties"]


def accepts(rule: dict[str, Any], value: Any) -> bool:
    """The part of JSON Schema that ours uses; a word that it does not know is an error."""
    kinds = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int}
    for word, said in rule.items():
        match word:
            case "type":
                good = isinstance(value, kinds[said]) and not isinstance(value, bool)
            case "const":
                good = value == said
            case "pattern":
                good = re.search(said, value) is not None
            case "enum":
                good = value in said
            case "minimum":
                good = value >= said
            case "maximum":
                good = value <= said
            case "minLength" | "minItems":
                good = len(value) >= said
            case "maxLength" | "maxItems":
                good = len(value) <= said
            case "items":
                good = all(accepts(said, item) for item in value)
            case "required":
                good = all(name in value for name in said)
            case "properties":
                good = all(accepts(said[k], v) for k, v in value.items() if k in said)
            case "additionalProperties":
                good = set(value) <= set(rule["properties"])
            case "allOf":
                good = all(accepts(each, value) for each in said)
            case "oneOf":
                good = sum(accepts(each, value) for each in said) == 1
            case "not":
                good = not accepts(said, value)
            case "$schema" | "title" | "description":
                good = True
            case _:
                raise AssertionError(f"the schema uses '{word}', which this test does not know")
        if not good:
            return False
    return True


def plain(data: Any) -> Any:
    """A document as plain values."""
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    return [plain(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize("file", sorted(shipped().values()), ids=lambda file: file.stem)
def test_the_schema_takes_every_shipped_scenario(file: Path):
    assert accepts(SCHEMA, plain(load_yaml(file).data))


def test_the_schema_and_the_checker_know_the_same_fields():
    assert set(TOP) == {"schema", "title", *TOP_FIELDS}
    assert set(ONE_CHANGE) == set(CHANGE)
    assert set(SCHEMA["required"]) == {"schema", "title"}


def test_the_schema_lists_every_parameter_lever_handle_operation_and_scenario():
    assert [entry["const"] for entry in ONE_CHANGE["lever"]["oneOf"]] == list(levers())
    assert ONE_CHANGE["level"]["enum"] == list(LEVELS)
    assert set(TOP["set"]["properties"]) == set(parameters())
    assert {entry["const"] for entry in ONE_CHANGE["handle"]["oneOf"]} == set(handles())
    assert set(ONE_CHANGE["operation"]["enum"]) == set(OPERATIONS)
    assert set(TOP["based_on"]["oneOf"][0]["enum"]) == {*shipped(), *library()}


@pytest.mark.parametrize("name", sorted(levers()))
def test_the_schema_takes_a_lever_at_every_level_and_over_its_whole_range(name: str):
    sizes = [f"level: {level}" for level in LEVELS] + [f"by: {x}" for x in levers()[name].range]
    for size in sizes:
        text = f"schema: 2\ntitle: test\nchanges:\n  - {{lever: {name}, {size}, from: 2027}}\n"
        assert accepts(SCHEMA, plain(parse_yaml(text, "test").data))
        parse_scenario(text)


@pytest.mark.parametrize(
    "body",
    [
        "changes:\n  - {lever: no_such_lever, by: 0.1}\n",
        "changes:\n  - {lever: naloxone_kits, by: 1.5}\n",
        "changes:\n  - {lever: naloxone_kits, to: 0.5}\n",
        "changes:\n  - {lever: naloxone_kits, level: all}\n",
        "changes:\n  - {lever: naloxone_kits, level: most, by: 1}\n",
        "changes:\n  - {lever: naloxone_kits}\n",
        "changes:\n  - {lever: prevent_relapse, handle: relapse, by: -0.1}\n",
        "changes:\n  - {handle: relapse, level: most}\n",
        "changes:\n  - {level: most}\n",
        "changes:\n  - {handle: no_such_handle, by: 1}\n",
        "changes:\n  - {handle: relapse, acts_on: people.response.kits, by: 1}\n",
        "changes:\n  - {handle: relapse, by: 1, from: 1990}\n",
        "changes:\n  - {handle: relapse, by: 1, over: -1}\n",
        "changes:\n  - {handle: relapse, by: many}\n",
        "changes:\n  - {handle: relapse}\n",
        "changes:\n  - {handle: relapse, by: 1, to: 1}\n",
        "surprise: 1\n",
        "title: ''\n",
        "based_on: nothing\n",
    ],
)
def test_what_the_schema_refuses_the_checker_refuses(body):
    head = "schema: 2\n" if body.startswith("title") else "schema: 2\ntitle: test\n"
    assert not accepts(SCHEMA, plain(parse_yaml(head + body, "test").data))
    with pytest.raises(InputError):
        parse_scenario(head + body)


def test_the_schema_that_ships_is_the_one_that_is_checked():
    """Made anew by `upriver scenarios --schema > src/upriver/data/scenario.schema.json`."""
    assert json.loads(SHIPPED_SCHEMA.read_text(encoding="utf-8")) == SCHEMA

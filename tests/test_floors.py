"""The drawing of the house in CONTRIBUTING.md is the contract, and the house is built like it."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "upriver"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}

Floor = tuple[str, ...]
Imports = set[tuple[str, str]]


def contract() -> list[str]:
    """Floors of the contract that `lint-imports` holds, from the top, as one would draw them."""
    (layers,) = (one["layers"] for one in CONTRACTS if one["type"] == "layers")
    return [layer.replace("upriver.", "") for layer in layers]


def drawing(page: str) -> list[str]:
    """Floors as they are drawn: lines set in by four places that begin with rooms."""
    part = page.partition("## How the house is built\n")[2].partition("\n## ")[0]
    return re.findall(r"^    ([a-z]+(?: [|:] [a-z]+)*)(?=  |$)", part, re.MULTILINE)


def rooms(floor: str) -> Floor:
    return tuple(re.split(r" [|:] ", floor))


def imported() -> Imports:
    """Pairs of rooms: one of whose files imports one of the other's, anywhere in it."""
    graph = grimp.build_graph("upriver", cache_dir=None)
    found = set()
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            pair = tuple(name.split(".")[1] for name in (module, other) if "." in name)
            if len(pair) == 2 and set(pair) <= ROOMS and len(set(pair)) == 2:
                found.add(pair)
    return found


def against(floors: Iterable[str], imports: Imports) -> Imports:
    """Imports that do not run down, or that go to a room beside which should not be known."""
    floors = list(floors)
    height = {room: -number for number, floor in enumerate(floors) for room in rooms(floor)}
    beside = {room for floor in floors if " : " in floor for room in rooms(floor)}
    return {
        (one, other)
        for one, other in imports
        if height[one] < height[other]
        or (height[one] == height[other] and not {one, other} <= beside)
    }


def test_the_house_is_drawn_as_its_contract_says() -> None:
    assert drawing(PAGE) == contract()


def test_every_room_stands_on_one_floor() -> None:
    drawn = [room for floor in drawing(PAGE) for room in rooms(floor)]
    assert sorted(drawn) == sorted(ROOMS)


def test_imports_run_down_as_drawn() -> None:
    imports = imported()
    assert against(drawing(PAGE), imports) == set()
    (lowest,) = rooms(drawing(PAGE)[-1])
    for room in ROOMS - {lowest}:
        assert [other for one, other in imports if one == room], f"{room} stands on nothing"
    assert [pair for pair in imports if pair[0] == lowest] == []


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (("core", "cli"), True),
        (("people", "supply"), True),
        (("policy", "report"), True),
        (("report", "policy"), False),
        (("cli", "page"), False),
    ],
)
def test_an_import_that_runs_up_or_aside_is_found(pair: tuple[str, str], found: bool) -> None:
    assert (pair in against(contract(), {pair})) is found


def test_a_floor_that_is_drawn_elsewhere_is_found() -> None:
    higher = PAGE.replace("    engine ", "    moved ", 1).replace("    policy ", "    engine ", 1)
    assert drawing(higher) != contract()
    assert len(drawing(higher)) == len(contract())

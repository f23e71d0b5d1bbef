"""What a call may not ask for, and what becomes of it: one line, and no work."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from asking import Ask, in_memory
from mcp import Client

from upriver.agents import limits, tools
from upriver.agents.desk import Desk
from upriver.agents.server import folders_of, server
from upriver.core.errors import InputError, OutOfBounds
from upriver.engine.run import Engine
from upriver.experiments.simulate import simulate

KITS: dict[str, Any] = {"handle": "naloxone_kits", "by": 0.5}
DEEP: Any = []
for _ in range(100):
    DEEP = [DEEP]

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("nothing", {}, "tool 'nothing' does not exist"),
    ("runs", {}, "Did you mean 'run'?"),
    ("run", {"draw": 5}, "Did you mean 'draws'?"),
    ("run", {"draws": 1001}, "found 1001. Allowed: 0 to 1000"),
    ("run", {"draws": -1}, "Allowed: 0 to 1000"),
    ("run", {"draws": 10**400}, "an integer is too large"),
    ("run", {"draws": 1e308}, "should be a whole number"),
    ("run", {"draws": "200"}, "should be a whole number, found '200'"),
    ("run", {"draws": True}, "should be a whole number, found true"),
    ("run", {"scenario": "/etc/passwd"}, "scenario '/etc/passwd' does not exist"),
    ("run", {"scenario": "../base.yaml"}, "does not exist"),
    ("run", {"scenario": "~/base.yaml"}, "does not exist"),
    ("run", {"scenario": "base\x00.yaml"}, "does not exist"),
    ("run", {"scenario": 5}, "found 5"),
    ("run", {"scenario": {}}, "schema is missing"),
    ("run", {"scenario": DEEP}, "nested more than 20 levels deep"),
    ("run", {"scenario": {"schema": 2, "title": "t" * 300}}, "title is too long"),
    ("run", {"scenario": {"schema": 2, "title": "x", "about": "a" * 40_000}}, "at most 32 KiB"),
    ("run", {"scenario": {"schema": 2, "title": "x", "based_on": "/etc/x.yaml"}}, "does not exist"),
    ("run", {"scenario": {"schema": 2, "title": "x", "changes": [KITS] * 41}}, "at most 40"),
    ("run", {"scenario": "schema: 2\ntitle: &a x\nabout: *a"}, "anchors (&name) are not taken"),
    ("run", {"scenario": "schema: 2\ntitle: !!python/name:os.system"}, "is not taken"),
    ("run", {"set": {f"a.{i}": 1 for i in range(21)}}, "at most 20 parameters"),
    ("run", {"set": {"people.response.witnessed": 2}}, "Allowed: 0 to 1"),
    ("run", {"set": {"people.response.witness": 1}}, "list_things(kind='parameters') lists all"),
    ("run", {"set": [1]}, "set should be a mapping"),
    ("run", {"world": "hole"}, "Did you mean 'whole'?"),
    ("run", {"place": "ZZ"}, "place 'ZZ' does not exist"),
    ("run", {"place": "/etc"}, "does not exist"),
    ("run", {"place": "OH", "draws": 1000}, "Allowed: 1 to 200"),
    ("run", {"place": "OH", "believe": ["explanation = controls"]}, "draws of the country"),
    ("run", {"believe": ["a"] * 9}, "at most 8"),
    ("run", {"believe": ["explanation = magic"]}, "explanation 'magic' does not exist"),
    ("run", {"believe": ["explanation = controls"], "draws": 0}, "1 or more"),
    ("run", {"outputs": ["a"] * 11}, "at most 10"),
    ("compare", {}, "scenarios is missing"),
    ("compare", {"scenarios": ["base"]}, "Allowed: 2 to 8"),
    ("compare", {"scenarios": ["base"] * 9}, "Allowed: 2 to 8"),
    ("compare", {"scenarios": ["base"] * 5, "draws": 1000}, "found 5000. Allowed: at most 4000"),
    ("compare", {"scenarios": "base"}, "scenarios should be a list"),
    ("explain", {"from": 1900}, "Allowed: 1999 to 2032"),
    ("explain", {"from": 2024, "to": 2022}, "is not after the first year"),
    ("explain", {"draws": 201}, "Allowed: 1 to 200"),
    ("record", {"name": "deaths"}, "series 'deaths' does not exist"),
    ("record", {"name": "../figures"}, "does not exist"),
    ("record", {"name": "deaths_any_opioid", "place": "OH"}, "is not recorded there"),
    ("claims", {"name": "C99"}, "claim 'C99' does not exist"),
    ("claims", {"search": "\x1b[2J"}, "without control characters"),
    ("answers", {}, "question is missing"),
    ("answers", {"question": 7}, "Allowed: 1 to 6"),
    ("answers", {"question": 2, "draws": 2}, "Allowed: 10 to 200"),
    ("answers", {"question": 5, "budget_usd": -1}, "out of bounds"),
    ("answers", {"question": 6, "complete": [0.5, 0.1]}, "the lower first"),
    ("answers", {"question": 6, "complete": [None, 1]}, "two shares"),
    ("forecast", {"months": 25}, "Allowed: 1 to 24"),
    ("rank", {"level": "all"}, "level 'all' does not exist"),
    ("list_things", {"kind": "secrets"}, "kind 'secrets' does not exist"),
    ("describe", {"kind": "levers"}, "name is missing"),
    ("describe", {"kind": "scenarios", "name": "/etc/passwd"}, "does not exist"),
    ("describe", {"kind": "levers", "name": "n" * 201}, "at most 200 characters"),
]


@pytest.mark.parametrize(("tool", "arguments", "says"), REFUSED)
def test_a_hostile_argument_gets_one_line_and_no_run(
    tool: str, arguments: dict[str, Any], says: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("the engine ran")

    monkeypatch.setattr(Engine, "run", never)
    found = ask(tool, arguments)
    assert found.failed
    assert says in found.text
    assert len(found.text) <= 400
    assert found.text.isprintable()
    assert "Traceback" not in found.text
    assert "should not happen" not in found.text


def test_what_is_unexpected_is_one_line_too(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("first\nTraceback (most recent call last): /home/me")

    monkeypatch.setattr(tools, "TOOLS", {})
    monkeypatch.setattr("upriver.agents.server.work", broken)
    found = ask("run")
    assert found.failed
    assert found.text.startswith("this should not happen: RuntimeError: first")
    assert "\n" not in found.text


def test_an_answer_that_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    monkeypatch.setattr("upriver.agents.said.LARGEST_ANSWER", 1000)
    found = ask("record", name="deaths_any_opioid")
    assert found.failed
    assert "the answer would be too large" in found.text


def test_work_ends_with_its_seconds() -> None:
    async def run() -> tuple[str, float]:
        begin = time.monotonic()
        async with Client(server(desk=Desk(seconds=0.2))) as client:
            found = await client.call_tool("explain", {"draws": 200})
        return found.content[0].text, time.monotonic() - begin

    said, took = asyncio.run(run())
    assert "took too long and was stopped. Allowed: 0.2 seconds of work" in said
    assert took < 60


def test_work_that_nobody_waits_for_ends() -> None:
    """A client that takes its call back stops the engine, and the next call has its turn."""
    runs: list[int] = []

    def endless(_: Any) -> None:
        while True:
            simulate(draws=2)
            runs.append(1)

    async def run() -> None:
        desk = Desk()
        task = asyncio.create_task(desk.do(endless))
        while not runs:
            await asyncio.sleep(0.05)
        task.cancel()
        assert await asyncio.wait_for(desk.do(lambda _: "next"), 60) == "next"
        before = len(runs)
        await asyncio.sleep(0.3)
        assert len(runs) == before

    asyncio.run(run())


def test_few_may_wait() -> None:
    async def run() -> list[Any]:
        desk = Desk(waiting=1)
        slow = [desk.do(lambda _: time.sleep(0.5)) for _ in range(4)]
        return list(await asyncio.gather(*slow, return_exceptions=True))

    ended = asyncio.run(run())
    assert ended[:2] == [None, None]
    for one in ended[2:]:
        assert isinstance(one, OutOfBounds)
        assert "too many calls are waiting" in str(one)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Scenarios that were given at the start, beside one that was not."""
    given = tmp_path / "given"
    (given / "below").mkdir(parents=True)
    text = "schema: 2\ntitle: {}\nbased_on: {}\n"
    (given / "mine.yaml").write_text(text.format("Mine", "naloxone_doubled"))
    (given / "on_mine.yaml").write_text(text.format("On mine", "mine.yaml"))
    (given / "escapes.yaml").write_text(text.format("Out", "../outside.yaml"))
    (given / "by_link.yaml").write_text(text.format("By a link", "linked.yaml"))
    (given / "broken.yaml").write_text("schema: 2\n")
    for outside in (tmp_path / "outside.yaml", given / "below" / "deep.yaml"):
        outside.write_text(text.format("Outside", "base"))
    (given / "linked.yaml").symlink_to(tmp_path / "outside.yaml")
    return given


def test_scenarios_of_a_folder_that_was_given_run(folder: Path) -> None:
    ask = in_memory(folders_of([folder]))
    listed = ask("list_things", kind="scenarios", search="yaml").data["scenarios"]
    names = [row["name"] for row in listed if row["name"].endswith(".yaml")]
    assert names == ["broken.yaml", "by_link.yaml", "escapes.yaml", "mine.yaml", "on_mine.yaml"]
    shipped = ask("run", scenario="naloxone_doubled", draws=2).data["headline"]
    for name in ("mine", "mine.yaml", "on_mine"):
        assert ask("run", scenario=name, draws=2).data["headline"] == shipped


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("linked.yaml", "scenario 'linked.yaml' does not exist"),
        ("outside.yaml", "does not exist"),
        ("../outside.yaml", "does not exist"),
        ("below/deep.yaml", "does not exist"),
        ("deep.yaml", "does not exist"),
        ("escapes.yaml", "scenario '../outside.yaml' does not exist"),
        ("by_link.yaml", "scenario 'linked.yaml' does not exist"),
        ("broken.yaml", "broken.yaml, line 1: title is missing"),
    ],
)
def test_nothing_outside_the_folder_is_read(name: str, says: str, folder: Path) -> None:
    found = in_memory(folders_of([folder]))("run", scenario=name, draws=2)
    assert found.failed
    assert says in found.text
    assert str(folder) not in found.text


def test_a_folder_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--scenario-folder.*is no folder that can be read"):
        folders_of([tmp_path / "none"])


def test_limits_are_those_that_the_schemas_state() -> None:
    assert tools.DRAWS["maximum"] == limits.MOST_DRAWS
    assert tools.TOOLS["compare"].properties["scenarios"]["maxItems"] == limits.MOST_SCENARIOS

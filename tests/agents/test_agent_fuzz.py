"""Thousands of requests that nobody means well by: an answer or a line, and no work past the limit.

They are drawn from a seed: the same every time. `-m slow` sends 2,000; the gate the first of them.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from asking import Process
from mcp import Client

from upriver.agents import limits
from upriver.agents.server import OUTPUT, server
from upriver.agents.tools import TOOLS
from upriver.engine.run import Engine
from upriver.policy.chosen import fitted

SEED = 20260131
MANY = 2000
FEW = 100
LONG = {"explain": 1, "answers": 10}
"""Tools whose shortest work takes seconds, with its draws: most of their calls ask for none."""

WORDS: tuple[Any, ...] = (
    "", " ", "base", "naloxone_doubled", "treatment_doubled", "border_doubled", "published/nx_kits",
    "levers", "scenarios", "questions", "series", "parameters", "naloxone_kits",
    "deaths_any_opioid", "C01", "OH", "US", "Ohio", "whole", "reference", "prior", "most",
    "services", "drivers_held",
    "people.response.witnessed", "people.heads.treatment", "explanation = controls",
    "supply.shock.precursors > 0.7", "a = 1 to", "people.naloxone.carrying = 0.9 to 0.1",
    "/etc/passwd", "../../x.yaml", "file:///etc/passwd", "\\\\host\\share", "con.yaml", "a\x00b",
    "\x1b[31m", "\u202egnp.exe", "💊" * 40, "a" * 5000, "'; drop table", "$(id)", "{{7*7}}", "%s%n",
    "schema: 2\ntitle: x", "schema: 2\ntitle: &a [*a]", "schema: 2\n" + "- [" * 50, "--draws",
    "schema: 2\ntitle: x\nset: {people.response.witnessed: 0.9}\n",
)  # fmt: skip
NUMBERS: tuple[Any, ...] = (
    -1, 0, 1, 2, 3, 7, 26, 1001, 2026, 10**9, 2**63, -(2**70), 0.5, -0.0, 1e-300, 1e308,
    True, False, None,
)  # fmt: skip


RIGHT: dict[str, tuple[Any, ...]] = {
    "scenario": ("base", "naloxone_doubled", "border_doubled", "published/nx_kits"),
    "on": ("drivers_held",),
    "set": ({"people.response.witnessed": 0.7}, {}),
    "place": ("OH", "Vermont"),
    "believe": (["explanation = controls"], []),
    "outputs": (["people.heads.treatment"],),
    "name": ("naloxone_kits", "deaths_any_opioid", "C01", "OH", "1"),
    "search": ("naloxone", "OH", ""),
    "question": (1, 2, 3, 4, 5, 6),
}
"""Values that are right, at least for some tool."""


def anything(dice: random.Random, depth: int = 0) -> Any:
    """A value of any kind that JSON has."""
    kind = dice.random()
    if depth > 3 or kind < 0.4:
        return dice.choice(WORDS)
    if kind < 0.7:
        return dice.choice(NUMBERS)
    if kind < 0.85:
        return [anything(dice, depth + 1) for _ in range(dice.randrange(6))]
    return {
        str(dice.choice(WORDS))[:60]: anything(dice, depth + 1) for _ in range(dice.randrange(6))
    }


def a_scenario(dice: random.Random) -> Any:
    """A scenario that is nearly right, or quite."""
    size: dict[str, Any] = {dice.choice(("by", "to", "level", "between")): dice.choice(
        (0.5, 1, -1, 99, "most", [0.1, 0.5], None, "x"))}  # fmt: skip
    change = {dice.choice(("lever", "handle", "acts_on")): dice.choice(WORDS), **size}
    if dice.random() < 0.4:
        change[dice.choice(("from", "over"))] = dice.choice(NUMBERS)
    found: dict[str, Any] = {"schema": 2, "title": "A try"}
    found["changes"] = [change] * dice.choice((0, 1, 1, 2, 50))
    if dice.random() < 0.3:
        found[dice.choice(("set", "based_on", "world", "without_acts", "projections", "junk"))] = (
            anything(dice)
        )
    return found


def a_value(dice: random.Random, name: str, wanted: dict[str, Any]) -> Any:
    """A value for an argument: right, or of the kind that it takes, or any."""
    kind = dice.random()
    if kind < 0.15:
        return anything(dice)
    if kind < 0.75 and name in RIGHT:
        return dice.choice(RIGHT[name])
    if name in ("scenario", "on"):
        return a_scenario(dice) if dice.random() < 0.5 else dice.choice(WORDS)
    if name == "scenarios":
        count = dice.choice((2, 2, 2, 3, 1, 0, 9))
        return [a_value(dice, "scenario", {}) for _ in range(count)]
    if "enum" in wanted:
        return dice.choice(wanted["enum"])
    if wanted.get("type") in ("integer", "number"):
        return dice.choice(NUMBERS)
    if wanted.get("type") == "array":
        return [dice.choice(WORDS) for _ in range(dice.randrange(4))]
    if name == "set":
        return {str(dice.choice(WORDS)): dice.choice(NUMBERS) for _ in range(dice.randrange(3))}
    return dice.choice(WORDS)


def requests(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Calls of tools; draws are few where they are allowed at all, so that each is short."""
    dice = random.Random(SEED)
    for _ in range(count):
        tool = dice.choice((*TOOLS.values(), *(TOOLS[name] for name in ("run", "compare"))))
        arguments = {
            name: a_value(dice, name, wanted)
            for name, wanted in tool.properties.items()
            if name in tool.required or dice.random() < 0.2
        }
        if "draws" in tool.properties and ("draws" not in arguments or dice.random() < 0.8):
            arguments["draws"] = dice.choice((1, 2, 3))
        if tool.name in LONG:
            hostile = dice.choice((-1, 0, 201, 10**9, "1", 1.5, [], True))
            arguments["draws"] = hostile if dice.random() < 0.95 else LONG[tool.name]
        if dice.random() < 0.05:
            arguments[str(dice.choice(WORDS))[:40]] = anything(dice)
        yield (tool.name if dice.random() > 0.02 else str(dice.choice(WORDS))), arguments


def check(count: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Send requests and look at all that comes back; gives how many were answered and refused."""
    widest = [0]
    run = Engine.run

    def counted(engine: Engine, columns: Any, **more: Any) -> Any:
        rows = max((len(column) for column in columns.values()), default=0)
        widest[0] = max(widest[0], rows)
        return run(engine, columns, **more)

    monkeypatch.setattr(Engine, "run", counted)

    async def send() -> dict[str, int]:
        ended = {"answered": 0, "refused": 0}
        async with Client(server()) as client:
            for tool, arguments in requests(count):
                found = await client.call_tool(tool, arguments)
                (content,) = found.content
                where = f"{tool} {str(arguments)[:300]}: {content.text[:300]}"
                assert "Traceback" not in content.text, where
                assert "should not happen" not in content.text, where
                if found.is_error:
                    ended["refused"] += 1
                    assert content.text.isprintable(), where
                    assert 0 < len(content.text) <= 400, where
                else:
                    ended["answered"] += 1
                    jsonschema.validate(found.structured_content, OUTPUT)
                    assert len(json.dumps(found.structured_content)) <= limits.LARGEST_ANSWER
                assert widest[0] <= limits.MOST_DRAWS, where
        return ended

    ended = asyncio.run(send())
    assert fitted().own == ""
    return ended


def test_hostile_requests_get_an_answer_or_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = check(FEW, monkeypatch)
    assert min(ended.values()) > FEW / 10


@pytest.mark.slow
def test_2000_hostile_requests_get_an_answer_or_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = check(MANY, monkeypatch)
    assert sum(ended.values()) == MANY
    assert min(ended.values()) > MANY / 10


def lines(count: int) -> Iterator[bytes]:
    """Messages with a piece taken out, doubled or put in place of another, a line each."""
    dice = random.Random(SEED)
    for number, (tool, arguments) in enumerate(requests(count), 1_000_000):
        params = {"name": tool, "arguments": {**arguments, "draws": 1}}
        message = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}
        line = bytearray(json.dumps(message).encode())
        for _ in range(dice.randrange(4)):
            at, end = dice.randrange(len(line)), dice.randrange(len(line))
            piece = dice.choice((b"", bytes(line[at:end]), dice.randbytes(4), b'"', b"}", b"\xff"))
            line[at : at + dice.randrange(8)] = piece
            line = line or bytearray(b"{")
        yield bytes(line).replace(b"\n", b" ")


def mangled(count: int) -> None:
    """A process goes on answering between lines that were mangled, and says nothing else."""
    client = Process()
    for i, line in enumerate(lines(count)):
        client.send(line)
        if i % 10 == 9:
            assert client.tool("list_things", kind="questions")["structuredContent"]["of"] == 6
    assert client.end() == (0, "")


def test_mangled_messages_are_survived() -> None:
    mangled(60)


@pytest.mark.slow
def test_2000_mangled_messages_are_survived() -> None:
    mangled(MANY)

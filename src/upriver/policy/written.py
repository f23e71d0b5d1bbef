"""A scenario as the text of a file: what `read_scenario` reads back as an equal scenario.

Whatever it was based on is worked in, so that the text stands alone; numbers are written in full.
Every result carries this text.
"""

import json
import re
from collections.abc import Iterator

import numpy as np

from .changes import Change, pull
from .handles import handles
from .levers import levers
from .scenario import SCHEMAS, Ahead, Scenario

LONGEST = {"title": 200, "about": 2000, "source": 200}
"""Most letters that a file may have in each."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.]*(\[[A-Za-z0-9_,]+\])?")
_BREAK = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
"""What begins a new line, which no title may; other white space stays as a file has it."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_yaml(scenario: Scenario) -> str:
    """The text of a file that reads back as an equal scenario.

    A title or a text that is longer than a file may have is cut.
    """
    lines = [f"schema: {SCHEMAS[-1]}", f"title: {_quoted(scenario.title, 'title') or 'Untitled'}"]
    for name in ("about", "source"):
        if text := _quoted(getattr(scenario, name), name):
            lines.append(f"{name}: {text}")
    if scenario.world is not None:
        lines.append(f"world: {scenario.world}")
    if scenario.conditions is not None:
        lines.append(f"conditions: {scenario.conditions}")
    if scenario.regimes is not None:
        lines.append(f"regimes: {scenario.regimes}")
    for name, entries in (
        ("projections", {path: _ahead(one) for path, one in scenario.projections.items()}),
        ("set", {path: number(value) for path, value in scenario.settings.items()}),
    ):
        if entries:
            lines += [f"{name}:", *(f"  {_name(path)}: {said}" for path, said in entries.items())]
    if scenario.without_acts:
        lines.append(f"without_acts: [{', '.join(map(_name, scenario.without_acts))}]")
    if scenario.changes:
        lines.append("changes:")
        lines += [f"  - {{{', '.join(_change(change))}}}" for change in scenario.changes]
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    """A number in full: what reads back as the same."""
    whole = value == int(value) and abs(value) < 1e15
    return str(int(value)) if whole else repr(float(value))


def _ahead(ahead: Ahead) -> str:
    """How a driver goes on."""
    if ahead.hold or ahead.end_value is None:
        return "hold"
    year = "" if ahead.end_year is None else f", end_year: {number(ahead.end_year)}"
    return f"{{end_value: {number(ahead.end_value)}{year}}}"


def _change(change: Change) -> Iterator[str]:
    """Fields of a change: by its lever or handle where that gives the same, else in full."""
    replaces = change.operation == "replace"
    amount = _of_lever(change)
    handle = handles().get(change.label) if change.lever is None else None
    if amount is not None:
        yield f"lever: {_name(change.label)}"
    elif handle and handle.acts_on == change.acts_on and _acts_as(handle.operation, change):
        yield f"handle: {_name(change.label)}"
    else:
        yield f"acts_on: [{', '.join(map(_name, change.acts_on))}]"
        if not replaces:
            yield f"operation: {change.operation}"
    yield f"{'to' if replaces else 'by'}: {number(change.amount if amount is None else amount)}"
    if amount is None and change.amount and change.between is not None:
        yield f"between: [{', '.join(map(number, change.between))}]"
    if change.having is not None:
        yield f"having: {change.having}"
    yield f"from: {number(change.start)}"
    yield f"over: {number(change.years)}"


def _acts_as(operation: str, change: Change) -> bool:
    """Whether a change is a handle's own operation, or `to` a value, which each handle takes."""
    return change.operation in (operation, "replace")


def _of_lever(change: Change) -> float | None:
    """The amount at which a lever that ships gives this change; None if none does.

    One of the user's own is written by what it acts on: the text must do without its file.
    """
    of = levers().get(change.lever or "")
    if of is None or of.own:
        return None
    amount = of.from_parameters(change.amount)
    for near in (amount, np.nextafter(amount, -np.inf), np.nextafter(amount, np.inf)):
        within = of.range[0] <= near <= of.range[1]
        if within and pull(of, float(near), change.start, change.years) == change:
            return float(near)
    return None


def _name(text: str) -> str:
    """A path or a name; in quotes where YAML would read its brackets as a list."""
    return text if _PLAIN.fullmatch(text) and "[" not in text else json.dumps(text)


def _quoted(text: str, name: str) -> str:
    """Text in quotes, as long as it may be; empty if there is none."""
    cut = text.strip()[: LONGEST[name]].strip()
    if name != "about":
        cut = _BREAK.sub(" ", cut)
    said = json.dumps(cut, ensure_ascii=False) if cut else ""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)

"""What the page carries: the engine, draws, columns, worlds, levers and evidence, as JSON."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from upriver import __version__
from upriver.core.files import load_yaml
from upriver.core.parameters import parameters
from upriver.core.table import Column, Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS, STEPS_PER_YEAR, step_of
from upriver.engine.run import Engine, load
from upriver.experiments.compare import FROM
from upriver.experiments.simulate import CAVEAT, CAVEAT_WHOLE, INTERVAL
from upriver.policy.apply import DEFAULT_DRAWS, table
from upriver.policy.changes import Change
from upriver.policy.levers import GRADES, STAGES, Lever, levers
from upriver.policy.scenario import Scenario, read_scenario, shipped
from upriver.report.colophon import sources
from upriver.report.headline import PROJECTION
from upriver.report.limits import CANNOT_TELL
from upriver.system.outputs import unit_of
from upriver.system.world import World

from .payload_evidence import evidence
from .payload_supply import supply

BASE = "base"
LOADED = "file"
GIVEN = "people.market.fentanyl_share"
"""What the whole system makes by itself: a scenario that changes it runs in the published model."""

DIGITS = 12
WASM = Path(__file__).parent.parent / "data" / "engine.wasm"


def payload(scenario: str | None = None) -> dict[str, Any]:
    """All that the page carries.

    Args:
        scenario: a scenario that ships, or a file, that the page opens with.

    Raises:
        InputError: something in the scenario is not right.
    """
    engine = load()
    base = _table(read_scenario(BASE))
    worlds = [_world(name, read_scenario(name), base) for name in _shipped_order()]
    opens = BASE if scenario is None else scenario
    if opens not in shipped():
        worlds.append(_loaded(opens, base))
        opens = LOADED
    known = [_lever(lever, base) for lever in levers().values()]
    return {
        "version": __version__,
        "digest": _digest(engine, base, known),
        "provenance": {
            "upriver_version": __version__,
            "equations_digest": engine.manifest["equations_digest"],
            "engine_sha256": engine.manifest["wasm_sha256"],
            "table_digest": base.digest(),
        },
        "clock": {
            "firstYear": FIRST_YEAR,
            "lastYear": LAST_YEAR,
            "stepsPerYear": STEPS_PER_YEAR,
            "steps": STEPS,
        },
        "from": FROM,
        "projection": PROJECTION,
        "probabilities": INTERVAL,
        "draws": DEFAULT_DRAWS,
        "caveat": CAVEAT,
        "caveatWhole": CAVEAT_WHOLE,
        "engine": {
            "wasm": base64.b64encode(WASM.read_bytes()).decode(),
            "inputs": engine.inputs,
            "state": engine.state,
            "outputs": engine.outputs,
        },
        "columns": {name: _column(base.columns[name]) for name in engine.inputs},
        "worlds": worlds,
        "opens": opens,
        "levers": known,
        "stages": STAGES,
        "grades": GRADES,
        "units": {name: unit_of(name) for name in engine.outputs},
        **evidence(),
        **supply(),
        "references": {one.pop("key"): one for one in sources()},
        "limits": CANNOT_TELL,
    }


def as_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shipped_order() -> list[str]:
    """The base projection first, then the others by name."""
    return [BASE, *(name for name in shipped() if name != BASE)]


def _table(scenario: Scenario, world: World | None = None) -> Table:
    """The table of a scenario, of all draws; by default in the world that it belongs to."""
    return table(scenario, DEFAULT_DRAWS, world or _world_of(scenario))


def _world_of(scenario: Scenario) -> World:
    """The whole system, or the published model where fentanyl's share is given."""
    changed = {path for change in scenario.changes for path in change.acts_on}
    given = GIVEN in changed | set(scenario.settings) | set(scenario.projections)
    return World.reference() if given else World.whole()


def _world(name: str, scenario: Scenario, base: Table) -> dict[str, Any]:
    """A world of the page: columns that differ from the base before any change, and the changes."""
    before = _table(_without_changes(scenario), _world_of(scenario))
    differing = {
        path: _column(column)
        for path, column in before.columns.items()
        if not _same(column, base.columns[path])
    }
    return {
        "name": name,
        "title": scenario.title,
        "about": scenario.about,
        "source": scenario.source,
        "rewrites": bool(scenario.settings or scenario.without_acts),
        "columns": differing,
        "changes": [_change(change) for change in scenario.changes],
    }


def _loaded(file: str, base: Table) -> dict[str, Any]:
    """The world of a scenario file; its levers stand on their controls, other changes are kept."""
    scenario = read_scenario(file)
    _table(scenario)  # refuses what goes out of bounds
    document = dict(load_yaml(file).data)
    inherited = len(read_scenario(document["based_on"]).changes) if "based_on" in document else 0
    used: dict[str, Change] = {}
    fixed: list[Change] = []
    written: list[dict[str, Any]] = []
    for i, change in enumerate(scenario.changes):
        if change.lever and change.lever not in used:
            used[change.lever] = change
            continue
        fixed.append(change)
        if i >= inherited:
            written.append(_written(change))
    return {
        **_world(LOADED, scenario, base),
        "loaded": True,
        "changes": [_change(change) for change in fixed],
        "levers": {
            lever: {"by": change.amount, "from": change.start, "over": change.years}
            for lever, change in used.items()
        },
        "document": {**document, "changes": written},
    }


def _written(change: Change) -> dict[str, Any]:
    """A change as a scenario file says it."""
    return {
        "acts_on": list(change.acts_on),
        "operation": change.operation,
        "to" if change.operation == "replace" else "by": change.amount,
        "from": change.start,
        "over": change.years,
    }


def _without_changes(scenario: Scenario) -> Scenario:
    return Scenario(
        title=scenario.title,
        file=scenario.file,
        projections=scenario.projections,
        settings=scenario.settings,
        without_acts=scenario.without_acts,
    )


def _lever(lever: Lever, base: Table) -> dict[str, Any]:
    """A lever with all that its card shows."""
    found = {name: value for name, value in asdict(lever).items() if name not in ("start", "years")}
    today = 0.0
    if lever.operation == "replace":
        today = float(np.median(base.wide(lever.acts_on[0])[:, int(step_of(FROM))]))
    known = parameters()
    return {
        **found,
        "from": lever.start,
        "over": lever.years,
        "today": today,
        "parameters": [
            {"path": path, "unit": known[path].unit, "meaning": known[path].meaning}
            for path in lever.acts_on
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "paths": change.acts_on,
        "operation": change.operation,
        "amount": change.amount,
        "start": change.start,
        "years": change.years,
        "label": change.label,
    }


def _column(column: Column) -> list[int | float | str]:
    """`[steps, draws, values]`: a number where it is one, else doubles in base64."""
    draws, steps = column.shape
    if column.size == 1:
        return [1, 1, float(column[0, 0])]
    raw = np.ascontiguousarray(column, dtype="<f8").tobytes()
    return [steps, draws, base64.b64encode(raw).decode()]


def _same(one: Column, other: Column) -> bool:
    return one.shape == other.shape and bool(np.array_equal(one, other))


def _digest(engine: Engine, base: Table, known: Sequence[Mapping[str, Any]]) -> str:
    """Short digest of what numbers depend on: equations, base table, how levers act."""
    acting = [[one["name"], one["acts_on"], one["operation"]] for one in known]
    total = hashlib.sha256(str(engine.manifest["wasm_sha256"]).encode())
    total.update(base.digest().encode())
    total.update(json.dumps(acting).encode())
    return total.hexdigest()[:DIGITS]

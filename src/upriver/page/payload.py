"""What the page carries: the engine, draws, columns, worlds, levers and evidence, as JSON."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from upriver import __version__
from upriver.core.errors import InputError
from upriver.core.files import load_yaml
from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS, STEPS_PER_YEAR
from upriver.engine.run import Engine, load
from upriver.experiments.against import projection_begins
from upriver.experiments.caveats import unexplained, unexplained_share
from upriver.experiments.compare import FROM
from upriver.experiments.simulate import INTERVAL, caveat_of
from upriver.policy.apply import DEFAULT_DRAWS, prepare, table
from upriver.policy.beliefs import LEAST
from upriver.policy.changes import Change
from upriver.policy.chosen import fitted
from upriver.policy.having import in_part, is_in_part
from upriver.policy.levers import GRADES, STAGES, levers
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.scenario import Scenario, histories, library, read_scenario, shipped
from upriver.report.colophon import COMPUTED, sources
from upriver.report.limits import cannot_tell
from upriver.system.counters import PREFIX
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT, MADE, PUBLISHED
from upriver.system.world import worlds as systems

from .payload_beliefs import constants
from .payload_codes import Codes
from .payload_columns import awake, column_of, once
from .payload_diplomacy import diplomacy
from .payload_evidence import evidence
from .payload_levers import lever_card
from .payload_place import of_place
from .payload_told import told_of
from .payload_worlds import change_of, world_of
from .payload_zip import letters, zipped

BASE = {DEFAULT: "base", PUBLISHED: "published"}
"""Of each system, the scenario in which nothing is changed."""

SOURCES = {DEFAULT: COMPUTED, PUBLISHED: "lim2022"}
"""Of each system, what is cited for what it computes."""

GIVEN = "source_x8"
"""What is cited for what the people of the model are given."""

WORD = re.compile(r"\w+")
FIGURE_SOURCES = re.compile(r'sources: \[("[^\]]*")\]')
"""Sources that a figure of a view names."""
FIRST = BASE[DEFAULT]
LOADED = "file"
DIGITS = 12
DRAWN = Path(__file__).with_name("flows.json")
"""Stocks, flows and bands of the two diagrams, each with the outputs that it is the sum of."""

WASM = Path(__file__).parent.parent / "data" / "engine.wasm"


def payload(scenario: str | None = None, own: PlaceDraws | None = None) -> dict[str, Any]:
    """All that the page carries.

    Args:
        scenario: a scenario that ships, or a file, that the page opens with.
        own: draws of a place, whose page it is; by default it is the country's.

    Raises:
        InputError: something in the scenario is not right, or it is of the published model, in
            which places have no market.
    """
    engine = load()
    base = table(read_scenario(FIRST), fitted().draws)
    carried, codes = awake(base), Codes(fitted().draws)
    columns = [column_of(name, carried.columns[name], codes) for name in engine.inputs]
    offered = [name for name in _shipped_order() if own is None or _is_whole(name)]
    worlds = [world_of(name, read_scenario(name), carried, codes) for name in offered]
    opens = FIRST if scenario is None else scenario
    if own is not None and not _is_whole(opens):
        raise InputError(
            "is of the published model, in which a place has no market to live in",
            file=opens,
            hint="Leave out --place, or give a scenario of the whole system.",
        )
    if own is not None and is_in_part(read_scenario(opens)):
        raise InputError(
            "changes what some states have alone, which a page of a place does not hold apart",
            file=opens,
            hint="`upriver run`, `compare` and `states` do; the page of the country has its mean.",
        )
    if opens not in [one["name"] for one in worlds]:
        worlds.append(_loaded(str({**shipped(), **library()}.get(opens, opens)), carried, codes))
        opens = LOADED
    known = [lever_card(lever, base.first(DEFAULT_DRAWS)) for lever in levers().values()]
    told = {
        "version": __version__,
        "digest": _digest(engine, base, known, own),
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
        "projection": projection_begins(),
        "probabilities": INTERVAL,
        "draws": codes.draws,
        "first": DEFAULT_DRAWS,
        "systems": {
            name: {
                "title": said["title"],
                "fitted": said["fitted"],
                "base": BASE[name],
                "source": SOURCES[name],
                "caveat": f"{unexplained(name)} {caveat_of(name)}".strip(),
                "unexplained": (unexplained_share(name) or (None, None, None))[1],
                "limits": cannot_tell(name),
            }
            for name, said in systems().items()
            if name in BASE
        },
        "engine": {
            "wasm": letters(zipped(WASM.read_bytes())),
            "inputs": engine.inputs,
            "state": engine.state,
            "outputs": engine.outputs,
        },
        "codes": codes.carried(),
        "columns": columns,
        "bounds": [parameters()[path].within for path in engine.inputs],
        "worlds": once(worlds),
        "opens": opens,
        "levers": known,
        "stages": STAGES,
        "grades": GRADES,
        "given": GIVEN,
        "units": _units(engine),
        "made": MADE,
        "drawn": json.loads(DRAWN.read_bytes()),
        **evidence(),
        **diplomacy(),
        "told": told_of(),
        "believable": {"least": LEAST, "constants": constants(carried)},
    }
    if own is not None:
        told = of_place(told, own, codes)
    return {**told, "references": _cited(told)}


def _is_whole(name: str) -> bool:
    """Whether a scenario runs in the whole system."""
    return (read_scenario(name).world or DEFAULT) == DEFAULT


def _cited(told: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """References that the page names, by key."""
    scripts = (file.read_text(encoding="utf-8") for file in Path(__file__).parent.rglob("*.js"))
    figures = (keys for text in scripts for keys in FIGURE_SOURCES.findall(text))
    words = set(WORD.findall(json.dumps(told) + " ".join(figures)))
    return {
        one["key"]: {name: text for name, text in one.items() if name != "key"}
        for one in sources(whole=True)
        if one["key"] in words
    }


def as_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shipped_order() -> list[str]:
    """The base projection first, then others without changes by name: what levers are pulled in.

    Histories without single acts are no futures of drivers to choose between, and conditions and
    regimes that differ by draw would make the page several times as large: `upriver run` and
    `upriver page --scenario NAME` take them.
    """
    offered = [name for name in shipped() if name != FIRST and name not in histories()]
    read = {name: read_scenario(name) for name in offered}
    still = (
        name
        for name, one in read.items()
        if not one.changes and one.conditions is None and one.regimes is None
    )
    return [FIRST, *still]


def _loaded(file: str, base: Table, codes: Codes) -> dict[str, Any]:
    """The world of a scenario file; its levers stand on their controls, other changes are kept."""
    scenario = read_scenario(file)
    remarks = prepare(scenario, DEFAULT_DRAWS).remarks  # refuses what goes out of bounds
    country = in_part(scenario)
    document = dict(load_yaml(file).data)
    base_name = document.get("based_on")
    if base_name is not None and base_name not in {**shipped(), **library()}:
        document, base_name = _whole(document, scenario), None
    inherited = len(read_scenario(base_name).changes) if base_name is not None else 0
    used: dict[str, Change] = {}
    fixed: list[Change] = []
    written: list[dict[str, Any]] = []
    for i, (change, here) in enumerate(zip(scenario.changes, country.changes, strict=True)):
        if change.lever and change.lever not in used:
            used[change.lever] = change
            continue
        fixed.append(here)
        if i >= inherited:
            written.append(_written(change))
    return {
        **world_of(LOADED, scenario, base, codes),
        "loaded": True,
        "changes": [change_of(change) for change in fixed],
        "levers": {
            name: {
                "by": levers()[name].from_parameters(change.amount),
                "from": change.start,
                "over": change.years,
            }
            for name, change in used.items()
        },
        "document": {**document, "changes": written},
        "remarks": [*remarks, *_shared(fixed)],
    }


def _shared(fixed: Sequence[Change]) -> list[str]:
    """A remark on levers that act on what the file changes by another name."""
    paths = {path for change in fixed for path in change.acts_on}
    found = [f"‘{one.title}’" for one in levers().values() if paths & {*one.acts_on}]
    if not found:
        return []
    act = "act" if found[1:] else "acts"
    return [
        f"The file changes by another name what {', '.join(found)} {act} on. "
        "Together they may leave the range of the lever; `upriver run` then refuses the file "
        "that is saved here."
    ]


def _whole(document: Mapping[Any, Any], scenario: Scenario) -> dict[Any, Any]:
    """A document that builds on a file, without it: what the page saves opens anywhere."""
    ahead = {
        path: "hold" if one.hold else {k: v for k, v in asdict(one).items() if v and k != "hold"}
        for path, one in scenario.projections.items()
    }
    parts = {
        "world": scenario.world,
        "projections": ahead,
        "conditions": scenario.conditions,
        "regimes": scenario.regimes,
        "set": dict(scenario.settings),
        "without_acts": list(scenario.without_acts),
    }
    own = {key: value for key, value in document.items() if key not in ("based_on", *parts)}
    return {**own, **{key: value for key, value in parts.items() if value}}


def _written(change: Change) -> dict[str, Any]:
    """A change as a scenario file says it."""
    return {
        "acts_on": list(change.acts_on),
        "operation": change.operation,
        "to" if change.operation == "replace" else "by": change.amount,
        **({"between": list(change.between)} if change.between else {}),
        **({"having": change.having} if change.having else {}),
        "from": change.start,
        "over": change.years,
    }


def _units(engine: Engine) -> dict[str, list[str]]:
    """By unit, all that a figure of the page can show: what is given, levels and flows."""
    known = parameters()
    given = {name: known[name].unit for name in engine.inputs if name in known}
    shown = [name for name in (*engine.outputs, *engine.state) if not name.startswith(PREFIX)]
    found: dict[str, list[str]] = {}
    for name, unit in {**given, **{name: unit_of(name) for name in shown}}.items():
        found.setdefault(unit, []).append(name)
    return found


def _digest(
    engine: Engine, base: Table, known: Sequence[Mapping[str, Any]], own: PlaceDraws | None
) -> str:
    """Short digest of what numbers depend on: equations, base table, how levers act, a place."""
    how = ("name", "acts_on", "operation", "direction", "effect")
    acting = [[one.get(field) for field in how] for one in known]
    total = hashlib.sha256(str(engine.manifest["wasm_sha256"]).encode())
    total.update(base.digest().encode())
    total.update(json.dumps(acting).encode())
    if own is not None:
        total.update(own.place.encode() + own.numbers.tobytes())
    return total.hexdigest()[:DIGITS]

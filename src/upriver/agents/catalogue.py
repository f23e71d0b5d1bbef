"""`list_things` and `describe`: what there is, by name, and all that is known of one."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from upriver.core.errors import SchemaProblem, unknown_name
from upriver.core.parameters import Parameter, parameters
from upriver.evidence.claims import claims
from upriver.evidence.coverage import Coverage, coverage
from upriver.evidence.references import references
from upriver.places.asked import place, places
from upriver.policy.chosen import fitted
from upriver.policy.handles import handles
from upriver.policy.levers import levers
from upriver.policy.scenario import library, read_scenario, shipped
from upriver.policy.schema import schema
from upriver.policy.written import to_yaml
from upriver.report.told.store import told

from .asked import Asked, in_folders, scenario_of
from .limits import MOST_LISTED
from .said import GRADES_SAY, Said, cited, ends, grade_of, joined, lever_grades, scenario_digest
from .tools import KINDS

CANNOT = {
    "levers": "Whether a measure works where you are: a grade is of what was studied.",
    "scenarios": "How likely a scenario is: each is a question, and no forecast.",
    "handles": "Whether anything would move it so: a handle moves a rate by what you say.",
    "parameters": "That a number is right: its source and whether it is an assumption stand by it.",
    "series": "What is not recorded, or was withheld.",
    "places": "Anything of a county or of a group of people.",
    "claims": "Whether a claim without a record is right.",
    "questions": "Anything that the six questions do not ask.",
}
"""What a list cannot tell."""

Row = dict[str, Any]


def list_things(asked: Asked) -> Said:
    """Names of a kind with a line on each, those in which every word of a search occurs."""
    kind = asked.choice("kind", KINDS, "")
    words = asked.text("search").casefold().split()
    every = rows(kind, asked)
    found = [row for row in every if all(word in _words(row) for word in words)]
    shown = found[:MOST_LISTED]
    lines = [": ".join((row["name"], row["title"])) + _beside(row) for row in shown]
    more = len(found) - len(shown)
    text = joined(
        f"{len(found)} of {len(every)} {kind}"
        + (f", of which the first {len(shown)}; a search narrows them" if more else ""),
        "\n".join(lines),
        GRADES_SAY if kind == "levers" else "",
    )
    data = {"kind": kind, "of": len(every), "found": len(found), "left_out": more, kind: shown}
    return Said(text, data, {"world": None, "draws": None}, (CANNOT[kind],))


def rows(kind: str, asked: Asked) -> list[Row]:
    """All things of a kind: name, title, and what a reader chooses by."""
    makers: Mapping[str, Callable[[], list[Row]]] = {
        "levers": _levers,
        "scenarios": lambda: _scenarios(asked),
        "handles": lambda: [
            {"name": h.name, "title": h.meaning, "operation": h.operation}
            for h in handles().values()
        ],
        "parameters": lambda: [
            {"name": p.path, "title": p.meaning, "unit": p.unit} for p in parameters().values()
        ],
        "series": lambda: [_series(one) for one in coverage().values()],
        "places": lambda: [{"name": code, "title": name} for code, name in places().titles.items()],
        "claims": lambda: [
            {"name": c.name, "title": c.claim, "status": c.status} for c in claims().values()
        ],
        "questions": _questions,
    }
    return makers[kind]()


def describe(asked: Asked) -> Said:
    """All that is known of one thing."""
    kind, name = asked.choice("kind", KINDS, ""), asked.text("name")
    if not name:
        if kind == "scenarios":
            return _schema()
        raise SchemaProblem(f"name is missing: which of the {kind}", file="describe")
    found, known = _one(kind, name, asked)
    cannot = (*found.pop("leaves_out", ()), CANNOT[kind])
    lines = [f"{key}: {_short(value)}" for key, value in found.items() if value not in (None, "")]
    text = joined("\n".join(lines), GRADES_SAY if kind == "levers" else "", ends(cannot))
    return Said(text, {"kind": kind, **found}, {"world": None, "draws": None, **known}, cannot)


def _one(kind: str, name: str, asked: Asked) -> tuple[Row, Row]:
    """What is known of a thing, and of what that is made."""
    if kind == "levers":
        return _lever(name), {}
    if kind == "scenarios":
        scenario = scenario_of(name, asked.folders, "describe")
        text = to_yaml(scenario)
        told_of = {"name": name, "title": scenario.title, "about": scenario.about,
                   "scenario_yaml": text}  # fmt: skip
        return told_of, {"world": scenario.world, "scenario_digest": scenario_digest(text)}
    if kind == "parameters":
        return _parameter(name), {}
    if kind == "handles":
        return asdict(_named("handle", name, handles())), {}
    if kind == "series":
        one: Coverage = _named("series", name, coverage())
        return {**asdict(one), "cite": cited(one.sources)}, {}
    if kind == "places":
        return _place(name), {}
    if kind == "claims":
        return asdict(_named("claim", name.upper(), claims())), {}
    return _named("question", name, {row["name"]: row for row in _questions()}), {}


def _named(kind: str, name: str, known: Mapping[str, Any]) -> Any:
    """A thing by its name.

    Raises:
        UnknownName: there is none.
    """
    if name not in known:
        raise unknown_name(kind, name, known)
    return known[name]


def _levers() -> list[Row]:
    grades = lever_grades()
    return [
        {"name": v.name, "title": v.title, "stage": v.stage, "grade": grades[v.name]}
        for v in levers().values()
    ]


def _lever(name: str) -> Row:
    """A lever's card."""
    v = _named("lever", name, levers())
    card = asdict(v)
    sources = [*v.evidence.sources, *([v.cost.source] if v.cost else [])]
    known = grade_of(v)
    return {
        **{key: card[key] for key in ("name", "title", "summary", "stage", "acts_on", "operation")},
        "grade": known["grade"],
        "effect_hangs_on": known["effect_hangs_on"],
        **{key: card[key] for key in ("unit", "levels", "level_text", "most_because", "range")},
        "starts": v.start,
        "over_years": v.years,
        **{key: card[key] for key in ("evidence", "cost", "harms")},
        "sources": cited(sources),
        "leaves_out": list(v.cannot_capture),
    }


def _scenarios(asked: Asked) -> list[Row]:
    ours = {**shipped(), **library()}
    found = [(name, read_scenario(name)) for name in ours]
    listed = [
        {"name": name, "title": one.title, "about": one.about, "world": one.world}
        for name, one in found
    ]
    return [*listed, *({"name": one, "title": "a file of a folder that was given at the start"}
                       for one in in_folders(asked.folders))]  # fmt: skip


def _series(one: Coverage) -> Row:
    return {
        "name": one.name,
        "title": one.title,
        "unit": one.unit,
        "from": one.first,
        "newest": one.newest,
        "places": len(one.places),
    }


def _questions() -> list[Row]:
    kept = told("answers")["answers"]
    return [{"name": str(one["number"]), "title": one["question"], "topic": one["topic"]}
            for one in kept]  # fmt: skip


def _parameter(path: str) -> Row:
    """A parameter's card, with what the fit made of it."""
    p: Parameter = _named("parameter", path, parameters())
    found = {key: value for key, value in asdict(p).items() if value not in (None, ())}
    if p.source in references():
        found["cite"] = cited([p.source])
    if one := fitted().told.get(path):
        low, middle, high = one.after
        found["fitted"] = {"median": middle, "low": low, "high": high, "interval": "90 %",
                           "an_assumption_still": one.assumed}  # fmt: skip
    return found


def _place(name: str) -> Row:
    """What is recorded of a place: which series, and since when laws."""
    one = place(name)
    recorded = [c.name for c in coverage().values() if one.code in c.places]
    return {"name": one.code, "title": one.name, "series": recorded}


def _schema() -> Said:
    """The schema of a scenario without the names that lists give: those would be most of it."""
    whole = schema()
    properties = dict(whole["properties"])
    for name, kind in (("set", "parameters"), ("projections", "parameters")):
        properties[name] = {"type": "object", "description": f"by path: list_things '{kind}'"}
    properties["changes"] = {
        "type": "array",
        "items": {
            "description": "a lever with a level or an amount, a handle or a parameter with `by` "
            "or `to`; `between` is a 95 % interval of `by`",
            "properties": {
                **whole["properties"]["changes"]["items"]["properties"],
                "lever": {"type": "string", "description": "list_things 'levers'"},
                "handle": {"type": "string", "description": "list_things 'handles'"},
                "acts_on": {"type": "string", "description": "list_things 'parameters'"},
            },
        },
    }
    data = {"kind": "scenarios", "schema": {**whole, "properties": properties}}
    text = (
        "A scenario is an object: schema: 2 and title, then what changes. For example {schema: 2, "
        "title: Twice the naloxone, changes: [{handle: naloxone_kits, by: 1.0, from: 2026, over: "
        "3}]}. The whole schema stands in `schema`."
    )
    return Said(text, data, {"world": None, "draws": None}, (CANNOT["scenarios"],))


def _words(row: Row) -> str:
    return " ".join(map(str, row.values())).casefold()


def _beside(row: Row) -> str:
    """What stands in brackets behind a title."""
    keys = ("grade", "unit", "newest", "status", "world")
    told_of = [f"{key} {row[key]}" for key in keys if row.get(key)]
    return f" ({', '.join(told_of)})" if told_of else ""


def _short(value: Any) -> str:
    """A value in a line of text; the data have it whole."""
    if isinstance(value, dict):
        said = "; ".join(f"{key} {_short(one)}" for key, one in value.items() if one is not None)
    elif isinstance(value, list | tuple):
        said = ", ".join(map(_short, value))
    else:
        said = str(value)
    return said if len(said) <= 600 else f"{said[:600]}…"

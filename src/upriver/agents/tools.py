"""The tools: what each is called, what it is for, and what it takes.

A tool is answered by `work` of a module of this room, which is imported when it is first asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from upriver.core.errors import unknown_name
from upriver.core.fields import Document, check_fields

from . import limits

KINDS = (
    "levers", "scenarios", "handles", "parameters", "series", "places", "claims", "questions",
)  # fmt: skip
"""Kinds of things that can be listed and described."""

STAGES = ("diplomacy", "precursors", "synthesis", "corridors", "market", "people", "services")

SCENARIO: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "object"}],
    "description": "The name of a scenario (list_things kind 'scenarios'), or a scenario itself as "
    "an object or as YAML text: {schema: 2, title: TEXT, changes: [{lever: NAME, level: some|more|"
    "most} or {lever: NAME, by: AMOUNT} or {handle: NAME, by: SHARE, from: YEAR, over: YEARS}], "
    "based_on: NAME, world: whole|reference}. describe(kind='scenarios') gives the whole schema.",
}
DRAWS: dict[str, Any] = {
    "type": "integer",
    "minimum": 0,
    "maximum": limits.MOST_DRAWS,
    "default": 200,
    "description": "Draws of the fit; 0 is one run of central values, without an interval.",
}
SHARED: dict[str, Any] = {
    "type": "integer", "minimum": 1, "maximum": limits.MOST_SHARED,
    "description": "Draws of the fit; few are quicker, and rougher.",
}  # fmt: skip
PLACE: dict[str, Any] = {
    "type": "string",
    "description": "A US state in place of the country, as OH; what is done is done in the whole "
    "country.",
}
BELIEVE: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string"},
    "maxItems": limits.MOST_BELIEFS,
    "description": "Run only draws in which all of these hold, as 'supply.shock.precursors > 0.7' "
    "or 'explanation = controls'.",
}
ON = "A scenario whose drivers the others are put on, as 'drivers_held'."
COMMON: dict[str, Any] = {
    "set": {
        "type": "object",
        "additionalProperties": {"type": "number"},
        "description": "Parameters held at a value, by path (list_things kind 'parameters').",
    },
    "on": {**SCENARIO, "description": ON},
    "world": {
        "enum": ["whole", "prior", "reference"],
        "description": "whole: fitted to the record (default); reference: the published model.",
    },
    "place": PLACE,
    "draws": DRAWS,
    "believe": BELIEVE,
}
SEARCH: dict[str, Any] = {"type": "string", "description": "Words that all have to occur."}


@dataclass(frozen=True)
class Tool:
    """A tool. properties: JSON Schema of each argument. room: the module that answers."""

    name: str
    title: str
    description: str
    properties: Mapping[str, Any]
    required: tuple[str, ...] = ()
    room: str = ""

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the arguments."""
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "list_things",
            "What there is",
            f"List things that other tools take by name, at most {limits.MOST_LISTED}: levers "
            "(what a policy can do, with grade of evidence), scenarios, handles (what a scenario "
            "can move), parameters, series (what is recorded), places, claims, questions.",
            {"kind": {"enum": list(KINDS)}, "search": SEARCH},
            ("kind",),
            "catalogue",
        ),
        Tool(
            "describe",
            "One thing in full",
            "All that is known of one thing by its name: of a lever its levels, cost, evidence, "
            "harms and what it leaves out; of a scenario its text; of a parameter its value, unit, "
            "bounds and source. kind 'scenarios' without a name gives the schema of a scenario.",
            {"kind": {"enum": list(KINDS)}, "name": {"type": "string"}},
            ("kind",),
            "catalogue",
        ),
        Tool(
            "run",
            "Run a scenario",
            "Run one scenario, 1999 to 2032: recorded beside modelled, with 95 % intervals. "
            "`outputs` adds quantities by year. Takes seconds.",
            {
                "scenario": SCENARIO,
                **COMMON,
                "outputs": {
                    "type": "array",
                    "items": {"type": "string"},
                    "maxItems": limits.MOST_OUTPUTS,
                    "description": "Quantities by year besides, as 'people.heads.treatment'.",
                },
            },
            (),
            "runs",
        ),
        Tool(
            "compare",
            "Compare scenarios",
            "Deaths under several scenarios with the same draws, and deaths averted against the "
            "first, with intervals, counts of draws and grades of evidence. Takes seconds.",
            {
                "scenarios": {
                    "type": "array",
                    "items": SCENARIO,
                    "minItems": 2,
                    "maxItems": limits.MOST_SCENARIOS,
                    "description": "The first, mostly 'base', is what the others are held against.",
                },
                **COMMON,
            },
            ("scenarios",),
            "runs",
        ),
        Tool(
            "explain",
            "Why deaths changed",
            "Share the change of yearly deaths between two years among groups of causes, and say "
            "how much nothing explains. Takes 10 to 60 seconds.",
            {
                "from": {"type": "integer", "description": "First year, 2022 by default."},
                "to": {"type": "integer", "description": "Last year, 2025 by default."},
                "place": PLACE,
                "draws": {**SHARED, "default": 100},
                "believe": BELIEVE,
            },
            (),
            "why",
        ),
        Tool(
            "record",
            "What is recorded",
            "A recorded series, each value with source, vintage and status (reported, provisional, "
            "estimated, withheld, ...). No run.",
            {
                "name": {"type": "string", "description": "As list_things kind 'series' has it."},
                "place": {
                    "type": "string",
                    "description": "A state or another place; else US.",
                },
            },
            ("name",),
            "recorded",
        ),
        Tool(
            "claims",
            "Claims beside record and model",
            "What the founding article claims, beside what is recorded and what the model says.",
            {
                "name": {"type": "string", "description": "As C01; all claims without it."},
                "search": SEARCH,
            },
            (),
            "recorded",
        ),
        Tool(
            "answers",
            "The six questions",
            "An answer to one of the six questions that Upriver is built for, with tables, how "
            "sure it is and what it cannot tell (list_things kind 'questions'). At once as it "
            "ships; with `draws`, a budget or completeness it is worked out anew, up to a minute.",
            {
                "question": {"type": "integer", "minimum": 1, "maximum": 6},
                "draws": {**SHARED, "minimum": limits.FEWEST_SHARED},
                "budget_usd": {
                    "type": "number",
                    "description": "Of question 5: USD of 2021, 2026 to 2031, beyond today.",
                },
                "complete": {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": 2,
                    "maxItems": 2,
                    "description": "Of question 6: the share of what happens that China's "
                    "statistics hold, lowest and highest.",
                },
            },
            ("question",),
            "questions",
        ),
        Tool(
            "rank",
            "Which lever saves most",
            "All levers by deaths averted, each alone against the base projection, with interval "
            "and grade, as it ships.",
            {
                "level": {"enum": ["some", "more", "most"], "default": "most"},
                "stage": {"enum": list(STAGES)},
            },
            (),
            "questions",
        ),
        Tool(
            "forecast",
            "Deaths of the months ahead",
            "Deaths with synthetic opioids in the US, sums of twelve months, 1 to 24 months after "
            "the record ends, with 50 and 90 % intervals and how such forecasts did, as it ships.",
            {"months": {"type": "integer", "minimum": 1, "maximum": 24, "default": 12}},
            (),
            "ahead",
        ),
    )
}


def tool(name: str) -> Tool:
    """A tool by its name.

    Raises:
        UnknownName: there is none.
    """
    if name not in TOOLS:
        raise unknown_name("tool", name, TOOLS)
    return TOOLS[name]


def work(name: str, arguments: Mapping[str, Any], folders: Any = (), progress: Any = None) -> Any:
    """Answer a call; gives a `Said`.

    Args:
        arguments: as they came. folders: that may be read. progress: called with done and all.

    Raises:
        UpriverError: something in the arguments is not right, or it cannot be done.
    """
    asked = tool(name)
    limits.check_plain(dict(arguments), name)
    document = Document(name, {str(key): value for key, value in arguments.items()})
    check_fields(document, required=asked.required, optional=list(asked.properties))
    from .asked import Asked

    answer = getattr(import_module(f"{__package__}.{asked.room}"), name)
    return answer(Asked(document, tuple(folders), progress))

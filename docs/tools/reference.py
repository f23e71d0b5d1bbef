"""The reference: commands, levers, handles, scenarios, parameters, outputs, schema, Python."""

import ast
import contextlib
import io
import json
import os

import upriver
from upriver.core.parameters import parameters
from upriver.evidence.figures import all_series
from upriver.evidence.references import citation, references
from upriver.evidence.series import all_words
from upriver.policy.draws import posterior
from upriver.policy.handles import handles
from upriver.policy.scenario import Scenario, library, read_scenario, shipped
from upriver.policy.schema import schema
from upriver.system.counters import COUNTED
from upriver.system.outputs import unit_of

from . import levers
from .markdown import PACKAGE, Source, block, cell, code, first_line, prose, table
from .model_book import act_names, value, yaml_text

FIELDS = {
    "schema": "2, in which a lever's amount grows with its verb; files of 1 are read as they were "
    "meant",
    "title": "one line; stands in the table and the report",
    "about": "what the scenario is for",
    "source": "where it comes from, in your words",
    "based_on": "a scenario that ships, or a file as seen from this one; this one adds to it and "
    "overrides it",
    "world": "`whole`, the whole system, or `reference`, the published model; whole if left out",
    "from": "year in which changes start, unless a change says another; 2026 if left out",
    "over": "years over which a change grows to its full size, 0 for at once; 3 if left out",
    "projections": "by parameter, or for `all`: how a driver goes on past the record",
    "conditions": "a year of the past: from 2026 on every history is at its mean of that year",
    "regimes": "`drawn`: relations with China go on as drawn from the spells on record",
    "set": "by parameter: one value for all years",
    "without_acts": "acts to take out of history",
    "changes": "what changes; see below",
}
CHANGE_FIELDS = {
    "lever": "what changes, by the name of a lever; or `handle`, or `acts_on`",
    "handle": "what changes, by the name of a handle",
    "acts_on": "what changes, by the path of a parameter, or a list of paths",
    "operation": "how; a lever and a handle have their own",
    "level": "how far a lever is pulled: `as_today`, `some`, `more` or `most`; or `by`",
    "by": "size of the change; its meaning depends on the operation",
    "between": "95 % interval of `by`, from which each draw has its own",
    "having": "of states that have this alone: `medicaid_expansion`, `naloxone_law` or "
    "`good_samaritan_law`; the country has as much of it as people live there",
    "to": "the value to reach, instead of `by`; the operation is then `replace`",
    "from": "year in which this change starts",
    "over": "years over which it grows",
}
OPERATIONS = {
    "scale": "value x (1 + by x ramp); `by` is -1 or more, so 1.0 doubles and -0.5 halves",
    "close": "a share moves towards 1 by this part of what is missing, or towards 0 if negative",
    "add": "value + by x ramp",
    "replace": "moves from the value to `to` along the ramp",
    "pulse": "value + by while the ramp runs, nothing after",
}


def pages() -> dict[str, str]:
    """Pages of the reference, by path."""
    return {
        "reference/commands.md": _commands(),
        "reference/levers.md": levers.page(),
        "reference/handles.md": _handles(),
        "reference/scenarios.md": _scenarios(),
        "reference/schema.md": _schema(),
        "reference/parameters.md": _parameters(),
        "reference/outputs.md": _outputs(),
        "reference/records.md": _records(),
        "reference/errors.md": _errors(),
        "reference/python.md": _python(),
        "reference/sources.md": _sources(),
    }


def help_of(*arguments: str) -> str:
    """What `--help` prints, at 80 columns."""
    from upriver.cli.main import main

    os.environ["COLUMNS"] = "80"
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
        main([*arguments, "--help"])
    return "\n".join(line.rstrip() for line in told.getvalue().strip("\n").splitlines())


def commands() -> list[str]:
    """Names of the commands."""
    from upriver.cli.app import app

    return [str(c.name) for c in app.registered_commands]


def groups() -> dict[str, list[str]]:
    """Commands that have commands of their own, and the names of those."""
    from upriver.cli.app import app

    return {
        str(group.name): [str(c.name) for c in group.typer_instance.registered_commands]
        for group in app.registered_groups
        if group.typer_instance is not None
    }


def _commands() -> str:
    parts = [
        "# Commands\n",
        "Results go to standard output, notes and errors to standard error. Exit codes: 0 done, "
        "1 failed, 2 bad input, 130 interrupted. `--debug`, anywhere, shows the trace "
        "of an error.\n",
        block(help_of(), "text"),
    ]
    for name in commands():
        parts += [f"## `upriver {name}`\n", block(help_of(name), "text")]
    for name, below in groups().items():
        parts += [f"## `upriver {name}`\n", block(help_of(name), "text")]
        for one in below:
            parts += [f"### `upriver {name} {one}`\n", block(help_of(name, one), "text")]
    return "\n".join(parts)


def _handles() -> str:
    rows = (
        [
            code(h.name),
            code(h.operation),
            cell(h.meaning),
            "<br>".join(_parameter_link(path) for path in h.acts_on),
            cell(h.reference),
        ]
        for h in handles().values()
    )
    return (
        "# Handles\n\nWhat a scenario's `handle` can name: the published policy handles of SOURCE. "
        "A handle moves a rate by what you say. Whether a real measure moves it by that much is a "
        "question that this table does not answer.\n\n"
        f"There are {len(handles())}. `upriver parameters --handles` lists them; the operations "
        "are explained in [the scenario file](schema.md#operations).\n\n"
        + table(("Handle", "Operation", "Meaning", "Acts on", "In SOURCE"), rows)
    )


def _scenarios() -> str:
    parts = [
        "# Scenarios that ship\n",
        "`upriver run NAME` runs one. The [published policies](#published-policies) follow.\n",
    ]
    for name, file in shipped().items():
        scenario = read_scenario(name)
        parts += [f"## `{name}`\n", f"{scenario.title}. {scenario.about}\n"]
        parts.append(block(yaml_text(file), "yaml"))
    parts.append(
        "## Published policies\n\nThe policies that were published with SOURCE X8, from 2022 over "
        "3 years, in the published model. `--on PROJECTION` puts them on other drivers; "
        "`upriver verify --policies` holds them against their published totals.\n"
    )
    policies = {name: read_scenario(name) for name in library()}
    parts.append(
        table(
            ("Name", "What it is", "Changes"),
            [(f"`{name}`", one.title, _moves(one)) for name, one in policies.items()],
        )
    )
    return "\n".join(parts)


def _moves(scenario: Scenario) -> str:
    """Handles and amounts of a policy."""
    return (
        ", ".join(f"`{change.label}` {change.amount:+g}" for change in scenario.changes) or "none"
    )


def _schema() -> str:
    known = schema()
    assert set(known["properties"]) == set(FIELDS), "FIELDS must name the fields of the schema"
    change = known["properties"]["changes"]["items"]["properties"]
    assert set(change) == set(CHANGE_FIELDS), "CHANGE_FIELDS must name the fields of a change"
    assert set(change["operation"]["enum"]) == set(OPERATIONS), "OPERATIONS must name all"
    projected = [path for path in known["properties"]["projections"]["properties"] if path != "all"]
    required = known["required"]
    return "\n".join(
        [
            "# The scenario file\n",
            "A scenario is YAML: at most 256 KiB, without aliases, tags or duplicate keys. "
            "`upriver scenarios --schema` prints a JSON Schema (2020-12) for editors.\n",
            "## Fields\n",
            table(
                ("Field", "Required", "Meaning"),
                ([code(n), "yes" if n in required else "", said] for n, said in FIELDS.items()),
            ),
            "## A change\n",
            "One of `lever`, `handle` and `acts_on`, and one of `level`, `by` and `to`. `level` "
            "goes with `lever` alone, and `by` then stays within the [lever's](levers.md) range. "
            "With `acts_on` and `by`, `operation` is required. A lever at `as_today` changes "
            "nothing.\n",
            table(("Field", "Meaning"), ([code(n), s] for n, s in CHANGE_FIELDS.items())),
            "## Operations\n",
            "The ramp is 0 before `from`, 1 after `from` + `over`, and a straight line between. "
            "Nothing before `from` changes. A change that takes a value outside its `within` at "
            "any time is refused.\n",
            table(("Operation", "What it does"), ([code(n), s] for n, s in OPERATIONS.items())),
            "## Projections\n",
            "`hold` keeps the last recorded value. A mapping of `end_value` and, if you like, "
            "`end_year` sets another end. `all: hold` holds every driver. "
            f"{len(projected)} parameters have a projection:\n",
            "\n".join(f"- {_parameter_link(path)}" for path in projected) + "\n",
            "## Acts\n",
            "Without an act, a history keeps its last value before it.\n",
            table(
                ("Act", "Parameter", "Meaning"),
                ([code(a), _parameter_link(path), cell(m)] for a, path, m in act_names()),
            ),
        ]
    )


def _parameters() -> str:
    varied = set(posterior()[0])
    rows = (
        [
            _parameter_link(path),
            value(p),
            code(p.unit),
            "yes" if path in varied else "",
            cell(p.meaning),
        ]
        for path, p in parameters().items()
    )
    histories = sum(p.is_path for p in parameters().values())
    return (
        "# Parameters\n\n"
        f"{len(parameters())} in all, of which {histories} are histories. {len(varied)} were "
        "fitted in the published model; draws vary these and no others. "
        "`upriver parameters PATH` prints one as a card, `upriver parameters WORD` searches. "
        "Bounds, plausible values and sources are on the page of each mechanism.\n\n"
        + table(("Path", "Value", "Unit", "Varies by draw", "Meaning"), rows)
    )


def _outputs() -> str:
    from upriver.experiments.reported import LEVELS

    manifest = json.loads((PACKAGE / "data" / "engine.json").read_text(encoding="utf-8"))
    names = [n for n in (*manifest["state"], *manifest["outputs"]) if not n.startswith("cumul")]
    rows = (
        [
            code(name),
            code(unit_of(name)),
            "yes" if name in LEVELS else "",
            code(f'sums("{name}")') if name in COUNTED else "",
        ]
        for name in dict.fromkeys(names)
    )
    return (
        "# Outputs\n\n"
        f"What a run can tell: {len(set(names))} quantities, and {len(COUNTED)} cumulative "
        "counters (`cumulative.` before the name of the flow). By default a run keeps those "
        "marked 'kept' by quarter, and every counter. What a name means stands on the page of its "
        "mechanism in the model book, under 'Quantities'.\n\n"
        "`run.level(name)` gives a quantity at instants, `run.sums(name)` a flow summed over "
        "calendar years. To keep others: `up.simulate(outputs=(...))`.\n\n"
        + table(("Output", "Unit", "Kept", "Calendar sums"), rows)
    )


def _records() -> str:
    rows = (
        [
            code(name),
            cell(words.title),
            cell(s.calendar),
            code(s.unit),
            f"{s.periods[0]:g} to {s.periods[-1]:g}",
            f"{s.data_to:g}",
            ", ".join(f"[{key}](sources.md#{key})" for key in dict.fromkeys(s.sources)),
            ", ".join(dict.fromkeys(s.statuses)),
        ]
        for name, words in all_words().items()
        for s in [all_series()[name]]
    )
    header = ("Series", "Title", "Calendar", "Unit", "Periods", "Recorded to", "Sources", "Status")
    return (
        "# Records\n\nThe recorded series that ship, in `src/upriver/data/figures/`. A value "
        "stands for its calendar year.\n\n" + table(header, rows)
    )


def _errors() -> str:
    source = Source("core/errors.py")
    kinds = [c for c in source.classes if c.bases]
    rows = [
        [code(c.name), code(ast.unparse(c.bases[0])), cell(first_line(ast.get_docstring(c)))]
        for c in kinds
    ]
    return (
        "# Errors\n\n"
        + prose(source.docstring)
        + "\n"
        + table(("Kind", "Is a", "When"), rows)
        + "\nAll can be imported from `upriver.core.errors`.\n"
    )


RESULTS = {
    "upriver.experiments.compare": ["Comparison"],
    "upriver.experiments.sweep": ["Sweep"],
}
"""Classes that stand beside the functions that give them."""

GIVEN = {
    "experiments/summary.py": ["Summary", "Interval"],
    "core/listing.py": ["Listing"],
    "evidence/record.py": ["Record"],
    "places/place.py": ["Place"],
    "places/months.py": ["Months"],
    "places/dates.py": ["Since"],
    "places/fentanyl.py": ["FirstYear"],
}
"""Classes that several functions give."""


def _python() -> str:
    parts = [
        "# Python\n",
        prose(Source("__init__.py").docstring),
        "Lengthy work happens in the functions; the results are plain objects with a readable "
        "`repr`. Nothing here imports JAX.\n",
    ]
    homes: dict[str, list[str]] = {}
    for name, home in upriver._HOMES.items():
        homes.setdefault(home, []).append(name)
    for home, names in homes.items():
        source = Source(home.removeprefix("upriver.").replace(".", "/") + ".py")
        for name in [*names, *RESULTS.get(home, [])]:
            parts += _member(source, name, name in names)
    for home, names in GIVEN.items():
        for name in names:
            parts += _member(Source(home), name, False)
    return "\n".join(parts)


def _member(source: Source, name: str, public: bool) -> list[str]:
    shown = f"upriver.{name}" if public else name
    for f in source.functions:
        if f.name == name and "overload" not in map(ast.unparse, f.decorator_list):
            return [f"## `{shown}`\n", block(_signature(f, source)), prose(ast.get_docstring(f))]
    node = next(c for c in source.classes if c.name == name)
    parts = [f"## `{shown}`\n", prose(ast.get_docstring(node))]
    fields = [source.segment(n) for n in node.body if isinstance(n, ast.AnnAssign)]
    if fields:
        parts.append(block("\n".join(fields)))
    rows = [
        [code(_call(f)), cell(first_line(ast.get_docstring(f)))]
        for f in node.body
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")
    ]
    return [*parts, table(("Member", "Gives"), rows)] if rows else parts


def _signature(f: ast.FunctionDef, source: Source) -> str:
    """A function's head, as it stands in its file, without `def` and colon."""
    lines = source.body(f).splitlines()
    last = next(n for n, line in enumerate(lines) if line.endswith(":"))
    return "\n".join(lines[: last + 1]).removeprefix("def ").removesuffix(":")


def _call(f: ast.FunctionDef) -> str:
    if any(ast.unparse(d) == "property" for d in f.decorator_list):
        return f".{f.name}"
    names = [a.arg for a in (*f.args.args, *f.args.kwonlyargs) if a.arg not in ("self", "cls")]
    return f".{f.name}({', '.join(names)})"


def _sources() -> str:
    parts = ["# Sources\n", "What the figures that ship come from, by key.\n"]
    for key, fields in references().items():
        parts.append(f"### {key} {{#{key}}}\n")
        parts.append(citation(key))
        if "doi" in fields:
            parts.append(f"DOI [{fields['doi']}](https://doi.org/{fields['doi']}).")
        if "url" in fields:
            parts.append(f"<{fields['url']}>")
        if "note" in fields and fields["note"] not in citation(key):
            parts.append(f"{fields['note']}.")
        parts.append("")
    return "\n".join(parts)


def _parameter_link(path: str) -> str:
    room, stem, *_ = path.split(".")
    return f"[`{path}`](../model/{room}/{stem}.md)"

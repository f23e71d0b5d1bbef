"""The model book: one page a mechanism, from its equations and its parameters."""

from pathlib import Path

from upriver.core.files import load_yaml
from upriver.core.parameters import ROOMS, Parameter, parameters, read_parameters
from upriver.policy.chosen import fitted
from upriver.report.wording import stated

from .markdown import PACKAGE, Source, block, cell, code, prose, table

SYSTEM = {
    "step": ("One step", ("system/step.py",)),
    "coupling": ("Who sees whom", ("system/coupling.py",)),
    "calendars": ("Calendars and counters", ("system/observation.py", "system/counters.py")),
    "columns": ("Histories and projections", ("system/tabulate.py", "system/world.py")),
    "safe-forms": ("Safe forms of functions", ("core/maths.py",)),
    "time-and-axes": ("Time and labelled axes", ("core/time.py", "core/axes.py")),
}
"""Pages of the system: title and files."""


def pages() -> dict[str, str]:
    """Pages of the model book, by path."""
    made = {f"model/{room}/{stem}.md": _stem(room, stem) for room in ROOMS for stem in stems(room)}
    made |= {f"model/system/{name}.md": _system(*what) for name, what in SYSTEM.items()}
    return made


def stems(room: str) -> list[str]:
    """Mechanisms of a part: every equation file and every file of parameters."""
    files = [*(PACKAGE / room).glob("*.py"), *(PACKAGE / room).glob("*.yaml")]
    return sorted({file.stem for file in files} - {"__init__", "network"})


def title(stem: str) -> str:
    """`perceived_risk` as a title."""
    return stem.replace("_", " ").capitalize()


def parameter_table(found: dict[str, Parameter]) -> str:
    """All that is known about some parameters, a row each."""
    header = ("Path and symbol", "Value and bounds", "Meaning and source")
    return table(header, (_row(p) for p in found.values()))


def _stem(room: str, stem: str) -> str:
    equations, constants = (PACKAGE / room / f"{stem}{end}" for end in (".py", ".yaml"))
    parts = [f"# {title(stem)}\n"]
    if equations.is_file():
        source = Source(f"{room}/{stem}.py")
        parts += [prose(source.docstring)]
        if source.functions:
            parts += ["## Equations\n", source.functions_text()]
        if source.classes:
            parts += ["## Quantities\n", source.classes_text()]
    if constants.is_file():
        parts += ["## Parameters\n"]
        parts += [f"{_comment(constants)}\n"]
        if not equations.is_file():
            name = "".join(word.capitalize() for word in stem.split("_")) + "Parameters"
            readers = [f.stem for f in (PACKAGE / room).glob("*.py") if name in f.read_text()]
            links = ", ".join(f"[{title(r)}]({r}.md)" for r in sorted(readers))
            parts += [f"Read by: {links}.\n"]
        found = read_parameters(constants, f"{room}.{stem}")
        parts += [parameter_table(found), _histories(found)]
    files = [f"`src/upriver/{room}/{f.name}`" for f in (equations, constants) if f.is_file()]
    parts += [f"Made from {' and '.join(files)}.\n"]
    return "\n".join(parts)


def _system(heading: str, files: tuple[str, ...]) -> str:
    parts = [f"# {heading}\n"]
    for file in files:
        source = Source(file)
        if len(files) > 1:
            parts.append(f"## {title(Path(file).stem)}\n")
        parts.append(prose(source.docstring))
        for text, said in source.constants():
            parts += [block(text), prose(said)]
        if source.functions:
            parts.append(source.functions_text())
        if source.classes:
            parts.append(source.classes_text())
        parts.append(f"From `src/upriver/{file}`.\n")
    return "\n".join(parts)


def _comment(file: Path) -> str:
    """The comment that a file of parameters opens with."""
    first = file.read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    return " ".join(line.lstrip("# ") for line in first if line.startswith("#"))


def _row(p: Parameter) -> list[str]:
    meaning = [cell(p.meaning), f"Source: {_source(p.source)}"]
    if p.reference:
        meaning.append(f"In SOURCE: {code(cell(p.reference))}")
    if p.note:
        meaning.append(f"Note: {cell(p.note)}")
    numbers = [
        f"{value(p)} [{cell(p.unit)}]",
        "within {} to {}".format(*(stated(end, p.unit, 6) for end in p.within)),
        plausible(p),
        _fitted(p),
    ]
    return [
        f"{code(p.path)}<br>{code(p.symbol)}",
        "<br>".join(n for n in numbers if n),
        "<br>".join(meaning),
    ]


def value(p: Parameter) -> str:
    """A value, or a history in a line."""
    if p.value is not None:
        return stated(p.value, p.unit, 6)
    first, last = p.knots[0], p.knots[-1]
    start, end = (stated(knot.value, p.unit, 6) for knot in (first, last))
    text = f"{start} ({first.year:g}) to {end} ({last.year:g})"
    if p.projection:
        a = p.projection
        text += (
            f"<br>projected from {a.start:g} to {stated(a.end_value, p.unit, 6)} by {a.end_year:g}"
        )
    return text


def plausible(p: Parameter) -> str:
    """The 90 % interval, and where it comes from."""
    if p.plausible is None:
        return ""
    beside = (
        f"<br>drawn with `{p.together.path}`, correlation {p.together.correlation:g}"
        if p.together
        else ""
    )
    low, high = (stated(end, p.unit, 4) for end in p.plausible)
    return f"plausible {low} to {high} ({p.plausible_from}){beside}"


def _fitted(p: Parameter) -> str:
    """What the record made of it."""
    one = fitted().told.get(p.path)
    if one is None:
        return ""
    if one.assumed:
        return "an assumption still: the record left it where it was"
    low, middle, high = (stated(end, p.unit) for end in one.after)
    return f"fitted {middle} ({low} to {high})"


def _histories(found: dict[str, Parameter]) -> str:
    parts = []
    for p in found.values():
        if not p.is_path:
            continue
        columns = {
            "Year": [f"{k.year:g}" for k in p.knots],
            f"Value [{cell(p.unit)}]": [f"{k.value:.8g}" for k in p.knots],
            "Act": [code(k.act) if k.act else "" for k in p.knots],
            "Source": [_source(k.source) if k.source else "" for k in p.knots],
            "Note": [cell(k.note or "") for k in p.knots],
        }
        told = {name: cells for name, cells in columns.items() if any(cells)}
        inner = table(list(told), list(map(list, zip(*told.values(), strict=True))))
        inner = inner.replace("\n", "\n    ").rstrip()
        parts.append(f'??? note "History of `{p.path}`, {_between(p)}"\n\n    {inner}\n')
    return "\n".join(parts)


def _between(p: Parameter) -> str:
    """How a history goes from one value to the next."""
    if p.reversion is not None:
        back = p.reversion
        return f"held, going back towards {back.toward:g} in {back.years:g} years (to 1/e)"
    return "held until the next" if p.between == "step" else "joined by straight lines"


def _source(key: str) -> str:
    """A link to a source, from a page of the model book; an assumption has none."""
    if key == "assumption":
        return key
    return f"[{key}](../../reference/sources.md#{key})"


def act_names() -> list[tuple[str, str, str]]:
    """Acts that history names: act, parameter, meaning."""
    return [
        (act, p.path, p.meaning)
        for p in parameters().values()
        for act in sorted({k.act for k in p.knots if k.act})
    ]


def yaml_text(file: Path) -> str:
    """A YAML file that was checked to be readable."""
    load_yaml(file)
    return file.read_text(encoding="utf-8")

"""Joins small ES modules into one script, which a content policy can name by its hash.

    assemble("kit/report.js", {"kit": folder})

A module is plain and strict, so that joining needs no JavaScript parser: named imports at its top,
`export function`, `export const` or `export class`, nothing by default, no cycle. Each becomes a
function that returns its exports, under a short name, in the order in which they need each other.
Comments, empty lines and the indents of lines are left out, so that no text of several lines may
count on them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from upriver.core.errors import UpriverError, did_you_mean

BUNDLE = Path(__file__).parent.parent / "data" / "vendor" / "page.js"
VENDOR = "vendor"
"""What a module imports the libraries from; the bundle gives them under the same name."""

IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";[ \t]*$', re.MULTILINE)
EXPORT = re.compile(
    r"^export\s+((?:async\s+)?(?:function\*?|const|class)\s+([A-Za-z_$][\w$]*))", re.MULTILINE
)
LEFT_OVER = re.compile(r"^\s*(import\b(?!\()|export\b).*$", re.MULTILINE)
COMMENT = re.compile(r"^\s*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^\s+", re.MULTILINE)
NAME = re.compile(r"([A-Za-z_$][\w$]*)(?:\s+as\s+([A-Za-z_$][\w$]*))?")


class AssemblyError(UpriverError):
    """A module that cannot be joined: file, line, what is wrong."""


@dataclass(frozen=True)
class Module:
    """A module: what it takes from where, what it gives, and the rest of its text."""

    name: str
    imports: tuple[tuple[str, str], ...]
    exports: tuple[str, ...]
    body: str


def assemble(
    entry: str,
    rooms: Mapping[str, Path],
    *,
    made: Mapping[str, str] | None = None,
    vendor: bool = True,
) -> str:
    """One script that runs a module and all that it needs.

    Args:
        entry: the module that starts, as `room/file.js`.
        rooms: folder of each room, by the name under which modules import it.
        made: modules that are no file, by name.
        vendor: put the bundle of libraries before it.

    Raises:
        AssemblyError: a module is missing, is not of the plain kind, or imports go in a circle.
    """
    order = _order(entry, rooms, made or {}, vendor)
    given = {module.name: set(module.exports) for module in order}
    short = {VENDOR: VENDOR} | {module.name: f"m{i}" for i, module in enumerate(order)}
    parts = [_text(module, given, short) for module in order]
    script = '(() => {\n"use strict";\n' + "".join(parts) + "})();\n"
    return (BUNDLE.read_text(encoding="utf-8") + "\n" if vendor else "") + script


def joined(
    entry: str, rooms: Mapping[str, Path], *, made: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Names of the modules that `assemble` joins, in their order.

    Raises:
        AssemblyError: as that does.
    """
    return tuple(module.name for module in _order(entry, rooms, made or {}, True))


def _order(
    entry: str, rooms: Mapping[str, Path], made: Mapping[str, str], vendor: bool
) -> list[Module]:
    order: list[Module] = []
    _visit(entry, lambda name: _text_of(name, rooms, made), order, (), vendor)
    return order


def _visit(
    name: str,
    text_of: Callable[[str], str],
    order: list[Module],
    above: tuple[str, ...],
    vendor: bool,
) -> None:
    """Put what a module needs before it."""
    if name in above:
        raise AssemblyError(f"{name}: imports go in a circle: {' -> '.join((*above, name))}")
    if any(module.name == name for module in order):
        return
    module = _read(name, text_of(name))
    for _, other in module.imports:
        if other != VENDOR:
            _visit(other, text_of, order, (*above, name), vendor)
        elif not vendor:
            raise AssemblyError(f"{name}: this script is to do without the libraries")
    order.append(module)


def _text_of(name: str, rooms: Mapping[str, Path], made: Mapping[str, str]) -> str:
    """Text of a module."""
    if name in made:
        return made[name]
    room, _, rest = name.partition("/")
    if room not in rooms:
        raise AssemblyError(f"{name}: no room of that name. {did_you_mean(room, rooms)}".rstrip())
    try:
        return (rooms[room] / rest).read_text(encoding="utf-8")
    except OSError:
        near = [f"{room}/{path.relative_to(rooms[room])}" for path in rooms[room].rglob("*.js")]
        hint = did_you_mean(name, near)
        raise AssemblyError(f"{name}: there is no such module. {hint}".rstrip()) from None


def _read(name: str, text: str) -> Module:
    """What a module takes and gives."""
    body = COMMENT.sub("", text)
    imports = tuple((names, _target(spec, name)) for names, spec in IMPORT.findall(body))
    exports = tuple(name for _, name in EXPORT.findall(body))
    body = EXPORT.sub(r"\1", IMPORT.sub("", body))
    if stray := LEFT_OVER.search(body):
        raise AssemblyError(
            f"{name}: only named imports, and exports of a function, const or class, can be "
            f"joined; found: {stray.group(0).strip()}"
        )
    return Module(name, imports, exports, INDENT.sub("", body).strip() + "\n")


def _target(spec: str, importer: str) -> str:
    """Full name of what an import names: `./axes.js` beside `kit/chart.js` is `kit/axes.js`."""
    if not spec.startswith("."):
        return spec
    parts: list[str] = list(PurePosixPath(importer).parent.parts)
    for part in PurePosixPath(spec).parts:
        if part == "..":
            if not parts:
                raise AssemblyError(f'{importer}: "{spec}" leads out of its room')
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _text(module: Module, given: Mapping[str, set[str]], short: Mapping[str, str]) -> str:
    """A module as a function that is called at once and returns what it exports.

    Args:
        given: what each module exports. short: the constant that each module becomes.
    """
    taken = []
    for names, source in module.imports:
        pairs = [NAME.fullmatch(part.strip()) for part in names.split(",") if part.strip()]
        if None in pairs:
            raise AssemblyError(f"{module.name}: cannot read the import of {{{names.strip()}}}")
        found = [(pair.group(1), pair.group(2)) for pair in pairs if pair]
        for original, _ in found:
            if source != VENDOR and original not in given[source]:
                hint = did_you_mean(original, given[source])
                raise AssemblyError(
                    f"{module.name}: {source} does not export '{original}'. {hint}".rstrip()
                )
        inside = ",".join(f"{a}:{b}" if b else a for a, b in found)
        taken.append(f"{{{inside}}}={short[source]}")
    returns = f"return{{{','.join(module.exports)}}};\n" if module.exports else ""
    text = (f"const{','.join(taken)};\n" if taken else "") + module.body + returns
    return f"const {short[module.name]}=(()=>{{\n{text}}})();\n"

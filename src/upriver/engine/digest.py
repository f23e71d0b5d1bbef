"""Whether the engine is as old as the equations' source; only a checkout can tell.

The digest is over the tokens of every file that the compiled bytes depend on, and over the locked
versions of JAX and Zig. Comments, docstrings, blank lines and indentation do not count, so prose
can be improved without a rebuild; a number or an operator counts. As long as no file has changed
at all, only raw bytes are compared, which takes a few milliseconds.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from upriver.core.errors import StaleEngineError

REBUILD = "python -m upriver.engine.build"

EQUATIONS = ("people/*.py", "supply/*.py", "diplomacy/*.py", "system/coupling.py", "system/step.py")
"""Where equations stand, below the package; what they import from the package is added."""

MAKERS = ("graph.py", "rules.py", "emit.py", "compiler.py", "runtime.c")
"""What turns equations into bytes, in this room."""

MAKERS_OF_SLOPES = ("reverse.py", "backward.py", "backward.c")
"""What makes slopes of the same equations, in this room too."""

TOPOLOGY = ("supply/network.yaml",)
"""Data that say how many rows an axis has, and so which equations there are; below the package."""

LOCKED = ("jax", "ziglang")


def checkout() -> Path | None:
    """Root of the checkout that this package runs from, or None if it is installed."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() else None


def check_fresh(manifest: Mapping[str, Any], root: Path | None = None) -> None:
    """Does nothing if the engine is up to date, or if this is not a checkout.

    Args:
        manifest: as `build.build` gives it.
        root: of a checkout; by default the one that this package runs from.

    Raises:
        StaleEngineError: the equations have changed since; names the command that rebuilds.
    """
    root = checkout() if root is None else root
    if root is None or _raw_equal(manifest, root):
        return
    if equations_digest(root) != manifest.get("equations_digest"):
        raise StaleEngineError(
            f"The compiled equations are older than their source. Run `{REBUILD}`."
        )


def _raw_equal(manifest: Mapping[str, Any], root: Path) -> bool:
    """Whether no file has changed, not even a comment, and none was added to the equations."""
    recorded = manifest.get("sources", {})
    there = {_name(path, root) for path in _roots(root)}
    try:
        same = all(_sha256((root / name).read_bytes()) == d for name, d in recorded.items())
    except OSError:
        return False
    return (
        bool(recorded) and same and there <= set(recorded) and versions(root) == manifest["locked"]
    )


def raw_digests(root: Path) -> dict[str, str]:
    """SHA-256 of the bytes of every file that the engine depends on, by path below the root."""
    return {_name(path, root): _sha256(path.read_bytes()) for path in sources(root)}


def equations_digest(root: Path) -> str:
    """SHA-256 over the tokens of all files that the engine depends on, and locked versions.

    Args:
        root: of a checkout, which has src/upriver.
    """
    total = hashlib.sha256()
    for path in sources(root):
        tokens = TOKENS[path.suffix](path.read_text(encoding="utf-8"))
        total.update("\0".join([_name(path, root), *tokens, ""]).encode())
    for package, version in versions(root).items():
        total.update(f"{package}={version}\0".encode())
    return total.hexdigest()


def slopes_digest(root: Path) -> str:
    """SHA-256 over the tokens of what makes slopes of the equations.

    Args:
        root: of a checkout.
    """
    total = hashlib.sha256()
    for name in MAKERS_OF_SLOPES:
        path = root / "src" / "upriver" / "engine" / name
        tokens = TOKENS[path.suffix](path.read_text(encoding="utf-8"))
        total.update("\0".join([name, *tokens, ""]).encode())
    return total.hexdigest()


def versions(root: Path) -> dict[str, str]:
    """Versions of what traces and compiles, as uv.lock has them; '' without a lock."""
    lock = root / "uv.lock"
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    found = {}
    for package in LOCKED:
        match = re.search(rf'^name = "{package}"\nversion = "([^"]+)"', text, re.MULTILINE)
        found[package] = match[1] if match else ""
    return found


def sources(root: Path) -> list[Path]:
    """All files that the engine depends on, sorted by path below the root."""
    package = root / "src" / "upriver"
    makers = [package / "engine" / name for name in MAKERS]
    others = [*makers, *_topology(package)]
    found: set[Path] = set()
    waiting = [path for path in _roots(root) if path not in others]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_imported(path, package))
    return sorted(found | set(others), key=lambda path: _name(path, root))


def _roots(root: Path) -> list[Path]:
    package = root / "src" / "upriver"
    equations = [path for pattern in EQUATIONS for path in sorted(package.glob(pattern))]
    return equations + [package / "engine" / name for name in MAKERS] + _topology(package)


def _topology(package: Path) -> list[Path]:
    return [package / name for name in TOPOLOGY if (package / name).is_file()]


def _imported(path: Path, package: Path) -> Iterator[Path]:
    """Modules of this package that a file imports with `from ... import`."""
    import ast

    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.ImportFrom):
            continue
        parts = node.module.split(".") if node.module else []
        if node.level:
            folder = path.parents[node.level - 1]
        elif parts[0] == package.name:
            folder, parts = package, parts[1:]
        else:
            continue
        base = folder.joinpath(*parts)
        for candidate in (base, *(base / alias.name for alias in node.names)):
            module = candidate.with_name(candidate.name + ".py")
            if module.is_file():
                yield module


def python_tokens(text: str) -> Iterator[str]:
    """Tokens of a Python file without comments, strings that stand alone, and cosmetics.

    An f-string is one token, whatever the version of Python.
    """
    import tokenize as t

    skipped = {t.COMMENT, t.NL, t.ENCODING, t.ENDMARKER}
    inside, begins, lines = 0, (0, 0), text.splitlines(keepends=True)
    statement: list[str] = []
    only_strings = True
    for token in t.generate_tokens(io.StringIO(text).readline):
        kind, piece = t.tok_name[token.type], token.string
        if kind in ("FSTRING_START", "TSTRING_START"):
            begins, inside = (begins, inside + 1) if inside else (token.start, 1)
        elif kind in ("FSTRING_END", "TSTRING_END"):
            inside -= 1
            if not inside:
                statement.append(_between(lines, begins, token.end))
                only_strings = False
        elif inside or token.type in skipped:
            continue
        elif token.type in (t.INDENT, t.DEDENT):
            yield kind
        elif token.type == t.NEWLINE:
            if not only_strings:
                yield from [*statement, "NEWLINE"]
            statement, only_strings = [], True
        else:
            statement.append(piece)
            alone = token.type == t.STRING and re.match("[rRuU]?[\"']", piece)
            only_strings = only_strings and bool(alone)
    yield from statement


def _between(lines: list[str], begin: tuple[int, int], end: tuple[int, int]) -> str:
    """Source text from (row, column) to (row, column), rows from 1."""
    rows = lines[begin[0] - 1 : end[0]]
    rows[-1] = rows[-1][: end[1]]
    rows[0] = rows[0][begin[1] :]
    return "".join(rows)


def c_tokens(text: str) -> Iterator[str]:
    """Lines of a C file without comments, blank lines and spacing."""
    pattern = r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*'
    bare = re.sub(pattern, lambda match: match[1] or " ", text, flags=re.DOTALL)
    for line in bare.splitlines():
        if pieces := line.split():
            yield " ".join(pieces)


def yaml_lines(text: str) -> Iterator[str]:
    """Lines of a YAML file without comments and blank lines; a '#' in quotes is no comment."""
    pattern = r""""(?:\\.|[^"\\])*"|'[^']*'|(?:^|(?<=\s))#.*"""
    for line in text.splitlines():
        bare = re.sub(pattern, lambda match: "" if match[0][0] == "#" else match[0], line)
        if bare.strip():
            yield bare.rstrip()


TOKENS = {".py": python_tokens, ".c": c_tokens, ".yaml": yaml_lines}
"""What counts in a file, by its ending."""


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

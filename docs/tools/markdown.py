"""Pieces of Markdown: cells, tables, code, and Python source read without running it."""

import ast
import inspect
from collections.abc import Iterable
from pathlib import Path

import upriver

PACKAGE = Path(upriver.__file__).parent


def cell(text: object) -> str:
    """Text for a cell of a table: one line, bars and angle brackets escaped."""
    line = " ".join(str(text).split())
    return line.replace("|", "\\|").replace("<", "&lt;")


def code(text: object) -> str:
    """Text as code within a line."""
    return f"`{str(text).replace('|', chr(92) + '|')}`"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table."""
    names = list(header)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def block(text: str, language: str = "python") -> str:
    """A block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def prose(docstring: str | None) -> str:
    """A docstring as Markdown: indented parts become code, `Args:` and the like become lists."""
    if not docstring:
        return ""
    lines: list[str] = []
    inside = ""
    for line in inspect.cleandoc(docstring).splitlines():
        if line in ("Args:", "Returns:", "Raises:"):
            inside = line
            lines += ["", f"**{line.removesuffix(':')}**", ""]
        elif inside and line.startswith("    "):
            name, colon, rest = line.strip().partition(": ")
            item = colon and not line.startswith("     ") and len(name) < 60
            if inside == "Returns:":
                lines.append(line.strip())
            elif item:
                lines.append(f"- `{name}`: {rest}")
            else:
                lines.append(f"  {line.strip()}")
        else:
            inside = ""
            lines.append(line)
    return escape_stars("\n".join(lines)) + "\n"


def glossary(docstring: str | None) -> str:
    """A class's docstring: its first paragraph, and the list of its fields as it is laid out."""
    first, _, rest = inspect.cleandoc(docstring or "").partition("\n\n")
    return prose(first) + (f"\n{block(rest, 'text')}" if rest else "")


def escape_stars(text: str) -> str:
    """`name_*` outside code is no emphasis; a unit in brackets is no link."""
    return "\n".join(
        line if line.startswith(("    ", "**")) else line.replace("_*", "_\\*")
        for line in text.split("\n")
    )


def first_line(docstring: str | None) -> str:
    """The first sentence or line of a docstring."""
    return inspect.cleandoc(docstring or "").split("\n")[0]


class Source:
    """A Python file of the package, read but not run."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.text = (PACKAGE / path).read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)

    @property
    def docstring(self) -> str:
        """Of the module."""
        return ast.get_docstring(self.tree) or ""

    @property
    def functions(self) -> list[ast.FunctionDef]:
        """Functions, public ones first."""
        found = [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        return sorted(found, key=lambda f: f.name.startswith("_"))

    @property
    def classes(self) -> list[ast.ClassDef]:
        """Classes in their order."""
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    def constants(self) -> list[tuple[str, str]]:
        """Named constants of the module, with the text below them."""
        found = []
        body = self.tree.body
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                said = ""
                if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                    said = str(after.value.value)
                found.append((self.segment(node), said))
        return found

    def segment(self, node: ast.AST) -> str:
        """Source of a part, as it stands in its file."""
        return ast.get_source_segment(self.text, node) or ""

    def body(self, node: ast.FunctionDef | ast.ClassDef) -> str:
        """Source of a function or class, without its docstring."""
        lines = self.text.splitlines()
        start = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
        first = node.body[0]
        cut: set[int] = set()
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            cut = set(range(first.lineno - 1, node.body[1].lineno - 1))
            cut -= {n for n in cut if lines[n].strip().startswith("#") and n > first.end_lineno - 1}
        assert node.end_lineno is not None
        kept = [lines[n] for n in range(start, node.end_lineno) if n not in cut]
        return "\n".join(kept)

    def functions_text(self, level: str = "###") -> str:
        """Each function: docstring, then its source."""
        parts = []
        for f in self.functions:
            parts += [f"{level} `{f.name}`\n", prose(ast.get_docstring(f)), block(self.body(f))]
        return "\n".join(parts)

    def classes_text(self, level: str = "###") -> str:
        """Each class: docstring, then its fields."""
        parts = []
        for c in self.classes:
            if f"see {Path(self.path).stem}.yaml" in (ast.get_docstring(c) or ""):
                continue  # the table of parameters says more
            parts += [f"{level} `{c.name}`\n", glossary(ast.get_docstring(c)), block(self.body(c))]
        return "\n".join(parts)

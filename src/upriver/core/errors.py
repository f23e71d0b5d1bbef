"""Everything that can go wrong, and how it is said: one line, and an exit code.

    UpriverError            exit 1: it failed
    +-- InputError          exit 2: something in what you gave must change
    |   +-- FileProblem         missing, empty, too large, not text, unreadable
    |   +-- SyntaxProblem       not YAML, or YAML that we do not take (aliases, tags, ...)
    |   +-- SchemaProblem       wrong type, unknown field, missing field
    |   +-- UnknownName         a lever, parameter, place, ... that does not exist
    |   +-- OutOfBounds         a number or a text outside what is allowed
    |   +-- TimeProblem         end before start, impossible date
    |   +-- SourceProblem       a file of data is not as its publisher's format says
    +-- EngineError         the compiled equations cannot be loaded or run
    |   +-- StaleEngineError    they are older than the equations' source
    +-- WriteError          disk full, folder missing or not writable
    +-- DownloadError       nothing that may be used came; what was kept before is unchanged
    +-- ReproductionError   a published figure is not reproduced

A message says where, what, what is allowed and what to do:

    scenario.yaml, line 7: handle 'naloxon_kits' does not exist. Did you mean 'naloxone_kits'?
    `upriver parameters --handles` lists all 32.

(on one line). Text from a user is escaped and shortened before it is shown.
"""

# ruff: noqa: N818 -- a problem is what the user has; "Error" at the end would say nothing more

from collections.abc import Collection
from difflib import get_close_matches
from typing import ClassVar

LONGEST = 300
"""Characters in a message."""

Where = tuple[str | None, int | None]
"""A file's name as the user gave it (or an option, such as `--set`), and a line from 1."""


class UpriverError(Exception):
    """Root of all errors that we raise on purpose: it failed."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return one_line(self.problem)


class InputError(UpriverError):
    """Something in what the user gave must change.

    Args:
        problem: what is wrong, a sentence without its full stop.
        file: the file as the user named it, or an option.
        line: from 1.
        field: the field's path, `changes[0].from`; for programs, the sentence names it too.
        found: what was found, as `show` gives it.
        allowed: what would be right.
        hint: what to do, whole sentences.

    The fields may be set after the error is made, by whoever knows the file.
    """

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.file, self.line, self.field = file, line, field
        self.found, self.allowed, self.hint = found, allowed, hint

    def __str__(self) -> str:
        place = [one_line(self.file, 120, keep_end=True)] if self.file else []
        place += [f"line {self.line}"] if self.line is not None else []
        said = self.problem if self.found is None else f"{self.problem}, found {self.found}"
        parts = [said if said.endswith("?") else said.removesuffix(".") + "."]
        parts += [f"Allowed: {self.allowed}."] if self.allowed else []
        parts += [self.hint] if self.hint else []
        where = ", ".join(place) + ": " if place else ""
        return one_line(where + " ".join(parts))


class FileProblem(InputError):
    """A file is missing, empty, too large, not text, or cannot be read."""


class SyntaxProblem(InputError):
    """Text is not YAML, or uses a part of YAML that we do not take."""


class SchemaProblem(InputError):
    """A field has the wrong type, is unknown, or is missing."""


class UnknownName(InputError):
    """A name of something that does not exist."""


class OutOfBounds(InputError):
    """A number or a text outside what is allowed."""


class TimeProblem(InputError):
    """The end is before the start, or a date cannot be."""


class SourceProblem(InputError):
    """A file of data is not as its publisher's format says; `field` is the column."""


class EngineError(UpriverError):
    """The compiled equations cannot be loaded or run."""


class StaleEngineError(EngineError):
    """The compiled equations are older than the source of the equations."""


class WriteError(UpriverError):
    """A file cannot be written; what was there before is unchanged."""


class DownloadError(UpriverError):
    """Nothing that may be used came from a publisher; what was kept before is unchanged."""


class ReproductionError(UpriverError):
    """A published figure is not reproduced."""


def one_line(text: str, longest: int = LONGEST, *, keep_end: bool = False) -> str:
    """Text that is safe on one line of a terminal.

    What cannot be printed (newlines, escape codes, marks that reverse the direction of writing) is
    escaped, and what is too long is cut with an ellipsis, at its end or, with `keep_end`, at its
    start.
    """
    cut = text[-longest - 1 :] if keep_end else text[: longest + 1]
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    if len(safe) <= longest:
        return safe
    return "…" + safe[-longest + 1 :] if keep_end else safe[: longest - 1] + "…"


def show(value: object) -> str:
    """A value that was found, short and safe: `'soon'`, `12`, `null`, `a list`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{one_line(value, 60)}'"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**40:
        return "an integer of more than 40 digits"
    return one_line(str(value), 60)


def nearest(name: str, options: Collection[str]) -> str | None:
    """The option that `name` was most likely meant to be, or None if none is like it.

    Capitals do not count. Where no spelling is close, the one option that contains the name is
    taken, if there is only one.
    """
    wanted = name[:100].casefold()
    folded = {option.casefold(): option for option in options}
    close = get_close_matches(wanted, folded, n=1, cutoff=0.6)
    if not close and len(wanted) >= 3:
        containing = [option for option in folded if wanted in option]
        close = containing if len(containing) == 1 else []
    return folded[close[0]] if close else None


def did_you_mean(name: str, options: Collection[str]) -> str | None:
    """The hint `Did you mean 'x'?`, or None if nothing is near."""
    near = nearest(name, options)
    return None if near is None else f"Did you mean '{near}'?"


def unknown_name(
    kind: str,
    name: str,
    options: Collection[str],
    *,
    where: Where = (None, None),
    field: str | None = None,
    command: str | None = None,
) -> UnknownName:
    """The error for a name that does not exist, with the nearest one that does.

    Args:
        kind: what it should name: `lever`, `parameter`.
        name: as found.
        options: all that exist.
        where: file and line; `doc.where(path)` gives both.
        field: path of the field, for programs.
        command: what lists them, `upriver levers`; without it, up to eight are named here.
    """
    hints = [did_you_mean(name, options)]
    if command is not None:
        hints.append(f"`{command}` lists all {len(options)}.")
    few = command is None and 0 < len(options) <= 8
    return UnknownName(
        f"{kind} {show(name)} does not exist",
        file=where[0],
        line=where[1],
        field=field,
        allowed=", ".join(sorted(options)) if few else None,
        hint=" ".join(h for h in hints if h) or None,
    )

"""Files in and out: strict YAML that knows its lines, and writing that leaves no half a file.

The YAML that we take is small, so that a file means one thing to a person and to us: one document,
a mapping at the top, at most `DEEPEST` levels, no aliases, tags, directives or merge keys, no key
twice. Words that are not in quotes are read as YAML 1.2 reads them: only `true` and `false` are
booleans, so `no`, `yes`, `on` and `off` are words; `12:30`, `0x1F` and dates are words too. A
leading zero makes a word (`06` is a state), and infinity and not-a-number are refused.
"""

import errno
import math
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .errors import (
    FileProblem,
    SchemaProblem,
    SyntaxProblem,
    WriteError,
    did_you_mean,
    one_line,
    show,
)
from .fields import Document, FieldPath, Key, field_name

__all__ = ["Document", "atomic_path", "load_yaml", "parse_yaml", "reason", "write_atomic"]

LARGEST = 256 * 1024
"""Bytes in a YAML file."""

DEEPEST = 20
"""Levels of mappings and lists."""

_REASONS: dict[int | None, str] = {
    errno.ENOENT: "does not exist",
    errno.EISDIR: "is a folder",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "no space left in your quota",
    errno.EFBIG: "the file would be larger than allowed",
    errno.ENAMETOOLONG: "the name is too long",
}

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = {w: w.lower() == "true" for w in ("true", "True", "TRUE", "false", "False", "FALSE")}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BINARY = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def load_yaml(path: str | os.PathLike[str]) -> Document:
    """Read one YAML file.

    Raises:
        FileProblem: missing, a folder, empty, over `LARGEST` bytes, not UTF-8 text, unreadable.
        SyntaxProblem: not YAML, or YAML that we do not take.
    """
    name = os.fspath(path)
    try:
        with open(path, "rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST:
                raise _too_large(name)
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise FileProblem(reason(error), file=name, hint=_beside(error, path)) from error
    return parse_yaml(raw, name)


def _beside(error: Exception, path: str | os.PathLike[str]) -> str | None:
    """Of a file that is not there: the YAML file beside it whose name is nearest."""
    if getattr(error, "errno", None) != errno.ENOENT:
        return None
    wanted = Path(path)
    with suppress(OSError):
        there = sorted(one.name for one in wanted.parent.glob("*.y*ml"))
        return did_you_mean(wanted.name, there)
    return None


def parse_yaml(text: str | bytes, name: str) -> Document:
    """Read YAML from memory; `name` stands for the file in messages. Raises as `load_yaml`."""
    import yaml

    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST:
        raise _too_large(name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileProblem("not text in UTF-8", file=name, line=line) from None
    if binary := _BINARY.search(text):
        line = text.count("\n", 0, binary.start()) + 1
        raise FileProblem(f"not text: it holds {binary[0]!r}", file=name, line=line)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    lines: dict[FieldPath, int] = {}
    try:
        data = _Builder(loader.get_event, name, lines).document()
    except yaml.YAMLError as error:
        last = max(1, len(text.splitlines()))
        raise _not_yaml(error, name, last) from None
    finally:
        loader.dispose()
    return Document(name, data, lines)


class _Builder:
    """Builds plain data from the parser's events; refuses at the first event that we do not take.

    Nothing is expanded before it is checked, so a small file cannot become a large one.
    """

    def __init__(self, event: Callable[[], Any], file: str, lines: dict[FieldPath, int]) -> None:
        self.event, self.file, self.lines = event, file, lines

    def document(self) -> dict[Key, Any]:
        self.event()
        start = self.event()
        if type(start).__name__ == "StreamEndEvent":
            raise FileProblem("is empty", file=self.file)
        if start.version or start.tags:
            raise self.refuse(start, "directives (lines that begin with %) are not taken")
        top = self.event()
        kind = type(top).__name__
        if kind == "ScalarEvent" and not top.tag and not top.anchor and top.value in _NULL:
            raise FileProblem("is empty", file=self.file)
        value = self.value(top, (), 1)
        if not isinstance(value, dict):
            hint = "Write `name: value` lines at the top level."
            raise SchemaProblem(
                "the file should be a mapping", file=self.file, line=1, found=show(value), hint=hint
            )
        self.event()
        after = self.event()
        if type(after).__name__ != "StreamEndEvent":
            raise self.refuse(after, "a second document begins here; one file holds one")
        return value

    def value(self, event: Any, path: FieldPath, depth: int) -> Any:
        kind = type(event).__name__
        if kind == "AliasEvent":
            raise self.refuse(event, "aliases (*name) are not taken", "Write the value out.")
        if event.anchor is not None:
            raise self.refuse(event, "anchors (&name) are not taken", "Write the value out.")
        if event.tag is not None:
            raise self.refuse(event, f"the tag {show(event.tag)} is not taken", "Remove it.")
        if kind == "ScalarEvent":
            return self.scalar(event) if event.implicit[0] else event.value
        if depth > DEEPEST:
            raise self.refuse(event, f"nested more than {DEEPEST} levels deep")
        if kind == "MappingStartEvent":
            return self.mapping(event, path, depth)
        items: list[Any] = []
        while type(event := self.event()).__name__ != "SequenceEndEvent":
            here = (*path, len(items))
            self.lines[here] = event.start_mark.line + 1
            items.append(self.value(event, here, depth + 1))
        return items

    def mapping(self, event: Any, path: FieldPath, depth: int) -> dict[Key, Any]:
        self.lines.setdefault(path, event.start_mark.line + 1)
        found: dict[Key, Any] = {}
        while type(event := self.event()).__name__ != "MappingEndEvent":
            if event.__class__.__name__ == "ScalarEvent" and event.value == "<<":
                raise self.refuse(event, "merge keys (<<) are not taken", "Write the fields out.")
            key = self.value(event, path, depth + 1)
            if isinstance(key, bool) or not isinstance(key, str | int | float):
                raise self.refuse(event, f"a key should be a word or a number, found {show(key)}")
            here = (*path, key)
            if key in found:
                said = f"{field_name(here)} is given twice"
                raise self.refuse(event, said, f"The first is on line {self.lines[here]}.")
            self.lines[here] = event.start_mark.line + 1
            found[key] = self.value(self.event(), here, depth + 1)
        return found

    def scalar(self, event: Any) -> str | int | float | bool | None:
        text: str = event.value
        if text in _NULL:
            return None
        if text in _BOOLEAN:
            return _BOOLEAN[text]
        if text[0] not in "+-.0123456789":
            return text
        if _INTEGER.fullmatch(text):
            if len(text) > 20 or not -(2**63) <= int(text) < 2**63:
                raise self.refuse(event, f"the integer {show(text)} is too large", "At most 2^63.")
            return int(text)
        if not _FLOAT.fullmatch(text) and not _NOT_FINITE.fullmatch(text):
            return text
        number = math.inf if _NOT_FINITE.fullmatch(text) else float(text)
        if not math.isfinite(number):
            hint = "Put it in quotes if it is a name."
            raise self.refuse(event, f"the number {show(text)} is not finite", hint)
        return number

    def refuse(self, event: Any, problem: str, hint: str | None = None) -> SyntaxProblem:
        line = event.start_mark.line + 1
        return SyntaxProblem(problem, file=self.file, line=line, hint=hint)


def _too_large(name: str) -> FileProblem:
    return FileProblem("is too large", file=name, allowed=f"at most {LARGEST // 1024} KiB")


def _not_yaml(error: Exception, name: str, last_line: int) -> SyntaxProblem:
    """Our words for what the parser says, at the line where a person would look."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    opened = any(word in context for word in ("quoted", "simple key", "flow"))
    before, here = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = before if opened and before is not None else here
    hint = None
    if "quoted" in context and "end of stream" in said:
        said = "a quotation mark is not closed"
    elif "nesting depth" in said:
        said = f"nested more than {DEEPEST} levels deep"
    elif "document start" in said:
        said = "a second document begins here; one file holds one"
    elif "cannot start any token" in said or "tab character" in said:
        hint = "Indent with spaces, not tabs, and put text with special characters in quotes."
    elif "mapping values are not allowed" in said:
        hint = "Put text that holds ': ' in quotes, and indent fields of one mapping alike."
    line = None if mark is None else min(mark.line + 1, last_line)
    return SyntaxProblem(f"not valid YAML: {said}", file=name, line=line, hint=hint)


def write_atomic(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write a whole file (text as UTF-8) or leave what was there.

    Raises:
        WriteError: disk full, folder missing or not writable, the path is a folder.
    """
    with atomic_path(path) as temporary:
        raw = data.encode("utf-8") if isinstance(data, str) else data
        with open(temporary, "wb") as stream:
            stream.write(raw)


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary path in the same folder, with the same ending, for a writer that wants a path.

    When the block ends well, the file takes the place of `path` in one step; on any failure, also
    an interrupt, it is removed and what was there before is unchanged. A link stays a link.

    Raises:
        WriteError: for any OSError within the block.
    """
    target = _target(path)
    token = os.urandom(4).hex()
    temporary = target.with_name(f".{target.stem[:50]}.{token}{target.suffix}")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield temporary
        with open(temporary, "rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except OSError as error:
        raise WriteError(f"cannot write {_named(path)}: {reason(error, target)}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _target(path: str | os.PathLike[str]) -> Path:
    """The file itself behind any links; never a folder or a device, which we would destroy."""
    try:
        target = Path(os.path.realpath(path))
        if target.is_file() or not target.exists():
            return target
        why = "it is a folder" if target.is_dir() else "it is not a plain file"
    except (OSError, ValueError) as error:
        why = reason(error)
    raise WriteError(f"cannot write {_named(path)}: {why}.")


def _named(path: str | os.PathLike[str]) -> str:
    return one_line(os.fspath(path), 120, keep_end=True)


def reason(error: Exception, target: Path | None = None) -> str:
    """What the system said of a file, in words; HDF5 gives its number in the text only."""
    number = getattr(error, "errno", None)
    if number is None and (inside := re.search(r"errno = (\d+)", str(error))):
        number = int(inside[1])
    if isinstance(error, UnicodeDecodeError):
        return "not text in UTF-8"
    if number == errno.ENOENT and target is not None:
        return f"the folder {_named(target.parent)} does not exist"
    return _REASONS.get(number) or getattr(error, "strerror", None) or str(error)

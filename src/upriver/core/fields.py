"""A document and checks of its fields: a closed set of names, each value's type and bounds.

Each check takes a document and a field's path, gives the value, or raises an error that names file,
line and field, what was found and what is allowed.
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, cast

from .errors import (
    InputError,
    OutOfBounds,
    SchemaProblem,
    Where,
    did_you_mean,
    one_line,
    show,
    unknown_name,
)

Key = str | int | float
FieldPath = tuple[Key, ...]
"""Where a field stands: `("changes", 0, "from")`."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that reverse the direction of writing."""

FEW = 12
"""Up to so many words are named in a message."""

Bounds = tuple[float | None, float | None]
"""Least and most that is allowed; None: no limit on that side."""


@dataclass(frozen=True)
class Document:
    """Plain data from a file (`name` as the user gave it), with the line of each key and item.

    Data that was made in Python instead has no lines: `Document("scenario", data)`.
    """

    name: str
    data: dict[Key, Any]
    lines: dict[FieldPath, int] = field(default_factory=dict)

    def line(self, path: FieldPath) -> int | None:
        """Line, from 1, of a field, or of the nearest field above it that exists."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None

    def where(self, path: FieldPath) -> Where:
        """File and line, as errors take them."""
        return self.name, self.line(path)

    def at(self, path: FieldPath) -> Any:
        """The value of a field; SchemaProblem if it is missing."""
        value: Any = self.data
        for depth, key in enumerate(path):
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                raise self.problem(path[: depth + 1], "is missing") from None
        return value

    def problem(
        self,
        path: FieldPath,
        says: str,
        kind: type[InputError] = SchemaProblem,
        *,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> InputError:
        """An error about a field: its name, then what `says`."""
        field_text = field_name(path)
        return kind(
            f"{field_text} {says}",
            file=self.name,
            line=self.line(path),
            field=field_text,
            found=found,
            allowed=allowed,
            hint=hint,
        )


def field_name(path: FieldPath) -> str:
    """A field as people write it: `changes[0].from`, `path.2015` (a year counts no items)."""
    parts = (
        f"[{key}]" if isinstance(key, int) and key < 1000 else f".{one_line(str(key), 60)}"
        for key in path
    )
    return "".join(parts).removeprefix(".") or "the file"


def check_fields(
    doc: Document,
    path: FieldPath = (),
    *,
    required: Collection[str] = (),
    optional: Collection[str] = (),
) -> dict[str, Any]:
    """The mapping at `path`, which must have all the required fields and no unknown one.

    Raises:
        SchemaProblem: not a mapping, an unknown field (with the nearest name) or a missing one.
    """
    mapping = as_mapping(doc, path)
    for key in mapping:
        if key not in required and key not in optional:
            known = sorted({*required, *optional})
            here = (*path, key)
            within = f" in {field_name(path)}" if path else ""
            file, line = doc.where(here)
            raise SchemaProblem(
                f"unknown field {show(key)}{within}",
                file=file,
                line=line,
                field=field_name(here),
                allowed=", ".join(known),
                hint=did_you_mean(str(key), known),
            )
    for name in required:
        if name not in mapping:
            raise doc.problem((*path, name), "is missing")
    return cast(dict[str, Any], mapping)


def as_mapping(doc: Document, path: FieldPath) -> dict[Key, Any]:
    """The mapping at `path`; SchemaProblem if it is something else."""
    value = doc.at(path)
    if not isinstance(value, dict):
        raise _wrong(doc, path, "a mapping (name: value)", value)
    return value


def as_list(doc: Document, path: FieldPath, *, length: int | None = None) -> list[Any]:
    """The list at `path`, of `length` items if that is given; SchemaProblem if not."""
    value = doc.at(path)
    if not isinstance(value, list):
        raise _wrong(doc, path, "a list", value)
    if length is not None and len(value) != length:
        raise doc.problem(path, f"should be a list of {length}", found=f"{len(value)} items")
    return value


def as_number(doc: Document, path: FieldPath, *, within: Bounds = (None, None)) -> float:
    """The finite number at `path`.

    Raises:
        SchemaProblem: not a number (`true` and text in quotes are none).
        OutOfBounds: outside `within`.
    """
    value = doc.at(path)
    if isinstance(value, bool) or not isinstance(value, int | float):
        quoted = isinstance(value, str) and re.fullmatch(r"\s*[-+.0-9][-+.0-9eE]*\s*", value)
        hint = "Write it without quotes or leading zeros." if quoted else None
        raise _wrong(doc, path, "a number", value, hint)
    if not math.isfinite(value):
        raise _wrong(doc, path, "a finite number", value)
    least, most = within
    if (least is not None and value < least) or (most is not None and value > most):
        raise doc.problem(
            path, "is out of bounds", OutOfBounds, found=show(value), allowed=bounds_text(within)
        )
    return float(value) + 0.0  # so that -0.0 is the 0 that it is written as


def as_integer(doc: Document, path: FieldPath, *, within: Bounds = (None, None)) -> int:
    """The integer at `path`; raises as `as_number` does."""
    value = doc.at(path)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(doc, path, "a whole number", value)
    as_number(doc, path, within=within)
    return value


def as_boolean(doc: Document, path: FieldPath) -> bool:
    """`true` or `false` at `path`; SchemaProblem for anything else (`yes` is a word)."""
    value = doc.at(path)
    if not isinstance(value, bool):
        raise _wrong(doc, path, "true or false", value)
    return value


def as_text(doc: Document, path: FieldPath, *, longest: int = 200, many_lines: bool = False) -> str:
    """The text at `path`, without white space around it; markup in it stays plain text.

    Raises:
        SchemaProblem: not text, empty, several lines (unless allowed), or control characters.
        OutOfBounds: more than `longest` characters.
    """
    value = doc.at(path)
    if not isinstance(value, str):
        plain = isinstance(value, int | float)
        raise _wrong(doc, path, "text", value, "Put it in quotes." if plain else None)
    text = value.strip()
    if not text:
        raise doc.problem(path, "should not be empty")
    if len(text) > longest:
        found = f"{len(text)} characters"
        allowed = f"at most {longest} characters"
        raise doc.problem(path, "is too long", OutOfBounds, found=found, allowed=allowed)
    if "\n" in text and not many_lines:
        raise _wrong(doc, path, "one line of text", value)
    if _UNSAFE.search(text):
        raise _wrong(doc, path, "text without control characters", value)
    return text


def as_choice(doc: Document, path: FieldPath, options: Collection[str], kind: str) -> str:
    """The word at `path`, one of `options`; UnknownName if it is none of them.

    Args:
        doc: the document.
        path: the field.
        options: what is allowed.
        kind: what the word names, for the message: `operation`.
    """
    value = doc.at(path)
    if not isinstance(value, str):
        few = "one of " + ", ".join(sorted(options)) if len(options) <= FEW else "text"
        raise _wrong(doc, path, few, value)
    if value not in options:
        raise unknown_name(kind, value, options, where=doc.where(path), field=field_name(path))
    return value


def bounds_text(within: Bounds) -> str | None:
    """Bounds in words: `0 to 1`, `0 or more`, `at most 1`."""
    least, most = within
    if least is not None and most is not None:
        return f"{least:.12g} to {most:.12g}"
    if least is not None:
        return f"{least:.12g} or more"
    return None if most is None else f"at most {most:.12g}"


def _wrong(
    doc: Document, path: FieldPath, wanted: str, value: object, hint: str | None = None
) -> InputError:
    return doc.problem(path, f"should be {wanted}", found=show(value), hint=hint)

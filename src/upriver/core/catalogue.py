"""Catalogues: a file, or a part of one, with an entry for each name, all with the same fields.

An `Entry` gives each of its fields as what it should be, or an error that says file, line, field,
what was found and what is allowed. A catalogue says only which fields there are and what they make.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from .errors import InputError, Where, show, unknown_name
from .fields import (
    Bounds,
    Document,
    FieldPath,
    Key,
    as_boolean,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_number,
    as_text,
    check_fields,
)

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Entry:
    """A mapping of a document, with no field missing and none that is not known.

    Raises, of each method: as the check in `core.fields` of the same type does.
    """

    document: Document
    path: FieldPath

    @property
    def name(self) -> str:
        """The key that it stands under."""
        return str(self.path[-1])

    def field(self, key: Key) -> FieldPath:
        """Where a field stands."""
        return (*self.path, key)

    def given(self, key: str) -> bool:
        """Whether a field is there and not null."""
        return as_mapping(self.document, self.path).get(key) is not None

    def maybe(
        self,
        read: Callable[Concatenate[str, P], T],
        key: str,
        *more: P.args,
        **options: P.kwargs,
    ) -> T | None:
        """What `read`, one of these methods, gives; None where the field is left out or null."""
        return read(key, *more, **options) if self.given(key) else None

    def text(self, key: str, *, longest: int = 200, many_lines: bool = False) -> str:
        """A text of at most `longest` characters."""
        return as_text(self.document, self.field(key), longest=longest, many_lines=many_lines)

    def number(self, key: str, *, within: Bounds = (None, None)) -> float:
        """A finite number."""
        return as_number(self.document, self.field(key), within=within)

    def integer(self, key: str, *, within: Bounds = (None, None)) -> int:
        """A whole number."""
        return as_integer(self.document, self.field(key), within=within)

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where it is left out."""
        return self.given(key) and as_boolean(self.document, self.field(key))

    def choice(self, key: str, options: Collection[str], kind: str) -> str:
        """One of some words; `kind` is what it names, for the message."""
        return as_choice(self.document, self.field(key), options, kind)

    def choices(self, key: str, options: Collection[str], kind: str) -> tuple[str, ...]:
        """A list of one or more of some words."""
        found = as_list(self.document, self.field(key))
        if not found:
            raise self.problem(key, f"should name a {kind}")
        places = ((*self.field(key), i) for i in range(len(found)))
        return tuple(as_choice(self.document, place, options, kind) for place in places)

    def texts(self, key: str, *, longest: int = 200) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        found = as_list(self.document, self.field(key))
        places = ((*self.field(key), i) for i in range(len(found)))
        return tuple(as_text(self.document, place, longest=longest) for place in places)

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """A text, or a list of texts that is not empty."""
        if not isinstance(self.document.at(self.field(key)), list):
            return (self.text(key),)
        if not (found := self.texts(key)):
            raise self.problem(key, "should not be empty")
        return found

    def labels(self, key: str) -> tuple[str, ...]:
        """A list of labels of periods; see `as_label`."""
        found = as_list(self.document, self.field(key))
        return tuple(as_label(self.document, (*self.field(key), i)) for i in range(len(found)))

    def entry(
        self, key: str, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "Entry":
        """A mapping within this one."""
        return entry(self.document, self.field(key), required=required, optional=optional)

    def problem(self, key: str, says: str, **more: Any) -> InputError:
        """An error about a field; `more` as for `Document.problem`."""
        return self.document.problem(self.field(key), says, **more)


def entry(
    document: Document,
    path: FieldPath,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
) -> Entry:
    """The mapping at `path`.

    Raises:
        SchemaProblem: not a mapping, a field is missing, or one is not known (with the nearest).
    """
    check_fields(document, path, required=required, optional=optional)
    return Entry(document, path)


def read_catalogue(
    document: Document,
    read: Callable[[Entry], T],
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    at: FieldPath = (),
) -> dict[str, T]:
    """What `read` makes of each entry, by name, in the order of the file.

    Args:
        document: the file.
        read: makes one thing of its entry.
        required: fields that each entry has.
        optional: fields that it may have.
        at: where the catalogue stands, if not at the top of the file.

    Raises:
        InputError: an entry is not right; the line says where.
    """
    found = {}
    for name in as_mapping(document, at):
        path = (*at, name)
        if not isinstance(name, str):
            hint = "Put it in quotes."
            raise document.problem(path, "should be a name", found=show(name), hint=hint)
        found[name] = read(entry(document, path, required=required, optional=optional))
    return found


def find(
    kind: str,
    name: str,
    known: Mapping[str, T],
    *,
    where: Where = (None, None),
    command: str | None = None,
) -> T:
    """The entry of a name; UnknownName, with the nearest, if there is none.

    Args:
        kind: what it names, `claim`.
        name: as it was given.
        known: the catalogue.
        where: file and line that gave it.
        command: what lists them all.
    """
    if name not in known:
        raise unknown_name(kind, name, known, where=where, command=command)
    return known[name]


def as_label(document: Document, path: FieldPath) -> str:
    """The label of a period at `path`: a text, or a year without quotes."""
    value = document.at(path)
    year = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if year else as_text(document, path)

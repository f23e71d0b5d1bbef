"""Names for the numbers of a nested module, and modules from named numbers.

State, flows and parameters are frozen modules whose fields are arrays with named dimensions. The
path of a number follows from where its field stands, so it is written nowhere else.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

from .axes import AXES, rows

T = TypeVar("T")


def leaves(kind: type, prefix: str) -> Iterator[tuple[str, str]]:
    """Path and dimensions of each array field of a module type, depth first.

    Args:
        kind: a module type whose fields are arrays or modules.
        prefix: path of the module itself, for example `people`.
    """
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        path = f"{prefix}.{field.name}" if prefix else field.name
        dimensions = getattr(hint, "dim_str", None)
        if dimensions is None:
            yield from leaves(hint, path)
        else:
            yield path, dimensions


def names(kind: type, prefix: str) -> tuple[str, ...]:
    """Paths of the scalars of a module type, rows of labelled axes in brackets."""
    return tuple(
        path + row for path, dimensions in leaves(kind, prefix) for row in rows(dimensions)
    )


def assemble(kind: type[T], prefix: str, array: Callable[[str, str], Any]) -> T:
    """A module of this type with each array given by `array(path, dimensions)`."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        hint = hints[field.name]
        path = f"{prefix}.{field.name}" if prefix else field.name
        dimensions = getattr(hint, "dim_str", None)
        if dimensions is None:
            values[field.name] = assemble(hint, path, array)
        else:
            values[field.name] = array(path, dimensions)
    return kind(**values)


def shape(dimensions: str) -> tuple[int, ...]:
    """Shape of an array with these dimensions; () for a scalar."""
    return tuple(len(AXES[axis]) for axis in dimensions.split())

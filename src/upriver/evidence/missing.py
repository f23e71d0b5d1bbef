"""What the record lacks: asked for, and not found in a text that can be cited and was read.

It stands in missing.yaml, one entry a gap: what, why it is missing, and where one would look.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.fields import Document, as_list, as_text, check_fields
from upriver.core.files import load_yaml

FILE = Path(__file__).with_suffix(".yaml")
LONGEST = 400


@dataclass(frozen=True)
class Gap:
    """A figure that is not there.

    what: the figure; why: it is missing; where: one would look; series: those it would complete.
    """

    name: str
    what: str
    why: str
    where: str
    series: tuple[str, ...]


@cache
def missing() -> dict[str, Gap]:
    """All gaps, by name, in the order of the file.

    Raises:
        InputError: an entry is not right; the line says where.
    """
    return read_missing(load_yaml(FILE))


def read_missing(document: Document) -> dict[str, Gap]:
    """Gaps from a document; raises as `missing`."""
    return {str(name): _gap(document, str(name)) for name in document.data}


def _gap(document: Document, name: str) -> Gap:
    check_fields(document, (name,), required=("what", "why", "where"), optional=("series",))
    named = document.data[name].get("series")
    items = [] if named is None else as_list(document, (name, "series"))
    return Gap(
        name=name,
        what=as_text(document, (name, "what"), longest=LONGEST),
        why=as_text(document, (name, "why"), longest=LONGEST),
        where=as_text(document, (name, "where"), longest=LONGEST),
        series=tuple(as_text(document, (name, "series", i)) for i in range(len(items))),
    )

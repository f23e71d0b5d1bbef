"""What the record lacks: asked for, and not found in a text that can be cited and was read.

It stands in missing.yaml, one entry a gap: what, why it is missing, and where one would look.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.catalogue import Entry, read_catalogue
from upriver.core.fields import Document
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
    return read_catalogue(document, _gap, required=("what", "why", "where"), optional=("series",))


def _gap(entry: Entry) -> Gap:
    return Gap(
        name=entry.name,
        what=entry.text("what", longest=LONGEST),
        why=entry.text("why", longest=LONGEST),
        where=entry.text("where", longest=LONGEST),
        series=entry.maybe(entry.texts, "series") or (),
    )

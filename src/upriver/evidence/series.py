"""Words for the recorded series: title, what is counted, group, and its counterpart in the model.

They stand in series.yaml, one entry a series. What stands beside a record is named there and not
looked up here: evidence knows nothing of the model.
"""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, TypeAlias, cast

from upriver.core.catalogue import Entry, read_catalogue
from upriver.core.errors import unknown_name
from upriver.core.fields import Document
from upriver.core.files import load_yaml

from .figures import names

Kind: TypeAlias = Literal["sums", "level", "driver"]

FILE = Path(__file__).with_suffix(".yaml")
GROUPS = (
    "deaths",
    "people",
    "treatment",
    "prescribing",
    "market",
    "seizures",
    "laboratories",
    "response",
    "housing",
    "population",
    "abroad",
)
"""Groups in the order in which they are shown."""

KINDS: tuple[Kind, ...] = ("sums", "level", "driver")
LONGEST = 400


@dataclass(frozen=True)
class Beside:
    """What in the model is the same thing as a record.

    kind: `sums` of a counted flow over calendar years, `level` of an output at instants, `driver`:
        a parameter, as the model is given it.
    name: of the flow, output or parameter.
    """

    kind: Kind
    name: str


@dataclass(frozen=True)
class Words:
    """Words for a series: plain title, one or two sentences of what is counted, its group."""

    title: str
    about: str
    group: str
    beside: Beside | None


@cache
def all_words() -> dict[str, Words]:
    """Words for the series that ship, by name; by group, then in the order of the file.

    Raises:
        InputError: an entry is not right, or names no series.
    """
    return read_words(load_yaml(FILE))


def read_words(document: Document) -> dict[str, Words]:
    """Words from a document; raises as `all_words`."""
    known = names()
    for name in document.data:
        if name not in known:
            raise unknown_name("series", str(name), known, where=document.where((name,)))
    found = read_catalogue(document, _words, required=("title", "about", "group", "beside"))
    return dict(sorted(found.items(), key=lambda item: GROUPS.index(item[1].group)))


def _words(entry: Entry) -> Words:
    return Words(
        title=entry.text("title"),
        about=entry.text("about", longest=LONGEST),
        group=entry.choice("group", GROUPS, "group"),
        beside=entry.maybe(partial(_beside, entry), "beside"),
    )


def _beside(words: Entry, key: str) -> Beside:
    entry = words.entry(key, required=("kind", "name"))
    return Beside(kind=cast(Kind, entry.choice("kind", KINDS, "kind")), name=entry.text("name"))

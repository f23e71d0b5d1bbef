"""Claims of the article that Upriver set out from, each with what the record says of it.

They stand in claims.yaml, in our words. A recorded figure is never typed there: the claim names a
series that ships, and `recorded` looks it up. What the model says needs a run, so that it is only
named here.
"""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from upriver.core.catalogue import Entry, as_label, find, read_catalogue
from upriver.core.errors import unknown_name
from upriver.core.fields import Document, FieldPath, as_list
from upriver.core.files import load_yaml

from .figures import COUNTRY, all_series, places_of, series
from .modelled import Modelled as Modelled
from .modelled import read_modelled
from .record import Record

FILE = Path(__file__).with_suffix(".yaml")

KINDS = ("figure", "mechanism", "policy", "prospect", "actor")
STATUSES = {
    "shown": "a recorded figure stands beside it",
    "tested": "no record says anything of it; a run of the model could have said no",
    "not modelled": "neither the record nor the model says anything of it",
    "no record": "it names a figure or an act, and no record of it could be cited",
}
TRANSFORMS = {
    "value": "as it is; several places or periods are added up",
    "share": "divided by `over`, in percent",
    "change": "against the period `since`, in percent",
    "peak": "the largest value of the series",
}
WAYS = {"more": "above", "less": "below"}
"""What a test expects of a modelled figure, and how that is said of its bound."""

LONGEST = 500

_REQUIRED = (
    "claim",
    "kind",
    "quantity",
    "stated",
    "record",
    "modelled",
    "status",
    "remark",
)


@dataclass(frozen=True)
class Stated:
    """What the article says: a number, its unit, and the year if it gives one."""

    value: float
    unit: str
    year: int | None


@dataclass(frozen=True)
class Lookup:
    """Where in the record a figure stands.

    places: added up; periods: first and last label, with all between; None: all (for a peak).
    over: the country's series that a share is of; since: the label that a change is against.
    """

    series: str
    places: tuple[str, ...]
    periods: tuple[str, str] | None
    transform: str
    over: str | None
    since: str | None


@dataclass(frozen=True)
class Test:
    """What a claim lets one expect of its modelled figure, so that a run can say no.

    expects: `more` or `less`; than: a bound, in the unit of the figure; because: why this.
    """

    expects: str
    than: float
    because: str


@dataclass(frozen=True)
class Claim:
    """A claim, in our words.

    quantity: what would be measured; record, modelled: what stands beside it; test: what a run has
        to show; no_record: why no record stands beside it; remark: where it is imprecise, or false
        as worded.
    """

    name: str
    claim: str
    kind: str
    quantity: str | None
    stated: Stated | None
    record: Lookup | None
    no_record: str | None
    modelled: Modelled | None
    test: Test | None
    status: str
    remark: str | None


class Recorded(NamedTuple):
    """A recorded figure, in percent where it is a share or a change, with what is behind it."""

    value: float
    vintage: str
    sources: tuple[str, ...]
    unit: str
    period: str
    statuses: tuple[str, ...]


@cache
def claims() -> dict[str, Claim]:
    """All claims by name, `C01` first.

    Raises:
        InputError: an entry is not right; the line says where.
    """
    return read_claims(load_yaml(FILE))


def claim(name: str) -> Claim:
    """The claim of that name; UnknownName if there is none, with the nearest."""
    return find("claim", name, claims(), command="upriver claims")


def recorded(one: Claim) -> Recorded | None:
    """What the record says of a claim; None where no record is named."""
    look = one.record
    if look is None:
        return None
    first = series(look.series, look.places[0])
    if look.transform == "peak":
        at = int(np.nanargmax(first.values))
        return _figure(float(first.values[at]), first.unit, [(first, (first.labels[at],))])
    assert look.periods is not None
    found = [series(look.series, place) for place in look.places]
    parts: Parts = [(r, _labels(r, look.periods)) for r in found]
    value = _total(parts)
    if look.over is not None:
        whole = series(look.over)
        parts = [*parts, (whole, _labels(whole, look.periods))]
        return _figure(100 * value / _total(parts[-1:]), "percent", parts)
    if look.since is not None:
        before: Parts = [(r, (look.since,)) for r, _ in parts]
        return _figure(100 * (value / _total(before) - 1), "percent", [*before, *parts])
    if one.stated is not None and one.stated.unit == "percent":
        return _figure(100 * value, "percent", parts)
    return _figure(value, first.unit, parts)


Parts = list[tuple[Record, tuple[str, ...]]]
"""Records with the labels of the periods that are used."""


def _figure(value: float, unit: str, parts: Parts) -> Recorded:
    used = [(r, r.labels.index(label)) for r, labels in parts for label in labels]
    vintages = dict.fromkeys(r.vintages[i] for r, i in used)
    sources = dict.fromkeys(r.sources[i] for r, i in used)
    statuses = dict.fromkeys(r.statuses[i] for r, i in used)
    labels = list(dict.fromkeys(r.labels[i] for r, i in used))
    period = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    return Recorded(value, ", ".join(vintages), tuple(sources), unit, period, tuple(statuses))


def _total(parts: Parts) -> float:
    return float(sum(r.values[r.labels.index(label)] for r, labels in parts for label in labels))


def _labels(record: Record, periods: tuple[str, str]) -> tuple[str, ...]:
    first, last = (record.labels.index(label) for label in periods)
    return record.labels[first : last + 1]


def read_claims(document: Document) -> dict[str, Claim]:
    """Claims from a document; raises as `claims`."""
    return read_catalogue(document, _claim, required=_REQUIRED, optional=("no_record", "test"))


def _claim(entry: Entry) -> Claim:
    status = entry.choice("status", STATUSES, "status")
    record = entry.maybe(partial(_lookup, entry), "record")
    modelled = entry.maybe(partial(read_modelled, entry), "modelled")
    no_record = entry.maybe(entry.text, "no_record", longest=LONGEST)
    if (record is None) != (no_record is not None):
        raise entry.problem("no_record", "goes with no record, and with nothing else")
    test = entry.maybe(partial(_test, entry), "test")
    if (test is None) != (record is not None or modelled is None):
        raise entry.problem("test", "goes with what is modelled and not on record, and only there")
    allowed = ("shown",) if record else ("tested",) if modelled else ("not modelled", "no record")
    if status not in allowed:
        said = "does not go with what stands beside the claim"
        raise entry.problem("status", said, found=status, allowed=", ".join(allowed))
    return Claim(
        name=entry.name,
        claim=entry.text("claim", longest=LONGEST),
        kind=entry.choice("kind", KINDS, "kind"),
        quantity=entry.maybe(entry.text, "quantity", longest=LONGEST),
        stated=entry.maybe(partial(_stated, entry), "stated"),
        record=record,
        no_record=no_record,
        modelled=modelled,
        test=test,
        status=status,
        remark=entry.maybe(entry.text, "remark", longest=LONGEST),
    )


def _stated(claim: Entry, key: str) -> Stated:
    entry = claim.entry(key, required=("value", "unit", "year"))
    return Stated(
        value=entry.number("value"),
        unit=entry.text("unit"),
        year=entry.maybe(entry.integer, "year"),
    )


def _test(claim: Entry, key: str) -> Test:
    entry = claim.entry(key, required=("expects", "than", "because"))
    return Test(
        expects=entry.choice("expects", WAYS, "expectation"),
        than=entry.number("than"),
        because=entry.text("because", longest=LONGEST),
    )


def _lookup(claim: Entry, key: str) -> Lookup:
    entry = claim.entry(
        key, required=("series", "transform"), optional=("places", "period", "over", "since")
    )
    transform = entry.choice("transform", TRANSFORMS, "transform")
    needs = {"value": {"period"}, "share": {"period", "over"}, "change": {"period", "since"}}
    given = {option for option in ("period", "over", "since") if entry.given(option)}
    if given != (wanted := needs.get(transform, set())):
        named = ", ".join(sorted(wanted)) or "nothing"
        raise entry.problem("transform", f"{transform} takes {named} besides a series")
    name, over = entry.text("series"), entry.maybe(entry.text, "over")
    places = entry.maybe(entry.texts, "places") or (COUNTRY,)
    for place in places:
        _check_place(entry, "series", name, place)
    if over is not None:
        _check_place(entry, "over", over, COUNTRY)
    record = series(name, places[0])
    document, since = entry.document, entry.field("since")
    return Lookup(
        series=name,
        places=places,
        periods=_periods(document, entry.field("period"), record) if "period" in given else None,
        transform=transform,
        over=over,
        since=_label(document, since, record) if "since" in given else None,
    )


def _check_place(entry: Entry, key: str, name: str, place: str) -> None:
    known, where = places_of(name), entry.document.where(entry.field(key))
    if not known:
        raise unknown_name("series", name, all_series(), where=where)
    if place not in known:
        raise unknown_name("place", place, known, where=where)


def _periods(document: Document, path: FieldPath, record: Record) -> tuple[str, str]:
    if isinstance(document.at(path), list):
        as_list(document, path, length=2)
        if record.calendar == "12 months ending":
            raise document.problem(path, "cannot be added up, as the months overlap")
        return _label(document, (*path, 0), record), _label(document, (*path, 1), record)
    one = _label(document, path, record)
    return one, one


def _label(document: Document, path: FieldPath, record: Record) -> str:
    label = as_label(document, path)
    if label not in record.labels:
        raise document.problem(path, f"is no period of {record.name}", found=label)
    return label

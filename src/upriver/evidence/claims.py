"""Claims of the article that Upriver set out from, each with what the record says of it.

They stand in claims.yaml, in our words. A recorded figure is never typed there: the claim names a
series that ships, and `recorded` looks it up. What the model says needs a run, so that it is only
named here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from upriver.core.errors import unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.files import load_yaml

from .figures import COUNTRY, all_series, places_of, series
from .modelled import Modelled as Modelled
from .modelled import read_modelled
from .record import Record

FILE = Path(__file__).with_suffix(".yaml")

KINDS = ("figure", "mechanism", "policy", "prospect", "actor")
STATUSES = {
    "shown": "a recorded figure stands beside it",
    "tested": "the model says something of it, and no record does",
    "not modelled": "neither the record nor the model says anything of it",
    "no record": "it names a figure or an act, and no record of it could be cited",
}
TRANSFORMS = {
    "value": "as it is; several places or periods are added up",
    "share": "divided by `over`, in percent",
    "change": "against the period `since`, in percent",
    "peak": "the largest value of the series",
}
LONGEST = 500


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
class Claim:
    """A claim, in our words.

    quantity: what would be measured; record, modelled: what stands beside it; no_record: why no
        record does; remark: where it is imprecise, or false as worded.
    """

    name: str
    claim: str
    kind: str
    quantity: str | None
    stated: Stated | None
    record: Lookup | None
    no_record: str | None
    modelled: Modelled | None
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
    if name not in claims():
        raise unknown_name("claim", name, claims(), command="upriver claims")
    return claims()[name]


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
    return {str(name): _claim(document, str(name)) for name in document.data}


def _claim(document: Document, name: str) -> Claim:
    fields = check_fields(
        document,
        (name,),
        required=("claim", "kind", "quantity", "stated", "record", "modelled", "status", "remark"),
        optional=("no_record",),
    )
    status = as_choice(document, (name, "status"), STATUSES, "status")
    record = None if fields["record"] is None else _lookup(document, (name, "record"))
    modelled = None if fields["modelled"] is None else read_modelled(document, (name, "modelled"))
    if (record is None) != ("no_record" in fields):
        raise document.problem((name, "no_record"), "goes with no record, and with nothing else")
    allowed = ("shown",) if record else ("tested",) if modelled else ("not modelled", "no record")
    if status not in allowed:
        said = "does not go with what stands beside the claim"
        options = ", ".join(allowed)
        raise document.problem((name, "status"), said, found=status, allowed=options)
    return Claim(
        name=name,
        claim=as_text(document, (name, "claim"), longest=LONGEST),
        kind=as_choice(document, (name, "kind"), KINDS, "kind"),
        quantity=_text(document, (name, "quantity")),
        stated=None if fields["stated"] is None else _stated(document, (name, "stated")),
        record=record,
        no_record=_text(document, (name, "no_record")) if "no_record" in fields else None,
        modelled=modelled,
        status=status,
        remark=_text(document, (name, "remark")),
    )


def _text(document: Document, path: FieldPath) -> str | None:
    return None if document.at(path) is None else as_text(document, path, longest=LONGEST)


def _stated(document: Document, path: FieldPath) -> Stated:
    fields = check_fields(document, path, required=("value", "unit", "year"))
    return Stated(
        value=as_number(document, (*path, "value")),
        unit=as_text(document, (*path, "unit")),
        year=None if fields["year"] is None else as_integer(document, (*path, "year")),
    )


def _lookup(document: Document, path: FieldPath) -> Lookup:
    fields = check_fields(
        document,
        path,
        required=("series", "transform"),
        optional=("places", "period", "over", "since"),
    )
    transform = as_choice(document, (*path, "transform"), TRANSFORMS, "transform")
    needs = {"value": {"period"}, "share": {"period", "over"}, "change": {"period", "since"}}
    given = set(fields) & {"period", "over", "since"}
    if given != needs.get(transform, set()):
        wanted = ", ".join(sorted(needs.get(transform, set()))) or "nothing"
        raise document.problem((*path, "transform"), f"{transform} takes {wanted} besides a series")
    name = as_text(document, (*path, "series"))
    places = tuple(as_list(document, (*path, "places"))) if "places" in fields else (COUNTRY,)
    for place in places:
        _check_place(document, path, name, place)
    record = series(name, places[0])
    periods = _periods(document, (*path, "period"), record) if "period" in fields else None
    since = _label(document, (*path, "since"), record) if "since" in fields else None
    over = as_text(document, (*path, "over")) if "over" in fields else None
    if over is not None:
        _check_place(document, (*path, "over"), over, COUNTRY)
    return Lookup(name, places, periods, transform, over, since)


def _check_place(document: Document, path: FieldPath, name: str, place: str) -> None:
    known = places_of(name)
    if not known:
        raise unknown_name("series", name, all_series(), where=document.where(path))
    if place not in known:
        raise unknown_name("place", place, known, where=document.where(path))


def _periods(document: Document, path: FieldPath, record: Record) -> tuple[str, str]:
    if isinstance(document.at(path), list):
        as_list(document, path, length=2)
        if record.calendar == "12 months ending":
            raise document.problem(path, "cannot be added up, as the months overlap")
        return _label(document, (*path, 0), record), _label(document, (*path, 1), record)
    one = _label(document, path, record)
    return one, one


def _label(document: Document, path: FieldPath, record: Record) -> str:
    value = document.at(path)
    label = str(value) if isinstance(value, int) else as_text(document, path)
    if label not in record.labels:
        raise document.problem(path, f"is no period of {record.name}", found=label)
    return label

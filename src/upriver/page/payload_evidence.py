"""The evidence that the page carries: records of all places, effects, acts, gaps and claims.

Numbers are packed: what is the same all along stands once, periods in a row as the first and their
count, and a place says only what differs from the first. `model/packed.js` unpacks it.
"""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby, pairwise
from typing import Any

from upriver.evidence import claims, effects, events
from upriver.evidence.calendars import month_label, month_of
from upriver.evidence.figures import all_records
from upriver.evidence.missing import missing
from upriver.evidence.places import COUNTRY, NEW_YORK_CITY, STATES, TERRITORIES
from upriver.evidence.record import STATUSES, Doubles, Record
from upriver.evidence.series import all_words
from upriver.experiments.claims import PERCENT, Examined, examine
from upriver.report.told.claims import figures
from upriver.report.told.store import told

Packed = Any
"""A text or null that holds all along, or `[text, count]` of each stretch."""

ELSEWHERE = {
    "Asia": "East and Southeast Asia",
    "CN": "China",
    "IN/US": "India and United States",
    "MM": "Myanmar",
    "MX": "Mexico",
    "UN": "United Nations",
    "CA-AB": "Alberta, Canada",
    "CA-BC": "British Columbia, Canada",
    "CA-MB": "Manitoba, Canada",
    "CA-NB": "New Brunswick, Canada",
    "CA-NL": "Newfoundland and Labrador, Canada",
    "CA-NS": "Nova Scotia, Canada",
    "CA-NT": "Northwest Territories, Canada",
    "CA-NU": "Nunavut, Canada",
    "CA-ON": "Ontario, Canada",
    "CA-PE": "Prince Edward Island, Canada",
    "CA-QC": "Quebec, Canada",
    "CA-SK": "Saskatchewan, Canada",
    "CA-YT": "Yukon, Canada",
    "US:southwest/OFO": "southwest border, at ports of entry",
    "US:southwest/USBP": "southwest border, between ports of entry",
    "US:northern/OFO": "northern border, at ports of entry",
    "US:northern/USBP": "northern border, between ports of entry",
    "US:interior/OFO": "coast and interior, at ports of entry",
    "US:interior/USBP": "coast and interior, between ports of entry",
}
"""Places of the record that are no state; one without a name here is shown by its code."""

IN_PACKAGE_ALONE = (
    "deaths_synthetic_in_month",
    "methadone_programmes_share",
    *(
        f"deaths_{drug}_{kind}"
        for kind in ("by_state", "december")
        for drug in ("all_drugs", "any_opioid", "heroin", "natural", "synthetic")
    ),
)
"""Series of states that no view draws, by month and by year."""

COUNTRY_ALONE = (
    "buprenorphine_dispensing_rate",
    "deaths_synthetic_12m_predicted",
    "jail_population",
    "naloxone_dispensing_rate",
    "opioid_dispensing_rate",
    "oud_share_nsduh",
)
"""Series of which the page has the country's. Those of states would take a tenth of the page."""


def is_on_page(name: str, place: str) -> bool:
    """Whether the page carries a record."""
    return name not in IN_PACKAGE_ALONE and (name not in COUNTRY_ALONE or place == COUNTRY)


def evidence() -> dict[str, Any]:
    """All that is recorded, found and claimed, as the page carries it."""
    return {
        "records": _records(),
        "inPackage": [_titles(IN_PACKAGE_ALONE), _titles(COUNTRY_ALONE)],
        "statuses": STATUSES,
        "states": list(STATES),
        "places": {
            COUNTRY: "United States",
            **STATES,
            **TERRITORIES,
            NEW_YORK_CITY: "New York City",
            **ELSEWHERE,
        },
        "effects": [_without_empty(asdict(one)) for one in effects.effects().values()],
        "gaps": [_without_empty(asdict(one)) for one in missing().values()],
        "acts": _acts(),
        "claims": [_claim(one) for one in examine(figures=figures(told("claims")))],
        "claimStatuses": claims.STATUSES,
    }


def _records() -> dict[str, Any]:
    """Every series with its words, by group, and its places, the country first."""
    places: dict[str, list[Record]] = {}
    for (name, place), record in all_records().items():
        if is_on_page(name, place):
            places.setdefault(name, []).append(record)
    return {
        name: _series(sorted(places[name], key=lambda one: one.place != COUNTRY), asdict(words))
        for name, words in all_words().items()
        if name in places
    }


def _titles(names: Sequence[str]) -> list[str]:
    return [words.title for name, words in all_words().items() if name in names]


def _series(records: Sequence[Record], words: dict[str, Any]) -> dict[str, Any]:
    first, *others = (_packed(record) for record in records)
    found: dict[str, Any] = {records[0].place: first}
    for record, packed in zip(records[1:], others, strict=True):
        found[record.place] = {
            key: packed.get(key) for key in (*packed, *first) if packed.get(key) != first.get(key)
        }
    unit, calendar = records[0].unit, records[0].calendar
    return {**words, "unit": unit, "calendar": calendar, "places": found}


def _packed(record: Record) -> dict[str, Any]:
    """Periods, values, sources, vintages, statuses, notes; an interval where there is one."""
    found = {
        "p": _periods(record.labels),
        "y": _numbers(record.values),
        "low": _numbers(record.low),
        "high": _numbers(record.high),
        "s": _stretches(record.sources),
        "v": _stretches(record.vintages),
        "t": _stretches(record.statuses),
        "n": _stretches(record.notes),
    }
    empty = {"low": None, "high": None, "n": ""}
    return {key: value for key, value in found.items() if empty.get(key, ...) != value}


def _periods(labels: Sequence[str]) -> list[Any]:
    """The labels; those that follow each other as the first and their count."""
    followed = all(_next(one) == other for one, other in pairwise(labels))
    return [labels[0], len(labels)] if followed else list(labels)


def _next(label: str) -> str:
    """The label of the period after a year, a fiscal year or a month; empty after any other."""
    if label.isdigit():
        return str(int(label) + 1)
    if label.startswith("FY"):
        return f"FY{int(label[2:]) + 1}"
    if len(label) != len("2021-04") or not label[-2:].isdigit():
        return ""
    year, month = month_of(label)
    return month_label(year + month // 12, month % 12 + 1)


def _numbers(values: Doubles) -> list[int | float | None] | None:
    """Numbers, null where there is none; null if there is none at all."""
    found = [
        None if value != value else int(value) if value.is_integer() else value
        for value in values.tolist()
    ]
    return found if len(found) > found.count(None) else None


def _stretches(texts: Sequence[str]) -> Packed:
    found = [[text, len(list(same))] for text, same in groupby(texts)]
    return found[0][0] if len(found) == 1 else found


def _acts() -> dict[str, Any]:
    """Dated acts: rows of date and place, and where kind, what and source stand in their lists."""
    texts: dict[str, list[str]] = {"kinds": [], "whats": [], "sources": []}

    def place(name: str, text: str) -> int:
        known = texts[name]
        if text not in known:
            known.append(text)
        return known.index(text)

    rows = [
        [
            one.date,
            one.place,
            place("kinds", one.kind),
            place("whats", one.what),
            place("sources", one.source),
        ]
        for one in events.all_events()
    ]
    return {"rows": rows, **texts, "kindWords": events.KINDS}


def _claim(one: Examined) -> dict[str, Any]:
    """A claim with what stands beside it.

    What the page's engine gives as it is, a sum or a level, is asked of it there; a share, a
    change or an effect needs every draw, and the whole system another world, so that their
    `figure` is carried.
    """
    claim, found = one.claim, asdict(one.claim)
    modelled = found["modelled"]
    if one.modelled is not None:
        figure = asdict(one.modelled)
        numbers = [figure.pop(name) for name in ("low", "median", "high")]
        figure = {key: figure[key] for key in ("unit", "period")}
        asked = {"kind": modelled["kind"], "name": modelled["names"][0], "year": modelled["year"]}
        world = modelled["world"]
        modelled = {**asked, **figure, "world": world}
        if figure["unit"] == PERCENT or world != "reference":
            modelled["figure"] = numbers
    recorded = None if one.recorded is None else one.recorded._asdict()
    if recorded is not None and claim.record is not None:
        recorded |= {"series": claim.record.series, "transform": claim.record.transform}
    return _without_empty(
        {
            **found,
            "stated": found["stated"] and _without_empty(found["stated"]),
            "record": None,
            "recorded": recorded,
            "modelled": modelled,
            "same": one.difference is not None,
        }
    )


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in found.items()
        if value is not None and value is not False and value != ()
    }

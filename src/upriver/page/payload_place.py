"""What a page of one place carries besides: how its columns follow from the country's, by draw.

The worker runs the country under the levers first, then the place in its market, as
`experiments/placed.py` does: what counts people is multiplied by the place's part, histories of the
place by what they are per head against the country's, local differences are factors, and fentanyl's
share of the place's market has other odds.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column
from upriver.core.time import STEPS
from upriver.evidence.record import Record
from upriver.experiments.placed import CAVEAT_PLACE
from upriver.experiments.ranking import MOST
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.policy.disturbances import RISK
from upriver.policy.fitted import KNOTS
from upriver.policy.levers import levers
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.local import EARLY, FACTORS, LATE, MIDDLE, PACE, SHARE, TURN, is_held
from upriver.policy.places.part import part_of
from upriver.policy.places.world import MARKET, MET, SWITCHES, extensive
from upriver.system.world import DEFAULT

from .payload_codes import Codes
from .payload_columns import column_of, raw_of
from .payload_zip import letters

LEFT_OUT = (
    "Why, Answers, Cost, Forecast, Beliefs, Flow, Diplomacy, Claims and Evidence are of the "
    "country, and are left out of a state's page: `upriver page` writes the country's, which has "
    "them."
)

FITTED = (
    "What is local is fitted to deaths in {place} to 2024, and a local factor on risk can follow "
    "them; all else is the country’s fit."
)
NOTE = "Of people in {place}, as the model has it: no record of the state stands beside it here."
NATIONAL = "The model is national"
"""Begins what the country's page says of states."""

DEATHS = "deaths_any_opioid"
RECORDS = ("deaths_synthetic_12m", "residents")
"""Series of all places that the view of the states shows."""

FEW = 8
LEVERS_SAID = (
    f"The {FEW} with evidence that save most in the country, first ‘{{most}}’. In {{place}} the "
    "order can differ: `upriver rank --place {code}`. All are in the view Levers."
)

WITHOUT = ("claims", "claimStatuses", "diplomacy", "inPackage")
EMPTY = ("effects", "gaps")
"""What views that are left out would show."""

PART, FIRST, LESS, COURSE = "part", "first", "less", "course"
"""Columns that inputs are multiplied by: the place's part of people by step, at the start, the
inverse, and the slowly varying factor on risk."""

LAST_OF_YEARS = 2016
"""To this year deaths with any opioid are those of residents, by year; then sums to December."""


def of_place(country: Mapping[str, Any], own: PlaceDraws, codes: Codes) -> dict[str, Any]:
    """What a page of a place carries, from what the country's does.

    Args:
        country: all that the country's page carries.
        own: its draws, no more than a move runs.
        codes: rows of codes of the page.
    """
    place = place_of(own.place)
    whole = country["systems"][DEFAULT]
    records = {name: country["records"][name] for name in RECORDS}
    ranked = [
        one["lever"] for one in country["told"]["ranking"]["levels"][MOST] if one["grade"] != "none"
    ]
    return {
        **{name: value for name, value in country.items() if name not in WITHOUT},
        "place": {
            **_words(own, place),
            **place_columns(own, codes),
            "levers": ranked[:FEW],
            "leversSaid": LEVERS_SAID.format(
                most=levers()[ranked[0]].title, place=place.name, code=place.code
            ),
        },
        "draws": own.draws,
        "first": own.draws,
        "codes": {**country["codes"], "parts": country["codes"]["parts"][:1]},
        "systems": {
            DEFAULT: {
                **whole,
                "title": f"{whole['title']}, in {place.name}",
                "fitted": FITTED.format(place=place.name),
                "caveat": CAVEAT_PLACE.format(place=place.name),
                "unexplained": None,
                "limits": [
                    *_limits(place),
                    *(one for one in whole["limits"] if NATIONAL not in one),
                ],
            }
        },
        "records": {**records, DEATHS: _record(place, country["records"][DEATHS])},
        "told": {"states": country["told"]["states"]},
        "believable": {**country["believable"], "constants": {}},
        **{name: [] for name in EMPTY},
    }


def place_columns(own: PlaceDraws, codes: Codes) -> dict[str, Any]:
    """How a place's columns follow from the country's.

    columns: what inputs are multiplied by, by name. times: by input, the names in their order.
    held: inputs that are held within their bounds afterwards. met: pairs of an input and the output
    of the country's run that it is. given: inputs that are one number.
    """
    part = part_of(own.place)
    times = {path: [_kind(path, power)] for path, power in extensive().items()}
    columns = {PART: part.people, FIRST: part.people[:, :1], LESS: 1 / part.people}
    for path, column in part.relative.items():
        times.setdefault(path, []).append(path)
        columns[path] = column
    for name, paths in FACTORS.items():
        columns[name] = np.exp(own.differences[name])[:, None]
        for path in paths:
            times.setdefault(path, []).append(name)
    times[RISK] = [COURSE]
    local = {path for paths in FACTORS.values() for path in paths}
    known = parameters()
    return {
        "columns": {
            **{name: _carried(column, codes) for name, column in columns.items()},
            COURSE: [STEPS + 1, own.draws, letters(raw_of(own.knots)), KNOTS],
        },
        "times": times,
        "held": {
            path: list(known[path].within)
            for path in (*sorted(local), RISK)
            if path == RISK or is_held(path)
        },
        "spread": {
            "path": SHARE,
            "middle": MIDDLE,
            "pace": PACE,
            "columns": {
                name: _carried(own.differences[key][:, None], codes)
                for name, key in (("early", EARLY), ("late", LATE), ("turn", TURN))
            },
        },
        "met": [[f"{MARKET}{name}", output] for name, output in MET.items()],
        "given": SWITCHES,
    }


def _words(own: PlaceDraws, place: Place) -> dict[str, Any]:
    """What the page says of the place."""
    return {
        "code": place.code,
        "name": place.name,
        "fit": str(own.said.get("fit", "")),
        "leftOut": LEFT_OUT,
        "note": NOTE.format(place=place.name),
    }


def _limits(place: Place) -> list[str]:
    """What a place's page cannot tell, before what the whole system cannot."""
    return [
        f"More than the record of {place.name} and what it borrows. Constants of biology and "
        "habit, and the market, are the country's: a difference that no record of the place shows "
        "is not in it.",
        "What crosses a border of a state: people do not move between states, and a state does not "
        "move the country's market.",
        "What became of naloxone kits and of methadone here: no state publishes either, and the "
        "place has its part of the country's by population.",
        LEFT_OUT,
    ]


def _record(place: Place, country: Mapping[str, Any]) -> dict[str, Any]:
    """Deaths with any opioid of a place, by year, as a series of the page.

    Args:
        country: the country's series, whose words it has.
    """
    found: dict[int, tuple[float, str, str, str]] = {}
    for records, last in ((place.deaths_by_year, None), (place.deaths_to_december, LAST_OF_YEARS)):
        record: Record | None = records.get("any_opioid")
        if record is None:
            continue
        for i, end in enumerate(record.ends):
            year = int(np.ceil(end - 1e-9)) - 1
            if last is None or year > last:
                said = (record.sources[i], record.vintages[i], record.statuses[i])
                found[year] = (float(record.values[i]), *said)
    years = sorted(found)
    values, sources, vintages, statuses = zip(*(found[year] for year in years), strict=True)
    return {
        **{key: value for key, value in country.items() if key != "places"},
        "places": {
            place.code: {
                "p": [str(year) for year in years],
                "y": [None if np.isnan(value) else int(value) for value in values],
                "s": _each(sources),
                "v": _each(vintages),
                "t": _each(statuses),
                "n": "",
            }
        },
    }


def _each(texts: tuple[str, ...]) -> list[list[Any]]:
    return [[text, 1] for text in texts]


def _kind(path: str, power: int) -> str:
    if power < 0:
        return LESS
    return FIRST if path.startswith("people.initial.") else PART


def _carried(column: Column, codes: Codes) -> list[int | float | str]:
    """As `column_of`; numbers of draws as they are, for they are the place's alone."""
    draws, steps = column.shape
    if draws > 1:
        return [steps, draws, letters(raw_of(column))]
    return column_of("", column, codes)

"""What is told of every state, small: deaths as codes of 14 bits, all of it zipped as text.

A code stands for a number of deaths by its logarithm, so that each comes back to a thousandth; of
low and high the distance to the median is kept, and of each the step from year to year.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from upriver.core.time import FIRST_YEAR
from upriver.evidence.figures import series
from upriver.evidence.record import Doubles
from upriver.evidence.series import all_words
from upriver.places.asked import place as place_of
from upriver.report.told.states import QUANTITIES

from .payload_zip import letters, zipped

CODES = 2**14
LAST_OF_YEARS = 2016
"""To this year deaths with any opioid are those of residents, by year; then sums to December."""

RECORDS = ("deaths_any_opioid_by_state", "deaths_any_opioid_december")


def states_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, but for the places, and these as text that the page unzips.

    The country is the first; deaths of the others with any opioid, as recorded, come with them, and
    `records` says whose they are, and to which year.
    """
    places = found["places"]
    fans = np.array([[one[name] for name in QUANTITIES] for one in places.values()])
    per_code = float(np.log1p(fans.max()) / CODES)
    text = {
        "places": list(places),
        "codes": _steps(np.rint(np.log1p(fans) / per_code).astype(np.int64)).tolist(),
        "each": [{k: v for k, v in one.items() if k not in QUANTITIES} for one in places.values()],
        "recorded": [_recorded(code) for code in list(places)[1:]],
    }
    raw = json.dumps(text, separators=(",", ":")).encode()
    return {
        **{key: value for key, value in found.items() if key != "places"},
        "perCode": per_code,
        "quantities": list(QUANTITIES),
        "records": [_about(name) for name in RECORDS],
        "zipped": letters(zipped(raw)),
    }


def _steps(codes: np.ndarray) -> np.ndarray:
    """Low and high as distances from the median, then all as steps along the years.

    Args:
        codes: shape (places, quantities, 3, years): low, median, high.
    """
    low, median, high = np.moveaxis(codes, 2, 0)
    apart = np.stack([median - low, median, high - median], axis=2)
    return np.diff(apart, axis=-1, prepend=0)


def _recorded(code: str) -> list[int | None]:
    """Deaths with any opioid by year from the first on, null where none is published."""
    place = place_of(code)
    by_year, december = place.deaths_by_year["any_opioid"], place.deaths_to_december["any_opioid"]
    values: dict[int, float] = dict(zip(by_year.starts.astype(int), by_year.values, strict=True))
    for end, value in zip(december.ends, december.values, strict=True):
        year = int(np.ceil(end - 1e-9)) - 1
        if year > LAST_OF_YEARS:
            values[year] = value
    found: Doubles = np.array([values.get(y, np.nan) for y in range(FIRST_YEAR, max(values) + 1)])
    return [None if np.isnan(value) else int(value) for value in found]


def _about(name: str) -> dict[str, Any]:
    """Title, source and vintage of a record of states."""
    one = series(name, "OH")
    return {
        "name": name,
        "title": all_words()[name].title,
        "source": one.sources[-1],
        "vintage": one.vintages[-1],
        "last": LAST_OF_YEARS if name == RECORDS[0] else None,
    }

"""Columns that hold places: what kind each holds, and its cells as places of our records.

Nothing is looked up as a state unless its column says that it holds states, or all of its cells
can be nothing else. A county is a part of a place: `OH:Adams`, or `county:Adams`.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from upriver.core.errors import SourceProblem, nearest, show
from upriver.evidence.countries import COUNTRY_NAMES, country_code, country_place
from upriver.evidence.places import (
    BY_NAME,
    CODES,
    COUNTRY,
    PROVINCES,
    STATES,
    TERRITORIES,
    is_total,
    province_code,
    state_code,
)

Cell = tuple[int, str]
"""Line, and text."""

STATE_COLUMNS = re.compile(
    r"(us_|occurrence_|death_|home_)?(state|states|state_name|state_names|state_code|stateabbr|"
    r"state_abbr|state_abb|state_abbreviation|state_full|state_postal|postal|postal_code_state|"
    r"stusps|usps|st|state_fips|fips_state|statefp|fips_st|statefips|state_id|statename|"
    r"state_territory|state_or_territory|residence_state|state_of_residence|state_of_death|"
    r"state_residence|state_long_name)"
)
COUNTRY_COLUMNS = re.compile(
    r"(country|countries|country_name|country_code|nation|country_or_area|iso|iso2|iso3|iso_code|"
    r"iso_2|iso_3|iso_alpha_2|iso_alpha_3|iso_a2|iso_a3|country_iso|country_territory|"
    r"reporter|reporting_country)"
)
PROVINCE_COLUMNS = re.compile(r"(province|provinces|province_name|prov|pt|province_territory)")
PART_COLUMNS = re.compile(
    r"(.*_)?(count(y|ies)|cnty|cty|parish|parishes|borough|city|cities|town|township|municipality|village|"
    r"zip|zipcode|zip_code|zcta|tract|census_tract|district|msa|cbsa|metro|metro_area|hospital|"
    r"facility|agency|department|precinct|beat|ward|neighborhood|neighbourhood|community|"
    r"reservation|site|campus|lhd|health_unit|jail|prison|station|post)"
    r"(_name|_names|_code|_fips|_id|_of_residence|_of_death)?"
)
OPEN_COLUMNS = re.compile(
    r"(place|places|region|regions|jurisdiction|jurisdictions|geography|geographies|geo|location|"
    r"locations|location_name|location_desc|locationdesc|locationabbr|area|area_name|territory|"
    r"reporting_jurisdiction|jurisdiction_of_occurrence|jurisdiction_of_residence|place_name|"
    r"region_name|geographic_area|division|fips|fips_code|geoid|entity|residence)"
)


def kind_of(column: str) -> str | None:
    """What a column holds by its plain name: a kind, `part`, `open` (any kind) or None."""
    for kind, pattern in (
        ("state", STATE_COLUMNS),
        ("country", COUNTRY_COLUMNS),
        ("province", PROVINCE_COLUMNS),
        ("open", OPEN_COLUMNS),
        ("part", PART_COLUMNS),
    ):
        if pattern.fullmatch(column):
            return kind
    return None


@dataclass(frozen=True)
class Places:
    """Places of a column's cells, and what a reader should know of them."""

    texts: tuple[str, ...]
    remarks: tuple[str, ...] = ()


_FINDERS: dict[str, Callable[[str], str | None]] = {
    "state": state_code,
    "country": country_place,
    "province": lambda text: "Canada" if country_code(text) == "CA" else province_code(text),
}
_NAMES = {
    "state": (*STATES.values(), *TERRITORIES.values(), "United States"),
    "country": COUNTRY_NAMES,
    "province": tuple(PROVINCES.values()),
}


def places_of(
    cells: Sequence[Cell], column: str, name: str, kind: str, whole: str | None
) -> Places:
    """Cells of one kind as places.

    Args:
        kind: `state`, `country`, `province`, `county`, `other` or `open`.
        whole: the place of a cell that says no more than `Total`.

    Raises:
        SourceProblem: a cell is blank, names no place of the kind, or two kinds fit.
    """
    _no_blanks(cells, column, name)
    if kind == "open":
        kind = _kind_that_fits(cells, column, name)
    if kind in ("county", "other"):
        prefix = "county:" if kind == "county" else ""
        texts = tuple(whole if whole and is_total(t) else f"{prefix}{t}" for _, t in cells)
        return Places(texts)
    find, found = _FINDERS[kind], []
    for line, text in cells:
        place = find(text) or (_total_of(kind, whole) if is_total(text) else None)
        if place is None:
            raise _stranger(line, text, column, name, kind)
        found.append(place)
    return Places(tuple(found))


def _total_of(kind: str, whole: str | None) -> str | None:
    return whole or {"state": COUNTRY, "province": "Canada"}.get(kind)


def _kind_that_fits(cells: Sequence[Cell], column: str, name: str) -> str:
    """The one kind of which all cells can be; raises if none is, or two are and differ."""
    named = [(line, text) for line, text in cells if not is_total(text)]
    numbers = [text for _, text in named if re.fullmatch(r"\d+(\.0)?", text)]
    kinds: dict[str, tuple[str | None, ...]] = {}
    if not numbers or (column.lower().startswith("fips") and all(len(t) <= 2 for t in numbers)):
        kinds = {
            kind: tuple(find(text) for _, text in named)
            for kind, find in _FINDERS.items()
            if all(find(text) is not None for _, text in named)
        }
    if len(set(kinds.values())) == 1:
        return next(iter(kinds))
    if len(kinds) > 1:
        line, text = next(
            (line, text) for line, text in named if len({_FINDERS[k](text) for k in kinds}) > 1
        )
        said = " or a ".join(kinds)
        raise _problem(f"may be a {said}", line, text, column, name, _say_kind(kinds))
    line, text = next(
        ((n, t) for n, t in named if not any(find(t) for find in _FINDERS.values())), named[0]
    )
    states = sum(state_code(t) is not None for _, t in named)
    near = nearest(text, _NAMES["state"]) if 2 * states >= len(named) else None
    hint = f"{near}? Else say" if near else "Say"
    hint += (
        f" what it holds: --with place_kind=county, or {', '.join(('state', 'country', 'other'))}."
    )
    raise _problem("is neither all states nor all countries", line, text, column, name, hint)


def _say_kind(kinds: Iterable[str]) -> str:
    return "Say which: --with " + " or ".join(f"place_kind={kind}" for kind in kinds) + "."


def _stranger(line: int, text: str, column: str, name: str, kind: str) -> SourceProblem:
    near = nearest(text, _NAMES[kind])
    hint = f"{near}? " if near else ""
    if is_total(text):
        hint = "Say whose total it is: --with place=…."
    elif not near:
        hint = "If it holds other places, say --with place_kind=county, country or other."
    return _problem(f"names no {kind}", line, text, column, name, hint.strip())


def whole_of_what(
    places: Places,
    cells: Sequence[Cell],
    keys: Sequence[str],
    values: Sequence[float],
    name: str,
    column: str,
    told: bool,
) -> None:
    """Refuse a bare `Total` that is the sum of a few states, and so not the country's.

    Args:
        keys: of the periods. told: an option says whose total it is.
    """
    bare = [i for i, (_, text) in enumerate(cells) if is_total(text)]
    states = {place for place in places.texts if place in STATES}
    if told or not bare or not 0 < len(states) < 50:
        return
    for i in bare:
        parts = [
            value
            for value, key, place in zip(values, keys, places.texts, strict=True)
            if key == keys[i] and place in states
        ]
        if not parts or not math.isclose(math.fsum(parts), values[i], rel_tol=1e-9):
            return
    if any(places.texts[i] == COUNTRY for i in range(len(cells)) if i not in bare):
        return
    count = f"{len(states)} state{'s' if len(states) > 1 else ''}"
    hint = f"Leave it out, or, if nobody died elsewhere, say --with place={COUNTRY}."
    raise _problem(f"adds up {count}, not the country", *cells[bare[0]], column, name, hint)


def place_told(text: str) -> str:
    """A place as an option gives it: a code of our records, or the state, country or name it is.

    Raises:
        SourceProblem: it may be a state or a country.
    """
    if text in CODES:
        return text
    state = BY_NAME.get(text.lower()) or (state_code(text) if not text[:1].isdigit() else None)
    country = country_place(text)
    if state and country and state != country:
        raise SourceProblem(
            "option 'place' may be a state or a country",
            found=show(text),
            hint=f"Give its letters: place={state} or place={country}.",
        )
    return state or country or province_code(text) or text


def _no_blanks(cells: Sequence[Cell], column: str, name: str) -> None:
    for line, text in cells:
        if not text:
            hint = "Merged cells leave blanks below them: write the place in each row."
            raise SourceProblem(
                f"column '{column}' is empty", file=name, line=line, field=column, hint=hint
            )


def _problem(says: str, line: int, text: str, column: str, name: str, hint: str) -> SourceProblem:
    return SourceProblem(
        f"column '{column}' {says}",
        file=name,
        line=line,
        field=column,
        found=show(text),
        hint=hint or None,
    )

"""Where the rows of a user's file are from: columns of places, parts of places, or an option."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from upriver.core.errors import SourceProblem, show
from upriver.evidence.countries import country_code
from upriver.evidence.places import COUNTRY, is_total, state_code
from upriver.evidence.tables import plain_name

from .user_options import Options
from .user_places import kind_of, place_told, places_of, whole_of_what
from .user_text import Grid
from .user_what import column_of
from .user_words import ask_titles

REGIONS = re.compile(
    r"(the )?(northeast|midwest|south|west|new england|(middle|south) atlantic|"
    r"(east|west) (north|south) central|mountain|pacific)( region| division)?|(hhs )?region \d+",
    re.IGNORECASE,
)
"""Regions and divisions of the Census Bureau and regions of the Department of Health."""


@dataclass(frozen=True)
class Placed:
    """Where the place stands, the place of each row, and what a reader should know of it."""

    columns: tuple[int, ...]
    texts: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def place_in(
    grid: Grid,
    names: list[str],
    name: str,
    options: Options,
    periods: Sequence[str],
    values: Sequence[float],
) -> Placed:
    """The place of each row, from the columns that hold places, an option, or the country.

    Args:
        periods, values: of each row; a `Total` is held against the states that it may sum.

    Raises:
        SourceProblem: a column could be read in two ways, or two columns say two places.
    """
    told = None if options.place is None else place_told(options.place)
    base, kind, parts = _place_columns(grid, names, name, options)
    if base is None and not parts:
        if told is None:
            ask_titles(grid, name)
        said = f"No column says where: taken for {COUNTRY}, the whole country; --with place=… "
        remarks = () if told else (said + "says otherwise.",)
        return Placed((), (told or COUNTRY,) * len(grid.rows), remarks)
    texts: list[str | None] = [told] * len(grid.rows)
    taken: tuple[str, ...] = ()
    if base is not None:
        texts = _bases(grid, base, kind, name, told, periods, values)
    for at in parts:
        texts = _with_part(grid, at, texts, name)
    again = _same(grid, names, base, kind, parts, options)
    columns = (*([] if base is None else [base]), *parts, *again)
    for text, (_, row) in zip(texts, grid.rows, strict=True):
        if told is None and base is not None and is_total(row[base]):
            taken = (f"{row[base]} is taken for {text}: --with place=… says otherwise.",)
    return Placed(columns, tuple(text or COUNTRY for text in texts), taken)


def _bases(
    grid: Grid,
    at: int,
    kind: str,
    name: str,
    told: str | None,
    periods: Sequence[str],
    values: Sequence[float],
) -> list[str | None]:
    """Places of the column that holds them; counties below the place that an option says."""
    cells = [(line, row[at]) for line, row in grid.rows]
    title = grid.header[at].strip()
    places = places_of(cells, title, name, kind, told)
    if kind in ("state", "open"):
        whole_of_what(places, cells, periods, values, name, title, told is not None)
    if told and kind == "county":
        return [t if t == told else f"{told}:{t.removeprefix('county:')}" for t in places.texts]
    totals = any(is_total(text) for _, text in cells)
    if told and not totals and set(places.texts) != {told}:
        hint = f"Leave the option out, or say --with ignore={title}."
        raise _problem(
            f"column '{title}' says the place, and so does place", grid, title, name, hint
        )
    return list(places.texts)


def _with_part(grid: Grid, at: int, before: list[str | None], name: str) -> list[str | None]:
    """Places with a part behind: `OH:Adams`, or `county:Adams` where nothing says of what."""
    title = grid.header[at].strip()
    word = "county" if "count" in title.lower() else plain_name(title).split("_")[0]
    found: list[str | None] = []
    for whole, (line, row) in zip(before, grid.rows, strict=True):
        part, problem = row[at].strip(), ""
        total = is_total(part) or part.lower() == "statewide"
        if not part:
            problem, hint = "is empty", "Merged cells leave blanks: write the place in each row."
        elif total and whole is None:
            problem, hint = "holds a total, of nothing named", "Say whose it is: --with place=OH."
        if problem:
            raise SourceProblem(
                f"column '{title}' {problem}", file=name, line=line, field=title, hint=hint
            )
        if total:
            found.append(whole)
        elif whole is None:
            found.append(f"{word}:{part}")
        else:
            found.append(whole + ("/" if ":" in whole else ":") + part)
    return found


def _place_columns(
    grid: Grid, names: list[str], name: str, options: Options
) -> tuple[int | None, str, list[int]]:
    """The column of the place, what it holds, and columns that hold parts of it, as counties."""
    if options.place_column is not None:
        at = column_of(grid, names, name, options.place_column, (), "place", "place_column=NAME")
        named = options.place_kind or kind_of(names[at]) or "open"
        return at, "county" if named == "part" else named, []
    left = [
        column not in options.ignored and column not in options.chosen("total") for column in names
    ]
    by_kind: dict[str, list[int]] = {}
    for at, column in enumerate(names):
        kind = kind_of(column)
        if kind is not None and left[at] and column not in ("date", "value"):
            by_kind.setdefault(kind, []).append(at)
    parts = by_kind.get("part", [])
    parts = [
        at for at in parts if not any(_one_to_one(grid, at, other) for other in parts if other < at)
    ]
    for kind in ("state", "province", "country", "open"):
        if kind not in by_kind:
            continue
        at = by_kind[kind][0]
        if kind == "open" and len(by_kind[kind]) > 1:
            hint = "Say which: --with place_column=NAME."
            raise _problem("more than one column could be the place", grid, names[at], name, hint)
        if kind != "open":
            opens = by_kind.get("open", [])
            parts += [other for other in opens if not _region_of(grid, other, at)]
        if options.place_kind in (None, "state"):
            _agree(grid, by_kind, kind, name)
        return at, options.place_kind or kind, parts
    if options.place_kind is not None and len(parts) == 1:
        return parts[0], options.place_kind, []
    return None, "", parts


def _agree(grid: Grid, by_kind: dict[str, list[int]], kind: str, name: str) -> None:
    """Refuse states beside a country that is another, and two columns that name two states."""
    for line, row in grid.rows:
        for at in by_kind.get("country", []) if kind == "state" else []:
            if row[at] and country_code(row[at]) != COUNTRY and not is_total(row[at]):
                title = grid.header[by_kind[kind][0]].strip()
                hint = "Say --with place_kind=other to keep its names as they are."
                raise SourceProblem(
                    f"column '{title}' holds states of another country",
                    file=name,
                    line=line,
                    field=title,
                    found=show(row[at]),
                    hint=hint,
                )
        if kind == "state":
            found = {state_code(row[at]) for at in by_kind[kind]} - {None}
            if len(found) > 1:
                said = " and ".join(show(row[at]) for at in by_kind[kind])
                raise SourceProblem(
                    "two columns name two states",
                    file=name,
                    line=line,
                    field=grid.header[by_kind[kind][1]].strip(),
                    found=said,
                )


def _same(
    grid: Grid,
    names: list[str],
    base: int | None,
    kind: str,
    parts: Sequence[int],
    options: Options,
) -> list[int]:
    """Columns that name the place again: by other letters, or the country of its states."""
    found = []
    for at, column in enumerate(names):
        other = kind_of(column)
        if at == base or at in parts or other is None or options.place_column is not None:
            continue
        again = other == kind == "state" or (other == "country" and kind in ("state", "province"))
        again |= other == "part" and any(_one_to_one(grid, at, part) for part in parts)
        again |= other == "open" and base is not None and _region_of(grid, at, base)
        if again:
            found.append(at)
    return found


def _region_of(grid: Grid, at: int, base: int) -> bool:
    """Whether a column says again the place of `base`, or the one region in which each lies."""
    pairs = {(row[base], row[at]) for _, row in grid.rows}
    if all(
        state_code(place) is not None and state_code(place) == state_code(text)
        for place, text in pairs
    ):
        return True
    regions = {text for _, text in pairs}
    if all(REGIONS.fullmatch(text) for text in regions):
        return True
    region = plain_name(grid.header[at]) in ("region", "region_name", "division")
    return region and len(pairs) == len({place for place, _ in pairs}) > len(regions)


def _one_to_one(grid: Grid, one: int, other: int) -> bool:
    pairs = {(row[one], row[other]) for _, row in grid.rows}
    return len({a for a, _ in pairs}) == len(pairs) == len({b for _, b in pairs}) and (
        plain_name(grid.header[one]).split("_")[0] == plain_name(grid.header[other]).split("_")[0]
    )


def _problem(
    says: str, grid: Grid, column: str, name: str, hint: str | None = None
) -> SourceProblem:
    return SourceProblem(says, file=name, line=grid.line, field=column, hint=hint)

"""Columns of a user's file that are neither date, value nor place: what each of them does.

A column that parts the people or the counts, and is not used, would pass a part for the whole. It
is an error that names it, unless it has one value: then the records are of that part, by name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from upriver.core.errors import SourceProblem, nearest, show
from upriver.evidence.places import state_code
from upriver.evidence.tables import NUMBER, plain_name

from .user_cells import no_number
from .user_dates import stamp_of
from .user_options import Options
from .user_places import kind_of
from .user_text import Grid
from .user_words import only_part
from .wholes import GLUED


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PEOPLE = _words(
    "sex sexes gender age ages agegroup agegrp race races ethnicity ethnic hispanic latino "
    "origin raceethnicity demographic demographics subgroup group groups grp stratum strata "
    "stratification marital education veteran income insurance payer nationality citizenship urban "
    "rural urbanicity metro cohort pregnancy occupation industry subpopulation indigenous tribe"
)
"""Words in the names of columns that part people."""

COUNTS = _words(
    "drug drugs substance substances opioid opioids intent intents manner mechanism cause causes "
    "icd icd10 code lab labtype laboratory type types category categories class kind indicator "
    "measure metric statistic outcome setting route component border port office sector method "
    "medication severity event mode disposition specific involvement poison polysubstance field "
    "filter dataset variable breakdown level aggregation"
)
"""Words in the names of columns that part what is counted."""

AREAS = _words("region regions division zone area district territory jurisdiction catchment")
"""Words in the names of columns that part the country."""

_WHOLE = re.compile(
    r"(all|any|both|total|totals|overall|combined|everyone|everybody|persons|people|statewide|"
    r"total population|general population|not stratified|no stratification)"
    r"( (sexes|sex|genders|ages|age groups?|races?|races and ethnicities|races/ethnicities|"
    r"ethnicities|origins|persons|people|drugs|substances|intents|manners|causes|types|groups|"
    r"categories|residents|counties|components|routes|settings|combined))?|"
    r"all[- ]ages|male and female|both sexes combined|total, all ages"
)
_MEASURE = re.compile(
    r"(^|_)(rate|rates|percent|percentage|pct|population|pop|lower|upper|lcl|ucl|ci|se|low|high|"
    r"crude|adjusted|share|ratio|rank|change|per|mean|median|average|standard|std|denominator)(_|$)"
)
_COUNTED = _words("deaths overdoses fatalities cases visits admissions count counts")
_HARMLESS = re.compile(
    r"(.*_)?(notes?|comments?|footnotes?|remarks?|sources?|url|link|updated?|as_of|retrieved|"
    r"released?|published|downloaded|id|index|objectid|row|row_id|rownum|uid|guid|uuid|latitude|"
    r"longitude|lat|lon|lng|long|geometry|shape|flag|flags|symbol|footnote_symbol|vintage|status|"
    r"version|licen[cs]e|doi|citation|file|filename|caveat|quality|completeness|symbols)"
    r"(_date|_on|_at)?"
)
_TIME = _words(
    "week weeks mmwr epiweek month months quarter qtr day days weekday period date start end year "
    "years fy sfy ffy fiscal half semester season time hour calendar"
)
_NOTE = re.compile(
    r"(.*_)?(notes?|comments?|footnotes?|remarks?|flags?|status|caveat|completeness)"
)
_PARTIAL = re.compile(
    r"\b(partial(ly)?|incomplete|ytd|year[ -]to[ -]date|to date|part[- ]year|part of (the|a) year|"
    r"((through|thru|until|to)|jan[a-z]*\.? ?[-–]) ?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov)[a-z]*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rest:
    """What the other columns say: parts of the place, parts of the series, remarks."""

    of_place: tuple[str, ...]
    of_series: tuple[str, ...]
    remarks: tuple[str, ...]


def is_whole(text: str) -> bool:
    """Whether a cell of a column that parts people or counts says that nothing is left out."""
    return _WHOLE.fullmatch(" ".join(text.lower().replace("-", " ").split())) is not None


def selected(grid: Grid, names: Sequence[str], name: str, options: Options) -> Grid:
    """The rows that `total` and `where` choose.

    Raises:
        SourceProblem: there is no such column, or no such value in it.
    """
    rows = grid.rows
    for option in ("total", "where"):
        for column, value in options.chosen(option).items():
            if column not in names:
                hint = nearest(column, names)
                raise _problem(
                    grid,
                    name,
                    column,
                    f"column {show(column)} is missing",
                    f"Did you mean '{hint}'?" if hint else None,
                )
            at = names.index(column)
            kept = [row for row in rows if row[1][at].strip().lower() == value.lower()]
            if not kept:
                values = list(dict.fromkeys(cells[at] for _, cells in rows))
                near = nearest(value, values) or _few(values)
                said = f"column '{grid.header[at].strip()}' has no {show(value)}"
                raise _problem(grid, name, column, said, f"It has {near}.")
            rows = kept
    return replace(grid, rows=rows)


def rest_of(
    grid: Grid,
    used: Sequence[int],
    name: str,
    options: Options,
    periods: Sequence[str],
    places: Sequence[str],
) -> Rest:
    """What the columns that are not used say.

    Args:
        used: positions of the columns that are. periods, places: of each row.

    Raises:
        SourceProblem: one of them parts the rows.
    """
    of_place: list[str] = []
    of_series: list[str] = []
    remarks: list[str] = []
    unread: list[str] = []
    totals, wheres = options.chosen("total"), options.chosen("where")
    for column in options.ignored - {plain_name(cell) for cell in grid.header}:
        raise _problem(grid, name, column, f"column {show(column)} is missing", None)
    for at, head in enumerate(grid.header):
        column, title = plain_name(head), head.strip()
        if at in used or column in totals:
            continue
        cells = [cells[at] for _, cells in grid.rows]
        values = list(dict.fromkeys(cell for cell in cells))
        if column in options.ignored or values == [""]:
            unread.append(title)
            continue
        tokens = set(column.split("_"))
        geographic = kind_of(column) is not None or bool(tokens & AREAS)
        if geographic and (_names_place(cells, places) or _same_places(cells, places)):
            unread.append(title)
            continue
        splits = geographic or bool(tokens & (PEOPLE | COUNTS)) or GLUED.match(column) is not None
        numeric = _numeric(values)
        counted = _MEASURE.search(column) is not None or tokens & _COUNTED
        splits = splits or (not counted and _is_code(values, len(cells)))
        measure = numeric and (counted or not splits)
        if column not in wheres and not (splits and not measure and not _NOTE.fullmatch(column)):
            if _HARMLESS.fullmatch(column):
                unread += [] if _NOTE.fullmatch(column) else [title]
                continue
            if tokens & _TIME and not (_MEASURE.search(column) and numeric):
                if not _repeats_period(cells, periods, column):
                    raise _time_problem(grid, name, title, cells, column)
                continue
            if measure or _names_place(cells, places):
                unread.append(title)
                continue
        if len(values) > 1:
            raise _split_problem(grid, name, title, values)
        if is_whole(values[0]):
            continue
        if geographic or tokens & PEOPLE or GLUED.match(column):
            of_place.append(values[0])
            remarks.append(only_part(values[0], title))
        else:
            of_series.append(values[0])
            remarks.append(f"Only {values[0]} ({title}): the series is called after that part.")
    if unread:
        remarks.append(f"Not read: {_few(unread)}.")
    return Rest(tuple(of_place), tuple(of_series), tuple(remarks))


def notes_of(grid: Grid, used: Sequence[int]) -> list[tuple[str, str]]:
    """For each row the status `partial` or '', and the words, of its columns of notes."""
    columns = [
        at
        for at, head in enumerate(grid.header)
        if at not in used and _NOTE.fullmatch(plain_name(head))
    ]
    found = []
    for _, cells in grid.rows:
        text = "; ".join(cells[at] for at in columns if cells[at])
        found.append(("partial" if _PARTIAL.search(text) else "", text))
    return found


def says_partial(text: str) -> bool:
    """Whether a note says that a part of a period is counted."""
    return _PARTIAL.search(text) is not None


def _numeric(values: Sequence[str]) -> bool:
    """Whether cells are numbers, or say why there is none; one at least is a number."""
    numbers = [v for v in values if NUMBER.fullmatch(v.replace(",", "").removesuffix("%"))]
    other = [v for v in values if v not in numbers]
    return bool(numbers) and all(no_number(v) or v.lower() in _NO_RATE for v in other)


def _is_code(values: Sequence[str], rows: int) -> bool:
    """Whether numbers look like a code: all rows have the same, or each has 0 or 1."""
    return rows > 1 and (len(values) == 1 or set(values) == {"0", "1"})


_NO_RATE = ("unreliable", "not applicable", "not available", "ns", "withheld")


def _names_place(cells: Sequence[str], places: Sequence[str]) -> bool:
    """Whether a column is another name of the place: one to one, and each place is there again."""
    pairs = set(zip(cells, places, strict=True))
    distinct = len({cell for cell, _ in pairs}) == len(pairs) == len({place for _, place in pairs})
    return distinct and len(pairs) > 1 and 2 * len(pairs) <= len(cells)


def _same_places(cells: Sequence[str], places: Sequence[str]) -> bool:
    """Whether a column names the same states as the places are, in other letters."""
    return all(
        state_code(cell) is not None and state_code(cell) == state_code(place)
        for cell, place in zip(cells, places, strict=True)
    )


def _repeats_period(cells: Sequence[str], periods: Sequence[str], column: str) -> bool:
    """Whether a column of times says again what the date says, and no more."""
    if re.search(r"(^|_)(s|f)?fy(_|$)|fiscal", column):
        return all("-" in period for period in periods)
    for cell, period in zip(cells, periods, strict=True):
        stamp = stamp_of(cell, None)
        if stamp is None or stamp.status or stamp.kind not in ("year", "month", "quarter", "half"):
            return False
        said = {"year": f"{stamp.year}", "month": f"{stamp.year}-{stamp.part:02d}"}
        said |= {"quarter": f"{stamp.year}-Q{stamp.part}", "half": f"{stamp.year}-H{stamp.part}"}
        whole = period == said[stamp.kind] or (
            stamp.kind == "year" and period[:4] == f"{stamp.year}"
        )
        if not whole:
            return False
    return True


def _time_problem(
    grid: Grid, name: str, title: str, cells: Sequence[str], column: str
) -> SourceProblem:
    values = list(dict.fromkeys(cells))
    said = f"column '{title}' says of which part of a period a row is, and is not used"
    hint = f"Give the whole date in one column, or say --with date=…, or ignore={title}."
    if {"week", "weeks", "mmwr", "epiweek"} & set(column.split("_")):
        said = f"column '{title}' makes rows of weeks, which do not add up to months or years"
        hint = "Sum the deaths by month, and give a row a month."
    return SourceProblem(
        said, file=name, line=grid.line, field=title, found=_few(values), hint=hint
    )


def _split_problem(grid: Grid, name: str, title: str, values: Sequence[str]) -> SourceProblem:
    whole = next((value for value in values if is_whole(value)), None)
    first = next(value for value in values if value)
    hint = f"Say --with total={title}={whole}" if whole else f"Say --with where={title}={first}"
    hint += f", or, if it parts nothing, ignore={title}."
    return SourceProblem(
        f"column '{title}' parts the rows and is not used",
        file=name,
        line=grid.line,
        field=title,
        found=_few(values),
        hint=hint,
    )


def _few(values: Sequence[str]) -> str:
    shown = ", ".join(value or "blank" for value in values[:4])
    return shown if len(values) <= 4 else f"{shown}, ..."


def _problem(grid: Grid, name: str, column: str, says: str, hint: str | None) -> SourceProblem:
    return SourceProblem(says, file=name, line=grid.line, field=column, hint=hint)

"""A file of your own: CSV in our tidy form, or with columns for date, value and perhaps place.

Encodings (UTF-8, UTF-16, Windows-1252), delimiters (comma, semicolon, tab, bar), titles above and
footers below are found out. What can be read in two ways is not guessed: an option says how. No
column is left aside in silence that could make the rows a part of what they seem.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from upriver.core.errors import SourceProblem, did_you_mean, show
from upriver.core.units import UNITS
from upriver.evidence.calendars import CALENDARS
from upriver.evidence.readings import Reading, joined, record_rows
from upriver.evidence.record import BESIDE, COLUMNS, OPTIONAL, REQUIRED, STATUSES
from upriver.evidence.rows import parse_records
from upriver.evidence.tables import (
    LINE,
    Frame,
    PathLike,
    csv_text,
    name_of,
    pandas,
    plain_name,
    read_bytes,
)

from .base import Source, only_by_hand
from .user_cells import numbers_of, withheld
from .user_columns import notes_of, rest_of, says_partial, selected
from .user_options import Options, options_of
from .user_periods import Periods
from .user_text import Grid, grid_of, text_of
from .user_what import constant, dates_in, series_and_unit, value_in
from .user_where import place_in
from .user_words import check_measure, only_part, parts_said, with_span

NAME = "user_csv"


def read(path: PathLike, *more: PathLike, **options: str) -> Reading:
    """Read a file of your own, one at a time; options are the fields of `Options`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    if more:
        hint = "Read them one after the other, or join them."
        raise SourceProblem("is a second file", file=name_of(more[0]), hint=hint)
    options_of(options)
    name = name_of(path)
    grid = grid_of(text_of(read_bytes(path), name), name)
    names = [plain_name(cell) for cell in grid.header]
    if {"series", "period", "value", "calendar"} <= {*names, *grid.shared}:
        reading = _tidy(grid, names, name)
        said = f"The file is in our own form and says all itself. Not used: {', '.join(options)}."
        return replace(reading, remarks=(*reading.remarks, said)) if options else reading
    shared = {key: text for key, text in grid.shared.items() if key in Options.__dataclass_fields__}
    return _dated(grid, names, name, options_of({**shared, **options}))


def _tidy(grid: Grid, names: list[str], name: str) -> Reading:
    """Our own form: checked by the reader of what ships, with the file's own lines in errors."""
    pd = pandas()
    grid = _over_time(grid, names)
    for column in names:
        if column not in (*REQUIRED, *OPTIONAL, *BESIDE):
            hint = did_you_mean(column, (*REQUIRED, *OPTIONAL))
            raise _problem(f"column {show(column)} is not known", grid, column, name, hint)
    rows = pd.DataFrame([cells for _, cells in grid.rows], columns=names, dtype=str)
    for key, value in grid.shared.items():
        rows[key] = value
    for column in REQUIRED:
        if column not in rows:
            raise _problem(f"column '{column}' is missing", grid, column, name)
    lines = [line for line, _ in grid.rows]
    _formulas(grid, name)
    columns = [column for column in COLUMNS if column in rows]
    for column in columns:
        rows[column] = rows[column].map(_unguarded)
    padded = [""] * lines[-1]
    padded[0] = ",".join(columns)
    for line, row in zip(lines, rows[columns].to_dict("records"), strict=True):
        padded[line - 1] = csv_text(columns, [row]).splitlines()[1]
    for records in parse_records(padded, name).values():
        _check_unit(records.unit, grid, name, grid.line)
    for column in ("value", "low", "high"):
        if column in rows:
            rows[column] = [float(text) if text else math.nan for text in rows[column]]
    rows.insert(0, LINE, lines)
    kept = record_rows(rows, **{column: rows[column] for column in COLUMNS if column in rows})
    for column in columns:
        kept[column] = rows[column]
    return Reading(NAME, (name,), rows, joined(kept), grid.remarks)


def _over_time(grid: Grid, names: list[str]) -> Grid:
    """A command's table without the rows that have no period, and are no record; that is said."""
    if not {*BESIDE, "calendar"} <= {*names}:
        return grid
    at = names.index("calendar")
    kept = [(line, cells) for line, cells in grid.rows if cells[at] in CALENDARS]
    left = len(grid.rows) - len(kept)
    if not left or not kept:
        return grid
    said = f"{left} rows of the command's table are left out: they are of no single period."
    return replace(grid, rows=kept, remarks=(*grid.remarks, said))


def _unguarded(text: str) -> str:
    """Text without the mark that we put before what a spreadsheet would take for a formula."""
    return text[1:] if re.match(r"'\s*[=+\-@#]", text) else text


def _dated(grid: Grid, names: list[str], name: str, options: Options) -> Reading:
    """A date, a value and perhaps a place in each row; every other column is asked what it does."""
    _formulas(grid, name)
    options = _with_calendar(grid, names, name, options)
    grid = selected(grid, names, name, options)
    date = dates_in(grid, names, name, options)
    value = value_in(grid, names, name, options, date.columns)
    titles = series_and_unit(grid, names, name, options, value)
    _check_unit(titles.unit, grid, name, None if "unit" not in names else grid.line)
    check_measure(grid, value, name, titles.unit, options.status)
    values = numbers_of(grid, value, name, options.decimal, titles.unit)
    place = place_in(grid, names, name, options, date.periods.labels, [v for v, _ in values])
    rolling = {at for at in _rolling(grid, names) if options.calendar == "12 months ending"}
    used = {*date.columns, value, *rolling, *titles.columns, *place.columns}
    provenance = {key: names.index(key) for key in ("source", "vintage", "status") if key in names}
    rest = rest_of(
        grid,
        sorted(used | set(provenance.values())),
        name,
        options,
        date.periods.labels,
        place.texts,
    )
    said = parts_said(grid, value, name, options, bool(place.columns), bool(rest.of_place))
    parts = (*rest.of_place, *said)
    statuses, notes = _told(grid, names, used, date.periods, [s for _, s in values], options)
    numbers, statuses = withheld([number for number, _ in values], statuses, notes)
    frame = pandas().DataFrame(
        {
            LINE: [line for line, _ in grid.rows],
            "place": [_part(text, parts) for text in place.texts],
            "period": list(date.periods.labels),
            "value": numbers,
            "status": statuses,
        }
    )
    frame["value"] = frame["value"].astype(float)
    partial = list(dict.fromkeys(frame["period"][frame["status"] == "partial"]))
    unfinished = (f"Of a part of the period alone: {', '.join(partial[:6])}.",) if partial else ()
    _twice(frame, name)
    series = titles.series
    if rest.of_series:
        series = f"{series} ({', '.join(rest.of_series)})"
    rows = record_rows(
        frame,
        series=series,
        place=frame["place"],
        calendar=date.periods.calendar,
        period=frame["period"],
        value=frame["value"],
        unit=titles.unit,
        source=_cells(grid, provenance.get("source"), options.source),
        vintage=_cells(grid, provenance.get("vintage"), options.vintage),
        status=frame["status"],
        note=notes,
    )
    remarks = (
        *titles.remarks,
        *place.remarks,
        *(only_part(part, where) for part, where in said.items()),
        *date.periods.remarks,
        *unfinished,
        *rest.remarks,
        *grid.remarks,
    )
    return Reading(NAME, (name,), frame, joined(rows), remarks)


def _with_calendar(grid: Grid, names: list[str], name: str, options: Options) -> Options:
    """Options with the calendar that a column says, `calendar` or `12 month-ending`."""
    if options.calendar is None and "calendar" in names:
        said = constant(grid, names.index("calendar"), name)
        return replace(options, calendar=said if said in CALENDARS else None)
    if options.calendar is None and _rolling(grid, names):
        return replace(options, calendar="12 months ending")
    return with_span(grid, names, name, options)


def _rolling(grid: Grid, names: list[str]) -> list[int]:
    """Columns whose every cell is `12 month-ending`, as the CDC has one."""
    ending = re.compile(r"(12|twelve)[ -]months?[ -]ending", re.IGNORECASE)
    return [
        at for at in range(len(names)) if all(ending.fullmatch(cells[at]) for _, cells in grid.rows)
    ]


def _part(place: str, parts: Sequence[str]) -> str:
    """A part of the people of a place: `US:Female`, `OH:Adams/Female`."""
    if not parts:
        return place
    return place + ("/" if ":" in place else ":") + "/".join(parts)


def _told(
    grid: Grid,
    names: Sequence[str],
    used: set[int],
    periods: Periods,
    of_values: Sequence[str],
    options: Options,
) -> tuple[list[str], list[str]]:
    """Status and note of each row: from its cell, its date, its own columns and the footers."""
    whole = [text for text in grid.said if says_partial(text)]
    years = {year for text in whole for year in re.findall(r"(?:19|20)\d\d", text)}
    own = [""] * len(grid.rows)
    if "status" in names:
        cells = [cells[names.index("status")].lower() for _, cells in grid.rows]
        own = [cell if cell in STATUSES else "" for cell in cells]
    statuses, notes = [], []
    for i, (partial, words) in enumerate(notes_of(grid, sorted(used))):
        label = periods.labels[i]
        below = "partial" if any(label.endswith(y) or label.startswith(y) for y in years) else ""
        found = of_values[i] or own[i] or periods.statuses[i] or partial or below
        statuses.append(found or options.status)
        said = "" if own[i] and words.lower() == own[i] else words
        notes.append("; ".join(text for text in (periods.notes[i], said) if text))
    return statuses, notes


def _cells(grid: Grid, at: int | None, otherwise: str) -> list[str]:
    return [cells[at] if at is not None and cells[at] else otherwise for _, cells in grid.rows]


def _formulas(grid: Grid, name: str) -> None:
    for line, cells in grid.rows:
        for at, cell in enumerate(cells):
            if cell.startswith("=") or cell in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!"):
                column = grid.header[at].strip()
                raise SourceProblem(
                    f"column '{column}' holds a formula or its error",
                    file=name,
                    line=line,
                    field=column,
                    found=show(cell),
                    hint="Save the values, not the formulas.",
                )


def _check_unit(unit: str, grid: Grid, name: str, line: int | None) -> None:
    if unit not in UNITS:
        allowed = "people, " + ", ".join(sorted(UNITS)[:8]) + ", ..."
        raise SourceProblem(
            "the unit is not on the list of units",
            file=name,
            line=line,
            field="unit",
            found=show(unit),
            allowed=allowed,
            hint=did_you_mean(unit, UNITS),
        )


def _twice(frame: Frame, name: str) -> None:
    again = frame.duplicated(["place", "period"])
    if again.any():
        row = frame[again].iloc[0]
        same = frame[(frame["place"] == row["place"]) & (frame["period"] == row["period"])]
        raise SourceProblem(
            f"{row['place']}, {row['period']} is there twice, first in line {same.iloc[0][LINE]}",
            file=name,
            line=int(row[LINE]),
            field="period",
        )


def _problem(
    says: str, grid: Grid, column: str, name: str, hint: str | None = None
) -> SourceProblem:
    return SourceProblem(says, file=name, line=grid.line, field=column, hint=hint)


SOURCE = Source(
    name=NAME,
    title="A file of your own",
    publisher="you",
    gives="Whatever you recorded: a series, its unit, dates and values, by place if you like.",
    url="",
    terms="Yours.",
    files="CSV in our own form, or with columns for date, value and perhaps place.",
    series=("{series}",),
    reference="user",
    read=read,
    fetch=only_by_hand(NAME, "the file is yours."),
    by_hand="The file is yours.",
)

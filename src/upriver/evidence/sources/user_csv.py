"""A file of your own: CSV in our tidy form, or with columns for date, value and perhaps place.

Encodings (UTF-8, UTF-16, Windows-1252), delimiters (comma, semicolon, tab, bar), titles above and
footers below are found out. What can be read in two ways is not guessed: dates of 03/04/2021 and
numbers like 1,234 are read only if the rest of their column, or an option, says how.
"""

from collections.abc import Sequence

from upriver.core.errors import SourceProblem, did_you_mean, show
from upriver.core.units import UNITS
from upriver.evidence.places import place_code
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.record import COLUMNS, OPTIONAL, REQUIRED, STATUSES, parse_records
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
from .user_cells import Dates, dates_of, numbers_of
from .user_options import Options, options_of
from .user_text import Grid, grid_of, text_of

NAME = "user_csv"

DATES = ("date", "period", "month", "year", "fiscal_year", "time", "day")
VALUES = ("value", "values", "count", "number", "n", "deaths", "amount", "total", "rate")
PLACES = ("place", "state", "region", "province", "country", "jurisdiction", "geography")


def read(path: PathLike, **options: str) -> Reading:
    """Read a file of your own; options are the fields of `Options`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    chosen = options_of(options)
    name = name_of(path)
    grid = grid_of(text_of(read_bytes(path), name), name)
    names = [plain_name(cell) for cell in grid.header]
    tidy = {"series", "period", "value"} <= set(names)
    if tidy:
        return _tidy(grid, names, name)
    return _dated(grid, names, name, chosen)


def _tidy(grid: Grid, names: list[str], name: str) -> Reading:
    """Our own form: checked by the reader of what ships, with the file's own lines in errors."""
    pd = pandas()
    for column in names:
        if column not in (*REQUIRED, *OPTIONAL):
            hint = did_you_mean(column, (*REQUIRED, *OPTIONAL))
            raise _problem(f"column {show(column)} is not known", grid, column, name, hint)
    rows = pd.DataFrame([cells for _, cells in grid.rows], columns=names, dtype=str)
    for key, value in grid.shared.items():
        rows[key] = value
    for column in REQUIRED:
        if column not in rows:
            raise _problem(f"column '{column}' is missing", grid, column, name)
    lines = [line for line, _ in grid.rows]
    _formulas([(line, cells) for line, cells in grid.rows], grid, name)
    columns = [column for column in (*REQUIRED, *OPTIONAL) if column in rows]
    padded = [""] * lines[-1]
    padded[0] = ",".join(columns)
    table = rows[columns].to_dict("records")
    for line, row in zip(lines, table, strict=True):
        padded[line - 1] = csv_text(columns, [row]).splitlines()[1]
    for records in parse_records(padded, name).values():
        _check_unit(records.unit, grid, name, grid.line)
    rows["value"] = pd.to_numeric(rows["value"], errors="coerce")
    rows.insert(0, LINE, lines)
    kept = record_rows(rows, **{column: rows[column] for column in COLUMNS if column in rows})
    return Reading(NAME, (name,), rows, joined(kept), grid.remarks)


def _dated(grid: Grid, names: list[str], name: str, options: Options) -> Reading:
    """A date, a value and perhaps a place in each row."""
    pd = pandas()
    date = _dates(grid, names, name, options)
    value = _column(grid, names, name, options.value, VALUES, "value", "value=NAME")
    place = _column(grid, names, name, options.place_column, PLACES, None, "place_column=NAME")
    series, unit = _constant(grid, names, name, "series", options.series), None
    unit = _constant(grid, names, name, "unit", options.unit)
    _formulas(grid.rows, grid, name)
    values = numbers_of(grid, value, name, options.decimal)
    _check_unit(unit, grid, name, None if "unit" not in names else grid.line)
    frame = pd.DataFrame(
        {
            LINE: [line for line, _ in grid.rows],
            "place": _places(grid, place, name, options),
            "period": list(date.labels),
            "value": [number for number, _ in values],
            "status": [status or options.status for _, status in values],
        }
    )
    frame["value"] = frame["value"].astype(float)
    frame = checked(frame, _schema(), name)
    _twice(frame, name)
    rows = record_rows(
        frame,
        series=series,
        place=frame["place"],
        calendar=options.calendar or date.calendar,
        period=frame["period"],
        value=frame["value"],
        unit=unit,
        source=options.source,
        vintage=options.vintage,
        status=frame["status"],
    )
    reading = Reading(NAME, (name,), frame, joined(rows), grid.remarks)
    if options.calendar:
        reading.parsed()
    return reading


def _column(
    grid: Grid,
    names: list[str],
    name: str,
    wanted: str | None,
    known: Sequence[str],
    what: str | None,
    option: str,
) -> int | None:
    """Where a column stands: the one named, else the only one with a name that we know."""
    if wanted is not None:
        if plain_name(wanted) not in names:
            hint = did_you_mean(plain_name(wanted), names)
            raise _problem(f"column {show(wanted)} is missing", grid, wanted, name, hint)
        return names.index(plain_name(wanted))
    found = [at for at, column in enumerate(names) if column in known]
    if len(found) == 1:
        return found[0]
    if what is None and not found:
        return None
    says = "more than one column could be" if found else "no column is called"
    listed = ", ".join(cell.strip() for cell in grid.header)
    hint = f"Say which with {option}; the file has {listed}."
    raise _problem(f"{says} the {what or 'place'}", grid, what or "place", name, hint)


def _dates(grid: Grid, names: list[str], name: str, options: Options) -> Dates:
    """Labels of periods; year and month may stand in columns of their own."""
    if options.date is None and "year" in names and "month" in names:
        year, month = names.index("year"), names.index("month")
        cells = [(line, f"{row[month]} {row[year]}".strip()) for line, row in grid.rows]
        return dates_of(cells, "month", name, options.dates)
    at = _column(grid, names, name, options.date, DATES, "date", "date=NAME")
    cells = [(line, row[at or 0]) for line, row in grid.rows]
    return dates_of(cells, grid.header[at or 0].strip(), name, options.dates)


def _constant(grid: Grid, names: list[str], name: str, what: str, given: str | None) -> str:
    """What is one for the whole file: an option, or a column that says the same in each row."""
    if given is not None:
        return given
    if what not in names:
        raise _problem(f"nothing says the {what}", grid, what, name, f"Give it with {what}=….")
    at = names.index(what)
    first = grid.rows[0][1][at].strip()
    for line, cells in grid.rows:
        if cells[at].strip() != first or not first:
            raise SourceProblem(
                f"column '{what}' should say the same in each row",
                file=name,
                line=line,
                field=what,
                found=show(cells[at].strip()),
                allowed=show(first),
            )
    return first


def _places(grid: Grid, at: int | None, name: str, options: Options) -> list[str]:
    if at is None:
        return [options.place] * len(grid.rows)
    found = []
    for line, cells in grid.rows:
        text = cells[at].strip()
        if not text:
            raise SourceProblem(
                f"column '{grid.header[at].strip()}' is empty",
                file=name,
                line=line,
                field=grid.header[at].strip(),
                hint="Merged cells leave blanks below them: write the place in each row.",
            )
        found.append(place_code(text) or text)
    return found


def _formulas(rows: Sequence[tuple[int, Sequence[str]]], grid: Grid, name: str) -> None:
    for line, cells in rows:
        for at, cell in enumerate(cells):
            if cell.strip().startswith("=") or cell.strip() in (
                "#REF!",
                "#DIV/0!",
                "#N/A",
                "#VALUE!",
            ):
                column = grid.header[at].strip()
                raise SourceProblem(
                    f"column '{column}' holds a formula or its error",
                    file=name,
                    line=line,
                    field=column,
                    found=show(cell.strip()),
                    hint="Save the values, not the formulas.",
                )


def _check_unit(unit: str, grid: Grid, name: str, line: int | None) -> None:
    if unit not in UNITS:
        allowed = ", ".join(sorted(UNITS)[:8]) + ", ..."
        raise SourceProblem(
            "the unit is not on the list of units",
            file=name,
            line=line,
            field="unit",
            found=show(unit),
            allowed=allowed,
            hint=did_you_mean(unit, UNITS),
        )


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    text = pa.Column(str, pa.Check.str_length(min_value=1, error="a text"))
    return {
        "place": text,
        "period": text,
        "value": pa.Column(float, nullable=True),
        "status": pa.Column(str, pa.Check.isin(list(STATUSES), error="a status")),
    }


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
    files="CSV in our tidy form, or with columns date, value and perhaps place.",
    series=("{series}",),
    reference="user",
    read=read,
    fetch=only_by_hand(NAME, "the file is yours."),
    by_hand="The file is yours.",
)

"""Which columns of a user's file are the date and the value, and what the series is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from upriver.core.errors import SourceProblem, did_you_mean, show
from upriver.evidence.calendars import fiscal_month, month_label
from upriver.evidence.places import month_number
from upriver.evidence.tables import plain_name

from .user_options import Options
from .user_periods import Periods, periods_of
from .user_stamps import is_fiscal
from .user_text import Grid
from .user_words import is_rolling

DATES = (
    "date", "period", "month", "year", "fiscal_year", "time", "day", "time_period", "quarter",
    "reporting_period", "year_month", "yearmonth", "month_year", "fy", "sfy", "ffy", "week",
    "state_fiscal_year", "federal_fiscal_year", "calendar_year", "cy", "week_ending",
    "year_quarter", "month_ending", "date_of_death", "yyyymm", "ym", "report_date",
    "half_year", "yr",
)  # fmt: skip
VALUES = (
    "value", "values", "count", "number", "n", "deaths", "amount", "total", "rate", "data_value",
    "death_count", "deaths_count", "number_of_deaths", "overdose_deaths", "overdoses", "fatalities",
    "decedents", "total_deaths", "drug_overdose_deaths", "obs_value", "quantity", "seizures",
    "reports", "opioid_deaths", "num_deaths", "n_deaths",
)  # fmt: skip
YEARS = ("year", "calendar_year", "yr", "fiscal_year", "fy", "sfy", "ffy", "state_fiscal_year",
         "federal_fiscal_year")  # fmt: skip
PEOPLE_WORDS = frozenset(
    ("deaths", "death", "overdoses", "fatalities", "decedents", "people", "persons")
)


@dataclass(frozen=True)
class Dated:
    """Where the date stands, and the periods of the rows."""

    columns: tuple[int, ...]
    periods: Periods


@dataclass(frozen=True)
class Titles:
    """The series, its unit, and where a column says them."""

    series: str
    unit: str
    columns: tuple[int, ...]
    remarks: tuple[str, ...] = ()


def dates_in(grid: Grid, names: list[str], name: str, options: Options) -> Dated:
    """Periods of the rows; year and month, or year and quarter, may stand in two columns.

    Raises:
        SourceProblem: no column is the date, or it cannot be read; see `periods_of`.
    """
    years = [at for at, column in enumerate(names) if column in YEARS]
    for part in ("month", "quarter"):
        if options.date is None and part in names and len(years) == 1:
            at, other = years[0], names.index(part)
            cells, told = _two_columns(grid, at, other, part, name, options)
            title = f"{grid.header[at].strip()} and {grid.header[other].strip()}"
            return Dated((at, other), periods_of(cells, title, name, told))
    known = [column for column in DATES if column in names and not _rolls(grid, names, column)]
    known = [column for column in known if column != "week"] or known
    known += [column for column in names if is_rolling(column)]
    at = column_of(grid, names, name, options.date, known, "date", "date=NAME")
    cells = [(line, row[at]) for line, row in grid.rows]
    fiscal = any(_FISCAL.search(text) for text in _words_beside(grid))
    return Dated((at,), periods_of(cells, grid.header[at].strip(), name, options, fiscal=fiscal))


_FISCAL = re.compile(r"fiscal year|fiscal-year|\b[SF]FY\b", re.IGNORECASE)


def _words_beside(grid: Grid) -> list[str]:
    """What is said around the table and in its columns of notes."""
    notes = [
        at for at, head in enumerate(grid.header) if re.search(r"note|comment|remark", head.lower())
    ]
    return [*grid.said, *(cells[at] for _, cells in grid.rows for at in notes)]


def _rolls(grid: Grid, names: list[str], column: str) -> bool:
    """Whether a column says only that rows are of 12 months, as the CDC's `Period` does."""
    at = names.index(column)
    return all(re.match(r"12 ?-?month", cells[at], re.IGNORECASE) for _, cells in grid.rows)


def _two_columns(
    grid: Grid, year: int, other: int, part: str, name: str, options: Options
) -> tuple[list[tuple[int, str]], Options]:
    """Cells of a month or a quarter with their year; months of fiscal years in calendar years."""
    fiscal = is_fiscal(grid.header[year])
    line, cells = grid.rows[0]
    if fiscal and (options.fiscal_month is None or part == "quarter"):
        hint = "Say when it begins: --fiscal-year us, or july."
        if part == "quarter":
            hint = "Give quarters of calendar years, as 2021-Q1."
        raise SourceProblem(
            f"column '{grid.header[year].strip()}' is a fiscal year, with a {part} beside it",
            file=name,
            line=line,
            field=grid.header[year].strip(),
            hint=hint,
        )
    found = []
    for line, cells in grid.rows:
        first, second = cells[year].strip(), cells[other].strip()
        if part == "quarter":
            digit = re.sub(r"\D", "", second) if len(second) <= 14 else second
            found.append((line, f"{first}-Q{digit}" if digit in ("1", "2", "3", "4") else second))
            continue
        whole = first.removesuffix(".0")
        if re.fullmatch(r"\d{1,2}(\.0)?", second) and 1 <= float(second) <= 12:
            second = f"{int(float(second)):02d}"
        month = int(second) if second.isdigit() else month_number(second)
        if fiscal and month and re.fullmatch(r"(FY ?)?\d{4}", whole):
            begins = options.fiscal_month or 10
            ends = int(whole[-4:])
            at = fiscal_month(ends, month)[0] if begins == 10 else ends - (1 < begins <= month)
            found.append((line, month_label(at, month)))
        elif month and re.fullmatch(r"\d{4}", whole):
            found.append((line, f"{whole}-{month:02d}"))
        else:
            found.append((line, f"{second} {whole}".strip()))
    return found, replace(options, fiscal_year=None, dates=options.dates or "months")


def value_in(
    grid: Grid, names: list[str], name: str, options: Options, taken: Sequence[int]
) -> int:
    """Where the value stands; raises SourceProblem."""
    known = [column for column in VALUES if column not in {names[at] for at in taken}]
    return column_of(grid, names, name, options.value, known, "value", "value=NAME")


def column_of(
    grid: Grid,
    names: list[str],
    name: str,
    wanted: str | None,
    known: Sequence[str],
    what: str,
    option: str,
) -> int:
    """Where a column stands: the one named, else the only one with a name that we know.

    Raises:
        SourceProblem: there is none, or more than one.
    """
    if wanted is not None:
        if plain_name(wanted) not in names:
            hint = did_you_mean(plain_name(wanted), names)
            raise _problem(f"column {show(wanted)} is missing", grid, wanted, name, hint)
        return names.index(plain_name(wanted))
    found = [at for at, column in enumerate(names) if column in known]
    if len(found) == 1:
        return found[0]
    says = "more than one column could be" if found else "no column is called"
    listed = ", ".join(cell.strip() for cell in grid.header)
    hint = f"Say which with --with {option}; the file has {listed}."
    raise _problem(f"{says} the {what}", grid, what, name, hint)


def constant(grid: Grid, at: int, name: str) -> str:
    """What a column says in each row alike; raises SourceProblem where it does not."""
    what = plain_name(grid.header[at])
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


def series_and_unit(
    grid: Grid, names: list[str], name: str, options: Options, value: int
) -> Titles:
    """The series and its unit: an option says them, a column, or the name of the column of values.

    Raises:
        SourceProblem: nothing says one of them, or a column says two.
    """
    words = set(names[value].split("_"))
    told = {"series": options.series, "unit": options.unit}
    columns = {
        what: names.index(what) for what in told if what in names and names.index(what) != value
    }
    if words & PEOPLE_WORDS and not words & {"rate", "rates", "per", "percent", "share", "pct"}:
        guessed = {"series": names[value], "unit": "people"}
    else:
        guessed = {}
    found: dict[str, str] = {}
    for what, given in told.items():
        if given is not None:
            found[what] = given
        elif what in columns:
            found[what] = constant(grid, columns[what], name)
        elif what in guessed:
            found[what] = guessed[what]
    missing = [what for what in told if what not in found]
    if missing:
        title = grid.header[value].strip()
        example = {"series": Path(name).stem[:20] or "mine", "unit": "people"}
        hint = "Give it: " if len(missing) == 1 else "Give them: "
        hint += " ".join(f"--with {what}={example[what]}" for what in missing) + "."
        says = f"nothing says the {' and the '.join(missing)} of column '{title}'"
        raise _problem(says, grid, missing[0], name, hint)
    by_name = [what for what in guessed if told[what] is None and what not in columns]
    remarks = tuple(
        f"The {what} is '{found[what]}', after the column {grid.header[value].strip()}: "
        f"--with {what}=… says otherwise."
        for what in by_name
    )
    return Titles(found["series"], found["unit"], tuple(columns.values()), remarks)


def _problem(
    says: str, grid: Grid, column: str, name: str, hint: str | None = None
) -> SourceProblem:
    return SourceProblem(says, file=name, line=grid.line, field=column, hint=hint)

"""Mutants of a user's CSV: whatever is left out, added or renamed, no part is read as the whole.

A small country whose every death is known is written in several shapes. Then each file is changed,
one thing at a time: what is still read must be true of that country, or be called a part.
"""

import io
from collections.abc import Callable, Iterator
from csv import writer
from dataclasses import dataclass, field, replace

import pytest
from own_csv import Came, came

SERIES = "overdoses"
STATES = {"OH": "Ohio", "TX": "Texas", "GA": "Georgia", "WA": "Washington", "DE": "Delaware"}
FIPS = {"OH": 39, "TX": 48, "GA": 13, "WA": 53, "DE": 10, "US": 0}
YEARS = (2019, 2020, 2021)
Key = tuple[str, str, str]
"""Place, calendar and period."""


def died(place: str, year: int, month: int, sex: str) -> int:
    """Deaths of a month; `ZZ` is all the rest of the country."""
    at = ("ZZ", *STATES).index(place)
    return 100 + 37 * at + 11 * (year - 2019) + 3 * month + (5 if sex == "Male" else 0)


def count(place: str, months: list[tuple[int, int]], sexes: tuple[str, ...]) -> int:
    places = ("ZZ", *STATES) if place == "US" else (place,)
    return sum(died(p, y, m, s) for p in places for y, m in months for s in sexes)


BOTH = ("Female", "Male")
SPANS: dict[tuple[str, str], list[tuple[int, int]]] = {
    **{("year", f"{y}"): [(y, m) for m in range(1, 13)] for y in YEARS},
    **{("month", f"{y}-{m:02d}"): [(y, m)] for y in YEARS for m in range(1, 13)},
    **{
        ("quarter", f"{y}-Q{q}"): [(y, 3 * q - 2), (y, 3 * q - 1), (y, 3 * q)]
        for y in YEARS
        for q in (1, 2, 3, 4)
    },
    **{
        ("fiscal year", f"FY{y}"): [(y - 1, 10), (y - 1, 11), (y - 1, 12)]
        + [(y, m) for m in range(1, 10)]
        for y in YEARS[1:]
    },
}
TRUTH: dict[Key, int] = {
    (place, calendar, period): count(place, months, BOTH)
    for place in ("US", *STATES)
    for (calendar, period), months in SPANS.items()
}
"""Deaths of every place and period that a file may hold."""


@dataclass(frozen=True)
class File:
    """A header, rows of it, the options that it needs, and what is true of it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    options: dict[str, str] = field(default_factory=dict)
    truth: dict[Key, int] = field(default_factory=lambda: TRUTH)

    def text(self, delimiter: str = ",", end: str = "\n") -> str:
        out = io.StringIO()
        table = writer(out, delimiter=delimiter, lineterminator=end)
        table.writerows((self.header, *self.rows))
        return out.getvalue()

    def column(self, name: str) -> int:
        return self.header.index(name)

    def each(self, name: str, change: Callable[[str], str]) -> "File":
        """With every cell of a column changed."""
        at = self.column(name)
        rows = tuple((*row[:at], change(row[at]), *row[at + 1 :]) for row in self.rows)
        return replace(self, rows=rows)

    def named(self, old: str, new: str) -> "File":
        return replace(self, header=tuple(new if name == old else name for name in self.header))

    def where(self, keep: Callable[[tuple[str, ...]], bool]) -> "File":
        return replace(self, rows=tuple(row for row in self.rows if keep(row)))

    def beside(self, name: str, cells: list[str]) -> "File":
        """With a column more, before the last."""
        rows = tuple((*r[:-1], cell, r[-1]) for r, cell in zip(self.rows, cells, strict=True))
        return replace(self, header=(*self.header[:-1], name, self.header[-1]), rows=rows)


def shape(place: str | None, time: str, names: tuple[str, ...], calendar: str) -> File:
    """A file of the country and, if there is a column for it, of its states."""
    places = ("US", *STATES) if place else ("US",)
    rows = []
    for (its, period), months in SPANS.items():
        if its == calendar:
            for one in places:
                said = (STATES.get(one, "United States") if names else one,) if place else ()
                rows.append((*said, period, f"{count(one, months, BOTH)}"))
    header = (*((place,) if place else ()), time, "deaths")
    return File(header, tuple(rows))


FISCAL = replace(shape("state", "fiscal_year", (), "fiscal year"), options={"fiscal_year": "us"})
FILES = {
    "states by year": shape("state", "year", ("full",), "year"),
    "states by letters and month": shape("state", "month", (), "month"),
    "the country by year": shape(None, "year", (), "year"),
    "the country by month": shape(None, "date", (), "month"),
    "places by quarter": shape("place", "quarter", ("full",), "quarter"),
    "states by fiscal year": FISCAL.each("fiscal_year", lambda cell: cell.removeprefix("FY")),
}


def read(file: File, folder, content: str | bytes | None = None) -> Came:
    return came(folder, file.text() if content is None else content, **file.options)


def whole(found: Came) -> dict[Key, float]:
    """What is read of whole periods, under the names of the country and of its states."""
    return {
        (place, calendar, period): value
        for series, place, calendar, period, value, status in found.rows
        if series == SERIES and place in FIPS and status == "reported" and value == value
    }


def expected(file: File) -> dict[Key, int]:
    """All that an unchanged file holds."""
    calendar = {"fiscal_year": "fiscal year", "date": "month"}.get(file.header[-2], file.header[-2])
    places = ("US", *STATES) if len(file.header) > 2 else ("US",)
    return {key: v for key, v in TRUTH.items() if key[1] == calendar and key[0] in places}


# Changes that take nothing away: each must still give the total of every place and period.

Harmless = Callable[[File], str | bytes]
HARMLESS: dict[str, Harmless] = {
    "as it is": lambda f: f.text(),
    "a byte order mark": lambda f: b"\xef\xbb\xbf" + f.text().encode(),
    "UTF-16": lambda f: f.text().encode("utf-16"),
    "line ends of Windows": lambda f: f.text(end="\r\n"),
    "semicolons": lambda f: f.text(";"),
    "tabs": lambda f: f.text("\t"),
    "columns in another order": lambda f: replace(
        f, header=f.header[::-1], rows=tuple(row[::-1] for row in f.rows)
    ).text(),
    "rows in another order": lambda f: replace(f, rows=f.rows[::-1]).text(),
    "blank lines below": lambda f: f.text() + "\n,\n\n",
    "a footer": lambda f: f.text() + '\n"Source: the office, 2024"\n',
    "a title": lambda f: "Overdose deaths\n\n" + f.text(),
    "a remark": lambda f: "# made by hand\n" + f.text(),
    "capitals": lambda f: f.text().upper(),
    "spaces": lambda f: f.text().replace(",", " , "),
    "quotation marks": lambda f: "\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in (f.header, *f.rows)
    ),
    "an index": lambda f: replace(
        f, header=("", *f.header), rows=tuple((f"{i}", *r) for i, r in enumerate(f.rows))
    ).text(),
    "thousands": lambda f: f.each("deaths", lambda cell: f"{int(cell):,}").text(),
    "decimals of nothing": lambda f: f.each("deaths", lambda cell: f"{cell}.0").text(),
    "a column of notes": lambda f: f.beside("notes", ["", *["final"] * (len(f.rows) - 1)]).text(),
    "a column of rates": lambda f: f.beside(
        "crude_rate_per_100k", [f"{i / 7:.2f}" for i in range(len(f.rows))]
    ).text(),
    "everyone, said so": lambda f: f.beside("sex", ["All"] * len(f.rows)).text(),
    "an empty column": lambda f: f.beside("remarks", [""] * len(f.rows)).text(),
}
CASES = [(name, change) for name in FILES for change in HARMLESS]


@pytest.mark.parametrize(("name", "change"), CASES)
def test_a_file_that_is_whole_gives_its_totals(name, change, tmp_path):
    file = FILES[name]
    found = read(file, tmp_path, HARMLESS[change](file))
    assert not found.refused
    assert whole(found) == expected(file)


@pytest.mark.parametrize("write", [str, lambda number: f"{number:02d}"])
def test_states_by_their_numbers_give_their_totals(write, tmp_path):
    file = FILES["states by letters and month"].each("state", lambda code: write(FIPS[code]))
    assert whole(read(file, tmp_path)) == expected(file)


# Changes that leave a part, or make it look like the whole.

SPLITS = {
    "sex": BOTH,
    "Gender": ("F", "M"),
    "age": ("0-17", "18+"),
    "race": ("White", "Other"),
    "county": ("Adams", "Washington"),
    "drug": ("fentanyl", "heroin"),
    "intent": ("Unintentional", "Suicide"),
    "lab type": ("Federal", "State"),
    "facility": ("North", "South"),
}
YEAR_KINDS: dict[str, Callable[[str], str]] = {
    "FY": lambda year: f"FY{year}",
    "FY in short": lambda year: f"FY{year[2:]}",
    "SFY": lambda year: f"SFY{year}",
    "two years": lambda year: f"{year}-{int(year[2:]) + 1}",
    "two years in full": lambda year: f"{int(year) - 1}/{year}",
    "middles": lambda year: f"{year}.5",
    "tenths": lambda year: f"{year}.1",
    "first days": lambda year: f"{year}-01-01",
    "last days": lambda year: f"12/31/{year}",
    "a mark": lambda year: f"{year}*",
}
PARTS = (
    "{} (provisional and partial)",
    "{} YTD",
    "YTD {}",
    "{} (through June)",
    "Jan-Jun {}",
    "{} (Jan to Sep)",
    "{} (first half)",
    "{} (incomplete)",
    "June {} YTD",
)
SLIPS = {"Ohio": "Ohoi", "Texas": "Texs", "Georgia": "Goergia", "Washington": "Washingtom"}


def half(file: File) -> File:
    """The same file of women alone: less than everyone, whatever it is called."""
    return file.each("deaths", lambda cell: f"{int(cell) * 2 // 5}")


def mutants() -> Iterator[tuple[str, File]]:
    for name, file in FILES.items():
        for title, change in _of_any(file):
            yield f"{name}: {title}", change
    for name in ("states by year", "the country by year"):
        for title, change in _of_years(FILES[name]):
            yield f"{name}: {title}", change
    for name in ("states by letters and month", "the country by month"):
        for title, change in _of_months(FILES[name]):
            yield f"{name}: {title}", change
    for name in ("states by year", "states by letters and month", "places by quarter"):
        for title, change in _of_places(FILES[name]):
            yield f"{name}: {title}", change


def _of_any(file: File) -> Iterator[tuple[str, File]]:
    """What can be done to every shape: rows dropped, a column that parts them."""
    for time in sorted({row[-2] for row in file.rows})[::5]:
        yield f"without {time}", file.where(lambda row, time=time: row[-2] != time)
    for column, (one, two) in SPLITS.items():
        count = len(file.rows)
        yield f"only {one} ({column})", half(file).beside(column, [one] * count)
        turns = [(one, two)[i % 2] for i in range(count)]
        yield f"{one} and {two} by turns ({column})", half(file).beside(column, turns)
        both = replace(half(file), rows=tuple(row for row in half(file).rows for _ in range(2)))
        yield f"{one} and {two} ({column})", both.beside(column, [one, two] * count)
        blank = [one if i % 2 else "" for i in range(count)]
        yield f"{one} and blanks ({column})", half(file).beside(column, blank)
    at = len(file.rows) // 2
    code = tuple((*r[:-1], "-1") if i == at else r for i, r in enumerate(file.rows))
    yield "a code for what is withheld", replace(file, rows=code)


def _of_years(file: File) -> Iterator[tuple[str, File]]:
    """Years of another kind, whose sums are not those of calendar years."""
    other = replace(file, truth={})
    for column in ("fiscal_year", "FY", "State Fiscal Year", "sfy"):
        yield f"column {column}", other.named("year", column)
    for kind, change in YEAR_KINDS.items():
        yield kind, other.each("year", change).named("year", "date")
    for words in ("Deaths by state fiscal year", "Fiscal years begin in July", "FY is SFY"):
        yield (
            f"footer {words}",
            replace(other, rows=(*other.rows, (words, *("",) * (len(other.header) - 1)))),
        )
    for label in PARTS:
        less = file.where(lambda row: row[-2] != "2021")
        last = half(file.where(lambda row: row[-2] == "2021"))
        last = last.each("year", lambda _, label=label: label.format(2021))
        yield label.format(2021), replace(less, rows=less.rows + last.rows)


def _of_months(file: File) -> Iterator[tuple[str, File]]:
    """Quarters by their first days, and weeks, are no months."""
    time = file.header[-2]
    cells = {f"{y}-{3 * q - 2:02d}": f"{y}-Q{q}" for y in YEARS for q in (1, 2, 3, 4)}
    sums = file.where(lambda row: row[-2] in cells)
    rows = tuple(
        (*r[:-1], f"{TRUTH[(r[0] if len(r) > 2 else 'US', 'quarter', cells[r[-2]])]}")
        for r in sums.rows
    )
    quarters = replace(sums, rows=rows)
    yield "first months of quarters", quarters
    yield "first days of quarters", quarters.each(time, lambda month: f"{month}-01")
    yield (
        "last months of quarters",
        quarters.each(time, lambda month: f"{month[:5]}{int(month[5:]) + 2:02d}"),
    )
    weeks = sorted({row[-2] for row in file.rows})[:4]
    weekly = half(file.where(lambda row: row[-2] in weeks))
    days = {month: f"2020-03-{1 + 7 * i:02d}" for i, month in enumerate(weeks)}
    yield "weeks", weekly.each(time, lambda month: days[month])
    numbers = {month: f"2020-W{10 + i}" for i, month in enumerate(weeks)}
    yield "weeks by number", weekly.each(time, lambda month: numbers[month])
    single = {month: f"2020-03-{3 + 4 * i:02d}" for i, month in enumerate(weeks)}
    yield "days", weekly.each(time, lambda month: single[month])
    short = file.where(lambda row: row[-2].endswith(("-01", "-02"))).each(time, lambda m: m[:4])
    yield "January and February called their year", replace(short.named(time, "year"))
    year = file.each(time, lambda m: f"{m[:4]}.{int(m[5:]):02d}")
    yield "months behind a point", replace(year, truth={})


def _of_places(file: File) -> Iterator[tuple[str, File]]:
    """Counties and countries by the names of states, slips, totals of a few."""
    place = file.header[0]
    parts = file.where(lambda row: row[0] not in ("US", "United States"))
    for column in ("county", "County Name", "city", "Facility", "parish", "zip", "hospital"):
        yield f"column {column}", replace(half(parts), truth={}).named(place, column)
    if any("Georgia" in row for row in file.rows):
        lone = parts.where(lambda row: row[0] == "Georgia")
        yield "Georgia, a country", replace(half(lone), truth={}).named(place, "country")
        yield "Georgia, a place", replace(half(lone), truth={}).named(place, "place")
    else:
        lone = parts.where(lambda row: row[0] == "DE")
        yield "DE, a country", replace(half(lone), truth={}).named(place, "country")
        yield "DE, a place", replace(half(lone), truth={}).named(place, "location")
    for right, slip in SLIPS.items():
        if any(right in row for row in file.rows):
            yield (
                f"{slip}",
                file.each(place, lambda cell, r=right, s=slip: s if cell == r else cell),
            )
    for state in dict.fromkeys(row[0] for row in parts.rows):
        yield f"without {state}", file.where(lambda row, state=state: row[0] != state)
        few = parts.where(lambda row, state=state: row[0] != state)
        sums: dict[str, int] = {}
        for _, time, value in few.rows:
            sums[time] = sums.get(time, 0) + int(value)
        totals = tuple(("Total", time, f"{value}") for time, value in sums.items())
        yield f"a total without {state}", replace(few, rows=few.rows + totals)
        yield (
            f"{state} there twice",
            replace(
                file, rows=file.rows + half(file.where(lambda r, state=state: r[0] == state)).rows
            ),
        )
    yield (
        "one state called nothing",
        replace(half(parts.where(lambda row: row[0] in ("OH", "Ohio"))), truth={}).named(
            place, "jurisdiction of my own"
        ),
    )


MUTANTS = dict(mutants())


def test_there_are_more_than_three_hundred_mutants():
    assert len(MUTANTS) >= 300
    assert len(CASES) >= 100


@pytest.mark.parametrize("name", MUTANTS)
def test_no_part_is_read_as_the_whole(name, tmp_path):
    file = MUTANTS[name]
    found = read(file, tmp_path)
    assert found.refused or found.rows
    for key, value in whole(found).items():
        assert file.truth.get(key) == value, (key, value)


def test_most_mutants_that_only_lack_rows_are_still_read(tmp_path):
    lacking = [n for n in MUTANTS if ": without " in n]
    assert all(not read(MUTANTS[name], tmp_path).refused for name in lacking)
    assert len(lacking) >= 20

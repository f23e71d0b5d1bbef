"""CDC WONDER exports of final and provisional deaths: by year or month, country or states.

Format: the text export of https://wonder.cdc.gov (tab or comma between cells): a table with a
column `Notes`, then a line `---` and the query in words, which `wonder_query` reads. A row is what
the publisher counted; nothing is summed here. A year or month of which a part is counted is
`partial`.
"""

import re

from upriver.core.errors import SourceProblem, show
from upriver.evidence.calendars import month_label
from upriver.evidence.places import COUNTRY, STATES, month_number, place_code
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import Frame, PathLike, name_of, once, plain_name, read_text, rows_of

from .base import Source, only_by_hand
from .odd import Odd, table_of
from .wholes import EVERYBODY, SPLITTING, refuse_steps, some
from .wonder_query import DRUGS, OVERDOSE, PARTIAL, Query, codes, query_of

__all__ = ["DRUGS", "NAME", "OVERDOSE", "REFERENCE", "SOURCE", "codes", "read"]

NAME = "cdc_wonder"
REFERENCE = "wonder"

WITHOUT = {"Suppressed": "suppressed", "Missing": "missing", "Not Applicable": "missing"}

_USED = ("state", "year", "year_code", "month", "month_code", "deaths")
_NEVER_READ = re.compile(
    r"(notes|population.*|crude_rate.*|age_adjusted_rate.*|of_total_deaths|(residence_)?state_code)"
)
"""Columns that say nothing of who is counted: rates, their limits and errors, what they are of."""

Rows = list[tuple[int, list[str]]]


def read(path: PathLike) -> Reading:
    """Read an export that is grouped by year or month, and by state if at all.

    Records: `deaths_synthetic` and the like, by the drug codes that the export names; by month
    `deaths_synthetic_by_month`.

    Raises:
        FileProblem, SourceProblem: one line; an export without the overdose filter is refused.
    """
    name = name_of(path)
    text = read_text(path)
    head = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in head else ","
    table, notes = _parted(list(rows_of(text, name, delimiter)), name)
    query = query_of(notes, name)
    odd = Odd(name)
    frame = checked(_frame(table, query, odd), _schema(), name)
    by_month = bool((frame["month"] > 0).any())
    if by_month and not query.months:
        refuse_steps(frame["label"], name, "month_code")
    states = bool((frame["place"] != COUNTRY).any())
    rows = record_rows(
        frame,
        series=query.series + ("_by_month" if by_month else ""),
        place=frame["place"],
        calendar="month" if by_month else "year",
        period=frame["label"],
        value=frame["deaths"],
        unit="people" if by_month else "people/year",
        source=REFERENCE,
        vintage=query.day,
        status=frame["status"],
        note=frame["note"],
    )
    remarks = []
    if states and (absent := sorted(set(STATES) - set(frame["place"]))):
        remarks.append(f"Not in the file: {some(absent)}.")
    if partial := sorted(set(frame[frame["status"] == "partial"]["label"])):
        remarks.append(f"Of a part of the time, no level beside others: {some(partial)}.")
    return Reading(NAME, (name,), frame, joined(rows), (*remarks, *odd.remarks))


def _parted(rows: Rows, name: str) -> tuple[Rows, list[str]]:
    """The table, without rows of totals, and the notes below it."""
    header = [plain_name(cell) for cell in rows[0][1]] if rows else []
    if "notes" not in header:
        raise SourceProblem(
            "is no export of CDC WONDER: it has no column 'Notes'", file=name, line=1, field="Notes"
        )
    at = header.index("notes")
    marks = [i for i, (_, cells) in enumerate(rows) if "---" in (cell.strip() for cell in cells)]
    if not marks:
        hint = "Without them nobody can tell what was counted: export again, with the notes."
        raise SourceProblem("has no notes below its table", file=name, hint=hint)
    table = [row for row in rows[: marks[0]] if len(row[1]) <= at or row[1][at].strip() != "Total"]
    notes = [" ".join(cell.strip() for cell in cells if cell.strip()) for _, cells in rows]
    return table, notes[marks[0] :]


def _frame(table: Rows, query: Query, odd: Odd) -> Frame:
    """Rows with place, label, year, month (0: a year's row), deaths, status and note."""
    line, header = table[0]
    names = [plain_name(cell).removeprefix("residence_") for cell in header]
    _refuse_groups(header, names, table[1:], odd.name, line)
    kind = "month" if {"month", "month_code"} & set(names) else "year"
    given = [one for one in (f"{kind}_code", kind) if one in names]
    if not given:
        said = "is not grouped by Year or Month"
        raise SourceProblem(said, file=odd.name, line=line, field="Year")
    for group in sorted(query.groups - {"year"}):
        if group not in names and f"{group}_code" not in names:
            said = f"was grouped by {group.title()}, and has no such column"
            raise SourceProblem(said, file=odd.name, line=line, field=group.title())
    states = "state" in names
    if not states and query.states:
        said = "is of some states and not grouped by state"
        found = show(", ".join(sorted(query.states)))
        raise SourceProblem(said, file=odd.name, field="Query Parameters", found=found)
    needed = ("deaths", given[0], *(("state",) if states else ()))
    rest = tuple(one for one in names if one not in needed and one != "notes")
    frame = table_of([(line, names), *table[1:]], odd, needed, rest, each=True)
    frame = _dated(frame, given, kind, odd)
    frame["place"] = COUNTRY
    if states:
        right = frame["state"].map(place_code).notna()
        frame = odd.keep(frame, right, "state", "is no state").copy()
        frame["place"] = frame["state"].map(place_code)
    once(frame, ["place", "label"] if states else ["label"], odd.name)
    frame["deaths"] = frame["deaths"].str.replace(r"^(\d{1,3})((,\d{3})+)$", _joined, regex=True)
    frame["without"] = frame["deaths"].map(WITHOUT)
    frame = odd.numbers(frame, "deaths", blank=tuple(WITHOUT), whole=True)
    frame["short"] = [
        query.short_month(year, month) if month else query.short_year(year)
        for year, month in zip(frame["year"], frame["month"], strict=True)
    ]
    called = frame["said"].str.contains("partial", case=False)
    frame["short"] = frame["short"].mask(called, PARTIAL)
    partial = (frame["short"] != "").map({True: "partial", False: "reported"})
    frame["status"] = frame["without"].fillna(partial)
    provisional = frame["said"].str.contains("provisional", case=False)
    frame["note"] = frame["short"].mask((frame["short"] == "") & provisional, "provisional")
    return frame[["line", "place", "label", "year", "month", "deaths", "status", "note"]]


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(",", "")


def _refuse_groups(header: list[str], names: list[str], rows: Rows, name: str, line: int) -> None:
    """Refuse a column by which deaths may be split; rates and their limits are not read."""
    deaths = names.index("deaths") if "deaths" in names else len(names)
    for at, (title, column) in enumerate(zip(header, names, strict=True)):
        if column in _USED or _NEVER_READ.fullmatch(column) or not column:
            continue
        cells = [row[at].strip() for _, row in rows if at < len(row)]
        figures = all(re.fullmatch(r"[\d.,%]*|[A-Z][a-z]+( [A-Z][a-z]+)?", one) for one in cells)
        empty = all(one.lower() in EVERYBODY for one in cells)
        measured = figures and any(re.match(r"\d", one) for one in cells)
        splits = column.endswith("code") or set(column.split("_")) & SPLITTING
        if empty or (at > deaths and measured and not splits):
            continue
        said = f"is grouped by {show(title)}, which we do not add up"
        allowed = "grouped by Year or Month, and State"
        raise SourceProblem(said, file=name, line=line, field=title, allowed=allowed)


def _dated(frame: Frame, given: list[str], kind: str, odd: Odd) -> Frame:
    """The frame with `year`, `month`, `label`, and what the labels say beside, `said`."""
    column = given[0]
    found = frame[column].map(lambda text: _month(text) if kind == "month" else _year(text))
    says = "is no month" if kind == "month" else "is no year"
    example = "2021/04" if kind == "month" else "2021"
    right = found.notna()
    kept = odd.keep(frame, right, column, says, example).copy()
    at = [one for one in found if one == one and one is not None]
    said = [one for one in (kind, f"{kind}_code", "year", "notes") if one in kept]
    kept["said"] = kept[said].agg(" ".join, axis=1)
    kept["year"] = [year for year, _ in at]
    kept["month"] = [month for _, month in at]
    kept["label"] = [month_label(y, m) if m else str(y) for y, m in at]
    return kept


def _year(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"((?:19|20)\d\d)( \(.*\))?", text)
    return (int(match[1]), 0) if match else None


def _month(text: str) -> tuple[int, int] | None:
    """`2021/04`, or `Apr., 2021 (provisional)`."""
    if match := re.fullmatch(r"((?:19|20)\d\d)/(0[1-9]|1[0-2])", text):
        return int(match[1]), int(match[2])
    match = re.fullmatch(r"([A-Za-z]{3,9})\.?,? ((?:19|20)\d\d)( \(.*\))?", text)
    number = month_number(match[1]) if match else None
    return (int(match[2]), number) if match and number else None


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    text = {column: pa.Column(str) for column in ("place", "label", "status", "note")}
    deaths = pa.Column(float, pa.Check.in_range(0, 1e6, error="0 to a million"), nullable=True)
    return {**text, "year": pa.Column(int), "month": pa.Column(int), "deaths": deaths}


_HOW = (
    "its interface gives the country alone, and the states only to a person. At "
    "https://wonder.cdc.gov/mcd.html ask for UCD X40-X44, X60-X64, X85, Y10-Y14, group by Year "
    "(and State), export."
)

SOURCE = Source(
    name=NAME,
    title="Final deaths by underlying and multiple cause",
    publisher="Centers for Disease Control and Prevention",
    gives="Deaths by overdose and by drug on the certificate, by year or month, and by state.",
    url="https://wonder.cdc.gov/mcd.html",
    terms="Public domain; CDC WONDER's rules on small numbers apply (wonder.cdc.gov/datause.html).",
    files="Text export of a query with its notes, grouped by Year or Month, and by State.",
    series=tuple(f"{name}{ending}" for name in DRUGS.values() for ending in ("", "_by_month")),
    reference=REFERENCE,
    read=read,
    fetch=only_by_hand(NAME, _HOW),
    by_hand=_HOW[0].upper() + _HOW[1:],
)

"""HUD Point-in-Time counts: people who were homeless on one night in January, by state.

Format: the workbook `2007-2023-PIT-Counts-by-State`, .xlsb or .xlsx: a sheet for each year, a
header row that begins with `State`, a row for each state, a row `Total`, notes below. The country
is the publisher's own total; a year counts only if all states are there and add up to it, and a
sheet that is not right is left out while the others stay.
"""

from typing import Any

from upriver.core.errors import SourceProblem, show
from upriver.evidence.places import COUNTRY, STATES, TERRITORIES
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import LINE, Frame, PathLike, pandas
from upriver.evidence.workbook import Sheet, Workbook

from .base import Source, one_file
from .wholes import refuse_splits

NAME = "hud_pit"
URL = "https://www.huduser.gov/portal/sites/default/files/xls/2007-2024-PIT-Counts-by-State.xlsb"

MEASURES = {
    "Overall Homeless": "homeless",
    "Sheltered Total Homeless": "homeless_sheltered",
    "Unsheltered Homeless": "homeless_unsheltered",
}
REQUIRED = "Overall Homeless"
TOTAL = "Total"
PART_COUNT = 2021
"""In that year many places counted only people in shelters: a part, not a level."""

_DEEPEST = 15
"""Rows in which a header may stand."""

_TOLERANCE = 0.001


def read(path: PathLike, *, vintage: str | None = None) -> Reading:
    """Read the workbook.

    Records at the instant of the year's start: `homeless`, `homeless_sheltered`,
    `homeless_unsheltered`, by state and for the country.

    Raises:
        FileProblem, SourceProblem: one line with file, sheet, row and column.
    """
    pd = pandas()
    book = Workbook(path)
    years = [name for name in book.names if len(name.strip()) == 4 and name.strip().isdigit()]
    if not years:
        raise SourceProblem(
            "has no sheet for a year",
            file=book.file,
            found=show(", ".join(book.names[:8])),
            allowed="sheets named 2007, 2008, ...",
        )
    rows, remarks, broken = [], ["2021 is a part count, not a level."], []
    for year in years:
        try:
            found, says = _year(book.sheet(year), book.file)
        except SourceProblem as problem:
            broken.append(problem)
            where = "" if "sheet '" in problem.problem else f"sheet '{year}': "
            remarks.append(f"Left out: {where}{problem.problem}.")
        else:
            rows += found
            remarks += says
    if not rows:
        raise broken[0]
    frame = checked(pd.DataFrame(rows), _schema(), book.file)
    newest = str(frame["year"].max())
    records = _records(frame, vintage or newest)
    return Reading(NAME, (book.file,), frame, records, tuple(remarks))


fetch = one_file(NAME, URL, "pit_counts", read)


def _year(sheet: Sheet, file: str) -> tuple[list[dict[str, object]], list[str]]:
    """One row for each state and measure of a sheet, and what was left out.

    Raises:
        SourceProblem: the sheet is empty, lacks a state, or its states do not add up to its total.
    """
    if not any(str(cell).strip() for cells in sheet.rows for cell in cells):
        raise SourceProblem(f"sheet '{sheet.name}' is empty", file=file, field="State")
    top, header = _header(sheet, file)
    columns = _columns(header, sheet, top, file)
    refuse_splits(header, _texts(sheet, top), file, ())
    found: list[dict[str, object]] = []
    seen: dict[str, int] = {}
    strange: list[tuple[int, str]] = []
    for at, cells in enumerate(sheet.rows[top + 1 :], top + 2):
        place = str(cells[columns["State"]]).strip().rstrip("*")
        if place.startswith("*") or (seen and not place):
            continue
        if place in seen:
            said = f"'{place}' is there twice, first in row {seen[place]}"
            raise _problem(said, sheet, at, "State", file)
        if place not in STATES and place not in TERRITORIES and place != TOTAL:
            if TOTAL not in seen:
                strange.append((at, place))
            continue
        seen[place] = at
        found += [
            {
                LINE: at,
                "year": int(sheet.name),
                "place": COUNTRY if place == TOTAL else place,
                "measure": measure,
                "people": _people(cells[column], sheet, at, measure, file),
            }
            for measure, column in columns.items()
            if measure != "State"
        ]
    if strange and not found:
        raise _problem(f"{show(strange[0][1])} is no state", sheet, strange[0][0], "State", file)
    for place in (*STATES, TOTAL):
        if place not in seen:
            said = f"sheet '{sheet.name}': {place} is missing"
            raise SourceProblem(said, file=file, field="State")
    _add_up(found, sheet, file)
    says = [
        f"Sheet '{sheet.name}', row {at} was left out: {show(place)} is no state, and the states "
        "add up to the total without it."
        for at, place in strange
    ]
    return found, says


def _texts(sheet: Sheet, top: int) -> list[tuple[int, list[str]]]:
    """The words in a sheet's rows, without its figures: many columns count people of one kind."""
    return [
        (at, ["" if isinstance(cell, int | float) else str(cell) for cell in cells])
        for at, cells in enumerate(sheet.rows[top + 1 :], top + 2)
        if len([cell for cell in cells if str(cell).strip()]) > 1
    ]


def _header(sheet: Sheet, file: str) -> tuple[int, list[str]]:
    """The row that begins with `State`; titles above it, merged or not, are passed over."""
    for at, cells in enumerate(sheet.rows[:_DEEPEST]):
        texts = [" ".join(str(cell).split()) for cell in cells]
        if texts.count("State") == 1:
            return at, texts
    said = f"sheet '{sheet.name}' has no header row that begins with 'State'"
    raise SourceProblem(said, file=file, field="State")


def _columns(header: list[str], sheet: Sheet, top: int, file: str) -> dict[str, int]:
    """Where the measures stand; later workbooks put the year behind: `Overall Homeless, 2023`."""
    plain = [title.removesuffix(f", {sheet.name.strip()}") for title in header]
    wanted = ("State", *MEASURES)
    found = {measure: plain.index(measure) for measure in wanted if measure in plain}
    for measure in found:
        if plain.count(measure) > 1:
            raise _problem(f"column '{measure}' is there twice", sheet, top + 1, measure, file)
    if REQUIRED not in found:
        raise _problem(f"column '{REQUIRED}' is missing", sheet, top + 1, REQUIRED, file)
    return found


def _people(cell: Any, sheet: Sheet, at: int, measure: str, file: str) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell >= 0 and cell % 1 == 0:
        return float(cell)
    if isinstance(cell, str) and cell.strip() in ("", ".", "-"):
        return float("nan")
    said = f"column '{measure}' should be a count of people, found {show(cell)}"
    raise _problem(said, sheet, at, measure, file)


def _problem(says: str, sheet: Sheet, row: int, column: str, file: str) -> SourceProblem:
    return SourceProblem(
        f"sheet '{sheet.name}', row {row}: {says}", file=file, line=row, field=column
    )


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        "year": pa.Column(int, pa.Check.in_range(2005, 2100, error="2005 to 2100")),
        "place": pa.Column(str),
        "measure": pa.Column(str, pa.Check.isin(list(MEASURES), error="a measure")),
        "people": pa.Column(
            float, pa.Check.in_range(0, 1e7, error="0 to 10 million"), nullable=True
        ),
    }


def _add_up(rows: list[dict[str, object]], sheet: Sheet, file: str) -> None:
    """Refuse a year whose states do not add up to its total, or whose parts do not, to 0.1 %."""
    sums: dict[tuple[object, bool], float] = {}
    for row in rows:
        people, key = row["people"], (row["measure"], row["place"] == COUNTRY)
        known = isinstance(people, float) and people == people
        sums[key] = sums.get(key, 0.0) + (people if known and isinstance(people, float) else 0.0)
    for measure in MEASURES:
        if (measure, True) not in sums:
            continue
        total, states = sums[measure, True], sums[measure, False]
        if abs(total - states) > _TOLERANCE * total:
            said = f"states add up to {states:,.0f}, and the total is {total:,.0f}"
            where = f"sheet '{sheet.name}': '{measure}': " if measure != REQUIRED else ""
            where = where or f"sheet '{sheet.name}': "
            raise SourceProblem(where + said, file=file, field=measure)
    if any((measure, True) not in sums for measure in MEASURES):
        return
    overall, *parts = (sums[measure, True] for measure in MEASURES)
    if abs(overall - sum(parts)) > _TOLERANCE * overall:
        said = f"people in shelters and outside are {sum(parts):,.0f}, and all {overall:,.0f}"
        raise SourceProblem(f"sheet '{sheet.name}': {said}", file=file, field=REQUIRED)


def _records(frame: Frame, vintage: str) -> Frame:
    partial = (frame["year"] == PART_COUNT) & frame["people"].notna()
    status = frame["people"].notna().map({True: "reported", False: "missing"})
    rows = record_rows(
        frame,
        series=frame["measure"].map(MEASURES),
        place=frame["place"],
        calendar="instant",
        period=frame["year"].astype(str),
        value=frame["people"],
        unit="people",
        source=NAME,
        vintage=vintage,
        status=status.where(~partial, "partial"),
        note=partial.map({True: "not all people outdoors were counted", False: ""}),
    )
    return joined(rows)


SOURCE = Source(
    name=NAME,
    title="People who are homeless, counted on one night",
    publisher="US Department of Housing and Urban Development",
    gives="People in shelters and outside on one night in January, by state since 2007.",
    url="https://www.hudexchange.info/resource/3031/pit-and-hic-data-since-2007/",
    terms="Public domain (work of the US government); cite the publisher.",
    files="Workbook 2007-YEAR-PIT-Counts-by-State, .xlsb or .xlsx, a sheet for each year.",
    series=tuple(MEASURES.values()),
    reference=NAME,
    read=read,
    fetch=fetch,
)

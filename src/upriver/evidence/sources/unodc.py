"""UNODC: drug seizures that governments reported, by country, drug and year, in kilograms.

Format: the workbook `Drug seizures` that https://dataunodc.un.org gives: one sheet, a title, then
Region, SubRegion, Country, DrugGroup, DrugSubGroup, DrugName, Reference year, Kilograms, msCode.
Quantities are gross, with no adjustment for purity; a drug may stand in several rows of a year. The
whole is one country: nothing is summed over countries. A sum with a row of no quantity is partial.
"""

from typing import Any

from upriver.core.errors import SourceProblem, show
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import LINE, NUMBER, Frame, PathLike, check_header, pandas, plain_name
from upriver.evidence.workbook import Sheet, Workbook

from .base import Source, only_by_hand
from .odd import refuse_filter
from .wholes import refuse_splits

NAME = "unodc"

COLUMNS = {
    "drug": "drugname",
    "year": "reference_year",
    "kilograms": "kilograms",
    "code": "mscode",
}
"""Our columns, and what the publisher calls them, in plain names."""

DRUGS = {
    "Fentanyl": "fentanyl_seized",
    "Heroin": "heroin_seized",
    "Methamphetamine": "methamphetamine_seized",
    "Opium": "opium_seized",
}
"""Drugs that are read; rows of others are passed over."""

GROSS = "gross weight, as reported by the government"

_DEEPEST = 10


def read(path: PathLike, *, vintage: str | None = None) -> Reading:
    """Read the workbook.

    Records in gross kilograms by year and country (its code of three letters): `fentanyl_seized`,
    `heroin_seized`, `methamphetamine_seized`, `opium_seized`.

    Raises:
        FileProblem, SourceProblem: one line with file, row and column.
    """
    pd = pandas()
    book = Workbook(path)
    sheet, top, where = _table(book)
    rows, remarks, others = [], [], 0
    broken: list[SourceProblem] = []
    for at, cells in enumerate(sheet.rows[top + 1 :], top + 2):
        texts = [str(cell).strip() for cell in cells]
        filled = [text for text in texts if text]
        if len(filled) == 1 and len(filled[0]) > 3 and " " in filled[0]:
            refuse_filter(filled[0], book.file, at)
            remarks.append(f"Line {at} was left out: is a note, {show(filled[0])}.")
        elif filled and str(cells[where["drug"]]).strip() in ("", *DRUGS):
            try:
                rows.append(_row(cells, where, at, book.file))
            except SourceProblem as problem:
                if problem.field != "kilograms":
                    raise
                broken.append(problem)
                blank = [*cells[: where["kilograms"]], "", *cells[where["kilograms"] + 1 :]]
                rows.append(_row(blank, where, at, book.file))
        elif filled:
            others += 1
    if not rows:
        said = "has a header and no rows" if not others else "has no row of a drug that we read"
        raise SourceProblem(said, file=book.file, line=top + 1, allowed=", ".join(DRUGS))
    if broken and not any(row["kilograms"] == row["kilograms"] for row in rows):
        raise broken[0]
    remarks += [f"Line {one.line}: {one.problem}, found {one.found}." for one in broken[:3]]
    frame = checked(pd.DataFrame(rows), _schema(), book.file)
    years = f"{frame['year'].min()} to {frame['year'].max()}"
    empty = int(frame["kilograms"].isna().sum())
    if empty:
        remarks.append(f"{empty} rows have no quantity.")
    return Reading(NAME, (book.file,), frame, _records(frame, vintage or years), tuple(remarks))


def _table(book: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    """The first sheet with a header row, the row, and where our columns stand."""
    for name in book.names:
        sheet = book.sheet(name)
        for at, cells in enumerate(sheet.rows[:_DEEPEST]):
            names = [plain_name(str(cell)) for cell in cells]
            if "kilograms" in names or {"region", "mscode"} <= set(names):
                text = [str(cell) for cell in cells]
                check_header(text, names, book.file, at + 1, tuple(COLUMNS.values()))
                for above, row in enumerate(sheet.rows[:at], 1):
                    for words in {str(cell) for cell in row}:
                        refuse_filter(words, book.file, above)
                body = [
                    (line, [str(cell) for cell in row])
                    for line, row in enumerate(sheet.rows[at + 1 :], at + 2)
                ]
                refuse_splits(text, body, book.file, ())
                return sheet, at, {o: names.index(theirs) for o, theirs in COLUMNS.items()}
    said = "has no header row with Country, DrugName, Reference year, Kilograms, msCode"
    raise SourceProblem(said, file=book.file, field="Kilograms")


def _row(cells: list[Any], where: dict[str, int], at: int, file: str) -> dict[str, object]:
    row: dict[str, object] = {LINE: at}
    for column, position in where.items():
        cell = cells[position]
        if isinstance(cell, str) and NUMBER.fullmatch(cell.strip()):
            cell = float(cell)
        number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if column == "year":
            if not number or cell % 1 != 0:
                raise _problem("reference year", "a year", cell, at, file)
            row[column] = int(cell)
        elif column == "kilograms":
            if not number and str(cell).strip():
                raise _problem("kilograms", "a number", cell, at, file)
            row[column] = float(cell) if number else float("nan")
        else:
            row[column] = str(cell).strip()
    return row


def _problem(column: str, wanted: str, cell: object, at: int, file: str) -> SourceProblem:
    said = f"column '{column}' should be {wanted}"
    return SourceProblem(said, file=file, line=at, field=column, found=show(cell))


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    text = pa.Column(str, pa.Check.str_length(min_value=1, error="a text"))
    code = pa.Check.str_matches(r"^[A-Z]{3}$", error="a code of three letters")
    return {
        **dict.fromkeys(COLUMNS, text),
        "code": pa.Column(str, code),
        "year": pa.Column(int, pa.Check.in_range(1980, 2100, error="1980 to 2100")),
        "kilograms": pa.Column(float, pa.Check.ge(0, error="0 or more"), nullable=True),
    }


def _records(frame: Frame, vintage: str) -> Frame:
    keys = ["drug", "code", "year"]
    groups = frame.groupby(keys)["kilograms"]
    sums = groups.agg(value=lambda kg: kg.sum(min_count=1), blank=lambda kg: int(kg.isna().sum()))
    sums = sums.reset_index()
    gone = sums["value"].isna()
    part = (sums["blank"] > 0) & ~gone
    rows = record_rows(
        sums,
        series=sums["drug"].map(DRUGS),
        place=sums["code"],
        calendar="year",
        period=sums["year"].astype(str),
        value=sums["value"].round(6),
        unit="kg",
        source=NAME,
        vintage=vintage,
        status=gone.map({True: "missing", False: "reported"}).mask(part, "partial"),
        note=part.map({True: "a row of it has no quantity; ", False: ""}) + GROSS,
    )
    return joined(rows)


_HOW = (
    "the address of its file changes with every edition. At https://dataunodc.un.org, Drug "
    "trafficking, Drug seizures, download the table as .xlsx."
)

SOURCE = Source(
    name=NAME,
    title="Drug seizures reported to the United Nations",
    publisher="United Nations Office on Drugs and Crime",
    gives="Kilograms seized, gross, by country, drug and year.",
    url="https://dataunodc.un.org",
    terms="Free to use with the source named (terms of dataUNODC).",
    files="Workbook 'Drug seizures', .xlsx, as the data portal exports it.",
    series=tuple(DRUGS.values()),
    reference=NAME,
    read=read,
    fetch=only_by_hand(NAME, _HOW),
    by_hand=_HOW[0].upper() + _HOW[1:],
)

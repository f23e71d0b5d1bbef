"""UNODC: drug seizures that governments reported, by country, drug and year, in kilograms.

Format: the workbook `Drug seizures` that https://dataunodc.un.org gives: one sheet, a title, then
Region, SubRegion, Country, DrugGroup, DrugSubGroup, DrugName, Reference year, Kilograms, msCode.
Quantities are gross, with no adjustment for purity; a drug may stand in several rows of a year.
"""

from typing import Any

from upriver.core.errors import SourceProblem, show
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import LINE, Frame, PathLike, check_header, pandas, plain_name
from upriver.evidence.workbook import Sheet, Workbook

from .base import Source, only_by_hand

NAME = "unodc"

COLUMNS = {
    "region": "region",
    "subregion": "subregion",
    "country": "country",
    "drug_group": "druggroup",
    "drug_subgroup": "drugsubgroup",
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
"""Drugs of which we make records; the table holds all."""

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
    sheet = book.sheet(book.names[0])
    top, where = _header(sheet, book.file)
    rows = [
        _row(cells, where, at, book.file)
        for at, cells in enumerate(sheet.rows[top + 1 :], top + 2)
        if any(str(cell).strip() for cell in cells)
    ]
    if not rows:
        raise SourceProblem("has a header and no rows", file=book.file, line=top + 1)
    frame = checked(pd.DataFrame(rows), _schema(), book.file)
    years = f"{frame['year'].min()} to {frame['year'].max()}"
    blank = int(frame["kilograms"].isna().sum())
    remarks = (f"{blank} rows have no quantity.",) if blank else ()
    return Reading(NAME, (book.file,), frame, _records(frame, vintage or years), remarks)


def _header(sheet: Sheet, file: str) -> tuple[int, dict[str, int]]:
    for at, cells in enumerate(sheet.rows[:_DEEPEST]):
        names = [plain_name(str(cell)) for cell in cells]
        if "kilograms" in names or {"region", "mscode"} <= set(names):
            text = [str(cell) for cell in cells]
            check_header(text, names, file, at + 1, tuple(COLUMNS.values()))
            return at, {ours: names.index(theirs) for ours, theirs in COLUMNS.items()}
    said = f"sheet '{sheet.name}' has no header row with Region, Country, DrugName and Kilograms"
    raise SourceProblem(said, file=file, field="Kilograms")


def _row(cells: list[Any], where: dict[str, int], at: int, file: str) -> dict[str, object]:
    row: dict[str, object] = {LINE: at}
    for column, position in where.items():
        cell = cells[position]
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
    some = frame[frame["drug"].isin(list(DRUGS)) & frame["kilograms"].notna()]
    sums = some.groupby(["drug", "code", "year"], as_index=False)["kilograms"].sum()
    rows = record_rows(
        sums,
        series=sums["drug"].map(DRUGS),
        place=sums["code"],
        calendar="year",
        period=sums["year"].astype(str),
        value=sums["kilograms"].round(6),
        unit="kg",
        source=NAME,
        vintage=vintage,
        status="reported",
        note="gross weight, as reported by the government",
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

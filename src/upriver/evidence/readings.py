"""What was read from a publisher's file: its content as a tidy table, and our records of it."""

from dataclasses import dataclass, field
from typing import Any

from upriver.core.errors import SourceProblem, show

from .record import COLUMNS, Record
from .rows import parse_records
from .tables import LINE, Frame, csv_text, pandas


@dataclass(frozen=True, eq=False)
class Reading:
    """What a file holds.

    source: name of the source. files: as the user named them. frame: what the publisher says, a
        tidy DataFrame that its schema passed; `line` is the line of the file. records: the same as
        rows of our form, columns `record.COLUMNS`. remarks: what a reader should know, sentences.
    """

    source: str
    files: tuple[str, ...]
    frame: Frame
    records: Frame
    remarks: tuple[str, ...] = field(default=())

    def parsed(self) -> dict[tuple[str, str], Record]:
        """Records by name and place.

        Raises:
            SchemaProblem: a row is not right; it names the line of `to_csv`.
        """
        return parse_records(self.to_csv().splitlines(), " and ".join(self.files))

    def to_csv(self) -> str:
        """The records as CSV that `record.read_records` reads; formulas in text are harmless."""
        return csv_text(COLUMNS, self.records.to_dict("records"))


def checked(frame: Frame, columns: dict[str, Any], name: str) -> Frame:
    """The table, if every column is as its pandera column says.

    Raises:
        SourceProblem: the first cell that is not; it names line, column, what was found.
    """
    import pandera.pandas as pa

    schema = pa.DataFrameSchema({LINE: pa.Column(int, pa.Check.ge(1)), **columns}, strict=True)
    try:
        return schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        worst = errors.failure_cases
        rows = worst[worst["index"].notna()]
        if rows.empty:
            case = worst.iloc[0]
            raise SourceProblem(
                f"column '{case['column'] or case['failure_case']}': {case['check']}", file=name
            ) from None
        case = rows.sort_values("index", kind="stable").iloc[0]
        raise SourceProblem(
            f"column '{case['column']}' is not as it should be",
            file=name,
            line=int(frame.loc[case["index"], LINE]),
            field=str(case["column"]),
            found=show(case["failure_case"]),
            allowed=str(case["check"]),
        ) from None


def record_rows(frame: Frame, **columns: Any) -> Frame:
    """Rows of our form, one for each row of `frame`; each of `COLUMNS` a Series or one value."""
    pd = pandas()
    rows = pd.DataFrame(index=frame.index)
    for column in COLUMNS:
        rows[column] = columns.get(column, "")
    rows["value"] = rows["value"].astype(float)
    return rows.reset_index(drop=True)


def joined(*parts: Frame) -> Frame:
    """Tables of records below each other, in order of series, place and period."""
    pd = pandas()
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(["series", "place", "period"], kind="stable", ignore_index=True)

"""DEA fentanyl purity by month, digitised from a chart of the National Drug Threat Assessment.

Format: what a digitising tool exports of one chart: no header, `2019/01,1.80` in each line. A hand
that picks points labels one twice at times: a label that is there twice stands for the month behind
it, or before it, if that month is the only one missing beside it.
"""

from pathlib import Path

from upriver.core.errors import SourceProblem, show
from upriver.evidence.calendars import month_label
from upriver.evidence.places import COUNTRY
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    LINE,
    NUMBER,
    Frame,
    PathLike,
    name_of,
    pandas,
    read_text,
    rows_of,
)

from .base import Source, only_by_hand
from .wholes import refuse_steps

NAME = "dea_purity"
REFERENCE = "ndta_digitised"

KINDS = {
    "fentanyl_powder_purity": ("powder", "purity", "1", 0.01, (0.0, 100.0)),
    "fentanyl_pill_dose": ("pills", "purity", "mg/pill", 1.0, (0.0, 10.0)),
    "fentanyl_powder_exhibits": ("powder", "exhibits", "sample", 1.0, (0.0, 1e5)),
    "fentanyl_pill_exhibits": ("pills", "exhibits", "sample", 1.0, (0.0, 1e5)),
}
"""Series by what its chart shows: two words of a file's name, unit, scale, what a cell may be."""

_Row = tuple[int, int, float]
"""Line, months since year 0, value."""


def read(path: PathLike, *, series: str | None = None, vintage: str = "2025") -> Reading:
    """Read one chart; which one, its file's name says, or `series`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    pd = pandas()
    name = name_of(path)
    series = series or _kind(name)
    if series not in KINDS:
        allowed = ", ".join(KINDS)
        raise SourceProblem(f"series {show(series)} is not known", file=name, allowed=allowed)
    unit, scale, (least, most) = KINDS[series][2:]
    rows, moved = _in_order(_rows(read_text(path), name, least, most), name)
    frame = pd.DataFrame(rows, columns=[LINE, "month", "value"])
    frame["month"] = [_label(month) for _, month, _ in rows]
    refuse_steps(frame["month"], name, "month")
    frame["moved"] = [line in moved for line in frame[LINE]]
    frame = checked(frame, _schema(), name)
    return Reading(
        NAME, (name,), frame, _records(frame, series, unit, scale, vintage), _remarks(frame)
    )


def _kind(name: str) -> str:
    stem = Path(name).stem.lower()
    for series, (first, second, *_) in KINDS.items():
        if first in stem and second in stem:
            return series
    raise SourceProblem(
        "does not say in its name which chart it is",
        file=name,
        allowed="a name with powder or pills, and purity or exhibits; or give the series: "
        + ", ".join(KINDS),
    )


def _rows(text: str, name: str, least: float, most: float) -> list[_Row]:
    found: list[_Row] = []
    for line, cells in rows_of(text, name):
        if len(cells) != 2:
            said = "should have 2 cells, month and value"
            raise SourceProblem(said, file=name, line=line, found=f"{len(cells)}")
        label, cell = (one.strip() for one in cells)
        year, _, month = label.partition("/")
        if not (year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12):
            said, allowed = "column 'month' is no month", "2019/01"
            raise SourceProblem(
                said, file=name, line=line, field="month", found=show(label), allowed=allowed
            )
        if not NUMBER.fullmatch(cell) or not least <= float(cell) <= most:
            raise SourceProblem(
                "column 'value' is not as it should be",
                file=name,
                line=line,
                field="value",
                found=show(cell),
                allowed=f"a number, {least:g} to {most:g}",
            )
        found.append((line, int(year) * 12 + int(month), float(cell)))
    return found


def _in_order(rows: list[_Row], name: str) -> tuple[list[_Row], set[int]]:
    """Rows by month, a doubled label given to the gap beside it; and the lines so moved."""
    months = {month for _, month, _ in rows}
    seen: dict[int, int] = {}
    found, moved = [], set()
    for line, month, value in rows:
        at = month
        if month in seen:
            if month + 1 in months:
                said = f"'{_label(month)}' is there twice, first in line {seen[month]}"
                raise SourceProblem(said, file=name, line=line, field="month")
            at = month + 1
            months.add(at)
            moved.add(line)
        seen[at] = line
        found.append((line, at, value))
    return sorted(found, key=lambda row: row[1]), moved


def _label(month: int) -> str:
    year, index = divmod(month - 1, 12)
    return month_label(year, index + 1)


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        "month": pa.Column(str, unique=True),
        "value": pa.Column(float, pa.Check.ge(0, error="0 or more")),
        "moved": pa.Column(bool),
    }


def _records(frame: Frame, series: str, unit: str, scale: float, vintage: str) -> Frame:
    note = "label stood twice; taken as the month behind it"
    rows = record_rows(
        frame,
        series=series,
        place=COUNTRY,
        calendar="month",
        period=frame["month"],
        value=(frame["value"] * scale).round(6),
        unit=unit,
        source=REFERENCE,
        vintage=vintage,
        status="digitised",
        note=frame["moved"].map({True: note, False: ""}),
    )
    return joined(rows)


def _remarks(frame: Frame) -> tuple[str, ...]:
    moved = frame[frame["moved"]]["month"].tolist()
    says = "labels stood twice and were taken as the month behind"
    return (f"{len(moved)} {says}: {', '.join(moved)}.",) if moved else ()


_HOW = (
    "it is a chart in a report, the National Drug Threat Assessment of 2025 (https://www.dea.gov). "
    "Digitise it, one file a chart."
)

SOURCE = Source(
    name=NAME,
    title="Purity of fentanyl powder, and fentanyl in a pill",
    publisher="Drug Enforcement Administration",
    gives="Mean purity of powder, mean mg a pill and numbers tested, by month since January 2019.",
    url="https://www.dea.gov",
    terms="Public domain (work of the US government); digitised, so say so.",
    files="CSV of a digitising tool, one a chart, `2019/01,1.80`, no header.",
    series=tuple(KINDS),
    reference=REFERENCE,
    read=read,
    fetch=only_by_hand(NAME, _HOW),
    by_hand=_HOW[0].upper() + _HOW[1:],
)

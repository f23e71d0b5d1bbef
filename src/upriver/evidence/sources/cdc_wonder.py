"""CDC WONDER exports of final deaths: by year or month, for the country or the states.

Format: the text export of https://wonder.cdc.gov (tab or comma between cells): a table whose first
column is `Notes`, then a line `---` and the query in words. An export counts only if its underlying
causes (UCD) are the overdose codes: with the drug codes (MCD) alone, a total is 1 to 7 % too high.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from upriver.core.errors import SourceProblem, show
from upriver.evidence.calendars import month_label
from upriver.evidence.places import COUNTRY, STATES, place_code
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    Frame,
    PathLike,
    frame_of,
    name_of,
    numbers,
    once,
    plain_name,
    read_text,
    refuse,
    rows_of,
)

from .base import Source, only_by_hand

NAME = "cdc_wonder"
REFERENCE = "wonder"

OVERDOSE = frozenset(
    [f"X{n}" for n in (*range(40, 45), *range(60, 65), 85)] + [f"Y{n}" for n in range(10, 15)]
)
"""Underlying causes that make a death an overdose: by accident, intent, assault, or unknown."""

DRUGS = {
    frozenset[str](): "deaths_all_drugs",
    frozenset(("T40.0", "T40.1", "T40.2", "T40.3", "T40.4", "T40.6")): "deaths_any_opioid",
    frozenset(("T40.1",)): "deaths_heroin",
    frozenset(("T40.2",)): "deaths_natural",
    frozenset(("T40.3",)): "deaths_methadone",
    frozenset(("T40.2", "T40.3")): "deaths_prescription",
    frozenset(("T40.4",)): "deaths_synthetic",
    frozenset(("T40.5",)): "deaths_cocaine",
    frozenset(("T43.6",)): "deaths_psychostimulants",
}
"""Drug codes on the certificate (MCD), and what we call deaths with any of them."""

WITHOUT = {"Suppressed": "suppressed", "Missing": "missing", "Not Applicable": "missing"}
_TABLE = ("state", "state_code", "year", "year_code", "month", "month_code", "deaths")
_BESIDE = ("notes", "population", "crude_rate", "age_adjusted_rate", "of_total_deaths")
_FREE = ("dataset", "title", "group by", "calculate rates per", "rate options", "year/month")
_KEY = re.compile(r"([A-Z0-9][A-Za-z0-9 /()&-]{2,60}):\s*(.*)")
_CODE = re.compile(r"\b([A-Z])(\d\d)(\.\d)?(?:-[A-Z]?(\d\d)(\.\d)?)?\b")


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
    query = _query(notes)
    series = _checked_query(query, name)
    frame = _frame(table, name)
    by_month = "month_code" in frame
    states = "state" in frame
    if not states and "states" in query and not query["states"].startswith("All"):
        raise _refused("is of some states and not grouped by state", name, query["states"])
    frame = checked(frame, _schema(frame), name)
    rows = record_rows(
        frame,
        series=series + ("_by_month" if by_month else ""),
        place=frame["state"].map(place_code) if states else COUNTRY,
        calendar="month" if by_month else "year",
        period=_periods(frame, name),
        value=frame["deaths"],
        unit="people" if by_month else "people/year",
        source=REFERENCE,
        vintage=_queried(notes, name),
        status=frame["status"],
        note=frame["provisional"].map({True: "provisional", False: ""}),
    )
    absent = sorted(set(STATES.values()) - set(frame["state"])) if states else []
    remarks = (f"Not in the file: {', '.join(absent)}.",) if absent else ()
    return Reading(NAME, (name,), frame, joined(rows), remarks)


def _parted(
    rows: list[tuple[int, list[str]]], name: str
) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The table, without rows of totals, and the notes below it."""
    if not rows or plain_name(rows[0][1][0]) != "notes":
        said = "is no export of CDC WONDER: its first column should be 'Notes'"
        raise SourceProblem(said, file=name, line=1, field="Notes")
    marks = [at for at, (_, cells) in enumerate(rows) if cells[0].strip() == "---"]
    if not marks:
        hint = "Without them nobody can tell what was counted: export again, with the notes."
        raise SourceProblem("has no notes below its table", file=name, hint=hint)
    table = [row for row in rows[: marks[0]] if row[1][0].strip() != "Total"]
    return table, [cells[0].strip() for _, cells in rows[marks[0] :]]


def _query(notes: list[str]) -> dict[str, str]:
    """What the notes say was asked for, by name; a value may go on for several lines."""
    found: dict[str, str] = {}
    key = ""
    for line in notes[1:]:
        if line == "---" or line.startswith("Help:"):
            break
        if line == "Query Parameters:":
            continue
        if match := _KEY.fullmatch(line):
            key = match[1].lower()
            found[key] = f"{found[key]} AND {match[2]}" if key in found else match[2]
        elif key:
            found[key] += " " + line
    return found


def _checked_query(query: Mapping[str, str], name: str) -> str:
    """What is counted, if it is overdoses, and of all people."""
    causes = {code[:3] for key in query if key.startswith("ucd") for code in codes(query[key])}
    if causes != OVERDOSE:
        found = ", ".join(sorted(causes)) or "no underlying cause"
        raise SourceProblem(
            "is an export without the overdose filter",
            file=name,
            field="UCD - ICD-10 Codes",
            found=found,
            allowed="underlying causes X40-X44, X60-X64, X85, Y10-Y14",
            hint="Its totals would be wrong.",
        )
    drugs = [query[key] for key in query if key.startswith("mcd") and query[key] != "All"]
    named = frozenset(code for text in drugs for code in codes(text))
    if len(drugs) > 1 or any(" AND " in text for text in drugs) or named not in DRUGS:
        raise _refused("counts deaths with drugs that we have no name for", name, "; ".join(drugs))
    for key, value in query.items():
        ours = key.startswith(("ucd", "mcd", "show ")) or key in (*_FREE, "states")
        if not ours and not value.startswith("All"):
            raise _refused("is not of all people", name, f"{key}: {value}")
    return DRUGS[named]


def codes(text: str) -> frozenset[str]:
    """Codes of ICD-10 in a text, ranges written out: `X40-X44 (...); X85`."""
    found = set()
    for letter, first, part, last, _ in _CODE.findall(text):
        if part or not last:
            found.add(f"{letter}{first}{part}")
        else:
            found |= {f"{letter}{number:02d}" for number in range(int(first), int(last) + 1)}
    return frozenset(found)


def _frame(table: list[tuple[int, list[str]]], name: str) -> Frame:
    header = [plain_name(cell) for cell in table[0][1]]
    for title, column in zip(table[0][1], header, strict=True):
        if column not in _TABLE and column not in _BESIDE:
            said = f"is grouped by {show(title)}, which we do not add up"
            allowed = "grouped by Year or Month, and State"
            raise SourceProblem(said, file=name, line=1, field=title, allowed=allowed)
    if "year_code" not in header and "month_code" not in header:
        raise SourceProblem("is not grouped by Year or Month", file=name, line=1, field="Year")
    needed = tuple(column for column in _TABLE if column in header or column == "deaths")
    frame = frame_of(table, name, needed)
    if "state" in frame:
        known = frame["state"].map(place_code).notna()
        refuse(frame, ~known, "state", name, "is no state")
    once(frame, [c for c in ("state", "year_code", "month_code") if c in frame], name)
    frame["status"] = frame["deaths"].map(WITHOUT).fillna("reported")
    frame["deaths"] = numbers(frame, "deaths", name, whole=True, blank=tuple(WITHOUT))
    label = frame["month" if "month" in frame else "year"]
    frame["provisional"] = label.str.contains("provisional|partial", case=False)
    return frame


def _schema(frame: Frame) -> dict[str, object]:
    import pandera.pandas as pa

    text = {column: pa.Column(str) for column in _TABLE if column in frame}
    deaths = pa.Column(float, pa.Check.in_range(0, 1e6, error="0 to a million"), nullable=True)
    return {**text, "deaths": deaths, "status": pa.Column(str), "provisional": pa.Column(bool)}


def _periods(frame: Frame, name: str) -> Frame:
    if "month_code" in frame:
        right = frame["month_code"].str.fullmatch(r"(19|20)\d\d/(0[1-9]|1[0-2])")
        refuse(frame, ~right, "month_code", name, "is no month", "2021/04")
        return frame["month_code"].map(lambda code: month_label(int(code[:4]), int(code[5:])))
    right = frame["year_code"].str.fullmatch(r"(19|20)\d\d")
    refuse(frame, ~right, "year_code", name, "is no year", "2021")
    return frame["year_code"]


def _queried(notes: list[str], name: str) -> str:
    """The day of the query, our vintage."""
    for line in notes:
        if match := re.fullmatch(r"Query Date: (\w{3} \d{1,2}, \d{4})\b.*", line):
            return datetime.strptime(match[1], "%b %d, %Y").date().isoformat()
    raise SourceProblem("has no 'Query Date' in its notes", file=name, field="Notes")


def _refused(says: str, name: str, found: str) -> SourceProblem:
    return SourceProblem(says, file=name, field="Query Parameters", found=show(found))


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

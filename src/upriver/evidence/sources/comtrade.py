"""UN Comtrade: trade that customs reported, by year, partner and heading of the Harmonized System.

Format: the JSON of https://comtradeapi.un.org/public/v1/preview/C/A/HS (no key, at most 500 rows an
answer), as the United Nations' own client reads it (github.com/uncomtrade/comtradeapicall): an
object with `data`, a list of rows. We ask for two headings that the HS of 2022 gave to controlled
precursors; what is traded outside customs is not in it.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from upriver.core.errors import DownloadError, SourceProblem, show
from upriver.evidence.cache import Cache, Vintage
from upriver.evidence.download import Client, Progress
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import LINE, Frame, PathLike, decode, name_of, once, pandas, read_bytes

from .base import Source, using

NAME = "comtrade"
URL = "https://comtradeapi.un.org/public/v1/preview/C/A/HS"

HEADINGS = ("293336", "293337")
FIRST = 2022
"""The first year in which these headings exist."""

CHINA, WORLD = 156, 0
FLOWS = {"M": "imports", "X": "exports"}
MOST = 500
"""Rows in an answer: one that is full may be cut off."""

FIELDS: dict[str, type] = {
    "period": str,
    "reporterCode": int,
    "partnerCode": int,
    "flowCode": str,
    "cmdCode": str,
    "primaryValue": float,
}
"""Fields that we read; the publisher adds others without notice."""

SPLITS = {
    "typeCode": "C",
    "freqCode": "A",
    "partner2Code": 0,
    "customsCode": "C00",
    "motCode": 0,
    "mosCode": 0,
}
"""Fields that split a row further (goods, a year, all customs procedures, all modes of transport
and of supply), and what they say in the row of the whole. The world is the publisher's own row too:
nothing is summed here."""

MOST_USD = 1e15
"""More than all trade of the world in a year."""


def read(path: PathLike, *more: PathLike, vintage: str | None = None) -> Reading:
    """Read answers of the interface, one file each.

    Records by year in USD, place the reporter's number (M49): `trade_exports_293336` with the
    world, `trade_exports_293336_to_842` with one partner.

    Raises:
        FileProblem, SourceProblem: one line with file, row and field.
    """
    pd = pandas()
    names = tuple(name_of(one) for one in (path, *more))
    rows = [row for one in (path, *more) for row in _rows(one)]
    frame = pd.DataFrame(rows, columns=[LINE, *FIELDS, "file"])
    for column, kind in FIELDS.items():
        frame[column] = frame[column].astype(kind)
    for name in names:
        mine = frame[frame["file"] == name].drop(columns="file")
        if len(mine):
            checked(mine, _schema(), name)
    once(frame, ("period", "reporterCode", "partnerCode", "flowCode", "cmdCode"), names[-1])
    remarks = () if len(frame) else ("No trade was reported under what was asked for.",)
    return Reading(NAME, names, frame, _records(frame, vintage or _span(frame)), remarks)


def fetch(
    cache: Cache,
    *,
    client: Client | None = None,
    progress: Progress | None = None,
    url: str = URL,
    reporters: Sequence[int] = (CHINA,),
    headings: Sequence[str] = HEADINGS,
    years: Sequence[int] | None = None,
) -> Vintage:
    """Fetch exports and imports, an answer for each year; by default of China, since 2022.

    Raises:
        DownloadError: an answer does not come, or is cut off.
        WriteError: the cache cannot be written.
    """
    asked_years = years or range(FIRST, datetime.now(UTC).year)
    with using(client) as asked, cache.stage(NAME) as stage:
        for year in asked_years:
            params = {
                "reporterCode": ",".join(str(code) for code in reporters),
                "period": str(year),
                "cmdCode": ",".join(headings),
                "flowCode": "M,X",
                "customsCode": "C00",
                "motCode": "0",
                "partner2Code": "0",
            }
            asked.get(stage, f"{year}.json", url, params=params, progress=progress)
        if not stage.files:
            raise DownloadError(f"{NAME}: no year was asked for.")
        return stage.keep(read)


def _rows(path: PathLike) -> list[dict[str, Any]]:
    """Rows of one answer; row 1 is the first of `data`."""
    name = name_of(path)
    try:
        answer = json.loads(decode(read_bytes(path), name))
    except (ValueError, RecursionError) as error:
        huge = "integer string conversion" in str(error)
        says = "holds a number with thousands of digits" if huge else "is not JSON"
        raise SourceProblem(says, file=name) from None
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list):
        if isinstance(answer, dict) and "dataset" in answer:
            raise SourceProblem(
                "is in the format of the former interface, comtrade.un.org/api, which is closed",
                file=name,
                field="dataset",
                hint=f"`upriver evidence fetch comtrade` asks the present one, {URL}.",
            )
        said = answer.get("error") or answer.get("message") if isinstance(answer, dict) else None
        raise SourceProblem("field 'data' is missing", file=name, field="data", found=show(said))
    if len(data) >= MOST:
        raise SourceProblem(f"has {len(data)} rows, so it may be cut off; ask for less", file=name)
    count = answer.get("count", len(data))
    if isinstance(count, int) and count > len(data):
        said = f"has {len(data)} rows and says that it has {count}, so it is cut off"
        raise SourceProblem(said, file=name, field="count")
    return [{LINE: at, **_fields(row, at, name), "file": name} for at, row in enumerate(data, 1)]


def _fields(row: Any, at: int, name: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise SourceProblem("should be an object", file=name, line=at, found=show(row))
    found: dict[str, Any] = {}
    for field, kind in FIELDS.items():
        if field not in row:
            raise SourceProblem(f"field '{field}' is missing", file=name, line=at, field=field)
        value = row[field]
        right = isinstance(value, (int, float) if kind is float else kind)
        if not right or isinstance(value, bool):
            wanted = {str: "a text", int: "a whole number", float: "a number"}[kind]
            said = f"field '{field}' should be {wanted}"
            raise SourceProblem(said, file=name, line=at, field=field, found=show(value))
        most = MOST_USD if kind is float else 999
        if kind is not str and value == value and not -most <= value <= most:
            raise SourceProblem(
                f"field '{field}' is out of bounds",
                file=name,
                line=at,
                field=field,
                found=show(value),
                allowed="0 to 999" if kind is int else "0 to a thousand million million",
            )
        found[field] = value
    for field, whole in SPLITS.items():
        if str(row.get(field, whole)) != str(whole):
            said = f"field '{field}' splits the row further, found {show(row[field])}"
            raise SourceProblem(said, file=name, line=at, field=field, allowed=str(whole))
    return found


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    code = pa.Column(int, pa.Check.in_range(0, 999, error="0 to 999"))
    amount = pa.Check.ge(0, error="0 or more")
    return {
        "period": pa.Column(str, pa.Check.str_matches(r"^(19|20)\d\d$", error="a year")),
        "reporterCode": code,
        "partnerCode": code,
        "flowCode": pa.Column(str, pa.Check.isin(list(FLOWS), error="M or X")),
        "cmdCode": pa.Column(str, pa.Check.str_matches(r"^\d{2,6}$", error="a heading of the HS")),
        "primaryValue": pa.Column(float, amount),
    }


def _span(frame: Frame) -> str:
    return f"to {frame['period'].max()}" if len(frame) else "empty"


def _records(frame: Frame, vintage: str) -> Frame:
    flow = frame["flowCode"].map(FLOWS)
    partner = (
        frame["partnerCode"].map(lambda code: "" if code == WORLD else f"_to_{code}").astype(str)
    )
    rows = record_rows(
        frame,
        series="trade_" + flow + "_" + frame["cmdCode"] + partner,
        place=frame["reporterCode"].astype(str),
        calendar="year",
        period=frame["period"],
        value=frame["primaryValue"],
        unit="USD",
        source=NAME,
        vintage=vintage,
        status="reported",
    )
    return joined(rows)


SOURCE = Source(
    name=NAME,
    title="Declared trade under the headings of two controlled precursors",
    publisher="United Nations Statistics Division, UN Comtrade",
    gives="Declared value by year, reporter and partner; what is smuggled is not in it.",
    url="https://comtradeplus.un.org",
    terms="UN Comtrade's policy on use: internal use free, re-dissemination limited; cite it.",
    files="JSON of the interface's `preview` or `get`, yearly, HS; one file an answer.",
    series=("trade_{flow}_{heading}", "trade_{flow}_{heading}_to_{partner}"),
    reference=NAME,
    read=read,
    fetch=fetch,
)

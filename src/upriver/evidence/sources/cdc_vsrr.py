"""CDC VSRR Provisional Drug Overdose Death Counts: 12 months ending, by state, month and drug.

Format: data set xkb8-kh2a of data.cdc.gov, as its Socrata interface and its download give it
(https://data.cdc.gov/d/xkb8-kh2a). `data_value` is what was reported so far, `predicted_value`
the publisher's estimate of what it will be. A sum of 12 months is never differenced.
"""

from upriver.core.errors import SourceProblem, show
from upriver.evidence.cache import Cache, Vintage
from upriver.evidence.calendars import month_label, month_of
from upriver.evidence.download import Client, Progress
from upriver.evidence.places import CODES, COUNTRY, MONTHS, NEW_YORK_CITY, STATES
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    Frame,
    PathLike,
    name_of,
    once,
    one_of,
    one_of_many,
    read_text,
    rows_of,
)

from .base import Source, using
from .odd import Odd, table_of
from .socrata import fetch_rows
from .wholes import some

NAME = "cdc_vsrr"
URL = "https://data.cdc.gov/resource/xkb8-kh2a.csv"

INDICATORS = {
    "Number of Deaths": "deaths_all_causes",
    "Number of Drug Overdose Deaths": "deaths_all_drugs",
    "Opioids (T40.0-T40.4,T40.6)": "deaths_any_opioid",
    "Synthetic opioids, excl. methadone (T40.4)": "deaths_synthetic",
    "Heroin (T40.1)": "deaths_heroin",
    "Natural & semi-synthetic opioids (T40.2)": "deaths_natural",
    "Methadone (T40.3)": "deaths_methadone",
    "Natural & semi-synthetic opioids, incl. methadone (T40.2, T40.3)": "deaths_prescription",
    "Natural, semi-synthetic, & synthetic opioids, incl. methadone (T40.2-T40.4)": (
        "deaths_opioid_but_heroin"
    ),
    "Cocaine (T40.5)": "deaths_cocaine",
    "Psychostimulants with abuse potential (T43.6)": "deaths_psychostimulants",
    "Percent with drugs specified": "drugs_specified",
}
"""The publisher's indicators, and the first part of our names."""

PERCENT = "Percent with drugs specified"
TOTAL = "Number of Drug Overdose Deaths"
SUFFIX = "_12m"

NEEDED = ("state", "year", "month", "period", "indicator", "data_value")
AT_TIMES = (
    "percent_complete",
    "percent_pending_investigation",
    "footnote",
    "predicted_value",
)
"""Columns that older editions or a choice of columns may lack."""

BESIDE_CITY = "without New York City"
"""Of NY: the publisher counts the city beside the rest of the state."""


def read(path: PathLike, *, vintage: str | None = None) -> Reading:
    """Read a file of the data set, whole or filtered by indicator or state.

    Records: `deaths_synthetic_12m` and `deaths_synthetic_12m_predicted`, and so for each indicator.
    The country is the publisher's own row; nothing is summed. A row that cannot be read is left
    out, and a remark says which.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    odd = Odd(name_of(path))
    frame = _frame(path, odd)
    rows = _records(frame, vintage or f"to {frame['label'].max()}")
    absent = sorted({*STATES, COUNTRY, NEW_YORK_CITY} - set(frame["state"]))
    remarks = (f"Not in the file: {some(absent)}.",) if absent else ()
    return Reading(NAME, (odd.name,), frame, rows, (*remarks, *odd.remarks))


def _frame(path: PathLike, odd: Odd) -> Frame:
    """The rows of a file, with the label of each month."""
    name = odd.name
    frame = table_of(rows_of(read_text(path), name), odd, NEEDED, AT_TIMES, each=True)
    one_of(frame, "period", name, ("12 month-ending",))
    for column in AT_TIMES:
        if column not in frame:
            frame[column] = ""
    known = {"state": sorted(CODES), "month": MONTHS, "indicator": tuple(INDICATORS)}
    for column, words in known.items():
        right = frame[column].isin(list(words))
        frame = odd.keep(frame, right, column, "is not known", one_of_many(frame[column], words))
    frame = odd.numbers(frame, "year", whole=True)
    frame["year"] = frame["year"].astype(int)
    frame = odd.keep(
        frame, frame["year"].between(2015, 2100), "year", "is out of bounds", "2015 to 2100"
    )
    once(frame, ("state", "indicator", "year", "month"), name)
    frame["percent_complete"] = frame["percent_complete"].str.rstrip("+")
    for column in ("percent_complete", "percent_pending_investigation"):
        frame = odd.numbers(frame, column, blank=("",))
    for column in ("data_value", "predicted_value"):
        frame[column] = frame[column].str.replace(",", "")
        frame = odd.numbers(frame, column, blank=("",))
    frame = checked(frame, _schema(), name)
    months = frame["month"].map({month: number for number, month in enumerate(MONTHS, 1)})
    frame["label"] = [month_label(*at) for at in zip(frame["year"], months, strict=True)]
    return frame


def fetch(
    cache: Cache,
    *,
    client: Client | None = None,
    progress: Progress | None = None,
    url: str = URL,
    page: int = 50_000,
) -> Vintage:
    """Fetch the whole data set, some 85,000 rows, in pages.

    Raises:
        DownloadError: it does not come, or a state, a month or a column is missing.
        WriteError: the cache cannot be written.
    """
    with using(client) as asked, cache.stage(NAME) as stage:
        fetch_rows(asked, stage, "vsrr.csv", url, page=page, progress=progress)
        return stage.keep(_whole)


def _whole(path: PathLike) -> None:
    """Refuse a data set that is not whole: every state, every month, for all overdose deaths.

    And every month of the country for each other indicator, from its first to its last; and every
    row can be read.
    """
    name = name_of(path)
    frame = _frame(path, Odd(name, strict=True))
    total = frame[frame["indicator"] == TOTAL]
    months = sorted(set(total["label"]))
    by_place = total.groupby("state")["label"].agg(set).to_dict()
    for place in (COUNTRY, *STATES, NEW_YORK_CITY):
        if place not in by_place:
            raise SourceProblem(f"column 'state': {place} is missing", file=name, field="state")
        if gap := [label for label in months if label not in by_place[place]]:
            said = f"column 'month': {place} has no row for {gap[0]}"
            raise SourceProblem(said, file=name, field="month")
    for indicator, rows in frame[frame["state"] == COUNTRY].groupby("indicator"):
        found = {year * 12 + month for year, month in map(month_of, rows["label"])}
        gaps = sorted(set(range(min(found), max(found))) - found)
        if gaps:
            label = month_label((gaps[0] - 1) // 12, (gaps[0] - 1) % 12 + 1)
            said = f"column 'month': {COUNTRY} has no row for {label} of {show(indicator)}"
            raise SourceProblem(said, file=name, field="month")


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    share = pa.Check.in_range(0, 100.5, error="0 to 100")
    text = pa.Column(str)
    count = pa.Column(float, pa.Check.ge(0, error="0 or more"), nullable=True)
    return {
        **dict.fromkeys((*NEEDED, "footnote"), text),
        "year": pa.Column(int),
        "percent_complete": pa.Column(float, share, nullable=True),
        "percent_pending_investigation": pa.Column(float, share, nullable=True),
        "data_value": count,
        "predicted_value": count,
    }


def _records(frame: Frame, vintage: str) -> Frame:
    names = frame["indicator"].map(INDICATORS) + SUFFIX
    percent = frame["indicator"] == PERCENT
    footnote = frame["footnote"].str.lower()
    shared = {
        "place": frame["state"],
        "calendar": "12 months ending",
        "period": frame["label"],
        "unit": percent.map({True: "1", False: "people"}),
        "source": NAME,
        "vintage": vintage,
    }
    scale = percent.map({True: 0.01, False: 1.0})
    status = frame["data_value"].notna().map({True: "reported", False: "missing"})
    status[frame["data_value"].isna() & footnote.str.contains("suppressed", regex=False)] = (
        "suppressed"
    )
    rest = (frame["state"] == "NY").map({True: BESIDE_CITY, False: ""})
    notes = zip(rest, footnote.map(_note), strict=True)
    note = ["; ".join(one for one in both if one) for both in notes]
    reported = record_rows(
        frame,
        **shared,
        series=names,
        value=frame["data_value"] * scale,
        status=status,
        note=note,
    )
    known = frame["predicted_value"].notna()
    predicted = record_rows(
        frame[known],
        **{
            key: value[known] if key in ("place", "period", "unit") else value
            for key, value in shared.items()
        },
        series=names[known] + "_predicted",
        value=(frame["predicted_value"] * scale)[known],
        status="predicted",
        note=rest[known],
    )
    return joined(reported, predicted)


def _note(footnote: str) -> str:
    """The part of a footnote that says something of the value."""
    if "low data quality" in footnote:
        return "low data quality"
    if "suppressed" in footnote:
        return "fewer than 10"
    return "underreported: data are incomplete" if "underreported" in footnote else ""


SOURCE = Source(
    name=NAME,
    title="Provisional drug overdose deaths",
    publisher="Centers for Disease Control and Prevention, National Center for Health Statistics",
    gives="Deaths by drug in 12 months ending, reported and predicted, by state since 2015.",
    url="https://data.cdc.gov/d/xkb8-kh2a",
    terms="Public domain (work of the US government); cite the publisher.",
    files="CSV of the data set, from its interface or its download, whole or filtered.",
    series=tuple(
        f"{name}{SUFFIX}{ending}" for name in INDICATORS.values() for ending in ("", "_predicted")
    ),
    reference=NAME,
    read=read,
    fetch=fetch,
)

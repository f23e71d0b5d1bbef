"""PHAC: opioid toxicity deaths in Canada by province and territory, by year and quarter.

Format: `SubstanceHarmsData.csv` of Canada's Health Infobase, alone or in the archive in which it
comes; or the file of Statistics Canada's indicator 3.13.1, which is drawn from it (rates alone).
"""

import zipfile
from io import BytesIO

from upriver.core.errors import SourceProblem, show
from upriver.evidence.cache import Cache, Vintage
from upriver.evidence.download import Client, Progress
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    Frame,
    PathLike,
    decode,
    frame_of,
    name_of,
    numbers,
    once,
    one_of,
    plain_name,
    read_bytes,
    refuse,
    rows_of,
)

from .base import Source, using

NAME = "phac"
URL = (
    "https://health-infobase.canada.ca/src/data/substance-related-harms/download/"
    "HealthInfobase-SubstanceHarmsData.zip"
)
MEMBER = "SubstanceHarmsData.csv"

COUNTRY = "Canada"
PROVINCES = {
    "British Columbia": "CA-BC",
    "Alberta": "CA-AB",
    "Saskatchewan": "CA-SK",
    "Manitoba": "CA-MB",
    "Ontario": "CA-ON",
    "Quebec": "CA-QC",
    "New Brunswick": "CA-NB",
    "Nova Scotia": "CA-NS",
    "Prince Edward Island": "CA-PE",
    "Newfoundland and Labrador": "CA-NL",
    "Yukon": "CA-YT",
    "Northwest Territories": "CA-NT",
    "Nunavut": "CA-NU",
}
"""Provinces and territories, and our codes: CA alone is California."""

WITHOUT = {"Suppr.": "suppressed", "n/a": "missing", "": "missing"}
UNITS = {
    "Number": ("deaths_opioids", "people/year"),
    "Crude rate": ("death_rate_opioids", "1/100k/year"),
}
WHOLE = "Total apparent opioid toxicity deaths"

_COLUMNS = (
    "substance",
    "source",
    "specific_measure",
    "region",
    "time_period",
    "year_quarter",
    "unit",
    "value",
)


def read(path: PathLike, *, vintage: str | None = None) -> Reading:
    """Read either form.

    Records by year: `deaths_opioids` and `death_rate_opioids`, for Canada and each province.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    name = name_of(path)
    rows = list(rows_of(decode(_csv(read_bytes(path), name), name), name))
    header = [plain_name(cell) for cell in rows[0][1]] if rows else []
    frame = _indicator(rows, name) if "geography" in header else _harms(rows, name)
    frame = checked(frame, _schema(), name)
    part = frame["label"].str.contains("(", regex=False)
    remarks = tuple(f"{label} is no whole year." for label in sorted(set(frame[part]["label"])))
    newest = str(frame["label"].max())
    records = _records(frame[~part], vintage or f"to {newest}")
    return Reading(NAME, (name,), frame, records, remarks)


def fetch(
    cache: Cache,
    *,
    client: Client | None = None,
    progress: Progress | None = None,
    url: str = URL,
) -> Vintage:
    """Fetch the archive.

    Raises:
        DownloadError: it does not come, or is not the table that we know.
        WriteError: the cache cannot be written.
    """
    with using(client) as asked, cache.stage(NAME) as stage:
        asked.get(stage, "substance_harms.zip", url, progress=progress)
        return stage.keep(read)


def _csv(raw: bytes, name: str) -> bytes:
    """The table, out of its archive if it is in one; no more of it than a file may have."""
    if not raw.startswith(b"PK"):
        return raw
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            found = [one for one in archive.infolist() if one.filename.split("/")[-1] == MEMBER]
            if len(found) != 1:
                names = ", ".join(one.filename for one in archive.infolist()[:6])
                raise SourceProblem(f"holds no {MEMBER}", file=name, found=show(names))
            if found[0].file_size > 100 * max(found[0].compress_size, 1000):
                raise SourceProblem(f"{MEMBER} unpacks to more than 100 times its size", file=name)
            return archive.read(found[0])
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise SourceProblem(f"is a broken archive ({error})", file=name) from None


def _harms(rows: list[tuple[int, list[str]]], name: str) -> Frame:
    """Deaths by year out of the whole table; `type_event` stands in its older editions."""
    frame = frame_of(rows, name, _COLUMNS, ("type_event", "disaggregator"))
    one_of(frame, "substance", name, ("Opioids", "Stimulants"))
    one_of(frame, "unit", name, ("Number", "Crude rate", "Percent", "Age-adjusted rate"))
    wanted = (
        (frame["substance"] == "Opioids")
        & (frame["source"] == "Deaths")
        & (frame["specific_measure"] == "Overall numbers")
        & (frame["time_period"] == "By year")
        & frame["unit"].isin(list(UNITS))
        & frame["region"].isin([COUNTRY, *PROVINCES])
    )
    if "type_event" in frame:
        wanted &= frame["type_event"] == WHOLE
    frame = frame[wanted].reset_index(drop=True)
    if frame.empty:
        said = "holds no opioid deaths by year"
        raise SourceProblem(said, file=name, allowed="Substance Opioids, Source Deaths, by year")
    frame = frame.rename(columns={"region": "place", "year_quarter": "label"})
    return _values(frame[["line", "place", "label", "unit", "value"]], name)


def _indicator(rows: list[tuple[int, list[str]]], name: str) -> Frame:
    """Rates out of the indicator's file; without a place it is the country, and of both sexes."""
    frame = frame_of(rows, name, ("year", "geography", "value"), ("sex", "geocode"))
    if "sex" in frame:
        one_of(frame, "sex", name, ("", "Total", "Female", "Male"))
        frame = frame[frame["sex"].isin(["", "Total"])].reset_index(drop=True)
    frame["place"] = frame["geography"].where(frame["geography"] != "", COUNTRY)
    one_of(frame, "place", name, (COUNTRY, *PROVINCES))
    frame["unit"] = "Crude rate"
    frame = frame.rename(columns={"year": "label"})
    return _values(frame[["line", "place", "label", "unit", "value"]], name)


def _values(frame: Frame, name: str) -> Frame:
    right = frame["label"].str.fullmatch(r"20\d\d( \(Jan to [A-Z][a-z]{2}\))?")
    refuse(frame, ~right, "label", name, "is no year", "2024, or 2025 (Jan to Sep)")
    once(frame, ("place", "unit", "label"), name)
    frame = frame.copy()
    frame["status"] = frame["value"].map(WITHOUT).fillna("reported")
    frame["value"] = numbers(frame, "value", name, blank=tuple(WITHOUT))
    return frame


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        "place": pa.Column(str),
        "label": pa.Column(str),
        "unit": pa.Column(str, pa.Check.isin(list(UNITS), error="a number or a rate")),
        "value": pa.Column(float, pa.Check.in_range(0, 1e5, error="0 to 100,000"), nullable=True),
        "status": pa.Column(str),
    }


def _records(frame: Frame, vintage: str) -> Frame:
    rows = record_rows(
        frame,
        series=frame["unit"].map({unit: series for unit, (series, _) in UNITS.items()}),
        place=frame["place"].map(PROVINCES | {COUNTRY: COUNTRY}),
        calendar="year",
        period=frame["label"],
        value=frame["value"],
        unit=frame["unit"].map({unit: ours for unit, (_, ours) in UNITS.items()}),
        source=NAME,
        vintage=vintage,
        status=frame["status"],
    )
    return joined(rows)


SOURCE = Source(
    name=NAME,
    title="Opioid toxicity deaths in Canada",
    publisher="Public Health Agency of Canada",
    gives="Deaths and deaths per 100,000 by year, Canada, provinces and territories, since 2016.",
    url="https://health-infobase.canada.ca/substance-related-harms/opioids-stimulants/",
    terms="Open Government Licence – Canada.",
    files="SubstanceHarmsData.csv or its .zip; or Statistics Canada's file of indicator 3.13.1.",
    series=tuple(series for series, _ in UNITS.values()),
    reference=NAME,
    read=read,
    fetch=fetch,
)

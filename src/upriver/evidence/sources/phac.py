"""PHAC: opioid toxicity deaths in Canada by province and territory, by year and quarter.

Format: `SubstanceHarmsData.csv` of Canada's Health Infobase, alone or in the archive in which it
comes; or the file of Statistics Canada's indicator 3.13.1, which is drawn from it (rates alone).
"""

import struct
import zipfile
import zlib
from io import BytesIO

from upriver.core.errors import SourceProblem, show
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    Frame,
    PathLike,
    decode,
    name_of,
    once,
    one_of,
    one_of_many,
    plain_name,
    read_bytes,
    refuse,
    rows_of,
)

from .base import Source, one_file
from .odd import Odd, table_of
from .wholes import EVERYBODY

NAME = "phac"
URL = (
    "https://health-infobase.canada.ca/src/data/substance-related-harms/download/"
    "HealthInfobase-SubstanceHarmsData.zip"
)
MEMBER = "SubstanceHarmsData.csv"

COUNTRY = "Canada"
"""A row of the publisher's own; nothing is summed here."""

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

WITHOUT = {
    "Suppr.": ("suppressed", "withheld"),
    "n/a": ("missing", "not available"),
    "": ("missing", "empty"),
    "-1": ("suppressed", "withheld (-1)"),
    "-2": ("missing", "not reported (-2)"),
}
"""What stands for a value that is not given, and why; editions to 2022 write codes below zero."""

UNITS = {
    "Number": ("deaths_opioids", "people/year"),
    "Crude rate": ("death_rate_opioids", "1/100k/year"),
}
WHOLE = "Total apparent opioid toxicity deaths"

WHOLE_TO = 2024
UNSURE = "perhaps not all months"
"""The indicator's file never says of which months its newest year is; to 2024 they are all in."""

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


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError),
)
"""What the library says of an archive that is not whole."""

Rows = list[tuple[int, list[str]]]


def read(path: PathLike, *, vintage: str | None = None) -> Reading:
    """Read either form.

    Records by year: `deaths_opioids` and `death_rate_opioids`, for Canada and each province. A year
    of which some months are counted is `partial`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    name = name_of(path)
    odd = Odd(name)
    rows = list(rows_of(decode(_csv(read_bytes(path), name), name), name))
    header = {plain_name(cell) for _, cells in rows[:5] for cell in cells}
    frame = _indicator(rows, odd) if "geography" in header else _harms(rows, odd)
    frame = checked(frame, _schema(), name)
    part = frame["months"] != ""
    labels = sorted(set(frame[part]["label"] + " (" + frame[part]["months"] + ")"))
    remarks = tuple(f"{label} is no whole year." for label in labels)
    whole = frame[~part]["label"]
    newest = str((whole if len(whole) else frame["label"]).max())
    records = _records(frame, vintage or f"to {newest}")
    return Reading(NAME, (name,), frame, records, (*remarks, *odd.remarks))


fetch = one_file(NAME, URL, "substance_harms", read)


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
    except _BROKEN as error:
        raise SourceProblem(f"is a broken archive ({error})", file=name) from None


def _harms(rows: Rows, odd: Odd) -> Frame:
    """Deaths by year out of the whole table; `type_event` stands in its older editions."""
    frame = table_of(rows, odd, _COLUMNS, ("type_event", "aggregator", "disaggregator"))
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
        raise SourceProblem(
            "holds no opioid deaths by year",
            file=odd.name,
            allowed="Substance Opioids, Source Deaths, Overall numbers, By year",
        )
    for column in ("aggregator", "disaggregator"):
        if column in frame:
            split = ~frame[column].str.lower().isin(list(EVERYBODY))
            refuse(frame, split, column, odd.name, "splits a row of the overall numbers")
    frame = frame.rename(columns={"region": "place", "year_quarter": "label"})
    return _values(frame[["line", "place", "label", "unit", "value"]], odd)


def _indicator(rows: Rows, odd: Odd) -> Frame:
    """Rates out of the indicator's file; without a place it is the country, and of both sexes."""
    frame = table_of(rows, odd, ("year", "geography", "value"), ("sex", "geocode"))
    if "sex" in frame:
        one_of(frame, "sex", odd.name, ("", "Total", "Female", "Male"))
        both = frame["sex"].isin(["", "Total"])
        if not both.any():
            refuse(frame, ~both, "sex", odd.name, "is of one sex alone", "Total, or empty")
        frame = frame[both].reset_index(drop=True)
    frame["place"] = frame["geography"].where(frame["geography"] != "", COUNTRY)
    known = frame["place"].isin([COUNTRY, *PROVINCES])
    allowed = one_of_many(frame["place"], (COUNTRY, *PROVINCES))
    frame = odd.keep(frame, known, "place", "is not known", allowed).copy()
    frame["unit"] = "Crude rate"
    frame = frame.rename(columns={"year": "label"})
    frame = _values(frame[["line", "place", "label", "unit", "value"]], odd)
    newest = max(frame["label"])
    if int(newest) > WHOLE_TO:
        unsure = (frame["label"] == newest) & (frame["months"] == "")
        frame["months"] = frame["months"].mask(unsure, UNSURE)
        frame["status"] = frame["status"].mask(unsure & (frame["status"] == "reported"), "partial")
    return frame


def _values(frame: Frame, odd: Odd) -> Frame:
    """Years, the months of which they are if not of all, values, and why there is none."""
    found = frame["label"].str.extract(r"^(20\d\d)(?: \(([A-Z][a-z]{2} to [A-Z][a-z]{2})\))?$")
    right = found[0].notna()
    says, allowed = "is no year", "2024, or 2025 (Jan to Sep)"
    found, frame = (
        found[right].reset_index(drop=True),
        odd.keep(frame, right, "label", says, allowed),
    )
    frame = frame.assign(label=found[0], months=found[1].fillna("").replace("Jan to Dec", ""))
    once(frame, ("place", "unit", "label"), odd.name)
    why = frame["value"].map(WITHOUT)
    frame["why"] = [one[1] if isinstance(one, tuple) else "" for one in why]
    frame["status"] = [one[0] if isinstance(one, tuple) else "reported" for one in why]
    partial = (frame["months"] != "") & (frame["status"] == "reported")
    frame["status"] = frame["status"].mask(partial, "partial")
    return odd.numbers(frame, "value", blank=tuple(WITHOUT))


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        "place": pa.Column(str),
        "label": pa.Column(str),
        "unit": pa.Column(str, pa.Check.isin(list(UNITS), error="a number or a rate")),
        "value": pa.Column(float, pa.Check.in_range(0, 1e5, error="0 to 100,000"), nullable=True),
        **{column: pa.Column(str) for column in ("months", "why", "status")},
    }


def _records(frame: Frame, vintage: str) -> Frame:
    notes = zip(frame["why"], frame["months"], strict=True)
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
        note=["; ".join(one for one in both if one) for both in notes],
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

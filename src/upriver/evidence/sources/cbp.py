"""CBP Nationwide Drug Seizures: events and gross pounds by fiscal month, component, region, drug.

Format: the CSV files behind https://www.cbp.gov/document/stats/nationwide-drug-seizures, and those
of Air and Marine Operations, which have `Branch` for `Area of Responsibility`. Files overlap and
are revised: of each month all rows come from the newest file, the one that reaches furthest. What
the whole is, `cbp_offices` says.
"""

import re
from collections.abc import Sequence

from upriver.core.errors import DownloadError, SourceProblem
from upriver.evidence.cache import Cache, Vintage
from upriver.evidence.calendars import fiscal_month, month_label
from upriver.evidence.download import Client, Progress
from upriver.evidence.places import COUNTRY
from upriver.evidence.readings import Reading, checked, joined, record_rows
from upriver.evidence.tables import (
    Frame,
    PathLike,
    name_of,
    numbers,
    once,
    one_of,
    pandas,
    plain_name,
    read_text,
    refuse,
    rows_of,
)

from .base import Source, using
from .cbp_offices import AIR_AND_MARINE, COMPONENTS, REGIONS, WHOLE, doubts, not_there
from .odd import Odd, table_of
from .wholes import absent, cells, gaps, refuse_steps, some, totals

NAME = "cbp"
REFERENCE = "cbp_drugs"
URL = "https://www.cbp.gov/document/stats/nationwide-drug-seizures"

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DRUGS = {
    "Fentanyl": "fentanyl",
    "Heroin": "heroin",
    "Methamphetamine": "methamphetamine",
    "Cocaine": "cocaine",
    "Marijuana": "marijuana",
    "Ecstasy": "ecstasy",
    "Ketamine": "ketamine",
    "Khat (Catha Edulis)": "khat",
    "Lsd": "lsd",
    "Other Drugs**": "other_drugs",
}

AIR_DRUGS = ("Fentanyl", "Heroin", "Methamphetamine", "Cocaine", "Marijuana")
"""Drugs in the files of Air and Marine Operations."""

_SHARED = ("fy", "month_abbv", "component", "region", "land_filter", "drug_type")
COUNTED = {"sum_qty_lbs": ("seized_", "lb"), "count_of_event": ("seizures_", "event")}
"""What is counted in a row, how the names of its records begin, and its unit."""

_LINK = re.compile(r'href="([^"]*/nationwide-drugs-fy\d\d-fy\d\d[^"/]*\.csv)"', re.IGNORECASE)


def read(path: PathLike, *more: PathLike, vintage: str | None = None) -> Reading:
    """Read one file or several that overlap; the order does not matter unless they end alike.

    Records by month: `seized_fentanyl` in gross pounds and `seizures_fentanyl` in events, and so
    for each drug; places are US and what adds up to it, a component in a region,
    `US:southwest/OFO` (at ports of entry; USBP between them). From the files of Air and Marine
    Operations, which are no part of the others, `seized_fentanyl_air_and_marine`. US is there only
    if all its parts are, and `partial` in a month in which one of them is not.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    names = tuple(name_of(one) for one in (path, *more))
    odds = [Odd(name) for name in names]
    frames = [_frame(one, odd) for one, odd in zip((path, *more), odds, strict=True)]
    frame = _merge(frames)
    rows, remarks = _records(frame, vintage or f"to {frame['label'].max()}")
    if len(frames) > 1:
        repeated = sum(len(one) for one in frames) - len(frame)
        remarks.append(f"{repeated:,} rows of months that a newer file has too were left out.")
    remarks += [remark for odd in odds for remark in odd.remarks]
    return Reading(NAME, names, frame.drop(columns=["place", "doubt"]), rows, tuple(remarks))


def fetch(
    cache: Cache,
    *,
    client: Client | None = None,
    progress: Progress | None = None,
    url: str = URL,
) -> Vintage:
    """Fetch the files that the publisher's page names: their names change each month.

    Raises:
        DownloadError: the page or a file does not come, or the page names none.
        WriteError: the cache cannot be written.
    """
    with using(client) as asked, cache.stage(NAME) as stage:
        page = asked.get(stage, "page.html", url, page=True, progress=progress)
        text = page.read_text(encoding="utf-8", errors="replace")
        del stage.files["page.html"]
        links = list(dict.fromkeys(_LINK.findall(text)))
        if not links:
            raise DownloadError(
                f"{url} names no file 'nationwide-drugs-….csv'. Has the page changed?"
            )
        for link in links:
            import httpx

            asked.get(
                stage, link.rsplit("/", 1)[1], str(httpx.URL(url).join(link)), progress=progress
            )
        return stage.keep(read)


def _frame(path: PathLike, odd: Odd) -> Frame:
    """Rows of one file, with calendar months; `area` is the field office, sector or branch."""
    name = name_of(path)
    rows = list(rows_of(read_text(path), name))
    branch = any("branch" in map(plain_name, cells) for _, cells in rows[:5])
    area = "branch" if branch else "area_of_responsibility"
    frame = table_of(rows, odd, (*_SHARED, area, *COUNTED)).rename(columns={area: "area"})
    frame = odd.keep(frame, frame["drug_type"].isin(list(DRUGS)), "drug_type", "is not known")
    right = frame["fy"].str.fullmatch(r"20\d\d( \(FYTD\))?")
    refuse(frame, ~right, "fy", name, "is no fiscal year", "2025, or 2026 (FYTD)")
    frame["fy"] = frame["fy"].str[:4].astype(int)
    one_of(frame, "month_abbv", name, MONTHS)
    one_of(frame, "component", name, tuple(COMPONENTS))
    one_of(frame, "region", name, tuple(REGIONS))
    once(frame, ("fy", "month_abbv", *_SHARED[2:], "area"), name)
    frame["count_of_event"] = numbers(frame, "count_of_event", name, whole=True).astype(int)
    frame["sum_qty_lbs"] = numbers(frame, "sum_qty_lbs", name)
    frame = checked(frame, _schema(), name)
    at = zip(frame["fy"], frame["month_abbv"], strict=True)
    frame["label"] = [month_label(*fiscal_month(fy, MONTHS.index(m) + 1)) for fy, m in at]
    refuse_steps(frame["label"], name, "month_abbv")
    frame["file"] = name
    parts = frame["region"].map(REGIONS) + "/" + frame["component"].map(COMPONENTS)
    frame["place"] = COUNTRY + ":" + parts
    found = doubts(frame, AIR_DRUGS if branch else DRUGS)
    keys = zip(frame["label"], frame["place"], strict=True)
    frame["doubt"] = [found.get(key, "") for key in keys]
    return frame


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        **{column: pa.Column(str) for column in (*_SHARED, "area")},
        "fy": pa.Column(int, pa.Check.in_range(2012, 2100, error="2012 to 2100")),
        "count_of_event": pa.Column(int, pa.Check.ge(0, error="0 or more")),
        "sum_qty_lbs": pa.Column(float, pa.Check.in_range(0, 1e7, error="0 to 10 million")),
    }


def _merge(frames: Sequence[Frame]) -> Frame:
    """All months, each from the newest file that has it, of each kind of file."""
    pd = pandas()
    kinds: dict[bool, list[Frame]] = {}
    for frame in frames:
        air = set(frame["component"]) == {AIR_AND_MARINE}
        if not air and AIR_AND_MARINE in set(frame["component"]):
            said = "column 'component' holds Air and Marine Operations beside others"
            raise SourceProblem(said, file=frame["file"].iloc[0], field="component")
        kinds.setdefault(air, []).append(frame)
    kept = []
    for group in kinds.values():
        seen: set[str] = set()
        for _, frame in sorted(enumerate(group), key=lambda one: (one[1]["label"].max(), one[0]))[
            ::-1
        ]:
            kept.append(frame[~frame["label"].isin(seen)])
            seen |= set(frame["label"])
    return pd.concat(kept, ignore_index=True)


def _records(frame: Frame, vintage: str) -> tuple[Frame, list[str]]:
    """Sums by month, of each kind of file; and what is not there."""
    parts, remarks = [], []
    for air, rows in frame.groupby(frame["component"] == AIR_AND_MARINE):
        whole = WHOLE[bool(air)]
        found = _parts(
            rows.assign(drug=rows["drug_type"].map(DRUGS)), "_air_and_marine" * bool(air)
        )
        sums = totals(found, whole, COUNTRY)
        if absent(found, whole):
            missing = not_there(set(found["place"]), whole)
            remarks.append(f"No total of the country: the file has nothing of {missing}.")
        remarks += (said := gaps(sums))
        drugs = set(rows["drug_type"])
        if said and not set(AIR_DRUGS if air else DRUGS) <= drugs:
            remarks.append(
                f"The file is of {some(sorted(drugs), 3)} alone. With all drugs in it, an office "
                "that has others in a month and not this one is a zero."
            )
        parts += [found, sums]
    for place, says in sorted(set(zip(frame["place"], frame["doubt"], strict=True))):
        if says:
            remarks.append(f"{place} is of a part in some months: {says}.")
    every = joined(*parts)
    starts = every["series"].str.startswith("seized_")
    return (
        record_rows(
            every,
            series=every["series"],
            place=every["place"],
            calendar="month",
            period=every["period"],
            value=every["value"].round(6),
            unit=starts.map({True: "lb", False: "event"}),
            source=REFERENCE,
            vintage=vintage,
            status=every["status"],
            note=every["note"],
        ),
        remarks,
    )


def _parts(rows: Frame, ending: str) -> Frame:
    """Each component in each region; a month with other drugs and none of one is a zero of it."""
    pd = pandas()
    keys = ["drug", "place", "label"]
    sums = []
    for column, (start, _) in COUNTED.items():
        one = rows.groupby(keys, as_index=False)[column].sum()
        one = one.rename(columns={column: "value", "label": "period"})
        sums.append(one.assign(series=start + one["drug"] + ending))
    counted = set(zip(rows["label"], rows["place"], strict=True))
    of_file = rows.groupby("file")["drug"].agg(set).to_dict()
    files = dict(zip(rows["label"], rows["file"], strict=True))
    drugs = {label: of_file[file] for label, file in files.items()}
    doubtful = rows[rows["doubt"] != ""]
    keys_of = zip(doubtful["label"], doubtful["place"], strict=True)
    why = dict(zip(keys_of, doubtful["doubt"], strict=True))
    return cells(pd.concat(sums), counted, drugs, why)


SOURCE = Source(
    name=NAME,
    title="Nationwide drug seizures at the border",
    publisher="US Customs and Border Protection",
    gives="Events and gross pounds seized by month, component, region and drug since FY2019.",
    url=URL,
    terms="Public domain (work of the US government); cite the publisher.",
    files="nationwide-drugs-fy19-fy22.csv and the like; several that overlap are merged.",
    series=tuple(
        f"{start}{drug}{ending}"
        for start, _ in COUNTED.values()
        for drug in DRUGS.values()
        for ending in ("", "_air_and_marine")
    ),
    reference=REFERENCE,
    read=read,
    fetch=fetch,
)

"""NFLIS-Drug: reports of drugs that forensic laboratories identified, by half-year and state.

Format: the CSV export of the public data query of https://www.nflis.deadiversion.usdoj.gov, one row
for each substance, by half-year or by year. A report is one drug in one item; laboratories report
late, so the newest half-year rises for about a year.

The whole is laboratories of all kinds (`LABORATORIES`), the 50 states and DC, and both halves of a
year. Reports of territories and of no state (XX) are in the country's sum where they are there.
"""

from collections.abc import Collection, Iterable
from datetime import date

from upriver.evidence.places import COUNTRY, STATES, TERRITORIES
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

from .base import Source, only_by_hand
from .odd import Odd, table_of
from .wholes import absent, cells, gaps, some, totals

NAME = "nflis"
REFERENCE = "nflis_query"

COLUMNS = (
    "labtype",
    "rptaggr",
    "yyyy",
    "period",
    "drug_reports",
    "query_run_date",
    "substance_id",
    "base_description",
    "drug_category_description",
    "state",
)
PERIODS = {"SA1 (JAN - JUN)": "H1", "SA2 (JUL - DEC)": "H2"}
LABORATORIES = ("federal", "local", "private", "state")
"""Kinds of laboratories that together are all, as `LABTYPE` begins."""

UNKNOWN = "XX"
CATEGORIES = {"Fentanyl and Fentanyl-related": "fentanyl_related"}
MEMBERS = ("4-ANPP", "Acetyl fentanyl", "Carfentanil", "Fentanyl")
"""What the category of fentanyl holds in every half-year of the country; without one of them, the
export is of chosen substances."""

FORMS = {"1504": "fentanyl", "1505": "its hydrochloride", "2408": "a salt undetermined"}
"""Substances, by their numbers, that the country reports as fentanyl in every half-year."""

FEW = 200
"""Rows from which on one of a single report is there, unless small ones were left out."""

BASES = {"Fentanyl": "fentanyl", "Carfentanil": "carfentanil"}
"""Drugs that have records of their own."""

TERRITORIES_TOO = "sum of states and territories"
CHOSEN = "of chosen substances or rows"


def read(path: PathLike) -> Reading:
    """Read an export.

    Records by state, and their sum as the country where every state is in the file:
    `nflis_reports_fentanyl_related` (so for each drug category), `nflis_reports_fentanyl` (fentanyl
    itself), `nflis_reports_carfentanil`, by year; and by half-year,
    `nflis_reports_fentanyl_half_year`. Of some kinds of laboratories alone, under their name:
    `nflis_reports_fentanyl_federal_laboratories`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    name = name_of(path)
    odd = Odd(name)
    frame = table_of(rows_of(read_text(path), name), odd, COLUMNS)
    one_of(frame, "rptaggr", name, ("DrugReport",))
    yearly = frame["period"].str.fullmatch(r"\d{4}") & (frame["period"] == frame["yyyy"])
    one_of(frame[~yearly], "period", name, tuple(PERIODS))
    one_of(frame, "state", name, (*STATES, *TERRITORIES, UNKNOWN))
    ran = frame["query_run_date"].str.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
    refuse(frame, ~ran, "query_run_date", name, "is no date", "2026-03-03 13:26:55")
    once(frame, ("yyyy", "period", "state", "substance_id", "labtype"), name)
    frame["yyyy"] = numbers(frame, "yyyy", name, whole=True).astype(int)
    frame["drug_reports"] = numbers(frame, "drug_reports", name, whole=True).astype(int)
    frame = checked(frame, _schema(), name)
    years = frame["yyyy"].astype(str)
    frame["label"] = years.where(yearly, years + "-" + frame["period"].map(PERIODS).fillna(""))
    vintage = str(frame["query_run_date"].max())[:10]
    records, remarks = _records(frame, vintage)
    halves = frame[~yearly]["label"]
    if len(halves):
        remarks.append(f"The newest half-year, {halves.max()}, may still rise.")
    return Reading(NAME, (name,), frame, records, (*remarks, *odd.remarks))


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        **dict.fromkeys(COLUMNS, pa.Column(str)),
        "yyyy": pa.Column(int, pa.Check.in_range(1998, 2100, error="1998 to 2100")),
        "drug_reports": pa.Column(int, pa.Check.ge(0, error="0 or more")),
        "drug_category_description": pa.Column(
            str, pa.Check.str_length(min_value=1, error="a name")
        ),
    }


def laboratories(text: str) -> tuple[str, ...]:
    """Kinds of laboratories in a cell, in order: `Local/Municipal,State` is local and state."""
    kinds = {plain_name(one.split("/")[0]) for one in text.split(",")}
    return tuple(sorted(kind for kind in kinds if kind))


def _records(frame: Frame, vintage: str) -> tuple[Frame, list[str]]:
    """Records of each set of laboratories that was asked for; and what is not there."""
    pd = pandas()
    category = frame["drug_category_description"]
    named = category.map(lambda text: CATEGORIES.get(text) or plain_name(text))
    own = frame[frame["base_description"].isin(list(BASES))]
    every = pd.concat(
        [frame.assign(drug=named), own.assign(drug=own["base_description"].map(BASES))]
    )
    parts, remarks = [], []
    for kinds, rows in every.groupby(every["labtype"].map(laboratories), sort=True):
        ending = "" if set(LABORATORIES) <= set(kinds) else f"_{'_'.join(kinds)}_laboratories"
        if ending:
            lacking = [one for one in LABORATORIES if one not in kinds]
            remarks.append(
                f"Of {', '.join(kinds)} laboratories alone, without {', '.join(lacking)}: kept "
                f"apart, names end in {ending}."
            )
        found, says = _of_laboratories(rows, ending, vintage)
        parts += found
        remarks += says
    return joined(*parts), remarks


def _of_laboratories(rows: Frame, ending: str, vintage: str) -> tuple[list[Frame], list[str]]:
    """Half-years and years of one set of laboratories."""
    yearly = rows["period"] == rows["yyyy"].astype(str)
    short = _short_of_substances(rows)
    found, remarks = [], list(dict.fromkeys(short.values()))
    halves = rows[~yearly]
    if len(halves):
        by_half = _cells(halves, vintage)
        found.append(_told(by_half, ending + "_half_year", "half-year", short, vintage))
        both = halves.groupby("yyyy")["period"].nunique()
        whole = set(both[both == len(PERIODS)].index) - set(rows[yearly]["yyyy"])
        in_years = by_half[by_half["period"].str[:4].astype(int).isin(list(whole))]
        if len(in_years):
            found.append(_told(_years(in_years), ending, "year", short, vintage))
    if yearly.any():
        found.append(_told(_cells(rows[yearly], vintage), ending, "year", short, vintage))
    sums = joined(*found)
    if missing := absent(sums, tuple(STATES)):
        remarks.append(f"No total of the country: the file has nothing of {some(missing)}.")
    remarks += gaps(sums[(sums["place"] == COUNTRY) & ~sums["series"].str.endswith("_half_year")])
    return found, remarks


def _short_of_substances(rows: Frame) -> dict[str, str]:
    """Drugs of which the file has chosen substances or rows alone, and the words for each."""
    drug = CATEGORIES["Fentanyl and Fentanyl-related"]
    if len(rows) >= FEW and (least := int(rows["drug_reports"].min())) > 1:
        said = f"No row has fewer than {least} reports: small ones were left out."
        return dict.fromkeys(sorted(set(rows["drug"])), said)
    bases = set(rows[rows["drug"] == drug]["base_description"])
    lacking = [one for one in MEMBERS if one not in bases]
    everywhere = set(STATES) <= set(rows["state"])
    short = {}
    if bases and (lacking if everywhere else len(bases) < 2):
        says = some(sorted(bases), 3)
        short[drug] = f"The category of fentanyl is of {says} alone, without {some(lacking)}."
    forms = set(rows[rows["drug"] == BASES["Fentanyl"]]["substance_id"])
    if everywhere and forms and (gone := [name for one, name in FORMS.items() if one not in forms]):
        said = f"Fentanyl is without {some(gone)}."
        short[BASES["Fentanyl"]] = said
        short.setdefault(drug, said)
    return short


def _cells(rows: Frame, vintage: str) -> Frame:
    """Reports of each drug, state and period; a state without a row of any substance is a gap."""
    sums = rows.groupby(["drug", "state", "label"], as_index=False)["drug_reports"].sum()
    values = sums.rename(columns={"state": "place", "label": "period", "drug_reports": "value"})
    counted = set(zip(rows["label"], rows["state"], strict=True))
    drugs: dict[str, Collection[str]] = {label: set(rows["drug"]) for label in set(rows["label"])}
    early = {label for label in drugs if not _over(label, vintage)}
    doubts = {key: "asked for before its end" for key in counted if key[0] in early}
    return cells(values.assign(series=values["drug"]), counted, drugs, doubts)


def _over(label: str, day: str) -> bool:
    """Whether a period had ended on a day."""
    year = int(label[:4])
    end = date(year, 7, 1) if label.endswith("H1") else date(year + 1, 1, 1)
    return end.isoformat() <= day


def _years(halves: Frame) -> Frame:
    """Both halves added up; with one of them, the year is of a part."""
    pd = pandas()
    groups: dict[tuple[str, str, str], list[tuple[str, float, str]]] = {}
    for row in halves.itertuples(index=False):
        key = (row.series, row.place, row.period[:4])
        groups.setdefault(key, []).append((row.period, row.value, row.note))
    rows = []
    for (series, place, year), both in groups.items():
        there = [value for _, value, _ in both if value == value]
        says = "; ".join(f"{label}: {note}" for label, _, note in both if note)
        status = "missing" if not there else "partial" if says else "reported"
        value = sum(there) if there else float("nan")
        rows.append((series, place, year, value, status, says))
    return pd.DataFrame(rows, columns=list(halves.columns))


def _told(parts: Frame, ending: str, calendar: str, short: Iterable[str], vintage: str) -> Frame:
    """Records of the states and of the country."""
    pd = pandas()
    doubtful = parts["series"].isin(list(short)) & (parts["status"] == "reported")
    parts = parts.assign(
        status=parts["status"].mask(doubtful, "partial"),
        note=parts["note"].mask(doubtful, CHOSEN),
    )
    sums = totals(parts, tuple(STATES), COUNTRY, TERRITORIES_TOO)
    sums["note"] = sums["note"].mask(sums["series"].isin(list(short)), CHOSEN)
    rows = pd.concat([parts[parts["place"] != UNKNOWN], sums], ignore_index=True)
    return record_rows(
        rows,
        series="nflis_reports_" + rows["series"] + ending,
        place=rows["place"],
        calendar=calendar,
        period=rows["period"],
        value=rows["value"],
        unit="report",
        source=REFERENCE,
        vintage=vintage,
        status=rows["status"],
        note=rows["note"],
    )


SOURCE = Source(
    name=NAME,
    title="Drug reports of forensic laboratories (NFLIS-Drug)",
    publisher="Drug Enforcement Administration",
    gives="Reports by substance, half-year or year and state, from the public data query.",
    url="https://www.nflis.deadiversion.usdoj.gov",
    terms="Public domain (work of the US government); cite the publisher.",
    files="CSV export of the public data query, columns LABTYPE to STATE_FIPS.",
    series=tuple(
        f"nflis_reports_{drug}{ending}"
        for drug in ("{category}", *BASES.values())
        for ending in ("", "_half_year", "_{laboratories}_laboratories")
    ),
    reference=REFERENCE,
    read=read,
    fetch=only_by_hand(
        NAME,
        "the publisher gives it from a form. Run the public data query at "
        "https://www.nflis.deadiversion.usdoj.gov, for all kinds of laboratories, and export it as "
        "CSV.",
    ),
    by_hand="Run the public data query on its site, for laboratories of all kinds, by state and "
    "half-year, and export it as CSV.",
)

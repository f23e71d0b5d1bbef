"""NFLIS-Drug: reports of drugs that forensic laboratories identified, by half-year and state.

Format: the CSV export of the public data query of https://www.nflis.deadiversion.usdoj.gov, one row
for each substance. A report is one drug in one item; laboratories report late, so the newest
half-year rises for about a year.
"""

from upriver.evidence.places import COUNTRY, STATES, TERRITORIES
from upriver.evidence.readings import Reading, checked, joined, record_rows, with_country
from upriver.evidence.tables import (
    Frame,
    PathLike,
    frame_of,
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
    "substance_description",
    "base_id",
    "base_description",
    "drug_category_code",
    "drug_category_description",
    "state",
    "state_long_name",
    "state_fips",
)
PERIODS = {"SA1 (JAN - JUN)": "H1", "SA2 (JUL - DEC)": "H2"}
UNKNOWN = "XX"
CATEGORIES = {"Fentanyl and Fentanyl-related": "fentanyl_related"}
BASES = {"Fentanyl": "fentanyl", "Carfentanil": "carfentanil"}
"""Drugs that have records of their own."""


def read(path: PathLike) -> Reading:
    """Read an export.

    Records by state, and their sum as the country: `nflis_reports_fentanyl_related` (so for each
    drug category), `nflis_reports_fentanyl` (fentanyl itself), `nflis_reports_carfentanil`, by
    year; and by half-year, `nflis_reports_fentanyl_half_year`.

    Raises:
        FileProblem, SourceProblem: one line with file, line and column.
    """
    name = name_of(path)
    frame = frame_of(rows_of(read_text(path), name), name, COLUMNS)
    one_of(frame, "rptaggr", name, ("DrugReport",))
    one_of(frame, "period", name, tuple(PERIODS))
    one_of(frame, "state", name, (*STATES, *TERRITORIES, UNKNOWN))
    ran = frame["query_run_date"].str.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
    refuse(frame, ~ran, "query_run_date", name, "is no date", "2026-03-03 13:26:55")
    once(frame, ("yyyy", "period", "state", "substance_id"), name)
    frame["yyyy"] = numbers(frame, "yyyy", name, whole=True).astype(int)
    frame["drug_reports"] = numbers(frame, "drug_reports", name, whole=True).astype(int)
    frame = checked(frame, _schema(), name)
    frame["label"] = frame["yyyy"].astype(str) + "-" + frame["period"].map(PERIODS)
    vintage = str(frame["query_run_date"].max())[:10]
    newest = frame["label"].max()
    remarks = (f"The newest half-year, {newest}, may still rise.",)
    return Reading(NAME, (name,), frame, _records(frame, vintage), remarks)


def _schema() -> dict[str, object]:
    import pandera.pandas as pa

    return {
        **dict.fromkeys(COLUMNS, pa.Column(str)),
        "yyyy": pa.Column(int, pa.Check.in_range(1998, 2100, error="1998 to 2100")),
        "drug_reports": pa.Column(int, pa.Check.ge(0, error="0 or more")),
        "substance_description": pa.Column(str, pa.Check.str_length(min_value=1, error="a name")),
        "drug_category_description": pa.Column(
            str, pa.Check.str_length(min_value=1, error="a name")
        ),
    }


def _records(frame: Frame, vintage: str) -> Frame:
    """By half-year, and by year where both halves are there."""
    pd = pandas()
    category = frame["drug_category_description"]
    named = category.map(lambda text: CATEGORIES.get(text) or plain_name(text))
    own = frame[frame["base_description"].isin(list(BASES))]
    every = pd.concat(
        [frame.assign(drug=named), own.assign(drug=own["base_description"].map(BASES))]
    )
    halves = every.groupby("yyyy")["period"].nunique()
    whole = every[every["yyyy"].isin(halves[halves == 2].index)]
    parts = [_sums(every, "label", "half-year", "_half_year", vintage)]
    if len(whole):
        years = whole.assign(year=whole["yyyy"].astype(str))
        parts.append(_sums(years, "year", "year", "", vintage))
    return joined(*parts)


def _sums(frame: Frame, label: str, calendar: str, ending: str, vintage: str) -> Frame:
    """Sums of each drug and state, and of all states; a period without a row is a zero."""
    table = frame.pivot_table(
        index=label, columns=["drug", "state"], values="drug_reports", aggfunc="sum", fill_value=0
    )
    rows = with_country(table, COUNTRY)
    rows = rows[rows["place"] != UNKNOWN]
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
        status="reported",
        note=(rows["place"] == COUNTRY).map({True: "sum of states and territories", False: ""}),
    )


SOURCE = Source(
    name=NAME,
    title="Drug reports of forensic laboratories (NFLIS-Drug)",
    publisher="Drug Enforcement Administration",
    gives="Reports by substance, half-year and state, from the export of the public data query.",
    url="https://www.nflis.deadiversion.usdoj.gov",
    terms="Public domain (work of the US government); cite the publisher.",
    files="CSV export of the public data query, columns LABTYPE to STATE_FIPS.",
    series=tuple(
        f"nflis_reports_{drug}{ending}"
        for drug in ("{category}", *BASES.values())
        for ending in ("", "_half_year")
    ),
    reference=REFERENCE,
    read=read,
    fetch=only_by_hand(
        NAME,
        "the publisher gives it from a form. Run the public data query at "
        "https://www.nflis.deadiversion.usdoj.gov and export it as CSV.",
    ),
    by_hand="Run the public data query on its site, by state and half-year, and export it as CSV.",
)

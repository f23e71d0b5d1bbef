"""US Customs and Border Protection, Nationwide Drug Seizures: weight and events by fiscal month.

Files may overlap: a fiscal month is taken whole from the file that reaches furthest. A month that
is published without a row for a component and region had no seizure there: 0. A row of 0 lb with an
event is kept as CBP has it.

Left out: other drugs; field offices and sectors, which are added up to regions; the land filter.
The files of Air and Marine Operations too: it takes part in seizures that the two components here
book, so that adding it would count some of them twice, and CBP's national totals are without it.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from table import columns, require, table

from upriver.evidence.calendars import fiscal_month, month_label

DRUGS = {"Fentanyl": "fentanyl", "Heroin": "heroin", "Methamphetamine": "methamphetamine"}
COMPONENTS = {"Office of Field Operations": "OFO", "U.S. Border Patrol": "USBP"}
REGIONS = {
    "Southwest Border": "southwest",
    "Northern Border": "northern",
    "Coastal/Interior": "interior",
}
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MEASURES = {"weight": ("seized", "lb"), "events": ("seizures", "event")}
WANTED = ("FY", "Month (abbv)", "Component", "Region", "Drug Type", "Count of Event")
PLACES = """
Places: US, and what adds up to it: a component in a region, such as US:southwest/OFO. Regions are
southwest (border), northern (border) and interior (coast and interior); components are OFO, the
Office of Field Operations, at ports of entry, and USBP, the Border Patrol, between them. The
southwest border is the sum of its two. 0: nothing was seized there in a month that is published.
"""


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found = read(sorted((raw / "cbp").glob("nationwide-drugs-*.csv")))
    vintage = f"to {found['month'].max()}"
    texts = {}
    for drug in DRUGS.values():
        sums = list(_by_place(found[found["drug"] == drug], sorted(found["month"].unique())))
        for measure, (name, unit) in MEASURES.items():
            what = "Weight" if measure == "weight" else "Number of seizures"
            texts[f"cbp_{name}_{drug}.csv"] = table(
                f"{what} of {drug} by month; weights are gross, of what is seized, and not pure."
                + PLACES,
                ("place", "period", "value"),
                ((place, month, one[measure]) for place, month, one in sums),
                series=f"{name}_{drug}",
                calendar="month",
                unit=unit,
                source="cbp_drugs",
                vintage=vintage,
                status="reported",
            )
    texts["cbp_fiscal_years.csv"] = _fiscal_years(found, vintage)
    return texts


def read(files: list[Path]) -> pd.DataFrame:
    """Rows of all files, each fiscal month from the file that reaches furthest."""
    require(bool(files), "cbp", "no file nationwide-drugs-*.csv")
    merged: pd.DataFrame | None = None
    for one in sorted((_read(file) for file in files), key=lambda one: one["month"].max()):
        if merged is None:
            merged = one
        else:
            kept = merged[~merged["month"].isin(set(one["month"]))]
            merged = pd.concat([kept, one], ignore_index=True)
    assert merged is not None
    months = sorted(merged["month"].unique())
    first, last = (int(m[:4]) * 12 + int(m[5:]) for m in (months[0], months[-1]))
    require(len(months) == last - first + 1, "cbp", "a month between the first and last is missing")
    return merged


def _read(file: Path) -> pd.DataFrame:
    found = pd.read_csv(file, dtype=str, keep_default_na=False)
    columns(found.columns, (*WANTED, "Sum Qty (lbs)"), file.name)
    for column, known in (("Component", COMPONENTS), ("Region", REGIONS)):
        unknown = set(found[column]) - set(known)
        require(not unknown, file.name, f"{column} {sorted(unknown)} is new")
    require(set(DRUGS) <= set(found["Drug Type"]), file.name, "a drug is missing")
    keys = [name for name in found.columns if name not in ("Count of Event", "Sum Qty (lbs)")]
    require(not found.duplicated(keys).any(), file.name, "a row stands twice")
    years = found["FY"].str.removesuffix(" (FYTD)").astype(int)
    months = found["Month (abbv)"].map(MONTHS.index) + 1
    made = pd.DataFrame(
        {
            "fiscal_year": years,
            "month": [month_label(*fiscal_month(y, m)) for y, m in zip(years, months, strict=True)],
            "place": "US:"
            + found["Region"].map(REGIONS)
            + "/"
            + found["Component"].map(COMPONENTS),
            "drug": found["Drug Type"].map(DRUGS),
            "weight": found["Sum Qty (lbs)"].astype(float),
            "events": found["Count of Event"].astype(int),
        }
    )
    require(bool((made[["weight", "events"]] >= 0).all().all()), file.name, "a number below 0")
    return made


def _by_place(
    found: pd.DataFrame, months: list[str]
) -> Iterator[tuple[str, str, dict[str, float | int]]]:
    """Place, month and sums; parts are rounded to 0.0001 lb, and US is the sum of these."""
    parts = found.groupby(["place", "month"])[["weight", "events"]].sum().round(4)
    fine = [f"US:{region}/{unit}" for region in REGIONS.values() for unit in COMPONENTS.values()]
    for place in ("US", *fine):
        inside = fine if place == "US" else [place]
        for month in months:
            there = [parts.loc[one, month] for one in inside if (one, month) in parts.index]
            yield (
                place,
                month,
                {
                    "weight": round(sum((float(one["weight"]) for one in there), 0.0), 4),
                    "events": sum(int(one["events"]) for one in there),
                },
            )


def _fiscal_years(found: pd.DataFrame, vintage: str) -> str:
    rows = []
    whole = [y for y, one in found.groupby("fiscal_year") if one["month"].nunique() == 12]
    left_out = sorted(set(found["fiscal_year"]) - set(whole))
    for drug in DRUGS.values():
        of_drug = found[(found["drug"] == drug) & found["fiscal_year"].isin(whole)]
        for year, weight in of_drug.groupby("fiscal_year")["weight"].sum().items():
            rows.append((f"seized_{drug}_fiscal", f"FY{year}", round(float(weight), 4)))
    return table(
        "Weight of drugs by fiscal year, October to September: months added up; gross weight.\n"
        f"A fiscal year that is not over is left out: FY{left_out[0] if left_out else 'none'}.",
        ("series", "period", "value"),
        rows,
        place="US",
        calendar="fiscal year",
        unit="lb",
        source="cbp_drugs",
        vintage=vintage,
        status="reported",
    )

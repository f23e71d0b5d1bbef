"""DEA, National Forensic Laboratory Information System: drug reports, and samples with fentanyl.

`nflis_drug_state_year.csv` is an export of the public query, of the category fentanyl and
fentanyl-related only, by half-year and state. The files of `nflis_cooccurrence` are counts of
samples by Lim et al. (2024), from NFLIS data: a sample counts once for each class that it holds.

Left out: substances other than those here, Guam and the Virgin Islands (years without a report),
reports of no state (XX; they count in US), and classes of samples that nobody here asks for.
"""

from pathlib import Path

import pandas as pd
from table import columns, require, table

FENTANYL, CARFENTANIL = "Fentanyl", "Carfentanil"
CATEGORY = "Fentanyl and Fentanyl-related"
NO_STATE = ("GU", "VI", "XX")
SAMPLES = ("Heroin", "Methamphetamine", "Cocaine")


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    folder = raw / "nflis_cooccurrence"
    return {
        "nflis_reports.csv": _reports(raw / "nflis" / "nflis_drug_state_year.csv"),
        "nflis_xylazine.csv": _xylazine(folder / "Drug_frequency_annual.csv"),
        **_samples(
            folder / "Fentanyl_samples_year_state.csv",
            folder / "Fentanyl_cooccurrence_year_state.csv",
        ),
    }


def _reports(file: Path) -> str:
    found = pd.read_csv(file, dtype=str, keep_default_na=False)
    keys = ["YYYY", "PERIOD", "SUBSTANCE_ID", "STATE"]
    columns(found.columns, (*keys, "DRUG_REPORTS", "BASE_DESCRIPTION", "QUERY_RUN_DATE"), file.name)
    require(set(found["DRUG_CATEGORY_DESCRIPTION"]) == {CATEGORY}, file.name, "another category")
    require(set(found["RPTAGGR"].str.strip()) == {"DrugReport"}, file.name, "not drug reports")
    require(not found.duplicated(keys).any(), file.name, "a row stands twice")
    halves = found.groupby("YYYY")["PERIOD"].nunique()
    require(bool((halves == 2).all()), file.name, "a half-year is missing")
    dates = found["QUERY_RUN_DATE"].str[:10].unique()
    require(len(dates) == 1, file.name, "made of several queries")
    found["reports"] = found["DRUG_REPORTS"].astype(int)
    years = sorted(found["YYYY"].unique())
    states = sorted(set(found["STATE"]) - set(NO_STATE))
    there = found.groupby(["STATE", "YYYY"]).size()
    require(len(states) == 52, file.name, f"states: {states}")
    require(
        all((state, year) in there.index for state in states for year in years),
        file.name,
        "a year of a state has no report of the whole category",
    )
    rows: list[tuple[object, ...]] = []
    for name, of in (
        ("nflis_reports_fentanyl", found["BASE_DESCRIPTION"] == FENTANYL),
        ("nflis_reports_fentanyl_related", found["BASE_DESCRIPTION"] != ""),
        ("nflis_reports_carfentanil", found["BASE_DESCRIPTION"] == CARFENTANIL),
    ):
        one = found[of]
        national = one.groupby("YYYY")["reports"].sum()
        by_state = one.groupby(["STATE", "YYYY"])["reports"].sum()
        rows += [(name, "US", year, int(national.get(year, 0))) for year in years]
        rows += [(name, s, y, int(by_state.get((s, y), 0))) for s in states for y in years]
    newest = years[-1]
    return table(
        "Drug reports of laboratories by year: fentanyl itself; fentanyl and all that is related "
        "to it; carfentanil.\n"
        "A sample can give several reports. US counts territories and reports of no state as well. "
        f"Laboratories that report late are not in {newest} yet.",
        ("series", "place", "period", "value"),
        rows,
        calendar="year",
        unit="report",
        source="nflis_query",
        vintage=dates[0],
        status="reported",
    )


def _xylazine(file: Path) -> str:
    found = pd.read_csv(file)
    columns(found.columns, ("YYYY", "SubstanceDetected", "Freq"), file.name)
    one = found[found["SubstanceDetected"] == "Xylazine"].sort_values("YYYY")
    require(list(one["YYYY"]) == list(range(2013, 2024)), file.name, "years are not 2013 to 2023")
    return table(
        "Drug reports of laboratories by year, without territories, as Lim et al. counted them.",
        ("period", "value"),
        zip(one["YYYY"], one["Freq"], strict=True),
        series="nflis_reports_xylazine",
        place="US",
        calendar="year",
        unit="report",
        source="nflis_lim2024",
        vintage="2024",
        status="computed",
    )


def _samples(file: Path, by_drug: Path) -> dict[str, str]:
    whole = pd.read_csv(file)
    parts = ["Count_fent_listed", "Count_fent_only", "Count_fent_other"]
    columns(whole.columns, ("State", "Time", "Total_listed", "Total_other", *parts), file.name)
    of = pd.read_csv(by_drug)
    columns(of.columns, ("State", "Time", "Drug.sample", "Total", "Count_fent"), by_drug.name)
    whole = whole.set_index(["State", "Time"])
    of = of.set_index(["Drug.sample", "State", "Time"])
    require(whole.index.is_unique and of.index.is_unique, file.name, "a row stands twice")
    total = whole["Total_listed"] + whole["Total_other"]
    fentanyl = whole[parts].sum(axis=1)
    stated = (fentanyl / total * 100 - whole["P100_fent_all"]).abs().max()
    require(stated < 1e-9, file.name, "the share of all samples is not what its parts give")

    counts: list[tuple[object, ...]] = []
    shares: list[tuple[object, ...]] = []
    names = {"all": total, "fentanyl": fentanyl, **{d.lower(): of["Total"][d] for d in SAMPLES}}
    for drug, one in names.items():
        counts += [
            (f"nflis_samples_{drug}", *_at(key), int(one.get(key, 0))) for key in whole.index
        ]
    heroin, both = of["Total"]["Heroin"], of["Count_fent"]["Heroin"]
    opioid = heroin.reindex(whole.index, fill_value=0) + fentanyl
    opioid = opioid - both.reindex(whole.index, fill_value=0)
    for name, above, below in (
        ("nflis_share_all", fentanyl, total),
        ("nflis_share_opioid", fentanyl, opioid),
        ("nflis_share_heroin", both, heroin),
        *(
            (f"nflis_share_{d.lower()}", of["Count_fent"][d], of["Total"][d])
            for d in ("Cocaine", "Methamphetamine")
        ),
    ):
        shares += [
            (name, *_at(key), round(float(above[key] / below[key]), 5))
            for key in whole.index
            if key in below.index and below[key] > 0
        ]
    shared: dict[str, object] = {"calendar": "year", "source": "nflis_lim2024", "vintage": "2024"}
    return {
        "nflis_samples.csv": table(
            "Samples that laboratories tested, by year, as Lim et al. counted them: all of them, "
            "and those that hold a drug.\nFentanyl means fentanyl or what is related to it. US is "
            "the 50 states and DC.",
            ("series", "place", "period", "value"),
            counts,
            unit="sample",
            status="computed",
            **shared,
        ),
        "nflis_shares.csv": table(
            "Share of samples that hold fentanyl or what is related to it, by year.\n"
            "Denominators: all samples; opioid: samples with heroin or fentanyl or both; heroin, "
            "cocaine, methamphetamine: samples with that drug, whatever else they hold.\n"
            "Without a row: no such sample in that year and state.",
            ("series", "place", "period", "value"),
            shares,
            unit="1",
            status="computed",
            **shared,
        ),
    }


def _at(key: tuple[str, int]) -> tuple[str, int]:
    state, year = key
    return ("US" if state == "0.US" else state), year

"""Acts that put precursors of fentanyl under control: dated, each with its publication.

What is controlled is said in general words only. Left out: a row of the raw file that repeats
another of the same day and country (China, July 2025).
"""

import csv
from pathlib import Path

from table import columns, require, table

INGREDIENT = "control of one precursor"
ACTS = {
    "us_2008_npp": ("2008-07", "US", "precursor", INGREDIENT, "fr_e8_17034"),
    "us_2010_anpp": ("2010-08", "US", "precursor", INGREDIENT, "fr_2010_15520"),
    "un_2017_anpp_npp": ("2017-10", "UN", "precursor", "control of two precursors", "incb2022"),
    "mexico_2018_anpp_npp": ("2018-01", "MX", "precursor", "control of two precursors", "dof2018"),
    "china_2018_anpp_npp": (
        "2018-02-01",
        "CN",
        "precursor",
        "control of two precursors",
        "dea_china2018",
    ),
    "china_2019_fentanyl_related_class": (
        "2019-05-01",
        "CN",
        "class",
        "control of fentanyl-related substances as a class",
        "unodc_china2019",
    ),
    "us_2020_benzylfentanyl_4ap": (
        "2020-05",
        "US",
        "precursor",
        "control of two precursors",
        "fr_2020_07064",
    ),
    "us_2020_norfentanyl": ("2020-05", "US", "precursor", INGREDIENT, "fr_2020_07381"),
    "mexico_2022_watchlist": (
        "2022-04",
        "MX",
        "watch list",
        "more substances on the watch list of those with two uses",
        "dof2022",
    ),
    "un_2022_4ap_1boc4ap_norfentanyl": (
        "2022-11-23",
        "UN",
        "precursor",
        "control of three precursors",
        "incb2022",
    ),
    "us_2022_1boc4ap": ("2022-11", "US", "precursor", INGREDIENT, "fr_2022_24155"),
    "mexico_2023_broad_fallback": (
        "2023-05",
        "MX",
        "law",
        "reform of the control of precursors",
        "dof2023",
    ),
    "us_2023_4piperidone": ("2023-05", "US", "precursor", INGREDIENT, "fr_2023_07538"),
    "us_2023_ssl_update": (
        "2023-10",
        "US",
        "watch list",
        "more on the special surveillance list",
        "fr_2023_23478",
    ),
    "us_2023_halides_4ap": ("2023-11", "US", "precursor", "control of salts", "fr_2023_23927"),
    "un_2024_4piperidone_1boc4piperidone": (
        "2024-03",
        "UN",
        "precursor",
        "vote to control two precursors",
        "incb2024",
    ),
    "china_2024_4ap_1boc4ap_norfentanyl": (
        "2024-09-01",
        "CN",
        "precursor",
        "control of three precursors",
        "china2025",
    ),
    "us_2025_ssl_update": (
        "2025-06",
        "US",
        "watch list",
        "more on the special surveillance list",
        "fr_2025_10087",
    ),
    "china_2025_4piperidone": (
        "2025-07-20",
        "CN",
        "precursor",
        "control of two precursors",
        "incb_china",
    ),
}
REPEATED = {"china_2025_broad_fallback"}


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    file = raw / "policy_events" / "precursor_controls.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    columns(found[0], ("month_year", "rule_id", "jurisdiction"), file.name)
    names = {row["rule_id"] for row in found}
    require(names == set(ACTS) | REPEATED, file.name, f"other acts: {sorted(names ^ set(ACTS))}")
    for row in found:
        if row["rule_id"] in ACTS:
            when = ACTS[row["rule_id"]][0]
            require(when.startswith(row["month_year"]), file.name, f"{row['rule_id']} moved")
    return {
        "controls.csv": table(
            "Acts that put precursors of fentanyl, or fentanyl-related substances, under control, "
            "by the day or month from which they hold.",
            ("date", "place", "kind", "what", "source"),
            sorted(ACTS.values()),
        )
    }

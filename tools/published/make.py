"""Writes the published policies as scenarios, and the figures that they must come to.

    python tools/published/make.py RAW            writes below src/upriver
    python tools/published/make.py RAW --check    compares, and says which file differs

RAW is a folder with tables from the files that were published with SOURCE X8 (source_x8), which are
not part of the repository: settings of its 44 policies, totals under four projections, values of
six projections, percentiles of its ensemble. Facts are taken, in a form of our own.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

HOME = Path(__file__).parents[2] / "src" / "upriver"
SCENARIOS = HOME / "policy" / "scenarios" / "published"
REFERENCE = HOME / "data" / "reference"

PROJECTIONS = {
    "Base": "published",
    "Cnst": "constant",
    "FentH": "fentanyl_high",
    "FentL": "fentanyl_low",
    "Pos": "optimistic",
    "Neg": "pessimistic",
    "NoFentHist": "no_fentanyl",
}
"""Our scenario of each published projection."""

WORDS = {
    "Bup Prov Capacity": "Barriers to treating more people for each buprenorphine provider, {less}",
    "Bup Providers": "Buprenorphine providers, {more}",
    "Developing OUD": "Developing opioid use disorder, {less}",
    "Diverted Rx Init": "Starting misuse with diverted opioids, {less}",
    "Fent OD Risk": "Risk of overdose that fentanyl adds, {less}",
    "Heroin Init": "Starting heroin, {less}",
    "Nx Kits": "Naloxone kits, {more}",
    "Own Rx Init": "Starting misuse of one's own prescription, {less}",
    "Package": "Package of seven policies, at {amount}",
    "Package (Alternate)": "Package of six policies, at {amount}",
    "Package (R&R)": "Package with buprenorphine, at {amount}",
    "Peer Recovery": "Peer recovery, effect on relapse {stronger}",
    "People with Rx": "People with an opioid prescription, {less}",
    "Return to OUD": "Return to opioid use disorder, {less}",
    "Nx Kits + Peer Recovery": "Naloxone kits, {more}, and peer recovery",
    "None": "No policy (published as 'None')",
    "Baseline": "No policy (published as 'Baseline')",
}
"""Titles, by published name without its size."""

OUTPUTS = {
    "cumulative_overdose_deaths_2022_2032": ("cumulative.people.overdose.deaths", "people"),
    "cumulative_oud_person_years_2022_2032": ("cumulative.people.heads.oud", "person-year"),
    "Projected cumulative overdose deaths": ("cumulative.people.overdose.deaths", "people"),
    "Projected cumulative UD person years": ("cumulative.people.heads.oud", "person-year"),
}
"""Our counters of sums that are not in `quantities.csv`."""

SINCE = {name: 2020 for name in OUTPUTS if name.startswith("Projected")}
"""Year from which a sum of the ensemble counts; others are values at an instant."""

HEADS = {
    "policies.csv": "# Deaths, and person-years with opioid use disorder, from the start of 2022 "
    "to that of 2032, under the published policies on four projections (source_x8).\n"
    "# Values as published; our names.\nprojection,policy,output,from,to,value,unit",
    "projections.csv": "# Values at the start of a year in six published projections (source_x8); "
    "flows are rates at that instant.\n"
    "# Values as published; our names.\nprojection,output,year,value",
    "percentiles.csv": "# Percentiles over 4,999 draws of the published ensemble, base projection "
    "(source_x8); with `from`, sums since the start of that year, else values at an instant.\n"
    "# Values as published; our names.\noutput,percentile,from,year,value",
}

Rows = list[dict[str, str]]


def slug(policy: str) -> str:
    """A policy's name as that of a file: `bup_providers_50`."""
    return re.sub("[^a-z0-9]+", "_", policy.lower().replace("&", "")).strip("_")


def title(policy: str, changes: Rows) -> str:
    """What a policy is called, in plain words."""
    bare = re.sub(r" (10|50|65%)$", "", policy)
    amounts = [float(row["amount"]) for row in changes]
    share = next(
        (abs(a) for a, row in zip(amounts, changes, strict=True) if row["operation"] != "add"), 0
    )
    added = next(
        (a for a, row in zip(amounts, changes, strict=True) if row["operation"] == "add"), 0
    )
    percent = f"{100 * share:.0f} %"
    return WORDS[bare].format(
        less=f"{percent} less",
        more=f"{percent} more",
        amount=percent,
        stronger=f"{added:g} stronger",
    )


def scenario(policy: str, changes: Rows) -> str:
    """The text of a policy's file."""
    lines = [
        "schema: 1",
        f'title: "{title(policy, changes)}"',
        f"about: \"Published as '{policy}', from 2022 over 3 years. `--on constant` puts it on "
        'another projection."',
        "source: source_x8",
        "world: reference",
    ]
    if changes:
        (start,), (years,) = ({row[name] for row in changes} for name in ("from", "over"))
        lines += [f"from: {start}", f"over: {years}", "changes:"]
        lines += [f"  - {{handle: {row['handle']}, by: {row['amount']}}}" for row in changes]
    return "\n".join(lines) + "\n"


def scenarios(settings: Rows) -> dict[Path, str]:
    """Texts of all policies, by file."""
    found: dict[str, Rows] = {}
    for row in settings:
        found.setdefault(row["policy"], []).extend([row] if row["handle"] else [])
    return {SCENARIOS / f"{slug(name)}.yaml": scenario(name, rows) for name, rows in found.items()}


def figures(raw: Path) -> dict[Path, str]:
    """Texts of the figures, by file."""
    names = {row["published"]: row["output"] for row in _read(REFERENCE / "quantities.csv")}
    policies = (
        f"{PROJECTIONS[row['projection']]},published/{slug(row['policy'])},{output},2022,2032,"
        f"{float(row[column]):.12g},{unit}"
        for row in _read(raw / "published_policy_totals.csv")
        for column, (output, unit) in OUTPUTS.items()
        if column in row
    )
    projections = (
        f"{PROJECTIONS[row['projection']]},{names[row['quantity']]},{row['year']},{row['value']}"
        for row in _read(raw / "published_projections.csv")
    )
    percentiles = (
        f"{names.get(row['quantity']) or OUTPUTS[row['quantity']][0]},{row['percentile']},"
        f"{SINCE.get(row['quantity'], '')},{row['year']},{row['value']}"
        for row in _read(raw / "published_percentiles_base.csv")
        if int(row["year"]) > SINCE.get(row["quantity"], 0)
    )
    lines: Mapping[str, Iterable[str]] = {
        "policies.csv": policies,
        "projections.csv": projections,
        "percentiles.csv": percentiles,
    }
    return {REFERENCE / n: "\n".join((HEADS[n], *rows)) + "\n" for n, rows in lines.items()}


def _read(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def main() -> int:
    """Write, or compare; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    texts = {**scenarios(_read(given.raw / "published_policy_settings.csv")), **figures(given.raw)}
    wrong = [f for f, text in texts.items() if not f.is_file() or f.read_text("utf-8") != text]
    for file in wrong:
        print(file.relative_to(HOME), "differs" if given.check else "written")
        if not given.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[file], encoding="utf-8")
    return int(given.check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

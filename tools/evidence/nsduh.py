"""SAMHSA, National Survey on Drug Use and Health: people with opioid use disorder by state.

Small-area estimates of 2022 and 2023 together, people of 12 and over, with intervals of 95 %. Two
copies of the file, one of them named after 2021 and 2022, are the same.

Left out: nothing. The country's share is the states' weighted by all residents; its publisher
gives none for the two years together.
"""

from pathlib import Path

import pandas as pd
import population
from table import columns, require, table

from upriver.evidence.places import state_code

FILE = "nsduh_state_oud/nsduh_oud_22-23.csv"
SAME = "nsduh_state_oud/nsduh_oud_21-22.csv"
MIDDLE = 2023
"""The start of the year: the middle of the two."""

DIGITS = 6


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    same = (raw / FILE).read_bytes() == (raw / SAME).read_bytes()
    require(same, SAME, "is no longer the same as the other")
    found = pd.read_csv(raw / FILE)
    wanted = ("outcome", "age_group", "year_pair", "state", "estimate", "ci_lower", "ci_upper")
    columns(found.columns, wanted, FILE)
    for column, text in (
        ("outcome", "Opioid Use Disorder in Past Year"),
        ("age_group", "12 or Older"),
        ("year_pair", "2022-23"),
    ):
        require(set(found[column]) == {text}, FILE, f"{column} is not '{text}'")
    found["place"] = found["state"].map(state_code)
    found = found.set_index("place").sort_index()
    require(found.index.is_unique and len(found) == 51, FILE, "not 50 states and DC")
    weights = population.residents(raw).xs(2022, level="year")[found.index]
    whole = float((found["estimate"] * weights).sum() / weights.sum())
    rows: list[tuple[object, ...]] = [
        ("US", round(whole, DIGITS), "", "", "computed", "states weighted by residents")
    ]
    rows += [
        (place, *(round(float(row[name]), DIGITS) for name in wanted[-3:]), "estimated", "")
        for place, row in found.iterrows()
    ]
    return {
        "oud_states.csv": table(
            "Share of people of 12 and over with opioid use disorder in the past year (DSM-5), by "
            "state, 2022 and 2023 together, with intervals of 95 %; it stands in their middle, "
            "the start of 2023.\n"
            "A household survey and a model over small areas: people in jail, in institutions or "
            "without a home who are in no shelter are not asked.",
            ("place", "value", "low", "high", "status", "note"),
            rows,
            series="oud_share_nsduh",
            calendar="instant",
            period=str(MIDDLE),
            unit="1",
            source="nsduh_states_2023",
            vintage="2025",
        )
    }

"""CDC WONDER, deaths with synthetic opioids (T40.4) by month and state of residence, all states.

Final counts to 2023, provisional ones of 2024. A month of a state with fewer than ten deaths is
withheld by its publisher and has no row here: it is a count of 0 to 9, and no zero.

Left out: months of 2025, which the publisher calls partial (they are undercounted); columns of
population and rates, which are not given by month. Where two files hold a month, the newer.
"""

from pathlib import Path

from table import require, table
from wonder import BEGINS, LAST, read

from upriver.evidence.calendars import month_label
from upriver.evidence.places import state_code

FIRST = (1999, 1)
SUMS = {
    2013: 1_333,
    2016: 18_495,
    2019: 35_725,
    2020: 56_083,
    2021: 70_292,
    2022: 73_518,
    2023: 72_425,
    2024: 47_320,
}
"""Of published months, by year: what the files held when they were read first."""

PROVISIONAL = 2024
STATES = 51
FEWEST = 10


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    found: dict[tuple[str, int, int], int] = {}
    ends = [*list(BEGINS.values())[1:], LAST[0] + 1]
    for (name, begins), end in zip(BEGINS.items(), ends, strict=True):
        rows = read(raw, name)
        for state, code, text in zip(
            rows["State"], rows["Month Code"], rows["Deaths"], strict=True
        ):
            year, month = map(int, code.split("/"))
            if not begins <= year < end:
                continue
            place = state_code(state)
            require(place is not None, name, f"'{state}' is no state")
            require(int(text) >= FEWEST, name, f"{state}, {code}: {text} should be withheld")
            found[str(place), year, month] = int(text)
    for year, total in SUMS.items():
        held = sum(deaths for (_, at, _), deaths in found.items() if at == year)
        require(held == total, "deaths_wonder_state_month", f"{year}: {held}, not {total}")
    require(len({place for place, _, _ in found}) <= STATES, "wonder", "more than 51 places")
    return {
        "deaths_months_states.csv": table(
            "Deaths with a synthetic opioid other than methadone (T40.4) in a month, of residents "
            "of a state, January 1999 to December 2024.\n"
            "A month without a row is a count of 0 to 9, withheld by its publisher: a censored "
            "count, and no zero.\n"
            "Published months add up to 70,292 of the country's 70,601 in 2021 and to 72,425 of "
            "72,776 in 2023, and to 1,333 of 3,105 in 2013: before 2016 years are in "
            "deaths_states.csv.\n"
            "Vintage final: final counts; to 2025-03: provisional counts of 2024. Months of 2025 "
            "were partial, and are left out.",
            ("place", "period", "value", "vintage"),
            (
                (
                    place,
                    month_label(year, month),
                    deaths,
                    "to 2025-03" if year >= PROVISIONAL else "final",
                )
                for (place, year, month), deaths in sorted(found.items())
            ),
            series="deaths_synthetic_in_month",
            calendar="month",
            unit="people",
            source="wonder_state_months",
            status="reported",
        )
    }

"""Made-up numbers for the tests of the report; none is a result."""

import numpy as np

from upriver.report.figures import Figure, Series, Table
from upriver.report.section import Section

YEARS = np.arange(2015, 2032.01, 1 / 16)
SOURCES = [
    {"key": "wonder", "text": "Final counts, made up.", "url": "https://example.org/?a=1&b=2"},
    {"key": "pills", "text": "Pills, made up.", "url": "javascript:alert(1)"},
]


def fan(label: str = "Modelled", kind: str = "modelled", factor: float = 1.0) -> Series:
    """A line with its band."""
    y = factor * 50_000 * np.exp(-(((YEARS - 2022) / 6) ** 2))
    return Series(label, YEARS, y, 0.9 * y, 1.2 * y, kind=kind)  # type: ignore[arg-type]


def figure(name: str = "deaths", *series: Series) -> Figure:
    """A figure of records and a fan, or of the series given."""
    records = Series(
        "Recorded", [2019, 2020, 2021, 2022], [36_359.0, 56_516.0, None, 73_838.0], kind="recorded"
    )
    return Figure(
        id=name,
        title="Deaths from synthetic opioids",
        question="Deaths a year, recorded beside modelled.",
        unit="deaths/year",
        series=series or (records, fan()),
        note="The band covers 95 % of draws.",
        sources=["wonder"],
    )


def sections(title: str = "Deaths", count: int = 2) -> list[Section]:
    """One section of several figures."""
    return [Section(title, "One.\n\nTwo.", [figure(f"deaths-{i}") for i in range(count)])]


HEADLINE = Table(
    ["Quantity", "Year", "Modelled"], [["Deaths", 2032, 28_300.0], ["People", 2032, None]], "Short."
)

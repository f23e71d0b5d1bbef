"""Drivers in the report: what the published model is given, as figures."""

from collections.abc import Sequence

from upriver.core.parameters import parameters
from upriver.experiments.simulate import Run

from .figures import Figure
from .lines import driver, recorded


def figures(runs: Sequence[Run], *, without: Sequence[str] = ()) -> list[Figure]:
    """Drivers of one run or of several, each beside the record, but for some paths."""
    drawn = (
        (
            "fentanyl",
            "Fentanyl's share of the illicit supply",
            "What share of illicit opioid samples holds fentanyl?",
            "share",
            "people.market.fentanyl_share",
            "fentanyl_share",
            ["nflis_source"],
        ),
        (
            "price",
            "Price of heroin",
            "What does heroin cost, relative to 1999?",
            "1999 = 1",
            "people.market.heroin_price",
            "heroin_price",
            ["source_x8"],
        ),
        (
            "prescribing",
            "People with an opioid prescription",
            "How many people receive an opioid prescription in a year?",
            "people a year",
            "people.prescribing.patients",
            "opioid_patients",
            ["iqvia_source"],
        ),
    )
    return [
        Figure(
            key,
            title,
            question,
            unit,
            [*(driver(run, path, runs) for run in runs), recorded(name, "estimated", 0.0)],
            _projection_note(path),
            sources,
            data_to="2020",
        )
        for key, title, question, unit, path, name, sources in drawn
        if path not in without
    ]


def _projection_note(path: str) -> str:
    ahead = parameters()[path].projection
    if ahead is None:
        return "No projection."
    return (
        f"The base projection tends to {ahead.end_value:,.10g} by {ahead.end_year:g}, as the "
        "authors of SOURCE expected in 2022."
    )

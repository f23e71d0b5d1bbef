"""The market in the report of a run of the whole system: share, purity, coverage, dose, price."""

from collections.abc import Sequence

from upriver.experiments.flow import HOW_SURE
from upriver.experiments.simulate import Run

from .figures import Figure, Series
from .lines import MIDDLE, level, recorded, since
from .section import Section

MONTH = 1 / 24
"""A mean over a month is drawn at its middle."""

DRAWN_FROM = 2013
"""First year that is drawn: before it there was next to no fentanyl in the market."""


def section(runs: Sequence[Run]) -> Section:
    """The market of one run or of several."""
    return Section(
        "Market",
        "What a shortage or a glut does, in the model: purity moves at once, what can be had "
        "follows, and the price last. Before about 2015 there is so little fentanyl in the "
        f"market that its lines mean little. {HOW_SURE}",
        _figures(runs),
    )


def name_of(run: Run, runs: Sequence[Run]) -> str:
    """What a line of a run is called: of one run alone, that it is computed."""
    return "computed" if len(runs) == 1 else run.scenario.title


def _figures(runs: Sequence[Run]) -> list[Figure]:
    note = "Computed."
    return [
        Figure(
            "fentanyl",
            "Fentanyl's share of the illicit supply",
            "What share of doses of illicit opioids is fentanyl?",
            "share",
            [
                *(_level(run, "supply.fentanyl_share", runs) for run in runs),
                recorded("nflis_share_opioid", "laboratory samples", MIDDLE),
            ],
            f"{note} The record is the share of samples with heroin or fentanyl that hold "
            "fentanyl, and stops in 2023; samples are not doses.",
            ["nflis_lim2024"],
        ),
        Figure(
            "purity",
            "Purity of fentanyl powder",
            "How much of a gram of powder is fentanyl?",
            "share",
            [
                *(_level(run, "supply.offer.purity", runs) for run in runs),
                recorded("fentanyl_powder_purity", "laboratory exhibits", MONTH),
            ],
            f"{note} The record is a mean over exhibits by month, read off a chart; its level "
            "may be too high.",
            ["ndta_digitised"],
        ),
        Figure(
            "coverage",
            "Coverage of the market",
            "What share of the doses that people want can be had?",
            "share",
            [_level(run, "supply.offer.filled", runs) for run in runs],
            f"{note} Nothing like it is recorded. Below 1, doses are rationed.",
            [],
            y_from_zero=False,
        ),
        Figure(
            "dose",
            "Fentanyl in a dose",
            "How strong is a dose that people take, relative to the reference?",
            "relative",
            [_level(run, "people.beyond.dose", runs) for run in runs],
            f"{note} Nothing like it is recorded for the country.",
            [],
        ),
        Figure(
            "dose-price",
            "Price of a dose",
            "What does a dose of fentanyl cost, relative to the reference?",
            "relative",
            [_level(run, "supply.price", runs) for run in runs],
            f"{note} Prices on the street hardly move while purity does, so that a price is no "
            "sign of plenty or of want.",
            [],
            y_from_zero=False,
        ),
    ]


def _level(run: Run, output: str, runs: Sequence[Run]) -> Series:
    """An output by quarter, from when there is a market to speak of."""
    return since(level(run, output, runs, name_of(run, runs)), DRAWN_FROM)

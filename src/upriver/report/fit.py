"""The report of a fit: explanations, every series, what was told of each constant, forecasts."""

from upriver import __version__
from upriver.core.parameters import parameters
from upriver.engine.run import load
from upriver.experiments.caveats import caveat_of, unexplained
from upriver.inference.check import beside, predicted
from upriver.inference.explained import Explanation, explanations
from upriver.inference.forecasts.answer import Answer, forecast, past
from upriver.inference.likelihood import recorded
from upriver.inference.stacking import behind
from upriver.inference.unexplained import unexplained as without_disturbances
from upriver.policy.chosen import fitted
from upriver.policy.fitted import MISSED, Draws
from upriver.system.world import DEFAULT

from .colophon import sources
from .figures import Cell, Table
from .fit_figures import all_series, deaths, disturbances
from .html import render
from .limits import cannot_tell
from .section import Section
from .wording import stated

SEEN = 200
"""Draws that are held against the record: those that runs use if nothing is said."""

SEED = 1
FORECASTERS = {
    "ensemble": "all together",
    "upriver_widened": "the model",
    "damped_trend": "damped trend of six months",
    "smoothing": "exponential smoothing",
    "last_value": "last value",
}


def fit_report(found: tuple[Explanation, ...] | None = None) -> str:
    """What the fit says, as one HTML file: of the draws that ship, or of one's own.

    Args:
        found: explanations of these draws, if they are there already.
    """
    draws = fitted()
    whose = f"Of {draws.own}." if draws.own else "The draws that ship."
    return render(
        title="What the fit says: Upriver's whole system beside the record",
        subtitle=f"{whose} {draws.draws:,} draws, of which {SEEN} are drawn here.",
        sections=_sections(draws),
        headline_table=_explanations(found or explanations(draws)),
        provenance=_provenance(draws),
        cannot_tell=cannot_tell(DEFAULT),
        interval_note=f"{unexplained(DEFAULT)} {caveat_of(DEFAULT)}".strip(),
        sources=sources(whole=True),
    )


def _sections(draws: Draws) -> list[Section]:
    few = draws.first(min(SEEN, draws.draws))
    likelihood = recorded()
    seen = beside(likelihood, predicted(few, likelihood), SEED)
    return [
        Section(
            "What nothing explains",
            "Two disturbances, of risk and of supply, take up what no mechanism explains.",
            [deaths(without_disturbances(few), few.draws), disturbances(few)],
        ),
        Section(
            "The record",
            "Every number that the fit has seen, and what would be recorded again.",
            all_series(seen, few.draws),
        ),
        Section(
            "What the record told",
            "Of each constant, 5, 50 and 95 % before the record was seen and after. What moved by "
            "less than a tenth of its interval is an assumption still: it is not identified.",
            (),
            [
                ("Told", _told(draws, assumed=False)),
                ("Assumptions still", _told(draws, assumed=True)),
            ],
        ),
        *([] if draws.own else [_forecasts(forecast())]),
    ]


def _explanations(found: tuple[Explanation, ...]) -> Table:
    rows: list[list[Cell]] = []
    for one in found:
        low, middle, high = (f"{value / 1000:,.0f}k" for value in one.ahead)
        least, share, most = (f"{value:.0%}" for value in one.unexplained)
        rows.append(
            [
                one.title,
                f"{one.share:.0%}",
                f"{one.error:.1%}",
                f"{share} ({least} to {most})",
                f"{middle} ({low} to {high})",
                f"{behind(one.foretold)} ({one.foretold.weight:.0%})",
            ]
        )
    head = ("Explanation", "Draws", "Months, typical error", "Unexplained")
    return Table(
        (*head, "Deaths 2026 to 2031", "Numbers left out (stacked)"),
        rows,
        "Explanations side by side. They count the same where nothing tells their odds. Months: of "
        "deaths with synthetic opioids. Numbers left out: the logarithm of the density that an "
        "explanation gives each number of the record that it is not shown, added up, less that of "
        "the one that tells them best. "
        "Stacked: by which weights a mix would tell them best. Neither says anything of causes.",
    )


def _told(draws: Draws, *, assumed: bool) -> Table:
    known, rows = parameters(), []
    for path, one in sorted(draws.told.items(), key=lambda pair: -pair[1].by):
        if one.assumed is assumed:
            unit = "1" if path == MISSED else known[path].unit
            before, after = (
                "{1} ({0} to {2})".format(*(stated(end, unit) for end in three))
                for three in (one.before, one.after)
            )
            rows.append([path, unit, before, after, f"{one.by:.0%}"])
    said = "less than" if assumed else "at least"
    return Table(
        ("Constant", "Unit", "Before", "After", "Moved by"),
        rows,
        f"{len(rows)} constants that moved by {said} a tenth of their interval",
    )


def _forecasts(found: Answer) -> Section:
    rows: list[list[Cell]] = []
    for one in past(found.said, found.record):
        if one.kind == "sums" and one.name in FORECASTERS:
            rows.append(
                [
                    f"{one.horizon} months, {one.lag} late",
                    FORECASTERS[one.name],
                    one.origins,
                    f"{one.ratio:.2f} ({one.low:.2f} to {one.high:.2f})",
                    f"{one.coverage:.0%}",
                ]
            )
    head = ("Ahead, the record so late", "Forecaster", "Origins", "Of the damped trend's error")
    return Section(
        "Forecasts, held against what came",
        "Deaths with synthetic opioids, sums of twelve months, from every month from December 2018 "
        "to January 2025, made without hindsight. `upriver forecast` says what is forecast now.",
        (),
        [("Scores", Table((*head, "Inside 90 % intervals"), rows, "Weighted interval scores"))],
    )


def _provenance(draws: Draws) -> dict[str, object]:
    return {
        "upriver_version": __version__,
        "equations_sha256": load().manifest["wasm_sha256"],
        "recorded_sha256": ", ".join(
            dict.fromkeys(digest[:16] for digest in draws.said["recorded"])
        ),
        "fits": ", ".join(name[:16] for name in draws.said["fits"]),
        "draws": draws.draws,
        **({"fit": draws.own} if draws.own else {}),
    }

"""What the fit that ships says: explanations, the record, what it told of each constant."""

from dataclasses import replace

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.time import FIRST_YEAR
from upriver.evidence.figures import series
from upriver.experiments.compare import Interval, compare
from upriver.inference.check import beside, predicted
from upriver.inference.explained import explanations as explained
from upriver.inference.likelihood import recorded
from upriver.inference.stacking import behind
from upriver.inference.unexplained import unexplained
from upriver.inference.wander import A_YEAR
from upriver.policy.chosen import fitted
from upriver.policy.fitted import MISSED, SHIPPED, read
from upriver.policy.scenario import parse_scenario
from upriver.report.wording import stated
from upriver.system.world import BEFORE, DEFAULT

from .markdown import table

SEEN = 200
"""Draws that are held against the record: those that runs use if nothing is said."""

DEATHS = {
    "any opioid": ("deaths_any_opioid", "cumulative.people.overdose.deaths"),
    "synthetic opioids": ("deaths_synthetic", "cumulative.people.overdose.by_synthetic"),
}


def explanations() -> str:
    """Rivals: share of the draws, how the record is met, what is unexplained, what lies ahead."""
    apart = read(SHIPPED.with_suffix(".rivals.npz"))
    rows = []
    for one in explained(fitted(), apart):
        low, middle, high = (value / 1000 for value in one.ahead)
        least, share, most = (100 * value for value in one.unexplained)
        rows.append(
            [
                f"`{one.name}`: {one.title}",
                f"{100 * one.share:.0f} %",
                f"{100 * one.error:.1f} %",
                f"{share:.0f} % ({least:.0f} to {most:.0f})",
                f"{middle:.0f}k ({low:.0f}k to {high:.0f}k)",
                behind(one.foretold),
                f"{100 * one.foretold.weight:.0f} %",
            ]
        )
    head = ("Explanation", "Of the draws", "Months, typical error", "Unexplained")
    return table((*head, "Deaths 2026 to 2031", "Numbers left out", "Stacked"), rows)


def record() -> str:
    """Every series: how far the median is off, and how much of it lies in what is predicted."""
    likelihood = recorded()
    draws = fitted().first(SEEN)
    on = beside(likelihood, predicted(draws, likelihood), 1)
    off = beside(likelihood, predicted(draws, likelihood, still=True), 1)
    rows = [
        [
            one.block.name,
            f"{one.block.size}",
            _error(one.block.link, one.error),
            f"{100 * one.inside:.0f} %",
            _error(other.block.link, other.error),
        ]
        for one, other in zip(on, off, strict=True)
    ]
    head = ("Record", "Numbers", "Typical error", "In 90 % intervals", "Error, nothing disturbed")
    return table(head, rows)


def _error(link: str, error: float) -> str:
    return f"{100 * error:.1f} %" if link == "log" else f"{error:.2f} logit"


def years() -> str:
    """Mean error of yearly deaths with the disturbances and without, and what is unexplained."""
    rows, draws = [], fitted().first(SEEN)
    for name, (of, counter) in DEATHS.items():
        found = unexplained(draws, counter)
        kept = [(int(y), v) for y, v in zip(series(of).starts, series(of).values, strict=True)]
        kept = [(year, value) for year, value in kept if 2013 <= year <= 2025]
        errors = [
            np.mean([abs(np.median(runs[:, year - 1999]) / value - 1) for year, value in kept])
            for runs in (found.on, found.off)
        ]
        low, middle, high = (100 * share for share in found.interval)
        rows.append(
            [
                name,
                f"{kept[0][0]} to {kept[-1][0]}",
                *(f"{100 * error:.1f} %" for error in errors),
                f"{middle:.0f} % ({low:.0f} to {high:.0f})",
            ]
        )
    head = ("Deaths by", "Years", "Mean error", "Nothing disturbed", "Unexplained, 2015 to 2025")
    return table(head, rows)


def told() -> str:
    """Every constant before and after; what moved most comes first."""
    known = parameters()
    rows = []
    for path, one in sorted(fitted().told.items(), key=lambda pair: -pair[1].by):
        unit = "1" if path == MISSED else known[path].unit
        low, _, high = (stated(end, unit) for end in one.before)
        least, middle, most = (stated(end, unit) for end in one.after)
        rows.append(
            [
                f"`{path}`",
                unit,
                f"{low} to {high}",
                f"{middle} ({least} to {most})",
                "assumption" if one.assumed else f"{100 * one.by:.0f} %",
            ]
        )
    return table(("Constant", "Unit", "Before", "After", "Moved by"), rows)


def assumed() -> str:
    """How many constants are assumptions still."""
    found = fitted()
    return (
        f"Of {len(found.told)} constants, {found.assumed} moved by less than a tenth of what was "
        "plausible before: they are assumptions still."
    )


DOUBLED = {
    "Twice the naloxone kits": ("naloxone_kits",),
    "Twice the places for treatment": (
        "buprenorphine_providers",
        "methadone_places",
        "naltrexone_places",
    ),
    "Two fifths more who seek treatment": ("seeking_treatment",),
    "Borders seize twice as much": ("border_seizures",),
}
MORE = {"seeking_treatment": 0.4}
"""Of what cannot be doubled in every draw: a rate of at most one a year."""

COLLAPSE = "collapse_linked"


def before_and_after() -> str:
    """Deaths of 2026 to 2031 and what policies avert, before the fit and after."""
    scenarios = [
        parse_scenario(
            {
                "schema": 2,
                "title": title,
                "from": 2026,
                "over": 1,
                "changes": [{"handle": one, "by": MORE.get(one, 1.0)} for one in handles],
            }
        )
        for title, handles in DOUBLED.items()
    ]
    prior, whole = (
        compare("base", *scenarios, COLLAPSE, world=world) for world in (BEFORE, DEFAULT)
    )
    rows = []
    for before, after in zip(prior.runs, whole.runs, strict=True):
        a, b = prior.deaths(before), whole.deaths(after)
        rows.append(
            [
                after.scenario.title,
                _ends(a),
                _ends(b),
                f"{(a.high - a.low) / (b.high - b.low):.1f}",
                *(("", "") if after is whole.runs[0] else
                  (_ends(prior.averted(before)), _ends(whole.averted(after)))),
            ]
        )  # fmt: skip
    head = ("Scenario", "Deaths, before", "Deaths, after", "Times narrower")
    return table((*head, "Averted, before", "Averted, after"), rows)


def _ends(found: Interval) -> str:
    """A median with its interval, in thousands where it is many."""
    low, median, high = (
        f"{value / 1000:,.0f}k" if abs(value) >= 9500 else f"{value:,.0f}"
        for value in (found.low, found.median, found.high)
    )
    return f"{median} ({low} to {high})".replace("-", "−")


def what_is_wide() -> str:
    """How wide deaths of 2026 to 2031 are with disturbances held where the record left them."""
    draws = fitted().first(SEEN)
    held = {path: _held(knots) for path, knots in draws.courses.items()}
    years = slice(2026 - FIRST_YEAR, 2032 - FIRST_YEAR)
    widths = []
    for one in (draws, replace(draws, courses=held)):
        low, high = np.percentile(unexplained(one).on[:, years].sum(axis=1), [2.5, 97.5])
        widths.append(float(high - low))
    return (
        "What makes the rest wide: with both disturbances held from 2026 on where the record left "
        f"them, the interval of these deaths would be {100 * widths[1] / widths[0]:.0f} % as wide; "
        "the rest is constants and explanations.\n"
    )


def _held(knots: np.ndarray) -> np.ndarray:
    """A disturbance that stays from 2026 on."""
    last = A_YEAR * (2026 - FIRST_YEAR)
    return np.where(np.arange(knots.shape[1]) <= last, knots, knots[:, last : last + 1])

"""Figures of a fit: every series beside what would be recorded again, deaths, disturbances."""

from collections.abc import Sequence

import numpy as np

from upriver import __version__
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.evidence.calendars import month_label
from upriver.evidence.figures import series
from upriver.evidence.series import all_words
from upriver.inference.block import Doubles
from upriver.inference.check import Seen
from upriver.inference.unexplained import Unexplained
from upriver.policy.disturbances import RISK
from upriver.policy.fitted import Draws
from upriver.system.world import DEFAULT

from .colophon import COMPUTED
from .figures import Figure, Origin, Series
from .lines import MIDDLE, recorded
from .wording import slug

INTERVAL = (2.5, 50.0, 97.5)
AGAIN = "90 % interval of what would be recorded again"
SUMS = "deaths_synthetic_12m_predicted"
A_YEAR = 12

TITLES = {RISK: "risk of an overdose on illicit opioids"}


def of_series(one: Seen, draws: int) -> list[Figure]:
    """A series beside the fit; one that holds months and sums is two figures."""
    block = one.block
    if SUMS not in block.rows:
        whole = np.ones(block.size, dtype=bool)
        return [_part(one, whole, block.series, block.name, draws)]
    rows = np.array(block.rows)
    first = block.rows[0]
    return [
        _part(one, rows == first, (first,), block.name, draws),
        _part(one, rows == SUMS, (SUMS,), "T40.4, sums of twelve months", draws),
    ]


def _part(one: Seen, kept: np.ndarray, names: Sequence[str], title: str, draws: int) -> Figure:
    """Some numbers of a series."""
    block = one.block
    order = np.flatnonzero(kept)[np.argsort(block.ends[kept], kind="stable")]
    records = [series(name) for name in names]
    sources = list(dict.fromkeys(key for record in records for key in record.sources))
    unit = records[0].unit if block.link == "log" else "share"
    origin = Origin(calendar="instant", unit=unit, source="; ".join(sources), status="computed")
    ends, values = block.ends[order], block.values[order]
    low, middle, high = one.low[order], one.middle[order], one.high[order]
    inside = int(np.sum((low <= values) & (values <= high)))
    return Figure(
        id=f"fit-{slug(title)}",
        title=title[:1].upper() + title[1:],
        question=f"{'; '.join(all_words()[name].title for name in names)}: is the record met?",
        unit=unit,
        series=[
            Series("the fit", ends, middle, low, high, source=COMPUTED, origin=_made(draws, unit)),
            Series("recorded", ends, values, kind="recorded", origin=origin),
        ],
        note=f"Points stand at the end of the period that they are of. {inside} of {len(values)} "
        "lie in the band, which holds the record's errors.",
        sources=[],
        y_from_zero=block.link == "log",
        data_to=_last(float(ends[-1])),
        interval=AGAIN,
    )


def _last(end: float) -> str:
    """The year that ends, or the month."""
    month = round(end * A_YEAR) - 1
    year, before = divmod(month, A_YEAR)
    return f"{year}" if before == A_YEAR - 1 else month_label(year, before + 1)


def deaths(found: Unexplained, draws: int) -> Figure:
    """Deaths by year as fitted, and with nothing disturbed."""
    years = np.arange(FIRST_YEAR, LAST_YEAR, dtype=np.float64) + MIDDLE
    lines = [
        _band(label, years, runs, draws, "deaths/year")
        for label, runs in (("the fit", found.on), ("with nothing disturbed", found.off))
    ]
    low, middle, high = found.interval
    return Figure(
        id="fit-deaths",
        title="Opioid overdose deaths, with the disturbances and without",
        question="How much of what happened does the model explain?",
        unit="deaths a year",
        series=[*lines, recorded("deaths_any_opioid", "recorded", MIDDLE)],
        note=f"Without the disturbances, {middle:.0%} ({low:.0%} to {high:.0%}) of the squared "
        "changes from year to year, 2015 to 2025, is left.",
        sources=[],
    )


def disturbances(draws: Draws) -> Figure:
    """The two factors that stand for what nothing explains."""
    count = next(iter(draws.courses.values())).shape[1]
    times = np.asarray(np.linspace(FIRST_YEAR, LAST_YEAR, count), dtype=np.float64)
    return Figure(
        id="fit-disturbances",
        title="Disturbances",
        question="What does the fit need that no part of the model explains?",
        unit="factor",
        series=[
            _band(TITLES.get(path, "what production can make"), times, knots, draws.draws, "1")
            for path, knots in draws.courses.items()
        ],
        note="1 is undisturbed. From 2026 on nothing is known of them, and they wander on.",
        sources=[],
    )


def _band(label: str, times: Doubles, values: Doubles, draws: int, unit: str) -> Series:
    low, middle, high = np.percentile(values, INTERVAL, axis=0)
    origin = _made(draws, unit)
    return Series(label, times, middle, low, high, source=COMPUTED, origin=origin)


def _made(draws: int, unit: str) -> Origin:
    return Origin(
        unit=unit, source=f"upriver {__version__}", status="modelled", world=DEFAULT, draws=draws
    )


def all_series(found: Sequence[Seen], draws: int) -> list[Figure]:
    """Figures of all series."""
    return [figure for one in found for figure in of_series(one, draws)]

"""Tables of `upriver forecast`: the months ahead, and how such forecasts did before."""

from collections.abc import Iterator, Sequence

import numpy as np

from upriver import __version__
from upriver.experiments.caveats import unexplained
from upriver.experiments.placed_caveats import provisional
from upriver.experiments.placed_forecast import PlaceForecast, label_of
from upriver.inference.forecasts.answer import Answer
from upriver.inference.forecasts.levels import KINDS, LEVELS, SUMS
from upriver.inference.forecasts.score import Score
from upriver.system.world import DEFAULT

from .made import lines, of_record, of_run
from .tidy import UNRUN, Row, Tidy, filled, interval, number

NAME = "deaths with synthetic opioids"
INTERVALS = (("50 %", 0.25), ("90 %", 0.05), ("95 %", 0.025))
"""Intervals of a forecast, by their lower ends."""


def table_of_forecast(found: Answer, months: int) -> Tidy:
    """What each forecaster says of each month ahead."""
    rows: list[Row] = []
    for name, said in found.said.items():
        for kind in KINDS:
            for ahead in range(1, months + 1):
                rows += _told(name, kind, found.month + ahead, said.at(kind, found.month, ahead))
    common = {"place": "US", "source": f"upriver {__version__}", "status": "projected"}
    last = {**_ending(found.month), **of_record("deaths_synthetic_12m_predicted"), "place": "US"}
    counted = number("record", f"{NAME}, recorded", "people", found.record.sum_to(found.month))
    return Tidy(
        "Deaths with synthetic opioids in the months ahead",
        [*filled({**common, "statistic": "median"}, rows), *filled(last, [counted])],
        f"By forecaster; {SUMS}: of the twelve months before; new: since the end of the record.",
        unexplained(DEFAULT),
        [UNRUN],
        [{"record_to": label_of(found.month)}],
    )


def _told(name: str, kind: str, month: int, quantiles: np.ndarray) -> Iterator[Row]:
    """One forecaster on one month: a row an interval; none where it says nothing."""
    at = {round(float(level), 3): float(q) for level, q in zip(LEVELS, quantiles, strict=True)}
    if not np.isfinite(at[0.5]):
        return
    quantity = NAME if kind == SUMS else f"{NAME} since the end of the record"
    when = _ending(month) if kind == SUMS else {"calendar": "to month", "period": label_of(month)}
    for said, low in INTERVALS:
        ends = (at[0.5], at[low], at[round(1 - low, 3)])
        yield interval(name, quantity, "people", ends, when, {"interval": said})


def table_of_scores(everywhere: Sequence[Score], turn: Sequence[Score]) -> Tidy:
    """How each forecaster did, by what was forecast, how late the record was and how far ahead."""
    rows = [
        row
        for origins, many in (("all origins", everywhere), ("origins at the turn", turn))
        for one in many
        for row in _scored(one, origins)
    ]
    common = {"place": "US", "source": f"upriver {__version__}", "status": "computed"}
    return Tidy(
        "How forecasts of deaths with synthetic opioids did",
        filled(common, rows),
        "Ratio: to the score of a damped trend.",
        made=[UNRUN],
    )


def _scored(one: Score, origins: str) -> Iterator[Row]:
    of = f"{one.kind}, {one.horizon} months ahead, record {one.lag} months late, {origins}"
    told = {"note": of}
    mean = {"statistic": "mean"}
    yield number(one.name, f"weighted interval score: {of}", "people", one.score, told, mean)
    quantity, inside = f"score over a damped trend's: {of}", {"interval": "90 %"}
    sure = one.low == one.low
    ends = (one.ratio, one.low, one.high) if sure else (one.ratio, one.ratio, one.ratio)
    yield interval(one.name, quantity, "1", ends, told, inside, {"statistic": "ratio"})
    part = {"statistic": "share of outcomes"}
    yield number(one.name, f"inside 90 % intervals: {of}", "1", one.coverage, told, part)
    yield number(one.name, f"inside, months apart: {of}", "1", one.apart, told, part)
    count = {"statistic": "number"}
    yield number(one.name, f"origins: {of}", "1", float(one.origins), told, count)


def table_of_place_forecast(found: PlaceForecast, months: int, note: str) -> Tidy:
    """What the model alone projects for a place, and what is recorded of the same months."""
    rows: list[Row] = []
    known: list[Row] = []
    code = found.place.code
    for month in range(found.own_end, found.end + months + 1):
        when = _ending(month)
        for said, low in INTERVALS:
            least, middle, most = found.quantiles(month, (low, 0.5, 1 - low)).tolist()
            ends, cells = (middle, least, most), {**when, "interval": said}
            rows.append(interval("upriver", NAME, "people", ends, cells))
        known += _recorded(found, month, {"place": code, **when})
    return Tidy(
        f"Deaths with synthetic opioids in {found.place.name} in the months ahead",
        [*filled({**of_run(found.run), "place": code}, rows), *filled({}, known)],
        note=note,
        made=lines([found.run.provenance]),
        provenance=[found.run.provenance],
    )


def _recorded(found: PlaceForecast, month: int, when: Row) -> Iterator[Row]:
    name = f"{NAME}, recorded"
    if ends := found.recorded(month):
        low, high = ends
        keys = {"source": found.place.deaths.source, "vintage": "as shipped"}
        if low == high:
            yield number("record", name, "people", low, when, keys, {"status": "reported"})
        else:
            row = number("record", name, "people", None, when, keys, {"status": "suppressed"})
            yield {**row, "low": low, "high": high, "interval": "all"}
    later = provisional(found.place, month // 12) if month % 12 == 11 else None
    if later is not None:
        record = found.place.deaths_to_december["synthetic"]
        keys = {"source": record.sources[-1], "vintage": "provisional", "status": "reported"}
        yield number("record, where people died", name, "people", later, when, keys)


def _ending(month: int) -> Row:
    """The cells of the twelve months that end with a month, counted from year 0."""
    return {"calendar": "12 months ending", "period": label_of(month)}

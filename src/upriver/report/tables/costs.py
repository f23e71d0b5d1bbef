"""Tables of `upriver cost` and `upriver dose`."""

from collections.abc import Iterator, Mapping

from upriver.core.time import LAST_YEAR
from upriver.experiments.caveats import caveat_of
from upriver.experiments.costs.prices import PRICE, Priced
from upriver.experiments.costs.value import COMPONENTS, THRESHOLDS, VIEWS, Valued
from upriver.experiments.dose import Curve
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles
from upriver.experiments.summary import interval as interval_of
from upriver.report.colophon import made_lines
from upriver.system.world import DEFAULT

from .made import of_draws, of_run
from .tidy import UNRUN, Row, Tidy, filled, interval, number, over, share

MONEY = "USD of 2021"
QALY = "QALY"


def table_of_costs(found: Valued, view: str) -> Tidy:
    """What each scenario costs and gains against the first, and at what price.

    Args:
        view: whose costs prices are told of.
    """
    rows = []
    when = over(found.comparison.since, LAST_YEAR - 1)
    for run in found.runs:
        rows += filled({**of_run(run), **when}, _valued(found, run, view))
    return Tidy(
        f"Costs and gains against {found.runs[0].scenario.title}",
        rows,
        f"Discounted to 2026 at {100 * found.discount:g} percent a year; prices: {view}.",
        caveat_of(found.runs[0].world, found.comparison.central),
        made_lines(found.runs),
        [run.provenance for run in found.runs],
    )


def _valued(found: Valued, run: Run, view: str) -> Iterator[Row]:
    name = run.scenario.title
    whole = "" if found.complete(run) else "without the measure's own cost"
    if run is not found.runs[0]:
        yield _mean(name, "overdose deaths averted", "people", found.averted(run))
        yield _mean(name, "QALYs gained", QALY, found.gained(run))
        for one in VIEWS:
            yield _mean(name, f"cost, {one}", MONEY, found.cost(run, one), {"note": whole})
        for key, draws in found.components(run).items():
            yield _mean(name, f"cost, {COMPONENTS[key]}", MONEY, draws)
        yield price(name, "cost per death averted", found.per_death(run, view), {"note": whole})
        yield price(name, "cost per QALY", found.per_qaly(run, view), {"note": whole})
    if not found.comparison.central:
        for at in THRESHOLDS:
            part = found.acceptable(at, view)[name]
            yield share(name, f"highest net benefit at {at:.0f} USD per QALY", part)


def _mean(name: str, quantity: str, unit: str, draws: Doubles, *more: Mapping[str, object]) -> Row:
    _, low, high = interval_of(draws)
    ends = (float(draws.mean()), low, high)
    return interval(name, quantity, unit, ends, {"statistic": "mean"}, *more)


def price(name: str, quantity: str, told: Priced, *more: Mapping[str, object]) -> Row:
    """A price with its interval; where one of the three is none, words stand in the note."""
    mean, low, high = (one.value if one.kind == PRICE else None for one in told)
    row = number(name, quantity, MONEY, mean, {"statistic": "ratio of means"}, *more)
    if None in (mean, low, high):
        words = f"{told.mean} (95 %: {told.low} to {told.high})"
        known = str(row.get("note") or "")
        return {**row, "note": "; ".join(filter(None, (words, known)))}
    return {**row, "low": low, "high": high}


def table_of_dose(found: Curve) -> Tidy:
    """The hazard at each dose, and the constants that it hangs on."""
    rows = []
    for who, values in (("uses daily", found.daily), ("does not use daily", found.other)):
        for dose, (low, middle, high) in zip(found.doses.tolist(), values.T.tolist(), strict=True):
            quantity = f"hazard of an overdose at {dose:g} times the usual dose"
            rows.append(interval(who, quantity, "1", (middle, low, high)))
    rows.append(
        number("does not use daily", "usual dose", "1", found.usual, {"statistic": "as given"})
    )
    for one in found.assumed:
        low, middle, high = one.after
        known = one.parameter
        told = {"note": f"{known.meaning}; {one.judged}"}
        rows.append(interval(known.path, "constant", known.unit, (middle, low, high), told))
    return Tidy(
        "Hazard of an overdose at a dose, relative to the usual dose of someone who uses daily",
        filled(of_draws(found.draws), rows),
        note=caveat_of(DEFAULT),
        made=[UNRUN],
    )

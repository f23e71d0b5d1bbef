"""The table of `upriver answers`: every figure behind the six answers, under its own name.

An answer keeps its figures as numbers within names within names. Here each is a row: the names that
lead to it are its series and quantity, and the last of them gives its unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from upriver.experiments.caveats import caveat_of
from upriver.report.answers.answer import Answer
from upriver.system.world import DEFAULT

from .costs import MONEY
from .made import lines, of_provenance, provenance_of
from .tidy import Row, Tidy, filled, interval, number

ENDS = {"median", "low", "high"}
LOW_TO_HIGH = {"acted", "without"}
"""Figures of 5, 50 and 95 % of draws, in this order."""

UNITS = {
    "acted": "lb",
    "without": "lb",
    "seized": "lb",
    "recorded": "lb",
    "year": "year",
    "sold_kg": "kg",
    "budget_usd_2021": MONEY,
    "spent_usd_2021": MONEY,
    "mean": "people",
    "worst_tenth": "people",
    "averted": "people",
    "acts": "people",
    "levers": "people",
    "less_together": "people",
    "by_slack": "people",
    "change": "people",
    "parts": "people",
    "baselines": "people",
    "people_with_disorder": "people",
    "published_people": "people",
}
"""Units of figures by a name on the way to them, the last that is here; all others are plain."""

PLAIN = {
    "averts_in",
    "costs_lives_in",
    "draws",
    "slack",
    "lowers_in",
    "more_in",
    "fewer_in",
    "too_few_to_tell",
    "sold_later",
    "later_beside_it",
    "chance_of_seizure",
    "complete",
    "each_stands_for",
}
"""Names of plain numbers, whatever stands before them."""


def table_of_answers(found: Sequence[Answer], draws: int) -> Tidy:
    """Every number behind the answers."""
    made = provenance_of("base", draws)
    rows: list[Row] = []
    for one in found:
        about = {"note": one.question, **_draws_of(one)}
        rows += ({**row, **about} for row in _figures(one.figures, (f"question {one.number}",)))
    return Tidy(
        "The six questions: every figure",
        filled({**of_provenance(made), "scenario": "", "scenario_digest": ""}, rows),
        note=caveat_of(DEFAULT),
        made=lines([made]),
        provenance=[made],
    )


def _draws_of(one: Answer) -> Row:
    draws = one.figures.get("draws")
    return {"draws": draws} if isinstance(draws, int) else {}


def _figures(value: Any, names: tuple[str, ...]) -> Iterator[Row]:
    """Rows of whatever stands under these names."""
    if isinstance(value, Mapping):
        if set(value) >= ENDS:
            ends = (value["median"], value["low"], value["high"])
            yield interval(*_named(names), unit_of(names), ends)
            value = {key: entry for key, entry in value.items() if key not in ENDS}
        for key, entry in value.items():
            yield from _figures(entry, (*names, str(key)))
    elif isinstance(value, list | tuple) and names[-1] in LOW_TO_HIGH:
        low, median, high = value
        yield interval(*_named(names), unit_of(names), (median, low, high), {"interval": "90 %"})
    elif isinstance(value, list | tuple):
        for i, entry in enumerate(value, 1):
            yield from _figures(entry, (*names, str(i)))
    elif isinstance(value, bool | int | float):
        told = {"statistic": "as computed"}
        yield number(*_named(names), unit_of(names), float(value), told)


def _named(names: tuple[str, ...]) -> tuple[str, str]:
    """Series and quantity."""
    return ": ".join(names[:2]), ": ".join(names[2:]) or names[-1]


def unit_of(names: Sequence[str]) -> str:
    """The unit of a figure by the names that lead to it."""
    for name in reversed(names):
        if name in PLAIN:
            return "1"
        if name in UNITS:
            return UNITS[name]
    return "1"

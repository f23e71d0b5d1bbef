"""The headline of a run: recorded beside modelled, each over the record's own period."""

from collections.abc import Callable

import numpy as np

from upriver.evidence.figures import series
from upriver.evidence.references import short_citation
from upriver.experiments.caveats import caveat_of, few_draws
from upriver.experiments.compare import Comparison
from upriver.experiments.placed_caveats import caveat_in
from upriver.experiments.simulate import Run, Summary
from upriver.experiments.summary import to_figures

from .figures import Cell, Table
from .headline_rows import DEATHS, LAST_SUM, MEDICATION, known, newest_of
from .headline_rows import rows as rows_of
from .terminal import Headline, Outcome
from .wording import interval, known_places, number, percent, year

DEATHS_OF = ("deaths", "deaths_low", "deaths_high")
AVERTED_OF = ("averted", "averted_low", "averted_high")
WHOLE = 15
"""Figures of a number that is as it was computed."""

NO_WIDTH = 1e-5
"""Share of a number below which its interval has no width that could be printed."""


def headlines(run: Run) -> list[Headline]:
    """Rows of the headline table."""
    rows = []
    for row in rows_of():
        summary = row.summary(run)
        course = _yearly(summary)
        for moment in row.moments:
            median, low, high = summary.at(moment)
            if run.central:
                low = high = np.nan
            rows.append(
                Headline(
                    label=row.label,
                    recorded=row.recorded(moment),
                    median=median,
                    low=low,
                    high=high,
                    course=course,
                    unit=row.unit,
                    year=moment if row.year is None else row.year,
                )
            )
    return rows


def known_rows(run: Run) -> list[Headline]:
    """The same rows, rounded to what so many draws can say."""
    return [_as_known(row, run.draws) for row in headlines(run)]


def _as_known(row: Headline, draws: int) -> Headline:
    """Numbers to what so many draws can say (`wording.known_places`)."""
    digits = known_places(row.low, row.high, draws)
    if digits is None:
        return row
    ends = {name: round(getattr(row, name), digits) for name in ("median", "low", "high")}
    return row._replace(**ends)


def terminal_rows(run: Run) -> list[Headline]:
    """The same rows with each label and course once, and units only where they are no people."""
    rows: list[Headline] = []
    seen = ""
    for row in known_rows(run):
        again = row.label == seen
        seen = row.label
        rows.append(
            row._replace(
                label="" if again else row.label,
                course=np.array([]) if again else row.course,
                unit="" if again or row.unit == "people" else row.unit,
            )
        )
    return rows


def headline_html(run: Run) -> Table:
    """The same rows for the report."""
    reach = () if run.central else ("95 % interval",)
    return Table(
        columns=("Quantity", "Year", "Recorded", "Modelled", *reach, "Difference", "Record"),
        rows=[
            (
                h.label,
                year(float(h.year)),
                h.recorded,
                h.median,
                *(() if run.central else (interval(h.low, h.high),)),
                percent(None if h.recorded is None else h.median / h.recorded - 1),
                _cited(origin),
            )
            for h, origin in zip(known_rows(run), _origins(), strict=True)
        ],
        caption="Recorded beside modelled. Deaths are sums over the calendar year unless a month "
        f"is named; people are counted at the start of the year.{_said(rounded())}",
    )


def headline_json(run: Run) -> list[dict[str, object]]:
    """The same rows for programs."""
    return [
        {
            "quantity": h.label,
            "year": h.year,
            "unit": h.unit,
            "recorded": h.recorded,
            "median": h.median,
            "low": h.low,
            "high": h.high,
            "world": run.world,
            **{f"recorded_{key}": text for key, text in origin.items()},
        }
        for h, origin in zip(headlines(run), _origins(), strict=True)
    ]


def _origins() -> list[dict[str, str]]:
    """Source, vintage and status of what is recorded, in the order of the headlines."""
    return [row.origin(moment) for row in rows_of() for moment in row.moments]


def _cited(origin: dict[str, str]) -> str | None:
    """Who recorded it, and what kind of value it is where it was not just counted."""
    if not origin:
        return None
    who = "; ".join(short_citation(key) for key in origin["source"].split("; "))
    return who if origin["status"] == "reported" else f"{who}, {origin['status']}"


def caveat(run: Run) -> str:
    """How the intervals of a run are to be read, and how much of the record lies in them.

    The count is told for history as it was: a counterfactual is not scored.
    """
    if run.place:
        return caveat_in(run)
    words = caveat_of(run.world, run.central) + few_draws(run.draws)
    if run.central or not _as_recorded(run):
        return words
    deaths, recorded = run.deaths, series(DEATHS)
    years, held = known(DEATHS), 0
    for period in years:
        _, low, high = deaths.at(period)
        held += low <= (recorded.at(period) or 0.0) <= high
    only = "only " if 2 * held < len(years) else ""
    return (
        f"{words} Recorded deaths lie inside it in {only}{held} of "
        f"the {len(years)} years from {years[0]:g} to {years[-1]:g}."
    )


def full_treatment(run: Run) -> str:
    """A sentence where an interval has no width because treatment is full in every draw."""
    newest = newest_of(*MEDICATION)
    _, low, high = run.level("people.heads.treatment").at(newest)
    if run.draws <= 1 or high - low > NO_WIDTH * high:
        return ""
    return (
        f"Treatment is full in {newest:g} in every draw, so the number of people on "
        "medication does not vary then."
    )


def _as_recorded(run: Run) -> bool:
    """Whether nothing is changed before the record ends."""
    scenario = run.scenario
    history = scenario.settings or scenario.without_acts or scenario.projections
    ends = series(DEATHS).data_to + 1
    return not history and (scenario.starts is None or scenario.starts >= ends)


def rounded() -> str:
    """A sentence on recorded deaths that their publisher rounded; empty if there are none."""
    record = series(DEATHS)
    pairs = zip(record.labels, record.statuses, strict=True)
    found = [label for label, status in pairs if status == "rounded"]
    return f"Recorded deaths of {', '.join(found)} are rounded to a thousand." if found else ""


def _said(sentence: str) -> str:
    """A further sentence, if there is one."""
    return f" {sentence}" if sentence else ""


def outcomes(comparison: Comparison) -> list[Outcome]:
    """A row a scenario: deaths, deaths averted, people with a disorder in 2032."""
    rows = []
    for i, run in enumerate(comparison.runs):
        deaths, averted = comparison.deaths(run), comparison.averted(run)
        if comparison.central:
            deaths, averted = (one._replace(low=np.nan, high=np.nan) for one in (deaths, averted))
        rows.append(
            Outcome(
                label=run.scenario.title,
                deaths=deaths.median,
                deaths_low=deaths.low,
                deaths_high=deaths.high,
                averted=averted.median if i else None,
                averted_low=averted.low if i else None,
                averted_high=averted.high if i else None,
                people=run.level("people.heads.oud").at(2032.0)[0],
            )
        )
    return rows


def known_outcomes(comparison: Comparison) -> list[Outcome]:
    """The same rows to what draws can say: of what is averted two figures, as its sentence has it.

    Central values alone, without draws that could say less, are whole numbers.
    """
    return [
        _outcome_as_known(row, run)
        for row, run in zip(outcomes(comparison), comparison.runs, strict=True)
    ]


def _outcome_as_known(row: Outcome, run: Run) -> Outcome:
    """A row of a comparison, rounded."""
    people = run.level("people.heads.oud").at(2032.0)
    deaths = known_places(row.deaths_low, row.deaths_high, run.draws) or 0
    heads = known_places(people.low, people.high, run.draws) or 0
    told = {name: round(getattr(row, name), min(deaths, 0)) for name in DEATHS_OF}
    for name in AVERTED_OF:
        value = getattr(row, name)
        if value is not None:
            told[name] = to_figures(value, WHOLE if run.central else 2)
    return row._replace(people=round(row.people, min(heads, 0)), **told)


def outcomes_html(comparison: Comparison) -> Table:
    """The same rows for the report."""
    span = f"{comparison.since:g} to {LAST_SUM:g}"
    head: dict[str, Callable[[Outcome], Cell]] = {
        "Scenario": lambda o: o.label,
        f"Deaths {span}": lambda o: o.deaths,
        "95 % interval": lambda o: interval(o.deaths_low, o.deaths_high, 0),
        "Averted": lambda o: number(o.averted, 0),
        "Averted, 95 % interval": lambda o: interval(o.averted_low, o.averted_high, 0),
        "People with a disorder, 2032": lambda o: o.people,
    }
    if comparison.central:
        head = {name: cell for name, cell in head.items() if "interval" not in name}
    how = (
        "Central values alone, one run a scenario."
        if comparison.central
        else "Draws are common to all scenarios, so the interval of what is averted is that of the "
        "difference."
    )
    return Table(
        columns=tuple(head),
        rows=[tuple(cell(o) for cell in head.values()) for o in known_outcomes(comparison)],
        caption=f"Opioid overdose deaths {span}, and deaths averted against the first scenario; "
        f"below zero, more people die. {how}",
    )


def _yearly(summary: Summary) -> np.ndarray:
    whole = np.isclose(summary.times % 1, 0)
    return summary.median[whole]

"""`run` and `compare`: numbers as the commands of those names give them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from upriver.core.errors import OutOfBounds
from upriver.experiments.arguments import settings_of
from upriver.experiments.compare import Comparison
from upriver.experiments.compare import compare as compared
from upriver.experiments.placed import draws_for, place_draws
from upriver.experiments.simulate import Run, simulate
from upriver.experiments.summary import Interval, figures
from upriver.experiments.verdict import by_people
from upriver.places.asked import place as place_of
from upriver.report.colophon import not_explained
from upriver.report.headline import (
    caveat,
    full_treatment,
    headline_json,
    known_outcomes,
    outcomes,
    terminal_rows,
)
from upriver.report.placed_record import range_text, rows
from upriver.report.terminal import comparison_table, headline_table
from upriver.report.yearly import json_of_years, yearly, yearly_of_all
from upriver.system.counters import COUNTED, counter

from .asked import Asked
from .limits import MOST_OUTPUTS, MOST_RUNS
from .said import Said, cannot_tell, cited, ends, evidence_of, graded_text, joined, made_of

WIDE = 100
"""Columns of a table in the text of an answer."""

DEATHS = ("people.overdose.deaths", "people.overdose.by_synthetic")
"""Flows by year that every answer of a run holds."""


def run(asked: Asked) -> Said:
    """One scenario: the headline, recorded beside modelled, and quantities by year."""
    scenario, place = asked.scenario("scenario"), _place(asked)
    wanted = asked.texts("outputs", MOST_OUTPUTS)
    with asked.believed(_draws(asked, place)) as draws:
        found = simulate(
            scenario,
            draws=draws,
            world=asked.world(),
            on=asked.scenario("on") if asked.has("on") else None,
            settings=settings_of(asked.settings()),
            progress=asked.progress,
            place=place,
        )
        asked.check_believed(found.world)
        return _run_said(found, wanted)


def compare(asked: Asked) -> Said:
    """Several scenarios with common draws: deaths, and deaths averted against the first."""
    scenarios, place = asked.scenarios("scenarios"), _place(asked)
    with asked.believed(_draws(asked, place)) as draws:
        _check_runs(draws * len(scenarios))
        found = compared(
            *scenarios,
            draws=draws,
            world=asked.world(),
            on=asked.scenario("on") if asked.has("on") else None,
            settings=settings_of(asked.settings()),
            progress=asked.progress,
            place=place,
        )
        asked.check_believed(found.runs[0].world)
        return _compare_said(found)


def _check_runs(runs: int) -> None:
    """Refuse more than one call may keep in memory."""
    if runs > MOST_RUNS:
        raise OutOfBounds(
            "draws times scenarios are too many",
            file="compare",
            found=str(runs),
            allowed=f"at most {MOST_RUNS}",
        )


def _place(asked: Asked) -> str | None:
    """Code of a state, or none for the country."""
    return place_of(asked.text("place")).code if asked.has("place") else None


def _draws(asked: Asked, place: str | None) -> int:
    """Draws of the country, or of a place: those asked for, or as many as its fit has."""
    if place is None:
        return asked.draws()
    given = asked.draws() if asked.has("draws") else None
    return draws_for(place_draws(None, place)[place], given)


def _run_said(found: Run, wanted: Sequence[str]) -> Said:
    """A run in words and numbers."""
    known = evidence_of([found.scenario])
    data: dict[str, Any] = {
        "title": found.title,
        "unexplained": not_explained(found),
        "caveat": caveat(found),
        "remarks": list(found.remarks),
        "series": _series(found, wanted),
        "evidence": known,
    }
    if found.place:
        table = _of_place(found, data)
    else:
        table = headline_table(terminal_rows(found), WIDE)
        data["headline"] = headline_json(found)
        data["sources"] = cited(str(row.get("recorded_source", "")) for row in data["headline"])
    how = "" if found.central else f"Median and 95 % interval of {found.draws} draws. "
    more = "" if found.place else f" {full_treatment(found)}"
    text = joined(
        f"{found.title}, recorded and modelled",
        data["unexplained"],
        table,
        f"{how}{data['caveat']}{more}".strip(),
        *(f"Note: {remark}" for remark in found.remarks),
        graded_text(known),
        ends(cannot := cannot_tell(found)),
    )
    return Said(text, data, made_of([found]), cannot)


def _of_place(found: Run, data: dict[str, Any]) -> str:
    """Deaths of a state by year, into the data and as a table."""
    told = rows(found, place_of(found.place))
    data["deaths"] = [
        {
            "year": row.year,
            "unit": "people",
            "recorded": row.recorded,
            "where_died_provisional": row.where_died,
            "synthetic": list(row.synthetic),
            "any_opioid": list(row.any_opioid),
        }
        for row in told
    ]
    lines = [
        "Deaths: year, recorded of residents with synthetic opioids, modelled with synthetic "
        "opioids (95 %), modelled with any opioid (95 %)"
    ]
    for row in told:
        both = (_three(row.synthetic), _three(row.any_opioid))
        lines.append("  ".join((str(row.year), range_text(row.recorded), *both)))
    return "\n".join(lines)


def _three(one: Interval) -> str:
    """A median with its interval, to three figures: no more is known."""
    middle, low, high = (figures(value, 3) for value in one)
    return f"{middle} ({low} to {high})"


def _series(found: Run, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Deaths by year, and what else was asked for, with median and interval.

    Raises:
        UnknownName: the run has no such quantity.
    """
    for name in wanted:
        if name not in found.outputs and not (name in COUNTED and counter(name) in found.outputs):
            found.level(name)
    kept = {*DEATHS, *wanted}
    return json_of_years([one for one in yearly(found) if one.label in kept])


def _compare_said(found: Comparison) -> Said:
    """A comparison in words and numbers."""
    one = found.runs[0]
    known = evidence_of(run.scenario for run in found.runs)
    averted = [s for s in yearly_of_all(found) if s.label.endswith(": deaths averted")]
    data = {
        "since": found.since,
        "to": 2031,
        "unit": "people",
        "unexplained": not_explained(one),
        "caveat": caveat(one),
        "remarks": list(found.remarks),
        "scenarios": [row._asdict() for row in outcomes(found)],
        "verdicts": [
            {**asdict(each), "sentence": each.sentence(found.since), "by_people": by_people(each)}
            for each in found.verdicts
        ],
        "fewer_deaths_in": found.beats.tolist(),
        "series": json_of_years(averted),
        "evidence": known,
    }
    how = "" if found.central else f"Median and 95 % interval of {one.draws} common draws. "
    text = joined(
        str(data["unexplained"]),
        " ".join(each.sentence(found.since) for each in found.verdicts),
        *found.warnings,
        comparison_table(known_outcomes(found), WIDE, (int(found.since), 2031)),
        f"Opioid overdose deaths from {found.since:g} to the end of 2031. {how}{data['caveat']}",
        " ".join(filter(None, map(by_people, found.verdicts))),
        *(f"Note: {remark}" for remark in found.remarks[len(found.warnings) :]),
        graded_text(known),
        ends(cannot := cannot_tell(one)),
    )
    return Said(text, data, made_of(found.runs), cannot)

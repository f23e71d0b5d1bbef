"""Question 2: controls by one country, a collapse of cooperation, cooperation kept apart."""

from collections.abc import Sequence

import numpy as np

from upriver.experiments.compare import Comparison, compare
from upriver.experiments.summary import Doubles, figures
from upriver.experiments.verdict import LEAST
from upriver.policy.scenario import Scenario, parse_scenario, read_scenario

from .answer import Answer, Table
from .words import (
    FROM,
    NONE,
    SEEN_ALONE,
    TO,
    agreed,
    assumed,
    averted,
    between,
    by_explanation,
    correlation,
    counted,
    evidence,
    moved_most,
    moving,
    seen,
    signed,
    spread,
    tertiles,
    title,
    verdicts,
)

QUESTION = (
    "What happens when China enforces precursor control and other suppliers do not? When "
    "cooperation collapses? When it is decoupled from other disputes?"
)
SLACK = "supply.controls.slack[china]"
"""What sellers in China could send, in multiples of what is ordered: the fit leaves it open."""

ALONE = """\
schema: 2
title: Cooperation with China alone collapses
world: whole
from: 2026
over: 0.5
changes:
  - {handle: relations_with_china, to: 0.05}
  - {handle: commitment_of_china, to: 0}
"""
ALONE_ACTS = "china_controls_alone"
SCENARIOS = (
    ALONE_ACTS,
    "all_control",
    "collapse_linked",
    "cooperation_collapses",
    "collapse_decoupled",
    "effort_decoupled",
    "regimes_drawn",
)


def scenarios() -> tuple[str | Scenario, ...]:
    """Those that ship, and a collapse of China's part alone."""
    return (*SCENARIOS[:4], parse_scenario(ALONE, "answers"), *SCENARIOS[4:])


def answer(draws: int) -> Answer:
    """Run them against the base projection."""
    found = compare("base", *scenarios(), draws=draws)
    rows = [(title(run), averted(found, run)) for run in found.runs[1:]]
    levers = {v.name: v for run in found.runs[1:] for v in moving(run.scenario)}
    counts = counted(found)
    return Answer(
        number=2,
        question=QUESTION,
        first=tuple(filter(None, [spread((f"'{name}'", values) for name, values in rows)])),
        short=(*(one.sentence(found.since) for one in found.verdicts), _part_of_china(rows)),
        parts=(
            verdicts(
                found,
                f"Opioid overdose deaths {FROM} to {TO}, {found.runs[0].draws} draws of the fit, "
                f"against {between(found.deaths(found.runs[0]))} in the base projection:",
            ),
            _by_slack(found),
            _matters(found),
            by_explanation(rows, "Median averted by explanation of the past:"),
            evidence(
                list(levers.values()), "Levers that move the same, and what is known of them:"
            ),
        ),
        sure=(
            *filter(None, [agreed(found), assumed(list(levers.values()))]),
            "The sign is as sure as its draws say; the size is not. Nobody counts precursors, and "
            "effort, relations and how the one hangs on the other are judgements on dated events.",
            _left_open(found),
            "'Relations with China as drawn' takes the course of relations from the few spells on "
            "record, a course a draw: what it averts or costs is that course, and no policy.",
        ),
        cannot=(
            "Whether a government will do any of it, or how likely it is.",
            "What a control of substances that nobody has thought of yet would do; stronger "
            "adulterants are in the model as one lag and one share, both assumed.",
        ),
        made=(f"upriver compare base {' '.join(SCENARIOS)}",),
        figures={
            title(run): {
                **counts[title(run)],
                "by_slack": [
                    {"slack": slack, **ends._asdict()}
                    for slack, ends in tertiles(
                        averted(found, run), found.runs[0].parameters[SLACK]
                    )
                ],
            }
            for run in found.runs[1:]
        },
    )


def _part_of_china(rows: Sequence[tuple[str, Doubles]]) -> str:
    """How much of a collapse is China's part."""
    by = dict(rows)
    alone, whole = (-by[read.title] for read in _collapses())
    share = 100 * alone[whole >= LEAST] / whole[whole >= LEAST]
    if not len(share):
        return "No draw has a collapse cost lives."
    low, middle, high = (
        f"{v:.0f}".replace("-", "−") for v in np.percentile(share, [2.5, 50, 97.5])
    )
    return (
        f"Of what a collapse costs, China's part alone is {middle} % ({low} to {high} %) in "
        f"the {len(share)} draws in which it costs any life; the rest is Mexico, India, and what "
        "the three do together."
    )


def _collapses() -> tuple[Scenario, Scenario]:
    """Of China alone, and of all three."""
    return parse_scenario(ALONE, "answers"), read_scenario("cooperation_collapses")


def _by_slack(found: Comparison) -> Table:
    """Deaths averted by thirds of what sellers in China could send."""
    by = found.runs[0].parameters[SLACK]
    thirds = {title(run): tertiles(averted(found, run), by) for run in found.runs[1:]}
    heads = [f"{slack:.1f} times" for slack, _ in next(iter(thirds.values()))]
    return Table(
        "Deaths averted by thirds of draws by what willing sellers in China could send, in "
        f"multiples of what is ordered (`{SLACK}`; medians of the thirds above each column):",
        ("Scenario", *heads),
        tuple((name, *(between(ends) for _, ends in row)) for name, row in thirds.items()),
    )


def _left_open(found: Comparison) -> str:
    """How far China's control goes with what its sellers could send."""
    run = found.runs[1 + SCENARIOS.index(ALONE_ACTS)]
    values, slack = averted(found, run), found.runs[0].parameters[SLACK]
    strength = correlation(values, slack)
    lowest, _, highest = (ends.median for _, ends in tertiles(values, slack))
    enough = abs(strength) >= seen(len(values), SEEN_ALONE)
    return (
        "What sellers in China could send beyond what is ordered, and how fast others step in, are "
        f"left open by the record. By rank, what '{title(run)}' averts goes with the first by "
        f"{signed(strength)}, {'more than' if enough else 'no more than'} chance gives in "
        f"{len(values)} draws; medians are {figures(lowest)} where they could send least and "
        f"{figures(highest)} where they could send most."
    )


def _matters(found: Comparison) -> Table:
    """The upstream constant that orders each answer most, and the answer by thirds of it."""
    by = {
        path: values
        for path, values in found.runs[0].parameters.items()
        if path.startswith(("supply.", "diplomacy.")) and len(np.unique(values)) > len(values) / 2
    }
    rows: list[tuple[str, ...]] = []
    for run in found.runs[1:]:
        values = averted(found, run)
        most = moved_most(values, by)
        if most is None:
            rows.append((title(run), "none", NONE, NONE, NONE, NONE))
            continue
        path, strength = most
        ends = [between(one) for _, one in tertiles(values, by[path])]
        rows.append((title(run), f"`{path}`", signed(strength), *ends))
    return Table(
        "The constant upstream that each answer goes with most, by rank correlation over draws, "
        "and deaths averted in its lowest, middle and highest third; none where no correlation of "
        f"{len(by)} is beyond {seen(found.runs[0].draws):.2f}, which chance alone may give:",
        ("Scenario", "Constant", "Correlation", "Lowest", "Middle", "Highest"),
        tuple(rows),
    )

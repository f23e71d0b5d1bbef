"""The answer of a report, in a sentence or two that can be read out."""

import numpy as np

from upriver.core.time import LAST_YEAR
from upriver.evidence.figures import series
from upriver.experiments.compare import FROM, Comparison
from upriver.experiments.simulate import Run
from upriver.experiments.summary import interval

from .headline_rows import DEATHS, LAST_SUM
from .wording import known


def answer_of(run: Run) -> str:
    """How many people would die to the end, then in the last year, beside the newest record."""
    starts, ends = np.array([FROM]), np.array([float(LAST_YEAR)])
    total = interval(run.periods("people.overdose.deaths", starts, ends)[:, 0])
    middle, low, high = _known(total, run)
    last, least, most = _known(run.deaths.at(LAST_SUM), run)
    record = series(DEATHS)
    return (
        f"From {FROM:g} to {LAST_SUM:g} about {middle} people would die of an opioid overdose"
        + (f"; it could be anything from {low} to {high}" if low else "")
        + f". In {LAST_SUM:g} alone it would be about {last}"
        + (f" ({least} to {most})" if least else "")
        + f", after {record.at(record.newest):,.0f} recorded in {record.newest}."
    )


def answer_of_comparison(comparison: Comparison) -> str:
    """What each scenario does against the first; of central values, the deaths of the first."""
    said = [one.sentence(comparison.since) for one in comparison.verdicts]
    return " ".join(said) or answer_of(comparison.runs[0])


def _known(one: tuple[float, float, float], run: Run) -> tuple[str, str, str]:
    """A number and its interval as far as the draws can say them; one run has no interval."""
    if run.central or run.draws <= 1:
        return known(one[0], one[0], one[0], 1)[0], "", ""
    return known(*one, run.draws)

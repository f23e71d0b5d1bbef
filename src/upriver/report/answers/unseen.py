"""Question 6: how much official data cannot show, each gap as a range and never as a correction."""

from collections import Counter

import numpy as np

from upriver.core.errors import OutOfBounds
from upriver.evidence.figures import all_series, places_of, series
from upriver.evidence.record import STATUSES, Record
from upriver.experiments.amounts import over_year
from upriver.experiments.flow import YEAR, Flow, flow, whole_run
from upriver.experiments.ground import DEATHS
from upriver.experiments.seized import Implied
from upriver.experiments.simulate import simulate
from upriver.experiments.summary import Interval, figures, interval
from upriver.experiments.trial import ran
from upriver.experiments.verdict import COUNTED, PEOPLE
from upriver.policy.disturbances import RISK
from upriver.report.wording import number

from .answer import Answer, Table
from .words import between

QUESTION = "How much can official data not show?"
COMPLETE = (0.1, 1.0)
"""Share of what happens that China's statistics hold: an illustration that a user sets."""

SOLD, LATER = "supply.market.sold", 2024
DOSE, AGAINST = "supply.market.dose", "people.beyond.dose_ratio"
"""Fentanyl in a dose that is taken, and the hazard of a dose against what people are used to."""

ESTIMATES = (
    "oud_lim_opioids",
    "oud_keyes_lower",
    "oud_keyes_higher",
    "oud_lim_all_drugs",
    "oud_krawczyk",
)
NOT_SEEN = ("suppressed", "missing", "predicted", "partial", "estimated", "digitised", "secondary")
CHINA = {"china_cases": "drug cases", "china_arrests": "arrests", "china_seized": "tonnes seized"}


def answer(draws: int, complete: tuple[float, float] = COMPLETE) -> Answer:
    """Count what is not reported, and say what ranges remain.

    Raises:
        OutOfBounds: shares that are not above 0, at most 1, and in order.
    """
    check(complete)
    run = whole_run(draws=draws)
    moved = flow(run)
    course = interval(over_year(run, SOLD, LATER) / over_year(run, SOLD, YEAR))
    why = _courses(draws)
    people = _people(draws)
    assert moved.implied is not None
    return Answer(
        number=6,
        question=QUESTION,
        first=(),
        short=(
            _delay(),
            _cells(),
            _kilograms(moved, course),
            _not_deaths(why),
            _chance(moved.implied),
            _disorder(people),
            _china(complete),
        ),
        parts=(
            Table(
                "Values on record, all series and places, by what they are:",
                ("What a value is", "Values", "Series with one"),
                _statuses(),
            ),
            _consistency(),
        ),
        sure=(
            f"Kilograms, chances and people are 95 % of {draws} draws of the fit; intervals of "
            "the record itself are mostly not published.",
        ),
        cannot=(
            "A corrected number. What is not reported is given as what a stated completeness "
            "implies, and the completeness is yours.",
            "Deaths that are never tested for drugs, or whose drug is not named: the share that is "
            "named is a history of the model, and no record of it by state is used.",
        ),
        made=(
            f"upriver flow {YEAR}",
            "upriver evidence check",
            f"upriver answers 6 --complete {complete[0]:g}:{complete[1]:g}",
        ),
        figures={
            "sold_kg": moved.sold._asdict(),
            "sold_later": course._asdict(),
            "later_beside_it": {name: found._asdict() for name, found in why.items()},
            "chance_of_seizure": moved.implied.chance._asdict(),
            "people_with_disorder": people._asdict(),
            "published_people": list(published()),
            "complete": list(complete),
            "each_stands_for": [1 / complete[1], 1 / complete[0]],
        },
    )


def check(complete: tuple[float, float]) -> None:
    """Refuse shares that are none; raises as `answer`."""
    low, high = complete
    if not 0 < low <= high <= 1:
        raise OutOfBounds(
            "should be two shares, the lower first",
            file="--complete",
            found=f"{low:g}:{high:g}",
            allowed="above 0, at most 1, as 0.25:0.75",
        )


def published() -> tuple[float, float]:
    """Lowest and highest published estimate of people with a disorder in 2019."""
    found = [value for name in ESTIMATES if (value := series(name).at("2019")) is not None]
    return min(found), max(found)


def _delay() -> str:
    reported, predicted = series("deaths_synthetic_12m"), series("deaths_synthetic_12m_predicted")
    month = reported.labels[-1]
    count, expected = reported.at(month), predicted.at(month)
    assert count is not None
    assert expected is not None
    return (
        f"Reporting delay: {count:,.0f} deaths with synthetic opioids are reported for the twelve "
        f"months to {month}, the newest on record; the publisher itself predicts {expected:,.0f} "
        f"once reports are complete, {100 * (expected / count - 1):.1f} % more, so that the newest "
        "months look better than they are."
    )


def _records() -> list[Record]:
    return [series(name, place) for name in all_series() for place in places_of(name)]


def _cells() -> str:
    found = Counter(status for one in _records() for status in one.statuses)
    whole = sum(found.values())
    return (
        f"Suppressed cells: of {whole:,} values on record {found['suppressed']:,} are suppressed, "
        f"withheld by their publishers for small numbers, and {found['missing']:,} are missing. "
        "What is withheld is small by rule, and so no random part."
    )


def _statuses() -> tuple[tuple[str, ...], ...]:
    values: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for one in _records():
        values.update(one.statuses)
        for status in set(one.statuses):
            where.setdefault(status, set()).add(one.name)
    return tuple(
        (f"{status}: {STATUSES[status]}", f"{values[status]:,}", f"{len(where[status])}")
        for status in NOT_SEEN
        if values[status]
    )


def _kilograms(found: Flow, course: Interval) -> str:
    ratio = found.sold.high / found.sold.low
    return (
        f"Kilograms are known only up to a scale: what was sold in {found.year} lies between "
        f"{figures(found.sold.low)} and {figures(found.sold.high)} kg of pure fentanyl in 95 % of "
        f"draws, a factor of {ratio:.1f} between the ends; nobody weighed it. What was sold in "
        f"{LATER} is {course.median:.2f} ({course.low:.2f} to {course.high:.2f}) times that, a "
        f"factor of {course.high / course.low:.1f}."
    )


def _courses(draws: int) -> dict[str, Interval]:
    """What sales and deaths hang on in the later year, over what it was in the first."""
    run = ran((DOSE, AGAINST, DEATHS), draws, until=LATER + 1)
    found = {
        name: run.mean(name, LATER, LATER + 1) / run.mean(name, YEAR, YEAR + 1)
        for name in run.outputs
    }
    found[RISK] = run.at(RISK, LATER + 0.5) / run.at(RISK, YEAR + 0.5)
    return {name: interval(ratio) for name, ratio in found.items()}


def _not_deaths(found: dict[str, Interval]) -> str:
    """Why kilograms and deaths part."""
    purity = series("fentanyl_powder_purity")
    before, after = (
        np.nanmean(purity.values[np.floor(purity.starts + 1e-6) == year]) for year in (YEAR, LATER)
    )
    return (
        f"Kilograms do not go with deaths: from {YEAR} to {LATER} sales go with the fentanyl in a "
        f"dose, {_times(found[DOSE])} what it was, since powder on record was {after / before:.1f} "
        f"times as pure; deaths were {_times(found[DEATHS])} what they were. In the model people "
        "had come to be used to more, so that the hazard of a dose against what they were used to "
        f"was {_times(found[AGAINST])} that of {YEAR}; disturbances of risk, which nothing "
        f"explains, were {_times(found[RISK])}. Neither was measured: a weakness."
    )


def _times(found: Interval) -> str:
    return f"{found.median:.2f} ({found.low:.2f} to {found.high:.2f}) times"


def _chance(found: Implied) -> str:
    low, high = 100 * found.chance.low, 100 * found.chance.high
    return (
        f"The border's chance of seizure: {figures(found.recorded)} kg were seized in {YEAR} as "
        f"weighed, {between(found.pure)} kg of fentanyl in them. Against the modelled flow that is "
        f"{low:.1f} to {high:.1f} % of what reached the border; against the chances that are "
        f"plausible it is a flow of {figures(found.flow.low)} to {figures(found.flow.high)} kg. "
        "No seizure says which."
    )


def _people(draws: int) -> Interval:
    run = simulate("base", draws=draws, outputs=(PEOPLE,))
    return run.level(PEOPLE)[COUNTED]


def _disorder(found: Interval) -> str:
    low, high = published()
    return (
        f"People with a disorder: published estimates of {COUNTED:g} run from {low / 1e6:.1f} to "
        f"{high / 1e6:.1f} million. The fit leaves {found.low / 1e6:.1f} to {found.high / 1e6:.1f} "
        f"million in 95 % of draws ({found.median / 1e6:.1f} in the middle), and many figures hang "
        "on it."
    )


def _china(complete: tuple[float, float]) -> str:
    low, high = complete
    least, most = 1 / high, 1 / low
    each = f"{least:.3g}" if least == most else f"{least:.3g} to {most:.3g}"
    return (
        f"China's statistics: if they hold {100 * low:g} to {100 * high:g} % of what happens, a "
        f"range that you set (`--complete LOW:HIGH`) and nobody has measured, each unit that is "
        f"stated stands for {each}. If completeness moved within that range from one year to the "
        f"next, a year in which nothing changed could be stated as {low / high:.3g} to "
        f"{high / low:.3g} times the one before. No number is corrected."
    )


def _away(ratio: float) -> str:
    """What a ratio is away from 1, in whole percent with its sign."""
    percent = round(100 * (ratio - 1))
    return f"{percent:+d}".replace("-", "−") if percent else "0"


def _consistency() -> Table:
    """China's stated levels against its stated changes."""
    rows = []
    for name, words in CHINA.items():
        level, change = series(name, "CN"), series(f"{name}_change", "CN")
        for label in change.labels:
            now, before = level.at(label), level.at(str(int(label) - 1))
            moved = change.at(label)
            if now is None or before is None or moved is None:
                continue
            implies = now / (1 + moved)
            rows.append(
                (
                    f"{words}, {label}",
                    number(before),
                    number(implies),
                    f"{_away(implies / before)} %",
                )
            )
    return Table(
        "China's reports against themselves: the level that they stated for the year before, and "
        "the one that their stated change implies:",
        ("What, year", "Stated for the year before", "Implied by the change", "Apart"),
        tuple(rows),
    )

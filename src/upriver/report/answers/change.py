"""Question 3: why deaths rose to 2022 and halved since."""

from collections.abc import Callable

import numpy as np

from upriver.evidence.figures import series
from upriver.experiments.caveats import unexplained
from upriver.experiments.explain import UNDER_WAY, Explained, explain, titles
from upriver.experiments.groups import UNEXPLAINED
from upriver.experiments.summary import Doubles, figures, interval
from upriver.system.world import DEFAULT

from .answer import Answer, Table
from .words import NONE, between, by_explanation, spread

QUESTION = (
    "Why did deaths rise to 2022 and halve since: supply, naloxone, treatment, fewer people at "
    "risk, or something nobody has explained?"
)
SPANS = ((2016, 2022), (2022, 2025))
UPSTREAM = ("controls", "corridors", "market")
SUPPLY = "supply, the three of them together"


def answer(draws: int, progress: Callable[[int, int], None] | None = None) -> Answer:
    """Share both changes among groups of inputs."""
    found = [explain(first, last, draws, progress=progress) for first, last in SPANS]
    disagree = [
        spread(
            ((f"'{name}'", part) for name, part in _parts(one).items()),
            f", for the change from {one.first} to {one.last}",
        )
        for one in found
    ]
    return Answer(
        number=3,
        question=QUESTION,
        first=tuple(filter(None, [unexplained(DEFAULT), *disagree])),
        short=tuple(_short(one) for one in found),
        parts=tuple(part for one in found for part in (_table(one), _rivals(one))),
        sure=(
            "Parts are Shapley values: what deaths of the last year change by when a group's "
            "histories are let go from what they were in the first year, in the mean over all "
            "orders. They add up draw by draw. They are of the model, and no causal estimate.",
            "'Unexplained' is a part of its own: disturbances of risk and of supply that the fit "
            "needs to meet the record and that nothing in the model explains. The share that "
            "stands first is another measure, the share of squared yearly changes that is left "
            "without the disturbances: ups and downs both count in it, and cancel out in a part of "
            "the change between two years, so that the two differ.",
            f"'{titles()[UNDER_WAY].capitalize()}' is what still changes when every history stands "
            "still, since stocks go on moving: fentanyl's spread where it had begun, producers who "
            "go on growing, and fewer or more people at risk, which it does not tell apart. So "
            "'supply' is what moved supply from outside after the first year, and not all that "
            "supply did.",
        ),
        cannot=(
            "Which explanation is right, or that it is one of the six.",
            "What part naloxone had in any one place: kits are counted for the country.",
            _recorded(),
        ),
        made=tuple(
            f"upriver explain --from {one.first} --to {one.last} --draws {draws}" for one in found
        ),
        figures={
            f"{one.first} to {one.last}": {
                "change": one.change._asdict(),
                "draws": len(one.before),
                "parts": {
                    name: interval(part)._asdict() | {"lowers_in": int(np.sum(part < 0))}
                    for name, part in _parts(one).items()
                },
            }
            for one in found
        },
    )


def _parts(one: Explained) -> dict[str, Doubles]:
    """Parts by what they are called, and supply as a whole."""
    named = {titles()[name]: part for name, part in one.parts.items()}
    whole = sum(
        (one.parts[name] for name in UPSTREAM if name in one.parts), np.zeros_like(one.before)
    )
    return {SUPPLY: np.asarray(whole), **named}


def _short(one: Explained) -> str:
    """A change, and its largest parts with how sure their sign is."""
    change, draws = one.change, len(one.before)
    verb = "rose" if change.median > 0 else "fell"
    low, high = sorted((abs(change.low), abs(change.high)))
    said = (
        f"From {one.first} to {one.last} opioid overdose deaths a year {verb} by "
        f"{figures(abs(change.median))} ({figures(low)} to {figures(high)}), as the fit has it, in "
        f"{draws} draws."
    )
    parts = {name: part for name, part in _parts(one).items() if name != SUPPLY}
    order = sorted(parts, key=lambda name: -abs(float(np.median(parts[name]))))
    told = []
    for name in order[:4]:
        part = parts[name]
        with_it = int(np.sum(np.sign(part) == np.sign(np.median(part))))
        way = "raised" if np.median(part) > 0 else "lowered"
        told.append(f"{name} {way} them by {_size(part)} in {with_it} of {draws}")
    left = one.parts.get(UNEXPLAINED)
    if left is None:
        return f"{said} The largest parts: {'; '.join(told)}."
    share = interval(100 * left / (one.after - one.before))
    return (
        f"{said} The largest parts, and in how many draws they have that sign: {'; '.join(told)}. "
        f"What nothing explains comes to {share.median:.0f} % of the change ({share.low:.0f} to "
        f"{share.high:.0f} %), so that parts above 100 % and below 0 make up for each other."
    ).replace("-", "−")


def _size(part: Doubles) -> str:
    middle, low, high = interval(part if np.median(part) > 0 else -part)
    return f"{figures(middle)} ({figures(low)} to {figures(high)})"


def _table(one: Explained) -> Table:
    draws = len(one.before)
    rows = [
        (name, between(interval(part)), f"{int(np.sum(part < 0))} of {draws}")
        for name, part in _parts(one).items()
    ]
    rows.sort(key=lambda row: row[0] != SUPPLY)
    rows.append(
        ("all of it", between(one.change), f"{int(np.sum(one.after < one.before))} of {draws}")
    )
    return Table(
        f"What the change of yearly deaths from {one.first} to {one.last} is put down to, "
        f"{draws} draws of the fit:",
        ("Part", "Deaths in the last year", "Lowers them in"),
        tuple(rows),
    )


def _rivals(one: Explained) -> Table:
    return by_explanation(
        _parts(one).items(), f"Median of each part by explanation, {one.first} to {one.last}:"
    )


def _recorded() -> str:
    """What the record says of both changes."""
    yearly, months = series("deaths_any_opioid"), series("deaths_synthetic_12m")

    def at(year: int) -> str:
        value = yearly.at(str(year))
        return NONE if value is None else f"{value:,.0f}"

    ends = [months.at(f"{year}-12") for year in (2022, 2025)]
    told = [NONE if value is None else f"{value:,.0f}" for value in ends]
    return (
        f"More than is recorded. Deaths with any opioid are on record as {at(2016)} in 2016, "
        f"{at(2022)} in 2022 and about {at(2024)} in 2024, and not yet for 2025; with synthetic "
        f"opioids {told[0]} in 2022 and {told[1]} in 2025."
    )

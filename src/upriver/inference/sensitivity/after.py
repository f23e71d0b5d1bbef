"""Given-data indices of a quantity under the fit: what decides what the record left open.

Unknowns of the fit hang together, so there is no index of one that the others have no part in: an
unknown stands high if it decides the quantity, or goes with one that does. Shares do not add up.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError, OutOfBounds
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.policy.apply import table
from upriver.policy.beliefs import EXPLANATION
from upriver.policy.chosen import fitted
from upriver.policy.effect import factors
from upriver.policy.fitted import MISSED

from .before import made
from .given import classes, given_data, stands
from .inputs import UNEXPLAINED, WANDERS, stem
from .quantities import Asked
from .shares import Row, Scale, Sensitivity, ends_of, furthest, places_among

FEWEST = 100
SPANS = ((FIRST_YEAR, 2014), (2015, 2025), (2026, LAST_YEAR - 1))
"""Years, the last in it, over which a disturbance is taken as one unknown: its mean."""

Progress = Callable[[int, int], None]
Unknowns = dict[str, tuple[str, NDArray[np.generic]]]


def sensitivity(
    asked: Asked,
    draws: int | None = None,
    scale: Scale = "number",
    progress: Progress | None = None,
) -> Sensitivity:
    """What decides a quantity among the draws of the fit that are chosen.

    Args:
        draws: the first so many; by default all.
        progress: called with unknowns done and unknowns in all.

    Raises:
        OutOfBounds: too few draws to cut an unknown into classes.
        InputError: the scenario draws what is no unknown of the fit.
    """
    if asked.scenario.regimes is not None:
        raise InputError(
            f"'{asked.scenario.title}' draws how relations go on, which is no unknown of the fit",
            file="--scenario",
            hint="With --prior it is one.",
        )
    count = fitted().draws if draws is None else draws
    if count < FEWEST:
        raise OutOfBounds(
            "are too few", file="--draws", found=str(count), allowed=f"{FEWEST} or more"
        )
    against = None if asked.against is None else table(asked.against, count)
    quantity = asked.of(table(asked.scenario, count), against)
    shown = places_among(quantity, quantity) if scale == "rank" else quantity
    known = unknowns(asked, count)
    values = {name: one for name, (_, one) in known.items()}
    found, floor = given_data(values, shown, progress)
    rows = [
        Row(name, known[name][0], one, None, 1, stands(one, floor)) for name, one in found.items()
    ]
    return Sensitivity(
        asked=asked,
        ends=ends_of(quantity),
        scale=scale,
        furthest=furthest(quantity),
        draws=count,
        runs=count * (1 if against is None else 2),
        rows=tuple(sorted(rows, key=lambda row: -row.first.value)),
        floor=floor,
        together=None,
        made={**made(asked, "whole"), **({"fit": fitted().own} if fitted().own else {})},
    )


def unknowns(asked: Asked, draws: int) -> Unknowns:
    """Unknowns of the fit by name: the mechanism of each, and its values, shape (draws,).

    What goes by another in the same order says the same, and is left out: numbers of people that
    surveys give go by the share of people whom they miss.
    """
    chosen = fitted()
    numbers = chosen.places[:draws]
    found: Unknowns = {EXPLANATION: (EXPLANATION, np.array(chosen.rival[:draws]))}
    first = (MISSED, *(path for path in chosen.constants if path != MISSED))
    found |= {path: (stem(path), chosen.constants[path][:draws]) for path in first}
    for path, knots in chosen.courses.items():
        at = np.linspace(FIRST_YEAR, LAST_YEAR, knots.shape[1])
        for begin, end in SPANS:
            inside = (at >= begin) & (at < end + 1)
            name = f"{WANDERS[path]}, {begin} to {end}"
            found[name] = (UNEXPLAINED, np.log(knots[:draws, inside]).mean(axis=1))
    for change in asked.scenario.changes:
        if change.spread is not None:
            drawn = factors(change.acts_on, change.spread)
            found[f"effect of {change.label}"] = ("scenario", drawn[numbers % len(drawn)])
    kept: dict[bytes, str] = {}
    for name, (_, values) in found.items():
        of = classes(values)
        if of.any():
            kept.setdefault(of.tobytes(), name)
    return {name: found[name] for name in kept.values()}

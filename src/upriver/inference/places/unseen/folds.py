"""States left out of the pooling, and told from what is known of them without their deaths.

In each fold the country is the other states scaled up (`scaled`), and means and widths are learnt
from them; a state that is left out is then drawn from these: its residents, its census division,
the first year of fentanyl from laboratories and what pharmacies dispense are known, its deaths are
not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from upriver.engine.run import load
from upriver.inference.places import counted
from upriver.inference.places.model import PlaceModel
from upriver.inference.places.pooling import Pooling
from upriver.inference.places.record import SYNTHETIC, seen_of
from upriver.inference.places.together import central_draw, pooled
from upriver.inference.places.unknowns import LocalUnknowns
from upriver.policy.fitted import KNOTS
from upriver.policy.places.world import Country
from upriver.system.observation import matrix

from .listed import FIRST, LAST, MONTHS
from .peaks import INSIDE, Turn, inside, recorded_turn, turns

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]

PASSES = 2
"""Over the states that are learnt from."""


@dataclass(frozen=True)
class LeftOut:
    """What was said of a state that was left out, and what came.

    month, fall: 5, 50 and 95 % of draws; see `Turn`. recorded: what came. held: whether the middle
    90 % hold it, of the month of the peak and of the fall.
    """

    code: str
    month: tuple[float, ...]
    fall: tuple[float, ...]
    recorded: Turn
    held: tuple[bool, bool]


@dataclass(frozen=True)
class Agreement:
    """Of all states that were left out, with one way to pool.

    states, finished: how many, and of these with a peak that is over. order: Spearman's correlation
    of the peaks' months, of those that are over [1]. order_fall: of falls. month, fall: share of
    states whose 90 % intervals hold what came [1]. error_month, error_fall: median of absolute
    errors of medians [months], [1].
    """

    states: int
    finished: int
    order: float
    order_fall: float
    month: float
    fall: float
    error_month: float
    error_fall: float


def learnt(codes: Sequence[str], whole: Country, progress: Progress | None = None) -> Pooling:
    """Means and widths of places by some states alone, in the country that they live in."""
    central = whole.draws(np.array([central_draw(whole)]))
    seen = [seen_of(code) for code in codes]
    return pooled(seen, central, None, passes=PASSES, progress=progress)


def told_without_deaths(code: str, pooling: Pooling, whole: Country, seed: int = 1) -> Doubles:
    """Deaths by month that may be recorded, `FIRST` to `LAST`, shape (draws, months) [people].

    Local differences, the slowly varying factor and the errors of months are drawn from what is
    thought before; nothing of the state's deaths is used.
    """
    unknowns = LocalUnknowns(seen_of(code), pooling)
    model = PlaceModel(unknowns, whole)
    generator = np.random.default_rng([seed, 71, *code.encode()])
    z = generator.standard_normal((model.draws, unknowns.size))
    ahead = generator.standard_normal((model.draws, KNOTS - 1 - unknowns.wander.last))
    starts = FIRST + np.arange((LAST - FIRST + 1) * MONTHS) / MONTHS
    means = months_at(model, z, ahead, starts)
    at = [one.name for one in unknowns.seen.counts].index("T40.4, months")
    return counted.drawn(means, unknowns.apart(z)[:, at], generator)


def months_at(model: PlaceModel, z: Doubles, ahead: Doubles, starts: Doubles) -> Doubles:
    """Deaths with synthetic opioids that runs have in months, shape (draws, months) [people].

    Args:
        z: unknowns, a row a draw. ahead: what is new at each knot after the record, a row a draw.
        starts: calendar years at which months begin, shape (months,).
    """
    weights = matrix(starts, starts + 1 / MONTHS)
    instants = np.flatnonzero(np.any(weights != 0, axis=0))
    values = load().run(
        model.table(z, ahead=ahead).columns,
        outputs=(SYNTHETIC,),
        instants=instants,
        last_step=int(instants[-1]),
    )
    return np.asarray(values[:, 0] @ weights[:, instants].T)


def left_out(code: str, pooling: Pooling, whole: Country) -> LeftOut:
    """What is said of a state without its deaths, and what came."""
    return beside(code, told_without_deaths(code, pooling, whole), recorded_turn(code))


def beside(code: str, months: Doubles, came: Turn) -> LeftOut:
    """Months that are said, shape (draws, months), beside what came."""
    month, fall = turns(months)
    levels = (INSIDE[0], 0.5, INSIDE[1])
    return LeftOut(
        code,
        tuple(float(q) for q in np.quantile(month, levels)),
        tuple(float(q) for q in np.quantile(fall, levels)),
        came,
        (inside(month, came.month), inside(fall, came.fall)),
    )


def agreement(found: Sequence[LeftOut]) -> Agreement:
    """How what was said agrees with what came; an unfinished peak has no month to agree with."""
    over = [one for one in found if not one.recorded.unfinished]
    month = np.array([(one.month[1], one.recorded.month) for one in over])
    fall = np.array([(one.fall[1], one.recorded.fall) for one in over])
    return Agreement(
        states=len(found),
        finished=len(over),
        order=_order(month),
        order_fall=_order(fall),
        month=float(np.mean([one.held[0] for one in over])),
        fall=float(np.mean([one.held[1] for one in over])),
        error_month=float(np.median(np.abs(month[:, 0] - month[:, 1]))),
        error_fall=float(np.median(np.abs(fall[:, 0] - fall[:, 1]))),
    )


def as_rows(found: Sequence[LeftOut], how: str) -> list[dict[str, Any]]:
    """For a table, one row a state."""
    return [
        {
            "pooling": how,
            "place": one.code,
            "peak_low": one.month[0],
            "peak": one.month[1],
            "peak_high": one.month[2],
            "peak_recorded": one.recorded.month,
            "unfinished": one.recorded.unfinished,
            "fall_low": one.fall[0],
            "fall": one.fall[1],
            "fall_high": one.fall[2],
            "fall_recorded": one.recorded.fall,
            "peak_held": one.held[0],
            "fall_held": one.held[1],
        }
        for one in found
    ]


def of_row(row: Mapping[str, Any]) -> LeftOut:
    """What a row of a table says."""
    return LeftOut(
        str(row["place"]),
        (float(row["peak_low"]), float(row["peak"]), float(row["peak_high"])),
        (float(row["fall_low"]), float(row["fall"]), float(row["fall_high"])),
        Turn(float(row["peak_recorded"]), float(row["fall_recorded"]), _true(row["unfinished"])),
        (_true(row["peak_held"]), _true(row["fall_held"])),
    )


def _true(said: object) -> bool:
    return str(said) == "True"


def _order(pairs: Doubles) -> float:
    if len(set(pairs[:, 0])) < 2:
        return float("nan")
    return float(spearmanr(pairs[:, 0], pairs[:, 1]).statistic)

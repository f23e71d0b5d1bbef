"""What a reader holds true, and the draws that are left when it is.

    supply.shock.precursors > 0.7              a bound: draws in which it is not so are left out
    people.naloxone.carrying = 0.2 to 0.4      another 90 % interval than before the fit: draws are
                                               weighed by how much likelier each is under it
    explanation = controls                     the explanation that is right

Draws that are weighed are drawn again, as often as their weights say, so that all that come out
count the same; what they are worth is told as an effective sample.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError, OutOfBounds, show, unknown_name

from .fitted import Draws
from .plausible import TAIL, WIDE

Doubles = NDArray[np.float64]

EXPLANATION = "explanation"
LEAST = 50
"""Draws that a belief has to leave, or an effective sample of as many."""

SEED = 2029

COMPARED: Mapping[str, Callable[[Doubles, float], NDArray[np.bool_]]] = {
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "<": np.less,
    ">": np.greater,
}
BELIEF = re.compile(r"\s*([^<>=]+?)\s*(<=|>=|<|>|=)\s*([^<>=]+?)\s*")
INTERVAL = re.compile(r"(\S+)\s+to\s+(\S+)")


def believing(draws: Draws, beliefs: Sequence[str], among: int | None = None) -> Draws:
    """Draws as they are if all beliefs hold.

    Args:
        among: choose among the first so many only.

    Raises:
        InputError: a belief that cannot be read, or that leaves too little to say anything.
    """
    the_first = "" if among is None else "the first "
    draws = draws if among is None else draws.first(among)
    weights = np.prod([weights_of(draws, belief) for belief in beliefs], axis=0)
    effective = weights.sum() ** 2 / max(float((weights**2).sum()), 1e-300)
    said = " and ".join(belief.strip() for belief in beliefs)
    if effective < LEAST:
        raise InputError(
            f"leaves {effective:.0f} of {the_first}{draws.draws:,} draws, too few to say anything",
            file="--believe",
            found=said,
            allowed=f"at least {LEAST}",
        )
    of = f" of {draws.own}" if draws.own else ""
    if set(np.unique(weights)) <= {0.0, 1.0}:
        left = draws.rows(np.flatnonzero(weights))
        own = f"the {left.draws} of {the_first}{draws.draws:,} draws{of} in which {said}"
    else:
        left = draws.rows(_again(weights))
        own = (
            f"{the_first}{draws.draws:,} draws{of} reweighted as if before the fit {said} (90 %), "
            f"an effective sample of {effective:.0f}"
        )
    return replace(left, said={**left.said, "central": middle(left)}, own=own)


def weights_of(draws: Draws, belief: str) -> Doubles:
    """How much each draw counts if a belief holds, shape (draws,): 0 or 1 for a bound.

    Raises:
        InputError: it cannot be read, or names no unknown.
    """
    parts = BELIEF.fullmatch(belief)
    if parts is None:
        raise InputError(
            "cannot be read as a belief",
            file="--believe",
            found=show(belief),
            allowed=f"as 'supply.shock.precursors > 0.7' or '{EXPLANATION} = controls'",
        )
    name, sign, text = parts.groups()
    if name == EXPLANATION and sign == "=":
        names = tuple(dict.fromkeys(draws.rival))
        if text not in names:
            raise unknown_name("explanation", text, names, where=("--believe", None))
        return np.array([float(rival == text) for rival in draws.rival])
    if name not in draws.constants:
        raise unknown_name(
            "unknown", name, (*draws.constants, EXPLANATION), where=("--believe", None)
        )
    ends = INTERVAL.fullmatch(text) if sign == "=" else None
    if ends is not None:
        low, high = (_number(end) for end in ends.groups())
        if not low < high:
            raise _problem(draws, name, belief)
        return _likelier(draws, name, low, high, belief)
    value = _number(text)
    if sign == "=" or not np.isfinite(value):
        raise _problem(draws, name, belief)
    return COMPARED[sign](draws.constants[name], value).astype(np.float64)


def middle(draws: Draws) -> int:
    """The draw whose constants are, all together, nearest to their medians by rank."""
    values = np.array(list(draws.constants.values()))
    ranks = (values.argsort(axis=1).argsort(axis=1) + 0.5) / draws.draws
    return int(np.argmin(np.sum((ranks - 0.5) ** 2, axis=0)))


def _likelier(draws: Draws, name: str, low: float, high: float, belief: str) -> Doubles:
    """How much likelier draws are under another interval before the fit than under theirs.

    Both are split normal, in logarithms where the former is wide; the middle stays where it was if
    it can. Explanations that hold the constant have nothing to weigh, and count as before.
    """
    if name not in draws.told:
        raise InputError(
            "has no interval before the fit that could be another",
            file="--believe",
            found=show(belief),
        )
    ends = draws.told[name].before
    values = draws.constants[name]
    if ends[0] > 0 and low > 0 and ends[2] / ends[0] >= WIDE:
        ends, values = tuple(np.log(ends)), np.log(values)
        low, high = float(np.log(low)), float(np.log(high))
    inside = low < ends[1] < high
    new = (low, ends[1] if inside else (low + high) / 2, high)
    ratio = np.exp(_density(values, new) - _density(values, ends))
    rival = np.array(draws.rival)
    for one in dict.fromkeys(draws.rival):
        held = rival == one
        if np.ptp(values[held]) == 0:
            ratio[held] = 1.0
    return np.asarray(ratio)


def _density(values: Doubles, ends: Sequence[float]) -> Doubles:
    """Logarithm of a split normal density, but for a constant, from its 5, 50 and 95 %."""
    below, above = ends[1] - ends[0], ends[2] - ends[1]
    z = TAIL * (values - ends[1]) / np.where(values < ends[1], below, above)
    return np.asarray(-0.5 * z**2 - np.log(below + above))


def _again(weights: Doubles) -> NDArray[np.int_]:
    """Draws drawn again as often as their weights say, in an order that means nothing."""
    generator = np.random.default_rng(SEED)
    count = len(weights)
    points = (np.arange(count) + generator.random()) / count
    chosen = np.searchsorted(np.cumsum(weights) / weights.sum(), points)
    return generator.permutation(np.minimum(chosen, count - 1))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _problem(draws: Draws, name: str, belief: str) -> OutOfBounds:
    low, middle_, high = np.quantile(draws.constants[name], [0.25, 0.5, 0.75])
    return OutOfBounds(
        "should be a number above or below which the unknown lies, or an interval",
        file="--believe",
        found=show(belief),
        allowed=f"as '{name} > {middle_:.3g}' or '{name} = {low:.3g} to {high:.3g}'",
    )

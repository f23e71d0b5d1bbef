"""Odds of rivals from the evidence, by a way from the model without a rival's own to the rival.

What is a rival's own is made stronger from 0 to 1. The logarithm of the evidence grows along the
way by the mean, over the posterior at that strength, of how fast the likelihood's logarithm grows;
the mean is taken at some strengths, by particles that move from one to the next. They go the way
down from the rival's draws, and up from those of the model without: what particles have not yet
forgotten of where they came from pulls one way in the one and the other way in the other, and shows
in the difference. At 0 all rivals are the same model, for what is not used has no say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import logsumexp

from .block import Doubles
from .chain import Chain
from .leap import FIRST_STRIDE, Leaps
from .model import Model
from .unknowns import WEAKER

Progress = Callable[[int, int], None]

APART = 0.02
"""Difference of strengths over which a likelihood's growth is taken."""

FURTHEST = 3.0
"""Standard normal number that is not passed where an unknown makes up for another strength."""


@dataclass(frozen=True)
class Way:
    """How long a way is, in each direction.

    strengths: on it; particles; settle, keep: leaps at each, and leaps of which means are taken;
    looks: particles at which slopes are learnt.
    """

    strengths: int = 8
    particles: int = 60
    settle: int = 6
    keep: int = 4
    looks: int = 8


@dataclass(frozen=True)
class Evidence:
    """Of a rival, against the model without what is its own.

    log: difference of logarithms of the evidence: the mean of both directions. error: of Monte
    Carlo, and half of what the directions differ by: in all, or strength by strength, where what
    they differ by cancels. down, up: by direction. strengths: where on
    the way; growth: how fast it grew there, on the way down and on the way up.
    """

    log: float
    error: float
    down: float
    up: float
    strengths: tuple[float, ...]
    growth: tuple[tuple[float, ...], tuple[float, ...]]


NONE = Evidence(0.0, 0.0, 0.0, 0.0, (), ((), ()))
"""Of what all are compared with."""


def evidence(
    model: Model,
    draws: Doubles,
    without: Doubles,
    seed: int,
    way: Way = Way(),
    progress: Progress | None = None,
) -> Evidence:
    """Evidence for a rival.

    Args:
        draws: of its posterior, shape (draws, unknowns).
        without: of the posterior of the model without its own, with what is its own from the prior,
            same shape.
        progress: called with leaps done and leaps in all.
    """
    strengths, weights = _points(way.strengths)
    generator = np.random.default_rng([seed, 13])
    both = []
    total = 2 * way.strengths * (way.settle + way.keep)
    for turn, (begin, points) in enumerate(((draws, strengths), (without, strengths[::-1]))):
        told = _told(progress, turn * total // 2, total)
        found = _along(model, begin, 1.0 - turn, points.tolist(), way, generator, told)
        both.append(found[::-1] if turn else found)
    along = [weights @ one for one in both]
    down, up = (float(one.mean()) for one in along)
    apart = weights * (both[0] - both[1]).mean(axis=1) / 2
    by_chance = sum(one.var(ddof=1) / len(one) for one in along) / 4
    return Evidence(
        log=(down + up) / 2,
        error=float(np.sqrt(by_chance + max(np.sum(apart) ** 2, np.sum(apart**2)))),
        down=down,
        up=up,
        strengths=tuple(strengths.tolist()),
        growth=(tuple(both[0].mean(axis=1).tolist()), tuple(both[1].mean(axis=1).tolist())),
    )


def _along(
    model: Model,
    z: Doubles,
    strength: float,
    points: Sequence[float],
    way: Way,
    generator: np.random.Generator,
    told: Callable[[int], None],
) -> Doubles:
    """How fast the likelihood grew at each strength, shape (strengths, particles)."""
    particles = z[generator.permutation(len(z))[: way.particles]]
    each = way.settle + way.keep
    found = []
    stride = FIRST_STRIDE
    past: Sequence[Doubles] = ()
    for i, point in enumerate(points):
        particles = carried(model, particles, strength, point)
        past = [carried(model, one, strength, point) for one in past]
        strength = point
        chain = Chain(at_strength(model, point), particles, generator)
        leaps = Leaps(chain, stride, past=past)
        leaps.learn(way.looks)
        grown = []
        for done in range(1, each + 1):
            leaps.leap(adapt=done <= way.settle)
            if done > way.settle:
                grown.append(growth(model, chain.z, point))
            told(i * each + done)
        particles, stride, past = chain.z, leaps.stride, leaps.past
        found.append(np.mean(grown, axis=0))
    return np.array(found)


def carried(model: Model, z: Doubles, before: float, after: float) -> Doubles:
    """Draws at another strength that do what they did, as far as an unknown can make up for it."""
    if not before:
        return z
    grid = np.linspace(-FURTHEST, FURTHEST, 2001)
    moved = z.copy()
    was, is_ = (at_strength(model, strength).unknowns for strength in (before, after))
    for i, path in enumerate(was.names):
        if path in WEAKER:
            moved[:, i] = np.interp(was.does(path, z[:, i]), is_.does(path, grid), grid)
    return moved


def _told(progress: Progress | None, begin: int, total: int) -> Callable[[int], None]:
    if progress is None:
        return lambda done: None
    return lambda done: progress(begin + done, total)


def growth(model: Model, z: Doubles, strength: float) -> Doubles:
    """How fast the likelihood's logarithm grows with the strength, shape (draws,)."""
    low, high = max(0.0, strength - APART), min(1.0, strength + APART)
    ends = [
        one.likelihood.log_density(one.predict(z))[0]
        for one in (at_strength(model, low), at_strength(model, high))
    ]
    return np.asarray((ends[1] - ends[0]) / (high - low))


def at_strength(model: Model, strength: float) -> Model:
    """The model with what is the rival's own made weaker."""
    return replace(model, unknowns=replace(model.unknowns, strength=strength))


def _points(n: int) -> tuple[Doubles, Doubles]:
    """Strengths from high to low and weights of a mean over 0 to 1 (Gauss and Legendre).

    They lie closer near 0, where a little of a mechanism changes most.
    """
    at, weights = np.polynomial.legendre.leggauss(n)
    root, weights = (1 + at[::-1]) / 2, weights[::-1] / 2
    return root**2, 2 * root * weights


def widened(model: Model, z: Doubles, wider: float) -> float:
    """What the logarithm of the evidence gains by a wider prior of what is the rival's own.

    Args:
        z: draws of its posterior, shape (draws, unknowns). wider: standard deviations of the other
            prior, in those of this [1].
    """
    own = [
        i
        for i, name in enumerate(model.unknowns.names)
        if name.startswith(model.unknowns.rival.free)
    ]
    other = -np.log(wider) - 0.5 * z[:, own] ** 2 * (1 / wider**2 - 1)
    return float(logsumexp(other.sum(axis=1)) - np.log(len(z)))


def odds(logs: dict[str, float], prior: dict[str, float] | None = None) -> dict[str, float]:
    """Probabilities of rivals from logarithms of evidence, adding up to 1.

    Args:
        prior: probabilities before, by default the same for all.
    """
    before = prior or dict.fromkeys(logs, 1 / len(logs))
    most = max(logs.values())
    raw = {name: before[name] * float(np.exp(log - most)) for name, log in logs.items()}
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()}

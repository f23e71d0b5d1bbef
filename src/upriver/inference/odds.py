"""Odds of rivals from the evidence, by a way from the model without a rival's own to the rival.

What is a rival's own is made stronger from 0 to 1. The logarithm of the evidence grows along the
way by the mean, over the posterior at that strength, of how fast the likelihood's logarithm grows;
the mean is taken at some strengths, by particles that move from one to the next. At 0 all rivals
are the same model, for what is not used has no say. So evidence is compared with that of
`controls`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .block import Doubles
from .chain import Chain
from .model import Model

Progress = Callable[[int, int], None]

APART = 0.02
"""Difference of strengths over which a likelihood's growth is taken."""


@dataclass(frozen=True)
class Way:
    """How long a way is.

    strengths: on it; particles; settle, keep: rounds at each, and rounds of which means are taken;
    each: rounds between two of them; looks: particles at which slopes are learnt.
    """

    strengths: int = 6
    particles: int = 100
    settle: int = 150
    keep: int = 150
    each: int = 5
    looks: int = 4


@dataclass(frozen=True)
class Evidence:
    """Of a rival, against the model without what is its own.

    log: difference of logarithms of the evidence. error: Monte Carlo standard error, over
    particles, which go along the whole way. strengths, growth: where on the way, and how fast it
    grew there.
    """

    log: float
    error: float
    strengths: tuple[float, ...]
    growth: tuple[float, ...]


def evidence(
    model: Model, z: Doubles, seed: int, way: Way = Way(), progress: Progress | None = None
) -> Evidence:
    """Evidence for a rival, from draws of its posterior.

    Args:
        z: draws at full strength, shape (draws, unknowns); the way begins there and goes down.
        progress: called with rounds done and rounds in all.
    """
    points, weights = _points(way.strengths)
    generator = np.random.default_rng([seed, 13])
    particles = z[generator.permutation(len(z))[: way.particles]]
    rounds = way.settle + way.keep
    found = []
    for i, strength in enumerate(points):
        here = at_strength(model, float(strength))
        chain = Chain(here, particles, generator)
        chain.learn(way.looks)
        grown = []
        for done in range(1, rounds + 1):
            chain.step(adapt=done <= way.settle)
            if done > way.settle and (done - way.settle) % way.each == 0:
                grown.append(growth(model, chain.z, float(strength)))
            if progress is not None:
                progress(i * rounds + done, len(points) * rounds)
        particles = chain.z
        found.append(np.mean(grown, axis=0))
    by_particle = np.array(found)
    mean = by_particle.mean(axis=1)
    along = weights @ by_particle
    return Evidence(
        log=float(weights @ mean),
        error=float(along.std(ddof=1) / np.sqrt(len(along))),
        strengths=tuple(points.tolist()),
        growth=tuple(mean.tolist()),
    )


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

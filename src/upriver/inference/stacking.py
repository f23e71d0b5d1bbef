"""Stacking: how well each explanation tells numbers that it is not shown, and weights by that.

Each recorded number is left out in turn. Draws that had not seen it are those that had, weighed by
one over the density that they give it, and no weight above the mean one by more than the square
root of their number. What an explanation then gives the number is its density given the others of
its series. Stacked weights are those by which the explanations, mixed, tell all numbers best (Yao
and others 2018). They say which one foretells the record, number by number, and nothing of causes:
what two explanations tell alike they share in any part.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, logsumexp

from .block import Block, Doubles
from .likelihood import Likelihood

ROUNDS = 2000
"""Of the way to the best weights, each of which is better than the one before."""


@dataclass(frozen=True)
class Stacked:
    """Of one explanation.

    log: of the density of all numbers left out in turn, less that of the explanation that tells
    them best; error: of that difference, one standard error over numbers. weight: in the mix [1].
    """

    log: float
    error: float
    weight: float


def behind(one: Stacked) -> str:
    """How far an explanation is behind the best, in words of a table."""
    if not one.log:
        return "best"
    return f"{round(one.log)} ± {one.error:.0f}".replace("-", "−")


def stacked(told: Mapping[str, Doubles]) -> dict[str, Stacked]:
    """Explanations beside the best of them, and mixed.

    Args:
        told: by name, logarithms of densities of numbers left out, shape (numbers,) each.
    """
    logs = np.array([*told.values()])
    best = logs[np.argmax(logs.sum(axis=1))]
    weights = mixed(logs)
    behind = logs - best
    error = behind.std(axis=1, ddof=1) * np.sqrt(logs.shape[1])
    return {
        name: Stacked(float(behind[i].sum()), float(error[i]), float(weights[i]))
        for i, name in enumerate(told)
    }


def mixed(logs: Doubles) -> Doubles:
    """Weights that add up to 1 by which a mix tells numbers best, shape (explanations,).

    Args:
        logs: of densities, shape (explanations, numbers).
    """
    density = np.exp(logs - logs.max(axis=0))
    weights = np.full(len(logs), 1 / len(logs))
    for _ in range(ROUNDS):
        weights = weights * np.mean(density / (weights @ density), axis=1)
    return weights


def left_out(likelihood: Likelihood, predicted: Doubles) -> Doubles:
    """Logarithm of the density of each number as draws tell it that have not seen it.

    Args:
        predicted: by draws that have, shape (draws, numbers and ranges).

    Returns:
        shape (numbers,): ranges are none.
    """
    each = [
        given_the_others(block, predicted[:, place])
        for block, place in zip(likelihood.blocks, likelihood.places, strict=True)
    ]
    logs = np.concatenate(each, axis=1)
    most = logsumexp(-logs, axis=0) - 0.5 * np.log(len(logs))
    weights = np.minimum(-logs, most)
    return np.asarray(logsumexp(weights + logs, axis=0) - logsumexp(weights, axis=0))


def given_the_others(block: Block, predicted: Doubles) -> Doubles:
    """Logarithm of the density of each number of a series, the others known; shape of `predicted`.

    The error's size is integrated out: a t density, of one degree of freedom less than where this
    number is seen too.

    Args:
        predicted: on the link's scale, shape (draws, n).
    """
    precision = np.linalg.inv(block.correlation)
    alone = np.diag(precision)
    away = (block.linked - predicted) @ precision
    apart = away / alone
    others = np.sum(away * (block.linked - predicted), axis=1, keepdims=True) - away * apart
    freedom = block.degrees - 1
    size = (block.freedom * block.scale**2 + others) / freedom / alone
    constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2)
    spread = 0.5 * np.log(freedom * np.pi * size)
    return np.asarray(constant - spread - (freedom + 1) / 2 * np.log1p(apart**2 / (freedom * size)))

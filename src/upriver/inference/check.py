"""What a fit says of the record and of each unknown: beside the record, and beside the prior."""

from dataclasses import dataclass

import numpy as np

from upriver.engine.run import load
from upriver.policy.disturbances import undisturbed
from upriver.policy.fitted import MISSED, TENTH, Draws
from upriver.policy.plausible import TAIL

from .block import Block, Doubles
from .calibrate import Fitted
from .likelihood import Likelihood
from .quantities import table_of

INTERVAL = (5.0, 50.0, 95.0)


@dataclass(frozen=True, eq=False)
class Seen:
    """A series beside the fit, in the record's unit, shape (n,).

    low, middle, high: 90 % interval of what would be recorded again, errors included. error:
    typical difference of the middle, on the link's scale [1]. inside: share of numbers in the
    interval [1].
    """

    block: Block
    low: Doubles
    middle: Doubles
    high: Doubles
    error: float
    inside: float


@dataclass(frozen=True)
class Moved:
    """An unknown before and after, in standard deviations of its prior.

    low, middle, high: 5, 50 and 95 % after; before they are -1.645, 0 and 1.645. assumed: whether
    no end moved by a tenth of the prior's interval.
    """

    name: str
    low: float
    middle: float
    high: float

    @property
    def by(self) -> float:
        """The most that an end or the middle moved, in prior intervals [1]."""
        before = (-TAIL, 0.0, TAIL)
        after = (self.low, self.middle, self.high)
        return max(abs(a - b) for a, b in zip(after, before, strict=True)) / (2 * TAIL)

    @property
    def assumed(self) -> bool:
        """Whether the record left it where it was."""
        return self.by < TENTH


def seen(fit: Fitted) -> tuple[Seen, ...]:
    """Each series beside the fit."""
    return beside(fit.model.likelihood, fit.model.predict(fit.z), fit.seed)


def predicted(draws: Draws, likelihood: Likelihood, *, still: bool = False) -> Doubles:
    """What draws predict of a record, shape (draws, numbers).

    Args:
        still: without the disturbances.
    """
    table = table_of(draws)
    if still:
        table = undisturbed(table)
    last = likelihood.last_step
    found = load().run(
        table.columns,
        outputs=likelihood.outputs,
        instants=np.arange(last + 1),
        last_step=last,
    )
    return likelihood.predict(found, draws.constants[MISSED])


def beside(
    likelihood: Likelihood, predicted: Doubles, seed: int, *, unseen: bool = False
) -> tuple[Seen, ...]:
    """Each series beside what draws predict of it.

    Args:
        unseen: the draws have not seen it, so that its errors are of the size that was thought.
    """
    generator = np.random.default_rng([seed, 11])
    return tuple(
        _seen(block, predicted[:, place], generator, unseen)
        for block, place in zip(likelihood.blocks, likelihood.places, strict=True)
    )


def _seen(block: Block, predicted: Doubles, generator: np.random.Generator, unseen: bool) -> Seen:
    drawn = (
        block.before(len(predicted), generator) if unseen else block.scales(predicted, generator)
    )
    scales = drawn[:, None]
    errors = generator.standard_normal(predicted.shape) @ block.root.T
    again = np.percentile(predicted + scales * errors, INTERVAL, axis=0)
    middle = np.median(predicted, axis=0)
    inside = (block.linked >= again[0]) & (block.linked <= again[2])
    return Seen(
        block=block,
        low=block.unlinked(again[0]),
        middle=block.unlinked(middle),
        high=block.unlinked(again[2]),
        error=float(np.sqrt(np.mean((middle - block.linked) ** 2))),
        inside=float(inside.mean()),
    )


def moved(fit: Fitted) -> tuple[Moved, ...]:
    """Every unknown before and after; what moved most comes first."""
    together = fit.model.unknowns.correlated(fit.z)
    found = [
        Moved(name, *np.percentile(together.get(name, fit.z[:, i]), INTERVAL).tolist())
        for i, name in enumerate(fit.model.unknowns.names)
    ]
    return tuple(sorted(found, key=lambda one: -one.by))

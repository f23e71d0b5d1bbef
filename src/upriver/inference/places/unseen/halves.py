"""Half of the states foretold by the other half: no death of a state that is foretold was seen.

The states are dealt into halves. The country is the one half scaled up (`scaled`), and means and
widths of places are learnt from that half, in those draws of the country. Then each state of the
other half is drawn from what is known of it without its deaths.
"""

import numpy as np

from upriver.evidence.places import STATES
from upriver.inference.places.pooling import Pooling
from upriver.policy.places.world import Country

from .folds import LeftOut, beside, told_without_deaths
from .listed import SEED, with_deaths
from .peaks import Turn, middles_of, recorded_turn, turns

ALL = "sum"
"""What stands for all that are foretold together."""


def halves() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All states, dealt at random: those that are fitted, and those that are foretold."""
    dealt = [str(code) for code in np.random.default_rng(SEED).permutation(sorted(STATES))]
    middle = (len(dealt) + 1) // 2
    return tuple(sorted(dealt[:middle])), tuple(sorted(dealt[middle:]))


def foretold() -> tuple[str, ...]:
    """States of the other half that have at least a hundred deaths a year."""
    return tuple(code for code in halves()[1] if code in with_deaths())


def answered(pooling: Pooling, whole: Country) -> list[LeftOut]:
    """What is said of each state that is foretold, and of their sum, beside what came."""
    said = {code: told_without_deaths(code, pooling, whole) for code in foretold()}
    found = [beside(code, months, recorded_turn(code)) for code, months in said.items()]
    came = np.sum([middles_of(code) for code in said], axis=0)[None]
    (at,), (fall,) = turns(came)
    return [*found, beside(ALL, np.sum([*said.values()], axis=0), Turn(float(at), float(fall)))]

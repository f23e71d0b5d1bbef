"""Two calls timed by turns, so that both meet the same machine: their ratio, and never seconds.

    ratio = typical(ratios(slow, fast, rounds=5))

A machine that others use is slower for both calls of a pair. So each pair gives a ratio of its own,
and the median of these says how much longer the one takes.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence

Call = Callable[[], object]
Clock = Callable[[], float]
"""Seconds since some moment."""


def ratios(
    one: Call, other: Call, rounds: int, clock: Clock = time.perf_counter, warm: int = 1
) -> Iterator[float]:
    """Time of `one` over time of `other`, a number a round; who begins changes from round to round.

    Args:
        rounds: how many. clock: gives seconds. warm: calls of each before, that do not count.
    """
    for _ in range(warm):
        one()
        other()
    for number in range(rounds):
        taken = {}
        for call in (one, other) if number % 2 == 0 else (other, one):
            begin = clock()
            call()
            taken[call] = clock() - begin
        yield taken[one] / max(taken[other], 1e-9)


def typical(found: Sequence[float]) -> float:
    """The median; a single pair that something else held up does not move it."""
    return statistics.median(found)

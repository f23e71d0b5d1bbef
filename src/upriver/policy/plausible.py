"""Draws of constants that no data have told yet: from their plausible intervals.

A draw is of a split normal distribution: its median is the value, and 90 % of it lie within the
plausible interval, half of them on either side; in logarithms where the interval spans a factor of
three or more. Draws of different constants are independent, which is itself an assumption, but for
a few that are prices or costs of one market and are drawn together (`together` in their files).
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from upriver.core.parameters import Parameter, parameters
from upriver.system.world import World, worlds

Doubles = NDArray[np.float64]

SEED = 2026
"""Seed of all draws; a constant's own generator adds its name, so that none moves another's."""

TAIL = 1.6448536269514722
"""Standard normal number that 5 % exceed."""

WIDE = 3.0
"""An interval whose ends differ by this factor or more is drawn in logarithms."""


def drawn(world: World) -> tuple[str, ...]:
    """Paths of the constants that are drawn in a world, in the order of the files; no switch."""
    begins = tuple(worlds()[world.name]["drawn"])
    return tuple(
        path
        for path, parameter in world.parameters.items()
        if begins
        and path.startswith(begins)
        and parameter.plausible
        and parameter.plausible_from != "definition"
        and not parameter.is_path
    )


def plausible(parameter: Parameter, draws: int, first: int = 0) -> Doubles:
    """Draws of a constant with a plausible interval, within its bounds, shape (draws,).

    A draw is the same however many are asked for.

    Args:
        first: number of the first draw that is given.
    """
    return at_standard(parameter, _standard(parameter.path, first, draws))


def at_standard(parameter: Parameter, standard: Doubles) -> Doubles:
    """Values of a constant at standard normal numbers, within its bounds, of the same shape.

    At 0 it is the value, at ±1.645 an end of the plausible interval.
    """
    assert parameter.value is not None
    assert parameter.plausible is not None
    low, high = parameter.plausible
    middle = min(max(parameter.value, low), high)
    away = standard / TAIL
    if low > 0 and high / low >= WIDE:
        below, above = np.log(middle / low), np.log(high / middle)
        found = middle * np.exp(np.where(away < 0, below, above) * away)
    else:
        found = middle + np.where(away < 0, middle - low, high - middle) * away
    return np.clip(found, *parameter.within)


def _standard(path: str, first: int, draws: int) -> Doubles:
    """Standard normal numbers of a constant, in part those it is drawn with, shape (draws,)."""
    generator = np.random.default_rng([SEED, zlib.crc32(path.encode())])
    own = generator.standard_normal(first + draws)[first:]
    beside = parameters()[path].together
    if beside is None:
        return own
    shared = beside.correlation
    mixed: Doubles = shared * _standard(beside.path, first, draws) + np.sqrt(1 - shared**2) * own
    return mixed


def columns(
    world: World, draws: int, keep: Sequence[str] = (), first: int = 0
) -> dict[str, Doubles]:
    """Columns of all constants that are drawn in a world but for those in `keep`."""
    return {
        path: plausible(world.parameters[path], draws, first)[:, None]
        for path in drawn(world)
        if path not in keep
    }

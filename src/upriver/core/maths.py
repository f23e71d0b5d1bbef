"""Safe forms of the few functions that equations need (JAX).

Each form gives a finite value and a finite gradient wherever the plain one would not, and lets a
NaN through: a wrong number must be seen, never turned into a zero.
"""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

Scalar = Float[Array, ""]
"""One number: one place, one draw, one instant."""

SMALLEST_BASE = 1e-12
"""A smaller base is raised as this one, so that no power overflows."""


def power(base: Float[Array, "..."], exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """`base ** exponent` for a base that is never negative [as given].

    At a base of 0 it is 0, 1 or very large, as the exponent is above, at or below 0. Written
    exp(b log a), which is faster than a power in ensembles; both branches stay finite, so that the
    gradient does too.
    """
    raised = jnp.exp(exponent * jnp.log(jnp.maximum(base, SMALLEST_BASE)))
    return jnp.where(base > 0, raised, jnp.where(exponent <= 0, raised, base * 0.0))


def hazard(rate: Float[Array, "..."], fastest: float) -> Float[Array, "..."]:
    """A rate of leaving a stock that feedbacks drive, held at `fastest` [1/year].

    All that leaves a stock in a year, over the stock, must stay below 16: else an Euler step of
    1/16 year takes more than there is. The limits of the flows out of one stock add up to less,
    for any parameters within their bounds; the reference run and its posterior sample stay below.
    """
    return jnp.minimum(rate, fastest)


def share(part: Float[Array, "..."], whole: Float[Array, "..."]) -> Float[Array, "..."]:
    """`part / whole`, and 0 where the whole is 0 [1, or the units' ratio]."""
    there = whole != 0
    return jnp.where(there, part / jnp.where(there, whole, 1.0), 0.0)


def chance(expected: Float[Array, "..."]) -> Float[Array, "..."]:
    """Chance that at least one of `expected` events happens, 1 - exp(-expected) [1].

    A small one by its series, since the difference would lose its last digits there.
    """
    small = jnp.abs(expected) < 0.01
    x = jnp.where(small, expected, 0.0)
    series = x * (1 - x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5 * (1 - x / 6)))))
    return jnp.where(small, series, 1 - jnp.exp(-expected))


def lesser(a: Float[Array, "..."], b: Float[Array, "..."]) -> Float[Array, "..."]:
    """A smooth minimum of two amounts that are never negative, a b / (a^4 + b^4)^(1/4) [as given].

    Never above either; 16 % below both where they are equal, 0 where one is.
    """
    a2, b2 = a * a, b * b
    total = a2 * a2 + b2 * b2
    there = total > 0
    return jnp.where(there, a * b / jnp.sqrt(jnp.sqrt(jnp.where(there, total, 1.0))), 0.0 * total)


def normal_cdf(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """Chance that a standard normal number is at most `x` [1]; exact in both tails."""
    return jax.lax.erfc(-x * 0.7071067811865476) / 2

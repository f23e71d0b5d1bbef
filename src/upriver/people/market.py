"""What people meet on the illicit market: the part of the supply that they see.

In the reference world its share and price come from the record and its published projection; a
world with a supply part gives them from there. Strength, coverage and price of fentanyl can also be
given, as histories or by draw, so that people of one place live in a market that was computed for
another; a local market follows it with a lag, and takes only part of its fentanyl.

What it leaves out: that a place has dealers, prices and shortages of its own.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool

from upriver.core.maths import Scalar


class MarketParameters(eqx.Module):
    """Course of the market, as recorded or given, and where it is met; see market.yaml."""

    fentanyl_share: Scalar
    heroin_price: Scalar
    from_supply: Scalar
    given: Scalar
    strength: Scalar
    coverage: Scalar
    price: Scalar
    adulterants: Scalar
    local: Scalar
    depth: Scalar
    lag_years: Scalar


class Market(eqx.Module):
    """What people see of the illicit market.

    fentanyl_share: of illicit opioid samples that hold fentanyl [1]
    heroin_price: of illicit opioids, relative to heroin at the start of the run [1]
    strength: fentanyl in a dose that is offered, relative to the reference [1]
    coverage: doses of fentanyl that can be had and paid for, relative to the reference [1]
    adulterants: share of fentanyl's doses that hold a stronger substance [1]
    """

    fentanyl_share: Scalar
    heroin_price: Scalar
    strength: Scalar
    coverage: Scalar
    adulterants: Scalar


def given_market(p: MarketParameters) -> Market:
    """The market as it is recorded, or given whole.

    The price of illicit opioids is that of heroin, and that of fentanyl in the proportion of their
    doses.
    """
    on = p.given != 0
    dearer = 1 + p.fentanyl_share * (p.price - 1)
    return Market(
        fentanyl_share=p.fentanyl_share,
        heroin_price=jnp.where(on, p.heroin_price * dearer, p.heroin_price),
        strength=jnp.where(on, p.strength, 1.0),
        coverage=jnp.where(on, p.coverage, 1.0),
        adulterants=jnp.where(on, p.adulterants, 0.0),
    )


def reached(seen: Market, p: MarketParameters) -> Market:
    """The market that a place comes to, where the country's stays as it is."""
    return Market(
        fentanyl_share=jnp.minimum(1.0, p.depth * seen.fentanyl_share),
        heroin_price=seen.heroin_price,
        strength=seen.strength,
        coverage=seen.coverage,
        adulterants=seen.adulterants,
    )


def met(remembered: Market, seen: Market, p: MarketParameters) -> Market:
    """The market that people meet: the one that is seen, or the local one behind it."""
    market: Market = jax.tree.map(
        lambda there, everywhere: jnp.where(_local(p), there, everywhere), remembered, seen
    )
    return market


def following(remembered: Market, seen: Market, p: MarketParameters) -> Market:
    """Change of the local market [1/year]."""
    change: Market = jax.tree.map(
        lambda goal, now: jnp.where(_local(p), (goal - now) / p.lag_years, 0.0),
        reached(seen, p),
        remembered,
    )
    return change


def _local(p: MarketParameters) -> Bool[Array, ""]:
    return p.local != 0

"""The market: inventory against what is usual, then purity at once, and price later.

A shortage of kilograms is met first by dilution and rationing and only later, if at all, by a
higher price: nominal prices are sticky while purity moves (so a street price per pill is never
read as scarcity here). Prices follow costs somewhere between additive and multiplicative
pass-through (caulkins2010).

What it leaves out: levels of dealers, places, credit, and quality other than purity.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, chance, lesser, power

from .pills import Pills
from .stocks import Demand, Supply

MOST_COVER = 1000.0
"""Cover beyond which, up or down, nothing more happens [1]."""

LEAST_PRICE = 0.01
"""No price falls below this share of the reference [1]."""


class MarketParameters(eqx.Module):
    """Use, purity and prices; see market.yaml."""

    use: Scalar
    background: Scalar
    reference_purity: Scalar
    content: Scalar
    dilution: Scalar
    scarcity: Scalar
    cover_years: Scalar
    fastest_sales: Scalar
    expectation_years: Scalar
    elasticity: Scalar
    pass_through: Scalar
    retail_price: Scalar
    retail_response: Scalar
    retail_lag: Scalar
    wholesale_price: Scalar
    wholesale_response: Scalar
    wholesale_lag: Scalar


class Offer(eqx.Module):
    """What the market offers, from its state alone.

    cover: inventory relative to what is usual [1]; purity: of powder [1]
    filled: share of wanted doses that can be had [1]
    demanded: doses that people would buy at this price, relative to the reference [1]
    strength: fentanyl in a dose that is offered, relative to the reference [1]
    """

    cover: Scalar
    purity: Scalar
    filled: Scalar
    demanded: Scalar
    strength: Scalar


class Delivered(eqx.Module):
    """Cost of a pure kilogram delivered: now, and in the reference [USD/kg]."""

    now: Scalar
    reference: Scalar


class Trade(eqx.Module):
    """The market of an instant.

    usual: sales at the reference's dose, of the doses that people want at this price [kg/year]
    sold: pure [kg/year]; learning: change of the sales that are expected [kg/year/year]
    wholesale_target, price_target: where prices go, relative to the reference [1]
    wholesale_change, price_change: how fast [1/year]
    wholesale_usd: of a pure kilogram at import [USD/kg]; retail_usd: of one at retail, in the
        doses that are sold [USD/kg]; dose: fentanyl in a dose that is taken, relative [1]
    """

    usual: Scalar
    sold: Scalar
    learning: Scalar
    wholesale_target: Scalar
    price_target: Scalar
    wholesale_change: Scalar
    price_change: Scalar
    wholesale_usd: Scalar
    retail_usd: Scalar
    dose: Scalar


def covering(inventory: Scalar, *, sales: Scalar, cover_years: Scalar) -> Scalar:
    """Inventory relative to what traders like to hold for the sales they expect [1]."""
    cover = inventory / jnp.maximum(cover_years * sales, 1e-9)
    return jnp.clip(cover, 1 / MOST_COVER, MOST_COVER)


def covered(state: Supply, p: MarketParameters) -> Scalar:
    """Inventory of the market relative to what is usual [1]."""
    return covering(state.inventory, sales=state.expected, cover_years=p.cover_years)


def purity(cover: Scalar, *, reference: Scalar, dilution: Scalar) -> Scalar:
    """Purity of powder at this cover: its odds are a power of the cover [1]."""
    odds = reference / (1 - reference) * power(cover, dilution)
    return odds / (1 + odds)


def filling(cover: Scalar, scarcity: Scalar) -> Scalar:
    """Share of wanted doses that can be had: near 1 while there is cover, 0 without [1]."""
    return chance(cover / scarcity)


def offer(state: Supply, pills: Pills, p: MarketParameters) -> Offer:
    """What the market offers at its cover and its price."""
    cover = covered(state, p)
    pure = purity(cover, reference=p.reference_purity, dilution=p.dilution)
    powder = pure / p.reference_purity
    return Offer(
        cover=cover,
        purity=pure,
        filled=filling(cover, p.scarcity),
        demanded=power(state.price, p.elasticity),
        strength=p.content * ((1 - pills.share) * powder + pills.share * pills.relative),
    )


def passed_through(cost: Delivered, price: Scalar, p: MarketParameters) -> Scalar:
    """What costs add to a price, relative to the reference's price [1].

    Args:
        price: of the reference [USD/kg].

    At pass-through 0 a dollar of cost adds a dollar (additive); at 1 the price rises in the
    proportion in which the cost does (multiplicative).
    """
    more = cost.now - cost.reference
    return more * ((1 - p.pass_through) / price + p.pass_through / cost.reference)


def trade(
    state: Supply, offered: Offer, buyers: Demand, cost: Delivered, p: MarketParameters
) -> Trade:
    """Sales and prices of an instant."""
    usual = (state.fentanyl_share * buyers.people * p.use + p.background) * offered.demanded
    wholesale_target = jnp.maximum(
        power(offered.cover, -p.wholesale_response) + passed_through(cost, p.wholesale_price, p),
        LEAST_PRICE,
    )
    price_target = jnp.maximum(
        power(offered.cover, -p.retail_response) + passed_through(cost, p.retail_price, p),
        LEAST_PRICE,
    )
    return Trade(
        usual=usual,
        sold=lesser(usual * buyers.dose * offered.filled, p.fastest_sales * state.inventory),
        learning=(usual - state.expected) / p.expectation_years,
        wholesale_target=wholesale_target,
        price_target=price_target,
        wholesale_change=(wholesale_target - state.wholesale) / p.wholesale_lag,
        price_change=(price_target - state.price) / p.retail_lag,
        wholesale_usd=state.wholesale * p.wholesale_price,
        retail_usd=state.price * p.retail_price / offered.strength,
        dose=buyers.dose,
    )

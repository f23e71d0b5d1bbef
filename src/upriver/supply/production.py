"""Production: capacity that profit builds slowly and enforcement destroys, fed by precursors.

China's producers make what is ordered, which makes up for what the market lacks. Mexico's make what
they can, up to their capacity or to what their stock of precursors allows, so that a boom ends in a
glut and a shortage comes late. Nobody builds capacity that could not be fed.

What it leaves out: the number, size and place of laboratories, and how anything is made.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, lesser, power, share

from .routes import Routes, Sites, by_site


class ProductionParameters(eqx.Module):
    """Building, destroying, profit and controls; see production.yaml."""

    initial: Sites
    build_years: Scalar
    retire_years: Scalar
    destruction: Sites
    processing_years: Scalar
    required_margin: Scalar
    profit_response: Scalar
    class_control: Scalar
    class_effectiveness: Scalar
    cost: Sites


class Production(eqx.Module):
    """Production of an instant.

    gain: production that Mexico's producers aim for, relative to sales, from their profit [1]
    wanted: production that each site aims for [kg/year]; usable: capacity not closed by a control
        or a shock [kg/year]; produced [kg/year]
    building, retiring, destroyed: of capacity [kg/year/year]
    """

    gain: Scalar
    wanted: Sites
    usable: Sites
    produced: Sites
    building: Sites
    retiring: Sites
    destroyed: Sites


def ordered(routing: Routes, expected: Scalar, loss: Routes) -> Sites:
    """What must be made at each site for the sales that are expected [kg/year].

    Args:
        routing: share of sales that comes by each route [1]; loss: share lost on it [1].
        expected: sales that producers expect [kg/year].
    """
    return by_site(routing * expected / (1 - loss))


def usable_capacity(capacity: Sites, cut: Scalar, p: ProductionParameters) -> Sites:
    """Capacity that neither a control nor a shock closes [kg/year].

    Args:
        cut: share of Mexico's capacity that a shock closes [1].
    """
    return capacity * (1 - jnp.stack([p.class_control * p.class_effectiveness, cut]))


def ability(
    capacity: Sites, precursor_stock: Scalar, orders: Sites, cut: Scalar, p: ProductionParameters
) -> Sites:
    """Share of its orders that each site can make, at most 1 [1].

    Args:
        orders: of what must be made at each site [kg/year]; others as in `production`.
    """
    usable = usable_capacity(capacity, cut, p)
    fed = lesser(usable[1], precursor_stock / p.processing_years)
    possible = jnp.stack([usable[0], fed])
    return lesser(possible, orders) / orders


def production(
    capacity: Sites,
    precursor_stock: Scalar,
    wholesale: Scalar,
    cost: Scalar,
    cover: Scalar,
    expected: Scalar,
    routing: Routes,
    loss: Routes,
    effort: Scalar,
    cut: Scalar,
    p: ProductionParameters,
) -> Production:
    """Production in a year.

    Args:
        wholesale: price at import [USD/kg]; cost: of a kilogram delivered [USD/kg].
        cover: inventory in the market relative to what is usual [1].
        expected: sales that producers expect [kg/year].
        routing: share of sales that comes by each route [1]; loss: share lost on it [1].
        effort: of Mexico's government [1]; cut: share of Mexico's capacity that a shock closes [1].
    """
    profit = jnp.maximum(wholesale - cost, 0.0) / p.required_margin
    gain = jnp.clip(power(profit, p.profit_response), 0.2, 3.0)
    orders = ordered(routing, expected, loss)
    wanted = orders * jnp.stack([jnp.clip(2 - cover, 0.2, 2.0), gain])
    usable = usable_capacity(capacity, cut, p)
    filled = lesser(usable[0], wanted[0])
    limited = lesser(usable[1], precursor_stock / p.processing_years)
    fed = share(limited, usable[1])
    pressure = jnp.stack([p.class_control, effort])
    return Production(
        gain=gain,
        wanted=wanted,
        usable=usable,
        produced=jnp.stack([filled, limited]),
        building=jnp.maximum(0.0, wanted - capacity)
        / p.build_years
        * jnp.stack([jnp.ones(()), fed]),
        retiring=jnp.maximum(0.0, capacity - wanted) / p.retire_years,
        destroyed=capacity * p.destruction * pressure,
    )

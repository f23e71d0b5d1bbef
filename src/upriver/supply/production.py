"""Production: capacity that profit builds slowly and enforcement destroys, fed by precursors.

China's producers make what is ordered, which makes up for what the market lacks. Mexico's make what
they can, up to their capacity or to what their stock of precursors allows, so that a boom ends in a
glut and a shortage comes late. Nobody builds capacity that could not be fed.

What it leaves out: the number, size and place of laboratories, and how anything is made.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, lesser, power, share

from .market import Offer
from .routes import CHINA, MEXICO, Routes, Sites, by_site
from .stocks import Supply


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
    disturbance: Scalar
    cost: Sites


class Pressure(eqx.Module):
    """What acts against producers.

    effort: of Mexico's government [1]; cut: share of their capacity that a shock closes [1]
    destruction: share of capacity that full enforcement destroys in a year, by site [1/year]
    """

    effort: Scalar
    cut: Scalar
    destruction: Sites


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


def ordered(state: Supply, loss: Routes) -> Sites:
    """What must be made at each site for the sales that are expected [kg/year].

    Args:
        loss: share lost on each route [1].
    """
    return by_site(state.routing * state.expected / (1 - loss))


def usable_capacity(state: Supply, against: Pressure, p: ProductionParameters) -> Sites:
    """Capacity that neither a control nor a shock closes, as the day lets it work [kg/year]."""
    closed = jnp.stack([p.class_control * p.class_effectiveness, against.cut])
    return state.capacity * (1 - closed) * p.disturbance


def ability(state: Supply, orders: Sites, against: Pressure, p: ProductionParameters) -> Sites:
    """Share of its orders that each site can make, at most 1 [1].

    Args:
        orders: what must be made at each site [kg/year].
    """
    usable = usable_capacity(state, against, p)
    fed = lesser(usable[MEXICO], state.precursor_stock / p.processing_years)
    possible = jnp.stack([usable[CHINA], fed])
    return lesser(possible, orders) / orders


def production(
    state: Supply,
    orders: Sites,
    offered: Offer,
    margin: Scalar,
    against: Pressure,
    p: ProductionParameters,
) -> Production:
    """Production in a year.

    Args:
        orders: what must be made at each site [kg/year].
        margin: price at import less the cost of a kilogram delivered [USD/kg].
    """
    profit = jnp.maximum(margin, 0.0) / p.required_margin
    gain = jnp.clip(power(profit, p.profit_response), 0.2, 3.0)
    wanted = orders * jnp.stack([jnp.clip(2 - offered.cover, 0.2, 2.0), gain])
    usable = usable_capacity(state, against, p)
    filled = lesser(usable[CHINA], wanted[CHINA])
    limited = lesser(usable[MEXICO], state.precursor_stock / p.processing_years)
    fed = share(limited, usable[MEXICO])
    pressure = jnp.stack([p.class_control, against.effort])
    return Production(
        gain=gain,
        wanted=wanted,
        usable=usable,
        produced=jnp.stack([filled, limited]),
        building=jnp.maximum(0.0, wanted - state.capacity)
        / p.build_years
        * jnp.stack([jnp.ones(()), fed]),
        retiring=jnp.maximum(0.0, state.capacity - wanted) / p.retire_years,
        destroyed=state.capacity * against.destruction * pressure,
    )

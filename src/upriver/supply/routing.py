"""Routing: which corridor carries what, by the cost of a kilogram that arrives.

Share of a route: a logit of ln cost with a lag. The cost of a pure kilogram delivered is
(making + transport) / product of (1 - q) + risk premium, the premium being the certainty of
punishment times its severity (reuter1986 call the whole 'risks and prices'). Buyers turn to sellers
who can deliver: a site that can make half of what is asked of it counts half.

What it leaves out: who carries it, and how. A route is a corridor of a continent.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, power

from .routes import Routes


class RoutingParameters(eqx.Module):
    """Costs, risks and habits; see routing.yaml."""

    access: Routes
    reach: Routes
    transport: Routes
    certainty: Routes
    severity: Routes
    sensitivity: Scalar
    lag: Scalar
    reference_cost: Scalar


class Routing(eqx.Module):
    """Costs and shares of the routes.

    cost: of a pure kilogram delivered [USD/kg]; mean_cost: of what arrives [USD/kg]
    target: shares that shippers move towards [1]; shift: change of the shares [1/year]
    """

    cost: Routes
    mean_cost: Scalar
    target: Routes
    shift: Routes


def cost_delivered(making: Routes, loss: Routes, p: RoutingParameters) -> Routes:
    """Cost of a pure kilogram that arrives, by route [USD/kg].

    Args:
        making: a kilogram at the site that a route leads from [USD/kg].
        loss: chance of seizure anywhere on the route [1].
    """
    return (making + p.transport) / (1 - loss) + p.certainty * p.severity


def preferred(cost: Routes, able: Routes, p: RoutingParameters) -> Routes:
    """Shares that shippers would come to at these costs; they sum to one [1].

    Args:
        able: share of its orders that the site that a route leads from can make [1].
    """
    relative = p.reference_cost / cost
    appeal = (
        p.access * p.reach * able * power(relative, jnp.broadcast_to(p.sensitivity, cost.shape))
    )
    return appeal / jnp.sum(appeal)


def routing(
    shares: Routes, making: Routes, loss: Routes, able: Routes, p: RoutingParameters
) -> Routing:
    """Costs of the routes, and how shares move.

    Args:
        shares: of what buyers order, by route [1].
        making, loss: as in `cost_delivered`; able: as in `preferred`.
    """
    cost = cost_delivered(making, loss, p)
    target = preferred(cost, able, p)
    return Routing(
        cost=cost,
        mean_cost=jnp.sum(shares * cost),
        target=target,
        shift=(target - shares) / p.lag,
    )

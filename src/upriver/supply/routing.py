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
from .stocks import Supply


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


class Ways(eqx.Module):
    """What buyers and shippers know of each route.

    making: of a kilogram at the site that a route leads from [USD/kg]
    loss: chance of seizure anywhere on the route [1]
    able: share of its orders that the site that a route leads from can make [1]
    """

    making: Routes
    loss: Routes
    able: Routes


class Routing(eqx.Module):
    """Costs and shares of the routes.

    cost: of a pure kilogram delivered [USD/kg]; mean_cost: of what arrives [USD/kg]
    target: shares that shippers move towards [1]; shift: change of the shares [1/year]
    """

    cost: Routes
    mean_cost: Scalar
    target: Routes
    shift: Routes


def cost_delivered(ways: Ways, p: RoutingParameters) -> Routes:
    """Cost of a pure kilogram that arrives, by route [USD/kg]."""
    return (ways.making + p.transport) / (1 - ways.loss) + p.certainty * p.severity


def preferred(ways: Ways, p: RoutingParameters) -> Routes:
    """Shares of orders that the routes would come to at their costs; they sum to one [1]."""
    relative = p.reference_cost / cost_delivered(ways, p)
    sensitivity = jnp.broadcast_to(p.sensitivity, relative.shape)
    appeal = p.access * p.reach * ways.able * power(relative, sensitivity)
    return appeal / jnp.sum(appeal)


def routing(state: Supply, ways: Ways, p: RoutingParameters) -> Routing:
    """Costs of the routes, and how shares of orders move."""
    cost = cost_delivered(ways, p)
    target = preferred(ways, p)
    return Routing(
        cost=cost,
        mean_cost=jnp.sum(state.routing * cost),
        target=target,
        shift=(target - state.routing) / p.lag,
    )

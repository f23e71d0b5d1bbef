"""The supply part: its state, what others may see of it, its flows, and the balance.

Per commodity, at every instant: produced = delivered + seized + change of stocks. Stocks change
through flows and in no other way; shares sum to one.
"""

import equinox as eqx
import jax
import jax.numpy as jnp

from upriver.core.maths import Scalar

from . import (
    adulterants,
    asia,
    competition,
    controls,
    market,
    pills,
    pipeline,
    precursors,
    production,
    routing,
    seizures,
    shock,
)
from .routes import MEXICO, Origins, Sites, at_origin
from .stocks import Demand, Supply


class SupplyParameters(eqx.Module):
    """Everything the supply part reads, by stem."""

    adulterants: adulterants.AdulterantParameters
    asia: asia.AsiaParameters
    competition: competition.CompetitionParameters
    controls: controls.ControlParameters
    market: market.MarketParameters
    pills: pills.PillParameters
    precursors: precursors.PrecursorParameters
    production: production.ProductionParameters
    routing: routing.RoutingParameters
    seizures: seizures.SeizureParameters
    shock: shock.ShockParameters


class SupplySignals(eqx.Module):
    """What other parts may see of the market.

    fentanyl_share: of the doses of illicit opioids [1]
    strength: fentanyl in a dose that is offered, relative to the reference [1]
    coverage: doses that can be had and paid for, relative to the reference [1]
    price: of a dose of fentanyl, relative to the reference [1]
    adulterants: share of fentanyl's doses that hold a stronger substance [1]
    """

    fentanyl_share: Scalar
    strength: Scalar
    coverage: Scalar
    price: Scalar
    adulterants: Scalar


class SupplyFlows(eqx.Module):
    """All that happens to the supply in a year, by stem."""

    shock: shock.Shock
    controls: controls.Controls
    precursors: precursors.Precursors
    production: production.Production
    routing: routing.Routing
    pipeline: pipeline.Pipeline
    seizures: seizures.Seizures
    pills: pills.Pills
    offer: market.Offer
    market: market.Trade
    competition: competition.Competition
    adulterants: adulterants.Adulterants
    asia: asia.Asia


def initial(seen: Demand, p: SupplyParameters) -> Supply:
    """The state at the start of the run: a small market at rest, before fentanyl spread."""
    none = jnp.zeros_like(seen.origins)
    open_ = controls.opening(
        seen.origins, p.controls, around=none, effectiveness=p.precursors.effectiveness
    )
    sources = precursors.sourcing(open_, p.precursors)
    making = at_origin(_making(sources, p))
    able = jnp.ones_like(making)
    ways = routing.Ways(making=making, loss=seizures.loss(p.seizures), able=able)
    return Supply(
        sourcing=sources,
        around=none,
        precursor_stock=p.precursors.cover * p.production.initial[MEXICO],
        capacity=p.production.initial,
        routing=routing.preferred(ways, p.routing),
        inventory=p.market.cover_years * p.market.background,
        expected=p.market.background,
        wholesale=jnp.ones(()),
        price=jnp.ones(()),
        fentanyl_share=jnp.zeros(()),
        adulterants=jnp.zeros(()),
        asia=asia.initial(p.asia),
    )


def at_rest() -> SupplySignals:
    """What others see of the market at the start of the run: nothing out of the usual."""
    usual = jnp.ones(())
    none = jnp.zeros(())
    return SupplySignals(
        fentanyl_share=none, strength=usual, coverage=usual, price=usual, adulterants=none
    )


def signals(state: Supply, p: SupplyParameters) -> SupplySignals:
    """What other parts may see of the market, from its state alone."""
    sold_as = pills.pills(market.covered(state, p.market), p.pills)
    offered = market.offer(state, sold_as, p.market)
    return SupplySignals(
        fentanyl_share=state.fentanyl_share,
        strength=offered.strength,
        coverage=offered.filled * offered.demanded,
        price=state.price,
        adulterants=adulterants.present(state.adulterants, p.adulterants),
    )


def flows(state: Supply, seen: Demand, p: SupplyParameters) -> SupplyFlows:
    """All that happens to the supply in a year at this instant."""
    episode = shock.shock(p.shock)
    loss = seizures.loss(p.seizures)
    orders = production.ordered(state, loss)
    against = production.Pressure(
        effort=seen.mexico,
        cut=episode.production,
        destruction=controls.destroying(p.production.destruction, p.controls),
    )
    able = at_origin(production.ability(state, orders, against, p.production))
    ways = routing.Ways(making=at_origin(_making(state.sourcing, p)), loss=loss, able=able)
    routes = routing.routing(state, ways, p.routing)
    sold_as = pills.pills(market.covered(state, p.market), p.pills)
    offered = market.offer(state, sold_as, p.market)
    margin = state.wholesale * p.market.wholesale_price - routes.mean_cost
    made = production.production(state, orders, offered, margin, against, p.production)
    sent = pipeline.sending(made.produced, state.routing)
    usual = precursors.usual(state)
    trade = precursors.Openness(
        open=controls.opening(
            seen.origins,
            p.controls,
            around=state.around,
            effectiveness=p.precursors.effectiveness,
        ),
        sendable=controls.sendable(usual, p.precursors.capacity, p.controls),
        cut=episode.precursors,
    )
    cost = market.Delivered(now=routes.mean_cost, reference=p.routing.reference_cost)
    return SupplyFlows(
        shock=episode,
        controls=controls.controls(state, seen.origins, p.controls),
        precursors=precursors.precursors(state, trade, p.precursors),
        production=made,
        routing=routes,
        pipeline=sent,
        seizures=seizures.seizures(sent.sent, offered.purity, sold_as, p.seizures),
        pills=sold_as,
        offer=offered,
        market=market.trade(state, offered, seen, cost, p.market),
        competition=competition.competition(state, offered, seen, p.competition),
        adulterants=adulterants.adulterants(state.adulterants, offered, seen, p.adulterants),
        asia=asia.asia(state.asia, p.asia),
    )


def over(state: Supply, seen: Demand, years: float, p: SupplyParameters) -> SupplyFlows:
    """All that happens in a step of so many years: the mean of its start and of where that leads.

    Stocks that last a few weeks would else depend on the length of the step (Heun's method). What
    follows is half way between two Euler steps, so that whatever holds for one holds here too.
    Habits of sourcing and routing and the second market are slow enough for Euler's step.
    """
    first = flows(state, seen, p)
    led_to = jax.tree.map(lambda now, rate: now + years * rate, state, balance(first))
    slow = (state.sourcing, state.routing, state.asia)
    led_to = eqx.tree_at(lambda s: (s.sourcing, s.routing, s.asia), led_to, slow)
    second = flows(led_to, seen, p)
    both: SupplyFlows = jax.tree.map(lambda one, other: (one + other) / 2, first, second)
    return both


def balance(f: SupplyFlows) -> Supply:
    """Rate of change of each stock: what comes in less what goes out."""
    made = f.production
    return Supply(
        sourcing=f.precursors.substitution,
        around=f.controls.change,
        precursor_stock=f.precursors.arriving - made.produced[MEXICO],
        capacity=made.building - made.retiring - made.destroyed,
        routing=f.routing.shift,
        inventory=jnp.sum(f.seizures.delivered) - f.market.sold,
        expected=f.market.learning,
        wholesale=f.market.wholesale_change,
        price=f.market.price_change,
        fentanyl_share=f.competition.growth,
        adulterants=f.adulterants.change,
        asia=asia.balance(f.asia),
    )


def _making(sources: Origins, p: SupplyParameters) -> Sites:
    """Cost of making a kilogram at each site, precursors included [USD/kg]."""
    bought = jnp.sum(sources * p.precursors.cost)
    return p.production.cost + jnp.stack([bought, bought])

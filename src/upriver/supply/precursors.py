"""Precursors: what each origin lets through, who is asked, and the stock at the site of synthesis.

Amounts are in kilograms of the fentanyl that they are enough for. A control cuts a flow; what is
blocked is asked of other origins, with a lag.

What it leaves out: the substances themselves, the steps between them, and China's own use of its
chemicals, which is never short here.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, lesser, power, share

from .routes import MEXICO, Origins
from .stocks import Supply


class PrecursorParameters(eqx.Module):
    """Capacities, costs, controls and habits; see precursors.yaml."""

    capacity: Origins
    contacts: Origins
    cost: Origins
    effectiveness: Origins
    sensitivity: Scalar
    substitution_years: Scalar
    cover: Scalar
    refill_years: Scalar
    logistics: Scalar


class Precursors(eqx.Module):
    """Precursor trade of an instant.

    open: share of what an origin could send that its controls let through [1]
    ordered, flow: asked of each origin, and sent [kg/year]
    target: sourcing that traders move towards [1]; substitution: its change [1/year]
    mean_cost: of what is bought, enough for a kilogram of fentanyl [USD/kg]
    arriving: at the site of synthesis, from all origins [kg/year]
    """

    open: Origins
    ordered: Origins
    flow: Origins
    target: Origins
    substitution: Origins
    mean_cost: Scalar
    arriving: Scalar


class Openness(eqx.Module):
    """What origins can send and controls let through.

    open: share of an origin's trade that controls let through [1]
    sendable: most that its sellers could send, controls apart [kg/year]
    cut: share of every flow that a shock takes away [1]
    """

    open: Origins
    sendable: Origins
    cut: Scalar


def sourcing(open_: Origins, p: PrecursorParameters) -> Origins:
    """Sourcing that traders would come to at these controls and costs; sums to one [1].

    A logit of ln cost, where a control that blocks half counts as a cost twice as high.
    """
    appeal = p.contacts * power(open_ / p.cost, jnp.broadcast_to(p.sensitivity, open_.shape))
    return appeal / jnp.sum(appeal)


def usual(state: Supply) -> Origins:
    """What is asked of each origin where stocks are as buyers like them [kg/year]."""
    return state.sourcing * state.capacity[MEXICO]


def precursors(state: Supply, trade: Openness, p: PrecursorParameters) -> Precursors:
    """Flow of precursors to Mexico in a year; buyers plan for what Mexico's capacity can make."""
    planned = state.capacity[MEXICO]
    open_ = trade.open
    stock = share(state.precursor_stock, planned)
    short = jnp.clip(p.cover - stock, -p.refill_years, p.refill_years)
    wanted = planned * (1 + short / p.refill_years)
    ordered = state.sourcing * wanted
    flow = lesser(ordered, trade.sendable * open_) * (1 - trade.cut) * p.logistics
    target = sourcing(open_, p)
    return Precursors(
        open=open_,
        ordered=ordered,
        flow=flow,
        target=target,
        substitution=(target - state.sourcing) / p.substitution_years,
        mean_cost=jnp.sum(state.sourcing * p.cost),
        arriving=jnp.sum(flow),
    )

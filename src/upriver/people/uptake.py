"""Uptake of treatment: of those who seek it, who takes a medication when it is offered.

Many who seek treatment want none of the three medications, or not this one: they leave it, are
treated without, or do not know of it. A new medication becomes known, and paid for, over years.
Loss to cost and to other barriers stands with treatment, and comes after wanting. Buprenorphine
becomes known as its capacity opened in the published model, and more come to want it afterwards,
or fewer, by a trend: treatment begun in emergency rooms and at a distance, what is thought of it.

What it leaves out: insurance by state, and who changes from one medication to another.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .stocks import Medications, Memory, Stocks
from .treatment import Demand


class UptakeParameters(eqx.Module):
    """Who takes a medication up; see uptake.yaml."""

    accepting: Medications
    naltrexone_known: Scalar
    trend: Scalar
    trend_years: Scalar


class Uptake(eqx.Module):
    """What parts seeking from taking up, by medication.

    known: share of people to whom a medication is known and open [1]
    taking: share of those who seek it who would take it, before any trend [1]
    wanting: people who would take it, if they could pay and found someone [people/year]
    """

    known: Medications
    taking: Medications
    wanting: Medications


def uptake(stocks: Stocks, wanted: Demand, memory: Memory, p: UptakeParameters) -> Uptake:
    """People who want each medication, of those who seek treatment."""
    known = jnp.stack([memory.capacity_rampup[1], jnp.ones(()), p.naltrexone_known])
    seeking = jnp.sum(stocks.untreated[:, None] * wanted.rate, axis=0)
    taking = known * p.accepting
    grown = jnp.stack([jnp.exp(p.trend * p.trend_years), jnp.ones(()), jnp.ones(())])
    return Uptake(known=known, taking=taking, wanting=seeking * taking * grown)

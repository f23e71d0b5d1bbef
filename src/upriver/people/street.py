"""The street supply of prescription opioids: demand for it, shocks to it, and what can be had.

Source: lim2022, SI section 'Availability of prescription opioids'.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, power

from .prescribing import Prescribing, PrescribingParameters
from .stocks import ByBoth, Groups, Medications, Reference, Stocks


class StreetParameters(eqx.Module):
    """Constants; see street.yaml."""

    withdrawal_shock: Scalar
    policy_shock: Scalar
    readjustment_years: Scalar
    demand_misuse: Scalar
    demand_heroin_use: Scalar
    demand_oud: Groups
    heroin_use_with_rx: Scalar
    hud_with_rx: Scalar
    treated_consumption: Medications
    counterfeit_share: Scalar
    counterfeit_weight: Scalar
    abuse_deterrent_substitutability: Scalar
    abuse_deterrent_desirability: Scalar


class Street(eqx.Module):
    """The street supply.

    demand [MME/year]; relative_demand, availability_misuse, availability_oud_physical,
    availability_oud: relative to the start [1]; abuse_deterrent_base, abuse_deterrent_share: of
    the street supply, before and after counterfeits [1]; shocks, readjustment: of the disruption
    [1/year]; counterfeit: supply relative to the start [1].
    """

    demand: Scalar
    relative_demand: Scalar
    counterfeit: Scalar
    availability_misuse: Scalar
    availability_oud_physical: Scalar
    availability_oud: Scalar
    abuse_deterrent_base: Scalar
    abuse_deterrent_share: Scalar
    shocks: Scalar
    readjustment: Scalar


def demand(stocks: Stocks, p: StreetParameters) -> Scalar:
    """Morphine milligram equivalents that people use outside medical care [MME/year].

    Treatment reduces what a person uses.
    """
    with_rx = jnp.stack([jnp.ones(()), jnp.ones(()), p.hud_with_rx])
    per_person = p.demand_oud * with_rx
    treated: ByBoth = stocks.treated * per_person[:, None] * p.treated_consumption[None, :]
    return (
        stocks.misuse * p.demand_misuse
        + stocks.heroin_use * p.heroin_use_with_rx * p.demand_heroin_use
        + jnp.sum(stocks.untreated * per_person)
        + jnp.sum(treated)
    )


def street(
    stocks: Stocks,
    disruption: Scalar,
    reference: Reference,
    prescribed: Prescribing,
    prescribing: PrescribingParameters,
    p: StreetParameters,
) -> Street:
    """What prescription opioids can be had on the street, relative to the start."""
    wanted = demand(stocks, p)
    relative_demand = wanted / reference.demand
    counterfeit = p.counterfeit_share / (1 - p.counterfeit_share) * prescribed.supply_net
    misuse = (prescribed.supply_net + counterfeit * p.counterfeit_weight) / relative_demand
    physical = misuse * jnp.maximum(1 - disruption, 0.01)
    deterrent_base = power(prescribing.abuse_deterrent_share, p.abuse_deterrent_substitutability)
    deterrent = (1 - p.counterfeit_share) * deterrent_base
    return Street(
        demand=wanted,
        relative_demand=relative_demand,
        counterfeit=counterfeit,
        availability_misuse=misuse,
        availability_oud_physical=physical,
        availability_oud=physical * ((1 - deterrent) + deterrent * p.abuse_deterrent_desirability),
        abuse_deterrent_base=deterrent_base,
        abuse_deterrent_share=deterrent,
        shocks=p.withdrawal_shock + p.policy_shock,
        readjustment=disruption / p.readjustment_years,
    )

"""Who sees whom: the whole of it.

A part sees signals of the others and never their state. In the reference world people see a market
that is given, and nothing sees people; `from_supply` says which of the two holds.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.axes import AXES
from upriver.core.maths import Scalar
from upriver.diplomacy.part import DiplomacyParameters, DiplomacySignals
from upriver.people import dose
from upriver.people.market import Market, given_market
from upriver.people.part import PeopleParameters, PeopleSignals
from upriver.supply.part import SupplyParameters, SupplySignals
from upriver.supply.stocks import Demand

COUNTRIES = AXES["country"]


class Parameters(eqx.Module):
    """Everything the system reads."""

    people: PeopleParameters
    supply: SupplyParameters
    diplomacy: DiplomacyParameters


def market_seen_by_people(market: SupplySignals, p: Parameters) -> Market:
    """The illicit market as people meet it.

    Where supply gives it, the price of illicit opioids is that of heroin, as recorded, and that of
    fentanyl in the proportion of their doses.
    """
    given = given_market(p.people.market)
    on = p.people.market.from_supply != 0
    dearer = 1 + market.fentanyl_share * (market.price - 1)
    return Market(
        fentanyl_share=jnp.where(on, market.fentanyl_share, given.fentanyl_share),
        heroin_price=jnp.where(on, given.heroin_price * dearer, given.heroin_price),
        strength=jnp.where(on, market.strength, given.strength),
        coverage=jnp.where(on, market.coverage, given.coverage),
        adulterants=jnp.where(on, market.adulterants, given.adulterants),
    )


def demand_seen_by_supply(
    people: PeopleSignals, market: SupplySignals, partners: DiplomacySignals, p: Parameters
) -> Demand:
    """Who buys and how strong a dose, and what governments do.

    Countries that nobody works with make no effort here.
    """
    return Demand(
        people=people.heroin,
        dose=dose.taken(market.strength, usual=people.usual_dose, compensation=people.compensation),
        heroin_price=p.people.market.heroin_price,
        origins=jnp.stack([_effort(origin, partners) for origin in AXES["origin"]]),
        mexico=_effort("mexico", partners),
    )


def _effort(place: str, partners: DiplomacySignals) -> Scalar:
    """Effort of a country's government, 0 where there is no such partner [1]."""
    if place in COUNTRIES:
        return partners.effort[COUNTRIES.index(place)]
    return jnp.zeros(())

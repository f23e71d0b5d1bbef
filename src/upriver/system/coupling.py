"""Who sees whom: the whole of it.

A part sees signals of the others and never their state. In the reference world people see a market
that is given; nothing sees people.
"""

import equinox as eqx

from upriver.people.market import Market
from upriver.people.part import PeopleParameters


class Parameters(eqx.Module):
    """Everything the system reads."""

    people: PeopleParameters


def market_seen_by_people(p: Parameters) -> Market:
    """The illicit market as people meet it."""
    return Market(
        fentanyl_share=p.people.market.fentanyl_share, heroin_price=p.people.market.heroin_price
    )

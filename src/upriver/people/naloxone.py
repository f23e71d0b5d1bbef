"""Naloxone: kits given out, kept, at hand when an overdose is seen, and used.

A kit that is given out reaches people who use opioids, or someone beside them, or nobody who will
need it; kits bought over the counter reach fewer. Kits stay at hand until they are used, lost or
out of date. Where everyone has a kit near, more kits do nothing more: then carrying limits.

What it leaves out: kits of police and ambulances, doses in a kit, and who shares with whom.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, chance, share

from .response import Response, ResponseParameters, not_averted
from .stocks import ByUse, Stocks


class NaloxoneParameters(eqx.Module):
    """Reach, keeping, carrying and use; see naloxone.yaml."""

    included: Scalar
    over_the_counter: Scalar
    more_given: Scalar
    more_since: Scalar
    reach: Scalar
    reach_counter: Scalar
    lasting_years: Scalar
    kits_per_holder: Scalar
    carrying: Scalar
    using: Scalar


class Naloxone(eqx.Module):
    """Kits of an instant, by who is near: people with prescription opioids, people with heroin.

    given: kits given out by programmes and pharmacies [kit/year]
    reaching: kits that come to be at hand [kit/year]
    holding: share of people with a kit of their own or beside them [1]
    at_hand: chance that a witness has naloxone and uses it [1]
    """

    given: Scalar
    reaching: ByUse
    holding: ByUse
    at_hand: ByUse


def naloxone(
    kits: ByUse, stocks: Stocks, given: ResponseParameters, p: NaloxoneParameters
) -> Naloxone:
    """Kits that reach people, and what is at hand.

    Args:
        kits: at hand [kit].
    """
    people = jnp.stack(
        [
            stocks.misuse + stocks.untreated[0] + stocks.untreated[1],
            stocks.heroin_use + stocks.untreated[2],
        ]
    )
    given_out = given.kits * (1 + p.included * p.more_given * p.more_since)
    out = given_out * p.reach + p.over_the_counter * p.reach_counter
    to_heroin = given.kits_to_heroin
    holding = chance(share(kits, p.kits_per_holder * people))
    return Naloxone(
        given=given_out,
        reaching=p.included * out * jnp.stack([1 - to_heroin, to_heroin]),
        holding=holding,
        at_hand=p.using * p.carrying * holding,
    )


def answered(
    found: Response, kits: Naloxone, given: ResponseParameters, p: NaloxoneParameters
) -> Response:
    """The response to an overdose, with naloxone as it is kept and carried, if that is counted."""
    on = p.included != 0
    rx, heroin = kits.at_hand[0], kits.at_hand[1]
    with_kits: Response = eqx.tree_at(
        lambda r: (r.naloxone_rx, r.naloxone_heroin, r.not_averted_rx, r.not_averted_heroin),
        found,
        (
            jnp.where(on, rx, found.naloxone_rx),
            jnp.where(on, heroin, found.naloxone_heroin),
            jnp.where(on, not_averted(rx, given), found.not_averted_rx),
            jnp.where(on, not_averted(heroin, given), found.not_averted_heroin),
        ),
    )
    return with_kits


def keeping(kits: ByUse, found: Naloxone, used: ByUse, p: NaloxoneParameters) -> ByUse:
    """Change of the kits at hand [kit/year].

    Args:
        used: in overdoses [kit/year], of which no more than four times those at hand in a year.
    """
    lost = kits / p.lasting_years + jnp.minimum(used, 4.0 * kits)
    return jnp.where(p.included != 0, found.reaching - lost, 0.0)

"""How the availability of prescription opioids and of heroin speeds or slows each transition.

Source: lim2022, SI section 'Availability'. Each effect is a power of an availability relative to
the start of the run.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, power, share

from .market import Market
from .street import Street


class AvailabilityParameters(eqx.Module):
    """Strengths of the effects; see availability.yaml."""

    rx_initiating_misuse: Scalar
    rx_developing_oud: Scalar
    rx_quitting_misuse: Scalar
    heroin_initiating: Scalar
    heroin_developing_hud: Scalar
    heroin_quitting: Scalar
    relative_initiating_with_misuse: Scalar
    relative_initiating_with_oud: Scalar
    relative_developing_hud: Scalar
    abuse_deterrent_initiating: Scalar


class Availability(eqx.Module):
    """Multipliers of the transitions [1], and the availabilities they come from [1].

    heroin: inverse of heroin's price relative to the start; rx_to_heroin: of prescription opioids
    to that of heroin. The rest name the transition they multiply.
    """

    heroin: Scalar
    rx_to_heroin: Scalar
    initiating_misuse: Scalar
    developing_oud: Scalar
    quitting_misuse: Scalar
    initiating_heroin: Scalar
    developing_hud: Scalar
    quitting_heroin: Scalar
    initiating_with_misuse: Scalar
    initiating_with_oud: Scalar
    developing_hud_with_oud: Scalar
    abuse_deterrent: Scalar


def availability(supply: Street, market: Market, p: AvailabilityParameters) -> Availability:
    """Effects of what can be had, and at what relative price, on each transition."""
    rx = supply.availability_misuse
    heroin = 1 / market.heroin_price
    relative = share(supply.availability_oud, heroin)
    return Availability(
        heroin=heroin,
        rx_to_heroin=relative,
        initiating_misuse=power(rx, p.rx_initiating_misuse),
        developing_oud=power(rx, p.rx_developing_oud),
        quitting_misuse=power(rx, -p.rx_quitting_misuse),
        initiating_heroin=power(heroin, p.heroin_initiating),
        developing_hud=power(heroin, p.heroin_developing_hud),
        quitting_heroin=power(heroin, -p.heroin_quitting),
        initiating_with_misuse=power(relative, -p.relative_initiating_with_misuse),
        initiating_with_oud=power(relative, -p.relative_initiating_with_oud),
        developing_hud_with_oud=power(relative, -p.relative_developing_hud),
        abuse_deterrent=jnp.exp(supply.abuse_deterrent_share * -p.abuse_deterrent_initiating),
    )

"""Starting: misuse of prescription opioids, one's own or diverted, and heroin.

Source: lim2022, SI section 'Initiation'.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, hazard

from .availability import Availability
from .perceived_risk import PerceivedRisk
from .prescribing import Prescribing
from .social_influence import SocialInfluence
from .stocks import Stocks


class InitiationParameters(eqx.Module):
    """Rates; see initiation.yaml."""

    misuse_own_rate: Scalar
    base_misuse_diverted: Scalar
    base_heroin_without_rx: Scalar
    heroin_with_misuse_rate: Scalar
    heroin_with_misuse_multiplier: Scalar
    heroin_with_oud_relative: Scalar


class Initiation(eqx.Module):
    """People who start in a year [people/year], and the rates they start at [1/year]."""

    rate_misuse_own: Scalar
    rate_heroin_with_misuse: Scalar
    rate_heroin_with_oud: Scalar
    misuse_own: Scalar
    misuse_diverted: Scalar
    misuse: Scalar
    heroin_without_rx: Scalar
    heroin_with_misuse: Scalar
    heroin_with_oud: Scalar
    heroin: Scalar


def initiation(
    stocks: Stocks,
    population: Scalar,
    prescribed: Prescribing,
    risk: PerceivedRisk,
    social: SocialInfluence,
    available: Availability,
    p: InitiationParameters,
) -> Initiation:
    """People who start misuse or heroin in a year.

    Of those who start from outside, no more in a year than there are people: else influence feeds
    on itself without end where its strength is near its bound. Plausible runs stay far below.

    Args:
        population: people of 12 years and over.
    """
    rate_own = p.misuse_own_rate * risk.initiating_misuse_own
    rate_misuse = hazard(
        p.heroin_with_misuse_rate
        * p.heroin_with_misuse_multiplier
        * available.initiating_with_misuse
        * risk.initiating_heroin_with_rx
        * social.initiating_heroin_with_misuse,
        4.0,
    )
    rate_oud = hazard(
        p.heroin_with_misuse_rate
        * p.heroin_with_oud_relative
        * available.initiating_with_oud
        * risk.initiating_heroin_with_rx
        * social.initiating_heroin_with_oud
        * available.abuse_deterrent,
        4.0,
    )
    own = jnp.minimum(prescribed.current_patients * rate_own, population)
    diverted = jnp.minimum(
        p.base_misuse_diverted
        * risk.initiating_misuse_diverted
        * available.initiating_misuse
        * social.initiating_misuse,
        population,
    )
    without = jnp.minimum(
        p.base_heroin_without_rx
        * available.initiating_heroin
        * risk.initiating_heroin
        * social.initiating_heroin,
        population,
    )
    with_misuse = stocks.misuse * rate_misuse
    with_oud = stocks.untreated[0] * rate_oud
    return Initiation(
        rate_misuse_own=rate_own,
        rate_heroin_with_misuse=rate_misuse,
        rate_heroin_with_oud=rate_oud,
        misuse_own=own,
        misuse_diverted=diverted,
        misuse=diverted + own,
        heroin_without_rx=without,
        heroin_with_misuse=with_misuse,
        heroin_with_oud=with_oud,
        heroin=without + with_misuse + with_oud,
    )

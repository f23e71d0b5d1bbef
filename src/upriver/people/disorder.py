"""Development of opioid use disorder and of heroin use disorder.

Source: lim2022, SI section 'Developing use disorder'.
"""

import equinox as eqx

from upriver.core.maths import Scalar, hazard

from .availability import Availability
from .social_influence import SocialInfluence
from .stocks import Stocks


class DisorderParameters(eqx.Module):
    """Rates; see disorder.yaml."""

    rx_oud_rate: Scalar
    hud_rate: Scalar
    hud_with_oud_rate: Scalar


class Disorder(eqx.Module):
    """People who develop a disorder in a year [people/year], and the rates [1/year]."""

    rate_rx_oud: Scalar
    rate_hud: Scalar
    rate_hud_with_oud: Scalar
    rx_oud: Scalar
    hud: Scalar
    hud_with_oud: Scalar


def disorder(
    stocks: Stocks, social: SocialInfluence, available: Availability, p: DisorderParameters
) -> Disorder:
    """People who develop a disorder in a year.

    hud comes from heroin use without a disorder, hud_with_oud from opioid use disorder with
    past-year heroin use.
    """
    rx_oud = hazard(p.rx_oud_rate * available.developing_oud * social.developing_oud, 4.0)
    hud = hazard(p.hud_rate * available.developing_hud * social.developing_hud, 4.0)
    with_oud = hazard(
        p.hud_with_oud_rate * social.developing_hud * available.developing_hud_with_oud,
        10.0,
    )
    return Disorder(
        rate_rx_oud=rx_oud,
        rate_hud=hud,
        rate_hud_with_oud=with_oud,
        rx_oud=stocks.misuse * rx_oud,
        hud=stocks.heroin_use * hud,
        hud_with_oud=stocks.untreated[1] * with_oud,
    )

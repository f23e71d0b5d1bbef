"""Quitting misuse and heroin use without a disorder, net of those who resume.

Source: lim2022, SI section 'Quitting'.
"""

import equinox as eqx

from upriver.core.maths import Scalar, hazard

from .availability import Availability
from .perceived_risk import PerceivedRisk
from .stocks import Stocks


class QuittingParameters(eqx.Module):
    """Rates; see quitting.yaml."""

    rate_misuse: Scalar
    rate_heroin: Scalar
    rate_heroin_to_misuse: Scalar
    rate_heroin_to_oud: Scalar


class Quitting(eqx.Module):
    """People who quit in a year [people/year].

    heroin_to_misuse: quit heroin and go on misusing prescription opioids
    heroin_to_oud: quit heroin, with a prescription opioid use disorder
    """

    misuse: Scalar
    heroin: Scalar
    heroin_to_misuse: Scalar
    heroin_to_oud: Scalar


def quitting(
    stocks: Stocks, risk: PerceivedRisk, available: Availability, p: QuittingParameters
) -> Quitting:
    """People who quit in a year, net of those who resume."""
    return Quitting(
        misuse=stocks.misuse
        * hazard(p.rate_misuse * risk.quitting_misuse * available.quitting_misuse, 4.0),
        heroin=stocks.heroin_use
        * hazard(p.rate_heroin * risk.quitting_heroin * available.quitting_heroin, 4.0),
        heroin_to_misuse=stocks.heroin_use
        * hazard(p.rate_heroin_to_misuse * risk.quitting_heroin_to_misuse, 4.0),
        heroin_to_oud=stocks.untreated[1]
        * hazard(p.rate_heroin_to_oud * risk.quitting_heroin_to_oud, 2.0),
    )

"""What people meet on the illicit market: the part of the supply that they see.

In the reference world its share and price come from the record and its published projection; a
world with a supply part gives them from there.
"""

import equinox as eqx

from upriver.core.maths import Scalar


class MarketParameters(eqx.Module):
    """Recorded course of the market; see market.yaml."""

    fentanyl_share: Scalar
    heroin_price: Scalar
    from_supply: Scalar


class Market(eqx.Module):
    """What people see of the illicit market.

    fentanyl_share: of illicit opioid samples that hold fentanyl [1]
    heroin_price: relative to the start of the run [1]
    strength: fentanyl in a dose that is offered, relative to the reference [1]
    coverage: doses of fentanyl that can be had and paid for, relative to the reference [1]
    """

    fentanyl_share: Scalar
    heroin_price: Scalar
    strength: Scalar
    coverage: Scalar

"""What the supply holds, and what it sees of others.

Mechanisms take these whole, so that an equation says which number it means.
"""

import equinox as eqx

from upriver.core.maths import Scalar

from .routes import Origins, Routes, Sites


class AsianMarket(eqx.Module):
    """The state of the second market.

    inventory: pure [kg]; river: share of what is sent by the river [1].
    """

    inventory: Scalar
    river: Scalar


class Supply(eqx.Module):
    """The state of the supply part; amounts are pure.

    sourcing: share of precursor orders that go to each origin [1]
    around: share of each origin's trade that goes around its control [1]
    precursor_stock: at the site of synthesis, in fentanyl it is enough for [kg]
    capacity: of production [kg/year]; routing: share of orders by each route [1]
    inventory: in transit and in the country [kg]; expected: sales that traders expect [kg/year]
    wholesale, price: relative to the reference, a price of doses, not of milligrams [1]
    fentanyl_share: of the doses of illicit opioids [1]
    adulterants: share of fentanyl's doses in which a stronger substance has taken its place [1]
    """

    sourcing: Origins
    around: Origins
    precursor_stock: Scalar
    capacity: Sites
    routing: Routes
    inventory: Scalar
    expected: Scalar
    wholesale: Scalar
    price: Scalar
    fentanyl_share: Scalar
    adulterants: Scalar
    asia: AsianMarket


class Demand(eqx.Module):
    """What supply sees of others.

    people: who use illicit opioids [people]; dose: that they take, relative to the reference [1]
    heroin_price: relative to 1999 [1]
    origins: effort of the governments of the origins of precursors [1]; mexico: of Mexico's [1]
    """

    people: Scalar
    dose: Scalar
    heroin_price: Scalar
    origins: Origins
    mexico: Scalar

"""Competition with heroin: fentanyl's share of the doses of illicit opioids.

The share grows where it is and where heroin still is, as fast as a dose is cheaper:
f' = rate x f (1 - f) x (ln cost of heroin - ln cost of fentanyl - aversion) + seeding.
Markets differ in how hard they are to enter (powder heroin in the east, black tar in the west), so
aversion rises with the share already taken.

What it leaves out: what is sold as what, and whether a buyer knows.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .market import Offer
from .stocks import Demand, Supply


class CompetitionParameters(eqx.Module):
    """Costs, speed and aversion; see competition.yaml."""

    rate: Scalar
    heroin_dose: Scalar
    fentanyl_dose: Scalar
    aversion: Scalar
    aversion_spread: Scalar
    seeding: Scalar
    seeding_scale: Scalar


class Competition(eqx.Module):
    """Fentanyl against heroin.

    cost_heroin, cost_fentanyl: of a dose, the search for it included [USD/dose]
    advantage: ln of the ratio, less aversion [1]; growth: of fentanyl's share [1/year]
    """

    cost_heroin: Scalar
    cost_fentanyl: Scalar
    advantage: Scalar
    growth: Scalar


def competition(
    state: Supply, offered: Offer, seen: Demand, p: CompetitionParameters
) -> Competition:
    """How fentanyl's share of illicit doses moves.

    A dose that is hard to find is as dear as one that costs more.
    """
    share = state.fentanyl_share
    heroin = p.heroin_dose * seen.heroin_price
    fentanyl = p.fentanyl_dose * state.price / jnp.maximum(offered.filled, 0.05)
    advantage = jnp.log(heroin / fentanyl) - p.aversion - p.aversion_spread * share
    speed = jnp.clip(p.rate * advantage, -4.0, 4.0)
    return Competition(
        cost_heroin=heroin,
        cost_fentanyl=fentanyl,
        advantage=advantage,
        growth=speed * share * (1 - share) + p.seeding * p.seeding_scale * (1 - share),
    )

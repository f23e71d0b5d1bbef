"""A second, small market: the Golden Triangle, the river Mekong, and patrols on it.

The same equations as the American market, with one site and two ways out of it. It is a scenario
and no calibrated claim: it shows what a patrol on one of two ways can do.

What it leaves out: every other way, every other drug, and the people who use them.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, lesser, power

from .market import covering, filling, purity
from .stocks import AsianMarket


class AsiaParameters(eqx.Module):
    """Size, ways out and patrols; see asia.yaml."""

    capacity: Scalar
    demand: Scalar
    cover_years: Scalar
    fastest_sales: Scalar
    reference_purity: Scalar
    dilution: Scalar
    scarcity: Scalar
    river_access: Scalar
    river_seizure: Scalar
    overland_seizure: Scalar
    patrol: Scalar
    sensitivity: Scalar
    lag: Scalar


class Asia(eqx.Module):
    """The second market of an instant.

    cover: inventory relative to what is usual [1]; purity [1]; filled: share of wanted sales [1]
    river_chance: of seizure on the river, patrols included [1]
    produced, sold, seized_river, seized_overland, delivered [kg/year]
    target: share of the river that shippers move towards [1]; shift: its change [1/year]
    """

    cover: Scalar
    purity: Scalar
    filled: Scalar
    river_chance: Scalar
    produced: Scalar
    sold: Scalar
    seized_river: Scalar
    seized_overland: Scalar
    delivered: Scalar
    target: Scalar
    shift: Scalar


def initial(p: AsiaParameters) -> AsianMarket:
    """Inventory as traders like it, ways as they come to be at these chances."""
    return AsianMarket(inventory=p.cover_years * p.demand, river=_target(p))


def asia(state: AsianMarket, p: AsiaParameters) -> Asia:
    """The second market in a year: orders make up for losses and for what stocks lack."""
    cover = covering(state.inventory, sales=p.demand, cover_years=p.cover_years)
    chance = _river_chance(p)
    loss = state.river * chance + (1 - state.river) * p.overland_seizure
    wanted = p.demand / (1 - loss) * jnp.clip(2 - cover, 0.1, 2.0)
    produced = lesser(p.capacity, wanted)
    seized_river = produced * state.river * chance
    seized_overland = produced * (1 - state.river) * p.overland_seizure
    filled = filling(cover, p.scarcity)
    target = _target(p)
    return Asia(
        cover=cover,
        purity=purity(cover, reference=p.reference_purity, dilution=p.dilution),
        filled=filled,
        river_chance=chance,
        produced=produced,
        sold=lesser(p.demand * filled, p.fastest_sales * state.inventory),
        seized_river=seized_river,
        seized_overland=seized_overland,
        delivered=produced - seized_river - seized_overland,
        target=target,
        shift=(target - state.river) / p.lag,
    )


def balance(f: Asia) -> AsianMarket:
    """Rate of change of the second market."""
    return AsianMarket(inventory=f.delivered - f.sold, river=f.shift)


def _river_chance(p: AsiaParameters) -> Scalar:
    """Chance of seizure on the river: as before, or by a patrol [1]."""
    return 1 - (1 - p.river_seizure) * (1 - p.patrol)


def _target(p: AsiaParameters) -> Scalar:
    """Share of the river that shippers would come to: a logit of ln(1 - chance) [1]."""
    river = p.river_access * power(1 - _river_chance(p), p.sensitivity)
    overland = (1 - p.river_access) * power(1 - p.overland_seizure, p.sensitivity)
    return river / (river + overland)

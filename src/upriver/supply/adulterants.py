"""Other adulterants: where fentanyl is short, sellers turn to stronger substances, with a lag.

Nitazenes and carfentanil are one stem. Their share of doses grows with what is missing: doses that
cannot be filled, and doses weaker than what people take. An episode that laboratories saw is given
beside it. How much stronger they are against
tolerance stands with the dose (`people/dose.py`).

What it leaves out: which substance, who makes it and how, and sedatives such as xylazine.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .market import Offer
from .stocks import Demand


class AdulterantParameters(eqx.Module):
    """Response, lag and what was seen; see adulterants.yaml."""

    included: Scalar
    response: Scalar
    lag_years: Scalar
    seen: Scalar


class Adulterants(eqx.Module):
    """What fentanyl lacks; where the others' share of doses goes [1], and how fast [1/year]."""

    missing: Scalar
    target: Scalar
    change: Scalar


def present(share: Scalar, p: AdulterantParameters) -> Scalar:
    """Share of fentanyl's doses that hold a stronger substance, with what was seen [1]."""
    return jnp.minimum(1.0, share + p.included * p.seen)


def adulterants(
    share: Scalar, offered: Offer, seen: Demand, p: AdulterantParameters
) -> Adulterants:
    """How sellers turn to other substances.

    Args:
        share: of doses that hold one, because fentanyl is short [1].
    """
    missing = 1 - offered.filled * jnp.minimum(1.0, offered.strength / seen.dose)
    target = p.included * p.response * missing
    return Adulterants(missing=missing, target=target, change=(target - share) / p.lag_years)
